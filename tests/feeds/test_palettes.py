import pytest

from feeds.palettes import PALETTES, Palette, contrast, palette_for, wave_heights


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21:1, a colour on itself 1:1, and the threshold grey #767676 on white is 4.54:1."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((9, 9, 9), (9, 9, 9)) == 1
    assert contrast((255, 255, 255), (0x76, 0x76, 0x76)) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_palette_can_be_read(palette: Palette) -> None:
    """Letters stand out at WCAG's enhanced level, and the wave at the level for graphics."""
    assert contrast(palette.ground, palette.ink) >= 7
    assert contrast(palette.ground, palette.accent) >= 3


def test_names_choose_colours_and_wave() -> None:
    """The same names always get the same palette and wave; a year of issues gets several of each."""
    issues = [f"2023-{month:02}" for month in range(1, 13)]
    assert [palette_for("The Quay", issue) for issue in issues] == [palette_for("The Quay", issue) for issue in issues]
    assert len({palette_for("The Quay", issue).name for issue in issues}) >= 4
    assert len({wave_heights(24, "The Quay", issue) for issue in issues}) == 12


def test_a_wave_stays_in_its_band_and_moves() -> None:
    """Each bar can be seen, none is higher than its band, the highest fills it, and they differ."""
    heights = wave_heights(24, "The Quay", "2023-04")
    assert len(heights) == 24
    assert min(heights) > 0.1
    assert max(heights) == 1
    assert len(set(heights)) > 10
