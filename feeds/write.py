"""An issue's files and its edition's written into `public/`, each file whole, what names others after them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from articles.files import write_whole
from feeds.archive import FEED
from feeds.audiobook import MANIFEST_NAME, Audiobook, audiobook_manifest
from feeds.beside import with_files
from feeds.edition_files import render_edition_feeds, render_edition_page_files, without_episodes
from feeds.issue_feeds import issue_feeds, render_issue_feeds
from feeds.naming import hashed_name
from feeds.page.assets import FOLDER, page_assets
from feeds.page.render import IssuePage, render_issue_page
from feeds.podcasting.guid import podcast_guid
from feeds.publication import HOME, Publication, PublishedIssue
from feeds.seasons import season_of
from feeds.shelf import CARD_FORMAT, CARD_NAME, IssueCard, card_bytes, read_shelf
from feeds.words import words_for

__all__ = ["HOME", "Publication", "Published", "PublishedIssue", "publish_edition", "publish_issue"]


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did, as paths relative to `public/`.

    `files` are those that now belong to the issue, sound included: what else lies in its folder is no longer
    named by any page or feed. `edition` are the edition's own. `changed` are those written this time, of both.
    `waiting` are the names of issues that must be built again before the edition's feed has them. `superseded` are
    folders in which issues were published before they were renamed, and no longer are: no feed and no page of the
    edition names them.
    `unread` are files of the edition that were left alone without a look at all that is in them.
    """

    files: tuple[str, ...]
    changed: tuple[str, ...]
    feed: str
    page: str
    edition: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def publish_issue(
    public: Path, publication: Publication, issue: PublishedIssue, untouched: Collection[str] = ()
) -> Published:
    """Write the issue's cover, transcripts, chapters, page, feeds and card, and then the edition's page and its feed;
    same input, no writing.

    Of the edition's files, only those called `untouched` may be left unread. The sound must be in place before: the
    feed names it, and whoever reads the feed fetches it. Raises articles.files.WriteError, feeds.shelf.ShelfError, and
    ValueError when the issue has no episode.
    """
    shelf = read_shelf(public)
    cover = f"{issue.name}/{hashed_name('cover', issue.cover, '.jpg')}"
    folders = {**dict(publication.issues), issue.identity: issue.name}
    season = season_of(issue.identity, shelf, tuple(identity for identity, _ in publication.issues))
    issue, beside = _filled(publication, issue, season)
    # Everything that can fail on the values comes before the first file.
    feeds = dict(render_issue_feeds(publication, issue, cover))
    page = render_issue_page(_issue_page(publication, issue, cover)).encode()
    card = _card(issue, cover)
    assets = {f"{issue.name}/{FOLDER}/{asset.name}": asset.data for asset in page_assets()}
    first = {cover: issue.cover} | beside | assets | {issue.page: page}
    first |= {f"{issue.name}/{MANIFEST_NAME}": audiobook_manifest(_audiobook(publication, issue, cover))}
    # With its card it is on the shelf, and any build's edition names its feeds: they are there before.
    files = {**first, **dict(reversed(feeds.items())), f"{issue.name}/{CARD_NAME}": card_bytes(card, issue.episodes)}

    changed = _write(public, files.items())
    shelf = read_shelf(public)
    superseded = _superseded(shelf, folders)
    shelf = tuple(card for card in shelf if card.name not in superseded)
    own = _write(public, render_edition_page_files(publication, shelf))
    edition = _write(public, render_edition_feeds(public, publication, shelf, untouched))
    return Published(
        files=(*_placed(issue), *files),
        changed=_new(changed | own | edition),
        feed=issue_feeds(issue)[0][1],
        page=issue.page,
        edition=(*own, *edition),
        waiting=without_episodes(shelf),
        superseded=superseded,
        unread=_unread(edition),
    )


def publish_edition(
    public: Path, publication: Publication, without: Collection[str] = (), untouched: Collection[str] = ()
) -> Published:
    """Write only the edition's own files anew, from the issues that are in `public` but those called `without`.

    Only those called `untouched` may be left unread. Where no issue is left there is no feed: `feed` is "". Raises
    articles.files.WriteError and feeds.shelf.ShelfError.
    """
    shelf = read_shelf(public)
    superseded = _superseded(shelf, dict(publication.issues))
    shelf = tuple(card for card in shelf if card.name not in (*superseded, *without))
    written = _write(public, render_edition_page_files(publication, shelf))
    written |= _write(public, render_edition_feeds(public, publication, shelf, untouched))
    return Published(
        files=(),
        changed=_new(written),
        feed=FEED if FEED in written else "",
        page=HOME,
        edition=tuple(written),
        superseded=superseded,
        unread=_unread(written),
    )


