import functools
import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from articles.errors import ExitCode
from feeds.cover import MAX_BYTES, CoverError, draw_cover, fit_cover
from feeds.palettes import PALETTES


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def assert_artwork(data: bytes) -> None:
    """What podcast directories ask of artwork."""
    image = picture(data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (3000, 3000))
    assert len(data) < MAX_BYTES


@pytest.mark.parametrize(
    ("publication", "issue", "day"),
    [
        ("Œ", "", ""),
        ("La Lettre de l’Hôtel de Ville", "N° 12 – « Été »", "1er avril 2023"),
        (
            "The Greater Winchelsea Chamber of Commerce Quarterly " * 6,
            "A special issue " * 20,
            "1 April 2023",
        ),
        ("x" * 300, "y" * 300, "z" * 300),
    ],
)
def test_a_cover_is_artwork_whatever_the_names(publication: str, issue: str, day: str) -> None:
    """Short and long names, with accents and without spaces, make a 3000 × 3000 RGB JPEG below 500 kB."""
    assert_artwork(draw_cover(publication, issue, day))


def test_a_cover_is_the_same_bytes_each_time() -> None:
    """Drawn again it is the same file, so that a second build rewrites nothing; another issue has another."""
    first = draw_cover("The Quay", "April 2023", "1 April 2023")
    assert draw_cover("The Quay", "April 2023", "1 April 2023") == first
    assert draw_cover("The Quay", "May 2023", "1 May 2023") != first


def ink_in(data: bytes, box: tuple[int, int, int, int]) -> int:
    """How many pixels within the box are not of the ground."""
    pixels = np.asarray(picture(data).crop(box)).astype(int)
    return int((np.abs(pixels - np.array(PALETTES[0].ground)).sum(axis=2) > 90).sum())


@pytest.mark.parametrize("name", ["Été", "Œuvre", "The Greater Winchelsea Chamber of Commerce", "x" * 40, "j’y vais"])
def test_letters_stay_inside_the_margins(name: str) -> None:
    """Nothing is drawn in the outer 180 pixels: no accent, no descender, no long word runs off the cover."""
    data = draw_cover(name, "Numéro « spécial »", "1er avril 2023", PALETTES[0])
    for edge in ((0, 0, 3000, 180), (0, 2820, 3000, 3000), (0, 0, 180, 3000), (2820, 0, 3000, 3000)):
        assert ink_in(data, edge) == 0
    assert ink_in(data, (180, 180, 2820, 1400)) > 10_000


@functools.cache
def title_band(name: str) -> bytes:
    return picture(draw_cover(name, "No 1", "", PALETTES[0])).crop((0, 0, 3000, 1000)).tobytes()


@pytest.mark.parametrize("char", "éàçœŒÉ«–’ș№Ж")
def test_letters_beyond_ascii_are_drawn(char: str) -> None:
    """Accented and other letters are in the face: one that was not would be left out (see the next test)."""
    assert title_band(f"A{char}A") != title_band("AA")


def test_what_the_face_lacks_is_left_out() -> None:
    """An emoji in a name leaves no box behind, and the thin French spaces become ones that the face has."""
    assert title_band("The 🎙 Quay") == title_band("The Quay")
    assert title_band("Oui\u202f!") == title_band("Oui\u00a0!")


def test_a_name_that_cannot_be_drawn_asks_for_a_picture() -> None:
    """A name of which the face has no letter is an error that says what to do."""
    with pytest.raises(CoverError, match="東京") as caught:
        draw_cover("東京", "4月", "2023")
    assert "cover.png" in caught.value.hint
    assert caught.value.exit_code == ExitCode.USAGE


def test_the_name_is_large_enough_for_a_thumbnail() -> None:
    """At 55 pixels, as apps list podcasts, a short name still fills most of the width, in clear contrast."""
    thumb = picture(draw_cover("Marvin", "April 2023", "1 April 2023", PALETTES[0])).resize((55, 55))
    grey = np.asarray(thumb.convert("L")).astype(int)[3:20]
    columns = (grey.max(axis=0) - grey.min(axis=0)) > 80
    assert columns.sum() > 0.6 * 55


