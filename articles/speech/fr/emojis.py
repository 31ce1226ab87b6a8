"""Emojis and pictographs: the few that carry a meaning are named, the others are left out."""

import re

from articles.speech.common.stars import HOTEL, REVIEW, counted
from articles.speech.fr.counting import cardinal
from articles.speech.line import Rule

_NAMED = {"☎": "téléphone", "📞": "téléphone", "☏": "téléphone", "📱": "téléphone", "✉": "courriel", "📧": "courriel",
          "⚠": "attention", "📍": "adresse", "📅": "date", "🕒": "horaires", "🕐": "horaires"}  # fmt: skip


def _named(match: re.Match[str], _: str) -> str:
    return f" {_NAMED[match[0][0]]} : "


def _stars(match: re.Match[str], locale: str) -> str:
    full, of = counted(match[0])
    out_of = f" sur {cardinal(of, locale)}" if of else ""
    return f" {cardinal(full, locale, feminine=True)} étoile{'s' if full > 1 else ''}{out_of} "


RULES = (
    Rule("stars of a review", REVIEW, _stars),
    Rule("stars of a hotel", re.compile(rf"{HOTEL}(?![★☆])"), lambda *_: " étoiles "),
    Rule("emojis with a meaning", re.compile(rf"[{''.join(_NAMED)}] ?(?::)?"), _named),
    Rule("keycaps", re.compile(r"(?<=[0-9#*])\u20e3"), lambda *_: " "),
    Rule(
        "emojis",
        re.compile(
            "[\U0001f000-\U0001faff\u2600-\u26ff\u2700-\u2712\u2719-\u27bf\u2b00-\u2bff\u23e9-\u23ff\U000e0000-\U000e007f]+"
        ),
        lambda *_: " ",
    ),
)