def _superseded(shelf: Sequence[IssueCard], folders: Mapping[str, str]) -> tuple[str, ...]:
    """The folders of issues that are on the shelf under their present names, too: those of `folders`, by identity.

    A build that is killed after a renaming leaves an issue in both, and the next build may be of another issue.
    """
    there = {(card.identity, card.name) for card in shelf}
    present = ((card.name, (card.identity, folders.get(card.identity))) for card in shelf)
    return tuple(name for name, now in present if now in there and now[1] != name)


def _write(public: Path, files: Iterable[tuple[str, bytes | None]]) -> dict[str, bool | None]:
    """By path, in the order of writing, whether the file is new or another than before; None for one left unread."""
    return {path: None if data is None else write_whole(public / path, data) for path, data in files}


def _new(written: dict[str, bool | None]) -> tuple[str, ...]:
    return tuple(path for path, new in written.items() if new)


def _unread(written: dict[str, bool | None]) -> tuple[str, ...]:
    return tuple(path for path, new in written.items() if new is None)


def _filled(publication: Publication, issue: PublishedIssue, season: int) -> tuple[PublishedIssue, dict[str, bytes]]:
    """The issue with everything an episode says about itself, and the files that lie beside its episodes."""
    readings = issue.readings or (None,) * len(issue.episodes)
    files: dict[str, bytes] = {}
    episodes = []
    for episode, reading in zip(issue.episodes, readings, strict=True):
        filled, beside = with_files(episode, reading, issue.name, publication.title)
        episodes.append(replace(filled, season=issue.season or season, season_name=issue.title))
        files |= beside
    return replace(issue, episodes=tuple(episodes), season=issue.season or season), files


def _placed(issue: PublishedIssue) -> tuple[str, ...]:
    """What is in place already: the sound in every format, pictures of single episodes, files of the whole issue.

    And what lies beside an episode that comes without its reading, as it was published before.
    """
    named = [
        path
        for episode in issue.episodes
        for path in (
            episode.path,
            episode.image,
            episode.chapters_path,
            *(other.path for other in episode.alternates),
            *(transcript.path for transcript in episode.transcripts),
        )
    ]
    named += [download.path for download in issue.downloads]
    return tuple(dict.fromkeys(path for path in named if path))


def _audiobook(publication: Publication, issue: PublishedIssue, cover: str) -> Audiobook:
    narrators = dict.fromkeys(name for episode in issue.episodes for name in episode.narrators)
    return Audiobook(
        identifier=f"urn:uuid:{podcast_guid(publication.id, issue.identity)}",
        title=f"{publication.title} – {issue.title}",
        language=publication.language,
        date=issue.date,
        publisher=publication.feed.author,
        narrators=tuple(narrators),
        address=publication.feed.address(f"{issue.name}/"),
        page=issue.page,
        cover=cover,
        synthetic=words_for(publication.language).synthetic,
        episodes=issue.episodes,
    )


def _issue_page(publication: Publication, issue: PublishedIssue, cover: str) -> IssuePage:
    feed = issue_feeds(issue)[0][1]
    return IssuePage(
        publication=publication.title,
        title=issue.title,
        date=issue.date,
        description=issue.description or publication.description,
        language=publication.language,
        path=issue.page,
        feed=feed,
        home=HOME,
        cover=cover,
        episodes=issue.episodes,
        credits=issue.credits,
        readings=issue.readings,
        feed_url=publication.feed.address(feed),
        page_url=publication.feed.address(f"{issue.name}/"),
        downloads=issue.downloads,
        audiobook=f"{issue.name}/{MANIFEST_NAME}",
        language_feeds=issue_feeds(issue)[1:],
    )


def _card(issue: PublishedIssue, cover: str) -> IssueCard:
    return IssueCard(
        name=issue.name,
        title=issue.title,
        date=issue.date,
        cover=cover,
        articles=len(issue.episodes),
        duration_s=round(sum(episode.duration_s for episode in issue.episodes), 3),
        format=CARD_FORMAT,
        season=issue.season,
        languages=issue.languages,
        feeds=issue_feeds(issue),
        id="" if issue.identity == issue.name else issue.identity,
    )