@pytest.mark.parametrize(
    ("mode", "size", "suffix"),
    [
        ("RGB", (1400, 1400), "png"), ("RGB", (4000, 3100), "jpg"), ("L", (2000, 1500), "png"),
        ("RGBA", (1500, 3000), "png"), ("P", (1600, 1600), "png"), ("CMYK", (1500, 1500), "jpg"),
        ("LA", (1500, 1500), "png"),
    ],
)  # fmt: skip
def test_an_own_picture_becomes_artwork(tmp_path: Path, mode: str, size: tuple[int, int], suffix: str) -> None:
    """Any common kind of picture, square or not, becomes a 3000 × 3000 RGB JPEG."""
    path = tmp_path / f"cover.{suffix}"
    Image.new(mode, size).save(path)
    assert_artwork(fit_cover(path))


def test_the_middle_of_a_wide_picture_is_kept(tmp_path: Path) -> None:
    """A picture that is not square loses its ends, not its middle, and is not squeezed."""
    path = tmp_path / "cover.png"
    wide = Image.new("RGB", (4500, 1500), "red")
    wide.paste("blue", (1500, 0, 3000, 1500))
    wide.save(path)
    colours = picture(fit_cover(path)).convert("RGB")
    assert all(colours.getpixel(corner)[2] > 200 for corner in ((40, 40), (2960, 40), (1500, 1500), (2960, 2960)))


def test_transparency_becomes_white(tmp_path: Path) -> None:
    """JPEG has no transparency: what shows through is white, as on paper."""
    path = tmp_path / "cover.png"
    Image.new("RGBA", (1500, 1500), (0, 0, 0, 0)).save(path)
    assert min(picture(fit_cover(path)).getpixel((1500, 1500))) > 250


def test_quality_gives_way_to_size_but_not_without_limit(tmp_path: Path) -> None:
    """A soft picture stays below 500 kB; one of nothing but detail may be larger, and is not spoilt to save
    bytes.
    """
    soft, rough, worst = tmp_path / "soft.png", tmp_path / "rough.png", tmp_path / "worst.jpg"
    noise = np.random.default_rng(1).integers(0, 256, (100, 100, 3), dtype=np.uint8)
    Image.fromarray(noise[:20, :20]).resize((1500, 1500), Image.Resampling.BICUBIC).save(soft)
    Image.fromarray(noise).resize((1500, 1500), Image.Resampling.NEAREST).save(rough)
    Image.fromarray(noise).save(worst, quality=50)
    assert_artwork(fit_cover(soft))
    spared = fit_cover(rough)
    assert len(spared) > MAX_BYTES
    assert picture(spared).quantization == picture(worst.read_bytes()).quantization


@pytest.mark.parametrize("format", ["AVIF", "JPEG2000", "DDS", "PPM", "ICNS"])
def test_other_kinds_of_pictures_are_refused(tmp_path: Path, format: str) -> None:
    """What is not promised is not opened: each kind has a reader of its own, with errors of its own."""
    path = tmp_path / "cover.png"
    try:
        Image.new("RGB", (1500, 1500)).save(path, format)
    except (KeyError, OSError):
        pytest.skip(f"this Pillow writes no {format}")
    with pytest.raises(CoverError, match="not a picture that can be read"):
        fit_cover(path)


@pytest.mark.parametrize("error", [RuntimeError, struct.error, NotImplementedError, AttributeError, MemoryError])
def test_whatever_a_picture_s_reader_fails_with_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Damaged pictures end in many errors of Pillow's, and of the libraries below it."""
    path = tmp_path / "cover.png"
    Image.new("RGB", (1500, 1500)).save(path)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("feeds.cover.ImageOps.exif_transpose", fail)
    with pytest.raises(CoverError, match="not a picture that can be read"):
        fit_cover(path)


def test_what_is_no_picture_is_named(tmp_path: Path) -> None:
    """A missing file, a folder, text, half a picture, a small one and an enormous one: a clear error with the
    path.
    """
    text, half, small, huge = (tmp_path / name for name in ("text.png", "half.png", "small.png", "huge.png"))
    text.write_text("not a picture")
    Image.effect_noise((2000, 2000), 50).save(half)
    half.write_bytes(half.read_bytes()[:5000])
    Image.new("RGB", (1399, 3000)).save(small)
    Image.new("1", (14000, 14000)).save(huge)
    reasons = {
        tmp_path / "none.png": "no such file",
        tmp_path: "not a picture",
        text: "not a picture",
        half: "not a picture",
        small: "1399 × 3000",
        huge: "too large",
    }
    for path, reason in reasons.items():
        with pytest.raises(CoverError, match=reason) as caught:
            fit_cover(path)
        assert str(path) in caught.value.message
        assert caught.value.hint
