"""Ctrl-C and SIGTERM: one KeyboardInterrupt, which cannot get lost."""

import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_A_MOMENT_S = 0.05
"""Until an interrupt that got lost comes again. At once would be inside the function in which it got lost."""


def heed_interrupts() -> None:
    """From now on SIGTERM is a KeyboardInterrupt too, and one that is raised where Python must drop it comes again.

    Python drops what is raised in a callback of the garbage collector (which Dask has), of a weak reference, or in a
    `__del__`: https://docs.python.org/3/library/sys.html#sys.unraisablehook
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.unraisablehook = _dropped


def _dropped(dropped: "UnraisableHookArgs") -> None:
    if not issubclass(dropped.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(dropped)
        return
    again = threading.Timer(_A_MOMENT_S, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
    again.daemon = True
    again.start()
