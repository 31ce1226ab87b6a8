"""What stands where in the picture, read back from its SVG."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from audio.timeline import Slot
from feeds.picture.hues import DARK, LIGHT, css_colour
from feeds.picture.picture import picture_of
from feeds.picture.rows import ChapterMark, Music, Said, row_of
from feeds.picture.sheet import FIGURES, RIGHT
from tests.drawn import SVG, bars, drawn, plain_row, points, quieter, span

HALF_A_BAR = 0.0015


def test_everything_lies_where_it_is_heard() -> None:
    """Speech, jingles, chapters: each is drawn over the part of the row in which it is heard."""
    picture = drawn(plain_row())
    row = picture.row(1)
    assert [span(said) for said in picture.find("said", row)] == [
        pytest.approx((0.05, 0.45), abs=1e-4),
        pytest.approx((0.5, 0.9), abs=1e-4),
    ]
    assert [span(jingle) for jingle in picture.find("jingle", row)] == [
        pytest.approx((0.0, 0.05), abs=1e-4),
        pytest.approx((0.45, 0.5), abs=1e-4),
        pytest.approx((0.95, 1.0), abs=1e-4),
    ]
    assert [span(flag) for flag in picture.find("chapter", row)] == [
        pytest.approx((0.0, 0.0), abs=1e-4),
        pytest.approx((0.5, 0.5), abs=1e-4),
    ]


def test_a_real_track_lies_where_its_samples_are(recorded: Any) -> None:
    """Each take of a finished file is drawn at its samples' share of the whole, to a pixel."""
    track = recorded.track
    picture = drawn(row_of(track, 1, "The Night", "en"))
    pixel = 1 / 760
    said = [span(element) for element in picture.find("said", picture.row(1))]
    for placed, (left, right) in zip(track.speech, said, strict=True):
        assert left == pytest.approx(placed.start / track.samples, abs=pixel)
        assert right == pytest.approx(placed.end / track.samples, abs=pixel)


def test_the_waveform_has_the_colours_and_heights_of_what_is_heard() -> None:
    """English and French bars stand where each is spoken and music's elsewhere; the quiet half is half as high."""
    picture = drawn(plain_row())
    row = picture.row(1)
    full = {
        look: list(bars(element))
        for look in ("w0", "w1", "w-music")
        for element in picture.find(f"bar {look}", row)
        if "pale" not in element.get("class", "")
    }
    for look, start, end in (("w0", 0.05, 0.45), ("w1", 0.5, 0.9)):
        assert min(full[look])[0] == pytest.approx(start, abs=2 * HALF_A_BAR)
        assert max(full[look])[0] == pytest.approx(end, abs=2 * HALF_A_BAR)
    heights = {look: {round(height, 1) for _, height in full[look]} for look in ("w0", "w1")}
    assert len(heights["w0"]) == len(heights["w1"]) == 1
    assert heights["w0"].pop() == pytest.approx(2 * heights["w1"].pop(), rel=0.01)


def test_pale_bars_reach_to_the_peaks() -> None:
    """Where one sample in a bar is high and the others are low, the full bar stays low and a pale one tells of it."""
    row = plain_row(1, 1000)
    assert row.measured
    peaks = [0.2] * len(row.measured.peaks)
    peaks[3000] = 0.8
    picture = drawn(replace(row, measured=replace(row.measured, peaks=tuple(peaks))))
    english = picture.find("bar w0", picture.row(1))
    pale, full = (max(height for _, height in bars(element)) for element in english)
    low = min(height for _, height in bars(english[1]))
    assert pale == pytest.approx(4 * low, rel=0.02)
    assert full == pytest.approx(low * (1 + 3 / 26), rel=0.02)  # a bar is the mean of some 26 steps


def test_the_loudness_lies_in_the_band_or_below_it() -> None:
    """The loud half of the curve is on the target's line, the other 6 LU lower, on the scale of the lane."""
    picture = drawn(plain_row())
    row = picture.row(1)
    (curve,) = picture.find("curve", row)
    target = next(line for line in picture.find("target", row) if span(line) == (0, 1))
    band = next(box for box in picture.find("band", row) if span(box) == (0, 1))
    level = points(target)[0][1]
    tall = float(band.get("height", ""))  # 1 LU
    heights = {round(x, 3): y for x, y in points(curve)}
    xs = sorted(heights)
    assert heights[xs[20]] == pytest.approx(level, abs=0.02)
    assert heights[xs[-20]] == pytest.approx(level + 6 * tall, abs=0.1)
    # The value of a moment tells of the three seconds before it, and is drawn at their middle.
    fall = next(x for x in xs if heights[x] > level + 1)
    assert (fall - 84) / 760 == pytest.approx(0.5 - 0.015 + HALF_A_BAR, abs=2 * HALF_A_BAR)


