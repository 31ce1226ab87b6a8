"""Inputs of a megabyte: every reader takes a time that grows with the length, not with its square."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.large import MOST_SECONDS, READERS, Measured

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_no_input_takes_the_square_of_its_length(reader: str) -> None:
    """The same few characters a hundred thousand times are read or refused, in a time that grows with their number."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.large", reader], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    found = [Measured(**each) for each in json.loads(done.stdout)]
    assert len(found) == len(READERS[reader][1])
    assert not [one for one in found if one.error]
    assert not [one for one in found if one.too_steep]


@pytest.mark.parametrize(
    ("one", "steep"),
    [
        (Measured("a", 4.0, 1.0, ""), False),
        (Measured("a", 16.0, 1.0, ""), True),
        (Measured("a", 0.5, 0.0, ""), False),
        (Measured("a", MOST_SECONDS, MOST_SECONDS, ""), True),
    ],
)
def test_what_is_steep(one: Measured, steep: bool) -> None:
    """Four times the time for four times the length is not; sixteen times is; and so is what never ends."""
    assert one.too_steep is steep
