"""Web and e-mail addresses, handles and hashtags."""

import re

from articles.speech.fr.counting import whole_number
from articles.speech.fr.letters import spelt
from articles.speech.line import Rule

_MARKS = {".": "point", "-": "tiret", "_": "tiret bas", "/": "slash", "@": "arobase", "+": "pluss", "~": "tildé",
          ":": "deux points", "=": "égale", "&": "et",
          "?": "point d’interrogation", "#": "dièse", "%": "pour cent"}  # fmt: skip
_ENDINGS = (
    "fr|com|org|net|eu|ch|be|io|info|ca|lu|mc|re|uk|us|de|es|it|tv|fm|app|dev|bzh|paris|corsica|alsace|gouv|edu|gov|"
    "int|coop|museum|biz|ai|me|co|pdf|html?|docx?|xlsx?|jpe?g|png|zip|mp3|mp4|csv|txt"
)
_SPOKEN_ENDINGS = frozenset("com org net info app dev paris corsica alsace gouv coop museum biz zip".split())
_VOWEL = re.compile(r"[aeiouyéèêàâîôû]")
_PIECES = re.compile(r"\d+|[^\W\d_]+|[^\w]|_")
_DOMAIN = rf"(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?\.){{1,6}}(?:{_ENDINGS})(?![\w-])"
_SHOWN_PATH = 2
_PLAIN_STEP = re.compile(r"[^\W\d_]{1,20}(?:-[^\W\d_]{1,20}){0,2}")
_PLACE = re.compile(r"(?P<host>[^/?#:]+)(?::\d*)?(?P<path>/[^?#]*)?(?:[?#].*)?")


def _piece(piece: str, locale: str, *, last: bool) -> str:
    if piece.isdecimal() and piece.isascii():
        return whole_number(piece, locale)
    if not piece[0].isalpha():
        return _MARKS.get(piece, "")
    if last and piece.lower() not in _SPOKEN_ENDINGS:
        return spelt(piece)
    return piece.lower() if _VOWEL.search(piece.lower()) else spelt(piece)


def address(written: str, locale: str) -> str:
    """An address as one dictates it: `port-salvane.fr` is `port tiret salvane point F R`."""
    pieces = _PIECES.findall(written)
    said = []
    for place, piece in enumerate(pieces):
        behind_point = place > 0 and pieces[place - 1] == "."
        said.append(_piece(piece, locale, last=behind_point and piece.lower() in _ENDINGS.split("|")))
    return " ".join(word for word in said if word)


def _mail(match: re.Match[str], locale: str) -> str:
    return address(match[0].removeprefix("mailto:"), locale)


def _web(match: re.Match[str], locale: str) -> str | None:
    """The host, and a path of one or two plain words; what only a machine reads is left out."""
    place = _PLACE.fullmatch(match["url"])
    if place is None:
        return None
    host = re.sub(r"^www\d?\.", "", place["host"], flags=re.IGNORECASE)
    steps = [step for step in (place["path"] or "").split("/") if step]
    plain = len(steps) <= _SHOWN_PATH and all(map(_PLAIN_STEP.fullmatch, steps))
    return address("/".join([host, *(steps if plain else [])]), locale)


def _tag(match: re.Match[str], locale: str) -> str:
    words = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ0-9])|(?<=[0-9])(?=[^\W\d_])|_", " ", match["word"])
    said = " ".join(
        whole_number(word, locale) if word.isdecimal() and word.isascii() else word for word in words.split()
    )
    return f"{'hashtag' if match['mark'] == '#' else 'arobase'} {said}"


RULES = (
    Rule("e-mail", re.compile(rf"(?<![\w.@+-])(?:mailto:)?[\w.+-]{{1,64}}@{_DOMAIN}", re.IGNORECASE), _mail),
    Rule(
        "web",
        re.compile(
            r"(?:https?://|ftp://|(?<![^\W\d])(?<![@./-])(?=www\d?\.\w))(?P<url>[^\s”’)]{0,2000}[^\s”’),;:.!?…(])",
            re.IGNORECASE,
        ),
        _web,
    ),
    Rule(
        "web without its scheme",
        re.compile(
            rf"(?<![\w@./-])"
            rf"(?P<url>{_DOMAIN}(?:[/?#][^\s”’),;]{{0,200}}[^\s”’),;:.!?…(])?)/?(?=[.,;:!?…]{{0,3}}(?:[\s)”’]|$))"
        ),
        _web,
    ),
    Rule("handles", re.compile(r"(?<![\w.@#&/])(?P<mark>[@#])(?P<word>(?=\w*[^\W\d_])\w{2,60})"), _tag),
)
