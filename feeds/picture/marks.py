"""Along the time: chapters as flags with their titles, and the clock below."""

from collections.abc import Mapping

from feeds.picture.lettering import fitted, width_of
from feeds.picture.rows import ChapterMark
from feeds.picture.shapes import Shape, group, line, polygon, text
from feeds.picture.sheet import RIGHT
from feeds.picture.stretch import Stretch
from feeds.text import clock_text

_SIZE = 10.5
_FLAG = 5.0
_BETWEEN = 6.0


def chapters(stretch: Stretch, top: float, foot: float, height: float, numbers: Mapping[str, int]) -> list[Shape]:
    """The chapters that begin in a stretch: a flag with the title, and a line down to `foot`.

    A title that is the row's own is not said again; one without room is cut, or is its article's number. `numbers`
    are those of the issue's articles, by headline.
    """
    within = [mark for mark in stretch.row.chapters if stretch.start_s <= mark.start_s < stretch.end_s]
    drawn: list[Shape] = []
    for place, mark in enumerate(within):
        x = stretch.x(mark.start_s)
        end = stretch.x(within[place + 1].start_s) if place + 1 < len(within) else RIGHT
        label = _label(mark, stretch, end - x - _FLAG - _BETWEEN, numbers)
        tip = f"{clock_text(mark.start_s)} {mark.title}"
        base = top + height - 4
        inside = [
            line(x, top + 3, x, foot, "chapter"),
            polygon([(x, top + 2), (x + _FLAG, top + 5), (x, top + 8)], "mark ink"),
        ]
        if label:
            inside.append(text(x + _FLAG + 2, base, label, "label ink", stretch.row.language))
        drawn.append(group("chapter-mark", inside, tip))
    return drawn


def has_chapters(stretch: Stretch) -> bool:
    """Whether there is a chapter beside the one that is called as the row itself."""
    return any(mark.start_s > 0 for mark in stretch.row.chapters) or stretch.row.is_programme


def clock(stretch: Stretch, top: float, foot: float) -> list[Shape]:
    """The times below a line, and fine lines up through it."""
    drawn: list[Shape] = []
    for seconds in stretch.ticks():
        x = stretch.x(seconds)
        drawn.append(line(x, top, x, foot + 3, "grid"))
        drawn.append(text(x, foot + 12, clock_text(seconds), "tick soft middle"))
    return drawn


def _label(mark: ChapterMark, stretch: Stretch, room: float, numbers: Mapping[str, int]) -> str:
    if not stretch.row.is_programme:
        return "" if mark.start_s == 0 else _fitting(mark.title, room, least=5)
    if mark.title not in numbers:
        return _fitting(mark.title, room, least=5)
    own = str(numbers[mark.title])
    return _fitting(f"{own} {mark.title}", room, least=12) or (own if width_of(own, _SIZE) <= room + _BETWEEN else "")


def _fitting(title: str, room: float, least: int) -> str:
    words = fitted(title, room, _SIZE)
    return words if len(words) >= least or words == title else ""
