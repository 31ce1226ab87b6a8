"""Who wrote an article and which voice reads it, as names: from bylines, which are kept as magazines print them."""

import re
from collections.abc import Iterator
from typing import Final

from feeds.text import one_line
from feeds.words import words_for

_WROTE: Final = (
    r"written|words?|texts?|textes?|stor(?:y|ies)|interviews?|(?<!additional )reporting|reportages?|essay|"
    r"analysis|opinion|récit|entretien|enquête|propos recueillis|"
    r"de notre (?:correspondante?|envoyée?)(?: spéciale?)?|from our correspondent"
)
"""What a byline calls the writing."""

_OTHER: Final = (
    r"(?:photo(?:graph(?:e[rd]|s|y|ies)?|s)?|pictures?|images?|illustrations?|illustrated|drawings?|dessins?|"
    r"infographies?|graphics?|videos?|vidéos?|translation|translated|traduction|traduite?|edited|adapted|adapt(?:é|ée)|"
    r"additional reporting)(?: from (?:the )?\w+| de l[’'](?:anglais|allemand|espagnol|italien)| du \w+)?"
)
"""What it calls other work, for which an app has no place beside the author."""

_TRADES: Final = rf"(?:{_WROTE}|{_OTHER})"
_LABEL: Final = re.compile(
    rf"(?<![\w’'-])(?:(?P<trades>{_TRADES}(?:\s*(?:,|&|\band\b|\bet\b)\s*{_TRADES})*)"
    r"(?:\s*:|\s+(?:by|par)\b\s*:?|\s+(?:de\s+|d[’'])(?=[^\W\d_])|(?=\s+\S))|(?:by|par)\b\s*:?(?=\s*\S))\s*",
    re.IGNORECASE,
)
_WROTE_IT: Final = re.compile(rf"\b(?:{_WROTE})\b", re.IGNORECASE)

_BETWEEN: Final = re.compile(r",\s*(?:(?:and|et)\s+|&\s*)?|\s+(?:and|et|with|avec|&|/|–|—|\|)\s+|\s*[;•·]\s*")
_AND: Final = re.compile(r"\s(?:and|et)\s")
_EDGES: Final = " \u00a0\u202f,;:&/|–—-•·"
_PARTS_END: Final = ".,;:|–—-•·"
_TRAILING_AND: Final = re.compile(r"[\s,]+(?:and|et|with|avec|&)$")
_ASIDE: Final = re.compile(r"\s*(?:\([^()]*\)|<[^<>\s]*@[^<>\s]*>|\S+@\S+\.\w+)")
_JUNIOR: Final = re.compile(r",\s*(?=(?:Jr|Sr)\b|(?:II|III|IV)\b)")

_LONGEST: Final = 300
"""Characters of a byline that is taken apart: a longer one is a text, and could take minutes."""

_PARTICLES: Final = frozenset(
    "al bin ben d da das de del della den der des di do dos du el la le ten ter van von y".split()
)
"""Words of a name that may begin with a small letter."""

_NO_PERSON: Final = frozenset(
    "agence agency associates associés cie co company editor fils inc institut institute journalist journaliste les "
    "ltd md news partners phd press presse professor publisher reporter sons the university université writer".split()
)
"""Words that are in no person's name: what follows a comma or an “and” with one of them is not another person."""


def writers(byline: str) -> tuple[str, ...]:
    """The names in a byline, each alone: `Ann Bell` and `Luc Brun` for `By Ann Bell and Luc Brun, photos by Zoé Roy`.

    English and French are known. What is not sure to be several people stays one name, and what stands beside
    it (a place, a profession) is left out only where it can be told from one. A byline that names nobody who wrote,
    such as `Photos by Zoé Roy`, gives none.
    """
    text = one_line(byline)
    if len(text) > _LONGEST:
        return (text,)
    labels = [label for label in _LABEL.finditer(text) if _is_label(label)]
    if not labels:
        return _names(text)
    ends = [label.start() for label in labels[1:]] + [len(text)]
    named = [
        (not label["trades"] or bool(_WROTE_IT.search(label["trades"])), text[label.end() : end])
        for label, end in zip(labels, ends, strict=True)
    ]
    wrote = [names for is_writer, names in named if is_writer] or [text[: labels[0].start()]]
    return tuple(dict.fromkeys(name for names in wrote for name in _names(names)))


def credited(byline: str) -> str:
    """The same names in one line, for whoever has room for one: `Ann Bell, Luc Brun`."""
    return ", ".join(writers(byline))


def narrated_by(voice: str, language: str) -> str:
    """The voice's name, marked as synthetic in words for people to read: `joe (synthetic voice)`."""
    mark = "voix de synthèse" if words_for(language).language == "fr" else "synthetic voice"
    return f"{one_line(voice)} ({mark})"


def _is_label(found: re.Match[str]) -> bool:
    """Whether a word for a trade is one here: without “by” or a colon it must stand at the beginning of a part."""
    before = found.string[: found.start()].rstrip()
    alone = found["trades"] is not None and not found[0].removeprefix(found["trades"]).strip()
    return not alone or not before or before[-1] in _PARTS_END


def _names(text: str) -> tuple[str, ...]:
    bare = _JUNIOR.sub(" ", _TRAILING_AND.sub("", _ASIDE.sub("", text).strip(_EDGES)).strip(_EDGES))
    parts = [part for part in _BETWEEN.split(bare) if part]
    if len(parts) > 1 and all(_is_person(part, alone=bool(_AND.search(bare))) for part in parts):
        return tuple(parts)
    head, comma, _ = bare.partition(",")
    if comma and all(_is_person(name, alone=False) for name in _names(head)):
        return _names(head)  # what follows says who they are
    return (text.strip(" \u00a0"),) if len(parts) > 1 else tuple(parts)


def _is_person(name: str, *, alone: bool) -> bool:
    """Whether it looks like a person's name; one word is one only where it may stand `alone`, as in “Zoé et Anne”."""
    words = list(_words(name))
    if not words or any(word.casefold().strip(".") in _NO_PERSON for word in words):
        return False
    return (alone or len(words) > 1) and not any(word[0].islower() for word in words)


def _words(name: str) -> Iterator[str]:
    for word in re.split(r"[\s’']+", name):
        if word and word.casefold() not in _PARTICLES:
            yield word
