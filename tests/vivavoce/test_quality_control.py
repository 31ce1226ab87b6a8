"""Clips that came out wrong, on their way through a build: damaged in the store, as the tone voice damages none."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from articles.errors import ExitCode
from audio.quality import CHECKER
from vivavoce.casting import cast_of, style_of
from vivavoce.cli import run
from vivavoce.clip_check import check_clips
from vivavoce.edition import newest_issue, open_edition, open_issue
from vivavoce.pieces import Build, Piece, read, speak
from vivavoce.watch import Silent
from voices.cast import Cast, Reader
from voices.catalogue import Engine
from voices.clips import ClipStore
from voices.load import LoadableVoice
from voices.studio import Order
from voices.voice import Clip

Edition = Callable[..., Path]
LINE = 6
TEXT = "The first boat leaves at five."


def new_build(root: Path) -> Build:
    edition = open_edition(root)
    plan = open_issue(edition, newest_issue(edition))
    return Build(edition, plan, cast_of(edition), style_of(edition, plan.name), Silent(), workers=1)


def clips_of(root: Path) -> ClipStore:
    return ClipStore(root / ".vivavoce" / "clips")


def spoken(root: Path) -> tuple[Build, tuple[Piece, ...]]:
    """A build up to where every clip is there, as a run of `vivavoce build` would do it."""
    build = new_build(root)
    return build, tuple(speak(build, tuple(read(build)), clips_of(root)))


def told(build: Build) -> list[str]:
    """The lines about doubtful clips."""
    return [str(doubt) for number in sorted(build.doubtful) for doubt in build.doubtful[number]]


def readings(root: Path) -> tuple[Order, Order]:
    """The first and the second reading of the sentence in line 6."""
    build = new_build(root)
    segment = next(s for piece in read(build) for s in piece.script.segments if s.line == LINE and s.written == TEXT)
    first = build.cast.order(segment)
    return first, build.cast.again(first)


def keep(root: Path, order: Order, hole_ms: int) -> None:
    """Put a clip into the store that has this many milliseconds of nothing in its longest word."""
    clip = new_build(root).cast.voices["tone"].load().speak(order.spoken, order.delivery, 0)
    word = max(clip.words, key=lambda word: word.end - word.start)
    pcm = clip.pcm.copy()
    start = word.start + clip.sample_rate // 50
    pcm[start : start + hole_ms * clip.sample_rate // 1000] = 0
    clips_of(root).write(order.key, Clip(pcm, clip.sample_rate, clip.words))


def chosen(pieces: tuple[Piece, ...]) -> str:
    """The key of the clip that the sentence is heard from."""
    (key,) = [take.key for piece in pieces for take in piece.takes if take.segment.written == TEXT]
    return key


def test_good_clips_are_read_once(make_edition: Edition) -> None:
    """Of an issue without a fault nothing is read again, and nothing is doubtful."""
    root = make_edition()
    build, pieces = spoken(root)
    orders = [order for piece in pieces for order in piece.orders]
    assert (build.segments_read, build.segments_read_again) == (len(orders), 0)
    assert told(build) == []
    assert {path.stem for path in clips_of(root).root.rglob("*.clip")} == {order.key for order in orders}


def test_a_clip_with_a_fault_is_read_again(make_edition: Edition) -> None:
    """Only its sentence is, and the second reading takes its place; the takes name it."""
    root = make_edition()
    first, second = readings(root)
    keep(root, first, hole_ms=50)
    build, pieces = spoken(root)
    assert build.segments_read_again == 1
    assert build.segments_read == sum(len(piece.orders) for piece in pieces) - 1
    assert chosen(pieces) == second.key
    assert clips_of(root).read(second.key) is not None
    assert told(build) == []


def test_clips_of_an_earlier_program_are_examined_too(make_edition: Edition) -> None:
    """A store without verdicts is not trusted: what is wrong in it is known before any track is looked up."""
    root = make_edition()
    spoken(root)
    first, second = readings(root)
    shutil.rmtree(root / ".vivavoce/verdicts")
    keep(root, first, hole_ms=50)
    build = new_build(root)
    assert chosen(tuple(read(build))) == second.key
    build, pieces = spoken(root)
    assert (build.segments_read, build.segments_read_again, chosen(pieces)) == (0, 1, second.key)


@pytest.mark.parametrize("state", ["kept", "lost", "damaged", "older", "without clips"])
def test_later_builds_come_to_the_same_choice(make_edition: Edition, state: str) -> None:
    """Nothing is read again, and the choice is known at once; lost verdicts come back as they were."""
    root = make_edition()
    first, second = readings(root)
    keep(root, first, hole_ms=50)
    _, before = spoken(root)
    verdicts = root / ".vivavoce/verdicts/2026-11.json"
    known = verdicts.read_bytes()
    if state == "lost":
        verdicts.unlink()
    elif state == "damaged":
        verdicts.write_bytes(known[:-9])
    elif state == "older":
        verdicts.write_text(json.dumps({"checker": CHECKER - 1, "clips": {first.key: []}}))
    elif state == "without clips":
        shutil.rmtree(clips_of(root).root)
    assert chosen(tuple(read(new_build(root)))) == second.key
    if state != "without clips":
        build, after = spoken(root)
        assert (build.segments_read, build.segments_read_again) == (0, 0)
        assert [piece.takes for piece in after] == [piece.takes for piece in before]
        assert verdicts.read_bytes() == known


@pytest.mark.parametrize(("holes_ms", "better"), [((80, 40), 1), ((40, 80), 0), ((40, 40), 0)])
def test_what_is_still_wrong_is_told_and_used(make_edition: Edition, holes_ms: tuple[int, int], better: int) -> None:
    """Of two bad readings the better one is heard; every build tells file, line, text and fault."""
    root = make_edition()
    both = readings(root)
    for order, hole_ms in zip(both, holes_ms, strict=True):
        keep(root, order, hole_ms)
    for _ in range(2):
        build, pieces = spoken(root)
        (line,) = told(build)
        assert line.startswith(f"01-harbour.en.md:{LINE}: “{TEXT}” has a hole of {min(holes_ms)} ms")
        assert (len(pieces), build.failures) == (2, [])
        assert chosen(pieces) == both[better].key


def test_a_second_reading_that_cannot_be_made_leaves_the_first(
    make_edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the voice fails at the second try, the first reading is used and told, and the article is built."""
    root = make_edition()
    first, _ = readings(root)
    keep(root, first, hole_ms=50)
    again = Cast.again
    monkeypatch.setattr(Cast, "again", lambda self, order: _unspeakable(again(self, order)))
    build, pieces = spoken(root)
    assert (len(pieces), build.failures, chosen(pieces)) == (2, [], first.key)
    assert len(told(build)) == 1


