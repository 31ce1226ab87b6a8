"""What an examination found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from articles.errors import ExitCode, VivavoceError


class State(StrEnum):
    """How something is: in order, worth a look, or in a build's way."""

    OK = "ok"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, how it is, that in a sentence, and what mends it.

    `exit_code` is what a build would end with because of it.
    """

    name: str
    state: State
    told: str
    mend: str = ""
    exit_code: ExitCode = ExitCode.DONE

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"name": self.name, "state": self.state.value, "told": self.told, "mend": self.mend}


Findings = Iterator[Finding]


def fine(name: str, told: str) -> Finding:
    """Something in order."""
    return Finding(name, State.OK, told)


def doubtful(name: str, told: str, mend: str) -> Finding:
    """Something that keeps no build from working."""
    return Finding(name, State.DOUBTFUL, told, mend)


def wrong(name: str, told: str, mend: str, exit_code: ExitCode = ExitCode.USAGE) -> Finding:
    """Something with which a build would fail."""
    return Finding(name, State.WRONG, told, mend, exit_code)


def failed(name: str, error: VivavoceError) -> Finding:
    """What a build would stop at with this error."""
    return wrong(name, error.message, error.hint, error.exit_code)


def build_ends_with(findings: Sequence[Finding]) -> ExitCode:
    """What a build would end with: what it stops at comes before what it leaves out."""
    codes = {finding.exit_code for finding in findings}
    return ExitCode.USAGE if ExitCode.USAGE in codes else max(codes, default=ExitCode.DONE)
