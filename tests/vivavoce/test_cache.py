import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.errors import ExitCode
from articles.files import WriteError
from vivavoce.cli import run
from vivavoce.commands import cache
from vivavoce.lock import only_build
from voices.clips import ClipStore, clip_key
from voices.shared_clips import VARIABLE
from voices.stock import FRESH_S, STEPS, Limits, kept, prune
from voices.voice import Clip, Delivery

Edition = Callable[..., Path]
Capture = pytest.CaptureFixture[str]
DAY_S = 24 * 60 * 60


def fill(root: Path, ages_days: list[float]) -> list[Path]:
    """The files of so many clips of a second each, which were last used so many days ago."""
    store, paths = ClipStore(root / ".vivavoce" / "clips"), []
    noise = np.random.default_rng(1)
    for number, age in enumerate(ages_days):
        key = clip_key("tone:1", f"Sentence {number}", Delivery())
        store.write(key, Clip(noise.integers(-9000, 9000, 22_050).astype(np.int16), 22_050))
        used_s = time.time() - age * DAY_S
        os.utime(store.path(key), (used_s, used_s))
        paths.append(store.path(key))
    return paths


def ask(root: Path, capsys: Capture, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON on stdout."""
    capsys.readouterr()
    code = run(["cache", *arguments, "-C", str(root), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_info_counts_clips_speech_and_ages(make_edition: Edition, capsys: Capture) -> None:
    """Number, bytes on disk, hours of speech and the first and last day of use are those of the files."""
    root = make_edition()
    code, facts = ask(root, capsys, "info")
    assert (code, facts["clips"], facts["size_bytes"], facts["oldest_use"]) == (ExitCode.DONE, 0, 0, None)
    paths = fill(root, [0, 3, 40])
    _, facts = ask(root, capsys, "info")
    assert (facts["clips"], facts["speech_s"]) == (3, 3.0)
    assert facts["size_bytes"] == sum(path.stat().st_size for path in paths)
    assert facts["oldest_use"] < facts["newest_use"]
    assert run(["cache", "info", "-C", str(root)]) == ExitCode.DONE
    shown = capsys.readouterr()
    assert "3 clips" in shown.out
    assert "used between 40 days ago and today" in shown.out
    assert shown.err == ""


def test_what_is_not_a_clip_is_not_counted_and_not_touched(make_edition: Edition, capsys: Capture) -> None:
    """A file just being written, a producer's own and one in a folder beside the store's stay, whatever is pruned."""
    root = make_edition()
    (clip,) = fill(root, [50])
    writing, left_behind = clip.parent / ".partial-x.clip", clip.parent / ".partial-y.clip"
    others = [clip.parent / "notes.txt", clip.parents[1] / "mine" / clip.name, writing]
    others[1].parent.mkdir()
    for other in [*others, left_behind]:
        other.write_bytes(b"x")
        if other != writing:
            os.utime(other, (0, 0))
    assert ask(root, capsys, "info")[1]["clips"] == 1
    assert ask(root, capsys, "prune", "--max", "0MB")[1]["dropped"] == 1
    assert all(other.exists() for other in others)
    assert not left_behind.exists()  # by a build that was killed long ago


def test_verify_names_and_removes_what_is_damaged(make_edition: Edition, capsys: Capture) -> None:
    """With one altered and one shortened clip it names both, removes them, keeps the others, and exits 1 once."""
    root = make_edition()
    paths = fill(root, [1, 2, 3, 4])
    altered = bytearray(paths[0].read_bytes())
    altered[-5] ^= 4
    paths[0].write_bytes(altered)
    paths[1].write_bytes(paths[1].read_bytes()[:-1])
    ages = [path.stat().st_mtime for path in paths[2:]]
    code, facts = ask(root, capsys, "verify")
    assert code == ExitCode.ARTICLE_FAILED
    assert facts["clips"] == 4
    assert {each["path"] for each in facts["damaged"]} == {str(path) for path in paths[:2]}
    assert {each["remark"] for each in facts["damaged"]} == {"damaged, removed"}
    assert [path.exists() for path in paths] == [False, False, True, True]
    assert [path.stat().st_mtime for path in paths[2:]] == ages
    assert run(["cache", "verify", "-C", str(root)]) == ExitCode.DONE
    assert capsys.readouterr().out == "2 clips checked, none damaged\n"


def test_a_clip_that_cannot_be_read_does_not_end_the_check(make_edition: Edition, capsys: Capture) -> None:
    """It is named with the reason, the others are checked, and the command exits 1."""
    root = make_edition()
    paths = fill(root, [1, 2])
    paths[0].unlink()
    paths[0].mkdir()
    assert run(["cache", "verify", "-C", str(root)]) == ExitCode.ARTICLE_FAILED
    out = capsys.readouterr().out
    assert f"{paths[0]}: cannot be read (Is a directory)" in out
    assert "2 clips checked, 1 damaged" in out


def test_prune_drops_the_old_and_then_the_least_recently_used(make_edition: Edition, capsys: Capture) -> None:
    """--keep goes by age, --max by the order of use, a dry run touches nothing, and both together do both."""
    root = make_edition()
    paths = fill(root, [2, 31, 5, 90, 0])
    three = sum(path.stat().st_size for path in paths[:1] + paths[2:3] + paths[4:])
    code, facts = ask(root, capsys, "prune", "--keep", "30d", "--dry-run")
    assert (code, facts["dropped"], facts["kept"], facts["kept_bytes"]) == (ExitCode.DONE, 2, 3, three)
    assert all(path.exists() for path in paths)
    _, facts = ask(root, capsys, "prune", "--keep", "10w", "--max", f"{three / 1e3 + 0.001}kB")
    assert (facts["dropped"], facts["kept_bytes"]) == (2, three)
    assert [path.exists() for path in paths] == [True, False, True, False, True]
    assert run(["cache", "prune", "--keep", "72h", "-C", str(root)]) == ExitCode.DONE
    assert "1 clip dropped" in capsys.readouterr().out
    assert [path.exists() for path in paths] == [True, False, False, False, True]


def test_what_was_used_in_the_last_hour_is_never_dropped(make_edition: Edition, capsys: Capture) -> None:
    """Even when nothing at all may stay."""
    root = make_edition()
    fresh, older = fill(root, [0.5 / 24, 1.5 / 24])
    assert ask(root, capsys, "prune", "--max", "0GB", "--keep", "0h")[1]["kept"] == 1
    assert fresh.exists()
    assert not older.exists()


ages = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 50)), max_size=12)


@settings(max_examples=30)
@example([(2, 1)], 2, 0)
@example([(2, 5), (2, 5), (2, 5), (3, 1)], None, 10)
@given(ages, st.none() | st.integers(0, 14), st.none() | st.integers(0, 300))
def test_prune_keeps_as_much_as_the_limits_let_stay(
    tmp_path_factory: pytest.TempPathFactory, clips: list[tuple[int, int]], keep_h: int | None, most: int | None
) -> None:
    """Whatever ages and sizes there are, with equal ages too: what stays fits, and one clip more would not."""
    root, now_s = tmp_path_factory.mktemp("store"), 1_800_000_000
    for number, (age_h, size) in enumerate(clips):
        path = ClipStore(root).path(f"{number:064x}")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(size))
        os.utime(path, (now_s - age_h * 3600, now_s - age_h * 3600))
    steps: list[float] = []
    before = list(kept(ClipStore(root), steps.append))
    limits = Limits(None if keep_h is None else keep_h * 3600, most)
    pruned = prune(ClipStore(root), limits, now_s, steps.append)
    after = list(kept(ClipStore(root), steps.append))
    shutil.rmtree(root)
    gone = [each for each in before if each not in after]
    assert sum(steps) == 4 * STEPS
    assert (pruned.dropped, pruned.kept) == (len(gone), len(after))
    assert (pruned.dropped_bytes, pruned.kept_bytes) == tuple(sum(e.size_bytes for e in some) for some in (gone, after))
    assert all(now_s - each.used_s >= FRESH_S for each in gone)
    old = [each for each in after if now_s - each.used_s > FRESH_S]
    assert not old or most is None or pruned.kept_bytes <= most
    assert keep_h is None or all(now_s - each.used_s <= keep_h * 3600 for each in old)
    assert not gone or max(each.used_s for each in gone) <= min((each.used_s for each in after), default=now_s)
    not_aged = [each for each in gone if keep_h is None or now_s - each.used_s <= keep_h * 3600]
    youngest = max((each.used_s for each in not_aged), default=0.0)
    largest = max((each.size_bytes for each in not_aged if each.used_s == youngest), default=0)
    assert not not_aged or (most is not None and pruned.kept_bytes + largest > most)


def test_a_clip_used_while_others_are_pruned_stays(tmp_path: Path) -> None:
    """Another machine may read a clip after its age was looked at and before it is dropped: it is kept."""
    paths = fill(tmp_path, [40, 50])
    store = ClipStore(tmp_path / ".vivavoce" / "clips")
    told: list[float] = []

    def use(step: float) -> None:
        told.append(step)
        if len(told) == STEPS:  # all ages are known, nothing has gone
            assert store.read(paths[0].stem)

    assert prune(store, Limits(keep_s=30 * DAY_S), time.time(), use).dropped == 1
    assert [path.exists() for path in paths] == [True, False]


def test_prune_waits_for_no_build_and_disturbs_none(make_edition: Edition, capsys: Capture) -> None:
    """While a build holds the edition, pruning is one clear line and nothing goes; a dry run may look."""
    root = make_edition()
    (clip,) = fill(root, [50])
    with only_build(root / ".vivavoce"):
        assert run(["cache", "prune", "--keep", "1d", "-C", str(root)]) == ExitCode.USAGE
        assert "another build of this edition is running" in capsys.readouterr().err
        assert ask(root, capsys, "prune", "--keep", "1d", "--dry-run")[1]["dropped"] == 1
    assert clip.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--keep", "3 weeks"], "--keep “3 weeks” is not understood — write a number and h, d or w"),
        (["--keep", "-3d"], "--keep “-3d” is not understood"),
        (["--keep", "30"], "--keep “30” is not understood"),
        (["--max", "20"], "--max “20” is not understood — write a number and kB, MB, GB or TB, such as 20GB"),
        (["--max", ""], "--max “” is not understood"),
        (["--max", "lots"], "--max “lots” is not understood"),
        ([], "nothing says what may go — give --keep 30d, --max 20GB, or both"),
    ],
)
def test_what_prune_does_not_understand_is_told(
    make_edition: Edition, capsys: Capture, arguments: list[str], message: str
) -> None:
    """One line says what is allowed, and nothing is dropped."""
    root = make_edition()
    (clip,) = fill(root, [50])
    assert run(["cache", "prune", *arguments, "-C", str(root)]) == ExitCode.USAGE
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1
    assert clip.exists()


@pytest.mark.parametrize("action", [["info"], ["verify"], ["prune", "--keep", "1d"]])
def test_a_store_that_is_no_folder_or_no_edition_is_told(
    make_edition: Edition, tmp_path: Path, capsys: Capture, action: list[str]
) -> None:
    """A file where the clips should be, or a folder without an edition, is one line and exit code 2."""
    root = make_edition()
    (root / ".vivavoce").mkdir()
    (root / ".vivavoce" / "clips").write_text("in the way")
    for folder, message in ((root, "clips"), (tmp_path, "edition.toml")):
        assert run(["cache", *action, "-C", str(folder)]) == ExitCode.USAGE
        err = capsys.readouterr().err
        assert message in err
        assert err.count("\n") == 1


def test_a_clip_that_cannot_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that may only be read ends pruning with the clip's name."""
    (clip,) = fill(tmp_path, [50])

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(WriteError, match=rf"{clip.name}: cannot be removed \(Permission denied\)"):
        prune(ClipStore(tmp_path / ".vivavoce" / "clips"), Limits(max_bytes=0), time.time(), lambda _: None)


def test_long_work_shows_its_progress(make_edition: Edition, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes longer than it has patience for says on stderr what it does; stdout is the result alone."""
    root = make_edition()
    fill(root, [1])
    monkeypatch.setattr(cache, "_PATIENCE_S", 0.0)
    assert run(["cache", "verify", "-C", str(root)]) == ExitCode.DONE
    shown = capsys.readouterr()
    assert "checking clips" in shown.err
    assert shown.out == "1 clip checked, none damaged\n"


@pytest.mark.slow
def test_after_a_prune_the_same_sound_is_read_anew(make_edition: Edition, capsys: Capture) -> None:
    """A build after everything was dropped, or damaged, gives the episodes byte for byte as they were."""
    root = make_edition()
    assert run(["build", "-C", str(root)]) == ExitCode.DONE
    episodes = {path: path.read_bytes() for path in (root / "public").rglob("*.mp3")}
    clips = sorted((root / ".vivavoce" / "clips").rglob("*.clip"))
    for number, clip in enumerate(clips):
        clip.write_bytes(clip.read_bytes()[: 90 * number])
        os.utime(clip, (0, 0))
    code, facts = ask(root, capsys, "verify")
    assert (code, len(facts["damaged"])) == (ExitCode.ARTICLE_FAILED, len(clips))
    shutil.rmtree(root / "public")
    assert run(["build", "-C", str(root)]) == ExitCode.DONE
    assert {path: path.read_bytes() for path in (root / "public").rglob("*.mp3")} == episodes


def test_the_shared_store_is_filled_counted_checked_and_cleared(
    make_edition: Edition, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --shared each command is about the folder that machines share, and leaves this machine's clips alone."""
    root, shared = make_edition(), tmp_path / "shared"
    paths = fill(root, [0, 10, 50])
    monkeypatch.setenv(VARIABLE, "../shared")  # seen from the edition's folder
    assert ask(root, capsys, "share") == (ExitCode.DONE, {"sent": 3})
    assert ask(root, capsys, "share")[1] == {"sent": 0}
    there = [shared / path.parent.name / path.name for path in paths]
    assert [path.read_bytes() for path in there] == [path.read_bytes() for path in paths]
    _, facts = ask(root, capsys, "info", "--shared")
    assert (facts["folder"], facts["clips"], facts["speech_s"]) == (f"{root}/../shared", 3, None)
    assert run(["cache", "info", "--shared", "-C", str(root)]) == ExitCode.DONE
    assert "sent between today and today" in capsys.readouterr().out

    there[0].write_bytes(there[0].read_bytes()[:-1])
    code, facts = ask(root, capsys, "verify", "--shared")
    assert (code, facts["clips"], len(facts["damaged"])) == (ExitCode.ARTICLE_FAILED, 3, 1)
    assert facts["damaged"][0]["path"].endswith(there[0].name)
    os.utime(there[1], (0, 0))
    with only_build(root / ".vivavoce"):  # what a build needs is on its own machine
        assert ask(root, capsys, "prune", "--shared", "--keep", "30d", "--dry-run")[1]["dropped"] == 1
        assert there[1].exists()
        assert ask(root, capsys, "prune", "--shared", "--keep", "30d")[1]["dropped"] == 1
    assert [path.exists() for path in there] == [False, False, True]
    assert all(path.exists() for path in paths)


@pytest.mark.parametrize(
    "action", [["info", "--shared"], ["verify", "--shared"], ["prune", "--shared", "--keep", "1d"]]
)
def test_a_shared_store_that_is_none_or_not_there_is_told(
    make_edition: Edition, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, action: list[str]
) -> None:
    """One line says that nothing is shared, or which place cannot be asked."""
    root = make_edition()
    (tmp_path / "file").write_text("in the way")
    for location, message in (("", "shares its clips with nobody — write clips"), ("../file", "cannot be")):
        monkeypatch.setenv(VARIABLE, location)
        assert run(["cache", *action, "-C", str(root)]) == ExitCode.USAGE
        err = capsys.readouterr().err
        assert message in err
        assert err.count("\n") == 1
