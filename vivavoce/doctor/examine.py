"""The examinations, in their order."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from articles.errors import VivavoceError, system_reason
from vivavoce.doctor import edition, folders, issues, machine, packages
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
    edition.voices,
    edition.other_voices,
)


def examine(root: Path, watch: Watch, *, archive: bool = False) -> Iterator[Finding]:
    """What is found in this folder and on this computer, each as soon as it is known.

    With `archive` the articles of every issue are read, else those of the newest.
    """
    with watch.stage("examining", len(OF_THE_MACHINE) + len(OF_THE_EDITION)) as advance:
        for look in OF_THE_MACHINE:
            yield from look()
            advance(1)
        patient = Patient(root)
        if (root / EDITION_FILE).exists():
            try:
                patient = Patient(root, open_edition(root), archive)
                yield fine("settings", f"{root / EDITION_FILE}")
            except VivavoceError as error:
                yield failed("settings", error)
        else:
            reason = f"{root.resolve()} is no edition: only the computer is examined"
            yield wrong("settings", reason, "name an edition with -C DIR, or make one: vivavoce new DIR")
        for each in OF_THE_EDITION:
            try:
                yield from each(patient)
            except VivavoceError as error:
                yield failed(each.__name__, error)
            except OSError as error:
                yield wrong(each.__name__, system_reason(error), "check its permissions, and the disk: ls -ld; mount")
            advance(1)
