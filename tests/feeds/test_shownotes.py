from dataclasses import replace

from lxml import etree

from feeds.episode import Episode
from feeds.settings import FeedSettings
from feeds.shownotes import show_notes
from tests.feeds.full import full

PAGE = "https://example.org/audio/2023-04/#g&x"


def test_the_notes_tell_what_a_listener_wants_to_know(episodes: tuple[Episode, ...], settings: FeedSettings) -> None:
    """Standfirst, byline, contents with times that apps make links of, the voices, and where to read, in French."""
    episode = replace(full(episodes[1]), chapters=(("Début", 0.0), ("Suite", 754.9), ("Fin", 3725.0)))
    notes = etree.fromstring(show_notes(episode, PAGE, settings), etree.HTMLParser(encoding="utf-8"))
    root = notes.find("body/div")
    assert root is not None
    assert root.get("lang") == "fr"
    assert ["".join(map(str, item.itertext())) for item in root.iter("li")] == [
        "0:00 Début",
        "12:34 Suite",
        "1:02:05 Fin",
    ]
    texts = ["".join(map(str, paragraph.itertext())) for paragraph in root.iter("p")]
    assert episode.description in texts
    assert "Par Zoé" in texts
    assert "Lu par joe (voix de synthèse), siwis (voix de synthèse)" in texts
    links = {"".join(map(str, link.itertext())): link.get("href") for link in root.iter("a")}
    assert links == {
        f"Lire en écoutant – {episode.title}": PAGE,
        f"Transcription – {episode.title}": settings.address(episode.transcripts[2].path),
    }


def test_what_there_is_not_is_not_announced(episodes: tuple[Episode, ...], settings: FeedSettings) -> None:
    """No empty paragraph, no contents of a single chapter, no narrator without a name."""
    notes = show_notes(episodes[2], PAGE, settings)
    assert notes.count("<p>") == notes.count("<a ") == 1
    assert "<ul>" not in notes
    assert "<p></p>" not in notes


def test_the_notes_are_well_formed(episodes: tuple[Episode, ...], settings: FeedSettings) -> None:
    """XML too, so that nothing is left open when an app puts them into its own page."""
    for episode in episodes:
        etree.fromstring(show_notes(full(episode), PAGE, settings))
