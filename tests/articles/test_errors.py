import pytest

from articles.errors import SettingsError


@pytest.mark.parametrize("evil", ["\x1b[2J", "\x9b31m", "\x07", "\x08\x08", "\u202e", "\u2066", "\r", "\x00", "\ud800"])
def test_a_message_cannot_steer_a_terminal(evil: str) -> None:
    """Whatever a file's name or text holds: no escape, no control character, nothing that turns text round."""
    error = SettingsError(f"a{evil}b: is wrong", hint=f"rename a{evil}b")
    told = str(error)
    assert evil not in told
    assert told.isprintable()
    told.encode()


def test_a_message_is_one_line_but_for_its_own_indented_ones() -> None:
    """A line end out of a file cannot begin a line that looks like the program's own."""
    assert str(SettingsError("a\nvivavoce: all is well\n  a source")) == "a vivavoce: all is well\n  a source"
