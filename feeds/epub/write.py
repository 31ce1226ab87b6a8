"""The book's file, written whole, and only when what is in it has changed."""

import contextlib
import hashlib
import os
import shutil
import zipfile
from pathlib import Path
from typing import Final

from articles.files import whole_file
from feeds.epub.article import article_page
from feeds.epub.book import Book, fingerprint, name_of
from feeds.epub.overlay import overlay
from feeds.epub.package import ACTIVE, cover_page, navigation, package

_CONTAINER: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

_STYLE: Final = f"""\
body {{ line-height: 1.5; }}
h1, h2 {{ line-height: 1.2; }}
img {{ max-width: 100%; }}
.kicker {{ font-size: 0.85em; letter-spacing: 0.05em; text-transform: uppercase; }}
.standfirst {{ font-size: 1.1em; }}
.byline, .caption {{ font-style: italic; }}
aside {{ border-left: 0.2em solid; padding-left: 1em; }}
.{ACTIVE} {{ background-color: #ffe08a; color: #000; }}
"""

_DIGITS: Final = 64

_MOMENT: Final = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the earliest a ZIP file can name: no clock, so the same book has the same bytes


def write_book(book: Book, path: Path) -> bool:
    """True if the book at `path` was written, False if what lies there is this very book.

    The ZIP file ends with two hashes in its comment: of what the book is made from, so that sound is not packed anew
    only to be compared, and of all bytes before, so that a damaged book is. Raises articles.files.WriteError.
    """
    parts = _parts(book)
    mark = fingerprint(parts, book).encode()
    if _is_book(path, mark):
        return False
    with whole_file(path) as partial:
        _pack(partial, parts, book, mark)
        digest = _digest(partial).encode()
        with partial.open("r+b") as file:
            file.seek(-len(digest), os.SEEK_END)
            file.write(digest)
    return True


def _pack(path: Path, parts: dict[str, bytes], book: Book, mark: bytes) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = mark + b"0" * _DIGITS
        _store(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)  # first, and not compressed (OCF 4.3)
        for name, data in parts.items():
            _store(archive, name, data, zipfile.ZIP_STORED if name.endswith(".jpg") else zipfile.ZIP_DEFLATED)
        for number, article in enumerate(book.articles, 1):
            info = _info(f"EPUB/{name_of(number)}.mp3", zipfile.ZIP_STORED)
            with article.sound.open("rb") as sound, archive.open(info, "w") as entry:
                shutil.copyfileobj(sound, entry, 1 << 20)


def _parts(book: Book) -> dict[str, bytes]:
    """Every entry but the sound."""
    parts = {"META-INF/container.xml": _CONTAINER}
    overlays = []
    for number, article in enumerate(book.articles, 1):
        name = name_of(number)
        made = overlay(article, f"{name}.xhtml", f"{name}.mp3", words=book.words)
        overlays.append(made)
        parts[f"EPUB/{name}.xhtml"] = article_page(article, words=book.words)
        parts[f"EPUB/{name}.smil"] = made.data
    parts["EPUB/package.opf"] = package(book, overlays)
    parts["EPUB/nav.xhtml"] = navigation(book)
    parts["EPUB/cover.xhtml"] = cover_page(book)
    parts["EPUB/cover.jpg"] = book.cover
    parts["EPUB/style.css"] = _STYLE.encode()
    return parts


def _store(archive: zipfile.ZipFile, name: str, data: bytes, how: int) -> None:
    archive.writestr(_info(name, how), data)


def _info(name: str, how: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = how
    info.external_attr = 0o644 << 16
    info.create_system = 3  # the same on every system
    return info


def _is_book(path: Path, mark: bytes) -> bool:
    """Whether the file at `path` was made from what `mark` says, and is whole."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        file.seek(-2 * _DIGITS, os.SEEK_END)
        return file.read(_DIGITS) == mark and file.read() == _digest(path).encode()
    return False


def _digest(path: Path) -> str:
    """The sha256 of the file without its last 64 bytes."""
    digest, left = hashlib.sha256(), path.stat().st_size - _DIGITS
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(left, 1 << 20))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()
