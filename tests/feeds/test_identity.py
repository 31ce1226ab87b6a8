from dataclasses import replace

import pytest

from feeds.episode import Episode
from feeds.identity import Change, Planned, difference
from tests.feeds.full import SHA256, full


def planned(episode: Episode, **changes: object) -> Planned:
    facts = {
        "guid": episode.guid,
        "title": episode.title,
        "number": episode.number,
        "sha256": episode.sha256,
        "description": episode.description,
        "author": episode.author,
    }
    return Planned(**facts | changes)  # type: ignore[arg-type]


def test_nothing_changes_when_nothing_did(episodes: tuple[Episode, ...]) -> None:
    """An issue that would be published as it is shows no difference."""
    published = tuple(map(full, episodes))
    changes = difference(published, [planned(episode) for episode in published])
    assert changes.nothing
    assert [change.guid for change in changes.unchanged] == [episode.guid for episode in published]


def test_an_issue_that_was_never_published_is_new(episodes: tuple[Episode, ...]) -> None:
    """Every article, in running order."""
    changes = difference((), [planned(episode) for episode in episodes])
    assert changes.new == tuple(Change(episode.guid, episode.title) for episode in episodes)
    assert not changes.nothing
    assert (*changes.changed, *changes.unchanged, *changes.withdrawn) == ()


def test_each_kind_of_change_is_named(episodes: tuple[Episode, ...]) -> None:
    """Changed sound, or sound still to be made; another headline, place, standfirst, byline; an article out or in."""
    first, second, third = map(full, episodes)
    again = [
        planned(second, number=1, title="Other"),
        planned(first, number=2, sha256="", description="New", author=""),
        planned(replace(third, guid="new")),
    ]
    changes = difference((first, second, third), again)
    assert changes.changed == (
        Change(second.guid, "Other", ("title", "place")),
        Change(first.guid, first.title, ("sound", "place", "standfirst", "byline")),
    )
    assert changes.new == (Change("new", third.title),)
    assert changes.withdrawn == (Change(third.guid, third.title, slug=third.path.rpartition("/")[2].partition(".")[0]),)
    assert difference((first,), [planned(first, sha256=SHA256[::-1])]).changed[0].what == ("sound",)


@pytest.mark.parametrize(
    ("now", "what"),
    [
        ({"sha256": ""}, ("sound",)),
        ({"sha256": "", "same_clips": True}, ("file",)),
        ({"sha256": SHA256[::-1]}, ("sound",)),
        ({"sha256": SHA256[::-1], "same_clips": True}, ("file",)),
        ({"same_clips": True}, ()),
    ],
)
def test_what_is_read_anew_is_told_from_what_is_only_made_anew(
    episodes: tuple[Episode, ...], now: dict[str, object], what: tuple[str, ...]
) -> None:
    """Other readings are another sound, and so is what is not known; of the same readings it is another file."""
    before = full(episodes[0])
    (change,) = [*(found := difference((before,), [planned(before, **now)])).changed, *found.unchanged]
    assert change.what == what
