"""The whole path from files to feed, spoken by the tone voice."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock
import numpy as np
import pytest

from articles.errors import ExitCode
from tests.conftest import ARTICLES, EDITION
from vivavoce.cli import run

pytestmark = pytest.mark.slow

Edition = Callable[..., Path]


def build(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, Any], str]:
    """The exit code, the JSON on stdout, and what stands on stderr."""
    capsys.readouterr()
    code = run(["build", "-C", str(root), "--json", *more])
    captured = capsys.readouterr()
    return code, json.loads(captured.out or "{}"), captured.err


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_folder_of_articles_becomes_a_feed(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """One command leaves in public/ episodes, programme, book, transcripts, feeds, pages and build.json, no more."""
    root = make_edition()
    code, report, _ = build(root, capsys)
    assert code == ExitCode.DONE
    assert (report["episodes"], report["episodes_changed"], report["segments_reused"]) == (2, 2, 0)
    names = {name.rpartition(".")[2]: name for name in tree(root / "public")}
    assert set(names) == {"mp3", "m4b", "epub", "xml", "html", "json", "jpg", "vtt", "css", "js"}
    facts = json.loads((root / "public/2026-11/build.json").read_text())
    for episode in facts["episodes"]:
        file = root / "public" / episode["path"]
        assert file.stat().st_size == episode["size_bytes"]
        assert abs(episode["lufs"] + 16) <= 0.5
        assert episode["true_peak_db"] <= -1


def test_a_second_build_reads_and_rewrites_nothing(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """When nothing changed, no segment is read, no episode is made, and no file in public/ is touched."""
    root = make_edition()
    _, first, _ = build(root, capsys)
    before = tree(root / "public")
    code, second, _ = build(root, capsys)
    assert code == ExitCode.DONE
    assert (second["segments_read"], second["episodes_changed"]) == (0, 0)
    assert second["segments_reused"] == first["segments_read"] + first["segments_reused"]
    assert tree(root / "public") == before


def test_one_word_changed_is_one_segment_and_one_episode(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """After one word of one article changed, exactly that sentence is read, and exactly that episode is new."""
    root = make_edition()
    build(root, capsys)
    before = tree(root / "public" / "2026-11" / "episodes")
    article = root / "issues" / "2026-11" / "01-harbour.en.md"
    article.write_text(article.read_text().replace("Nobody waves", "Nobody sings"))
    code, report, _ = build(root, capsys)
    assert code == ExitCode.DONE
    assert (report["segments_read"], report["episodes_changed"], report["episodes"]) == (1, 1, 2)
    after = tree(root / "public" / "2026-11" / "episodes")
    assert len(after) == 2
    assert len(set(before) & set(after)) == 1


def test_another_jingle_needs_no_reading(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """A change of sound settings mixes every episode anew and reads nothing."""
    root = make_edition()
    build(root, capsys)
    (root / "edition.toml").write_text(EDITION + '\n[sound]\nintro = "none"\n')
    _, report, _ = build(root, capsys)
    assert (report["segments_read"], report["episodes_changed"]) == (0, 2)


def test_state_is_safe_to_delete(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """Without .vivavoce/ a build costs time and gives the same bytes."""
    root = make_edition()
    build(root, capsys)
    before = {name: data for name, (_, data) in tree(root / "public").items() if "build.json" not in name}
    shutil.rmtree(root / ".vivavoce")
    build(root, capsys)
    after = {name: data for name, (_, data) in tree(root / "public").items() if "build.json" not in name}
    assert after == before


def test_a_moved_edition_is_built_already(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the folder lies changes nothing."""
    root = make_edition()
    build(root, capsys)
    moved = root.with_name("moved")
    root.rename(moved)
    _, report, _ = build(moved, capsys)
    assert (report["segments_read"], report["episodes_changed"]) == (0, 0)


