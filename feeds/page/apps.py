"""Links that open a feed in a podcast app, by the schemes that the apps register."""

from typing import Final
from urllib.parse import quote

APPS: Final = (
    ("Apple Podcasts", "podcast://{bare}"),
    ("AntennaPod", "antennapod-subscribe://{bare}"),
    ("Pocket Casts", "pktc://subscribe/{bare}"),
    ("Overcast", "overcast://x-callback-url/add?url={quoted}"),
    ("Podcast Addict", "podcastaddict://{bare}"),
    ("gPodder", "gpodder://{bare}"),
)
"""Names and links; {bare} is the feed's address without its scheme, {quoted} the whole of it, percent-encoded.

Source: the client list of Podlove's subscribe button, and Apple's `podcast:` beside the older `pcast:`.
"""


def app_links(feed_url: str) -> tuple[tuple[str, str, str], ...]:
    """For each app its name, the link that opens the feed in it, and the pattern that the link was made by."""
    bare, quoted = feed_url.partition("://")[2], quote(feed_url, safe="")
    return tuple((name, pattern.format(bare=bare, quoted=quoted), pattern) for name, pattern in APPS)
