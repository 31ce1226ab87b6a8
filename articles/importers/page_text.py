"""Text as copied from a web page or a PDF: nothing marked, everything in its printed order."""

from dataclasses import replace

from articles.importers.draft import Draft
from articles.importers.head import recognise
from articles.importers.lines import passages_of
from articles.importers.source import Source, decode


def read(source: Source) -> list[Draft]:
    """The one article of a text file. Raises ImportRefused where it is not text."""
    decoded = decode(source)
    draft = recognise(passages_of(decoded.text), source.path.stem)
    if not draft.passages:
        raise source.refused("there are no words in it", "copy the article again")
    return [replace(draft, notes=(*decoded.notes, *draft.notes))]