def test_the_highest_peak_is_marked_with_its_figure() -> None:
    """The mark is over the highest step, and beside it stands what was measured, to a tenth."""
    row = plain_row()
    assert row.measured
    peaks = list(row.measured.peaks)
    peaks[700] = 0.85
    picture = drawn(replace(row, measured=replace(row.measured, peaks=tuple(peaks))))
    mark = next(e for e in picture.find("mark ink", picture.row(1)) if 0.6 < span(e)[0] < 0.8)
    assert sum(span(mark)) / 2 == pytest.approx(0.7005, abs=0.001)
    assert picture.words(picture.row(1)).count("−1.4 dBTP") == 1  # and, with a no-break space, among the figures
    assert "−1.4\u00a0dBTP" in picture.words(picture.row(1))


@pytest.mark.parametrize(("step", "left"), [(480, True), (510, False), (5, False), (990, True)])
def test_the_figure_of_the_peak_keeps_clear_of_chapters_and_ends(step: int, left: bool) -> None:
    """It stands right of its mark, or left of it where a chapter's line or the end of the row would cross it."""
    row = plain_row()
    assert row.measured
    peaks = list(row.measured.peaks)
    peaks[step] = 0.85
    picture = drawn(replace(row, measured=replace(row.measured, peaks=tuple(peaks))))
    (figure,) = (text for text in picture.find("tick ink", picture.row(1)) if text.text == "−1.4 dBTP")
    assert ("end" in figure.get("class", "").split()) is left


def test_languages_differ_in_place_as_well_as_in_colour() -> None:
    """Each language has its lane, the same in every row, and the lane has its name."""
    picture = drawn(plain_row(1), plain_row(2, 50))
    for number in (1, 2):
        english, french = picture.find("said", picture.row(number))
        assert float(french.get("y", "")) - float(english.get("y", "")) == 10
        assert {"EN", "FR"} <= set(picture.words(picture.row(number)))
    assert [e.get("class") for e in picture.find("said", picture.row(1))] == ["said v0-0", "said v1-0"]


def test_each_kind_of_jingle_has_a_shape_of_its_own() -> None:
    """No two of the five have the same outline, nor the same name in the legend."""
    music = tuple(Music(slot, 20.0 * place, 20.0 * place + 5) for place, slot in enumerate(Slot))
    picture = drawn(replace(plain_row(), jingles=music))
    outlines = []
    for slot, element in zip(Slot, picture.find("jingle", picture.row(1)), strict=True):
        assert slot.value in element.get("class", "").split()
        (left, top), *_ = points(element)
        outlines.append(tuple((round(x - left, 1), round(y - top, 1)) for x, y in points(element)))
    assert len(set(outlines)) == len(Slot)
    legend = set(picture.words())
    assert {"intro", "sting between articles", "between languages", "outro", "bed, under speech"} <= legend


def test_a_jingle_says_how_long_it_is() -> None:
    """Beside the jingle where there is room, and together with the next where that follows at once."""
    row = replace(
        plain_row(), jingles=(Music(Slot.INTRO, 0, 4.2), Music(Slot.BED, 4.2, 20), Music(Slot.OUTRO, 95, 100))
    )
    words = drawn(row).words()
    assert "intro 4\u00a0s · bed 16\u00a0s" in words
    assert "outro 5\u00a0s" in words


def test_a_jingle_that_stands_alone_is_named_alone() -> None:
    """What was said of the one before is not said again."""
    jingles = (Music(Slot.INTRO, 0, 4), Music(Slot.STING, 40, 43), Music(Slot.OUTRO, 95, 100))
    words = drawn(replace(plain_row(), jingles=jingles)).words()
    assert {"intro 4\u00a0s", "sting 3\u00a0s", "outro 5\u00a0s"} <= set(words)


def test_the_legend_names_each_language_with_its_voice() -> None:
    """And nothing that does not occur."""
    words = drawn(plain_row()).words()
    assert {"English: joe", "français: siwis"} <= set(words)
    assert "sting between articles" not in words


