import os
from pathlib import Path

import pytest

from articles.importers import source as sources
from articles.importers.clean import clean, is_right_to_left
from articles.importers.dates import date_line
from articles.importers.formats import Format, format_of, import_file
from articles.importers.place import place
from articles.importers.record import Record, save_record
from articles.importers.source import ImportRefused, Source, decode, read_source


@pytest.mark.parametrize(
    ("data", "text", "sure"),
    [
        ("L’été à Nîmes".encode(), "L’été à Nîmes", None),
        ("L’été à Nîmes".encode("utf-8-sig"), "L’été à Nîmes", None),
        ("L’été à Nîmes".encode("utf-16"), "L’été à Nîmes", True),
        ("L’été à Nîmes, et après".encode("cp1252"), "L’été à Nîmes, et après", False),
        (b'<meta charset="iso-8859-1">\x93\xe9t\xe9\x94', '<meta charset="iso-8859-1">“été”', True),
        ("<?xml encoding='windows-1251'?>Привет".encode("cp1251"), "<?xml encoding='windows-1251'?>Привет", True),
        (
            "Привет, как ваши дела сегодня? Всё хорошо, спасибо вам.".encode("cp1251"),
            "Привет, как ваши дела сегодня?",
            False,
        ),
    ],
)
def test_encodings_are_found(data: bytes, text: str, sure: bool | None) -> None:
    """UTF-8 first, then what is declared, then a guess; all but UTF-8 are noted, a guess as one."""
    decoded = decode(Source(Path("a.txt"), data))
    assert decoded.text.startswith(text)
    assert [note.sure for note in decoded.notes] == ([] if sure is None else [sure])


@pytest.mark.parametrize("name", ["undefined", "idna", "punycode", "unicode-escape", "hex", "utf-8", "no-such"])
def test_a_declared_encoding_that_is_none_of_text_counts_for_nothing(name: str) -> None:
    """What only Python calls an encoding, or what does not fit, leaves the guess to be made."""
    (note,) = decode(Source(Path("a.html"), f'<meta charset="{name}">caf'.encode() + b"\xe9 \\x41")).notes
    assert not note.sure


def test_a_name_that_is_no_text_is_shown_and_kept_as_one(tmp_path: Path) -> None:
    """A file may be called any bytes; what is written and told of it can be read."""
    path = Path(os.fsdecode(os.fsencode(tmp_path / "a") + b"\xff\n.txt"))
    path.write_text("A bridge\n\nIt is open, and nobody knows why.\n", encoding="utf-8")
    (article,) = import_file(path, ("en",))
    assert article.source == "a\ufffd .txt"
    save_record(tmp_path / "imports.json", place(article, "sha-1", tmp_path / "2026-11", Record()).record)


def test_line_ends_become_line_feeds() -> None:
    """Those of Windows, of old Macs and of Unix are one kind."""
    assert decode(Source(Path("a.txt"), b"a\r\nb\rc\nd")).text == "a\nb\nc\nd"


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file, a folder, an empty file, a huge one and an address are told each in a line with what to do."""
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "huge.txt").write_bytes(b"x" * 2000)
    monkeypatch.setattr(sources, "MAX_SOURCE_BYTES", 1000)
    for name, message in (
        ("gone.txt", "gone.txt: cannot be read (No such file"),
        ("", f"{tmp_path.name}: this is a folder"),
        ("empty.txt", "empty.txt: the file is empty"),
        ("huge.txt", "huge.txt: 0 MB is more than the 0 MB"),
    ):
        with pytest.raises(ImportRefused) as caught:
            read_source(tmp_path / name)
        assert str(caught.value).startswith(message)
        assert caught.value.hint
    with pytest.raises(ImportRefused, match="nothing is fetched"):
        read_source(Path("https://example.org/page.html"))


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text beyond the limit is no article."""
    monkeypatch.setattr(sources, "MAX_TEXT_CHARACTERS", 10)
    with pytest.raises(ImportRefused, match=r"a\.txt: 11 characters of text are more than the 10"):
        decode(Source(Path("a.txt"), b"x" * 11))


