from typing import Any

import av
import pytest

from feeds.picture.rows import row_of


def test_a_row_says_in_seconds_what_the_track_says_in_samples(recorded: Any) -> None:
    """Speech, jingles and chapters lie where the track has them, and the row is as long as the file that is played."""
    track = recorded.track
    row = row_of(track, 1, "The Night & the <Boat>", "en")
    with av.open(str(track.path)) as file:
        samples = sum(frame.samples for frame in file.decode(audio=0))
    assert round(row.seconds * track.sample_rate) == samples
    assert [(said.language, said.voice) for said in row.speech] == [
        (placed.take.segment.language, placed.take.voice) for placed in track.speech
    ]
    for said, placed in zip(row.speech, track.speech, strict=True):
        assert (said.start_s, said.end_s) == pytest.approx((placed.start / 44_100, placed.end / 44_100))
    assert [(music.slot, round(music.end_s * 44_100)) for music in row.jingles] == [
        (placed.slot, placed.end) for placed in track.jingles
    ]
    assert [(mark.title, round(mark.start_s * 44_100)) for mark in row.chapters] == [
        (chapter.title, chapter.start) for chapter in track.chapters
    ]
    assert not row.is_estimated


def test_a_row_has_what_was_measured(recorded: Any) -> None:
    """The two figures are the track's, and there is a step of peak and loudness for every moment of it."""
    row = row_of(recorded.track, 1, "The Night", "en")
    assert row.measured
    assert (row.measured.lufs, row.measured.true_peak_db) == (recorded.track.lufs, recorded.track.true_peak_db)
    assert len(row.measured.peaks) == len(row.measured.loudness)
    assert len(row.measured.peaks) * row.measured.step_s == pytest.approx(row.seconds, abs=row.measured.step_s)


def test_number_nought_is_the_programme(recorded: Any) -> None:
    """The whole issue in one file is known by its number."""
    assert row_of(recorded.track, 0, "May", "en").is_programme
    assert not row_of(recorded.track, 1, "May", "en").is_programme
