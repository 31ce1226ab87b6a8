import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.errors import ArticleError, ExitCode
from tests.conftest import EDITION
from tests.vivavoce.test_quality_control import TEXT, clips_of, new_build, readings, spoken
from vivavoce.cli import run
from vivavoce.reproducible import check_reproducible

Edition = Callable[..., Path]


def stored(root: Path) -> dict[Path, tuple[int, bytes]]:
    clips = root / ".vivavoce" / "clips"
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in clips.rglob("*") if path.is_file()}


def test_the_same_text_gives_the_same_samples(make_edition: Edition) -> None:
    """All clips of a small issue are read again elsewhere and are equal; the store is as it was."""
    root = make_edition()
    _, pieces = spoken(root)
    before = stored(root)
    result = check_reproducible(new_build(root), clips_of(root))
    clips = len({order.key for piece in pieces for order in piece.orders})
    assert result.lines() == [f"{clips} of {clips} clips read again: {clips} equal to the last bit"]
    assert result.exit_code == ExitCode.DONE
    assert result.as_json() == {"clips": clips, "read": clips, "equal": clips, "different": []}
    assert stored(root) == before


def test_one_sample_makes_the_difference(make_edition: Edition) -> None:
    """A clip that differs in one sample by one is named with its place and its text, and the exit code is 1."""
    root = make_edition()
    spoken(root)
    first, _ = readings(root)
    clip = clips_of(root).read(first.key)
    assert clip
    pcm = clip.pcm.copy()
    pcm[4410] += 1
    clips_of(root).write(first.key, dataclasses.replace(clip, pcm=pcm))
    result = check_reproducible(new_build(root), clips_of(root))
    assert result.exit_code == ExitCode.ARTICLE_FAILED
    assert result.lines()[1] == (
        f"different: 01-harbour.en.md:6: “{TEXT}” (tone): 1 of {len(pcm)} samples differ, from 0.200 s on"
    )
    (told,) = result.as_json()["different"]
    assert (told["article"], told["line"], told["clip"]) == ("01-harbour.en.md", 6, first.key)


def test_a_sample_is_drawn_from_every_article_and_voice(make_edition: Edition) -> None:
    """Of a large issue no more is read than asked for, always the same, and something of all that there is."""
    text = "\n\n".join(f"Boat {number} leaves." for number in range(12))
    articles = {f"0{n}-{n}.{language}.md": f"# {n}\n\n{text}\n\n{n}\n" for n, language in enumerate(("en", "fr"), 1)}
    root = make_edition(articles, EDITION.replace('fr = "tone"', 'fr = { voice = "tone", speed = 0.9 }'))
    spoken(root)
    for path in clips_of(root).root.rglob("*.clip"):
        path.write_bytes(path.read_bytes()[:-1])  # every one of them damaged
    result = check_reproducible(new_build(root), clips_of(root), most=4)
    assert (result.read, len(result.different)) == (4, 4)
    assert sorted({each.article for each in result.different}) == sorted(articles)
    assert "damaged" in result.lines()[1]


def test_an_issue_that_was_never_read_is_told(make_edition: Edition) -> None:
    """There is nothing to compare with, and the hint says what to do."""
    root = make_edition()
    with pytest.raises(ArticleError, match="nothing of it was read yet") as error:
        check_reproducible(new_build(root), clips_of(root))
    assert "vivavoce build" in error.value.hint


@pytest.mark.slow
def test_build_shows_it_on_request(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """After the build's own lines, or in its JSON, how many clips were read again and how many were equal."""
    root = make_edition()
    assert run(["build", "-C", str(root), "--check-reproducible", "--no-programme"]) == ExitCode.DONE
    assert "10 of 10 clips read again: 10 equal to the last bit" in capsys.readouterr().out
    assert run(["build", "-C", str(root), "--check-reproducible", "--no-programme", "--json"]) == ExitCode.DONE
    (proof,) = json.loads(capsys.readouterr().out)["reproducible"]
    assert proof["read"] == proof["equal"] > 0
