"""Who speaks when: a lane for each language, the voice in it by its texture."""

from collections.abc import Sequence
from typing import Final

from feeds.picture.captions import Captions, voice_caption
from feeds.picture.hues import Voices
from feeds.picture.rows import Said
from feeds.picture.shapes import Shape, box, line
from feeds.picture.sheet import LEFT
from feeds.picture.stretch import Stretch, span_text

_LEAST: Final = 1.0  # a word a tenth of a second long is still to be seen
_JOINED: Final = 0.75  # a gap that nobody would see


def language_lanes(stretch: Stretch, top: float, height: float, voices: Voices, captions: Captions) -> list[Shape]:
    """A lane for each of the picture's languages, in the same order in every row."""
    drawn = [
        line(LEFT, top + (lane + 0.5) * height, stretch.right, top + (lane + 0.5) * height, "lane")
        for lane in range(len(voices.languages))
    ]
    for said in joined(stretch):
        left, right = stretch.span(said.start_s, said.end_s) or (0.0, 0.0)
        y = top + voices.lane(said.language) * height + 1
        width = max(right - left, _LEAST)
        look = f"said {voices.look(said.language, said.voice)}"
        if stretch.row.is_estimated:
            look += " guess"
            drawn.append(box(left, y, width, height - 2, "paper"))  # a guess is pale: no line should show through
        tip = f"{voice_caption(said.language, said.voice, captions)}, {span_text(said.start_s, said.end_s)}"
        drawn.append(box(left, y, width, height - 2, look, tip))
    return drawn


def joined(stretch: Stretch) -> Sequence[Said]:
    """What is said in a stretch, with pieces too close to be seen apart made one where voice and language agree."""
    runs: list[Said] = []
    for said in stretch.row.speech:
        if not stretch.span(said.start_s, said.end_s):
            continue
        last = runs[-1] if runs else None
        same = last and (last.language, last.voice) == (said.language, said.voice)
        if last and same and (said.start_s - last.end_s) * stretch.scale < _JOINED:
            runs[-1] = Said(said.language, said.voice, last.start_s, max(last.end_s, said.end_s))
        else:
            runs.append(said)
    return runs
