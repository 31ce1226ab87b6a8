"""The plot of results as SVG: a bar for each row, light or dark as the reader's screen is."""

import xml.etree.ElementTree as ET
from typing import Final

from vivavoce.bench.builds import BUILDS
from vivavoce.bench.contenders import EPISODES, SPEECH
from vivavoce.bench.figures import Results, Row, Table

_WIDTH: Final = 860
_LEFT, _RIGHT = 330, 70  # of the bars: names, figures
_BAR, _STEP, _GAP = 14, 22, 34
_STYLE: Final = """
text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;fill:#1d2127}
.title{font-size:18px;font-weight:700}.panel{font-size:13px;font-weight:600}.end{text-anchor:end}.soft{fill:#555c66}
.paper{fill:#fff}.other{fill:#8a929c}.own{fill:#0072b2}
@media (prefers-color-scheme:dark){text{fill:#ece8df}.soft{fill:#aeb4ba}.paper{fill:#15191d}.own{fill:#56b4e9}}
"""
_PANELS: Final = {
    SPEECH: "speech only: seconds of speech for each second of waiting",
    EPISODES: "finished episodes: seconds of speech for each second of waiting",
    BUILDS: "building again: seconds of waiting",
}
_ISSUES: Final = {"example": "Example issue", "generated": "Generated issue", "quick": "A few sentences"}


def plot_of(results: Results) -> bytes:
    """An SVG document in UTF-8: a panel for each table, vivavoce's bars in blue, each with its figure."""
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "width": str(_WIDTH)})
    ET.SubElement(root, "title").text = "Benchmarks of vivavoce"
    ET.SubElement(root, "desc").text = "; ".join(_told(table) for table in results.tables)
    ET.SubElement(root, "style").text = _STYLE
    paper = ET.SubElement(root, "rect", {"class": "paper", "width": str(_WIDTH)})
    _text(root, 20, 34, "Benchmarks", "title")
    machine = results.machine
    _text(root, 20, 54, f"{machine['processor']}, {machine['cores']} cores, vivavoce {machine['vivavoce']}", "soft")
    y = 54 + _GAP
    for table in results.tables:
        y = _panel(root, table, y)
    for element in (root, paper):
        element.set("height", str(y))
    root.set("viewBox", f"0 0 {_WIDTH} {y}")
    svg: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return svg


def _panel(root: ET.Element, table: Table, top: int) -> int:
    """The table's bars from `top` on, and where the next panel begins."""
    _text(root, 20, top, f"{_ISSUES[table.issue]}, {_PANELS[table.group]}", "panel")
    longest = max((_value(table, row) or 0.0 for row in table.rows), default=0.0)
    for number, row in enumerate(table.rows):
        base = top + 22 + number * _STEP
        _text(root, _LEFT - 10, base, row.title.replace("`", ""), "end")
        value = _value(table, row)
        if value is None:
            _text(root, _LEFT, base, "not measured", "soft")
            continue
        width = (_WIDTH - _LEFT - _RIGHT) * value / longest
        own = table.group == BUILDS or row.name.startswith("vivavoce")
        box = {"x": _LEFT, "y": base - _BAR + 3, "width": f"{max(width, 1.0):.1f}", "height": _BAR, "rx": 2}
        ET.SubElement(root, "rect", {"class": "own" if own else "other", **{key: str(at) for key, at in box.items()}})
        _text(root, round(_LEFT + width) + 6, base, f"{value:,.1f}")
    return top + 22 + len(table.rows) * _STEP + _GAP


def _value(table: Table, row: Row) -> float | None:
    return row.median("wall_s") if table.group == BUILDS else row.audio_per_wall_s


def _told(table: Table) -> str:
    """The panel in words, for those who cannot see it."""
    measured = [(row, value) for row in table.rows if (value := _value(table, row)) is not None]
    figures = ", ".join(f"{row.title.replace('`', '')} {value:.1f}" for row, value in measured)
    return f"{_ISSUES[table.issue]}, {_PANELS[table.group]}: {figures}"


def _text(root: ET.Element, x: int, y: int, words: str, kind: str = "") -> None:
    ET.SubElement(root, "text", {"x": str(x), "y": str(y)} | ({"class": kind} if kind else {})).text = words
