"""A channel's own elements beside RSS. Sources: podcastindex.org, "Podcast Namespace"; Apple, "A Podcaster's Guide to
RSS"; RFC 5005, "Feed Paging and Archiving"; W3C, "WebSub", 4.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from feeds.channel import Channel, folder_of
from feeds.episode import Episode
from feeds.frequency import Frequency, frequency_text, recurrence
from feeds.podcasting.tag import ATOM, HISTORY, Tag, explicit, podcast
from feeds.settings import LICENSES
from feeds.text import one_line
from feeds.words import words_for

COVER_PIXELS: Final = 3000
"""The width of every cover that feeds.cover makes."""

VOICES: Final = "voices"
"""Where every page of feeds.page tells about the voices: the id of that part."""

LONGEST: Final = 128
"""Characters of a name or title in this namespace; more may be cut off."""


def show_tags(channel: Channel, episodes: Sequence[Episode]) -> Iterator[Tag]:
    """The elements in the order in which they are written; `episodes` are the feed's."""
    settings = channel.settings
    yield from _links(channel)
    yield explicit(settings.explicit)
    if channel.podcast_guid:
        yield podcast("guid", channel.podcast_guid)
    yield podcast("medium", "podcast")
    yield podcast("locked", "yes" if settings.locked else "no", owner=settings.owner_email)
    if settings.license:
        known = settings.license.upper() in LICENSES  # which the namespace wants in small letters
        yield podcast("license", settings.license.lower() if known else settings.license, url=settings.license_url)
    if settings.funding:
        text = "Soutenir" if words_for(channel.language).language == "fr" else "Support"
        yield podcast("funding", text, url=settings.funding)
    yield from _images(channel)
    for name in dict.fromkeys(name for episode in episodes for name in episode.narrators):
        yield narrator(channel, name)
    yield from _frequency(channel)
    # Not in the specification; what hosts and apps agreed to write where a voice is synthetic.
    yield podcast("txt", "true", purpose="ai-content")


def narrator(channel: Channel, voice: str) -> Tag:
    """A voice as a person of the show, by the same name in every item and every feed.

    Apps take people of one name for one person, so nothing that depends on a language may stand in it. The taxonomy has
    no role for a voice that is nobody's: the address leads to the page's words on the voices, which say that they are
    synthetic; so does the `txt` of every channel and item for programs, and every episode's notes for people.
    """
    about = f"{channel.settings.address(folder_of(channel.page))}#{VOICES}"
    return podcast("person", one_line(voice)[:LONGEST], role="narrator", group="cast", href=about)


def _links(channel: Channel) -> Iterator[Tag]:
    settings = channel.settings
    for relation, path in channel.links:
        attributes = (("href", settings.address(path)), ("rel", relation), ("type", "application/rss+xml"))
        yield Tag(ATOM, "link", attributes=attributes)
    if settings.hub:
        yield Tag(ATOM, "link", attributes=(("href", settings.hub), ("rel", "hub")))
    if channel.archive:
        yield Tag(HISTORY, "archive")
    if channel.whole:
        yield Tag(HISTORY, "complete")


def _images(channel: Channel) -> Iterator[Tag]:
    address = channel.settings.address(channel.image)
    alt = words_for(channel.language).cover_of.format(title=one_line(channel.title))
    facts = {"alt": alt, "aspect-ratio": "1/1", "width": str(COVER_PIXELS), "type": "image/jpeg", "purpose": "artwork"}
    yield podcast("image", href=address, **facts)
    # The element that `image` replaced: there are apps that know only this one.
    yield podcast("images", srcset=f"{address} {COVER_PIXELS}w")


def _frequency(channel: Channel) -> Iterator[Tag]:
    # itunes:complete would say the same to Apple's apps, which then stop asking for the feed: a correction that comes
    # later would never arrive.
    if channel.complete:
        text = "Numéro complet" if words_for(channel.language).language == "fr" else "The whole issue"
        yield podcast("updateFrequency", text, complete="true")
    elif channel.settings.frequency:
        frequency = Frequency(channel.settings.frequency)
        yield podcast("updateFrequency", frequency_text(frequency, channel.language), rrule=recurrence(frequency))
