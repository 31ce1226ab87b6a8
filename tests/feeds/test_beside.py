import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from feeds.beside import with_files
from feeds.episode import Episode
from feeds.headers import content_type, is_hashed
from feeds.reading import Reading
from feeds.soundbite import soundbite_of
from tests.narration import narrate

TEXT = """\
+++
headline = "The harbour"
standfirst = "Boats leave before dawn. They are back by noon, when the market opens."
+++

The first boat leaves at five. Nobody waves, and nobody is there to see it go but the gulls.

The second one has a crew of three. It comes back late on most days, and nobody asks why.
"""


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return narrate(tmp_path, TEXT).reading


@pytest.fixture
def episode(episodes: tuple[Episode, ...], reading: Reading) -> Episode:
    return replace(episodes[0], duration_s=reading.seconds, chapters=(("The harbour", 0.0), ("Boats", 9.5)))


def test_every_file_is_named_by_its_content(episode: Episode, reading: Reading) -> None:
    """So each may be kept for ever; the episode names all of them, with the types they will be served as."""
    filled, files = with_files(episode, reading, "2023-04", "The Quay")
    named = {file.path: file.mime_type for file in filled.transcripts}
    assert {*named, filled.chapters_path} == set(files)
    for path, data in files.items():
        assert hashlib.sha256(data).hexdigest()[:10] in path
        assert is_hashed(path)
    for path, mime_type in {**named, filled.chapters_path: "application/json+chapters"}.items():
        assert content_type(path).partition(";")[0] == mime_type
    assert [Path(path).suffix for path in named] == [".vtt", ".json", ".html"]
    assert files[filled.transcripts[0].path].startswith(b"WEBVTT")
    assert json.loads(files[filled.transcripts[1].path])["language"] == "en"
    assert b"back by noon" in files[filled.transcripts[2].path]


def test_the_same_episode_has_the_same_files(episode: Episode, reading: Reading) -> None:
    """And another headline another name for what it stands in, but none for what it does not."""
    before, files = with_files(episode, reading, "2023-04", "The Quay")
    assert with_files(episode, reading, "2023-04", "The Quay") == (before, files)
    after, _ = with_files(replace(episode, title="Other"), reading, "2023-04", "The Quay")
    assert before.transcripts[0] == after.transcripts[0]
    assert before.chapters_path != after.chapters_path


def test_without_a_text_there_is_no_transcript(episode: Episode) -> None:
    """Chapters alone, or nothing."""
    filled, files = with_files(episode, None, "2023-04", "The Quay")
    assert list(files) == [filled.chapters_path]
    assert (filled.transcripts, filled.soundbite) == ((), None)
    assert with_files(replace(episode, chapters=()), None, "2023-04", "The Quay")[1] == {}


def test_the_soundbite_is_the_standfirst(reading: Reading) -> None:
    """It begins with the standfirst's first word and ends with a whole sentence, once it has lasted 15 seconds."""
    found = soundbite_of(reading)
    assert found is not None
    start, duration, text = found
    first = next(sentence for sentence in reading.sentences if sentence.written.startswith("Boats"))
    last = next(sentence for sentence in reading.sentences if sentence.end_s >= start + duration - 0.002)
    assert (start, text) == (first.start_s, "Boats leave before dawn.")
    assert start + duration == pytest.approx(last.end_s, abs=0.002)
    assert duration >= 15
    before = reading.sentences[reading.sentences.index(last) - 1]
    assert before.end_s - start < 15


def test_a_standfirst_is_never_cut(tmp_path: Path) -> None:
    """However long it is, it is said to its end, unless that would be after two minutes."""
    sentence = "Boats leave before dawn and are back by noon, when the market opens. "
    for count, whole in ((6, True), (60, False)):
        text = re.sub('standfirst = ".*"', f'standfirst = "{(sentence * count).strip()}"', TEXT)
        found = soundbite_of(narrate(tmp_path, text).reading)
        assert found is not None
        assert found[1] <= 120
        reading = narrate(tmp_path, text).reading
        end = next(paragraph for paragraph in reading.paragraphs if "Boats" in paragraph.text).sentences[-1].end_s
        assert (found[0] + found[1] == pytest.approx(end, abs=0.002)) == whole


def test_an_article_without_a_text_has_no_soundbite() -> None:
    """A headline alone says too little."""
    assert soundbite_of(Reading((), 3.0, "en")) is None
