"""A channel and its episodes as an RSS 2.0 feed; the only file that imports feedgen."""

from collections.abc import Sequence

from feedgen.feed import FeedGenerator

from feeds.channel import Channel, folder_of
from feeds.credits import credited
from feeds.episode import Episode
from feeds.podcasting.extension import Item, Show
from feeds.podcasting.item import item_tags
from feeds.podcasting.show import show_tags
from feeds.settings import FeedSettings
from feeds.shownotes import show_notes
from feeds.text import description_text, one_line

__all__ = ["Channel", "render_feed"]


def render_feed(channel: Channel, episodes: Sequence[Episode]) -> bytes:
    """The feed as UTF-8 XML, episodes in the order given: the same input gives the same bytes.

    So lastBuildDate is the newest episode's date and not the clock's: a feed whose bytes change without news
    makes every app that polls it fetch it again, and a second build would rewrite what it did not change.
    Raises ValueError when there is no episode, or a time without a zone.
    """
    if not episodes:
        raise ValueError("a feed needs at least one episode")
    feed = FeedGenerator()
    feed.load_extension("podcast")  # feedgen's name for the itunes: elements
    feed.register_extension("podcasting", Show, Item, atom=False)
    _describe(feed, channel)
    feed.podcasting.tags = tuple(show_tags(channel, episodes))
    feed.lastBuildDate(max(episode.published for episode in episodes))
    for episode in episodes:
        _add(feed, channel, episode)
    xml: bytes = feed.rss_str(pretty=True)
    return xml


def _describe(feed: FeedGenerator, channel: Channel) -> None:
    settings = channel.settings
    title = one_line(channel.title)
    feed.title(title)
    feed.description(description_text(channel.description) or title)
    feed.language(channel.language)
    feed.link(href=settings.address(channel.path), rel="self", type="application/rss+xml")
    # After the self link: feedgen makes the last one the channel's.
    feed.link(href=settings.link or settings.address(folder_of(channel.page)), rel="alternate")
    feed.generator(one_line(channel.generator))
    if settings.copyright:
        feed.copyright(one_line(settings.copyright))
    feed.podcast.itunes_author(one_line(settings.author))
    feed.podcast.itunes_owner(one_line(settings.owner_name), settings.owner_email)
    feed.podcast.itunes_category(_category(settings))
    feed.podcast.itunes_image(settings.address(channel.image))
    feed.podcast.itunes_type(settings.type.value)


def _add(feed: FeedGenerator, channel: Channel, episode: Episode) -> None:
    settings = channel.settings
    title = one_line(episode.title)
    page = f"{settings.address(folder_of(episode.page or channel.page))}#{episode.guid}"
    entry = feed.add_entry(order="append")
    entry.title(title)
    entry.description(description_text(episode.description) or title)
    entry.content(show_notes(episode, page, settings), type="CDATA")
    entry.link(href=page)
    entry.guid(episode.guid, permalink=False)
    entry.published(episode.published)
    entry.enclosure(settings.address(episode.path), episode.size_bytes, episode.mime_type)
    if episode.section:
        entry.category(term=one_line(episode.section))
    entry.podcast.itunes_author(credited(episode.author) or one_line(settings.author))
    entry.podcast.itunes_duration(max(1, round(episode.duration_s)))
    entry.podcast.itunes_episode(episode.number)
    if episode.season:
        entry.podcast.itunes_season(episode.season)
    entry.podcast.itunes_episode_type("full")
    entry.podcast.itunes_image(settings.address(episode.image or channel.image))
    entry.podcasting.tags = tuple(item_tags(channel, episode))


def _category(settings: FeedSettings) -> dict[str, str]:
    names = {"cat": settings.category}
    return names | {"sub": settings.subcategory} if settings.subcategory else names
