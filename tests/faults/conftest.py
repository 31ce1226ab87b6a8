"""Figures that the tests of faults come to, printed at the end of every run: also the seeds, to see a moment again."""

from collections.abc import Callable

import pytest

_FIGURE = "figure"


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """A function that keeps a line for the end of the run, whichever process of it the test runs in."""

    def keep(line: str) -> None:
        record_property(_FIGURE, line)

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures."""
    reports = [
        each for kind in ("passed", "failed") for each in terminalreporter.getreports(kind) if each.when == "call"
    ]
    if lines := [line for each in reports for name, line in each.user_properties if name == _FIGURE]:
        terminalreporter.section("faults")
        for line in lines:
            terminalreporter.write_line(line)
