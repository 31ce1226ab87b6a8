import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.errors import ExitCode
from feeds.published_record import FOLDER, last_published
from feeds.shelf import own_episodes
from vivavoce.cli import run

pytestmark = pytest.mark.slow

Edition = Callable[..., Path]


@pytest.fixture
def built(make_edition: Edition) -> Path:
    root = make_edition()
    assert run(["build", "-C", str(root), "--no-programme"]) == ExitCode.DONE
    return root


def publish(root: Path, *more: str) -> int:
    return run(["publish", "-C", str(root), *more])


def test_what_was_published_is_remembered(built: Path, tmp_path: Path) -> None:
    """After all has arrived, not after a dry run and not after a failure."""
    state, site = built / ".vivavoce", str(tmp_path / "site")
    assert publish(built, site, "--dry-run") == ExitCode.DONE
    (tmp_path / "file").write_text("in the way")
    assert publish(built, str(tmp_path / "file")) == ExitCode.USAGE
    assert not (state / FOLDER).exists()
    assert publish(built, site) == ExitCode.DONE
    assert last_published(state, "2026-11") == own_episodes(built / "public", "2026-11")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("", "is the edition's"),
        ("public", "is the edition's"),
        ("public/2026-11", "or in it"),
        ("issues/new", "or in it"),
        (".vivavoce", "is the edition's"),
        ("..", "holds the edition's"),
        ("linked", "is the edition's"),
    ],
)
def test_nothing_is_published_over_the_edition(
    built: Path, capsys: pytest.CaptureFixture[str], place: str, told: str
) -> None:
    """As a path, through a link and as an address, the folder is refused in a sentence that says why."""
    (built / "linked").symlink_to("public")
    before = sorted(path for path in built.rglob("*") if path.name != "build.lock")
    for address in (str(built / place), (built / place).as_uri()):
        assert publish(built, address) == ExitCode.USAGE
        assert told in capsys.readouterr().err
    assert sorted(path for path in built.rglob("*") if path.name != "build.lock") == before


def test_a_folder_of_its_own_inside_the_edition_is_fine(built: Path) -> None:
    """As a repository that is itself a web site has it, or beside public/ with a name that begins like it."""
    assert publish(built, str(built / "docs")) == ExitCode.DONE
    assert publish(built, str(built / "public-site")) == ExitCode.DONE
    assert (built / "docs" / "feed.xml").exists()


def test_links_are_told(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One inside public/ in the report, one out of it as an error that names it."""
    (built / "public" / "latest").symlink_to("2026-11")
    capsys.readouterr()
    assert publish(built, str(tmp_path / "site"), "--json") == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["links"] == ["latest"]
    (built / "public" / "secret.txt").symlink_to(tmp_path)
    assert publish(built, str(tmp_path / "site")) == ExitCode.USAGE
    assert "secret.txt: is a link that leads out of public" in capsys.readouterr().err


def flip(path: Path) -> None:
    """One bit in the middle, and no other time of change."""
    state, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def test_nothing_that_is_not_what_was_built_is_published(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One bit in a feed, a card or a book: nothing at all is sent, the files are named, and doing what is said mends
    them. A producer's own file is sent, whatever is in it.
    """
    public, site = built / "public", tmp_path / "site"
    damaged = ("feed.xml", "2026-11/card.json", "2026-11/issue.epub")
    (public / "mine.txt").write_text("a producer's own")
    for path in damaged:
        flip(public / path)
    capsys.readouterr()
    for option in ("--dry-run", "--json"):
        assert publish(built, str(site), option) == ExitCode.USAGE
        told = capsys.readouterr().err
        assert "public: 2026-11/card.json, 2026-11/issue.epub, feed.xml are not what was built, and nothing was" in told
        assert "remove them, and run vivavoce build 2026-11\n" in told
    assert not site.exists()
    for path in damaged:
        (public / path).unlink()
    assert run(["build", "2026-11", "-C", str(built), "--no-programme"]) == ExitCode.DONE
    assert publish(built, str(site)) == ExitCode.DONE
    assert (site / "mine.txt").exists()
    flip(public / "index.html")
    capsys.readouterr()
    assert publish(built, str(site)) == ExitCode.USAGE
    assert "index.html is not what was built, and nothing was sent — remove it, and run vivavoce build\n" in (
        capsys.readouterr().err
    )


def test_damaged_sound_is_refused_without_a_record_too(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its name promises its hash, so it is refused when .vivavoce was deleted; check and doctor see it, and what check
    says mends it.
    """
    sound = next((built / "public/2026-11/episodes").glob("*.mp3"))
    whole = sound.read_bytes()
    sound.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    shutil.rmtree(built / ".vivavoce")
    capsys.readouterr()
    assert publish(built, str(tmp_path / "site")) == ExitCode.USAGE
    assert f"{sound.name} is not what was built, and nothing was sent" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
    assert run(["check", "-C", str(built)]) == ExitCode.ARTICLE_FAILED
    assert "it is not what was built: remove it, and run vivavoce build 2026-11" in capsys.readouterr().out
    run(["doctor", "-C", str(built)])
    assert f"not what was built, such as 2026-11/episodes/{sound.name}" in capsys.readouterr().out
    sound.unlink()
    assert run(["build", "2026-11", "-C", str(built), "--no-programme"]) == ExitCode.DONE
    assert sound.read_bytes() == whole
    assert publish(built, str(tmp_path / "site")) == ExitCode.DONE
