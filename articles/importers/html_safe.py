"""HTML and XML parsed without network, without a document type's files, and without expanding its entities."""

import html
import re

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from articles.importers.clean import without_halves

_NAMED_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE_START = re.compile("<!DOCTYPE", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
ENTITIES = re.compile(rb"<!ENTITY|<\0!\0E\0N\0T\0I\0T\0Y", re.IGNORECASE)
"""A document that declares entities: nothing that is published needs them, and they are how XML attacks work."""


class BrokenMarkup(ValueError):
    """Markup that no parser makes anything of."""


class TextLost(BrokenMarkup):
    """More than libxml2 reads; it ends at the 256th element in one another, or 10 MB in one, and gives what it has."""

    def __init__(self) -> None:
        super().__init__("more than 255 of its elements lie in one another, or one holds more than 10 MB of text")


def parse_html(text: str) -> etree._Element:
    """The tree of an HTML page, forgiving what browsers forgive.

    Raises BrokenMarkup if there is nothing in it, and TextLost where it was not read to its end.
    """
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = document_fromstring(_without_declaration(text).encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise BrokenMarkup(str(error)) from error
    if parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT):
        raise TextLost
    return root


def parse_fragment(text: str) -> etree._Element:
    """The tree of a piece of HTML, such as an entry of a feed. Raises BrokenMarkup."""
    return parse_html(f"<html><body><div>{text}</div></body></html>")


def parse_xhtml(text: str) -> etree._Element:
    """The tree of an XHTML page: as XML if it is well-formed, else as HTML. Raises BrokenMarkup."""
    try:
        return parse_xml(text)
    except BrokenMarkup:
        return parse_html(text)


def parse_xml(text: str) -> etree._Element:
    """The tree of an XML document. Its document type is taken away, and with it every entity that it declares.

    Raises BrokenMarkup when it is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    plain = _without_doctype(_without_declaration(text))
    try:
        return etree.fromstring(_NAMED_ENTITY.sub(_known_entity, plain).encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise BrokenMarkup(str(error)) from error


def _known_entity(found: re.Match[str]) -> str:
    """The letter that HTML's own name for it means; XML knows only five of them."""
    if found[1] in _XML_ENTITIES:
        return found[0]
    letter = html.unescape(found[0])
    return letter if letter != found[0] else ""


def _without_declaration(text: str) -> str:
    """`text` as it can be encoded, and without its XML declaration, whose encoding no longer holds."""
    text = without_halves(text).lstrip("\ufeff")
    declaration = _DECLARATION.match(text)
    return text[declaration.end() :] if declaration else text


def _without_doctype(text: str) -> str:
    """`text` without its document type: the first one, since a second one makes it no XML."""
    start = _DOCTYPE_START.search(text)
    doctype = _DOCTYPE.match(text, start.start()) if start else None
    return text[: doctype.start()] + text[doctype.end() :] if doctype else text
