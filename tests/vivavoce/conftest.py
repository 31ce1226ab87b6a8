"""What several tests of commands need: the doctor's findings, to compare them with what a build does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vivavoce.cli import run
from vivavoce.doctor import packages

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
