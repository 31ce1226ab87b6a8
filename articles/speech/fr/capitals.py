"""Lines in capitals, such as headlines and kickers: back to small letters, so that they are not spelt out."""

import re

from articles.speech.fr.letters import is_acronym, is_common
from articles.speech.line import Rule

_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_WORD = re.compile(rf"[{_UPPER}]+(?![\w&])")
_TITLES = {"M": "M", "MM": "MM", "MME": "Mme", "MLLE": "Mlle", "DR": "Dr", "ST": "St", "STE": "Ste"}
_ROMAN = re.compile(r"[IVX]{2,}(?:E|ER|RE)?")
_NAMED = re.compile(r"(?<!\w)((?:M\.|MM\.|Mme|Mlle|Dr|Me) )([^\W\d_])")
_SINGLE = {"A": "a", "À": "à", "Y": "y", "Ô": "ô"}


def _small(match: re.Match[str]) -> str:
    word = match[0]
    if word in _TITLES:
        return _TITLES[word]
    if len(word) == 1:
        after = match.string[match.end() : match.end() + 1]
        return word.lower() if after == "’" else _SINGLE.get(word, word)
    if is_common(word):
        return word.lower()
    if roman := re.fullmatch(r"(?P<numeral>[IVX]+)(?P<mark>E|ER|RE)", word):
        return roman["numeral"] + roman["mark"].lower() if len(word) > 2 or word in ("XE", "VE") else word.lower()
    if _ROMAN.fullmatch(word) or (is_acronym(word) and match.string[match.end() : match.end() + 1] != "’"):
        return word
    return word.lower()


def _line(match: re.Match[str], _: str) -> str | None:
    """The line in small letters, its acronyms and roman numerals kept; None when there is only one word in it."""
    words = [word for word in _WORD.findall(match[0]) if len(word) > 1]
    if len(words) < 2 or not any(len(word) > 2 and not is_acronym(word) for word in words):
        return None
    small = _WORD.sub(_small, match[0])
    small = _NAMED.sub(lambda name: name[1] + name[2].upper(), small)
    first = re.match(r"\W*([^\W\d_])", small)
    return small if first is None else small[: first.start(1)] + first[1].upper() + small[first.end() :]


_NO_SMALL = "a-zß-öø-ÿœ\n"
RULES = (
    Rule(
        "lines in capitals",
        re.compile(rf"\A[^{_NO_SMALL}]*(?:(?<=[\d{_UPPER}])[a-zß-öø-ÿ]{{1,2}}(?!\w)[^{_NO_SMALL}]*){{0,9}}\Z"),
        _line,
    ),
    Rule(
        "several words in capitals",
        re.compile(rf"(?<![\w&])[{_UPPER}]{{1,30}}(?:(?:[ ’-]|, | : )[{_UPPER}]{{1,30}}(?![\w&])){{2,60}}"),
        _line,
    ),
)
