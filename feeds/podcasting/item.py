"""An episode's own elements beside RSS. Sources: podcastindex.org, "Podcast Namespace"; W3C, "Subresource
Integrity".
"""

import base64
from collections.abc import Iterator

from feeds.channel import Channel
from feeds.credits import writers
from feeds.episode import Enclosure, Episode
from feeds.podcasting.show import LONGEST, narrator
from feeds.podcasting.tag import Tag, explicit, podcast
from feeds.text import one_line

CHAPTERS_TYPE = "application/json+chapters"


def item_tags(channel: Channel, episode: Episode) -> Iterator[Tag]:
    """The elements in the order in which they are written."""
    settings = channel.settings
    yield explicit(settings.explicit)
    if episode.season:
        yield podcast("season", str(episode.season), name=one_line(episode.season_name)[:LONGEST])
    yield podcast("episode", str(episode.number))
    for name in writers(episode.author):
        yield podcast("person", name[:LONGEST], role="author", group="writing")
    for voice in episode.narrators:
        yield narrator(channel, voice)
    for file in episode.transcripts:
        # rel: a text that runs with the sound; the page to read has its times, but is no caption file.
        rel = "captions" if file.mime_type != "text/html" else ""
        address = settings.address(file.path)
        yield podcast("transcript", url=address, type=file.mime_type, language=file.language, rel=rel)
    if episode.chapters_path:
        yield podcast("chapters", url=settings.address(episode.chapters_path), type=CHAPTERS_TYPE)
    if episode.soundbite:
        start, duration, title = episode.soundbite
        yield podcast("soundbite", one_line(title)[:LONGEST], startTime=f"{start:.3f}", duration=f"{duration:.3f}")
    yield from _enclosures(channel, episode)
    yield podcast("txt", "true", purpose="ai-content")


def _enclosures(channel: Channel, episode: Episode) -> Iterator[Tag]:
    """The enclosure itself, for the hash that only this element can give, then the same sound in other formats."""
    if episode.sha256:
        own = Enclosure(
            path=episode.path,
            size_bytes=episode.size_bytes,
            mime_type=episode.mime_type,
            bitrate_kbps=0,  # not known here: the file's size counts the cover that is in it too
            sha256=episode.sha256,
        )
        yield _enclosure(channel, own, episode.language, default=True)
    for other in episode.alternates:
        yield _enclosure(channel, other, episode.language, default=False)


def _enclosure(channel: Channel, sound: Enclosure, language: str, *, default: bool) -> Tag:
    source = podcast("source", uri=channel.settings.address(sound.path))
    inside = (source, podcast("integrity", type="sri", value=_sri(sound.sha256))) if sound.sha256 else (source,)
    return podcast(
        "alternateEnclosure",
        "",
        *inside,
        type=sound.mime_type,
        length=str(sound.size_bytes),
        bitrate=str(sound.bitrate_kbps * 1000) if sound.bitrate_kbps else "",
        lang=language,
        default="true" if default else "",
    )


def _sri(sha256: str) -> str:
    return "sha256-" + base64.b64encode(bytes.fromhex(sha256)).decode()
