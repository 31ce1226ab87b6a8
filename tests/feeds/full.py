"""An episode of which everything is known."""

from dataclasses import replace

from feeds.episode import Enclosure, Episode, TranscriptFile

SHA256 = "0f" * 32


def full(episode: Episode, issue: str = "2023-04", season: int = 7) -> Episode:
    """The episode with a value in every field."""
    stem = f"{episode.number:02}-{episode.language}"
    text = f"{issue}/transcripts/{stem}.0123456789"
    return replace(
        episode,
        author=episode.author or "By Ann Example & Co",
        kicker="Town <hall>",
        chapters=(("Start", 0.0), ("A & B < C", 62.5)),
        alternates=(
            Enclosure(f"{issue}/episodes/{stem}.1123456789.m4a", 900_001, "audio/mp4", 64, "1a" * 32),
            Enclosure(f"{issue}/episodes/{stem}.2123456789.opus", 500_002, "audio/ogg", 32, "2b" * 32),
        ),
        transcripts=(
            TranscriptFile(f"{text}.vtt", "text/vtt", episode.language),
            TranscriptFile(f"{text}.json", "application/json", episode.language),
            TranscriptFile(f"{text}.html", "text/html", episode.language),
        ),
        chapters_path=f"{issue}/chapters/{stem}.0123456789.json",
        narrators=("joe", "siwis"),
        section="Town & country",
        soundbite=(1.25, 17.5, "Boats & nets."),
        season=season,
        season_name='April "2023" & more',
        sha256=SHA256,
        lufs=-16.02,
    )
