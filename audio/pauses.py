"""How long the silence between two segments is, by what stands on each side of it."""

from articles.issue import BlockKind
from articles.segments import Segment
from audio.sound import Pauses


def pause_ms(before: Segment, after: Segment, pauses: Pauses) -> int:
    """The pause between two neighbours, in milliseconds: the longest that either side asks for."""
    if after.joins_previous:
        return pauses.breath_ms
    wanted = [pauses.sentence_ms] if before.block == after.block else _between_blocks(before, after, pauses)
    if before.language != after.language:
        wanted.append(pauses.language_ms)
    return max(wanted)


def _between_blocks(before: Segment, after: Segment, pauses: Pauses) -> list[int]:
    if before.kind is BlockKind.LIST_ITEM and after.kind is BlockKind.LIST_ITEM:
        return [pauses.list_item_ms]
    # What a heading announces follows it as a paragraph follows a paragraph; the longer silence is the one
    # before it.
    ending = BlockKind.PARAGRAPH if before.kind is BlockKind.HEADING else before.kind
    return [_around(ending, pauses), _around(after.kind, pauses)]


def _around(kind: BlockKind, pauses: Pauses) -> int:
    match kind:
        case BlockKind.HEADLINE:
            return pauses.headline_ms
        case BlockKind.STANDFIRST:
            return pauses.standfirst_ms
        case BlockKind.HEADING:
            return pauses.heading_ms
        case BlockKind.QUOTATION:
            return pauses.quotation_ms
        case BlockKind.CAPTION | BlockKind.TABLE | BlockKind.FOOTNOTE | BlockKind.SIDEBAR:
            return pauses.aside_ms
        case _:
            return pauses.paragraph_ms
