"""Signs that are words."""

import re

from articles.speech.en.say import apart
from articles.speech.line import Rule

_WORDS = {
    "&": "and",
    "@": "at",
    "§": "section",
    "№": "number",
    "%": "per cent",
    "€": "euro",
    "$": "dollar",
    "£": "pound",
    "°": "degrees",
    "=": "equals",
}


def _word(match: re.Match[str], _: str) -> str:
    said = apart(match, _WORDS[match[0]])
    return f" {said}" if re.fullmatch(r"[^\s\w(“]", match.string[match.start() - 1 : match.start()]) else said


RULES = (
    Rule("several sections", re.compile(r"§§ ?"), lambda *_: "sections "),
    Rule("one section", re.compile(r"§ ?(?=[0-9IVXLC])"), lambda *_: "section "),
    Rule("number sign", re.compile(r"(?<![\w&])#(?=[0-9])"), lambda *_: "number "),
    Rule("musical sharps", re.compile(r"(?<![\w#])([A-G])#(?![\w#])"), lambda m, _: f"{m[1]} sharp"),
    Rule("programming languages", re.compile(r"(?<![\w+])C\+\+(?![\w+])"), lambda *_: "C plus plus"),
    Rule("so many times as much", re.compile(r"(?<![\w)])× ?(?=[0-9])"), lambda *_: "times "),
    Rule("marks of schools", re.compile(r"(?<![\w+])([A-F])\+(?![\w+])"), lambda m, _: f"{m[1]} plus"),
    Rule("signs between words", re.compile(r"(?<=\w)\+(?=\w)"), lambda *_: " plus "),
    Rule("sign and sign", re.compile(r"[&@€£$%]"), _word),
    Rule("slashes between words", re.compile(r"(?<=[\w’])[ ]?/[ ]?(?=\w)"), lambda *_: " "),
)
