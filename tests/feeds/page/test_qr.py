import re

import segno
from lxml import etree

from feeds.page.qr import qr_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_the_drawing_is_the_code() -> None:
    """Each dark square of the code is drawn, and no other, with four squares of white around it."""
    address = "https://example.org/audio/2023-04/?a=1&b=é"
    svg = etree.fromstring(qr_svg(address).encode())
    code = segno.make(address, error="m", micro=False)
    size = len(code.matrix)
    assert svg.get("viewBox") == f"0 0 {size + 8} {size + 8}"
    ground, squares = svg.findall(f"{SVG}path")
    assert (ground.get("fill"), squares.get("stroke")) == ("#fff", "#000")
    drawn, x, y = set(), 0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", str(squares.get("d"))):
        if command == "h":
            drawn |= {(int(y), x + step) for step in range(int(first))}
            x += int(first)
        else:
            x, y = (int(first), float(second)) if command == "M" else (x + int(first), y + float(second or 0))
    dark = {(row + 4, column + 4) for row, line in enumerate(code.matrix) for column, bit in enumerate(line) if bit}
    assert drawn == dark


def test_the_code_needs_no_style_and_no_script() -> None:
    """Under the page's policy it is shown as it is."""
    assert not re.search("style=|<style|<script|href", qr_svg("https://example.org/"))
    assert qr_svg("https://example.org/") == qr_svg("https://example.org/")
