import importlib.resources
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFont

from feeds.picture import png
from feeds.picture.hues import LIGHT
from feeds.picture.png import drawable
from feeds.picture.rows import Said
from feeds.picture.sheet import LEFT, RIGHT, WIDTH
from tests.drawn import Drawn, drawn, plain_row


def image(picture: Drawn, scale: float = 2.0) -> Image.Image:
    return Image.open(io.BytesIO(picture.picture.png(scale))).convert("RGB")


def test_pixels_have_the_language_s_colour() -> None:
    """In its lane, where a language is spoken, the pixel is in its colour; in the other one it is not."""
    picture = drawn(plain_row())
    pixels = image(picture)
    english, french = (float(e.get("y", "")) + 4 for e in picture.find("said", picture.row(1)))
    for part, there, elsewhere, colour in ((0.3, english, french, LIGHT[0]), (0.7, french, english, LIGHT[1])):
        x = 2 * (LEFT + part * (RIGHT - LEFT)) + 3
        assert pixels.getpixel((x, 2 * there)) == colour
        assert pixels.getpixel((x, 2 * elsewhere)) != colour


def test_the_second_voice_has_stripes() -> None:
    """Its patch has both its language's colour and the paper's in it; the first voice's has one colour only."""
    row = plain_row()
    picture = drawn(replace(row, speech=(Said("en", "joe", 10, 40), Said("en", "kristin", 50, 80))))
    pixels = np.asarray(image(picture))
    found = []
    for element in picture.find("said", picture.row(1)):
        x, y = 2 * float(element.get("x", "")), 2 * float(element.get("y", ""))
        patch = pixels[int(y) + 3 : int(y) + 12, int(x) + 20 : int(x) + 200].reshape(-1, 3)
        found.append({tuple(map(int, pixel)) for pixel in patch})
    assert found[0] == {LIGHT[0]}
    assert {LIGHT[0], (255, 255, 255)} <= found[1]


def test_the_png_has_the_size_of_the_svg(monkeypatch: pytest.MonkeyPatch) -> None:
    """At every scale; and one that would have too many pixels is drawn smaller, in the same proportions."""
    picture = drawn(plain_row())
    height = picture.picture.drawing.height
    for scale in (1.0, 2.0, 1.5):
        assert image(picture, scale).size == (round(WIDTH * scale), round(height * scale))
    assert image(picture, 1.0).getpixel((3, 3)) == (255, 255, 255)
    monkeypatch.setattr(png, "MOST_PIXELS", 500_000)
    small = image(picture, 5.0)
    assert 490_000 < small.width * small.height < 510_000
    assert small.width / small.height == pytest.approx(WIDTH / height, rel=0.01)


def test_it_is_the_same_bytes_each_time() -> None:
    """Drawn again it is the same file."""
    assert drawn(plain_row()).picture.png() == drawn(plain_row()).picture.png()


def test_letters_are_drawn_and_what_the_face_lacks_is_left_out() -> None:
    """A headline with accents differs from one without; an emoji leaves neither a box nor a gap behind."""
    assert drawn(plain_row(title="L’été")).picture.png() != drawn(plain_row(title="L’ete")).picture.png()
    assert drawable("The 🎙️ Quay 東京") == "The Quay"
    assert drawable("« Été »\u202f! Ж α œ − ≈ …") == "« Été »\u202f! Ж α œ − ≈ …"


def test_the_face_has_every_letter_that_is_drawn() -> None:
    """None of the letters let through comes out as the box that stands for a missing one."""
    files = importlib.resources.files("font_source_sans_pro") / "files"
    kept = [char for char in map(chr, range(0x20, 0x2600)) if drawable(f"a{char}a") == f"a{char}a"]
    assert len(kept) > 500
    for weight in ("Regular", "Semibold", "Bold"):
        face = ImageFont.truetype(str(files / f"SourceSansPro-{weight}.otf"), 40)
        box = bytes(face.getmask("\uffff"))
        assert [char for char in kept if not char.isspace() and bytes(face.getmask(char)) == box] == []
