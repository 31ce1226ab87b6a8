"""What several tests of commands need: the doctor's findings, to compare them with what a build does."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vivavoce.cli import run
from vivavoce.doctor import packages

_AS_OTHERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown", "--inh-caps=-all"]
"""Root, to whom a folder's owner and mode are what they are to everybody else."""

Examined = Callable[[Path], tuple[int, dict[str, dict[str, Any]]]]


@pytest.fixture
def examined(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Examined:
    """A function that runs the command on a folder: its exit code, and its findings by name.

    It examines one package, to save time: 6,000 files of the others are read where these are what is tested.
    """
    monkeypatch.setattr(packages, "PACKAGE", "click")

    def examine(root: Path) -> tuple[int, dict[str, dict[str, Any]]]:
        capsys.readouterr()
        code = run(["doctor", "-C", str(root), "--json"])
        return code, {each["name"]: each for each in json.loads(capsys.readouterr().out)}

    return examine


def without_rights(*command: str) -> subprocess.CompletedProcess[str]:
    """A command of the program's, run by somebody to whom permissions matter."""
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("setpriv: root cannot be held to permissions here")
    prefix = _AS_OTHERS if os.geteuid() == 0 else []
    whole = [*prefix, sys.executable, "-m", "vivavoce", *command]
    return subprocess.run(whole, capture_output=True, text=True, check=False)
