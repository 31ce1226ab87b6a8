from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from articles.importers.draft import LeftOut
from articles.importers.place import Outcome, Placed, place, slug_of, text_of
from articles.importers.record import Record, load_record, save_record
from articles.importers.settle import Imported
from articles.issue import Block, BlockKind, Span
from articles.markdown import read_article


def article(headline: str = "A Bridge", text: str = "It is open.", language: str = "en", **other: str) -> Imported:
    head = (Block(BlockKind.HEADLINE, (Span(headline, language),), language, 0),) if headline else ()
    blocks = (*head, Block(BlockKind.PARAGRAPH, (Span(text, language),), language, 0))
    source, key = other.get("source", "a.txt"), other.get("key", "")
    return Imported(source, key, "a", language, blocks, "", None, (), ())


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    return tmp_path / "2024-05"


def first(issue: Path, one: Imported | None = None) -> Placed:
    return place(one or article(), "sha-1", issue, Record())


def test_a_file_is_numbered_after_those_already_there(issue: Path) -> None:
    """The number is one more than the highest, whatever else is in the folder."""
    issue.mkdir()
    (issue / "07-other.fr.md").write_text("x")
    (issue / "issue.toml").write_text("")
    placed = first(issue)
    assert (placed.path.name, placed.outcome) == ("08-a-bridge.en.md", Outcome.WRITTEN)
    assert read_article(placed.path, ("en", "fr")).slug == "a-bridge"


def test_importing_again_changes_nothing(issue: Path) -> None:
    """The same source gives the same file, untouched, under whatever name the source comes."""
    placed = first(issue)
    stamp = placed.path.stat().st_mtime_ns
    for name in ("a.txt", "copy.txt"):
        again = place(article(source=name), "sha-1", issue, placed.record)
        assert (again.path, again.outcome) == (placed.path, Outcome.UNCHANGED)
    assert placed.path.stat().st_mtime_ns == stamp
    assert len(list(issue.iterdir())) == 1


def test_an_edited_file_is_kept_without_force(issue: Path) -> None:
    """What the producer has changed stays, and the message says so; force replaces it, and then it is known again."""
    placed = first(issue)
    placed.path.write_text("edited", encoding="utf-8")
    kept = place(article(), "sha-1", issue, placed.record)
    assert (kept.outcome, kept.path.read_text()) == (Outcome.KEPT, "edited")
    assert "edited since it was imported; --force" in kept.why
    forced = place(article(), "sha-1", issue, kept.record, force=True)
    assert forced.outcome is Outcome.UPDATED
    assert forced.path.read_text() == text_of(article())
    assert place(article(), "sha-1", issue, forced.record).outcome is Outcome.UNCHANGED


def test_an_edited_file_is_kept_when_its_source_changes_too(issue: Path) -> None:
    """A new version of the source updates a file that nobody touched, and leaves one that somebody did."""
    placed = first(issue)
    updated = place(article(text="It is closed."), "sha-2", issue, placed.record)
    assert (updated.outcome, updated.path) == (Outcome.UPDATED, placed.path)
    placed.path.write_text("edited", encoding="utf-8")
    assert place(article(text="It is lost."), "sha-3", issue, updated.record).outcome is Outcome.KEPT


def test_a_renumbered_file_is_found(issue: Path) -> None:
    """A producer who re-orders the issue gets no second copy."""
    placed = first(issue)
    moved = placed.path.rename(issue / "09-a-bridge.en.md")
    again = place(article(), "sha-1", issue, placed.record)
    assert (again.path, again.outcome) == (moved, Outcome.UNCHANGED)


def test_a_lost_record_overwrites_nothing(issue: Path) -> None:
    """Without the record, the same file is recognised, and a different one counts as edited."""
    placed = first(issue)
    assert place(article(), "sha-1", issue, Record()).outcome is Outcome.UNCHANGED
    assert place(article(text="Other."), "sha-9", issue, Record()).outcome is Outcome.KEPT
    assert len(list(issue.iterdir())) == 1
    assert placed.path.read_text() == text_of(article())


