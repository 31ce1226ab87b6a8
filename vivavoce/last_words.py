"""What others than this program's commands print: tracebacks, warnings, and what libraries log. All of it masked."""

import logging
import shlex
import sys
import threading
import traceback
import warnings
from types import TracebackType

import click

from articles.masking import masked

_PYTHON = shlex.quote(sys.executable)
PACKAGES_AGAIN = f"make -B install in its repository, or {_PYTHON} -m pip install --force-reinstall with its wheel"
"""What brings back packages that are missing, damaged or too old."""


def tell_crash(error: BaseException) -> None:
    """The traceback of an error that nobody foresaw, on stderr."""
    click.echo(masked("".join(traceback.format_exception(error))), err=True, nl=False)


def mask_all() -> None:
    """From now on, what ends a thread or the program, what libraries warn of and what they log shows no secret."""
    sys.excepthook = _crashed
    threading.excepthook = _thread_crashed
    logging.lastResort = logging.StreamHandler()
    logging.lastResort.setLevel(logging.WARNING)
    logging.lastResort.setFormatter(_Masked())
    as_before = warnings.formatwarning
    warnings.formatwarning = lambda *told: masked(as_before(*told))


def _crashed(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
    tell_crash(error)


def _thread_crashed(crash: threading.ExceptHookArgs) -> None:
    if crash.exc_value is not None:
        tell_crash(crash.exc_value)


class _Masked(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