def test_two_voices_of_a_language_are_told_apart_in_row_and_legend() -> None:
    """The second has stripes; the legend shows the same."""
    row = plain_row()
    speech = (*row.speech, Said("en", "kristin", 92, 94))
    picture = drawn(replace(row, speech=speech))
    looks = [element.get("class") for element in picture.find("said v0-1")]
    assert looks == ["said v0-1", "said v0-1"]  # the legend's, then the row's
    assert picture.root.find(f".//{SVG}pattern[@id='p0-1']") is not None


@pytest.mark.parametrize(
    ("by_db", "words"), [(1.9, "2.0 LU too quiet"), (-1.2, "1.1 LU too loud"), (0.0, "as it should be")]
)
def test_a_row_out_of_tolerance_is_told_at_the_top_and_beside_it(by_db: float, words: str) -> None:
    """In words, by how much; one within it is said to be as it should be."""
    picture = drawn(plain_row(1), quieter(plain_row(2), by_db))
    assert words in picture.words(picture.row(2))
    heading = " ".join(picture.words()[:4])
    if by_db:
        assert "article 2" in heading
        assert "article 1" not in heading
        assert words in heading
    else:
        assert "Every file is as loud as it should be" in heading


def test_a_peak_over_the_limit_is_told() -> None:
    """The figure is in the colour of what is wrong, and so is what the bars reach beyond the limit."""
    row = quieter(plain_row(), 0)
    assert row.measured
    loud = replace(row, measured=replace(row.measured, true_peak_db=-0.4, peaks=(0.95, *row.measured.peaks[1:])))
    picture = drawn(loud)
    assert "peak 0.6 dB too high" in picture.words()
    assert [e.text for e in picture.find("figure warn")] == ["−0.4\u00a0dBTP"]
    ((x, _), _) = bars(picture.find("w-over")[0])
    assert x < 0.01
    assert not drawn(row).find("w-over")


def test_gauges_point_to_the_side_that_is_wrong() -> None:
    """On the gauge at the end of the row what is too quiet lies left of the band, what is too loud right of it."""
    for by_db in (1.5, -1.5, 9.0, -9.0):
        picture = drawn(quieter(plain_row(), by_db))
        row = picture.row(1)
        band = next(box for box in picture.find("band", row) if float(box.get("x", "")) > FIGURES)
        marks = [m for m in picture.find("mark warn", row) if points(m)[0][0] > FIGURES]
        middle = min(x for x, _ in points(marks[0])), max(x for x, _ in points(marks[0]))
        left, right = float(band.get("x", "")), float(band.get("x", "")) + float(band.get("width", ""))
        assert middle[1] < left if by_db > 0 else middle[0] > right


def test_an_estimate_says_so_and_has_no_waveform() -> None:
    """Pale bars at estimated lengths, the word beside the row and at the top, and neither wave, curve nor gauge."""
    picture = drawn(replace(plain_row(), measured=None))
    row = picture.row(1)
    assert "estimated" in picture.words(row)
    assert any("times estimated from the text" in words for words in picture.words())
    assert len(picture.find("said guess", row)) == 2
    for look in ("bar", "curve", "band", "limit"):
        assert not picture.find(look)
    assert "≈\u00a01\u00a0min 40\u00a0s" in picture.words(row)


def test_a_row_known_only_by_its_figures_is_drawn() -> None:
    """Without a profile there is no wave and no curve, but the figures stand."""
    row = plain_row()
    assert row.measured
    picture = drawn(replace(row, measured=replace(row.measured, peaks=(), loudness=())))
    assert "−16.1\u00a0LUFS" in picture.words()
    assert not picture.find("curve", picture.row(1))


def test_chapters_have_their_titles() -> None:
    """In full where there is room, cut where the next one is near; in full when pointed at; the headline only once."""
    chapters = (
        ChapterMark("A new harbour", 0),
        ChapterMark("What the council said about it in the end", 30),
        ChapterMark("Prices", 40),
    )
    picture = drawn(replace(plain_row(), chapters=chapters))
    labels = [element.text or "" for element in picture.find("label ink", picture.row(1))]
    assert len(labels) == 2
    assert labels[0].startswith("What the")
    assert labels[0].endswith("…")
    assert labels[1] == "Prices"
    assert "0:30 What the council said about it in the end" in picture.tips()


def test_a_programme_comes_first_with_its_articles_numbers() -> None:
    """Its chapters carry the numbers of the rows below, also where there is no room for a title."""
    rows = [plain_row(number, 60, f"A story about number {number}") for number in range(1, 26)]
    marks = tuple(ChapterMark(row.title, 60.0 * place) for place, row in enumerate(rows))
    programme = replace(plain_row(0, 1500, "May"), chapters=marks)
    picture = drawn(*rows, programme)
    order = [element.get("class") for element in picture.find("row")]
    assert order == [f"row row-{number}" for number in range(26)]
    labels = [element.text for element in picture.find("label ink", picture.row(0))]
    assert labels == [str(number) for number in range(1, 26)]


