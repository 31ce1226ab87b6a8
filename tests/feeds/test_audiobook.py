import json
import re
from datetime import UTC, date, datetime

from feeds.audiobook import Audiobook, audiobook_manifest
from feeds.episode import Enclosure, Episode, TranscriptFile

EPISODE = Episode(
    guid="g",
    title='Boats & "ships"',
    description="",
    language="en",
    number=1,
    published=datetime(2026, 11, 1, tzinfo=UTC),
    path="2026-11/episodes/01-été.0123456789.mp3",
    size_bytes=1,
    duration_s=61.5,
    alternates=(Enclosure("2026-11/episodes/01.0123456789.opus", 1, "audio/ogg", 48, "a" * 64),),
    transcripts=(TranscriptFile("2026-11/transcripts/01.0123456789.vtt", "text/vtt", "en"),),
)
BOOK = Audiobook(
    identifier="urn:uuid:5b0c9a4e-6f0e-5f62-9d7c-8f8f6f2a7d11",
    title="La Gazette – November 2026",
    language="fr",
    date=date(2026, 11, 1),
    publisher="The newsroom",
    narrators=("joe",),
    address="https://example.org/audio/2026-11/",
    page="2026-11/index.html",
    cover="2026-11/cover.0123456789.jpg",
    synthetic="The voices are synthetic.",
    episodes=(EPISODE,),
)


def test_the_manifest_has_what_the_recommendation_requires() -> None:
    """Context, profile, name and reading order, with the recommended members in the forms that it gives them."""
    facts = json.loads(audiobook_manifest(BOOK))
    assert facts["@context"][:2] == ["https://schema.org", "https://www.w3.org/ns/pub-context"]
    assert facts["conformsTo"] == "https://www.w3.org/TR/audiobooks/"
    assert facts["type"] == "Audiobook"
    assert facts["name"] == BOOK.title
    assert facts["inLanguage"] == ["fr", "en"]
    assert facts["duration"] == "PT61.500S"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", facts["datePublished"])
    assert {resource["rel"] for resource in facts["resources"]} == {"contents", "cover"}


def test_sound_is_listed_in_running_order_beside_the_page() -> None:
    """Addresses are relative to the manifest, percent-encoded, with type, length and name in its language."""
    link = json.loads(audiobook_manifest(BOOK))["readingOrder"][0]
    assert link["url"] == "episodes/01-%C3%A9t%C3%A9.0123456789.mp3"
    assert link["encodingFormat"] == "audio/mpeg"
    assert link["name"] == [{"value": 'Boats & "ships"', "language": "en"}]
    assert [each["url"] for each in link["alternate"]] == [
        "episodes/01.0123456789.opus",
        "transcripts/01.0123456789.vtt",
    ]


def test_the_same_book_gives_the_same_bytes() -> None:
    """No clock, and no order that differs from run to run."""
    assert audiobook_manifest(BOOK) == audiobook_manifest(BOOK)
