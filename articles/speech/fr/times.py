"""Times of day and durations: 14h30, 14 h 30, 14:30, 9h-12h, 2 h 05 min, 3′20″, 24h/24."""

import re

from articles.speech.fr.counting import START, cardinal
from articles.speech.fr.nouns import noun
from articles.speech.line import Rule

_HOUR = noun("heure", feminine=True)
_MINUTE = noun("minute", feminine=True)
_SECOND = noun("seconde", feminine=True)
_HOURS = r"(?:[01]?\d|2[0-4]) ?[hH](?: ?[0-5]\d(?!\d))?"
_CLOCK = _HOURS + r"(?![\w/])"
_MINUTES = r"(?:min\.?|mn|’|′)"
_SECONDS = r"(?:sec\.?|s|’’|[″”\"])(?P<c>\d{1,2})?(?!\w)"
_COLON = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])"


def _count(figures: str, locale: str, *, one: str, many: str) -> str:
    words = cardinal(int(figures), locale, feminine=True)
    return f"{words} {many if int(figures) > 1 else one}"


def hours(figures: str, locale: str) -> str:
    """`1` is `une heure`, `21` is `vingt et une heures`."""
    return _count(figures, locale, one=_HOUR.one, many=_HOUR.many)


def clock(written: str, locale: str) -> str:
    """A time of day in words: `14h30`, `14 h`, `14:30`, `14:30:15`."""
    parts = re.findall(r"\d+", written)
    words = [hours(parts[0], locale)]
    if len(parts) > 1 and int(parts[1]):
        words.append(cardinal(int(parts[1]), locale, feminine=True))
    if len(parts) > 2:
        words += ["minutes" if int(parts[1]) > 1 else "minute"] if int(parts[1]) else []
        words += ["et", _count(parts[2], locale, one=_SECOND.one, many=_SECOND.many)]
    return " ".join(words)


def _clock(match: re.Match[str], locale: str) -> str:
    return clock(match[0], locale)


def _clocks(match: re.Match[str], locale: str) -> str:
    return f"{clock(match['low'], locale)} à {clock(match['high'], locale)}"


def _around(match: re.Match[str], locale: str) -> str:
    unit = "heures" if match["unit"][0] in "hH" else "jours"
    low, high = (cardinal(int(match[name]), locale) for name in ("low", "high"))
    return f"{low} {unit} sur {high}"


def _duration(match: re.Match[str], locale: str) -> str:
    parts = []
    for name, what in (("h", _HOUR), ("m", _MINUTE), ("s", _SECOND)):
        if match[name]:
            parts.append(_count(match[name], locale, one=what.one, many=what.many))
    if match["c"]:
        parts.append(cardinal(int(match["c"]), locale))
    return " ".join(parts)


RULES = (
    Rule(
        "around the clock",
        re.compile(START + r"(?P<low>24|7) ?(?P<unit>heures|jours|[hHjJ]) ?(?:/|sur) ?(?P<high>24|7) ?[hHjJ]?(?!\w)"),
        _around,
    ),
    Rule(
        "durations",
        re.compile(rf"{START}(?:(?P<h>\d{{1,3}}) ?h ?)?(?P<m>\d{{1,3}}) ?{_MINUTES} ?(?P<s>[0-5]?\d) ?{_SECONDS}"),
        _duration,
    ),
    Rule(
        "seconds",
        re.compile(rf"{START}(?P<s>\d{{1,2}}) ?(?:’’|[″”])(?P<c>\d\d)(?!\w)(?P<h>)(?P<m>)"),
        _duration,
    ),
    Rule(
        "hours and minutes",
        re.compile(rf"{START}(?P<h>\d{{1,3}}) ?h ?(?P<m>[0-5]?\d) ?(?:min|mn)(?!\w)(?P<s>)(?P<c>)"),
        _duration,
    ),
    Rule(
        "from one hour to another",
        re.compile(rf"{START}(?P<low>{_HOURS}|{_COLON}) ?(?:[-–—/→]|à) ?(?P<high>{_CLOCK}|{_COLON})"),
        _clocks,
    ),
    Rule("hours", re.compile(START + _CLOCK), _clock),
    Rule("hours with a colon", re.compile(rf"{START}{_COLON}(?: ?[hH](?!\w))?"), _clock),
)
