"""What a build would change in what listeners have."""

from collections.abc import Mapping, Sequence
from typing import Any

from audio.jingle import Jingles
from audio.track import Track
from feeds.identity import Change, Changes, Planned, difference
from feeds.published_record import last_published
from feeds.shelf import read_episodes, read_shelf
from vivavoce.covers import issue_cover
from vivavoce.edition import ISSUE_FILE, Edition, issues_by_date
from vivavoce.mixer import Mixer
from vivavoce.pieces import Build, Piece
from vivavoce.publication import description_of, guid_of
from voices.clips import ClipStore


def tracks_made(build: Build, pieces: Sequence[Piece], jingles: Jingles) -> dict[int, Track]:
    """By its piece's number each track that is there already, made from this very text, sound and cover.

    Raises CoverError.
    """
    edition = build.edition
    clips = ClipStore(edition.state / "clips")
    return Mixer(build, clips, jingles, issue_cover(edition, build.plan)).recall(pieces)


def changes(build: Build, pieces: Sequence[Piece], tracks: Mapping[int, Track]) -> Changes:
    """The difference between what was last published of the issue and what a build would publish.

    An edition that `vivavoce publish` never sent is compared with what was last built. Raises ShelfError.
    """
    planned = [
        Planned(
            guid=guid_of(build.edition, build.plan, piece.article),
            title=piece.article.headline,
            number=piece.number,
            sha256=tracks[piece.number].sha256 if piece.number in tracks else "",
            description=description_of(piece.article),
            author=piece.article.byline,
        )
        for piece in pieces
    ]
    before = last_published(build.edition.state, build.plan.id)
    if before is None:
        before = read_episodes(build.edition.public, build.plan.name)
    return difference(before, planned)


def orphans(edition: Edition) -> tuple[str, ...]:
    """Published issues that have no folder in issues/ any more, the newest first. Raises ShelfError."""
    names, ids = edition.issue_names(), issues_by_date(edition)
    return tuple(
        card.name for card in read_shelf(edition.public) if card.name not in names and card.identity not in ids
    )


def orphan_lines(names: Sequence[str]) -> list[str]:
    """For people: what can be done about each."""
    return [
        f"published, but not in issues/: {name}; `vivavoce withdraw {name}` takes it out; if its folder was renamed, "
        f'id = "{name}" in the new folder\'s {ISSUE_FILE} keeps its episodes what they are'
        for name in names
    ]


def change_lines(found: Changes) -> list[str]:
    """For people; one line where nothing changes."""
    if found.nothing:
        return ["for listeners, nothing changes"]
    lines = [f"new: {change.title}" for change in found.new]
    lines += [f"changed ({', '.join(change.what)}): {change.title}" for change in found.changed]
    lines += [f"withdrawn: {change.title}" for change in found.withdrawn]
    new = {change.title for change in found.new}
    lines += [
        f'renamed? “{change.title}” stays the same episode with id = "{change.slug}" in the head of its article'
        for change in found.withdrawn
        if change.title in new
    ]
    return [*lines, f"unchanged: {len(found.unchanged)}"]


def change_facts(found: Changes) -> dict[str, Any]:
    """For programs."""

    def facts(each: Sequence[Change]) -> list[dict[str, Any]]:
        return [{"guid": change.guid, "title": change.title, "what": list(change.what)} for change in each]

    return {
        "new": facts(found.new),
        "changed": facts(found.changed),
        "unchanged": facts(found.unchanged),
        "withdrawn": facts(found.withdrawn),
    }
