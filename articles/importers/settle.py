"""A draft to an imported article: its language and that of each passage decided, and everything noted."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.importers.clean import clean, is_right_to_left, shortened
from articles.importers.draft import Draft, LeftOut, Note, Passage
from articles.issue import Block, BlockKind, Span
from articles.language import SURE, Guess, foreign_language, guess_language

HEAD = (BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.BYLINE)
"""The kinds that front matter holds, in reading order."""

_ADDRESS = re.compile(r"<?(?:https?://|www\.)[^\s<>]+>?")
_FORMULA = re.compile(r"\$\$.+\$\$")
_NOTES_ON_HEAD = 100
_EXPECTED = ("headline", "kicker", "standfirst", "byline", "section", "date")


@dataclass(frozen=True, slots=True)
class Imported:
    """One article of a foreign file, ready to be written: its blocks (head first), language, section and date.

    `source` is the foreign file's name, `key` tells its articles apart, `name` is for the article's file name. `notes`
    say of each field what was recognised, where, and how surely; `left_out` what is not part of the article.
    """

    source: str
    key: str
    name: str
    language: str
    blocks: tuple[Block, ...]
    section: str
    date: datetime.date | None
    notes: tuple[Note, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def headline(self) -> str:
        """The headline, empty if none was found."""
        return next((block.text for block in self.blocks if block.kind is BlockKind.HEADLINE), "")

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that were not found, in the order of front matter."""
        found = {str(block.kind) for block in self.blocks}
        found |= {"section"} if self.section else set()
        found |= {"date"} if self.date else set()
        return tuple(field for field in _EXPECTED if field not in found)


def settle(draft: Draft, source: str, languages: Sequence[str], asked: str = "") -> Imported:
    """`draft` as an imported article in one of `languages` (the edition's); `asked` is the producer's word for it."""
    language, language_notes = _language_of(draft, languages, asked)
    notes = [*_field_notes(draft), *draft.notes, *language_notes]
    blocks: list[Block] = []
    for passage in sorted(draft.passages, key=_head_first):
        own = _passage_language(passage, language, languages)
        if spans := _spans(passage, own.language, languages):
            # A field of the head has the article's language; words in another one are spans of it.
            whole = language if passage.kind in HEAD else own.language
            blocks.append(Block(_kind(passage), spans, whole, 0))
            _note_language(notes, passage, own)
    if is_right_to_left(" ".join(block.text for block in blocks)):
        notes.append(Note("text", "written from right to left: check the order of numbers and brackets", sure=False))
    return Imported(
        source=source,
        key=clean(draft.key),
        name=draft.name,
        language=language,
        blocks=tuple(blocks),
        section=clean(draft.section),
        date=draft.date,
        notes=tuple(replace(note, text=clean(note.text), place=clean(note.place)) for note in notes),
        left_out=tuple(replace(left, text=clean(left.text), place=clean(left.place)) for left in draft.left_out),
    )


def _kind(passage: Passage) -> BlockKind:
    """The passage's kind; a paragraph that is nothing but an address or a formula is read as that."""
    text = passage.text.strip()
    if passage.kind is BlockKind.PARAGRAPH and _ADDRESS.fullmatch(text):
        return BlockKind.URL
    if passage.kind is BlockKind.PARAGRAPH and _FORMULA.fullmatch(text):
        return BlockKind.FORMULA
    return passage.kind


def _head_first(passage: Passage) -> int:
    return HEAD.index(passage.kind) if passage.kind in HEAD else len(HEAD)


def _field_notes(draft: Draft) -> list[Note]:
    """What was found for each field of the head about which the importer has said nothing itself."""
    told = {note.field for note in draft.notes}
    notes = []
    for kind in HEAD:
        passage = draft.having(kind)
        if passage and kind not in told:
            notes.append(Note(kind, shortened(passage.text, 100), passage.place))
    return notes


def _language_of(draft: Draft, languages: Sequence[str], asked: str) -> tuple[str, list[Note]]:
    """The article's language: asked for, else declared, else guessed from its text."""
    if asked:
        return asked, [Note("language", asked, "as asked for")]
    guess = guess_language(" ".join(passage.text for passage in draft.passages), languages)
    declared = known(draft.language, languages)
    if declared:
        notes = [Note("language", declared, draft.language_from)]
        if guess.language != declared and guess.confidence >= SURE:
            notes.append(Note("language", f"declared {declared}, but the text looks like {guess.language}", sure=False))
        return declared, notes
    why = f"a guess, {_percent(guess)} sure"
    if len(languages) == 1:
        why = "the edition's only language"
    elif draft.language:
        why = f"{why}; the source declares “{draft.language}”, which the edition does not have"
    return guess.language, [Note("language", guess.language, why, sure=len(languages) == 1)]


def known(language: str, languages: Sequence[str]) -> str:
    """Which of `languages` the tag `language` means (`fr-FR` is `fr`); empty if none."""
    tag = language.strip().replace("_", "-").lower()
    for candidate in (tag, tag.split("-")[0]):
        for listed in languages:
            if candidate and candidate == listed.lower():
                return listed
    return next((listed for listed in languages if tag and listed.lower().split("-")[0] == tag.split("-")[0]), "")


@dataclass(frozen=True, slots=True)
class _Own:
    """A passage's language, and why when it is not the article's."""

    language: str
    why: str = ""
    sure: bool = True


def _passage_language(passage: Passage, language: str, languages: Sequence[str]) -> _Own:
    declared = known(passage.language, languages)
    if declared:
        return _Own(declared, f"{declared}, as declared" if declared != language else "")
    guess = foreign_language(passage.text, language, languages) if passage.kind is not BlockKind.BYLINE else None
    if guess is None:
        return _Own(language)
    return _Own(guess.language, f"{guess.language}, a guess, {_percent(guess)} sure", sure=False)


def _note_language(notes: list[Note], passage: Passage, own: _Own) -> None:
    """Say why the passage is in another language: in the note about it, if there is one."""
    if not own.why:
        return
    text = passage.text.strip()
    for index, note in enumerate(notes[:_NOTES_ON_HEAD]):
        if note.field == passage.kind and note.place == passage.place and note.text.startswith(shortened(text)[:20]):
            notes[index] = Note(note.field, f"{note.text}; {own.why}", note.place, note.sure and own.sure)
            return
    notes.append(Note(passage.kind, f"{shortened(text)}; {own.why}", passage.place, own.sure))


def _spans(passage: Passage, language: str, languages: Sequence[str]) -> tuple[Span, ...]:
    """The runs as spans: cleaned, single-spaced across their edges, none at either end of the passage."""
    spans: list[Span] = []
    for run in passage.runs:
        text = clean(run.text, strip=False)
        if not spans or spans[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            spans.append(Span(text, known(run.language, languages) or language))
    # A line of stars or dots is no text; a headline of nothing but pictures is a headline.
    is_text = str.isprintable if passage.kind is BlockKind.HEADLINE else str.isalnum
    if not any(is_text(char) for span in spans for char in span.text.strip()):
        return ()
    if passage.kind is not BlockKind.TABLE:  # whose first or last cell may be empty
        spans[0] = Span(spans[0].text.lstrip(), spans[0].language)
        spans[-1] = Span(spans[-1].text.rstrip(), spans[-1].language)
    return tuple(span for span in spans if span.text)


def _percent(guess: Guess) -> str:
    return f"{min(guess.confidence, 0.99):.0%}"  # no guess is certain
