"""What is for the eye: calls for notes, shouted headlines, pictures; first of all, so that no rule trips on them."""

import re
import unicodedata

from articles.speech.common import leftovers, typography
from articles.speech.common.stars import HOTEL, REVIEW, counted
from articles.speech.en.words import KNOWN
from articles.speech.line import Rule

_ALSO_WORDS = ("IT", "OR", "AM", "IN", "ID", "WHO", "PIN", "NICE", "BASIC", "SAGE", "VISA", "SPA", "LASER", "LA")
_PICTURES = {"❤": "heart", "♥": "heart", "👍": "thumbs up", "☎": "telephone", "✉": "email"}


def _roman_sign(match: re.Match[str], _: str) -> str:
    plain = unicodedata.normalize("NFKC", match[0])
    return plain if plain.isascii() else " "


def _stars(match: re.Match[str], _: str) -> str:
    full, of = counted(match[0])
    return f" {full} star{'' if full == 1 else 's'} " + (f"out of {of} " if of else "")


def _headline(match: re.Match[str], _: str) -> str | None:
    """Shouted words in lower case; a row of acronyms only is none."""
    words = re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)*", match[0])
    if not any(word not in KNOWN and len(word) > 1 for word in words) or max(map(len, words)) < 4:
        return None
    text = re.sub(r"[^\W\d_]+(?:’[^\W\d_]+)*", _lowered, match[0])
    return text if match.string[: match.start()].rstrip("“(’ ") else text[0].upper() + text[1:]


def _lowered(word: re.Match[str]) -> str:
    if word[0] == "US":
        place = re.search(r"(?:^|[“(]|\b(?:THE|IN|FROM|BY|AND|VS|OF|ACROSS|AS)) $", word.string[: word.start()])
        return "US" if place or not word.start() else "us"
    named = word.string[: word.start()].endswith("THE ")
    if word[0] == "I" or (word[0] in KNOWN and (named or word[0] not in _ALSO_WORDS)):
        return word[0]
    return word[0].lower()


def _name(match: re.Match[str], _: str) -> str | None:
    """Two shouted words that nobody knows are a name: `NEW YORK`."""
    if any(word in KNOWN or len(word) == 1 for word in match.groups()) or max(map(len, match.groups())) < 4:
        return None
    return f"{match[1].capitalize()} {match[2].capitalize()}"


_CAPS = r"[A-ZÀ-ÖØ-Þ]"
_CAPS_WORD = rf"{_CAPS}+(?:[’-]{_CAPS}+)*"

RULES = (
    Rule("Roman numeral signs", re.compile("[\u2160-\u2188]"), _roman_sign),
    Rule("lowered digits", re.compile("[₀-₉]+"), lambda m, _: unicodedata.normalize("NFKC", m[0])),
    Rule("stars of a review", REVIEW, _stars),
    Rule("star of a hotel", re.compile(rf"{HOTEL}(?= ?[a-z])"), lambda *_: " star "),
    Rule("stars of a hotel", re.compile(rf"{HOTEL}(?![★☆\w])"), lambda *_: " stars"),
    Rule("pictures with a meaning", re.compile(f"[{''.join(_PICTURES)}]"), lambda m, _: f" {_PICTURES[m[0]]} "),
    Rule("calls for notes in brackets", re.compile(r"(?<=[\w.,;:!?”’)])[ ]?\[[0-9*†, –-]{1,12}\]"), lambda *_: ""),
    Rule(
        "raised calls for notes",
        re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?”’)]))[¹²³⁰⁴-⁹]{1,3}(?!\w)|(?<=[\w.,!?”])[*†‡]{1,3}(?![\w*])"),
        lambda *_: "",
    ),
    Rule(
        "pictures and other marks",
        re.compile(r"[^\w\s.,;:!?…“”’()–—\-\[\]/&@#+§№°º×→%‰€$£¥₹₽₩₺₪₴₦¢=<>≤≥≈≠±−*^~′″\"√∞÷←↔©℃℉√⁻⁺Ω]+"),
        lambda *_: " ",
    ),
    Rule("one space again", re.compile(r"\s{2,}"), lambda *_: " "),
    Rule("spaces before marks", re.compile(r" (?=[,.…](?: |$))"), lambda *_: ""),
    Rule(
        "shouted headlines",
        re.compile(
            rf"(?<![\w’.-]){_CAPS_WORD}(?:[,:;!?]?[ ]{_CAPS_WORD}(?:[ ]?[&–—][ ]?{_CAPS_WORD})?){{2,}}(?![\w’])"
        ),
        _headline,
    ),
    Rule("shouted names", re.compile(rf"(?<![\w’.&-])({_CAPS}+) ({_CAPS}{{2,}})(?![\w’&-]|\.\w)"), _name),
)
"""Before all others."""

WORDS_ONLY = tuple(
    Rule(f"{rule.name}, before words", rule.pattern, rule.say) for rule in (*leftovers.RULES, typography.RULES[-1])
)
"""The end of figures and signs: the rules behind it see the same words whether the text is written or spoken."""
