"""What `plan` says of an issue at each moment of its life."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles.errors import ExitCode
from tests.conftest import EDITION
from vivavoce.cli import run

Edition = Callable[..., Path]
Capture = pytest.CaptureFixture[str]


def built(root: Path) -> None:
    assert run(["build", "-C", str(root), "--no-programme"]) == ExitCode.DONE


def planned(root: Path, capsys: Capture, code: ExitCode = ExitCode.DONE) -> tuple[dict[str, Any], list[str]]:
    """What `plan` says to programs, and its lines for people that are about listeners."""
    capsys.readouterr()
    assert run(["plan", "-C", str(root), "--json"]) == code
    facts: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert run(["plan", "-C", str(root)]) == code
    return facts, [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]


def what(facts: dict[str, Any]) -> dict[str, list[str]]:
    return {change["title"]: change["what"] for change in facts["published"]["changed"]}


def test_a_plan_says_what_it_is_compared_with(make_edition: Edition, tmp_path: Path, capsys: Capture) -> None:
    """Nothing, then what was built, then what was published; only the last is what listeners have."""
    root = make_edition()
    facts, lines = planned(root, capsys)
    assert (facts["compared_with"], lines[0]) == ("nothing", "neither published nor built yet: all is new")
    built(root)
    facts, lines = planned(root, capsys)
    assert facts["compared_with"] == "built"
    assert lines == ["not published yet: compared with what was built last", "for listeners, nothing changes"]
    assert run(["publish", str(tmp_path / "web"), "-C", str(root)]) == ExitCode.DONE
    facts, lines = planned(root, capsys)
    assert (facts["compared_with"], lines) == ("published", ["for listeners, nothing changes"])


@pytest.mark.slow
def test_words_read_anew_are_told_from_a_file_made_anew(make_edition: Edition, tmp_path: Path, capsys: Capture) -> None:
    """Another title of the publication is in every file and in no ear; a sentence changed is heard, built or not.

    So is an ident, though the music that it is said over keeps the episode as long as it was.
    """
    root = make_edition()
    built(root)
    assert run(["publish", str(tmp_path / "web"), "-C", str(root)]) == ExitCode.DONE
    (root / "edition.toml").write_text(EDITION.replace("La Gazette", "La Gazette du Port"), encoding="utf-8")
    told = "file: every word is read as before; the file is mixed or labelled anew, and fetched again if it differs"
    for _ in ("planned", "built"):
        facts, lines = planned(root, capsys)
        assert what(facts) == {"The Harbour Wakes": ["file"], "Le marché du samedi": ["file"]}
        assert "changed (file): The Harbour Wakes" in lines
        assert told in lines
        built(root)
    article = root / "issues/2026-11/01-harbour.en.md"
    article.write_text(article.read_text().replace("Nobody waves.", "Everybody waves."))
    (root / "edition.toml").write_text(EDITION, encoding="utf-8")
    for _ in ("planned", "built"):
        facts, lines = planned(root, capsys)
        assert what(facts)["The Harbour Wakes"] == ["sound"]
        assert "changed (sound): The Harbour Wakes" in lines
        built(root)
    ident = '[sound.ident]\nfr = "{publication}."\n'
    (root / "edition.toml").write_text(EDITION + ident, encoding="utf-8")
    for _ in ("planned", "built"):
        assert what(planned(root, capsys)[0])["Le marché du samedi"] == ["sound"]
        built(root)


def test_an_article_that_fails_is_not_called_withdrawn(make_edition: Edition, tmp_path: Path, capsys: Capture) -> None:
    """Its episode stays, as the build leaves it, its file renamed or not; the plan says so, and exits as the build."""
    root = make_edition()
    built(root)
    assert run(["publish", str(tmp_path / "web"), "-C", str(root)]) == ExitCode.DONE
    article = root / "issues/2026-11/02-marche.fr.md"
    text = article.read_text().replace("+++\n", '+++\nid = "marche"\n', 1)
    article.unlink()
    article = root / "issues/2026-11/03-samedi.fr.md"
    article.write_text(text)
    built(root)
    article.write_text("+++\nheadlin = 3\n+++\n\nRien.\n")
    facts, lines = planned(root, capsys, ExitCode.ARTICLE_FAILED)
    assert (facts["published"]["withdrawn"], facts["published"]["standing"]) == ([], ["Le marché du samedi"])
    assert "stays as it was, because its article cannot be read: Le marché du samedi" in lines


@pytest.mark.slow
def test_the_picture_of_a_plan_has_the_programme_that_is_made(
    make_edition: Edition, tmp_path: Path, capsys: Capture
) -> None:
    """What is planned after a build is drawn as the build drew it; before it there is no programme to draw."""
    root = make_edition()

    def drawn() -> str:
        assert run(["plan", "-C", str(root), "--picture", str(tmp_path / "plan.svg")]) == ExitCode.DONE
        return (tmp_path / "plan.svg").read_text()

    before = drawn()
    assert run(["build", "-C", str(root)]) == ExitCode.DONE
    after = drawn()
    built = (root / ".vivavoce" / "pictures" / "2026-11.svg").read_text()
    assert after == built[: built.index("<!-- sha256 ")]
    assert before.count("2026-11") < after.count("2026-11")
    article = root / "issues/2026-11/01-harbour.en.md"
    article.write_text(article.read_text().replace("Nobody waves.", "Everybody waves."))
    assert drawn().count("2026-11") == before.count("2026-11")
    capsys.readouterr()
