"""Marks inside a spoken text for what letters cannot tell a voice: sounds in IPA, and words of another language.

`[[vjø pɔʁ]]` is IPA, `[[en|Pettibrook]]` is read as English and said by the same voice. Only the lexicon writes them:
an article's own doubled brackets do not stay doubled.
"""

import re
import unicodedata
from dataclasses import dataclass

from articles.characters import composed
from articles.speech.line import Rule

_MARK = re.compile(r"\[\[(?:([A-Za-z-]+)\|)?([^\[\]|]+)\]\]")
_WORD = re.compile(r"(?:\[\[[^\[\]]+\]\]|\S)+")

NO_MARKUP = Rule("no marks of an article's own", re.compile(r"\[{2,}|\]{2,}"), lambda match, _: match[0][0])
"""Doubled brackets of the editor's become single ones, which are no mark, even around a mark of the lexicon's."""

# Written by people and programs in several ways, sounding alike. Syllables, ties and links have no sound of their own;
# a dot would even be a pause.
_SAME_IPA = str.maketrans({"g": "ɡ", "'": "ˈ", "’": "ˈ", ":": "ː", ".": "", "\u0361": "", "\u035c": "", "‿": ""})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a spoken text: plain text; or IPA; or, where `language` is set, words to be read as that language."""

    text: str
    is_ipa: bool = False
    language: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the part is unmarked."""
        return not self.is_ipa and not self.language


def ipa_mark(ipa: str) -> str:
    """The mark for these sounds. Raises ValueError for what is no IPA."""
    return f"[[{clean_ipa(ipa)}]]"


def foreign_mark(language: str, text: str) -> str:
    """The mark for `text` to be read as `language`; it holds no bracket and no bar, as no spoken text does."""
    return f"[[{language}|{text}]]"


def clean_ipa(ipa: str) -> str:
    """`ipa` without slashes or brackets around it, in the symbols that voices know. Raises ValueError for no IPA."""
    bare = composed(ipa).strip().strip("/[]")
    symbols = " ".join(bare.translate(_SAME_IPA).split())
    wrong = [symbol for symbol in symbols if not _may_be_ipa(symbol)]
    if wrong:
        raise ValueError(f"ipa “{ipa}” holds “{wrong[0]}”, which is no IPA symbol")
    if not any(unicodedata.category(symbol) in {"Ll", "Lo"} for symbol in symbols):
        raise ValueError("ipa is empty; write the sounds, as in /vjø pɔʁ/")
    return symbols


def _may_be_ipa(symbol: str) -> bool:
    """Small letters, modifiers, marks over letters; capitals and digits belong to other alphabets, such as X-SAMPA."""
    return symbol == " " or unicodedata.category(symbol) in {"Ll", "Lm", "Lo", "Mn", "Sk"}


def parts(text: str) -> tuple[Part, ...]:
    """A spoken text cut into its plain and its marked parts, none of them empty."""
    found: list[Part] = []
    reached = 0
    for match in _MARK.finditer(text):
        found += [Part(text[reached : match.start()]), Part(match[2], not match[1], match[1] or "")]
        reached = match.end()
    found.append(Part(text[reached:]))
    return tuple(part for part in found if part.text)


def word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """[start, end) of each word of a spoken text: what stands between spaces, if there is a letter or digit in it.

    A marked part is one word with whatever touches it, however many spaces it holds.
    """
    return tuple(match.span() for match in _WORD.finditer(text) if any(map(str.isalnum, match[0])))


def spoken_words(text: str) -> list[str]:
    """The words of a spoken text, as `word_spans` finds them."""
    return [text[start:end] for start, end in word_spans(text)]