def test_two_articles_of_one_headline_have_two_slugs(issue: Path) -> None:
    """A slug is an article's identity in its issue, in any language."""
    placed = first(issue)
    other = place(article(source="b.txt", text="Another."), "sha-2", issue, placed.record)
    french = place(article(source="c.txt", text="Encore.", language="fr"), "sha-3", issue, other.record)
    assert [path.name for path in (other.path, french.path)] == ["02-a-bridge-2.en.md", "03-a-bridge-3.fr.md"]


def test_another_language_renames_the_file(issue: Path) -> None:
    """When the article turns out to be in French, no English file is left behind."""
    placed = first(issue)
    french = place(article(language="fr"), "sha-1", issue, placed.record)
    assert (french.path.name, french.outcome) == ("01-a-bridge.fr.md", Outcome.UPDATED)
    assert [path.name for path in issue.iterdir()] == ["01-a-bridge.fr.md"]


def test_an_article_without_headline_says_where_to_write_it(issue: Path) -> None:
    """The file is named for its source, and its first lines tell what is missing."""
    placed = first(issue, article(headline=""))
    assert placed.path.name == "01-a.en.md"
    assert '# No headline was found in a.txt: write headline = "…"' in placed.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("La bibliothèque d’objets !", "la-bibliotheque-d-objets"),
        ("Œuvres & cœurs", "œuvres-cœurs"),
        ("كلمة طيبة", "كلمة-طيبة"),
        ("12 Angry Men", "12-angry-men"),
        ("…", "article"),
        ("x" * 100, "x" * 60),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slugs_are_names_that_any_system_takes(text: str, slug: str) -> None:
    """Accents and punctuation go, letters of any script stay, no name is long or leaves the folder."""
    assert slug_of(text) == slug


def test_a_record_is_read_back_and_a_broken_one_is_empty(tmp_path: Path, issue: Path) -> None:
    """The record survives its file; a damaged file is as good as none."""
    record, path = first(issue).record, tmp_path / "import" / "imports.json"
    save_record(tmp_path, record)
    assert load_record(tmp_path) == record
    path.write_text("{")
    assert load_record(tmp_path) == Record()


def test_an_article_whose_import_was_killed_before_it_was_recorded_is_found(issue: Path) -> None:
    """Of two articles with one headline the second lies there without a record: it is not written a second time."""
    one = first(issue)
    other = place(article(source="b.txt", text="Another."), "2", issue, one.record)
    assert other.path.name == "02-a-bridge-2.en.md"
    again = place(article(source="b.txt", text="Another."), "2", issue, one.record)
    assert (again.path, again.outcome) == (other.path, Outcome.UNCHANGED)
    assert len(list(issue.iterdir())) == 2


def test_a_record_of_before_there_were_seals_is_read_and_a_broken_one_is_empty(tmp_path: Path, issue: Path) -> None:
    """Plain JSON has nothing that tells of damage, not even that its letters are letters."""
    record, path = first(issue).record, tmp_path / "imports.json"
    plain = msgspec.json.encode(record)
    path.write_bytes(plain)
    assert load_record(tmp_path) == record
    path.write_bytes(plain.replace(b"2024", b"\xb2024"))
    assert load_record(tmp_path) == Record()


def test_what_was_left_out_is_told_by_its_beginning(issue: Path) -> None:
    """A head as long as an article is one that no build reads; passages of usual length stand in it whole."""
    long, short = LeftOut("word " * 20_000, "above the date"), LeftOut("b" * 999, "above the date")
    placed = first(issue, replace(article(), left_out=(long,) * 9 + (short,)))
    assert read_article(placed.path, ("en", "fr")).blocks[-1].text == "It is open."
    text = placed.path.read_text(encoding="utf-8")
    assert "b" * 999 in text
    assert len(text) < 15_000
