from pathlib import Path

import pytest

from feeds.rules.sidecars import chapter_starts, cue_ends


@pytest.mark.parametrize("hours", ["9" * 400, "9" * 5000])
def test_a_cue_that_never_ends_is_a_broken_transcript(tmp_path: Path, hours: str) -> None:
    """Anybody's transcript is checked: hours without end are told of, not computed with."""
    path = tmp_path / "a.vtt"
    path.write_text(f"WEBVTT\n\n00:00.000 --> {hours}:00:01.000\nlate\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no time"):
        cue_ends(path)


@pytest.mark.parametrize("time", ["1e999", "NaN", "-Infinity", "9" * 400])
def test_a_moment_that_is_no_number_is_a_broken_file(tmp_path: Path, time: str) -> None:
    """JSON's readers take what is no number for one."""
    segments, chapters = tmp_path / "a.json", tmp_path / "b.json"
    segments.write_text(f'{{"segments": [{{"endTime": {time}}}]}}', encoding="utf-8")
    chapters.write_text(f'{{"chapters": [{{"startTime": {time}}}]}}', encoding="utf-8")
    with pytest.raises(ValueError, match="endTime"):
        cue_ends(segments)
    with pytest.raises(ValueError, match="startTime"):
        chapter_starts(chapters)
