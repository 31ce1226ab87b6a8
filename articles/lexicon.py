"""How an edition says single words: applied once, after typography and before the language's rules."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import ClassVar

from articles.speech import speak
from articles.speech.common import typography
from articles.speech.letters import letters
from articles.speech.line import Hold, Line
from articles.speech.markup import clean_ipa, foreign_mark, ipa_mark

RULE = "lexicon: "
"""How the name of a fired rule begins when it is an entry; the word as the lexicon writes it follows."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_BEGINNING = 5  # letters by which words are looked for in a text: few words share them
_WAYS = "a respelling (say), letters, a language, or ipa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One word and how it is said: as `say` spells it, letter by letter, as a word of `language`, or as `ipa`.

    `say` and `letters` may come with a `language`, whose spelling or letter names are then meant. `case` is whether
    capitals must agree; None asks for that only where the word is written in capitals throughout. `part` is whether
    the word is also found inside longer ones. Raises ValueError, in words for an editor, for what cannot be.
    """

    written: str
    say: str = ""
    letters: bool = False
    language: str = ""
    ipa: str = ""
    case: bool | None = None
    part: bool = False

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("the word is empty")
        if any(unicodedata.category(char) in {"Cc", "Cs"} for char in self.written + self.say + self.ipa):
            raise ValueError("holds a control character")
        if (self.say and self.letters) or (self.ipa and (self.say or self.letters or self.language)):
            raise ValueError(f"says it in two ways; choose one: {_WAYS}")
        if not (self.say or self.letters or self.language or self.ipa):
            raise ValueError(f"does not say how; give {_WAYS}")
        if self.language and not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"language “{self.language}” is not a language tag such as en or fr-CH")
        if self.ipa:
            clean_ipa(self.ipa)
        if self.say:
            _check_respelling(self.say)
        if (self.letters or (self.language and not self.say)) and not any(map(str.isalnum, self.key)):
            raise ValueError("holds no letter or digit; say it by a respelling")

    @property
    def key(self) -> str:
        """The word as it stands in a text after typography."""
        return _typeset(self.written)

    @property
    def exact(self) -> bool:
        """Whether capitals must agree."""
        return self.key.isupper() if self.case is None else self.case

    def said(self, found: str, locale: str) -> str:
        """What a voice of `locale` is given for `found`, the word as it stands in the text."""
        if self.ipa:
            return ipa_mark(self.ipa)
        if not self.language:
            return letters(found, locale) if self.letters else _typeset(self.say)
        if self.letters:
            return foreign_mark(self.language, letters(found, self.language))
        return foreign_mark(self.language, speak(self.say or found, self.language).text)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries in the order in which they are tried: the longest word first."""

    entries: tuple[Entry, ...] = ()
    _folded: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _beginnings: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    empty: ClassVar["Lexicon"]

    def __post_init__(self) -> None:
        # At equal length the exact word before any other. Sorting keeps the order given where the two are alike.
        entries = tuple(sorted(self.entries, key=lambda entry: (-len(entry.key), not entry.exact)))
        self._keep(entries)

    def over(self, other: "Lexicon") -> "Lexicon":
        """These entries and those of `other`; where both say the same part of a text, these win."""
        both = Lexicon()
        both._keep(tuple(sorted((*self.entries, *other.entries), key=lambda entry: -len(entry.key))))
        return both

    def apply(self, line: Line, locale: str) -> Line:
        """The line with every word of the lexicon held, each for what is said instead; what is held already stays."""
        holds = sorted(self._holds(line, locale), key=lambda hold: hold.start)
        return line.hold(holds) if holds else line

    def _holds(self, line: Line, locale: str) -> Iterator[Hold]:
        taken = list(map(bool, line.fixed))
        free = line.text.casefold()
        for number in self._near(free):
            if self._folded[number] not in free:
                continue
            entry = self.entries[number]
            for match in _pattern(entry).finditer(line.text):
                start, end = match.span()
                if not any(taken[start:end]):
                    taken[start:end] = [True] * (end - start)
                    if len(free) == len(taken):  # no letter became two, as ß does: nobody need look here any more
                        free = free[:start] + "\n" * (end - start) + free[end:]
                    yield Hold(start, end, entry.said(match[0], locale), RULE + entry.written)

    def _near(self, folded: str) -> list[int]:
        """The numbers of the entries whose words begin as something in this text does: a few of many thousand."""
        sizes = range(1, _BEGINNING + 1)
        beginnings = {folded[start : start + size] for size in sizes for start in range(len(folded))}
        return sorted(number for each in beginnings for number in self._beginnings.get(each, ()))

    def _keep(self, entries: tuple[Entry, ...]) -> None:
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "_folded", tuple(entry.key.casefold() for entry in entries))
        for number, key in enumerate(self._folded):
            self._beginnings.setdefault(key[:_BEGINNING], []).append(number)


Lexicon.empty = Lexicon()


@cache
def _pattern(entry: Entry) -> re.Pattern[str]:
    """Whole words, whose edges are spaces, apostrophes, hyphens and other marks; letters take a possessive ’s along."""
    word = re.escape(entry.key) + ("(?:’s)?" if entry.letters else "")
    return re.compile(word if entry.part else rf"(?<!\w){word}(?!\w)", 0 if entry.exact else re.IGNORECASE)


@lru_cache(maxsize=4096)
def _typeset(text: str) -> str:
    line = Line.of(text)
    for rule in typography.RULES:
        line = line.apply(rule, "")
    return line.text.strip()


def _check_respelling(say: str) -> None:
    """No rule looks at a respelling again, so that it must hold nothing that an engine would have to guess."""
    text = _typeset(say)
    for mark in text:
        if unicodedata.category(mark)[0] in "NSC" or mark in "[]_&@#%*/\\§¶†‡•":
            raise ValueError(f"say “{say}” holds “{mark}”; write it in letters, as it is said")
    if not any(map(str.isalpha, text)):
        raise ValueError("say is empty; write the word as it is to be read")
