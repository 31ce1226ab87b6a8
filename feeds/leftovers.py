"""What earlier builds left in `public/` and nothing names any more."""

from pathlib import Path
from typing import Final

from articles.files import WriteError
from feeds.write import Published

_OF_AN_ISSUE: Final = (
    "episodes/*",
    "programme/*",
    "transcripts/*",
    "chapters/*",
    "assets/*",
    "cover.*.jpg",
    "issue.epub",
    "feed.*.xml",
)
_OF_THE_EDITION: Final = ("assets/*", "feed-*.xml")
"""Only what this program gives such names; whatever else a producer put into the folder is not touched."""


_ONLY_OF_AN_ISSUE: Final = ("index.html", "feed.xml", "card.json", "publication.json", "build.json")
"""What every build writes anew: it goes only with the issue."""


def remove_issue(public: Path, name: str) -> None:
    """Remove what was published of an issue; what a producer put into its folder stays, and then so does the folder.

    No feed and no page may name it any more. Raises articles.files.WriteError.
    """
    folder = public / name
    # The card first: were the rest left by a kill, nothing would take the folder for an issue.
    paths = [
        folder / "card.json",
        *(path for each in (*_OF_AN_ISSUE, *_ONLY_OF_AN_ISSUE) for path in folder.glob(each)),
    ]
    try:
        for path in paths:
            if path.is_file():
                path.unlink(missing_ok=True)
        for emptied in (*sorted({path.parent for path in paths}, reverse=True), folder):
            if emptied.is_dir() and not any(emptied.iterdir()):
                emptied.rmdir()
    except OSError as error:
        raise WriteError(
            f"{folder}: cannot be removed ({error.strerror or error})", hint="check the folder's permissions"
        ) from error


def remove_leftovers(public: Path, published: Published) -> tuple[str, ...]:
    """Remove sound, transcripts, chapters and feeds that are in no feed any more, such as a withdrawn article's.

    The paths removed, relative to `public`. The feeds must be in place before: whoever reads one finds what it names.
    """
    issue = Path(published.page).parent
    found = [path for pattern in _OF_AN_ISSUE for path in (public / issue).glob(pattern)]
    found += [path for pattern in _OF_THE_EDITION for path in public.glob(pattern)]
    kept = {*published.files, *published.edition}
    left = [path for path in found if path.is_file() and path.relative_to(public).as_posix() not in kept]
    for path in left:
        path.unlink(missing_ok=True)
    for name in published.superseded:
        remove_issue(public, name)
    return tuple(sorted(path.relative_to(public).as_posix() for path in left))