def test_a_damaged_episode_is_made_again(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """An episode's file that was altered or lost is noticed, and made again from the clips."""
    root = make_edition()
    build(root, capsys)
    before = {name: data for name, (_, data) in tree(root / "public").items()}
    first, second = sorted((root / "public/2026-11/episodes").glob("*.mp3"))
    data = bytearray(first.read_bytes())
    data[len(data) // 2] ^= 1
    first.write_bytes(data)
    second.unlink()
    _, report, _ = build(root, capsys)
    assert (report["segments_read"], report["episodes_changed"]) == (0, 2)
    assert {name: data for name, (_, data) in tree(root / "public").items()} == before


def test_an_article_taken_out_leaves_the_feed_and_the_folder(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """An article that is gone from the issue is gone from what is published; the other keeps its guid."""
    root = make_edition()
    _, first, _ = build(root, capsys)
    (root / "issues/2026-11/01-harbour.en.md").unlink()
    _, second, _ = build(root, capsys)
    assert [path.name[:7] for path in (root / "public/2026-11/episodes").iterdir()] == ["marche."]
    assert second["issues"][0]["episode_list"][0]["guid"] == first["issues"][0]["episode_list"][1]["guid"]


GOOD = ARTICLES["01-harbour.en.md"]


@pytest.mark.parametrize(
    ("content", "message", "code"),
    [
        (b"", "03-bad.en.md: the file is empty", 1),
        (b'+++\nheadline = "x\n+++\n', "03-bad.en.md:2: broken front matter", 1),
        (b'+++\nheadline = "T"\nlanguage = "xx"\n+++\nText', "03-bad.en.md:3: unknown language “xx”", 1),
        (b"# T\n\nCaf\xe9", "03-bad.en.md:3: not valid UTF-8", 1),
        (b"# T\n\n* * *\n", "03-bad.en.md: the article has no text to read", 1),
        (b"# T\n\n::: {lang=fr}\nBonjour.\n:::\n", "ff_siwis is not installed", 3),
    ],
)
def test_a_bad_article_is_one_line_and_the_others_are_built(
    make_edition: Edition,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    content: bytes,
    message: str,
    code: int,
) -> None:
    """What is wrong with one article is told in one line with file and line, and every other article is built."""
    monkeypatch.setenv("VIVAVOCE_VOICES", str(tmp_path / "no voices"))
    settings = EDITION.replace('fr = "tone"', 'fr = "ff_siwis"') if code == 3 else EDITION
    root = make_edition({"01-good.en.md": "# T\n\nA good one.\n"}, settings)
    (root / "issues/2026-11/03-bad.en.md").write_bytes(content)
    assert run(["build", "-C", str(root)]) == code
    captured = capsys.readouterr()
    (line,) = [line for line in captured.err.splitlines() if line.startswith("not built: ")]
    assert message in line
    assert "1 episode (1 new or changed)" in captured.out
    assert len(list((root / "public/2026-11/episodes").glob("*.mp3"))) == 1


def test_a_language_without_a_voice_is_told(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """An article in a language that nobody is cast for fails with 3; the others are built."""
    settings = EDITION.replace('["en", "fr"]', '["en", "fr", "br"]')
    root = make_edition({**ARTICLES, "03-a.br.md": "# T\n\nDemat.\n"}, settings)
    code, report, err = build(root, capsys)
    assert code == ExitCode.MISSING_VOICE
    assert report["episodes"] == 2
    (failure,) = report["issues"][0]["failures"]
    assert (failure["article"], failure["exit_code"]) == ("03-a.br.md", 3)
    assert failure["message"].startswith("no voice is cast for the language “br”")
    assert "03-a.br.md" in err


def test_a_missing_article_is_told(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """An article that the order names and that is not there fails alone."""
    root = make_edition()
    (root / "issues/2026-11/issue.toml").write_text('order = ["00-gone.en.md"]\n')
    code, report, err = build(root, capsys)
    assert code == ExitCode.ARTICLE_FAILED
    assert report["episodes"] == 2
    assert "00-gone.en.md: cannot be read" in err


def test_when_all_fail_what_was_published_stays(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """A build without a single good article changes nothing in public/."""
    root = make_edition()
    build(root, capsys)
    before = tree(root / "public")
    for article in (root / "issues/2026-11").glob("*.md"):
        article.write_text("")
    code, report, _ = build(root, capsys)
    assert (code, report["episodes"]) == (ExitCode.ARTICLE_FAILED, 0)
    assert tree(root / "public") == before


def test_two_articles_of_one_name_are_told(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """Two files that would be one episode are refused, the second one only."""
    root = make_edition({"01-a.en.md": GOOD, "02-a.en.md": GOOD})
    code, report, err = build(root, capsys)
    assert (code, report["episodes"]) == (ExitCode.ARTICLE_FAILED, 1)
    assert "02-a.en.md: has the same name and language as 01-a.en.md" in err


def wav(path: Path, rate: int, channels: int) -> None:
    path.parent.mkdir(exist_ok=True)
    tone = (6000 * np.sin(np.arange(rate * 2) / rate * 2 * np.pi * 440)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(tone, channels).tobytes())


def test_a_missing_jingle_is_told_before_anything_is_read(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """A jingle that edition.toml names and that is not there ends the build with 2, and nothing is published."""
    root = make_edition(settings=EDITION + '\n[sound]\nintro = "jingles/gone.wav"\n')
    code, _, err = build(root, capsys)
    assert code == ExitCode.USAGE
    assert "jingles/gone.wav: there is no such file" in err
    assert not (root / "public").exists()


@pytest.mark.parametrize(("rate", "channels", "note"), [(44_100, 2, "mixed down"), (22_050, 1, "resampled")])
def test_a_jingle_in_another_form_is_converted_and_told(
    make_edition: Edition, capsys: pytest.CaptureFixture[str], rate: int, channels: int, note: str
) -> None:
    """A stereo jingle or one at another rate is used, and one line says what was done to it."""
    root = make_edition(settings=EDITION + '\n[sound]\nintro = "jingles/own.wav"\n')
    wav(root / "jingles/own.wav", rate, channels)
    code, _, err = build(root, capsys)
    assert code == ExitCode.DONE
    (line,) = [line for line in err.splitlines() if line.startswith("jingles/own.wav")]
    assert note in line


def test_an_output_folder_that_cannot_be_written_is_told(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where public/ should be is one line and exit code 2."""
    root = make_edition()
    (root / "public").write_text("in the way")
    code, _, err = build(root, capsys)
    assert code == ExitCode.USAGE
    assert "public" in err
    assert "cannot be written" in err
    assert "Traceback" not in err


def test_two_builds_of_one_edition_do_not_meet(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """While one build holds the edition, another one says so at once, with 2; later it works."""
    root = make_edition()
    (root / ".vivavoce").mkdir()
    with filelock.FileLock(root / ".vivavoce" / "build.lock"):
        code, _, err = build(root, capsys)
        assert code == ExitCode.USAGE
        assert "another build of this edition is running" in err
        (root / ".vivavoce" / "builder").write_bytes(b"12\xb34")  # as a bad disk leaves it
        assert "another build of this edition is running — " in build(root, capsys)[2]
    assert build(root, capsys)[0] == ExitCode.DONE


def test_what_a_killed_build_left_half_written_is_swept(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """Temporary files of a process that died are gone after the next build."""
    root = make_edition()
    build(root, capsys)
    for folder in ("public/2026-11/episodes", ".vivavoce/clips/00"):
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / ".partial-x.mp3").write_bytes(b"half")
    build(root, capsys)
    assert not list(root.rglob(".partial-*"))


def test_an_interrupt_ends_the_build_and_loses_nothing(make_edition: Edition) -> None:
    """Ctrl-C ends a build within seconds with 130; what was read is kept, and the next build goes on from there."""
    sentences = "\n\n".join(f"Sentence {n}." for n in range(300))
    root = make_edition({"01-long.en.md": f"# Long\n\n{sentences}\n"})
    command = [sys.executable, "-m", "vivavoce", "build", "-C", str(root), "--json"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever runs the tests in the background may ignore interrupts, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    clips = root / ".vivavoce" / "clips"
    deadline = time.monotonic() + 60
    while len(list(clips.rglob("[!.]*.clip"))) < 20 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in err
    assert "stopped" in err
    kept = len(list(clips.rglob("[!.]*.clip")))
    assert kept >= 20
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    report = json.loads(again.stdout)
    assert report["segments_reused"] >= kept
    assert report["segments_read"] + report["segments_reused"] == 301
