"""What a build would change in what listeners have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from audio.jingle import Jingles
from audio.track import Track
from feeds.episode import Episode
from feeds.identity import Change, Changes, Planned, difference
from feeds.published_record import last_published
from feeds.shelf import own_episodes, read_card, read_episodes, read_shelf
from vivavoce.covers import issue_cover
from vivavoce.edition import ISSUE_FILE, Edition, issues_by_date
from vivavoce.heard import clips_heard
from vivavoce.mixer import Mixer
from vivavoce.pieces import Build, Piece
from vivavoce.programme import frames
from vivavoce.publication import description_of, guid_of
from voices.clips import ClipStore


class Before(StrEnum):
    """What a plan is compared with: what was published last, else what was built last, else there is nothing."""

    PUBLISHED = "published"
    BUILT = "built"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a build would change, and in what. `standing` are titles of episodes that stay: their articles fail."""

    changes: Changes
    before: Before
    standing: tuple[str, ...] = ()


def tracks_made(build: Build, pieces: Sequence[Piece], jingles: Jingles) -> dict[int, Track]:
    """By its piece's number each track that is there already, made from this very text, sound and cover.

    Raises SettingsError.
    """
    return _mixer(build, jingles).recall(pieces)


def programme_made(build: Build, pieces: Sequence[Piece], jingles: Jingles) -> Track | None:
    """The programme of the whole issue if it is there already, made from these very pieces. Raises SettingsError."""
    if not (framing := frames(build, pieces)):
        return None
    first, last = framing
    return _mixer(build, jingles).recall_programme((first, *pieces, last))


def _mixer(build: Build, jingles: Jingles) -> Mixer:
    edition = build.edition
    return Mixer(build, ClipStore(edition.state / "clips"), jingles, issue_cover(edition, build.plan))


def changes(build: Build, pieces: Sequence[Piece], tracks: Mapping[int, Track]) -> Difference:
    """The difference between what was last published of the issue and what a build would publish.

    An issue that `vivavoce publish` never sent is compared with what was last built. Raises ShelfError.
    """
    episodes, before = _before(build)
    failed = _failed(build)
    hashes = {episode.guid: episode.sha256 for episode in episodes}
    heard = clips_heard(build.edition.state, _others(hashes.values(), tracks))
    planned = [
        Planned(
            guid=(guid := guid_of(build.edition, build.plan, piece.article)),
            title=piece.article.headline,
            number=piece.number,
            sha256=tracks[piece.number].sha256 if piece.number in tracks else "",
            description=description_of(piece.article),
            author=piece.article.byline,
            same_clips=heard.get(hashes.get(guid, "")) == tuple(order.key for order in piece.all_orders),
        )
        for piece in pieces
    ]
    standing = tuple(episode.title for episode in episodes if episode.guid in failed)
    left = [episode for episode in episodes if episode.guid not in failed]
    return Difference(difference(left, planned), before, standing)


def _failed(build: Build) -> set[str]:
    """The guids of episodes that were built of articles which fail today: a build leaves these episodes as they are."""
    failed = {failure.article for failure in build.failures}
    return {each.guid for each in own_episodes(build.edition.public, build.plan.name) if each.article in failed}


def _others(hashes: Iterable[str], tracks: Mapping[int, Track]) -> set[str]:
    """Those that no track has: only their clips must be looked for."""
    return set(filter(None, hashes)) - {track.sha256 for track in tracks.values()}


def _before(build: Build) -> tuple[Sequence[Episode], Before]:
    public, plan = build.edition.public, build.plan
    published = last_published(build.edition.state, plan.id)
    if published is not None:
        return published, Before.PUBLISHED
    return read_episodes(public, plan.name), Before.BUILT if read_card(public, plan.name) else Before.NOTHING


def orphans(edition: Edition) -> tuple[str, ...]:
    """Published issues that have no folder in issues/ any more, the newest first. Raises ShelfError."""
    names, ids = edition.issue_names(), {plan.id for plan in issues_by_date(edition)}
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


_NOT_PUBLISHED = {
    Before.PUBLISHED: [],
    Before.BUILT: ["not published yet: compared with what was built last"],
    Before.NOTHING: ["neither published nor built yet: all is new"],
}


def change_lines(found: Difference) -> list[str]:
    """For people: what it was compared with where that is not what listeners have, and a line for each change."""
    what = found.changes
    lines = [*_NOT_PUBLISHED[found.before]]
    lines += [f"stays as it was, because its article cannot be read: {title}" for title in found.standing]
    if what.nothing:
        return [*lines, "for listeners, nothing changes"]
    lines += [f"new: {change.title}" for change in what.new]
    lines += [f"changed ({', '.join(change.what)}): {change.title}" for change in what.changed]
    lines += [f"withdrawn: {change.title}" for change in what.withdrawn]
    new = {change.title for change in what.new}
    lines += [
        f'renamed? “{change.title}” stays the same episode with id = "{change.slug}" in the head of its article'
        for change in what.withdrawn
        if change.title in new
    ]
    if any("file" in change.what for change in what.changed):
        lines.append(
            "file: every word is read as before; the file is mixed or labelled anew, and fetched again if it differs"
        )
    return [*lines, *([f"unchanged: {len(what.unchanged)}"] if what.unchanged else [])]


def change_facts(found: Difference) -> dict[str, Any]:
    """For programs."""

    def facts(each: Sequence[Change]) -> list[dict[str, Any]]:
        return [{"guid": change.guid, "title": change.title, "what": list(change.what)} for change in each]

    return {
        "new": facts(found.changes.new),
        "changed": facts(found.changes.changed),
        "unchanged": facts(found.changes.unchanged),
        "withdrawn": facts(found.changes.withdrawn),
        "standing": list(found.standing),
    }
