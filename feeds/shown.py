"""Text as transcripts and pages show it."""

import re
from typing import Final

from feeds.text import fit_text

# Unicode, "Bidirectional Algorithm" (UAX #9), 2.1 to 2.5: embeddings, overrides and isolates. Left open they turn
# round whatever follows them; the marks U+200E and U+200F, which act on their own place only, stay.
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """`text` without what no reader sees: controls, and marks that would turn round the text after them."""
    return _TURNS.sub("", fit_text(text))
