"""A rule, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from feeds.rules.document import FeedDocument, Found


class Severity(StrEnum):
    """How grave a finding is: an `error` makes apps refuse or show something wrong; a `warning` loses listeners."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """A check by its name (`apple/artwork`), and the part of the standard it comes from."""

    name: str
    severity: Severity
    check: Callable[[FeedDocument], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a file: `line` counts from 1 and is 0 for the file as a whole."""

    rule: str
    severity: Severity
    file: str
    line: int
    message: str


def findings(rules: tuple[Rule, ...], document: FeedDocument) -> Iterator[Finding]:
    """What the rules say about one feed, in the order of the rules."""
    for rule in rules:
        for found in rule.check(document):
            yield Finding(rule.name, rule.severity, document.name, found.line, found.message)
