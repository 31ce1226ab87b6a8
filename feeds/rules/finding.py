"""A rule, and what it finds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, ParamSpec

from articles.errors import message_line
from feeds.rules.document import Found
from feeds.text import one_line

P = ParamSpec("P")


class Severity(StrEnum):
    """How grave a finding is: an `error` makes apps refuse or show something wrong; a `warning` loses listeners."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule(Generic[P]):
    """A check by its name (`apple/required`), and how grave it is when it finds something."""

    name: str
    severity: Severity
    check: Callable[P, Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a file: `line` counts from 1 and is 0 for the file as a whole.

    `message` is one line, whatever the file's own words are: without line ends, secrets in addresses, and characters
    that steer a terminal.
    """

    rule: str
    severity: Severity
    file: str
    line: int
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", message_line(one_line(self.message)))


def findings(rules: Iterable[Rule[P]], file: str, *args: P.args, **kwargs: P.kwargs) -> Iterator[Finding]:
    """What the rules say about one file, in their order; the other arguments are what they look at."""
    for rule in rules:
        for found in rule.check(*args, **kwargs):
            yield Finding(rule.name, rule.severity, file, found.line, found.message)
