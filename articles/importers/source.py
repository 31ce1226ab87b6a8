"""A foreign file's bytes and text: read once, within limits, its encoding found."""

import re
from dataclasses import dataclass
from pathlib import Path

from articles.errors import ArticleError, plain_line
from articles.files import refuse_endless
from articles.importers.draft import Note

MAX_SOURCE_BYTES = 100_000_000
"""A larger file is no article; reading it whole would only fill the memory."""

MAX_UNPACKED_BYTES = 300_000_000
"""What an archive (DOCX, EPUB) may unpack to, all its files together."""

MAX_TEXT_CHARACTERS = 5_000_000
"""About two thousand printed pages: the most that is read as text."""

_MANY_MARKS = 100_000
_BETWEEN_TAGS = 4
"""Characters of a tag and the words up to the next; saved pages have 20 to 60, bare tables of figures five."""

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_PYTHON_ONLY = frozenset(("idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"))
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)

_OPEN_ALREADY = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""Where a shell hands over what another program writes: `import <(curl …)`."""


class ImportRefused(ArticleError):
    """A source that cannot be imported; the others can."""


@dataclass(frozen=True, slots=True)
class Source:
    """A foreign file: its path as given, and its bytes."""

    path: Path
    data: bytes

    @property
    def name(self) -> str:
        """The file's name, for messages and records: any bytes may be one, and none that steer a terminal stay.

        Of what another program writes, the whole path, which names nothing (`is_name`).
        """
        return plain_line(str(self.path) if is_open_already(self.path) else self.path.name)

    def refused(self, why: str, hint: str) -> ImportRefused:
        """The error to raise about this file."""
        return ImportRefused(f"{self.name}: {why}", hint=hint)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line feeds as its only line ends, and notes on how it was decoded (empty when it was UTF-8)."""

    text: str
    notes: tuple[Note, ...]


def is_open_already(path: Path) -> bool:
    """Whether a shell hands over there what another program writes."""
    return str(path).startswith(_OPEN_ALREADY)


def is_name(source: str) -> bool:
    """Whether a source's name tells it from others: a pipe's is soon another's."""
    return "/" not in source


def read_source(path: Path) -> Source:
    """The file at `path`. Raises ImportRefused for one that is missing, a folder, empty, too large, or an address."""
    if _ADDRESS.match(str(path)):
        raise ImportRefused(
            f"{path}: this is an address, and nothing is fetched", hint="save the page or file and import that"
        )
    try:
        if path.is_dir():
            raise ImportRefused(f"{path.name}: this is a folder", hint="name the files in it")
        size = path.stat().st_size
        if size > MAX_SOURCE_BYTES:
            raise ImportRefused(
                f"{path.name}: {size / 1e6:.0f} MB is more than the {MAX_SOURCE_BYTES / 1e6:.0f} MB that are read",
                hint="split it, or save it without pictures",
            )
        if not is_open_already(path):
            refuse_endless(path)
        with path.open("rb") as file:
            data = file.read(MAX_SOURCE_BYTES)
    except OSError as error:
        raise ImportRefused(
            f"{path.name}: cannot be read ({error.strerror or error})", hint="check the name and the permissions"
        ) from error
    if not data.strip():
        raise ImportRefused(f"{path.name}: the file is empty", hint="save or copy the article again")
    return Source(path, data)


def decode(source: Source, data: bytes | None = None, *, declared: str = "") -> Decoded:
    """The text of `source` (or of `data`, a part of it): UTF-8 if it is valid, else as declared, else as guessed.

    `declared` is the encoding that something outside the text gives. Anything but UTF-8 is noted. Raises ImportRefused
    for bytes that are no text, for more text than MAX_TEXT_CHARACTERS, and for tags that have hardly a word between
    them, with which some parsers take many seconds.
    """
    data = source.data if data is None else data
    text, notes = _decoded(source, data, declared)
    if len(text) > MAX_TEXT_CHARACTERS:
        raise source.refused(
            f"{len(text):,} characters of text are more than the {MAX_TEXT_CHARACTERS:,} that are read", "split it"
        )
    refuse_bare_marks(source, text, "<", _BETWEEN_TAGS, "tags")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), notes)


def refuse_bare_marks(source: Source, text: str, marks: str, between: int, name: str) -> None:
    """Raise ImportRefused for text that is hardly more than these characters, many of them and no more than `between`
    characters from each to the next: some parsers take many seconds for it.
    """
    number = sum(map(text.count, marks))
    if number > _MANY_MARKS and number * between >= len(text):
        raise source.refused(f"{number:,} {name}, and hardly a word between them", "save or copy the article again")


def _decoded(source: Source, data: bytes, declared: str) -> tuple[str, tuple[Note, ...]]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark) and (text := _try(data, encoding)) is not None:
            return text, () if encoding == "utf-8-sig" else (_note(encoding, "its byte order mark"),)
    if b"\x00" in data:
        raise source.refused("this is not text", "the formats are text, HTML, DOCX, EPUB, PDF, a feed and Markdown")
    if (text := _try(data, "utf-8")) is not None:
        return text, ()
    found = _DECLARED.search(data[:2048])
    name = declared or (found[1].decode("ascii") if found else "")
    if name.lower().replace("-", "_") in _PYTHON_ONLY:  # no browser knows these, and some take the square of a length
        name = ""
    if name and (text := _try(data, _web_name(name))) is not None:
        return text, (_note(name, "as declared"),)
    return _guessed(data)


def _web_name(name: str) -> str:
    """The encoding that a browser uses for this name: what calls itself Latin 1 is Windows 1252 (WHATWG Encoding)."""
    return (
        "cp1252" if name.lower().replace("_", "-") in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
    )


def _guessed(data: bytes) -> tuple[str, tuple[Note, ...]]:
    """Windows 1252 if every byte is one of its letters, else what charset-normalizer finds likeliest.

    Western text is the common case, and 1252 is told from its neighbours by no statistics on a short text.
    """
    import charset_normalizer

    best = charset_normalizer.from_bytes(data).best()
    western = _try(data, "cp1252")
    if western is not None and (best is None or not best.could_be_from_charset or _is_latin(str(best))):
        return western, (_note("cp1252", "a guess: it is not valid UTF-8, and declares nothing", sure=False),)
    if best is not None:
        return str(best), (_note(best.encoding, "a guess: it is not valid UTF-8, and declares nothing", sure=False),)
    return data.decode("cp1252", "replace"), (_note("cp1252", "a guess; some letters are lost", sure=False),)


def _is_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(char < "\u0250" for char in letters) > len(letters) / 2


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _note(encoding: str, why: str, *, sure: bool = True) -> Note:
    return Note("encoding", f"{encoding} ({why})", sure=sure)
