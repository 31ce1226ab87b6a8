"""vivavoce's reading alone, without a mix, a file or a feed: EDITION WORKERS."""

import sys
from pathlib import Path

from vivavoce.casting import cast_of, style_of
from vivavoce.edition import newest_issue, open_edition, open_issue
from vivavoce.pieces import Build, read, speak
from vivavoce.watch import Silent
from voices.clips import ClipStore


def main() -> None:
    """Every clip of the newest issue in the edition's store."""
    edition = open_edition(Path(sys.argv[1]))
    plan = open_issue(edition, newest_issue(edition))
    build = Build(edition, plan, cast_of(edition), style_of(edition, plan.name), Silent(), int(sys.argv[2]))
    pieces = tuple(speak(build, read(build), ClipStore(edition.state / "clips")))
    sys.exit("\n".join(str(failure.error) for failure in build.failures) if len(pieces) < len(plan.files) else 0)


if __name__ == "__main__":
    main()
