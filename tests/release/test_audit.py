import subprocess
import sys
from pathlib import Path

from release.audit import told

WEAK = {
    "name": "tar",
    "version": "1.0",
    "vulns": [{"id": "CVE-2026-1", "fix_versions": ["1.1"]}, {"id": "CVE-2026-2", "fix_versions": []}],
}
SOUND = {"name": "jar", "version": "2.0", "vulns": []}


def test_a_known_weakness_ends_the_check() -> None:
    """Each is named, with the version that mends it."""
    text, code = told([WEAK, SOUND], "")
    assert code == 1
    assert "tar 1.0: CVE-2026-1, mended in 1.1\ntar 1.0: CVE-2026-2, mended in –\n" in text
    assert text.endswith("2 packages asked about, a weakness is known of 1")


def test_nobody_to_ask_is_said_aloud() -> None:
    """A database that cannot be reached, or does not know the packages, does not look like safety."""
    text, code = told([SOUND, {"name": "far", "version": "1", "skip_reason": "not found"}], "")
    assert code == 0
    assert "1 packages asked about" in text
    assert "NOT AUDITED: the database of weaknesses does not answer for 1 packages" in text
    assert "NOT AUDITED: the database of weaknesses cannot be asked (no route)" in told([], "no route")[0]


def test_locked_packages_have_hashes_and_no_address() -> None:
    """The lock files say which bytes, and leave open from where: any index will do."""
    for lock in sorted(Path("requirements").iterdir()):
        pinned = lock.read_text(encoding="utf-8").split("\n")
        names = [line for line in pinned if "==" in line]
        assert names
        assert sum(line.strip().startswith("--hash=sha256:") for line in pinned) >= len(names)
        assert not [line for line in pinned if "://" in line]


def test_it_is_a_command() -> None:
    """pip-audit is installed, and understands what it is asked."""
    done = subprocess.run([sys.executable, "-m", "pip_audit", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("pip-audit ")
