"""The examinations, in their order."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final

from articles.errors import VivavoceError, system_reason
from articles.remedies import remedy
from vivavoce.doctor import edition, folders, issues, machine, packages, voices
from vivavoce.doctor.finding import Finding, Findings, failed, fine, wrong
from vivavoce.doctor.patient import Patient
from vivavoce.edition import EDITION_FILE, open_edition
from vivavoce.watch import Watch

OF_THE_MACHINE: Final[tuple[Callable[[], Findings], ...]] = (
    machine.python,
    packages.packages,
    machine.cores,
    machine.clock,
    machine.encoders,
)

OF_THE_EDITION: Final[tuple[Callable[[Patient], Findings], ...]] = (
    folders.folders,
    folders.disk,
    folders.leftovers,
    issues.issues,
    issues.shelf,
    edition.sounds,
    edition.store,
    edition.kept,
    edition.shared_store,
    edition.published,
    voices.voices,
    voices.other_voices,
)


def examine(root: Path, watch: Watch, *, archive: bool = False) -> Iterator[Finding]:
    """What is found in this folder and on this computer, each as soon as it is known.

    With `archive` the articles of every issue are read, else those of the newest.
    """
    with watch.stage("examining", len(OF_THE_MACHINE) + len(OF_THE_EDITION)) as advance:
        for look in OF_THE_MACHINE:
            yield from _to_its_end(look.__name__, look(), root)
            advance(1)
        patient = yield from _admitted(root, archive)
        for each in OF_THE_EDITION:
            yield from _to_its_end(each.__name__, each(patient), root)
            advance(1)


def _admitted(root: Path, archive: bool) -> Generator[Finding, None, Patient]:
    """Whom to examine, once it is told how its settings are."""
    try:
        if (root / EDITION_FILE).exists():
            edition = open_edition(root)
            yield fine("settings", f"{root / EDITION_FILE}")
            return Patient(root, edition, archive)
        reason = f"{root.resolve()} is no edition: only the computer is examined"
        yield wrong("settings", reason, "name an edition with -C DIR, or make one: vivavoce new DIR")
    except (VivavoceError, OSError) as error:
        yield _ended("settings", error, root)
    return Patient(root)


def _to_its_end(name: str, look: Findings, root: Path) -> Findings:
    """What `look` finds; what ends it is found too, and does not end the examination."""
    try:
        yield from look
    except (VivavoceError, OSError) as error:
        yield _ended(name, error, root)


def _ended(name: str, error: VivavoceError | OSError, root: Path) -> Finding:
    if isinstance(error, VivavoceError):
        return failed(name, error)
    return wrong(name, system_reason(error), remedy(error, root, root))