def _unspeakable(order: Order) -> Order:
    return Order(order.key, order.voice, "…", order.delivery, attempt=1)


def test_an_article_that_fails_has_no_doubts(make_edition: Edition) -> None:
    """What is not built is not complained of: its failure says enough."""
    root = make_edition()
    for order in readings(root):
        keep(root, order, hole_ms=50)
    build = new_build(root)
    broken = LoadableVoice("broken", "fr", Engine.PIPER, (), "0" * 64)
    voices = {**build.cast.voices, "broken": broken}
    build.cast = Cast({**build.cast.readers, "fr": Reader("broken")}, voices)
    pieces = tuple(speak(build, tuple(read(build)), clips_of(root)))
    assert (pieces, told(build), build.doubtful) == ((), [], {})
    assert [failure.article for failure in build.failures] == ["01-harbour.en.md", "02-marche.fr.md"]


@pytest.mark.slow
def test_a_whole_build_hears_the_second_reading(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """The command ends well, makes the episode with the better clip, and the next one makes nothing anew."""
    root = make_edition({"01-a.en.md": f"# Title\n\n{TEXT}\n"})
    (order,) = [order for piece in read(new_build(root)) for order in piece.orders if order.spoken == TEXT]
    for each in (order, new_build(root).cast.again(order)):
        keep(root, each, hole_ms=50)
    for changed in (1, 0):
        capsys.readouterr()
        assert run(["build", "-C", str(root), "--json"]) == ExitCode.DONE
        (issue,) = json.loads(capsys.readouterr().out)["issues"]
        assert issue["episodes_changed"] == changed
        assert [(doubt["article"], doubt["line"], doubt["text"]) for doubt in issue["doubtful"]] == [
            ("01-a.en.md", 3, TEXT)
        ]


def test_all_clips_can_be_checked_again(make_edition: Edition) -> None:
    """A check examines every clip, whatever the kept verdicts say, and writes nothing."""
    root = make_edition()
    spoken(root)
    sound = check_clips(new_build(root))
    assert (sound.doubtful, sound.unread) == ((), 0)
    for order in readings(root):
        keep(root, order, hole_ms=50)
    before = sorted((path, path.stat().st_mtime_ns) for path in root.rglob("*"))
    check = check_clips(new_build(root))
    (doubt,) = check.doubtful
    assert (doubt.article, doubt.line, doubt.text, doubt.voice) == ("01-harbour.en.md", LINE, TEXT, "tone")
    assert doubt.as_json()["faults"][0]["kind"] == "dropout"
    assert (check.clips, check.unread) == (sound.clips, 0)
    assert sorted((path, path.stat().st_mtime_ns) for path in root.rglob("*")) == before


def test_a_check_of_what_was_never_read_says_so(make_edition: Edition) -> None:
    """Clips that no build has made are counted, and not doubtful."""
    check = check_clips(new_build(make_edition()))
    assert (check.doubtful, check.clips) == ((), 0)
    assert check.unread > 0
    assert check.as_json()["unread"] == check.unread


def test_the_usual_pace_is_told_for_each_voice(make_edition: Edition) -> None:
    """A check tells how long each voice takes for a letter: the tone voice takes 60 ms."""
    sentence = "The harbour master counts every boat that leaves before the morning bell is rung twice."
    root = make_edition({"01-a.en.md": f"# Title\n\n{sentence}\n"})
    spoken(root)
    assert check_clips(new_build(root)).pace_ms["tone"] == pytest.approx(60, abs=4)


def test_the_check_tells_which_sentences_to_listen_to(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check --clips` names article, line and words among its warnings, says how many it examined, and exits 0."""
    root = make_edition()
    assert run(["build", "-C", str(root), "--no-programme"]) == ExitCode.DONE
    for order in readings(root):
        keep(root, order, hole_ms=50)
    capsys.readouterr()
    assert run(["check", "2026-11", "-C", str(root), "--clips"]) == ExitCode.DONE
    out = capsys.readouterr().out
    assert f"01-harbour.en.md:{LINE}: warning: please listen: “{TEXT}” " in out
    assert "[vivavoce/clip]" in out
    assert "0 errors, 1 warning\n" in out
    assert out.splitlines()[-1].startswith(f"{check_clips(new_build(root)).clips} clips examined: 1 doubtful")
    assert run(["check", "-C", str(root), "--clips", "--json"]) == ExitCode.DONE
    facts = json.loads(capsys.readouterr().out)
    assert [doubt["text"] for doubt in facts["clips"]["doubtful"]] == [TEXT]
    assert [(each["rule"], each["line"]) for each in facts["findings"]] == [("vivavoce/clip", LINE)]
    assert run(["check", "-C", str(root)]) == ExitCode.DONE
    assert "clip" not in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.real_voice
def test_a_real_voice_mends_its_own_clip(make_edition: Edition, real_voice: Callable[[str], LoadableVoice]) -> None:
    """A real clip with a stutter laid into it is read again by the voice itself, and comes out well."""
    voice = real_voice("en_US-joe-medium")
    root = make_edition({"01-a.en.md": f"# The harbour wakes\n\n{TEXT}\n"})
    settings = root / "edition.toml"
    settings.write_text(settings.read_text().replace('en = "tone"', f'en = "{voice.name}"'))
    (order,) = [order for piece in read(new_build(root)) for order in piece.orders if order.spoken == TEXT]
    spoken(root)
    clip = clips_of(root).read(order.key)
    assert clip is not None
    at, count = clip.words[2].start, clip.sample_rate // 2
    shutil.rmtree(root / ".vivavoce")
    pcm = [clip.pcm[: at + count], clip.pcm[at : at + count], clip.pcm[at + count :]]
    clips_of(root).write(order.key, Clip(np.concatenate(pcm), clip.sample_rate))
    build, pieces = spoken(root)
    assert (build.segments_read_again, told(build)) == (1, [])
    assert chosen(pieces) != order.key
