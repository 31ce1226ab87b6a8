"""Episodes that stay as they were published: of articles that fail in this build, and are still in the issue.

An article with a slip in its head, or whose voice is missing today, has not been withdrawn; listeners keep what they
have until it can be built again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from articles.errors import plain_line
from feeds.episode import Episode, publication_times
from feeds.reading import Reading
from feeds.shelf import own_episodes
from vivavoce.memory import ReadingMemory
from vivavoce.pieces import Build


@dataclass(frozen=True, slots=True)
class Standing:
    """An episode as it was published, at its place in today's order, and its timed text if that is still known."""

    episode: Episode
    reading: Reading | None


def standing(build: Build, memory: ReadingMemory) -> tuple[Standing, ...]:
    """The published episodes of those articles that failed so far, if all their sound lies in public/.

    Raises ShelfError for a damaged card.
    """
    failed = {failure.article for failure in build.failures}
    return tuple(_published(build, failed, memory)) if failed else ()


def files_of(stand: Iterable[Standing]) -> Iterator[str]:
    """The files of these episodes that this build did not look into, as paths relative to public/."""
    for each in stand:
        yield from _sounds(each.episode)
        if each.reading is None:
            yield from (transcript.path for transcript in each.episode.transcripts)


def wordless(build: Build, stand: Iterable[Standing]) -> tuple[str, ...]:
    """Those of these articles whose timed text is no longer known, each named to who watches the build."""
    articles = tuple(plain_line(each.episode.article) for each in stand if each.reading is None)
    for article in articles:
        build.watch.note(
            f"{article}: its timed text is lost; until it can be built, the page is without its words, and the book "
            "without the article"
        )
    return articles


def _published(build: Build, failed: set[str], memory: ReadingMemory) -> Iterator[Standing]:
    public, plan = build.edition.public, build.plan
    before = {episode.article: episode for episode in own_episodes(public, plan.name)}
    times = publication_times(plan.date, len(plan.files))
    for number, path in enumerate(plan.files, 1):
        episode = before.get(path.name) if path.name in failed else None
        if episode and all((public / name).is_file() for name in _sounds(episode)):
            moved = replace(episode, number=number, published=times[number - 1])
            yield Standing(moved, memory.last(episode.guid, episode.sha256))


def _sounds(episode: Episode) -> tuple[str, ...]:
    return (episode.path, *(other.path for other in episode.alternates))
