"""Marks that are for the eye: what they become, or leave, when the text is spoken."""

import re
import unicodedata

from articles.speech.line import Rule

_QUOTES = {
    "«": "“",
    "»": "”",
    "„": "“",
    "‟": "“",
    "‹": "“",
    "›": "”",
    "‘": "’",
    "ʼ": "’",
    "＇": "’",
    "'": "’",
    "`": "’",
}


def _nothing(_: re.Match[str], __: str) -> str:
    return ""


def _space(_: re.Match[str], __: str) -> str:
    return " "


RULES = (
    Rule(
        "invisible characters",
        re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f]"),
        _nothing,
    ),
    Rule("control characters", re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd]+"), _space),
    Rule("one kind of space", re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+"), _space),
    Rule(
        "composed letters",
        re.compile(r"\w[\u0300-\u036f]+|[ﬀ-ﬆ]|[Ａ-Ｚａ-ｚ０-９]"),
        lambda match, _: unicodedata.normalize("NFKC", match[0]),
    ),
    # A row of them is drawn, not meant to be read sign by sign. Stars may be a rating, and currencies a price class, of
    # which there are five at most.
    Rule("signs in a row", re.compile(r"([<>=+&@%→←])\1{3,}|([$€£¥])\2{5,}"), _space),
    Rule("one kind of quote", re.compile(f"[{''.join(_QUOTES)}]"), lambda match, _: _QUOTES[match[0]]),
    Rule("quotes closed up", re.compile(r"(?<=“) | (?=”)"), _nothing),
)
