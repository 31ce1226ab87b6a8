"""Bylines as English and French magazines print them."""

import re

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*"
_BYLINE = re.compile(
    rf"(?i:(?:written |words |text |story |interview |photos? |photographs? )?by|par|"
    rf"de notre (?:correspondante?|envoyée?)|textes?(?: et photos?)?(?: de| par)?|"
    rf"propos recueillis par|reportage(?: de| par)?|words|text)\s*:?\s+"
    rf"(?:(?:d[eu]s?|la|le|van|von|der|da|di|el|al|bin|ben)\s+|d’|d')?(?P<name>{_NAME}.*)"
)
_NAME_SHARE = 0.5


def is_byline(text: str) -> bool:
    """True for a line such as “By Ada Pell” or “Texte : Luc Brun”."""
    found = _BYLINE.fullmatch(text) if len(text) <= 120 else None
    words: list[str] = re.findall(r"[^\W\d_]+", found["name"]) if found else []
    return sum(word[0].isupper() for word in words) > _NAME_SHARE * len(words)
