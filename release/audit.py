"""Whether a weakness is known of a package that a user installs: `python -m release.audit`, by pip-audit.

Ends with 1 for a known weakness. Where nobody can be asked, as without a network, it says so and ends with 0: not being
online is no fault of what is checked, but silence would look like safety.
"""

import json
import subprocess
import sys
from typing import Any

LOCK = "requirements/runtime.txt"

Package = dict[str, Any]
"""As pip-audit tells of it: name, version, and vulns or a skip_reason."""


def asked() -> tuple[list[Package], str]:
    """What pip-audit says of each locked package, and why it could not, if it could not."""
    command = ["pip_audit", "-r", LOCK, "--require-hashes", "--disable-pip", "--format", "json"]
    options = ["--timeout", "15", "--progress-spinner", "off"]
    done = subprocess.run([sys.executable, "-m", *command, *options], capture_output=True, text=True)
    try:
        found: list[Package] = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        said = done.stderr.strip().splitlines()
        return [], said[-1] if said else f"pip-audit ended with {done.returncode}"
    return found, ""


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


if __name__ == "__main__":
    text, code = told(*asked())
    print(text)
    sys.exit(code)
