"""Imported articles into an issue's folder: numbered files, each written once, none that was edited overwritten."""

import itertools
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from articles.canonical import canonical_text
from articles.characters import composed
from articles.files import write_whole
from articles.importers.clean import shortened
from articles.importers.record import Entry, Record, sha256_of
from articles.importers.settle import Imported
from articles.inside import is_inside

SLUG_CHARACTERS = 60
REMARKS = 10
"""How many passages that were left out are kept as comments in the file."""

REMARK_CHARACTERS = 1000
"""How much of each: a build refuses a head that is as long as an article."""

_FILE = re.compile(r"(?P<number>\d+)[-_. ]+(?P<rest>.+\.md)")


class Outcome(StrEnum):
    """What became of an article's file."""

    WRITTEN = "written"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Placed:
    """An article's file, what became of it, and the record with it. `why` explains KEPT in a line."""

    path: Path
    outcome: Outcome
    record: Record
    why: str = ""


def place(article: Imported, source_sha256: str, issue_folder: Path, record: Record, *, force: bool = False) -> Placed:
    """Write `article` as canonical Markdown into `issue_folder`, or find that it is there.

    A file that no longer holds what the import wrote was edited, and stays as it is unless `force`. Raises
    articles.files.WriteError.
    """
    data = text_of(article).encode()
    issue = issue_folder.name
    earlier = record.find(issue, article.source, source_sha256, article.key)
    known_sha = earlier.sha256 if earlier else ""
    path = _earlier_file(earlier, issue_folder) or _same_name(article, issue_folder, record, data)
    outcome = Outcome.WRITTEN
    if path is not None:
        present = sha256_of(path.read_bytes())
        if present == sha256_of(data):
            outcome = Outcome.UNCHANGED
        elif present != known_sha and not force:
            what = "edited since it was imported" if earlier else "there already, and different"
            return Placed(path, Outcome.KEPT, record, f"{what}; --force replaces it")
        else:
            outcome = Outcome.UPDATED
            path = _in_language(path, article.language)
    else:
        path = issue_folder / _new_name(article, issue_folder)
    write_whole(path, data)
    entry = Entry(issue, article.source, source_sha256, article.key, path.name, sha256_of(data))
    return Placed(path, outcome, record.having(entry))


def text_of(article: Imported) -> str:
    """The article's canonical Markdown; how what was left out begins stands in it, for the producer to judge."""
    remarks = []
    if not article.headline:
        remarks.append(f'No headline was found in {article.source}: write headline = "…" above this line.')
    remarks += [
        f"left out ({', '.join(filter(None, (left.place, left.why)))}): {shortened(left.text, REMARK_CHARACTERS)}"
        for left in article.left_out[:REMARKS]
    ]
    return canonical_text(article.blocks, article.language, section=article.section, date=article.date, remarks=remarks)


def slug_of(text: str) -> str:
    """A file name's words for `text`: lower case, accents dropped, letters of any script kept, at most 60 long."""
    letters = composed(text.lower(), "NFKD")
    words = re.findall(r"[^\W_]+", "".join(char for char in letters if not unicodedata.combining(char)))
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > SLUG_CHARACTERS:
            break
        slug = f"{slug}-{word}"[: SLUG_CHARACTERS + 1] if slug else word[:SLUG_CHARACTERS]
    return slug or "article"


def _earlier_file(earlier: Entry | None, folder: Path) -> Path | None:
    """The file of an earlier import, under another number too: a producer re-numbers files to order them."""
    if earlier is None:
        return None
    if (folder / earlier.file).is_file() and is_inside(folder, folder / earlier.file):
        return folder / earlier.file
    rest = _rest(earlier.file)
    return next((path for path in _files(folder) if _rest(path.name) == rest), None)


def _same_name(article: Imported, folder: Path, record: Record, data: bytes) -> Path | None:
    """A file that this article would have written, and that no other import did: the record of it was lost, or its
    import killed before it was recorded, and then `data` may lie under a name that was only chosen beside another.
    """
    rest = f"{_slug(article)}.{article.language}.md"
    files = [(path, record.owner(folder.name, path.name) is None) for path in _files(folder)]
    whole = (path for path, is_unknown in files if is_unknown and path.read_bytes() == data)
    named = ((path, is_unknown) for path, is_unknown in files if _rest(path.name) == rest)
    same = (path for path, is_unknown in named if is_unknown or path.read_bytes() == data)
    return next(itertools.chain(whole, same), None)


def _in_language(path: Path, language: str) -> Path:
    """`path` with the language's suffix; the file under the other one is moved, so that none is left behind."""
    stem = re.sub(r"\.[a-z]{2,3}(?:-[A-Za-z]{2})?$", "", path.stem)
    renamed = path.with_name(f"{stem}.{language}.md")
    if renamed != path and renamed.exists():
        return path
    return path if renamed == path else path.rename(renamed)


def _new_name(article: Imported, folder: Path) -> str:
    """`NN-slug.lang.md`, the number after the highest there is, the slug unlike any other in the issue."""
    numbers = [int(found["number"]) for path in _files(folder) if (found := _FILE.fullmatch(path.name))]
    taken = {re.sub(r"\.[a-z]{2,3}(?:-[A-Za-z]{2})?\.md$|\.md$", "", _rest(path.name)) for path in _files(folder)}
    slug = base = _slug(article)
    count = 2
    while slug in taken:
        slug, count = f"{base}-{count}", count + 1
    return f"{max(numbers, default=0) + 1:02d}-{slug}.{article.language}.md"


def _slug(article: Imported) -> str:
    return slug_of(article.headline or article.name)


def _rest(name: str) -> str:
    found = _FILE.fullmatch(name)
    return found["rest"] if found else name


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.md") if path.is_file()) if folder.is_dir() else []
