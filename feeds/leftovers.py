"""What earlier builds left in `public/` and nothing names any more."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from articles.files import WriteError, remove_file
from feeds.write import Published

_OF_AN_ISSUE: Final = (
    "feed.*.xml",
    "episodes/*",
    "programme/*",
    "transcripts/*",
    "chapters/*",
    "assets/*",
    "cover.*.jpg",
    "issue.epub",
)
_FEEDS_OF_THE_EDITION: Final = ("feed.xml", "feed-*.xml")
_OF_THE_EDITION: Final = ("assets/*",)
"""Only what this program gives such names; whatever else a producer put into the folder is not touched. Feeds go first:
whoever reads one finds what it names."""


_ONLY_OF_AN_ISSUE: Final = ("feed.xml", "index.html", "publication.json", "build.json")
"""What every build writes anew: it goes only with the issue."""


def remove_issue(public: Path, name: str) -> None:
    """Remove what was published of an issue; what a producer put into its folder stays, and then so does the folder.

    No feed and no page may name it any more. Raises articles.files.WriteError.
    """
    folder = public / name
    # The card first: were the rest left by a kill, nothing would take the folder for an issue.
    paths = [
        folder / "card.json",
        *(path for each in (*_ONLY_OF_AN_ISSUE, *_OF_AN_ISSUE) for path in folder.glob(each)),
    ]
    try:
        for path in paths:
            if path.is_file():
                remove_file(path)
        for emptied in (*sorted({path.parent for path in paths}, reverse=True), folder):
            if emptied.is_dir() and not any(emptied.iterdir()):
                emptied.rmdir()
    except OSError as error:
        raise WriteError(
            f"{folder}: cannot be removed ({error.strerror or error})", hint="check the folder's permissions"
        ) from error


def remove_old_feeds(public: Path, published: Published) -> tuple[str, ...]:
    """Remove what the edition's feed no longer needs: pages after its last one, and feed.xml where no issue is left.

    The paths removed, relative to `public`; nothing that they name may be removed before. Raises
    articles.files.WriteError.
    """
    return _remove(public, public, _FEEDS_OF_THE_EDITION, published.edition)


def remove_leftovers(public: Path, published: Published) -> tuple[str, ...]:
    """Remove feeds, sound, transcripts and chapters that are in no feed any more, such as a withdrawn article's.

    The paths removed, relative to `public`. The feeds must be in place before: whoever reads one finds what it names.
    Raises articles.files.WriteError.
    """
    left = remove_old_feeds(public, published)
    left += _remove(public, public / Path(published.page).parent, _OF_AN_ISSUE, published.files)
    left += _remove(public, public, _OF_THE_EDITION, published.edition)
    for name in published.superseded:
        remove_issue(public, name)
    return tuple(sorted(left))


def _remove(public: Path, folder: Path, patterns: Iterable[str], kept: Collection[str]) -> tuple[str, ...]:
    """Remove the files in `folder` of such names, pattern by pattern, but those `kept`; the paths removed."""
    found = [path for pattern in patterns for path in folder.glob(pattern) if path.is_file()]
    left = {path: name for path in found if (name := path.relative_to(public).as_posix()) not in kept}
    for path in left:
        remove_file(path)
    return tuple(left.values())
