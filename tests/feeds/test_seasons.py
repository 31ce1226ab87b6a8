from datetime import date

from feeds.seasons import season_of
from feeds.shelf import IssueCard


def shelf(**seasons: int) -> list[IssueCard]:
    return [IssueCard(name, "", date(2000, 1, 1), "", 1, 1.0, season=season) for name, season in seasons.items()]


def test_a_new_issue_gets_its_place_among_all() -> None:
    """Whichever is built first: built from nothing in any order, the same numbers come out."""
    issues = ("a", "b", "c", "d")
    assert season_of("d", shelf(), issues) == 4
    assert season_of("a", shelf(d=4), issues) == 1
    assert season_of("c", shelf(d=4, a=1), issues) == 3


def test_an_issue_keeps_its_number() -> None:
    """Even when an older one has come in, and its place is now another."""
    assert season_of("b", shelf(b=1), ("a", "b")) == 1


def test_an_older_issue_takes_nobodys_number() -> None:
    """It gets one that no other has, nor would get by its place."""
    assert season_of("a", shelf(b=1, c=2), ("a", "b", "c")) == 4
    assert season_of("d", shelf(b=1, c=2, a=4), ("a", "b", "c", "d")) == 5


def test_without_a_list_of_issues_it_is_the_next() -> None:
    """The first is 1; an issue whose card has no number yet counts as new."""
    assert season_of("a", shelf()) == 1
    assert season_of("b", shelf(a=3)) == 4
    assert season_of("a", shelf(a=0, b=2)) == 3
