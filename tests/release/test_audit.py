import re
import subprocess
import sys
from pathlib import Path

import pytest

from release import audit
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


def pip_audit_that(monkeypatch: pytest.MonkeyPatch, out: str, err: str) -> None:
    """pip-audit, writing this and ending with 1."""
    done = subprocess.CompletedProcess([], 1, out, err)
    monkeypatch.setattr(audit.subprocess, "run", lambda *_args, **_kwargs: done)


@pytest.mark.parametrize(
    "line",
    [
        "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='x', port=443): Max retries exceeded",
        "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='x', port=443): Read timed out. (read timeout=15)",
        "ERROR:pip_audit._cli:Could not connect to the vulnerability feed",
        "requests.exceptions.HTTPError: 503 Server Error: Service Unavailable for url: x",
    ],
)
def test_no_connection_is_no_failure(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line that says so is shown, whatever advice comes after it."""
    pip_audit_that(
        monkeypatch, "", f"Traceback (most recent call last):\n  raise\n{line}\nERROR:pip_audit._cli:Tip: …\n"
    )
    assert audit.main() == 0
    assert f"NOT AUDITED: the database of weaknesses cannot be asked ({line})" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("out", "err", "shown"),
    [
        ("", "ERROR:pip_audit._cli:requirement tar==1.0 does not contain a hash", "does not contain a hash"),
        ("", "Traceback (most recent call last):\n  x\nKeyError: 'ConnectionError'", "KeyError"),
        ("", "/bin/python: No module named pip_audit", "No module named pip_audit"),
        ("", "requests.exceptions.HTTPError: 400 Client Error: Bad Request for url: x", "400"),
        ("", "", "it ended with 1"),
        (
            '{"dependencies": [], "fixes": []}',
            "No known vulnerabilities found",
            "no package in requirements/extras.txt",
        ),
    ],
)
def test_any_other_trouble_ends_the_check(
    out: str, err: str, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not asked for another reason than a silent network is no success."""
    pip_audit_that(monkeypatch, out, err)
    assert audit.main() == 1
    said = capsys.readouterr().out
    assert said.startswith("NOT AUDITED: pip-audit failed (")
    assert shown in said


def test_pip_audit_without_its_lock_file_ends_the_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The real one, in its own words."""
    monkeypatch.setattr(audit, "LOCK", "requirements/nope.txt")
    assert audit.main() == 1
    assert "requirements/nope.txt" in capsys.readouterr().out


def test_pip_audit_without_a_network_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The real one, behind a proxy that is not there, and with nothing remembered."""
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("PIP_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert audit.main() == 0
    assert "NOT AUDITED: the database of weaknesses cannot be asked (" in capsys.readouterr().out


def hashes_of(lock: Path) -> dict[str, int]:
    """How many hashes each line of a lock file that names a package and its version has."""
    counts: dict[str, int] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line.strip().startswith("--hash="):
            counts[list(counts)[-1]] += bool(re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}( \\)?", line))
        else:
            counts[line.removesuffix("\\").strip()] = 0
    return counts


def test_locked_packages_have_hashes_and_no_address() -> None:
    """The lock files say of every package which bytes, and leave open from where: any index will do."""
    locks = sorted(Path("requirements").iterdir())
    assert [lock.stem for lock in locks] == ["dev", "extras", "pip", "runtime"]
    for lock in locks:
        counts = hashes_of(lock)
        assert [line for line in counts if not re.match(r"[\w.-]+==[\w.]+( ;|$)", line)] == []
        assert [line for line, count in counts.items() if not count] == []
        assert "://" not in lock.read_text(encoding="utf-8")


def test_extras_are_locked_as_the_rest_is() -> None:
    """One version of each package, whichever file it is installed from; the extras' file has all that runs without."""
    pins = {lock.stem: {line.split()[0] for line in hashes_of(lock)} for lock in Path("requirements").iterdir()}
    assert pins["runtime"] < pins["extras"] <= pins["dev"] | pins["runtime"]
    for name in ("s3fs", "paramiko", "webdav4", "distributed", "faster-whisper", "rapidfuzz", "sherpa-onnx"):
        assert [pin for pin in pins["extras"] if pin.startswith(f"{name}==")]


def test_it_is_a_command() -> None:
    """pip-audit is installed, and understands what it is asked."""
    done = subprocess.run([sys.executable, "-m", "pip_audit", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("pip-audit ")


def test_nothing_is_built_with_what_is_not_locked() -> None:
    """Some packages come as source alone, and pip, left to itself, fetches the newest setuptools to build them."""
    assert [each.partition("==")[0] for each in hashes_of(Path("requirements/pip.txt"))] == ["pip", "setuptools"]
    makefile = Path("Makefile").read_text(encoding="utf-8").splitlines()
    installing = [line for line in makefile if "pip install" in line]
    assert installing
    assert [line for line in installing if "--no-build-isolation" not in line and ".whl" not in line] == []
