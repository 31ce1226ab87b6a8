"""A chapter's title, put together again from the segments that its block was cut into."""

import re
from collections.abc import Sequence

from articles.segments import Segment

_OPENING = "’'([{«“‘\u00a0\u202f"
_CLOSING = ".,;:!?)]}»”’…\u00a0\u202f"


def title_of(segments: Sequence[Segment]) -> str:
    """The block's written text on one line: one space between segments, unless one of them brings it.

    Parts of one sentence (`joins_previous`) may have been cut inside a word group such as `l’Economist`, so
    there a space is left out beside an apostrophe, a bracket or a closing mark.
    """
    title = ""
    for segment in segments:
        part = re.sub(r"[ \t\r\n]+", " ", segment.written)
        if title and part and not _fit(title[-1], part[0], segment.joins_previous):
            title += " "
        title += part
    return title.strip()


def _fit(last: str, first: str, joined: bool) -> bool:
    if last.isspace() or first.isspace():
        return True
    return joined and (last in _OPENING or first in _CLOSING)
