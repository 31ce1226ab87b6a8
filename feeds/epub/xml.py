"""Elements of the XML vocabularies in an EPUB."""

from typing import Any, Final

from lxml import etree

from feeds.text import fit_text

XHTML: Final = "http://www.w3.org/1999/xhtml"
EPUB: Final = "http://www.idpf.org/2007/ops"
OPF: Final = "http://www.idpf.org/2007/opf"
DC: Final = "http://purl.org/dc/elements/1.1/"
SMIL: Final = "http://www.w3.org/ns/SMIL"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE: Final = f"{{{EPUB}}}type"

Element = etree._Element


def document(namespace: str, tag: str, **prefixes: str) -> Element:
    """The root of a document whose own namespace has no prefix."""
    nsmap: dict[Any, str] = {None: namespace, **prefixes}
    return etree.Element(f"{{{namespace}}}{tag}", nsmap=nsmap)


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new child of `parent` in its namespace: `tag` with this text; `_` in an attribute's name stands for `-`."""
    namespace = etree.QName(parent).namespace
    child = etree.SubElement(parent, tag if tag.startswith("{") else f"{{{namespace}}}{tag}")
    child.text = fit_text(text) or None
    for name, value in attributes.items():
        child.set(name.rstrip("_").replace("_", "-"), fit_text(value))
    return child


def speaks(element: Element, language: str) -> None:
    """Mark the element's language, for XML and for HTML."""
    element.set(XML_LANG, language)
    element.set("lang", language)


def say(parent: Element, text: str) -> None:
    """`text` at the end of what is in `parent`."""
    text = fit_text(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def page(title: str, language: str, kind: str, style: str = "style.css") -> tuple[Element, Element]:
    """An XHTML page, and its body; `kind` is the body's epub:type, "" for none."""
    root = document(XHTML, "html", epub=EPUB)
    speaks(root, language)
    head = add(root, "head")
    add(head, "title", title)
    add(head, "link", rel="stylesheet", type="text/css", href=style)
    body = add(root, "body")
    if kind:
        body.set(EPUB_TYPE, kind)
    return root, body


def encoded(root: Element) -> bytes:
    """The document as UTF-8; XHTML with its doctype."""
    doctype = b"<!DOCTYPE html>\n" if etree.QName(root).namespace == XHTML else b""
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + doctype + bytes(data) + b"\n"
