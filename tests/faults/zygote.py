"""Runs vivavoce's commands in children of a process that has imported everything.

A kill then falls into the work, and not into the second that Python takes to start. On stdin come lists of arguments,
as JSON, one in a line; for each, the child's process id goes to stdout, and its exit code once it has ended.
"""

import importlib
import json
import os
import signal
import sys

from vivavoce import cli

for _name in ("build", "cache", "check", "import_", "publish", "voices"):
    importlib.import_module(f"vivavoce.commands.{_name}")


def _child(arguments: list[str], log: str) -> None:
    os.setsid()  # a group of its own, as a terminal gives each command
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    code: object = 4
    try:
        cli.main(arguments)
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(str(code)))


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _child(json.loads(line), sys.argv[1])
        _tell(pid)
        _tell(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
