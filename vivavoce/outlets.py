"""Stdout and stderr, whose reader may hang up at any time, as in `vivavoce build | head -1`."""

import contextlib
import io
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def outlive_readers() -> None:
    """From now on a reader that hangs up neither ends the work nor changes its exit code: what is not read is lost.

    click would leave undone what is still to do, and end with the code for an article that failed.
    """
    sys.stdout, sys.stderr = _outliving(sys.stdout), _outliving(sys.stderr)


class _Outlet(io.FileIO):
    def write(self, data: "ReadableBuffer", /) -> int:
        left = memoryview(data)
        with contextlib.suppress(BrokenPipeError):
            while left:
                left = left[super().write(left) :]
        return memoryview(data).nbytes


def _outliving(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):  # it was closed before Python began: there is none
        return stream
    outlet = _Outlet(stream.fileno(), "wb", closefd=False)
    # Nothing is held back: what a full disk refused would be tried again when Python ends, and its exit code be 120.
    return io.TextIOWrapper(outlet, stream.encoding, stream.errors, write_through=True)
