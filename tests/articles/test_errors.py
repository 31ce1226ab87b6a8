import pickle

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


def test_a_message_is_no_longer_than_anybody_reads() -> None:
    """What is wrong stands at its beginning; what a file repeats in it is cut behind where secrets are masked."""
    error = SettingsError(f"edition.toml:3: epub is “{'word ' * 2000}”", hint=f"not {'https://a:hunter2@b ' * 1000}")
    assert len(error.message) == len(error.hint) == 4000
    assert error.message.startswith("edition.toml:3: epub is “word word")
    assert error.message.endswith("…")
    assert "hunter" not in error.hint
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
