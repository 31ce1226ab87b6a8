"""Plain text to passages: paragraphs joined again where the copy broke their lines."""

import itertools
import re
from collections.abc import Iterator

from articles.importers.draft import Passage, passage
from articles.issue import BlockKind

_BULLET = re.compile(r"\s*(?:[•‣▪◦●·*]|-(?!-))\s+(?=\S)")
_STOPPED = re.compile(r"[.!?…:;]['\"’”»)\]]*$")
_SOFT_END = re.compile(r"(?<=\w)(?:-|\u2010|\xad)$")
_HEAD = re.compile(r"[\w'’]+$")
_TAIL = re.compile(r"\w{1,100}")
_LONGEST_WORD = 100

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
    return list(_passages(lines, width if wrapped else 0, compounds_of(text), where))


def _passages(lines: list[str], width: int, compounds: frozenset[str], where: str) -> Iterator[Passage]:
    held, first, apart = list[str](), 0, True
    blank_before = True
    for number, raw in enumerate([*lines, ""], 1):
        line = raw.strip()
        if held and (not line or not _goes_on(lines[number - 2].strip(), line, width)):
            yield _passage("".join(held), f"{where} {first}", apart)
            held = []
        if line:
            if held:
                held[-1] = before_next(held[-1], line, compounds)
            else:
                first, apart = number, blank_before
            held.append(line)
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


def compounds_of(text: str) -> frozenset[str]:
    """The words of `text` that have a hyphen inside a line, each as the two parts beside that hyphen."""
    found = set()
    for before, after in itertools.pairwise(re.split("[-\u2010]", text)):
        head, tail = _HEAD.search(before, max(len(before) - _LONGEST_WORD, 0)), _TAIL.match(after)
        if head and tail:
            found |= {f"{each}-{tail[0]}" for each in (head[0], re.split("['’]", head[0])[-1])}
    return frozenset(found)


def before_next(last: str, line: str, compounds: frozenset[str]) -> str:
    """What stands for the line `last` where `line` goes on from it: a space behind it, or the two halves of a word.

    Its hyphen stays where `compounds` has the word with it, or the ending is one that French joins by a hyphen.
    """
    if not _SOFT_END.search(last, max(len(last) - 2, 0)) or not line[:1].islower():
        return f"{last} "
    if last.endswith("\xad"):
        return last[:-1]
    head, tail = _HEAD.search(last, max(len(last) - 1 - _LONGEST_WORD, 0), len(last) - 1), _TAIL.match(line)
    whole = f"{head[0] if head else ''}-{tail[0] if tail else ''}"
    return last[:-1] + "-" if _HYPHEN_STAYS.match(line) or whole in compounds else last[:-1]
