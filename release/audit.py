"""Whether a weakness is known of a package that a user installs: `python -m release.audit`, by pip-audit.

Ends with 1 for a known weakness, and where pip-audit fails. Where nobody can be asked, as without a network, it says so
and ends with 0: not being online is no fault of what is checked, but silence would look like safety.
"""

import json
import re
import subprocess
import sys
from typing import Any

# Every extra, and so all that is installed without one.
LOCK = "requirements/extras.txt"

# The errors of requests and of pip-audit itself where nobody answers, or somebody who refuses to.
_NOBODY = re.compile(
    r"(?:[\w.]+\.)?(?:ConnectionError|ProxyError|SSLError|Timeout|ConnectTimeout|ReadTimeout|ChunkedEncodingError)\b"
    r"|requests\.exceptions\.HTTPError: (?:403|429|5\d\d) "
    r"|ERROR:pip_audit\._cli:.*(?:Could not connect to|is not redirecting properly)"
)

Package = dict[str, Any]
"""As pip-audit tells of it: name, version, and vulns or a skip_reason."""


class NotAudited(Exception):
    """pip-audit failed, and not for want of somebody to ask."""


def asked() -> tuple[list[Package], str]:
    """What pip-audit says of each locked package, and why nobody could be asked, if so. Raises NotAudited."""
    command = ["pip_audit", "-r", LOCK, "--require-hashes", "--disable-pip", "--format", "json"]
    options = ["--timeout", "15", "--progress-spinner", "off"]
    done = subprocess.run([sys.executable, "-m", *command, *options], capture_output=True, text=True)
    try:
        found: list[Package] = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        return [], _silence(done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])
    if not found:
        raise NotAudited(f"no package in {LOCK}")
    return found, ""


def _silence(said: list[str]) -> str:
    """The line of pip-audit's that says why nobody could be asked. Raises NotAudited where there is none."""
    for line in reversed(said):
        if _NOBODY.match(line):
            return line
    raise NotAudited(said[-1])


def told(packages: list[Package], trouble: str) -> tuple[str, int]:
    """A line for each weakness and one for all packages; the exit code."""
    silent = [package for package in packages if "skip_reason" in package]
    weak = [package for package in packages if package.get("vulns")]
    lines = [
        f"{package['name']} {package['version']}: {each['id']}, mended in {', '.join(each['fix_versions']) or '–'}"
        for package in weak
        for each in package["vulns"]
    ]
    lines.append(f"{len(packages) - len(silent)} packages asked about, a weakness is known of {len(weak)}")
    if trouble:
        lines.append(f"NOT AUDITED: the database of weaknesses cannot be asked ({trouble})")
    elif silent:
        lines.append(f"NOT AUDITED: the database of weaknesses does not answer for {len(silent)} packages")
    return "\n".join(lines), 1 if weak else 0


def main() -> int:
    """Print what is known; the exit code."""
    try:
        text, code = told(*asked())
    except NotAudited as failed:
        text, code = f"NOT AUDITED: pip-audit failed ({failed})", 1
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
