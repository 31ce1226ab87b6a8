"""What feedgen cannot write: itunes:explicit as `true` or `false`, and the podcast: namespace.

The two classes are registered with a feed as one extension; feedgen makes one Show per feed and one Item per
entry, and calls them back with the elements it has written. Sources: Apple, "A Podcaster's Guide to RSS";
podcastindex.org, "Podcast Namespace".
"""

import uuid
from typing import Final

from lxml import etree

ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST: Final = "https://podcastindex.org/namespace/1.0"

_PODCASTS: Final = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space that podcastindex.org gives for podcast:guid."""


def podcast_guid(feed_url: str) -> str:
    """A podcast's identity, made from the address it is first published at: a UUID (36 characters).

    It belongs to the podcast, not to the address: make it once, keep it, and hand the kept one to every later
    build.
    """
    return str(uuid.uuid5(_PODCASTS, feed_url.partition("://")[2].rstrip("/")))


class Show:
    """The channel's part: its guid (left out when empty), medium, and explicit."""

    def __init__(self) -> None:
        self.guid = ""
        self.explicit = False

    def extend_ns(self) -> dict[str, str]:
        """The prefix that this part needs on the root element."""
        return {"podcast": PODCAST}

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        """The feed with this part's elements in its channel."""
        channel = rss[0]
        for author in channel.findall(f"{{{ITUNES}}}author"):
            channel.append(author)  # after the owner, whose name feedparser 6 else takes for the author's
        _explicit(channel, self.explicit)
        if self.guid:
            etree.SubElement(channel, f"{{{PODCAST}}}guid").text = self.guid
        etree.SubElement(channel, f"{{{PODCAST}}}medium").text = "podcast"
        return rss


class Item:
    """An episode's part: explicit, which Apple reads per episode too."""

    def __init__(self) -> None:
        self.explicit = False

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """The item with this part's elements."""
        _explicit(item, self.explicit)
        return item


def _explicit(parent: etree._Element, explicit: bool) -> None:
    # Apple's guide gives true and false; feedgen knows only yes, no and clean, and `no` fails validators.
    etree.SubElement(parent, f"{{{ITUNES}}}explicit").text = "true" if explicit else "false"
