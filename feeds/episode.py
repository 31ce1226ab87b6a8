"""An episode: one article as published; its guid and its time are made here."""

import json
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

_GUIDS: Final = uuid.UUID("f8e3d6d0-b360-514c-82b2-ea10e7228df7")
"""The name space of this program's episode guids (uuid5 of `vivavoce:episode` among URLs). An app takes an
episode with another guid for another episode, so neither this nor the way names are joined below may ever
change."""

_FIRST_AT: Final = time(5, 0, tzinfo=UTC)
"""When an issue's first episode is dated: by breakfast in Europe it lies in the past (apps hide episodes
dated in the future), and from Montréal eastwards to the date line it falls on the issue's own day."""

_STEP: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The same sound in another format: `path` relative to `public/`, `sha256` of the file in 64 hex digits."""

    path: str
    size_bytes: int
    mime_type: str
    bitrate_kbps: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """The episode's text in one format: `path` relative to `public/`, `language` the episode's."""

    path: str
    mime_type: str
    language: str


@dataclass(frozen=True, slots=True)
class Episode:
    """One article's sound as a feed and a page present it.

    `number` counts from 1 in running order. `published` is aware. `path`, `image` and `chapters_path` are files
    relative to `public/` with forward slashes, not percent-encoded; without an image of its own an episode shows
    the issue's cover. `description` is plain text (the standfirst), `author` the byline as printed, `duration_s`
    in seconds, `chapters` pairs of a title and the second it starts at. `sha256` (64 hex digits) and `lufs` are
    the file's at `path`; `alternates` are the same sound in other formats. `narrators` are the voices' names,
    `section` the part of the magazine. `soundbite` is a few sentences that stand for the whole: where it starts
    and how long it lasts, in seconds, and its text. `season` (from 1; 0 for none) and `season_name` are the issue.
    `page` is the page that shows the episode, a file relative to `public/`; without one it is the feed's own.
    `article` is the name of the file that it was made from, by which a build finds what it published of it before.
    """

    guid: str
    title: str
    description: str
    language: str
    number: int
    published: datetime
    path: str
    size_bytes: int
    duration_s: float
    author: str = ""
    kicker: str = ""
    mime_type: str = "audio/mpeg"
    image: str | None = None
    chapters: tuple[tuple[str, float], ...] = ()
    alternates: tuple[Enclosure, ...] = ()
    transcripts: tuple[TranscriptFile, ...] = ()
    chapters_path: str = ""
    narrators: tuple[str, ...] = ()
    section: str = ""
    soundbite: tuple[float, float, str] | None = None
    season: int = 0
    season_name: str = ""
    sha256: str = ""
    lufs: float | None = None
    page: str = ""
    article: str = ""


def episode_guid(edition_id: str, issue: str, slug: str, language: str) -> str:
    """The episode's identity for ever: a UUID (36 characters) of what names the article, and nothing else.

    `issue` is the issue's id and `slug` the article's, without number; headline, order, address and sound
    can all change, and apps still know the episode as the one they have.
    """
    # NFC, because a Mac spells the é of a file name in two characters and Linux in one.
    names = [unicodedata.normalize("NFC", name) for name in (edition_id, issue, slug, language)]
    return str(uuid.uuid5(_GUIDS, json.dumps(names)))


def publication_times(issue_date: date, count: int) -> tuple[datetime, ...]:
    """`count` aware times on the issue's day, one minute apart: the first article has the earliest.

    Apps differ in how they order: those that follow `serial` go by episode number, 1 first, and a queue
    played from the oldest episode goes by date; both then give the running order, as the feed itself does.
    Readers that list the newest first (gPodder, newsboat) show the issue from its last article up. The other
    direction would put article 1 on top there, but play every issue backwards in apps that go by date.
    `count` is every article of the running order, whether or not its episode could be made, so that a
    repaired one does not move the others.
    """
    first = datetime.combine(issue_date, _FIRST_AT)
    return tuple(first + index * _STEP for index in range(count))
