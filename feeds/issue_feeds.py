"""An issue's feeds: one with every article, and one for each language where there are several."""

from collections.abc import Iterator

from feeds.channel import Channel
from feeds.podcasting.guid import podcast_guid
from feeds.publication import Publication, PublishedIssue
from feeds.rss import render_feed
from feeds.words import language_name


def issue_feeds(issue: PublishedIssue) -> tuple[tuple[str, str], ...]:
    """Pairs of a language and its feed's path; the first is every article's, whose language is empty."""
    languages = issue.languages if len(issue.languages) > 1 else ()
    each = tuple((language, f"{issue.name}/feed.{language}.xml") for language in languages)
    return (("", f"{issue.name}/feed.xml"), *each)


def render_issue_feeds(publication: Publication, issue: PublishedIssue, cover: str) -> Iterator[tuple[str, bytes]]:
    """Each feed's path and XML. Raises ValueError when the issue has no episode."""
    for language, path in issue_feeds(issue):
        episodes = [episode for episode in issue.episodes if language in ("", episode.language)]
        yield path, render_feed(_channel(publication, issue, cover, language, path), episodes)


def _channel(publication: Publication, issue: PublishedIssue, cover: str, language: str, path: str) -> Channel:
    title = _feed_title(publication.title, issue.title)
    return Channel(
        title=f"{title} ({language_name(language)})" if language else title,
        description=issue.description or publication.description,
        language=language or publication.language,
        path=path,
        page=issue.page,
        image=cover,
        settings=publication.feed,
        generator=publication.generator,
        podcast_guid=podcast_guid(publication.id, issue.identity, language) if publication.id else "",
        whole=True,
        complete=issue.complete,
    )


def _feed_title(publication: str, issue: str) -> str:
    # In an app the feed stands among other podcasts: "April 2023" alone would say nothing there.
    return issue if publication.casefold() in issue.casefold() else f"{publication} – {issue}"
