"""What earlier builds left in `public/` and nothing names any more."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from articles.files import remove_file
from feeds.naming import OF_AN_ISSUE, OF_THE_EDITION
from feeds.write import Published

FEEDS_OF_THE_EDITION: Final = ("feed.xml", "feed-*.xml")
"""Feeds go first: whoever reads one finds what it names."""


def remove_old_feeds(public: Path, published: Published) -> tuple[str, ...]:
    """Remove what the edition's feed no longer needs: pages after its last one, and feed.xml where no issue is left.

    The paths removed, relative to `public`; nothing that they name may be removed before. Raises
    articles.files.WriteError.
    """
    return _remove(public, public, FEEDS_OF_THE_EDITION, published.edition)


def remove_leftovers(public: Path, published: Published) -> tuple[str, ...]:
    """Remove feeds, sound, transcripts and chapters that are in no feed any more, such as a withdrawn article's.

    The paths removed, relative to `public`. The feeds must be in place before: whoever reads one finds what it names.
    Raises articles.files.WriteError.
    """
    left = remove_old_feeds(public, published)
    left += _remove(public, public / Path(published.page).parent, OF_AN_ISSUE, published.files)
    left += _remove(public, public, OF_THE_EDITION, published.edition)
    return tuple(sorted(left))


def _remove(public: Path, folder: Path, patterns: Iterable[str], kept: Collection[str]) -> tuple[str, ...]:
    """Remove the files in `folder` of such names, pattern by pattern, but those `kept`; the paths removed."""
    found = [path for pattern in patterns for path in folder.glob(pattern) if path.is_file()]
    left = {path: name for path in found if (name := path.relative_to(public).as_posix()) not in kept}
    for path in left:
        remove_file(path)
    return tuple(left.values())
