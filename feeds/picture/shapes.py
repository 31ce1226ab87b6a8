"""What a drawing is made of: boxes, paths, words and groups of them, in drawing units from the top left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One element of SVG (its `tag` and attributes); `tip` is what it says when it is pointed at.

    `words` is the text of a `text` element, in `language` where that differs from the picture's.
    """

    tag: str
    attributes: Attributes = ()
    words: str = ""
    tip: str = ""
    language: str = ""
    inside: tuple["Shape", ...] = ()


def box(x: float, y: float, width: float, height: float, look: str, tip: str = "", corner: float = 0) -> Shape:
    """A rectangle of the given look (a class of the style sheet, or several)."""
    edges = [("x", x), ("y", y), ("width", max(width, 0)), ("height", max(height, 0))]
    edges += [("rx", corner)] if corner else []
    return Shape("rect", (("class", look), *((name, number(value)) for name, value in edges)), tip=tip)


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> Shape:
    """A straight line."""
    return path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", look)


def path(course: str, look: str, tip: str = "") -> Shape:
    """A path; `course` as in SVG's `d`."""
    return Shape("path", (("class", look), ("d", course)), tip=tip)


def polygon(points: Iterable[tuple[float, float]], look: str, tip: str = "") -> Shape:
    """A closed shape through `points`."""
    return path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z", look, tip)


def polyline(points: Iterable[tuple[float, float]], look: str) -> Shape:
    """An open line through `points`."""
    return path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points), look)


def text(x: float, y: float, words: str, look: str, language: str = "", tip: str = "") -> Shape:
    """Words whose baseline starts at x, y; with the look `end` or `middle` they have their end or middle there."""
    place = (("class", look), ("x", number(x)), ("y", number(y)))
    return Shape("text", place, words=words, language=language, tip=tip)


def group(look: str, inside: Sequence[Shape], tip: str = "") -> Shape:
    """Shapes that belong together."""
    return Shape("g", (("class", look),), tip=tip, inside=tuple(inside))


def number(value: float) -> str:
    """A coordinate as it is written: two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
