"""An element of a feed as a value, and the names of the vocabularies that elements come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

ATOM: Final = "http://www.w3.org/2005/Atom"
HISTORY: Final = "http://purl.org/syndication/history/1.0"
ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST: Final = "https://podcastindex.org/namespace/1.0"

PREFIXES: Final = {"fh": HISTORY, "podcast": PODCAST}
"""What has to be declared at the root beside feedgen's own prefixes."""


@dataclass(frozen=True, slots=True)
class Tag:
    """An element: its vocabulary and name, its text, its attributes in order, and the elements inside it."""

    space: str
    name: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    inside: tuple["Tag", ...] = ()


def podcast(name: str, text: str = "", /, *inside: Tag, **attributes: str) -> Tag:
    """An element of the podcast: namespace; attributes that are empty are left out."""
    return Tag(PODCAST, name, text, tuple((key, value) for key, value in attributes.items() if value), inside)


def explicit(value: bool) -> Tag:
    """`true` or `false`, as Apple's guide has it: feedgen knows only yes, no and clean, and `no` fails validators."""
    return Tag(ITUNES, "explicit", "true" if value else "false")


def append(parent: etree._Element, tags: Iterable[Tag]) -> None:
    """Put the elements into `parent`, after what is there, in the order given."""
    for tag in tags:
        element = etree.SubElement(parent, f"{{{tag.space}}}{tag.name}", dict(tag.attributes))
        if tag.text:
            element.text = tag.text
        append(element, tag.inside)
