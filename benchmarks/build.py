"""Seconds of audio per second for a build of the example: cold, with nothing changed, and after one word changed.

Run it with `make bench`. Figures of one run belong together; those of two machines do not.
"""

import json
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "examples"
ARTICLE = Path("issues/2026-11/01-ice-house.en.md")
WORD, OTHER_WORD = "fresh paint", "wet paint"


def build(root: Path) -> dict[str, Any]:
    """The report of one build, in a process of its own as a producer would run it."""
    command = [sys.executable, "-m", "vivavoce", "build", "-C", str(root), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def main() -> None:
    """Print a table of the three builds."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "edition"
        shutil.copytree(EXAMPLES, root, ignore=shutil.ignore_patterns("public", ".vivavoce"))
        rows = [("cold", build(root)), ("nothing changed", build(root))]
        article = root / ARTICLE
        text = article.read_text(encoding="utf-8")
        if WORD not in text:
            sys.exit(f"{ARTICLE} no longer says “{WORD}”: choose another word in {__file__}")
        article.write_text(text.replace(WORD, OTHER_WORD), encoding="utf-8")
        rows.append(("one word changed", build(root)))
    print(f"{platform.machine()}, Python {platform.python_version()}")
    print(f"{'build':18}{'segments read':>14}{'episodes made':>15}{'audio s':>10}{'wall s':>9}{'audio s per s':>15}")
    for name, report in rows:
        audio, wall = report["audio_seconds"], report["wall_seconds"]
        print(
            f"{name:18}{report['segments_read']:>14}{report['episodes_changed']:>15}"
            f"{audio:>10.1f}{wall:>9.2f}{audio / wall:>15.1f}"
        )


if __name__ == "__main__":
    main()
