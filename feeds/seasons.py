"""Which season an issue is in the edition's feed: a number that it gets once and keeps."""

from collections.abc import Sequence

from feeds.shelf import IssueCard


def season_of(issue: str, shelf: Sequence[IssueCard], issues: Sequence[str] = ()) -> int:
    """The number an issue has on the shelf; a new one's is its place among `issues`, all of the edition by date.

    Issues are named by what they are known by, not by their folders.

    Where that number is taken, because an older issue has come in later, it is one more than the largest: apps have
    filed the episodes of the others under theirs. So an edition built from nothing gets the same numbers again, as
    long as no older issue came in later; an editor who wants to be sure numbers the issues (issue.toml).
    """
    taken = {card.identity: card.season for card in shelf if card.season}
    if issue in taken:
        return taken[issue]
    place = issues.index(issue) + 1 if issue in issues else 0
    if place and place not in taken.values():
        return place
    return max([len(issues), *taken.values()]) + 1 if taken or place else 1
