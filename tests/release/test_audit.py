import json
import subprocess

import pytest

from release import audit

FINE = {"name": "click", "version": "8.5.1", "vulns": []}
WEAK = {"name": "h11", "version": "0.14", "vulns": [{"id": "GHSA-vqfr-h8mv-ghfj", "fix_versions": ["0.16.0"]}]}
SKIPPED = {"name": "lxml", "skip_reason": "Dependency not found"}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> "type[Answer]":
    return type("Bound", (Answer,), {"patch": monkeypatch})


class Answer:
    """What pip-audit prints, put in its place."""

    patch: pytest.MonkeyPatch

    def __init__(self, *packages: object, stdout: str = "", stderr: str = "") -> None:
        said = stdout or (json.dumps({"dependencies": list(packages)}) if packages else "")
        self.patch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, said, stderr))


def test_a_known_weakness_fails(answers: type[Answer], capsys: pytest.CaptureFixture[str]) -> None:
    """With its name and what mends it, even when others could not be asked about."""
    answers(FINE, WEAK, SKIPPED)
    assert audit.main() == 1
    assert "h11 0.14: GHSA-vqfr-h8mv-ghfj, mended by 0.16.0" in capsys.readouterr().out


def test_nothing_known_is_told_with_a_number(answers: type[Answer], capsys: pytest.CaptureFixture[str]) -> None:
    """So that an audit of nothing is not taken for a good one."""
    answers(FINE, FINE)
    assert audit.main() == 0
    assert capsys.readouterr().out == "audit: nothing is known against 2 packages\n"


def test_packages_that_could_not_be_asked_about_are_told(
    answers: type[Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    """An index without advisories answers nothing: that is no failure, and no good news."""
    answers(SKIPPED, SKIPPED)
    assert audit.main() == 0
    told = capsys.readouterr().out
    assert "COULD NOT ASK about 2 of 2 packages" in told
    assert "nothing is known" not in told


@pytest.mark.parametrize("stdout", ["", "not json", "[]", "{}"])
def test_no_answer_is_told(answers: type[Answer], capsys: pytest.CaptureFixture[str], stdout: str) -> None:
    """Without a network, with pip-audit missing or broken: in one line, with the reason."""
    answers(stdout=stdout, stderr="Traceback …\nConnectionError: no route")
    assert audit.main() == 0
    assert "COULD NOT ASK about any package (ConnectionError: no route)" in capsys.readouterr().out


def test_no_answer_in_time_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody waits for ever."""

    def slow(*_: object, timeout: float, **__: object) -> None:
        raise subprocess.TimeoutExpired("pip-audit", timeout)

    monkeypatch.setattr(subprocess, "run", slow)
    assert audit.main() == 0
    assert "COULD NOT ASK" in capsys.readouterr().out
