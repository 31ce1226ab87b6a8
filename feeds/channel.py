"""A channel: what a feed says about itself."""

from dataclasses import dataclass

from feeds.settings import FeedSettings


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says about itself: an issue's, an issue's in one language, the edition's, or a page of that.

    `path`, `page` and `image` are files relative to `public/`: the feed's own, the page people are sent to
    when the publication has no site, and the artwork. `language` is a BCP 47 tag. `generator` names the
    program and its version. Without a `podcast_guid` the feed has none. `links` are pairs of a relation and the
    file that stands in it (`prev-archive`, `next` …). `archive` marks a page of older items that is not added to,
    `whole` a feed that holds every item there is; `complete` says that no more will come.
    """

    title: str
    description: str
    language: str
    path: str
    page: str
    image: str
    settings: FeedSettings
    generator: str
    podcast_guid: str = ""
    links: tuple[tuple[str, str], ...] = ()
    archive: bool = False
    whole: bool = False
    complete: bool = False


def folder_of(page: str) -> str:
    """The address to pass on: https://example.org/2023-04/, which every web server answers with the index."""
    return page.removesuffix("index.html")
