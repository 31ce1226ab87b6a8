import importlib.resources

import pytest
from PIL import ImageFont

from feeds.picture.lettering import ELLIPSIS, fitted, width_of

TEXTS = [
    "The Ice House Opens Its Doors Again",
    "La bibliothèque où l’on emprunte une perceuse",
    "COUNCIL MEETING, 1,234 crates & 56 % more",
    "−16.1 LUFS · 2 min 8 s",
]


@pytest.mark.parametrize("words", TEXTS)
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_words_need_no_more_room_than_is_kept(words: str, weight: str) -> None:
    """In the face of the PNG nothing is wider than its estimate, nor is a third of the room left over."""
    file = importlib.resources.files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.otf"
    real = ImageFont.truetype(str(file), 100).getlength(words) / 100
    assert real < width_of(words, 1, bold=weight == "Bold") < 1.5 * real


def test_ideographs_and_emoji_are_wide() -> None:
    """Each fills a square at least; accents that stand on another letter take no room."""
    assert width_of("東京", 10) >= 20
    assert width_of("🎙", 10) >= 10
    assert width_of("e\u0301", 10) == width_of("e", 10)


def test_what_is_too_wide_is_cut_with_an_ellipsis() -> None:
    """Cut words fit their room; what fits already stays as it is, and where no letter fits there is nothing."""
    for room in range(20, 400, 15):
        cut = fitted(TEXTS[0] * 9, room, 15)
        assert width_of(cut, 15) <= room
        assert cut.endswith(ELLIPSIS) or not cut
    assert fitted("Short", 400, 15) == "Short"
    assert fitted("Short", 3, 15) == ""


def test_an_emoji_is_never_cut_in_two() -> None:
    """A family, a skin tone and an accent of its own stay with what they alter, or go with it."""
    clusters = ["👩‍👩‍👧", "👍🏽", "e\u0301", "🎙️"]
    words = "".join(clusters) * 3
    whole = {"".join((clusters * 3)[:count]) for count in range(13)}
    for room in range(0, 400, 3):
        assert fitted(words, room, 15).removesuffix(ELLIPSIS) in whole
