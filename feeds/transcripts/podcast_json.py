"""An episode's transcript as JSON. Source: podcastindex.org, "Transcript File Format Details", version 1.0.0."""

from collections.abc import Iterator

import msgspec

from feeds.reading import Paragraph, Reading
from feeds.transcripts.units import Unit, sentences_of, units_of


def render_json(reading: Reading) -> bytes:
    """The transcript, a segment for each word with its punctuation; the last of a paragraph ends with a line end.

    Beside what the format asks for it says the `language`, and `estimated` where times are (of the file, and of each
    word): readers leave alone what they do not know.
    """
    segments = [segment for paragraph in reading.paragraphs for segment in _segments(paragraph, reading.language)]
    estimated = {"estimated": True} if reading.estimated else {}
    facts = {"version": "1.0.0", "language": reading.language, **estimated, "segments": segments}
    return msgspec.json.encode(facts) + b"\n"


def _segments(paragraph: Paragraph, language: str) -> Iterator[dict[str, object]]:
    sentences = tuple(sentences_of(paragraph))
    for sentence in sentences:
        units = units_of(sentence)
        estimated = {"estimated": True} if any(take.estimated for take in sentence) else {}
        for unit in units:
            last = sentence is sentences[-1] and unit is units[-1]
            yield _segment(unit, language) | estimated | ({"body": unit.text + "\n"} if last else {})


def _segment(unit: Unit, language: str) -> dict[str, object]:
    first = unit.parts[0]
    foreign = {"language": first.language} if first.language != language else {}
    return {"speaker": first.voice, "startTime": unit.start_s, "endTime": unit.end_s, "body": unit.text, **foreign}
