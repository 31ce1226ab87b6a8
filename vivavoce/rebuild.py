"""An edition built again whenever something in its folder changes; the only file that imports watchfiles."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import watchfiles

from articles.errors import VivavoceError, system_reason
from vivavoce.edition import newest_issue, open_edition

_QUIET_MS = 400
"""How long the folder must be still before a build begins: an editor writes a file in several steps."""

_LOOK_EVERY_S = 0.1


def rebuild(root: Path, built: Callable[[], None], stop: threading.Event, told: Callable[[str], None]) -> None:
    """Build what changes below `root` until `stop` is set; `built` is called after each build.

    A build that is going on then is ended. `told` gets a line about what is going on.
    """
    root = root.resolve()

    def ours(_: watchfiles.Change, path: str) -> bool:
        parts = Path(path).relative_to(root).parts
        return bool(parts) and parts[0] != "public" and not any(part.startswith(".") for part in parts)

    for changes in watchfiles.watch(root, watch_filter=ours, debounce=_QUIET_MS, stop_event=stop):
        paths = {Path(path).relative_to(root) for _, path in changes}
        # Editors leave files that are gone again by now.
        there = sorted(str(path) for path in paths if (root / path).exists())
        told(f"changed: {', '.join(there) or 'files removed'}")
        try:
            _build(root, issues_of(root, paths), stop)
        except VivavoceError as error:
            told(f"not built: {error}")
        except OSError as error:
            told(f"not built: {system_reason(error)}")
        else:
            built()


def _build(root: Path, names: Sequence[str], stop: threading.Event) -> None:
    """One build, in a process of its own: what it does to memory, or a voice to the process, ends with it.

    It waits for the producer's own build, which may have begun before this change. Ctrl-C comes to us alone.
    """
    command = [sys.executable, "-m", "vivavoce", "build", "-C", str(root), "--wait", "--", *names]
    with subprocess.Popen(command, start_new_session=True) as build:
        while build.poll() is None:
            if stop.wait(_LOOK_EVERY_S):
                build.terminate()  # as Ctrl-C: it keeps what it has read, and lets others build
                return


def issues_of(root: Path, paths: Iterable[Path]) -> tuple[str, ...]:
    """The issues that changed files (relative to `root`) belong to; the newest for what belongs to all.

    Raises SettingsError for an edition that cannot be opened, or has no issue.
    """
    edition = open_edition(root)
    names = dict.fromkeys(
        path.parts[1] if path.parts[0] == "issues" and len(path.parts) > 1 else "" for path in sorted(paths)
    )
    known = [name for name in names if name in edition.issue_names()]
    return tuple(known) or (newest_issue(edition),)
