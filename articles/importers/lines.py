"""Plain text to passages: paragraphs joined again where the copy broke their lines."""

import itertools
import re
from collections.abc import Iterator

from articles.importers.draft import Passage, passage
from articles.issue import BlockKind

_BULLET = re.compile(r"\s*(?:[•‣▪◦●·*]|-(?!-))\s+(?=\S)")
_STOPPED = re.compile(r"[.!?…:;]['\"’”»)\]]*$")
_SOFT_END = re.compile(r"(?<=\w)(?:-|\u2010|\xad)$")

MAX_WRAPPED = 100
"""No line of a text is longer when its lines were broken to a width; a paragraph on one line nearly always is."""

NEARLY_FULL = 0.7
"""A broken line reaches at least this share of the width, unless the paragraph ends there."""

# Endings that keep their hyphen when a French line breaks at it: donne-t-il, celui-ci, rendez-vous.
_HYPHEN_STAYS = re.compile(
    r"(?:t-)?(?:ils?|elles?|on|nous|vous|je|tu|ce|ci|là|même|mêmes|moi|toi|le|la|les|lui|leur|y|en)\b"
)


def passages_of(text: str, *, where: str = "line") -> list[Passage]:
    """The paragraphs and list items of `text`, each with the line where it begins.

    A blank line ends a paragraph. Where lines were broken to a width, they are joined until one ends short of it; a
    word divided at a line's end is made whole.
    """
    lines = text.split("\n")
    width = max((len(line.strip()) for line in lines), default=0)
    wrapped = width <= MAX_WRAPPED and _looks_wrapped(lines, width)
    return list(_passages(lines, width if wrapped else 0, text, where))


def _passages(lines: list[str], width: int, text: str, where: str) -> Iterator[Passage]:
    held, first, apart = "", 0, True
    blank_before = True
    for number, raw in enumerate([*lines, ""], 1):
        line = raw.strip()
        if held and (not line or not _goes_on(lines[number - 2].strip(), line, width)):
            yield _passage(held, f"{where} {first}", apart)
            held = ""
        if line:
            if held:
                held = join_lines(held, line, text)
            else:
                held, first, apart = line, number, blank_before
        blank_before = not line


def _passage(text: str, place: str, apart: bool) -> Passage:
    bullet = _BULLET.match(text)
    kind = BlockKind.LIST_ITEM if bullet else BlockKind.PARAGRAPH
    return passage(kind, text[bullet.end() :] if bullet else text, place, apart=apart)


def _looks_wrapped(lines: list[str], width: int) -> bool:
    """True if many lines end without a stop near the full width and go on in lower case on the next."""
    on = sum(
        1
        for line, after in itertools.pairwise(lines)
        if len(line.strip()) >= NEARLY_FULL * width
        and not _STOPPED.search(line.strip())
        and after.strip()[:1].islower()
    )
    return on >= 2


def _goes_on(last: str, line: str, width: int) -> bool:
    """True if `line` belongs to the paragraph whose last line is `last`."""
    if _BULLET.match(line):
        return False
    if _SOFT_END.search(last) and line[:1].islower() and width:
        return True
    if not width or len(last) < NEARLY_FULL * width:
        return False
    return line[:1].islower() or len(last) + len(line.split()[0]) >= width or not _STOPPED.search(last)


def join_lines(held: str, line: str, text: str) -> str:
    """`held` and the `line` that goes on from it, a word divided by a hyphen made whole.

    The hyphen stays where `text` has the word with it elsewhere, or the ending is one that French joins by a hyphen.
    """
    if not _SOFT_END.search(held) or not line[:1].islower():
        return f"{held} {line}"
    if held.endswith("\xad"):
        return held[:-1] + line
    head = re.search(r"[\w'’]+$", held[:-1])
    tail = re.match(r"\w+", line)
    whole = f"{head[0] if head else ''}-{tail[0] if tail else ''}"
    if _HYPHEN_STAYS.match(line) or re.search(rf"\b{re.escape(whole)}\b", text):
        return held[:-1] + "-" + line
    return held[:-1] + line
