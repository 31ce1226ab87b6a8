"""Fuzz the targets with Atheris: `python -m tests.fuzz.run [--seconds N] [--jobs N] [TARGET ...]`.

Each target runs in a process of its own, from its kept corpus, for so many seconds. What it finds lands in
`build/fuzz/TARGET/`, with the command that shows it again; what covers more stays in `build/fuzz/TARGET/corpus/`.
"""

import argparse
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).with_name("corpus")
FINDINGS = Path(__file__).parents[2] / "build" / "fuzz"
LONGEST_INPUT = 4096
SLOWEST_SECONDS = 25
MEMORY_MB = 2048


@dataclass(frozen=True, slots=True)
class Ran:
    """How one target fared: how many inputs were tried, and the report of what was found, empty for nothing."""

    name: str
    executions: int
    seconds: float
    report: str


def fuzz(name: str, seconds: int, seed: int = 0) -> Ran:
    """Run one target in a process of its own; `seed` makes its choices the same each time, 0 does not."""
    folder = FINDINGS / name
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    kept = CORPUS / name
    arguments = [
        f"-max_total_time={seconds}", f"-timeout={SLOWEST_SECONDS}", f"-rss_limit_mb={MEMORY_MB}", f"-seed={seed}",
        f"-max_len={LONGEST_INPUT}", f"-artifact_prefix={folder}/", "-print_final_stats=1",
        str(folder / "corpus"), *([str(kept)] if kept.is_dir() else []),
    ]  # fmt: skip
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", "--inside", name, *arguments],
        capture_output=True, text=True, errors="replace", check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    told = done.stdout + done.stderr
    counted = re.search(r"number_of_executed_units:\s*(\d+)", told) or re.search(r"Done (\d+) runs", told)
    report = "" if done.returncode == 0 else _report(told)
    return Ran(name, int(counted[1]) if counted else 0, time.monotonic() - started, report)


def _report(told: str) -> str:
    """What was raised, and where the input lies that did it."""
    lines = [line for line in told.split("\n") if not line.startswith(("INFO:", "#", "WARNING:", "stat::"))]
    return "\n".join(lines[-60:]) + "\n"


def inside(name: str, arguments: list[str]) -> None:
    """Hand this process to Atheris; it does not come back."""
    import atheris

    with atheris.instrument_imports(include=["articles", "feeds", "vivavoce", "markdown_it", "mdit_py_plugins"]):
        from tests.fuzz.targets import TARGETS, replay
    target = next(target for target in TARGETS if target.name == name)
    words = FINDINGS / name / "tokens"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in target.tokens), encoding="ascii")
    atheris.Setup([sys.argv[0], f"-dict={words}", *arguments], lambda data: replay(target, data))
    atheris.Fuzz()


def _escaped(token: str) -> str:
    return "".join(chr(byte) if byte < 128 and chr(byte).isalnum() else f"\\x{byte:02x}" for byte in token.encode())


def main() -> int:
    """Fuzz the targets named, else all; 1 when something was found."""
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2], sys.argv[3:])
    from tests.fuzz.targets import TARGETS

    names = [target.name for target in TARGETS]
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[[], *names], default=[], metavar="TARGET", help=", ".join(names))
    parser.add_argument("--seconds", type=int, default=900, help="for each target [900]")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time [1]")
    parser.add_argument("--seed", type=int, default=0, help="the same inputs each time; 0: others each time [0]")
    asked = parser.parse_args()
    found = 0
    with ThreadPoolExecutor(asked.jobs) as pool:
        for ran in pool.map(lambda name: fuzz(name, asked.seconds, asked.seed), asked.targets or names):
            told = f"{ran.name:15} {ran.executions:>10,} inputs in {ran.seconds:5.0f} s{': FOUND' * bool(ran.report)}"
            print(told, ran.report, sep="\n", end="", flush=True)  # noqa: T201 - a program of its own
            found += bool(ran.report)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
