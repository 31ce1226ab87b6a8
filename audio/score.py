"""The score: everything that is heard in one sound file, part after part."""

from dataclasses import dataclass

from voices.take import Take


@dataclass(frozen=True, slots=True)
class Part:
    """What is heard under one title: an article, or a programme's opening or close.

    `takes` in order, at least one; `language` (BCP 47) and `section` choose its jingles; `ident` is spoken over
    the jingle before it, or before everything else where there is none.
    """

    takes: tuple[Take, ...]
    title: str
    language: str
    section: str = ""
    ident: tuple[Take, ...] = ()


Score = tuple[Part, ...]
"""An episode is a score of one part; a whole issue's programme one of many: opening, articles, close."""
