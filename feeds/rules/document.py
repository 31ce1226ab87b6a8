"""A feed as the rules see it: anybody's, read as data and never trusted."""

import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from lxml import etree

NAMESPACES: Final = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "fh": "http://purl.org/syndication/history/1.0",
}

Element = etree._Element

_PART: Final = re.compile(r"[0-9]{1,15}(?:\.[0-9]*)?")


class NotAFeedError(Exception):
    """The bytes are no RSS feed; `line` is where that shows, 0 for the file as a whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Found:
    """Something to tell about a feed, and the line it is about."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class FeedDocument:
    """An RSS feed: `name` is what to call it, `prefixes` the namespaces its root declares."""

    name: str
    channel: Element
    prefixes: frozenset[str]
    encoding: str

    @property
    def items(self) -> list[Element]:
        """Its episodes in document order."""
        return self.channel.findall("item")


def read_document(data: bytes, name: str) -> FeedDocument:
    """The feed in `data`. Entities, DTDs and addresses in it are never followed. Raises NotAFeedError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotAFeedError(f"not well-formed XML: {error.msg}", error.lineno or 0) from error
    except ValueError as error:
        raise NotAFeedError(f"not XML: {error}") from error
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise NotAFeedError("not an RSS feed: there is no <rss> with a <channel>", line_of(root))
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    return FeedDocument(name, channel, frozenset(root.nsmap.values()), encoding)


def all_of(parent: Element, tag: str) -> list[Element]:
    """The children called `tag` (`itunes:image`, `title`)."""
    return parent.findall(tag, NAMESPACES)


def one_of(parent: Element, tag: str) -> Element | None:
    """The first child called `tag`."""
    return parent.find(tag, NAMESPACES)


def text_of(parent: Element, tag: str) -> str:
    """The text of the first child called `tag`, trimmed; "" when there is none."""
    return (parent.findtext(tag, "", NAMESPACES) or "").strip()


def line_of(element: Element) -> int:
    """The line of the file on which the element begins."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def called(item: Element) -> str:
    """An episode as a message names it."""
    title = text_of(item, "title")
    return f"“{title[:60]}”" if title else "an episode without a title"


def missing(parent: Element, tags: tuple[str, ...], what: str) -> Iterator[Found]:
    """A line for each of `tags` that `parent` lacks or leaves empty."""
    for tag in tags:
        element = one_of(parent, tag)
        if element is None:
            yield Found(line_of(parent), f"{what} has no <{tag}>")
        elif not (element.attrib or len(element) or (element.text or "").strip()):
            yield Found(line_of(element), f"<{tag}> of {what} is empty")


def is_web_address(address: str) -> bool:
    """Whether `address` is an absolute http or https address in ASCII."""
    try:
        parts = urllib.parse.urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and address.isascii() and " " not in address


def path_in(address: str) -> str:
    """The path that a web address names, percent-decoded; "" where it is no address."""
    try:
        return urllib.parse.unquote(urllib.parse.urlsplit(address).path)
    except ValueError:
        return ""


def whole_number(written: str) -> int | None:
    """A whole number in plain digits, as apps read it; None for anything else, and for one beyond all use."""
    return int(written) if re.fullmatch("[0-9]{1,9}", written) else None


def seconds_of(written: str) -> float:
    """A duration as feeds write it (`754`, `12:34`, `1:02:03`) in seconds; 0 for anything else."""
    parts = written.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(map(_PART.fullmatch, parts)):
        return 0.0
    seconds = 0.0
    for part in parts:
        seconds = 60 * seconds + float(part)
    return seconds


def moment_of(written: str) -> float | None:
    """A date as e-mail writes it (RFC 5322) in seconds since 1970; None for what is no date."""
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
