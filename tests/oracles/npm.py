"""Programs from npm, installed once into the user's cache: the versions and hashes of package-lock.json, nothing else.

To change them: edit package.json, run `npm install --package-lock-only --omit-lockfile-registry-resolved` here, and
`python -m tests.oracles.npm`, which leaves versions and hashes in the lock file and takes the rest out.
"""

import functools
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from articles.files import write_whole

_HERE = Path(__file__).parent
_LOCK = _HERE / "package-lock.json"


@functools.cache
def node_modules() -> Path:
    """The folder that holds the packages. Skips the test where npm is missing or cannot fetch them."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian packages nodejs, npm)")
    digest = hashlib.sha256(_LOCK.read_bytes()).hexdigest()[:12]
    folder = user_cache_path("vivavoce-tests") / f"oracles-{digest}"
    done = folder / ".installed"
    if not done.exists():
        for name in ("package.json", "package-lock.json"):
            write_whole(folder / name, (_HERE / name).read_bytes())
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        run = subprocess.run(npm, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if run.returncode:
            pytest.skip(f"npm cannot fetch what tests/oracles/package.json lists: {run.stderr.strip()[:300]}")
        write_whole(done, b"")
    return folder / "node_modules"


def node(script: str, *arguments: str, input: str = "") -> str:
    """What a script of this folder prints, given `input`."""
    environment = os.environ | {"NODE_PATH": str(node_modules())}
    command = ["node", str(_HERE / script), *arguments]
    run = subprocess.run(
        command, env=environment, input=input, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def _strip_lock() -> None:
    lock = json.loads(_LOCK.read_bytes())
    kept = ("version", "integrity", "dependencies", "dev", "optional", "peer", "bin", "os", "cpu")
    for package in lock["packages"].values():
        for key in [key for key in package if key not in kept]:
            del package[key]
    _LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _strip_lock()
