import json
from dataclasses import replace

from feeds.chapters import render_chapters
from feeds.episode import Episode


def test_chapters_cover_the_episode_without_a_gap(episodes: tuple[Episode, ...]) -> None:
    """Each ends where the next begins and the last with the episode, in seconds; version and names are given."""
    episode = replace(
        episodes[0], chapters=(("Headline", 0.0), ("Two\n& three", 12.3456), ("Late", 100.0)), duration_s=126.4
    )
    facts = json.loads(render_chapters(episode, "The Quay"))
    assert facts["chapters"] == [
        {"startTime": 0.0, "endTime": 12.346, "title": "Headline"},
        {"startTime": 12.346, "endTime": 100.0, "title": "Two & three"},
        {"startTime": 100.0, "endTime": 126.4, "title": "Late"},
    ]
    assert (facts["version"], facts["title"], facts["podcastName"]) == ("1.2.0", "A new harbour", "The Quay")
    assert facts["author"] == "Jane Doe"


def test_an_article_without_a_byline_has_no_author(episodes: tuple[Episode, ...]) -> None:
    """An empty name would be shown as one."""
    assert "author" not in json.loads(render_chapters(episodes[2], "The Quay"))
