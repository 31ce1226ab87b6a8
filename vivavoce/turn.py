"""An edition's turn to be written: alone, with what others were killed at cleared away or finished."""

import contextlib
from collections.abc import Callable, Iterator

from articles.files import sweep_partials
from articles.importers.record import FOLDER as IMPORTS
from articles.inside import refuse_links_out
from feeds.removal import finish_removals
from vivavoce.edition import Edition
from vivavoce.lock import only_build


@contextlib.contextmanager
def turn(edition: Edition, waits: Callable[[str], None] | None = None) -> Iterator[tuple[str, ...]]:
    """Hold the edition's lock, and begin as if nobody had ever been killed: half-written files are gone, and so is what
    issues left whose removal was cut off, whose names this gives.

    Raises as vivavoce.lock.only_one, SettingsError for links out of the edition too, and WriteError.
    """
    refuse_links_out(edition.root, edition.public, edition.state)
    with only_build(edition.state, waits):
        sweep_partials(edition.state, apart=IMPORTS)
        sweep_partials(edition.public)
        yield finish_removals(edition.state, edition.public)
