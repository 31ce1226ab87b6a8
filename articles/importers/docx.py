"""A Word file: its paragraphs by style; the only file that imports mammoth."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from articles.importers.archive import Archive
from articles.importers.arrange import Declared, arrange
from articles.importers.clean import clean
from articles.importers.draft import Draft, Note, Passage
from articles.importers.html_safe import ENTITIES, BrokenMarkup, parse_fragment, parse_xml
from articles.importers.html_tree import pieces_of, tag_of
from articles.importers.source import Source
from articles.issue import BlockKind

# Word's own style names are English in every language version. A producer's own styles are matched by their beginning.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.standfirst:fresh
p[style-name^='Standfirst'] => p.standfirst:fresh
p[style-name^='Chap'] => p.standfirst:fresh
p[style-name^='Kicker'] => p.kicker:fresh
p[style-name^='Surtitre'] => p.kicker:fresh
p[style-name^='Byline'] => p.byline:fresh
p[style-name^='Author'] => p.byline:fresh
p[style-name^='Auteur'] => p.byline:fresh
p[style-name^='Signature'] => p.byline:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name^='Légende'] => p.caption:fresh
p[style-name='List Paragraph'] => ul > li:fresh
"""
_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def read(source: Source) -> list[Draft]:
    """The one article of a DOCX file. Raises ImportRefused for one that is damaged, encrypted, or has no words."""
    archive = Archive(source)
    text = _text_parts(source, archive)
    passages = list(_passages(_html(text, archive)))
    if not passages:
        raise source.refused("there are no words in it", "if its text is in pictures or text boxes, copy it out")
    declared, notes = _declared(archive)
    draft = arrange(passages, source.path.stem, declared)
    return [replace(draft, notes=(*draft.notes, *notes))]


def _text_parts(source: Source, archive: Archive) -> bytes:
    """The file with nothing but its XML parts: none is damaged, none too large, none declares entities."""
    if "word/document.xml" not in archive.names and "[Content_Types].xml" not in archive.names:
        raise archive.damaged()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as checked:
        for name in sorted(name for name in archive.names if name.endswith((".xml", ".rels"))):
            data = archive.read(name) or b""
            if ENTITIES.search(data):
                hint = "open it in Word and save it again"
                raise source.refused("it declares entities, which no Word file does", hint)
            checked.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def _html(text: bytes, archive: Archive) -> str:
    """The document as HTML. Pictures are left out, and files that the document points to are not opened."""
    import mammoth

    no_pictures = mammoth.images.img_element(lambda _: {"src": ""})
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(text), style_map=_STYLES, convert_image=no_pictures, external_file_access=False
        )
    except (KeyError, ValueError, TypeError, AttributeError, OSError, IndexError, SyntaxError, RecursionError) as error:
        raise archive.damaged() from error
    except Exception as error:  # the XML parser's own errors derive from nothing narrower
        if type(error).__module__.split(".")[0] in ("xml", "zipfile", "mammoth"):
            raise archive.damaged() from error
        raise
    return str(result.value)


def _passages(html: str) -> Iterator[Passage]:
    try:
        pieces = pieces_of(parse_fragment(html))
    except BrokenMarkup:
        return
    for number, piece in enumerate(pieces, 1):
        one = replace(piece.passage, place=f"paragraph {number}")
        # A text box's outline or an all-bold list is no list; a list of one is a paragraph that Word indented.
        if one.kind is BlockKind.LIST_ITEM and _is_lonely(piece.element):
            one = one.as_kind(BlockKind.PARAGRAPH)
        yield one


def _is_lonely(element: "object") -> bool:
    parent = element.getparent()  # type: ignore[attr-defined]
    return parent is not None and tag_of(parent) in ("ul", "ol") and len(parent) == 1


def _declared(archive: Archive) -> tuple[Declared, list[Note]]:
    """Title and language from the file's properties. Its author is whoever's computer it was: no byline."""
    data = archive.read("docProps/core.xml")
    if data is None:
        return Declared(), []
    try:
        root = parse_xml(data.decode("utf-8", "replace"))
    except BrokenMarkup:
        return Declared(), []
    title, language, creator = (clean(root.findtext(name) or "") for name in (_TITLE, _LANGUAGE, _CREATOR))
    notes = []
    if creator and not re.fullmatch(r"python-docx|un-named|user|admin\w*", creator, re.IGNORECASE):
        notes.append(Note("byline", f"the file's author is “{creator}”, which may not be the article's", sure=False))
    declared = Declared(language=language, language_from="file properties" if language else "")
    return replace(declared, headline=title, headline_from="file properties", headline_sure=False), notes
