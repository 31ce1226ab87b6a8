"""The base of every error that a user is meant to read."""

import os
import re
from enum import IntEnum
from typing import Final

from articles.masking import masked

STEERING: Final = "\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""Characters above a space that steer a terminal or turn its text round, as for a class of a regular expression."""

# What files and their names may hold and a message must not: line ends (but those before our own indented lines),
# characters that steer a terminal or turn its text round, and halves of surrogate pairs, which cannot be printed.
_STEERING = re.compile(f"(?:[\x00-\x09\x0b-\x1f{STEERING}]|\n(?!  ))+")
_HALVES = re.compile("[\ud800-\udfff]")

_LONGEST_MESSAGE = 4000
"""Characters that are told of an error: what is wrong stands at the beginning, and nobody reads a message of a page."""


class ExitCode(IntEnum):
    """What the process returns, as documented in the README."""

    DONE = 0
    ARTICLE_FAILED = 1
    USAGE = 2
    MISSING_VOICE = 3
    UNEXPECTED = 4
    INTERRUPTED = 130


class VivavoceError(Exception):
    """A failure told in one line: what happened and where; `hint` says what to do next. Neither shows a secret.

    Raise the narrowest subclass low down; only the command line catches it.
    """

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, message: str, *, hint: str = "") -> None:
        self.message = message_line(message)
        super().__init__(self.message)
        self.hint = message_line(hint)

    def __str__(self) -> str:
        return f"{self.message} — {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # Errors travel from worker processes; the default would drop the hint.
        return (_rebuild, (type(self), self.message, self.hint))


def plain_line(text: str) -> str:
    """`text` as a terminal can be given it: one line of characters that can be seen, and no passwords."""
    return masked(_HALVES.sub("\ufffd", _STEERING.sub(" ", text)))


def message_line(text: str) -> str:
    """The same, cut where it is longer than a message may be; no secret is left then that could be cut in two."""
    line = plain_line(text)
    return line if len(line) <= _LONGEST_MESSAGE else f"{line[: _LONGEST_MESSAGE - 1]}…"


def system_reason(error: OSError) -> str:
    """What the system refused, and of which file where it says so."""
    where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _rebuild(kind: type[VivavoceError], message: str, hint: str) -> VivavoceError:
    error = kind.__new__(kind)
    VivavoceError.__init__(error, message, hint=hint)
    return error


class ArticleError(VivavoceError):
    """One article cannot be read or spoken; the others can."""

    exit_code = ExitCode.ARTICLE_FAILED


class SettingsError(VivavoceError):
    """`edition.toml`, `issue.toml` or the command line asks for something that cannot be."""

    exit_code = ExitCode.USAGE
