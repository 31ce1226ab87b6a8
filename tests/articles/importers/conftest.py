"""What every importer's tests need: a foreign file imported, and what is written of it read back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from articles.importers.formats import import_file
from articles.importers.place import text_of
from articles.importers.settle import Imported
from articles.issue import BlockKind
from articles.markdown import read_article

LANGUAGES = ("en", "fr")

Importing = Callable[..., list[Imported]]


@pytest.fixture
def importing(tmp_path: Path) -> Importing:
    """A function that imports a file of this name and content. What it gives is checked to be read back unchanged."""

    def run(name: str, content: str | bytes, asked: str = "", languages: tuple[str, ...] = LANGUAGES) -> list[Imported]:
        source = tmp_path / "sources" / name
        source.parent.mkdir(exist_ok=True)
        source.write_bytes(content if isinstance(content, bytes) else content.encode())
        articles = import_file(source, languages, asked)
        for article in articles:
            _check_read_back(article, tmp_path / f"01-written.{article.language}.md", languages)
        return articles

    return run


@pytest.fixture
def one(importing: Importing) -> Callable[..., Imported]:
    """A function that imports a file of a single article."""

    def run(name: str, content: str | bytes, asked: str = "", languages: tuple[str, ...] = LANGUAGES) -> Imported:
        (article,) = importing(name, content, asked, languages)
        return article

    return run


def _check_read_back(article: Imported, path: Path, languages: tuple[str, ...]) -> None:
    if not article.headline:
        return
    path.write_text(text_of(article), encoding="utf-8")
    read = read_article(path, languages)
    spaced = [(one.kind, one.language, _spaced(one.text, one.kind)) for one in article.blocks]
    assert [(one.kind, one.language, _spaced(one.text, one.kind)) for one in read.blocks] == spaced
    assert (read.section, read.date) == (article.section, article.date)


def _spaced(text: str, kind: BlockKind) -> str:
    head = (BlockKind.KICKER, BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.BYLINE)
    return " ".join(text.split()) if kind in head else text
