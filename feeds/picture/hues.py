"""Colours for languages and textures for voices: each told from the others in two ways, never by colour alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from feeds.palettes import Rgb
from feeds.picture.rows import Row

LIGHT: Final[tuple[Rgb, ...]] = (
    (0x00, 0x72, 0xB2),
    (0xD5, 0x5E, 0x00),
    (0x77, 0x1F, 0xD0),
    (0x66, 0x44, 0x33),
    (0xB0, 0x80, 0x80),
    (0x44, 0x33, 0x80),
)
"""The languages' colours on white paper, 3:1 and more on it (WCAG 2.2, 1.4.11), each far from the others for every kind
of colour blindness. The first two are of Okabe and Ito, "Color Universal Design" (2008)."""

DARK: Final[tuple[Rgb, ...]] = (
    (0x56, 0xB4, 0xE9),
    (0xF2, 0x8C, 0x38),
    (0x95, 0x4D, 0xFF),
    (0xF6, 0xF2, 0xA0),
    (0xA8, 0x82, 0x78),
    (0x5C, 0x6C, 0x90),
)
"""The same on a dark ground."""

PAPER_LIGHT: Final[Rgb] = (0xFF, 0xFF, 0xFF)
PAPER_DARK: Final[Rgb] = (0x15, 0x19, 0x1D)

TEXTURES: Final = ("plain", "stripes", "dots", "bars")
"""How a language's voices are told apart, in the order of their names."""


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices of a picture: its languages from the top, each one's colour, and for each voice its texture."""

    languages: tuple[str, ...]
    hues: Mapping[str, int]
    textures: Mapping[tuple[str, str], int]

    def hue(self, language: str) -> int:
        """The place of the language's colour in LIGHT and DARK."""
        return self.hues[primary(language)] % len(LIGHT)

    def lane(self, language: str) -> int:
        """The language's place from the top, wherever it is shown."""
        return self.languages.index(primary(language))

    def texture(self, language: str, voice: str) -> int:
        """The place of the voice's texture in TEXTURES."""
        return self.textures[primary(language), voice] % len(TEXTURES)

    def look(self, language: str, voice: str) -> str:
        """The class of a patch in the voice's colour and texture."""
        return f"v{self.hue(language)}-{self.texture(language, voice)}"


def voices_of(rows: Iterable[Row], known: Iterable[str] = ()) -> Voices:
    """All voices heard in `rows`, by language and name.

    The languages `known` have the first colours in any case, so that all pictures of an edition look alike.
    """
    pairs = sorted({(primary(said.language), said.voice) for row in rows for said in row.speech})
    heard = list(dict.fromkeys(language for language, _ in pairs))
    hues = {language: hue for hue, language in enumerate(dict.fromkeys([*map(primary, known), *heard]))}
    lanes = tuple(sorted(heard, key=hues.__getitem__))
    by_language = {language: [voice for its, voice in pairs if its == language] for language in heard}
    pairs.sort(key=lambda pair: (lanes.index(pair[0]), pair[1]))
    return Voices(lanes, hues, {pair: by_language[pair[0]].index(pair[1]) for pair in pairs})


def primary(language: str) -> str:
    """The language itself, without region: `en` for `en-GB`."""
    return language.partition("-")[0].lower()


def css_colour(colour: Rgb) -> str:
    """The colour as CSS writes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
