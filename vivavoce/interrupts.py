"""Ctrl-C and SIGTERM: one KeyboardInterrupt, which cannot get lost."""

import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_A_MOMENT_S = 0.05
"""Until an interrupt that got lost comes again. At once would be inside the function in which it got lost."""

_came = threading.Event()


def heed_interrupts() -> None:
    """From now on SIGTERM is a KeyboardInterrupt too, and one that is raised where Python must drop it comes again.

    Python drops what is raised in a callback of the garbage collector (which Dask has), of a weak reference, or in a
    `__del__`: https://docs.python.org/3/library/sys.html#sys.unraisablehook
    """
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # which a shell asks for in what it starts in the background
        signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = _dropped


def interrupted() -> bool:
    """Whether one has come. Raised while a module is imported, it may come out of there as another error."""
    return _came.is_set()


def _interrupt(*_: object) -> None:
    _came.set()
    raise KeyboardInterrupt


def _dropped(dropped: "UnraisableHookArgs") -> None:
    if not issubclass(dropped.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(dropped)
        return
    again = threading.Timer(_A_MOMENT_S, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
    again.daemon = True
    again.start()
