"""The two classes that feedgen takes as an extension: it makes one Show a feed and one Item an entry."""

from lxml import etree

from feeds.podcasting.tag import ITUNES, PREFIXES, Tag, append


class Show:
    """The channel's part: the elements set as `tags`, written before the first item."""

    def __init__(self) -> None:
        self.tags: tuple[Tag, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """The prefixes that this part needs on the root element."""
        return PREFIXES

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        """The feed with this part's elements in its channel."""
        channel = rss[0]
        for author in channel.findall(f"{{{ITUNES}}}author"):
            channel.append(author)  # after the owner, whose name feedparser 6 else takes for the author's
        append(channel, self.tags)
        return rss


class Item:
    """An episode's part: the elements set as `tags`."""

    def __init__(self) -> None:
        self.tags: tuple[Tag, ...] = ()

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """The item with this part's elements."""
        append(item, self.tags)
        return item
