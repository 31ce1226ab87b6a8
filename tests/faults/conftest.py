"""Figures that the tests of faults come to, printed at the end of every run: also the seeds, to see a moment again."""

from collections.abc import Callable

import pytest

_FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """A function that keeps a line for the end of the run."""
    return request.config.stash.setdefault(_FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures."""
    if lines := config.stash.get(_FIGURES, []):
        terminalreporter.section("faults")
        for line in lines:
            terminalreporter.write_line(line)
