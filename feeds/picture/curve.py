"""The loudness from moment to moment, with the target, its tolerance, and where the whole file lies."""

from feeds.picture.captions import Captions, plain_figure
from feeds.picture.rows import Measured
from feeds.picture.shapes import Shape, box, line, polygon, polyline, text
from feeds.picture.sheet import LEFT
from feeds.picture.stretch import Stretch
from feeds.picture.target import Target
from feeds.picture.waves import within

ABOVE_LU = 4.0
BELOW_LU = 8.0
"""How far above and below the target the lane reaches; what lies outside is drawn at its edge."""

_HALF_WINDOW_S = 1.5
_STEP_LU = 4.0  # between two lines


def curve(stretch: Stretch, measured: Measured, target: Target, top: float, height: float) -> list[Shape]:
    """The short-term loudness of a stretch over the band in which the whole should lie."""

    def y(lufs: float) -> float:
        return level_y(lufs, target, top, height)

    lower, upper = y(target.lufs - target.tolerance_lu), y(target.lufs + target.tolerance_lu)
    below = y(target.lufs - _STEP_LU)
    drawn = [
        box(LEFT, top, stretch.right - LEFT, height, "panel"),
        line(LEFT, below, stretch.right, below, "grid"),
        box(LEFT, upper, stretch.right - LEFT, lower - upper, "band"),
        line(LEFT, y(target.lufs), stretch.right, y(target.lufs), "target"),
    ]
    points = [(x, y(_loudest(measured, start_s, end_s))) for x, start_s, end_s in stretch.bins()]
    if len(points) > 1:
        drawn.append(polyline(points, "curve"))
    if stretch.is_last:
        look = "good" if target.holds_loudness(measured.lufs) else "warn"
        drawn.append(lozenge(stretch.right + 8, y(measured.lufs), f"mark {look}"))
    return drawn


def level_y(lufs: float, target: Target, top: float, height: float) -> float:
    """The height at which a loudness is drawn in a lane that begins at `top`."""
    share = (target.lufs + ABOVE_LU - lufs) / (ABOVE_LU + BELOW_LU)
    return top + height * min(max(share, 0.0), 1.0)


def names(target: Target, top: float, height: float, captions: Captions) -> list[Shape]:
    """What stands left of the lane: the target, a level above and one below it, and the unit."""
    drawn = [text(LEFT - 8, top + height, captions.loudness_axis, "tick soft end")]
    for off, look, drop in ((_STEP_LU, "soft", 7.0), (0.0, "good strong", 3.5), (-_STEP_LU, "soft", 3.5)):
        y = level_y(target.lufs + off, target, top, height)
        drawn.append(text(LEFT - 8, y + drop, plain_figure(target.lufs + off, captions), f"tick {look} end"))
    return drawn


def _loudest(measured: Measured, start_s: float, end_s: float) -> float:
    # A value tells of the 3 seconds before it: drawn at their middle, it lies under the sound it tells of.
    return max(within(measured.loudness, measured.step_s, start_s + _HALF_WINDOW_S, end_s + _HALF_WINDOW_S))


def lozenge(x: float, y: float, look: str, reach: float = 5.0) -> Shape:
    """The mark of a whole file's loudness."""
    return polygon([(x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach)], look)
