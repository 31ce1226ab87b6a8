"""Written text to speakable text: named rules, applied in order."""

from articles.speech.typography import TYPOGRAPHY

_PAUSES = " ,;:)–—"  # at the very beginning there is nothing to pause from

RULES = (*TYPOGRAPHY,)


def speakable(text: str) -> str:
    """What the voice is given for `text`: every rule applied once, in the order of RULES."""
    for _, rule in RULES:
        text = rule(text)
    return text.lstrip(_PAUSES).rstrip()
