"""What is handed over to be published: what all issues share, and one issue."""

from dataclasses import dataclass
from datetime import date

from feeds.episode import Episode
from feeds.page.render import Download, VoiceCredit
from feeds.reading import Reading
from feeds.settings import FeedSettings

HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Publication:
    """What all issues of an edition share.

    `language` is the edition's first; `generator` names the program and its version. Every feed's identity is made
    from the edition's `id`. `issues` are all its issues, published or not, by date: pairs of an id and the folder's
    present name. An issue gets its number in the edition's feed by them.
    """

    title: str
    description: str
    language: str
    feed: FeedSettings
    generator: str
    id: str = ""
    issues: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedIssue:
    """One issue as it is published.

    `name` is its folder in `public/`, `id` what it is known by for ever, `cover` the JPEG's bytes, `episodes` in
    running order with their sound in place. Without a description of its own it has the publication's. `readings` has
    the timed text of each episode, or None; transcripts are made of it. `season` is the issue's number where the editor
    gave one. `complete` says that no article of it is still to come. `downloads` are files of the whole issue.
    """

    name: str
    title: str
    date: date
    cover: bytes
    episodes: tuple[Episode, ...]
    credits: tuple[VoiceCredit, ...] = ()
    description: str = ""
    readings: tuple[Reading | None, ...] = ()
    season: int = 0
    complete: bool = True
    downloads: tuple[Download, ...] = ()
    id: str = ""

    @property
    def identity(self) -> str:
        """What feeds and apps know it by."""
        return self.id or self.name

    @property
    def page(self) -> str:
        """The issue's page, relative to `public/`."""
        return f"{self.name}/{HOME}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its articles, in order of appearance."""
        return tuple(dict.fromkeys(episode.language for episode in self.episodes))
