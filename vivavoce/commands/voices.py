"""`vivavoce voices`: which voices there are, and fetching their files."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from articles.errors import ExitCode, VivavoceError
from vivavoce.answers import tell_json
from vivavoce.commands import options
from vivavoce.edition import EDITION_FILE, open_edition
from vivavoce.terminal import Terminal
from voices.assets import install, installed, voices_dir
from voices.cast import DEFAULT_CAST, readers
from voices.catalogue import CatalogueVoice, find, load_catalogue
from voices.errand import Progress


@click.group(name="voices")
def command() -> None:
    """List and install voices."""


@command.command(name="list")
@click.option("--lang", "language", help="Only voices of this language, such as fr.")
@options.as_json
def list_voices(language: str | None, as_json: bool) -> None:
    """Show every known voice: language, quality, licence, size, and whether it is installed."""
    folder = voices_dir()
    voices = [
        voice
        for voice in load_catalogue().values()
        if not language or voice.language.split("-")[0] == language.split("-")[0].lower()
    ]
    if as_json:
        tell_json([_facts(voice, folder) for voice in voices])
        return
    _table(voices, folder)


@command.command(name="install")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.folder
@click.option("--listen", "listening", is_flag=True, help="Fetch the model that vivavoce check --listen hears with.")
def install_voices(names: tuple[str, ...], root: Path, listening: bool) -> int:
    """Fetch the voices named; without a name, those that the edition in this folder needs, or else the default cast."""
    folder, terminal = voices_dir(), Terminal()
    worst = ExitCode.DONE
    if listening:
        _install_model(folder, terminal)
    for voice in [find(name) for name in names or ([] if listening else _needed(root))]:
        try:
            _install(voice, folder, terminal)
        except VivavoceError as error:
            click.echo(f"vivavoce: {error}", err=True)
            worst = max(worst, error.exit_code)
    return worst


def _needed(root: Path) -> list[str]:
    if not (root / EDITION_FILE).exists():
        return list(DEFAULT_CAST.values())
    settings = open_edition(root).settings
    chosen = readers(settings.voices, settings.languages).values()
    return list(dict.fromkeys(voice for reader in chosen for voice in reader.voices))


def _install(voice: CatalogueVoice, folder: Path, terminal: Terminal) -> None:
    with _fetching(voice.name, voice.size, terminal) as (report, known):
        install(voice, folder, report)
    click.echo(f"{voice.name}: {'installed' if known else 'already installed, and whole'}, in {folder}")


def _install_model(folder: Path, terminal: Terminal) -> None:
    from audio.listening.models import fetch_model, listening_model

    model = listening_model()
    with _fetching(model.name, model.size, terminal) as (report, known):
        place = fetch_model(model, folder, report)
    click.echo(f"{model.name}: {'installed' if known else 'already installed, and whole'}, in {place}")


@contextlib.contextmanager
def _fetching(
    name: str, size_bytes: int, terminal: Terminal
) -> Iterator[tuple[Callable[[Progress], None], dict[str, int]]]:
    """A function to be told of progress, and by file how many bytes have come."""
    known: dict[str, int] = {}
    with terminal.stage(f"fetching {name}", size_bytes) as advance:

        def report(progress: Progress) -> None:
            advance(progress.done_bytes - known.get(progress.file, 0))
            known[progress.file] = progress.done_bytes
            if progress.note:
                terminal.note(progress.note)

        yield report, known


def _facts(voice: CatalogueVoice, folder: Path) -> dict[str, object]:
    return {
        "name": voice.name,
        "language": voice.language,
        "engine": voice.engine.value,
        "quality": voice.quality,
        "licence": voice.licence,
        "credit": voice.credit,
        "sample_rate": voice.sample_rate,
        "size_bytes": voice.size,
        "installed": installed(voice, folder),
    }


def _table(voices: list[CatalogueVoice], folder: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("voice", "language", "quality", "licence"):
        table.add_column(heading, overflow="fold")
    table.add_column("size", justify="right")
    table.add_column("")
    for voice in voices:
        size = f"{voice.size / 1e6:.0f} MB" if voice.size else "–"
        state = "installed" if installed(voice, folder) else ""
        table.add_row(voice.name, voice.language, f"{voice.engine}, {voice.quality}", voice.licence, size, state)
    # Without a terminal rich would cut the table at 80 columns; a file or a pipe has no edge.
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 160
    console.print(table)
