"""Whether something is known against what a release brings along: asks pip-audit, and says so when nobody answered.

`python -m release.audit` ends with 1 when a weakness is known. That the advisories cannot be reached is told, and is no
failure: a build machine without a network must be able to check all the rest.
"""

import json
import subprocess
import sys
from dataclasses import dataclass

from release.lock import LOCKED

_COMMAND = ("-m", "pip_audit", "--requirement", str(LOCKED), "--disable-pip", "--require-hashes")
_OPTIONS = ("--format", "json", "--progress-spinner", "off", "--timeout", "10")
_LONGEST_S = 180


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found: a line for each weakness, the packages that were looked up, and those that could not be."""

    weaknesses: tuple[str, ...]
    known: tuple[str, ...]
    unknown: tuple[str, ...]


def read_audit(answer: str) -> Audit:
    """What pip-audit's JSON says. Raises ValueError when it is none."""
    said = json.loads(answer)
    if not isinstance(said, dict) or "dependencies" not in said:
        raise ValueError("there are no packages in it")
    found = said["dependencies"]
    return Audit(
        tuple(
            f"{each['name']} {each['version']}: {weakness['id']}, mended by {', '.join(weakness['fix_versions'])}"
            for each in found
            for weakness in each.get("vulns", ())
        ),
        tuple(each["name"] for each in found if "skip_reason" not in each),
        tuple(each["name"] for each in found if "skip_reason" in each),
    )


def told(audit: Audit) -> list[str]:
    """The lines for people."""
    lines = [f"audit: {weakness}" for weakness in audit.weaknesses]
    if audit.unknown:
        lines.append(
            f"audit: COULD NOT ASK about {len(audit.unknown)} of {len(audit.known) + len(audit.unknown)} packages "
            f"({', '.join(audit.unknown[:3])} …): run it where the advisories can be reached"
        )
    if audit.known and not audit.weaknesses:
        lines.append(f"audit: nothing is known against {len(audit.known)} packages")
    return lines


def main() -> int:
    """0, or 1 when a weakness is known."""
    try:
        asked = subprocess.run(
            [sys.executable, *_COMMAND, *_OPTIONS], capture_output=True, text=True, timeout=_LONGEST_S, check=False
        )
        audit = read_audit(asked.stdout)
    except subprocess.TimeoutExpired:
        return _unanswered("no answer came in time")
    except ValueError:
        return _unanswered(next(reversed(asked.stderr.split("\n\n")[0].splitlines()), "it said nothing"))
    print("\n".join(told(audit)))
    return 1 if audit.weaknesses else 0


def _unanswered(reason: str) -> int:
    print(f"audit: COULD NOT ASK about any package ({reason}): run it where the advisories can be reached")
    return 0


if __name__ == "__main__":
    sys.exit(main())
