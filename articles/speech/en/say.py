"""English numbers as they are said, for every family of rules: British with “and”, American without."""

import re
import unicodedata

from articles.speech import numbers

GROUPED = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])|[0-9]{1,3}(?:[ ’][0-9]{3}){1,6}(?![0-9])|[0-9]+)"
"""A whole number as written: 1500, 1,500, 1 500 or 1’500."""

VULGAR = "[¼½¾⅐-⅞]"
"""A fraction in one character."""

FIGURE = rf"(?:{GROUPED}(?:\.[0-9]+|[ ]?{VULGAR})?|(?<![0-9])\.[0-9]+|{VULGAR})"
"""A number as written, with or without decimals or a fraction."""

SIGN = r"(?:(?<![\w.,)’])[+±−–-](?=[0-9.]))"
"""A sign that belongs to the number behind it: nothing that a number could be taken from stands before it."""

DASH = r"[ ]?[–—-][ ]?"
"""What stands between the ends of a range."""

SIGNS = {"+": "plus ", "±": "plus or minus ", "−": "minus ", "–": "minus ", "-": "minus ", "": ""}

_LONGEST = 15  # digits; a longer number is read digit by digit


def american(locale: str) -> bool:
    """Whether the locale follows the customs of the United States; every other English is read as British."""
    return locale == "en-US"


def whole(number: int, locale: str) -> str:
    """A cardinal in words, without the commas that an engine would pause at."""
    words = numbers.cardinal(number, "en").replace(",", "")
    return words.replace(" and ", " ") if american(locale) else words


def ordinal(number: int, locale: str) -> str:
    """An ordinal in words; of a number that nobody takes in, its figures."""
    if number >= 10**_LONGEST:
        return f"{singly(str(number))}th"
    words = numbers.ordinal(number, "en").replace(",", "")
    return words.replace(" and ", " ") if american(locale) else words


def singly(figures: str, zero: str = "zero") -> str:
    """Each digit of `figures` as a word; all other characters are passed over."""
    return " ".join(zero if char == "0" else numbers.cardinal(int(char), "en") for char in figures if char.isdecimal())


def value(figure: str) -> float:
    """What a written figure amounts to, nearly: a fraction counts as a half."""
    plain = re.sub(r"[, ’]", "", figure)
    return float(plain if plain.isascii() else f"{plain[:-1] or 0}.5")


def spoken(figure: str, locale: str) -> str:
    """A written figure in words: `1,500`, `3.14`, `.5`, `007`."""
    if not figure.isascii() and figure[-1] not in "0123456789":
        return _with_fraction(figure[:-1].rstrip(), figure[-1], locale)
    before, point, after = re.sub(r"[, ’]", "", figure).partition(".")
    if not point:
        if len(before) > _LONGEST or (len(before) > 1 and before[0] == "0"):
            return singly(before)
        return whole(int(before), locale)
    small = not before.strip("0")
    zero = "zero" if american(locale) else "nought" if small else "oh"
    head = f"{zero} " if before == "0" else f"{spoken(before, locale)} " if before else ""
    return f"{head}point {singly(after, zero)}"


def _with_fraction(before: str, vulgar: str, locale: str) -> str:
    top, _, bottom = unicodedata.normalize("NFKC", vulgar).partition("⁄")
    if not before:
        return fraction(int(top), int(bottom), locale)
    part = fraction(int(top), int(bottom), locale, one="a")
    return f"{spoken(before, locale)} and {part.replace('a eighth', 'an eighth')}"


def fraction(top: int, bottom: int, locale: str, one: str = "one") -> str:
    """`3/4` three quarters, `1/2` one half; a bottom that no ordinal serves is “over”."""
    if bottom in (0, 1) or bottom > 100 or top >= 1000:
        return f"{whole(top, locale)} over {whole(bottom, locale)}"
    name = {2: "half", 4: "quarter"}.get(bottom) or ordinal(bottom, locale)
    if top == 1:
        return f"{one} {name}"
    return f"{whole(top, locale)} {'halves' if bottom == 2 else plural(name)}"


def signed(sign: str | None, figure: str, locale: str) -> str:
    """A written figure with the sign before it."""
    return f"{SIGNS[sign or '']}{spoken(figure, locale)}"


def year(number: int, locale: str) -> str:
    """A year: `1908` nineteen oh eight, `2005` two thousand and five, `2026` twenty twenty-six."""
    century, rest = divmod(number, 100)
    if (century % 10 == 0 and rest < 10) or not 1000 <= number <= 9999:
        return whole(number, locale)
    if rest == 0:
        return f"{whole(century, locale)} hundred"
    return f"{whole(century, locale)} {'oh ' if rest < 10 else ''}{whole(rest, locale)}"


def decade(number: int, locale: str) -> str:
    """Ten years by the first of them: `1990` nineteen nineties, `2000` two thousands, `1900` nineteen hundreds."""
    return plural(year(number, locale))


def plural(words: str) -> str:
    """The last word of a number in the plural: twenties, hundreds, sixes."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("x") else f"{words}s"


def apart(match: re.Match[str], words: str) -> str:
    """`words` with a space towards a letter or digit that the match touches."""
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    after = match.string[match.end() : match.end() + 1]
    return f"{' ' if before.isalnum() else ''}{words}{' ' if after.isalnum() else ''}"


def before(match: re.Match[str], reach: int = 40) -> str:
    """What stands before the match, at most `reach` characters."""
    return match.string[max(0, match.start() - reach) : match.start()]


def after(match: re.Match[str], reach: int = 40) -> str:
    """What stands behind the match, at most `reach` characters."""
    return match.string[match.end() : match.end() + reach]


_ARTICLE = re.compile(
    r"(?:^|[\s(“])(?:an?|the|its|their|our|his|her|my|your|another|each|every|this|that|per|first|second|one|single|new|"
    r"whole)(?: [\w-]{2,14},?)?[ ]$",
)
_NOUN = re.compile(
    r"[ ](?!(?:an?|and|or|nor|but|for|to|in|into|of|per|more|less|is|was|are|were|will|has|had|have|from|by|on|at|with|"
    r"as|than|each|every|apiece|the|if|when|while|that|which|who|it|he|she|they|we|you|I|a|not|would|could|can|may|so|"
    r"because|before|after|between|under|over|above|below|up|down|out|off|away|until|till|during|since|later|ago|"
    r"earlier|long|wide|high|tall|deep|thick|across|apart|north|south|east|west|back|ahead|all|only|now|today|"
    r"yesterday|annually|monthly|weekly|daily|yearly|extra|goes|went|comes|came|makes|made|buys|bought|helps|paid|raised|saved|pays|plus|minus|times)\b)[a-z]"
)


def qualifies(match: re.Match[str]) -> bool:
    """Whether the amount goes with a noun that follows, as in “a €50 note”: its unit stays in the singular."""
    return bool(_NOUN.match(after(match, 14)) and _ARTICLE.search(before(match, 30)))
