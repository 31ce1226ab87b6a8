import re

from articles.speech.line import Fired, Hold, Line, Rule

LOUD = Rule("loud", re.compile(".+"), lambda match, _: match[0].upper())
DOTS = Rule("dots", re.compile("(?<=[a-z])(?=[a-z])"), lambda *_: ".")
GONE = Rule("gone", re.compile(r"b c"), lambda *_: "x")


def line() -> Line:
    """`a bc d`, of which `bc` is held and will be said as `held`."""
    return Line.of("a bc d").hold([Hold(2, 4, "held", "test")])


def test_what_is_held_stays_until_it_is_settled() -> None:
    """Rules pass by it and see it as it is written; then it is said, and stands for what was written."""
    assert line().text == "a bc d"
    settled = line().settled()
    assert settled.text == "a held d"
    assert settled.origins[2:6] == ((2, 4),) * 4
    assert settled.settled() == settled
    assert settled.apply(Rule("e", re.compile("e"), lambda *_: "o"), "").text == "a held d"
    assert settled.fired == (Fired("test", "bc", "held"),)


def test_capitals_change_around_what_is_held() -> None:
    """A rule that changes only capitals does so in the free part of what it finds."""
    loud = line().apply(LOUD, "")
    assert loud.text == "A bc D"
    assert loud.fired[-1].rule == "loud"
    assert loud.settled().text == "A held D"


def test_a_change_of_capitals_keeps_each_character_s_origin() -> None:
    """A whole line put into capitals does not forget which word came from which."""
    assert Line.of("ab cd").apply(LOUD, "").origins == Line.of("ab cd").origins


def test_nothing_is_put_into_what_is_held() -> None:
    """A rule that inserts finds no gap inside; between two that stand side by side it does."""
    assert line().apply(DOTS, "").text == "a bc d"
    assert Line.of("abcd").hold([Hold(0, 2, "x", ""), Hold(2, 4, "y", "")]).apply(DOTS, "").text == "ab.cd"
    assert Line.of("abcd").hold([Hold(0, 2, "x", ""), Hold(2, 4, "y", "")]).settled().text == "xy"


def test_a_rule_that_would_swallow_it_is_passed_over() -> None:
    """A match that reaches into what is held changes nothing, and does not count as fired."""
    held = Line.of("ab cd").hold([Hold(3, 5, "held", "test")])
    assert held.apply(GONE, "") == held
    assert Line.of("ab cd").apply(GONE, "").text == "axd"


def test_a_rule_that_changes_only_what_is_held_has_not_fired() -> None:
    """Capitals that may not be changed leave no trace."""
    held = Line.of("bc").hold([Hold(0, 2, "held", "test")])
    assert held.apply(LOUD, "") == held
