"""What earlier builds left in `public/` and nothing names any more."""

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
_OF_THE_EDITION: Final = ("feed-*.xml", "assets/*")
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


def remove_leftovers(public: Path, published: Published) -> tuple[str, ...]:
    """Remove sound, transcripts, chapters and feeds that are in no feed any more, such as a withdrawn article's.

    The paths removed, relative to `public`. The feeds must be in place before: whoever reads one finds what it names.
    Raises articles.files.WriteError.
    """
    issue = Path(published.page).parent
    found = [path for pattern in _OF_AN_ISSUE for path in (public / issue).glob(pattern)]
    found += [path for pattern in _OF_THE_EDITION for path in public.glob(pattern)]
    kept = {*published.files, *published.edition}
    left = [path for path in found if path.is_file() and path.relative_to(public).as_posix() not in kept]
    for path in left:
        remove_file(path)
    for name in published.superseded:
        remove_issue(public, name)
    return tuple(sorted(path.relative_to(public).as_posix() for path in left))
