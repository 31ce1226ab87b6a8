"""What an importer finds in a foreign file: fields and passages, with where each stood; languages not yet settled."""

import datetime
from dataclasses import dataclass, replace

from articles.importers.clean import clean
from articles.issue import BlockKind


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text within a passage and the language that the source declares for it (empty: none)."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, caption, row … of the source. `place` is where it stood, such as `line 12` or `page 3`.

    `apart` is True when the source sets it off from the passage before (a blank line, a new element). `bold` is true
    for a passage wholly in bold, `size` its letters' height in points where the source knows it. `marks` are the
    source's own words for it: element, classes, style.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    place: str = ""
    language: str = ""
    apart: bool = True
    bold: bool = False
    size: float = 0.0
    marks: str = ""

    @property
    def text(self) -> str:
        """The whole text, runs joined."""
        return "".join(run.text for run in self.runs)

    def as_kind(self, kind: BlockKind) -> "Passage":
        """The same passage as another kind of block."""
        return replace(self, kind=kind)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell the producer about one field: what was seen, where, and whether it is certain."""

    field: str
    text: str
    place: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of the source that are not part of the article, and why they are thought not to be."""

    text: str
    why: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as found: head and body passages in reading order, what else the source says of it, and notes.

    `language` is the declared one, as the source spells it, `language_from` where it is declared. `key` tells the
    articles of one source apart (a chapter's file name, an entry's id). `name` serves for the file's name when there is
    no headline.
    """

    passages: tuple[Passage, ...]
    name: str
    key: str = ""
    language: str = ""
    language_from: str = ""
    section: str = ""
    date: datetime.date | None = None
    notes: tuple[Note, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def having(self, kind: BlockKind) -> Passage | None:
        """The first passage of this kind, or None."""
        return next((passage for passage in self.passages if passage.kind is kind), None)


def passage(kind: BlockKind, text: str, place: str = "", *, language: str = "", apart: bool = True) -> Passage:
    """A passage of one run, cleaned."""
    return Passage(kind, (Run(clean(text)),), place, language, apart)
