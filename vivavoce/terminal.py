"""Progress for people: bars with the time left on a terminal, plain lines anywhere else; always on stderr."""

import contextlib
import time
from collections.abc import Iterator

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from articles.errors import plain_line
from vivavoce.watch import Advance

_EVERY_SECONDS = 15  # between two lines of progress where there is no terminal


class Terminal:
    """Shows a job's progress on stderr."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)

    def note(self, line: str) -> None:
        """One line, above the bar if there is one; without secrets, and without what steers a terminal."""
        self._console.print(plain_line(line), markup=False, soft_wrap=True)

    @contextlib.contextmanager
    def stage(self, name: str, total: float) -> Iterator[Advance]:
        """A bar on a terminal; elsewhere a line at the start and then every quarter of a minute."""
        if not self._console.is_terminal:
            yield self._lines(name, total)
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(compact=True),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(name, total=total)
            yield lambda amount: progress.advance(task, amount)

    def _lines(self, name: str, total: float) -> Advance:
        began = told = time.monotonic()
        done = 0.0
        click.echo(f"{name} …", err=True)

        def advance(amount: float) -> None:
            nonlocal done, told
            done += amount
            now = time.monotonic()
            if now - told >= _EVERY_SECONDS and 0 < done < total:
                told = now
                left = (now - began) * (total - done) / done
                click.echo(f"{name}: {100 * done / total:.0f} %, about {left:.0f} s left", err=True)

        return advance
