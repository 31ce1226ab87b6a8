import re
import subprocess
from pathlib import Path

import pytest

from release.lock import LockError, locked

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_everything_is_pinned_to_a_version_and_hashes(name: str) -> None:
    """No package of a lock file can be another one than it was when it was locked, and none comes from an address."""
    path = ROOT / "requirements" / name
    packages = locked(path)
    assert len(packages) > 50
    assert all(each.sha256 for each in packages)
    assert "://" not in path.read_text(encoding="utf-8")


def test_what_is_tested_is_what_is_installed() -> None:
    """The lock for development pins each package of the other one to the same version and the same hashes."""
    runtime = {(each.name, each.version): each for each in locked(ROOT / "requirements" / "runtime.txt")}
    dev = {(each.name, each.version): each for each in locked(ROOT / "requirements" / "dev.txt")}
    assert {name: each.sha256 for name, each in runtime.items()} == {name: dev[name].sha256 for name in runtime}


def test_no_file_names_a_registry() -> None:
    """Where packages are fetched from is for each machine's own settings to say: a mirror serves as well."""
    hosts = "|".join(rf"{name}\.{top}" for name, top in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org")))
    found = subprocess.run(["git", "grep", "-lE", hosts], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (1, "")


@pytest.mark.parametrize(
    "line",
    [
        f"a>=1 --hash=sha256:{'0' * 64}",
        "a==1",
        f"a @ https://example.org/a.whl --hash=sha256:{'0' * 64}",
        "--index-url https://example.org/",
        f"a==1 --hash=md5:{'0' * 32}",
        "a==1 --hash=sha256:12",
    ],
)
def test_what_is_not_pinned_is_an_error(tmp_path: Path, line: str) -> None:
    """A range, an address, an index, another kind of hash, or none."""
    path = tmp_path / "lock.txt"
    path.write_text(f"b==1 \\\n    --hash=sha256:{'1' * 64}\n{line}\n")
    with pytest.raises(LockError):
        locked(path)


def test_what_is_built_with_is_pinned_too() -> None:
    """The back-end that makes the wheel is one version."""
    wanted = re.search(r"\[build-system\]\nrequires = \[(.*)\]", (ROOT / "pyproject.toml").read_text())
    assert wanted
    assert re.fullmatch(r'"hatchling==[\d.]+"', wanted[1])
    pinned = {each.name: each.version for each in locked(ROOT / "requirements" / "dev.txt")}
    assert wanted[1] == f'"hatchling=={pinned["hatchling"]}"'
