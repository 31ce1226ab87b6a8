from itertools import combinations

import numpy as np
import pytest

from feeds.palettes import Rgb, contrast
from feeds.picture.hues import DARK, LIGHT, PAPER_DARK, PAPER_LIGHT, TEXTURES, voices_of
from feeds.picture.rows import Row, Said

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
# table 1, severity 1.0; on linear light.
DEFICIENCIES = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(colour: Rgb, seen: list[list[float]] | None) -> np.ndarray:
    """A colour in CIE L*a*b* (D65), as it is seen."""
    channels = np.array(colour) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    if seen:
        linear = np.clip(np.array(seen) @ linear, 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("seen", [None, *DEFICIENCIES])
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_languages_are_told_apart_by_every_eye(seen: str | None, colours: tuple[Rgb, ...]) -> None:
    """The first two colours, all that most editions need, are far apart with any colour blindness, the others apart."""
    matrix = DEFICIENCIES[seen] if seen else None
    apart = {
        pair: float(np.linalg.norm(lab(colours[pair[0]], matrix) - lab(colours[pair[1]], matrix)))
        for pair in combinations(range(len(colours)), 2)
    }
    assert apart[0, 1] > 80
    assert min(apart[pair] for pair in combinations(range(4), 2)) > 28
    assert min(apart.values()) > 16


def test_every_colour_stands_out_from_the_paper() -> None:
    """At least 3:1 on its ground, as WCAG 2.2 (1.4.11) asks of graphics."""
    assert all(contrast(colour, PAPER_LIGHT) >= 3 for colour in LIGHT)
    assert all(contrast(colour, PAPER_DARK) >= 3 for colour in DARK)


def row(*pairs: tuple[str, str]) -> Row:
    speech = tuple(Said(language, voice, place, place + 1) for place, (language, voice) in enumerate(pairs))
    return Row(1, "A title", "en", 10, speech, (), ())


def test_an_editions_languages_keep_their_colours() -> None:
    """French has the second colour in an issue without English, too; regions of one language share its lane."""
    both = voices_of([row(("fr", "siwis"), ("en-US", "joe"), ("en-GB", "alan"))], ["en", "fr"])
    alone = voices_of([row(("fr-CA", "siwis"))], ["en", "fr"])
    assert (both.hue("fr"), alone.hue("fr")) == (1, 1)
    assert (both.languages, alone.languages) == (("en", "fr"), ("fr",))
    assert both.lane("en-US") == both.lane("en-GB") == 0


def test_voices_of_one_language_have_textures_of_their_own() -> None:
    """Four voices of one language share its colour and differ in texture, whatever the order they speak in."""
    names = ("d", "b", "a", "c")
    voices = voices_of([row(*(("en", name) for name in names))])
    assert [voices.texture("en", name) for name in sorted(names)] == list(range(len(TEXTURES)))
    assert {voices.hue("en") for _ in names} == {0}
    assert len({voices.look("en", name) for name in names}) == 4
