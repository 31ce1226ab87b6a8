"""Web addresses, e-mail addresses, file names, handles and hashtags."""

import re

from articles.speech.en.letters import spell
from articles.speech.en.say import american, before, spoken
from articles.speech.en.words import LETTERS
from articles.speech.line import Rule

_TLD = (
    "com|org|net|edu|gov|info|int|biz|app|dev|museum|coop|io|ai|co|uk|fr|eu|de|ch|be|it|es|us|ca|ie|nl|lu|pt|at|au|nz|"
    "jp|tv|me|fm|ac|audio|studio|press|media|city|paris|news|radio|live|online|site|blog|shop|tech|xyz|scot|wales|london"
)
_FILES = (
    "pdf|docx?|xlsx?|pptx?|csv|txt|md|html?|xml|json|epub|mp3|mp4|wav|flac|ogg|jpe?g|png|gif|svg|zip|toml|py|js|css"
)
_AS_WORDS = frozenset(
    "com org net gov info co app dev museum coop audio studio press media city paris news radio live "
    "online site blog shop tech scot wales london me zip biz int".split()
)
_RESPELT = {"ac": "ack", "edu": "E.D.U", "jpeg": "jay-peg", "jpg": "jay-peg", "gif": "gif", "ai": "A.I", "io": "I.O"}
_MARKS = {".": "dot", "/": "slash", "_": "underscore", "~": "tilde", "+": "plus", ":": "colon", "@": "at", "&": "and"}
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+|[./_~+:@&-]")


def _address(match: re.Match[str], locale: str) -> str:
    """A web address without its scheme, `www.` and query: nobody takes those in by ear."""
    plain = re.sub(r"^(?:(?:https?|ftp)://)?(?:www\.(?=[^.]+\.))?", "", match[0], flags=re.I)
    plain = re.split(r"[?#]", plain)[0].rstrip("/")
    return _said(plain, locale)


def _said(address: str, locale: str) -> str:
    marks = _MARKS | {"-": "dash" if american(locale) else "hyphen"}
    pieces = _PIECE.findall(address)
    return " ".join(
        marks.get(p) or (spoken(p, locale) if p.isdecimal() else _label(p, q))
        for q, p in zip(["", *pieces], pieces, strict=False)
    )


def _label(label: str, before: str) -> str:
    """A part of an address: after a dot it may be a domain's or a file's ending; without a vowel it is letters."""
    lower = label.lower()
    if before == "." and lower in _RESPELT:
        return _RESPELT[lower]
    if before == "." and lower in _AS_WORDS:
        return lower
    if (before == "." and len(label) < 4) or label.upper() in LETTERS or not re.search("[aeiouyà-öø-ÿ]", lower):
        return spell(label) if label.isascii() else label
    return "eh" if lower == "a" else label if label != label.upper() else lower


def _hashtag(match: re.Match[str], _: str) -> str:
    return f"hashtag {_humps(match[1])}"


def _humps(name: str) -> str:
    return re.sub(r"(?<=[^\W\d_])(?=[0-9])|(?<=[0-9])(?=[^\W\d_])|(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|_+", " ", name)


RULES = (
    Rule(
        "e-mail addresses",
        re.compile(r"(?<![\w.+-])(?:mailto:)?[\w][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?!\w)"),
        lambda match, locale: _said(match[0].removeprefix("mailto:"), locale),
    ),
    Rule(
        "web addresses",
        re.compile(r"(?<![\w@.-])(?:(?:https?|ftp)://|www\.)[\w-]+(?:[./?=&%#:~+@,;-]*\w)*/?", re.I),
        _address,
    ),
    Rule(
        "bare domains",
        re.compile(
            rf"(?<![\w@.-])(?:[a-zA-Z0-9][a-zA-Z0-9-]{{1,62}}\.){{1,4}}(?:{_TLD})(?![^\W\d]|@)"
            r"(?!\.[a-z])(?:/(?:[\w./?=&%#~+-]*[\w=/])?)?"
        ),
        _address,
    ),
    Rule(
        "file names",
        re.compile(rf"(?<![\w@./-])[\w-]{{1,60}}\.(?:{_FILES})(?!\w)"),
        lambda match, locale: _said(match[0], locale),
    ),
    Rule("hashtags", re.compile(r"(?<![\w&#])#([^\W\d_]\w{0,60})"), _hashtag),
    Rule(
        "handles",
        re.compile(r"(?<![\w@])@([^\W\d_]\w{1,40})"),
        lambda match, _: f"{' ' if before(match, 1).strip() else ''}at {_humps(match[1])}",
    ),
)
