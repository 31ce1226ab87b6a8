"""Scores, ranges, ratios and fractions: what stands between two numbers."""

import re

from articles.speech.en.say import FIGURE, GROUPED, american, fraction, spoken, whole
from articles.speech.line import Rule

_SPORT = re.compile(
    r"\b(?:won|wins?|winning|beat|beaten|beats|lost|loses?|losing|leads?|leading|led|drew|draws?|drawn|tied?|defeat(?:ed|s)?|"
    r"victory|victories|score[ds]?|scoring|scoreline|final|semi-final|match|sets?|trailed|trailing|trails|thrash(?:ed|ing)|"
    r"goals?|half-time|halftime|aggregate|penalties|hammered|equalis\w+|voted?|votes|ruled|ruling|split)\b",
    re.I,
)
_SETS = re.compile(r"[0-7] ?[–-] ?[0-7](?: ?\([0-9]+(?: ?[–-] ?[0-9]+)?\))?,? (?:and )?[0-7] ?[–-] ?[0-7]")
_NEAR = 70  # characters on either side in which a word tells that it is about sport
_GAMES = range(8)


def _score(match: re.Match[str], locale: str) -> str | None:
    text = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    sets = bool(_SETS.search(text)) and int(match[1]) in _GAMES and int(match[2]) in _GAMES
    if not sets and not _SPORT.search(text):
        return None
    first, second = int(match[1]), int(match[2])
    if not sets and re.match(r" (?:people|[a-z]+s)\b(?<!points)(?<!goals)(?<!runs)", match.string[match.end() :][:20]):
        return None
    if sets:
        return f"{_points(first, 'love', locale)} {_points(second, 'love', locale)}"
    if american(locale):
        return f"{_points(first, 'nothing', locale)} to {_points(second, 'nothing', locale)}"
    if first == second:
        return f"{_points(first, 'nil', locale)} all" if first else "nil nil"
    return f"{_points(first, 'nil', locale)} {_points(second, 'nil', locale)}"


def _points(number: int, nothing: str, locale: str) -> str:
    return whole(number, locale) if number else nothing


def _fraction(match: re.Match[str], locale: str) -> str | None:
    top, bottom = int(match["top"]), int(match["bottom"])
    near = match.string[max(0, match.start() - 30) : match.end() + 12]
    if top == bottom:
        return f"{whole(top, locale)} {whole(bottom, locale)}"
    if bottom in (5, 10, 20, 100) and re.search(r"\b(?:scor|rat|mark|grade|star)", near):
        return f"{spoken(match['top'], locale)} out of {whole(bottom, locale)}"
    whole_part = match["whole"]
    if whole_part and top < bottom <= 100:
        part = fraction(top, bottom, locale, one="a")
        return f"{spoken(whole_part, locale)} and {re.sub(r'^a (?=eigh|elev)', 'an ', part)}"
    if bottom == 0 or whole_part:
        return None
    return fraction(top, bottom, locale)


def _range(match: re.Match[str], locale: str) -> str:
    return f"{spoken(match[1], locale)} to {spoken(match[2], locale)}"


RULES = (
    Rule("scores", re.compile(r"(?<![\w.,:/€$£–-])([0-9]{1,3}) ?[–-] ?([0-9]{1,3})(?![\w%°/:–-]|[.,]\d)"), _score),
    Rule(
        "odds and ratios",
        re.compile(r"(?<![\w.,:/-])([0-9]{1,6}(?:\.[0-9]+)?):([0-9]{1,6}(?:\.[0-9]+)?)(?![\w:]|[.,]\d)"),
        _range,
    ),
    Rule(
        "fractions",
        re.compile(
            r"(?<![\w.,/:€$£])(?:(?P<whole>[0-9]{1,4})[ -])?(?P<top>[0-9]{1,4})[/⁄]"
            r"(?P<bottom>[0-9]{1,4})(?:ths?|rds?|nd)?(?![\w/%]|[.,:]\d)"
        ),
        _fraction,
    ),
    Rule(
        "ranges",
        re.compile(rf"(?<![\w.,/:–-])({FIGURE}) ?[–—-] ?({GROUPED}(?:\.[0-9]+)?)(?![\w/:]|[–-]\d|[.,]\d)"),
        _range,
    ),
    Rule(
        "ranges of ages and the like",
        re.compile(r"(?<![\w.,/:–-])([0-9]{1,4}) ?– ?([0-9]{1,4})(?=[-–][a-z]|[a-z]|s\b)"),
        _range,
    ),
    Rule("arrows between", re.compile(r"(?<=[\w%”)]) ?[→⇒] ?(?=[\w€$£“(])"), lambda *_: " to "),
    Rule("both ways", re.compile(r"(?<=[\w”)]) ?[↔⇔] ?(?=[\w“(])"), lambda *_: " and "),
)