HOSTILE = "Council & <b>“Night”</b> ]]> 🎙 東京 \u202e\x00\x0b " + "very long " * 40


def test_any_headline_survives() -> None:
    """300 characters, emoji, & and < give a well-formed document that holds the whole headline, without controls."""
    row = replace(plain_row(title=HOSTILE), chapters=(ChapterMark(HOSTILE, 0), ChapterMark(HOSTILE, 50)))
    picture = drawn(row, title=HOSTILE)
    kept = HOSTILE.replace("\x00", "").replace("\x0b", "").replace("\u202e", "")
    assert picture.root.findtext(f"{SVG}title") == kept
    assert kept in picture.tips(picture.row(1))
    headline = picture.find("head ink", picture.row(1))[0]
    assert (headline.text or "").startswith("Council & <b>“Night”</b> ]]> 🎙 東京")
    assert not list(picture.root.iter(f"{SVG}b"))


def test_the_document_is_fit_for_those_who_cannot_see_it() -> None:
    """It is one image with a title and a description that tells each row, and says its language; text is text."""
    picture = drawn(plain_row(), plain_row(2, 50, "La halle rouvre", "fr"))
    root = picture.root
    assert root.get("role") == "img"
    by_id = {element.get("id"): element.text or "" for element in root}
    assert by_id[root.get("aria-labelledby")] == "The Quay · May 2026"
    told = by_id[root.get("aria-describedby")]
    for fact in (
        "1. A new harbour: 1\u00a0min 40\u00a0s",
        "−16.1\u00a0LUFS",
        "français 0:50",
        "0:50 At noon",
        "2. La halle",
    ):
        assert fact in told
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert root.get(lang) == "en"
    assert picture.find("head ink", picture.row(2))[0].get(lang) == "fr"


def test_it_speaks_french() -> None:
    """Words, decimals and verdict."""
    words = drawn(quieter(plain_row(), 1), language="fr-CA").words()
    assert "−17,1\u00a0LUFS" in words
    assert "Qui parle" in words
    assert any("trop faible de 1,1" in text for text in words)


def test_colours_are_there_for_light_and_dark() -> None:
    """The sheet has each colour of both grounds, the dark ones only for screens that ask: paper stays white."""
    sheet = drawn(plain_row()).root.findtext(f"{SVG}style") or ""
    light, dark = sheet.split("@media screen and (prefers-color-scheme:dark)")
    assert all(css_colour(colour) in light for colour in LIGHT)
    assert all(css_colour(colour) in dark for colour in DARK)


def test_25_articles_and_three_hours_stay_on_the_sheet() -> None:
    """No row overlaps the next, nothing is drawn beyond the right margin, and every row's headline is there."""
    rows = [plain_row(number, 400.0 + number, f"Story {number}") for number in range(1, 26)]
    picture = drawn(plain_row(0, 25 * 413.0, "May"), *rows)
    tops = [points(element)[0][1] for element in picture.find("rule")]
    assert all(after - before > 100 for before, after in pairwise(tops))
    assert {f"Story {number}" for number in range(1, 26)} <= set(picture.words())
    for element in picture.find("said"):
        assert float(element.get("x", "")) + float(element.get("width", "")) <= RIGHT + 0.01
    height = float(picture.root.get("height", ""))
    foot = max(float(e.get("y", "0")) for e in picture.root.iter(f"{SVG}text"))
    assert foot < height - 10


def test_it_is_the_same_bytes_each_time() -> None:
    """Drawn again it is the same file; another figure makes another."""
    rows = [plain_row(), plain_row(2, 50)]

    def svg(*given: Any) -> bytes:
        return picture_of("T", given, -16, 0.5, -1, ("en", "fr")).svg()

    assert svg(*rows) == svg(*rows)
    assert svg(*rows) != svg(rows[0], quieter(rows[1], 0.2))


def test_nothing_to_draw_is_still_a_picture() -> None:
    """An issue without a row, a row without speech, and one of a moment: each is a well-formed document."""
    silent = replace(plain_row(), speech=(), jingles=(), chapters=())
    for rows in ((), (silent,), (plain_row(1, 0.3),)):
        assert ET.fromstring(drawn(*rows).picture.svg()).tag == f"{SVG}svg"
