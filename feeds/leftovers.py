"""What earlier builds left in `public/` and nothing names any more."""

from pathlib import Path
from typing import Final

from feeds.write import Published

_OF_AN_ISSUE: Final = (
    "episodes/*",
    "programme/*",
    "transcripts/*",
    "chapters/*",
    "assets/*",
    "cover.*.jpg",
    "feed.*.xml",
)
_OF_THE_EDITION: Final = ("assets/*", "feed-*.xml")
"""Only what this program gives such names; whatever else a producer put into the folder is not touched."""


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
    return tuple(sorted(path.relative_to(public).as_posix() for path in left))
