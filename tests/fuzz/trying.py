"""What every target shares: a folder for its files, and how any bytes become what it is given."""

import contextlib
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from articles.errors import VivavoceError

LANGUAGES = ("en", "fr")

_FOLDER = tempfile.TemporaryDirectory(prefix="vivavoce-fuzz-")
HERE = Path(_FOLDER.name)
Run = Callable[[bytes], None]


def written(name: str, data: bytes) -> Path:
    """The path of a file that holds `data`."""
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def letters(texts: Iterable[str]) -> str:
    """All that is in `texts` but spaces."""
    return "".join("".join(text.split()) for text in texts)


def unprintable(text: str) -> set[str]:
    """The control characters, halves of pairs and non-characters in `text`; a line feed is none of them."""
    return {char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cs")}


def any_text(data: bytes) -> str:
    """`data` as text; bytes that are no UTF-8 become halves of surrogate pairs, as a careless reader's might."""
    return data.decode("utf-8", "surrogateescape")


def with_answer(run: Run, data: bytes) -> None:
    """Run, and take a VivavoceError for an answer, so that more can be run afterwards."""
    with contextlib.suppress(VivavoceError):
        run(data)
