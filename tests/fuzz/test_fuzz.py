"""The fuzz targets as tests: every kept input again, and in the slow tests some seconds of new ones for each target."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.fuzz.run import CORPUS, Ran, fuzz
from tests.fuzz.targets import TARGETS, Target, replay

SECONDS = int(os.environ.get("VIVAVOCE_FUZZ_SECONDS", "2"))
"""For each target; the checks of a commit set more (.ci/run), and `make fuzz` as many as you like."""

PROCESSES = 3
"""At a time: one more than the usual two cores, since each first loads what it tries."""
KEPT = [(target, path) for target in TARGETS for path in sorted((CORPUS / target.name).iterdir())]


@pytest.mark.parametrize(("target", "path"), KEPT, ids=[f"{target.name}-{path.name}" for target, path in KEPT])
def test_every_kept_input_is_answered(target: Target, path: Path) -> None:
    """What was written to be read, and what once did harm, is read or refused in a line, and what comes out holds."""
    replay(target, path.read_bytes())


def test_every_target_has_kept_inputs() -> None:
    """No folder of inputs is left without a target, no target starts from nothing, and all of it stays small."""
    assert {path.name for path in CORPUS.iterdir()} == {target.name for target in TARGETS}
    assert all(list((CORPUS / target.name).iterdir()) for target in TARGETS)
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 300_000


def test_a_finding_is_found() -> None:
    """A function that fails on some input is not passed over: what is raised comes through."""

    def fails(data: bytes) -> None:
        raise KeyError(data)

    with pytest.raises(KeyError):
        replay(Target("fails", fails), b"x")


@pytest.mark.slow
def test_new_inputs_find_nothing() -> None:
    """Some seconds of coverage-guided fuzzing for each target find no other error, no endless loop, no broken claim."""
    pytest.importorskip("atheris", reason="atheris is missing: it has wheels for Linux on x86-64 alone")

    def run(target: Target) -> Ran:
        return fuzz(target.name, SECONDS, seed=1)

    with ThreadPoolExecutor(PROCESSES) as pool:
        ran = list(pool.map(run, TARGETS))
    found = [one.report for one in ran if one.report]
    assert not found, "\n".join(found)
    assert all(one.executions for one in ran), "a target never ran"