def test_a_head_that_no_build_would_read_is_not_imported(tmp_path: Path) -> None:
    """A page whose headline has 60,000 characters, or whose section: it is named, with how long it is."""
    (page := tmp_path / "a.html").write_text(
        f"<article><h1>{'Quay ' * 12_000}</h1><p>Boats leave at five.</p></article>"
    )
    with pytest.raises(ImportRefused, match=r"a\.html: the headline “Quay Quay .*…” has 59,999 characters") as caught:
        import_file(page, ["en"])
    assert caught.value.hint
    (page := tmp_path / "b.md").write_text(f"---\ntitle: Quay\nsection: {'Port ' * 9_000}\n---\n\nText.\n")
    assert import_file(page, ["en"])  # 45 kB are odd, and can be read


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.html", "<p>"), ("a.rss", "<rss><p>"), ("a.txt", "<br>"), ("a.md", "!["), ("a.md", "**a "), ("a.md", "[a](")],
)
def test_what_is_nothing_but_marks_is_refused_unread(tmp_path: Path, name: str, text: str) -> None:
    """Tags or Markdown without words, with which parsers take ten seconds a megabyte."""
    (tmp_path / name).write_text(text * 240_000)
    with pytest.raises(ImportRefused, match=r"0,000 (?:tags|marks), and hardly a word between them") as caught:
        import_file(tmp_path / name, ["en"])
    assert caught.value.hint


@pytest.mark.parametrize(
    "more",
    [
        f"![A quay](data:image/png;base64,{'A' * 600_000})",
        "".join(f"- [Quay {number}](https://example.org/{'quay-' * 20}{number})\n" for number in range(4_000)),
        f"<!-- {'an old text ' * 50_000} -->",
    ],
)
def test_long_markdown_of_few_words_is_read(tmp_path: Path, more: str) -> None:
    """Pictures within the text, long addresses and remarks are no article, and large."""
    (tmp_path / "a.md").write_text(f"---\ntitle: Quay\n---\n\nBoats leave at five.\n\n{more}\n")
    assert [article.headline for article in import_file(tmp_path / "a.md", ["en"])] == ["Quay"]


@pytest.mark.slow
def test_a_large_table_of_figures_is_read(tmp_path: Path) -> None:
    """A page may hold little else."""
    rows = f"<tr>{'<td>1</td>' * 20}</tr>" * 3_000
    (tmp_path / "a.html").write_text(f"<article><h1>Tides</h1><p>All of a year.</p><table>{rows}</table></article>")
    assert import_file(tmp_path / "a.html", ["en"])


def test_an_article_longer_than_a_build_reads_is_refused(tmp_path: Path) -> None:
    """What `build` would refuse is not written first: the article is named, with its size and what to do."""
    (tmp_path / "a.md").write_text("# A long one\n\n" + "Some words of a novel.\n\n" * 20_000, encoding="utf-8")
    with pytest.raises(ImportRefused, match=r"a\.md: “A long one” has 480 kB of text, more than the 400 kB") as caught:
        import_file(tmp_path / "a.md", ("en", "fr"))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"Text", Format.PAGE_TEXT),
        ("a", b"Text", Format.PAGE_TEXT),
        ("a.txt", b"\n<!DOCTYPE html><html>", Format.HTML),
        ("a.php", b"<html lang=fr>", Format.HTML),
        ("a.xml", b"<?xml version='1.0'?><rss version='2.0'>", Format.FEED),
        ("a.xml", "<?xml version='1.0'?><feed xmlns=''>".encode("utf-16"), Format.FEED),
        ("a.html", b"%PDF-1.4", Format.PDF),
        ("a.md", b"<html> in Markdown", Format.MARKDOWN),
        ("a.bin", b"PK\x03\x04......word/document.xml", Format.DOCX),
        ("a.bin", b"PK\x03\x04mimetypeapplication/epub+zip", Format.EPUB),
    ],
)
def test_the_format_is_told_by_the_content(name: str, data: bytes, expected: Format) -> None:
    """What a file holds counts before what it is called."""
    assert format_of(Source(Path(name), data)) is expected


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.zip", b"PK\x03\x04 things", "an archive that is neither"),
        ("a.rtf", b"{\\rtf1", "an RTF file"),
        ("a.png", b"\x89PNG\x00\x00", "a format that is not known"),
        ("a.pdf", b"text", "damaged: this is no PDF"),
    ],
)
def test_other_formats_are_refused(name: str, data: bytes, message: str) -> None:
    """A format that cannot be imported is named, with what to do instead."""
    with pytest.raises(ImportRefused) as caught:
        format_of(Source(Path(name), data))
    assert str(caught.value).startswith(f"{name}: {message}")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a \t b\n", "a b"),
        ("e\u0301te\u0301", "été"),
        ("o\ufb03ce", "office"),
        ("rendez\xad-vous\u200b", "rendez-vous"),
        ("12\u202f000\u00a0€", "12\u202f000\u00a0€"),
        ("fin.\u00a0  On", "fin. On"),
        ("a\x00\x07b\ud800", "ab\ufffd"),
        ("\u202eevil\u202c", "evil"),
    ],
)
def test_cleaning_keeps_what_is_read(text: str, cleaned: str) -> None:
    """Machine characters go, letters and the spaces that hold numbers together stay; cleaning twice changes nothing."""
    assert clean(text) == cleaned
    assert clean(cleaned) == cleaned


def test_right_to_left_is_told() -> None:
    """Arabic and Hebrew run from right to left, a quoted word does not make a text do so."""
    assert is_right_to_left("مرحبا بالعالم (2023)")
    assert not is_right_to_left("The word שלום means peace")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("7 April 2023", "2023-04-07"),
        ("April 7th, 2023", "2023-04-07"),
        ("Friday, 7 April 2023", "2023-04-07"),
        ("Publié le 1er mars 2023", "2023-03-01"),
        ("le vendredi 7 avril 2023 à 10h30", "2023-04-07"),
        ("2023-04-07", "2023-04-07"),
        ("25/04/2023", "2023-04-25"),
        ("04/25/2023", "2023-04-25"),
        ("07/04/2023", None),
        ("April 2023", None),
        ("Avril-mai 2023", None),
        ("Summer 2023", None),
    ],
)
def test_dates_are_read_and_never_completed(line: str, day: str | None) -> None:
    """A printed day is read in English and French; a month, or a day that could be a month, gives none and says why."""
    found = date_line(line)
    assert found is not None
    assert (str(found.day) if found.day else None) == day
    assert bool(found.why) is (day is None)


@pytest.mark.parametrize("line", ["In April 2023 it rained", "31 February 2023", "12 angry men", "2023", "May"])
def test_a_line_with_more_than_a_date_is_none(line: str) -> None:
    """Only a line that is nothing but a date is one."""
    assert date_line(line) is None
