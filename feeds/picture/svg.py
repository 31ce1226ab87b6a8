"""A drawing as SVG: light, or dark where the reader's screen is and never on paper."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from string import Template
from typing import Final

from feeds.palettes import Rgb
from feeds.picture.drawing import Drawing
from feeds.picture.hues import DARK, LIGHT, PAPER_DARK, PAPER_LIGHT, TEXTURES, css_colour
from feeds.picture.shapes import Shape, number
from feeds.picture.sheet import WIDTH
from feeds.shown import shown

_SVG: Final = "http://www.w3.org/2000/svg"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

FACES: Final = '"Source Sans 3","Source Sans Pro",system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif'

_FORMS: Final = """
text{font-family:$faces;font-size:11px}
.title{font-size:26px;font-weight:700}.lead{font-size:14px}.head{font-size:15px;font-weight:600}
.figure{font-size:13px;font-weight:600}.legend{font-size:12px}.label{font-size:10.5px}.tick{font-size:10px}
.strong{font-weight:600}.end{text-anchor:end}.middle{text-anchor:middle}
.rule,.grid,.lane,.chapter,.target,.limit,.curve,.bar,.tickmark{fill:none}
.bar{stroke-width:1.3}.curve{stroke-width:1.5;stroke-linejoin:round}.tickmark{stroke-width:2.5}
.rule{stroke-width:1}.grid,.lane{stroke-width:.75}.chapter{stroke-width:.9}
.target{stroke-width:1.2;stroke-dasharray:6 3}.limit{stroke-width:1;stroke-dasharray:2 3}
.guess{fill-opacity:.55}.pale{stroke-opacity:.4}
"""
_COLOURS: Final = """
.paper,.cut-fill{fill:$paper}.cut{fill:none;stroke:$paper}
.ink{fill:$ink}.soft{fill:$soft}.good{fill:$good}.warn{fill:$warn}
.panel{fill:$panel}.track{fill:$grid}.band{fill:$band}.jingle{fill:$music}
.rule,.grid,.lane{stroke:$grid}.chapter{stroke:$soft}.curve{stroke:$ink}.tickmark,.target{stroke:$good}.limit{stroke:$warn}
.w-music{stroke:$music}.w-none{stroke:$grid}.w-over{stroke:$warn;stroke-width:2}
"""
_LIGHT: Final = {
    "ink": "#1d2127", "soft": "#555c66", "good": "#146c43", "warn": "#b3201f", "panel": "#f3f4f6",
    "grid": "#d5d9df", "band": "#b5e3c6", "music": "#6b7078",
}  # fmt: skip
_DARK: Final = {
    "ink": "#ece8df", "soft": "#aeb4ba", "good": "#6fd6a0", "warn": "#ff8f85", "panel": "#1f252b",
    "grid": "#3c444c", "band": "#1f5a3b", "music": "#9aa1a9",
}  # fmt: skip
_TEXTURES: Final = {
    "stripes": ("6", '<path class="cut" stroke-width="2" d="M-1 1L1 -1M0 6L6 0M5 7L7 5"/>'),
    "dots": ("5", '<circle class="cut-fill" cx="2.5" cy="2.5" r="1.3"/>'),
    "bars": ("4", '<path class="cut" stroke-width="1.4" d="M2 0V4"/>'),
}
"""How large a texture's tile is, and what is cut out of it."""


def svg_of(drawing: Drawing, letters: Callable[[str], str] = shown) -> bytes:
    """The drawing as an SVG document in UTF-8; every text goes through `letters`."""
    root = ET.Element("svg", _frame(drawing))
    ET.SubElement(root, "title", {"id": "title"}).text = letters(drawing.title)
    ET.SubElement(root, "desc", {"id": "description"}).text = letters(drawing.description)
    ET.SubElement(root, "style").text = style_sheet()
    root.append(_patterns())
    ET.SubElement(root, "rect", {"class": "paper", "width": "100%", "height": "100%"})
    for shape in drawing.shapes:
        root.append(_element(shape, letters))
    ET.indent(root, space=" ", level=0)
    document: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()


def style_sheet() -> str:
    """Looks and colours; the dark ones only on a screen that prefers them."""
    forms = Template(_FORMS).substitute(faces=FACES)
    dark = _colours(_DARK, PAPER_DARK, DARK)
    return f"{forms}{_colours(_LIGHT, PAPER_LIGHT, LIGHT)}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def _frame(drawing: Drawing) -> dict[str, str]:
    height = number(drawing.height)
    return {
        "xmlns": _SVG,
        "role": "img",
        "aria-labelledby": "title",
        "aria-describedby": "description",
        _LANG: drawing.language,
        "width": number(WIDTH),
        "height": height,
        "viewBox": f"0 0 {number(WIDTH)} {height}",
    }


def _colours(named: dict[str, str], paper: Rgb, hues: tuple[Rgb, ...]) -> str:
    rules = [Template(_COLOURS).substitute(named, paper=css_colour(paper))]
    for place, hue in enumerate(map(css_colour, hues)):
        rules.append(f".w{place}{{stroke:{hue}}}.f{place},.v{place}-0{{fill:{hue}}}\n")
    return "".join(rules)


def _patterns() -> ET.Element:
    """For each colour its textures; and the rules that use them, which are the same in light and dark."""
    defs = ET.Element("defs")
    rules: list[str] = []
    for hue in range(len(LIGHT)):
        for texture, name in enumerate(TEXTURES):
            if name not in _TEXTURES:
                continue
            side, cut = _TEXTURES[name]
            own = {"id": f"p{hue}-{texture}", "width": side, "height": side, "patternUnits": "userSpaceOnUse"}
            pattern = ET.SubElement(defs, "pattern", own)
            ET.SubElement(pattern, "rect", {"class": f"v{hue}-0", "width": side, "height": side})
            pattern.append(ET.fromstring(cut))
            rules.append(f".v{hue}-{texture}{{fill:url(#p{hue}-{texture})}}")
    ET.SubElement(defs, "style").text = "".join(rules)
    return defs


def _element(shape: Shape, letters: Callable[[str], str]) -> ET.Element:
    element = ET.Element(shape.tag, dict(shape.attributes))
    if shape.language:
        element.set(_LANG, shape.language)
    if shape.words:
        element.text = letters(shape.words)
    if shape.tip:
        ET.SubElement(element, "title").text = letters(shape.tip)
    element.extend(_elements(shape.inside, letters))
    return element


def _elements(shapes: tuple[Shape, ...], letters: Callable[[str], str]) -> Iterator[ET.Element]:
    return (_element(shape, letters) for shape in shapes)
