"""What a build would change in what listeners have: found by guid, because all else about an episode may change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from feeds.episode import Episode


@dataclass(frozen=True, slots=True)
class Planned:
    """An episode as it would be published. `sha256` is its sound's, or empty while that is still to be made.

    `same_clips` is whether every word in it is the reading that is published, as far as that is known.
    """

    guid: str
    title: str
    number: int
    sha256: str = ""
    description: str = ""
    author: str = ""
    same_clips: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One episode's: what of it is another than published (`sound`, `file`, `title`, `place`, `standfirst`, `byline`).

    With `sound` words are read anew; `file` is a file of the same readings: mixed again, or with other tags alone.
    `slug` is what its article was known by, of an episode that is withdrawn.
    """

    guid: str
    title: str
    what: tuple[str, ...] = ()
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """An issue against what is published of it: new, changed and unchanged ones in running order, then those that are
    published and no longer planned.
    """

    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Change, ...]
    withdrawn: tuple[Change, ...]

    @property
    def nothing(self) -> bool:
        """Whether a build would leave all as it is."""
        return not (self.new or self.changed or self.withdrawn)


def difference(published: Sequence[Episode], planned: Sequence[Planned]) -> Changes:
    """The changes that publishing `planned` would bring; `published` are the episodes of the issue's card.

    A file that is still to be made counts as changed: it will have another hash, and so another address.
    """
    known = {episode.guid: episode for episode in published}
    old = [(known[each.guid], each) for each in planned if each.guid in known]
    compared = [Change(each.guid, each.title, tuple(_differences(before, each))) for before, each in old]
    wanted = {each.guid for each in planned}
    return Changes(
        new=tuple(Change(each.guid, each.title) for each in planned if each.guid not in known),
        changed=tuple(change for change in compared if change.what),
        unchanged=tuple(change for change in compared if not change.what),
        withdrawn=tuple(
            Change(each.guid, each.title, slug=PurePosixPath(each.path).name.partition(".")[0])
            for each in published
            if each.guid not in wanted
        ),
    )


def _differences(before: Episode, planned: Planned) -> Iterator[str]:
    if before.sha256 != planned.sha256 or not planned.sha256:
        yield "file" if planned.same_clips else "sound"
    pairs = {
        "title": (before.title, planned.title),
        "place": (before.number, planned.number),
        "standfirst": (before.description, planned.description),
        "byline": (before.author, planned.author),
    }
    for name, (old, new) in pairs.items():
        if old != new:
            yield name
