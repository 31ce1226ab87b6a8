import json

from feeds.reading import Reading
from feeds.transcripts.podcast_json import render_json


def test_segments_are_words_in_order(reading: Reading, printed: str) -> None:
    """Each segment has speaker, times and body, inside the episode; the bodies are the text as it was written."""
    file = json.loads(render_json(reading))
    assert file["version"] == "1.0.0"
    segments = file["segments"]
    assert " ".join(" ".join(segment["body"] for segment in segments).split()) == printed
    reached = 0.0
    for segment in segments:
        assert segment["speaker"] in ("tone-en", "tone-fr")
        assert reached <= segment["startTime"] <= segment["endTime"] <= reading.seconds
        reached = segment["startTime"]
    assert "3 May 2026;" in [segment["body"].strip() for segment in segments]


def test_paragraphs_end_with_a_line_end(reading: Reading) -> None:
    """As in the format's own example, a line end closes each paragraph, and nothing else has one."""
    bodies = [segment["body"] for segment in json.loads(render_json(reading))["segments"]]
    assert sum(body.endswith("\n") for body in bodies) == len(reading.paragraphs)
    assert all("\n" not in body[:-1] for body in bodies)


def test_languages_and_estimates_are_said(reading: Reading, guessed: Reading) -> None:
    """The file has its language, each foreign word its own; estimated times are labelled, file and word."""
    file, guess = json.loads(render_json(reading)), json.loads(render_json(guessed))
    assert file["language"] == "en"
    assert {s["body"]: s.get("language") for s in file["segments"] if s["speaker"] == "tone-fr"}["langue"] == "fr"
    assert "estimated" not in render_json(reading).decode()
    assert guess["estimated"] is True
    assert all(segment["estimated"] for segment in guess["segments"])


def test_the_same_reading_gives_the_same_bytes(reading: Reading) -> None:
    """Nothing in the file comes from a clock or from chance."""
    assert render_json(reading) == render_json(reading)
