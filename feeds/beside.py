"""What lies beside an episode's sound: its transcripts and its chapters, each named by its content's hash."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from feeds.chapters import render_chapters
from feeds.episode import Episode, TranscriptFile
from feeds.naming import hashed_name
from feeds.reading import Reading
from feeds.soundbite import soundbite_of
from feeds.transcripts.podcast_html import render_html
from feeds.transcripts.podcast_json import render_json
from feeds.transcripts.vtt import render_vtt


def with_files(
    episode: Episode, reading: Reading | None, issue: str, publication: str
) -> tuple[Episode, dict[str, bytes]]:
    """The episode with the files beside it named, and those files: their content by path relative to `public/`.

    `issue` is the issue's folder, `publication` the publication's name. Without a reading there is no transcript, and
    what the episode says of its own stays.
    """
    stem = PurePosixPath(episode.path).name.partition(".")[0]
    files: dict[str, bytes] = {}

    def add(folder: str, suffix: str, data: bytes) -> str:
        path = f"{issue}/{folder}/{hashed_name(stem, data, suffix)}"
        files[path] = data
        return path

    if episode.chapters:
        chapters = add("chapters", ".json", render_chapters(episode, publication))
        episode = replace(episode, chapters_path=chapters)
    if reading:
        transcripts = tuple(
            TranscriptFile(add("transcripts", suffix, data), mime_type, episode.language)
            for suffix, mime_type, data in _transcripts(reading, episode.title)
        )
        episode = replace(episode, transcripts=transcripts, soundbite=episode.soundbite or soundbite_of(reading))
    return episode, files


def _transcripts(reading: Reading, title: str) -> Iterator[tuple[str, str, bytes]]:
    # Apps take the first one that they know.
    yield ".vtt", "text/vtt", render_vtt(reading).encode()
    yield ".json", "application/json", render_json(reading)
    yield ".html", "text/html", render_html(reading, title).encode()
