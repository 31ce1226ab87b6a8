"""Times of day, with and without am and pm."""

import re

from articles.speech.en.ends import stop
from articles.speech.en.say import whole
from articles.speech.line import Rule

_HOUR = r"(?:2[0-4]|1[0-9]|0?[0-9])"
_TWELVE = r"(?:1[0-2]|0?[1-9])"
_MINUTE = r"[0-5][0-9]"
_HALF = r"(?:[ ]?(?P<half>[aApP])(?:\.[mM]\.|[mM]\b\.?))"


def _minutes(minutes: str, locale: str) -> str:
    return f"oh {whole(int(minutes), locale)}" if minutes[0] == "0" else whole(int(minutes), locale)


def _clock(hour: str, minute: str | None, locale: str) -> str:
    hours = whole(int(hour), locale)
    return f"{hours} {_minutes(minute, locale)}" if minute and int(minute) else hours


def _half(letter: str) -> str:
    return f"{letter.upper()}.M"


def _with_half(match: re.Match[str], locale: str) -> str:
    hour, minute = match["hour"], match["minute"]
    said = f"{_clock(hour, minute, locale)} {_half(match['half'])}"
    if match["from"]:
        half = f" {_half(match['fromhalf'])}" if match["fromhalf"] else ""
        said = f"{_clock(match['from'], match['fromminute'], locale)}{half} to {said}"
    return f"{said}{stop(match)}"


def _of_24(match: re.Match[str], locale: str) -> str:
    said = _time(match["hour"], match["minute"], locale)
    if match["second"]:
        seconds = whole(int(match["second"]), locale)
        said = f"{said} and {seconds} second{'' if int(match['second']) == 1 else 's'}"
    if match["tohour"]:
        said = f"{said} to {_time(match['tohour'], match['tominute'], locale)}"
    return said


def _time(hour: str, minute: str, locale: str) -> str:
    if int(minute) == 0:
        if int(hour) in (0, 24):
            return "midnight"
        return f"{whole(int(hour), locale)} {'hundred' if int(hour) > 12 else 'o’clock'}"
    return f"{whole(int(hour), locale)} {_minutes(minute, locale)}"


RULES = (
    Rule(
        "times with am and pm",
        re.compile(
            rf"(?<![\w.,:/€$£-])(?:(?P<from>{_TWELVE})(?:[:.](?P<fromminute>{_MINUTE}))?"
            rf"(?:[ ]?(?P<fromhalf>[aApP])\.?[mM]\.?)?[ ]?(?:[–—-]|to)[ ]?)?"
            rf"(?P<hour>{_TWELVE})(?:[:.h](?P<minute>{_MINUTE}))?{_HALF}(?!\w)"
        ),
        _with_half,
    ),
    Rule(
        "times of 24 hours",
        re.compile(
            rf"(?<![\w.,:/-])(?P<hour>{_HOUR})(?:[:]|h(?=\d))(?P<minute>{_MINUTE})(?:[:](?P<second>{_MINUTE}))?"
            rf"(?:[ ]?[–—-][ ]?(?P<tohour>{_HOUR})[:h](?P<tominute>{_MINUTE}))?(?![\w:%]|[.,]\d)"
        ),
        _of_24,
    ),
    Rule(
        "times with a point",
        re.compile(
            rf"(?:(?<=\b[Aa]t )|(?<=\bby ))(?P<hour>{_HOUR})\.(?P<minute>{_MINUTE})"
            r"(?=[,;.)!?]?(?:$| (?:on|in|every|each|sharp|and|the|for|to|from|tomorrow|today|tonight)\b))"
        ),
        lambda match, locale: _time(match["hour"], match["minute"], locale),
    ),
    Rule(
        "trains and boats by their times",
        re.compile(
            rf"(?:(?<=\b[Tt]he )|(?<=’s ))(?P<hour>{_HOUR})\.(?P<minute>{_MINUTE})"
            r"(?= (?:from|to|train|bus|boat|ferry|flight|service|crossing|sailing|news|show)\b)"
        ),
        lambda match, locale: _time(match["hour"], match["minute"], locale),
    ),
)
