"""Who wrote an article and which voice reads it, as names to show."""

import re
from typing import Final

from feeds.text import one_line
from feeds.words import words_for

_BY: Final = re.compile(r"(?:by|par)\s+(?=\S)", re.IGNORECASE)


def writer(byline: str) -> str:
    """The name in a byline: `Jane Doe` for `By Jane Doe`, and for `Par Jane Doe`."""
    return _BY.sub("", one_line(byline), count=1) if _BY.match(one_line(byline)) else one_line(byline)


def narrated_by(voice: str, language: str) -> str:
    """The voice's name, marked as synthetic: `joe (synthetic voice)`."""
    mark = "voix de synthèse" if words_for(language).language == "fr" else "synthetic voice"
    return f"{one_line(voice)} ({mark})"
