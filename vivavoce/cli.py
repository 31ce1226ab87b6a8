"""The command line: one group, whose commands are imported only when they are used, and one error boundary."""

import errno
import importlib
import io
import os
import sys
from collections.abc import Sequence

import click

from articles.errors import ExitCode, VivavoceError, plain_line, system_reason
from articles.masking import masked
from vivavoce import __version__
from vivavoce.interrupts import heed_interrupts, interrupted
from vivavoce.last_words import PACKAGES_AGAIN, mask_all, tell_crash
from vivavoce.outlets import outlive_readers

_ROOMS = ("articles", "voices", "audio", "feeds", "vivavoce")  # a module of ours that is missing is a mistake of ours
_COMMANDS = {
    "new": ("vivavoce.commands.new", "Make a folder an edition, ready to build."),
    "import": ("vivavoce.commands.import_", "Turn pages, documents and feeds into articles."),
    "plan": ("vivavoce.commands.plan", "Show what a build would read, and why."),
    "build": ("vivavoce.commands.build", "Build an issue's audio edition."),
    "check": ("vivavoce.commands.check", "Check that apps will take what was built."),
    "serve": ("vivavoce.commands.serve", "Hear and read what was built, in a browser or on a phone."),
    "publish": ("vivavoce.commands.publish", "Send what was built to where listeners fetch it."),
    "withdraw": ("vivavoce.commands.withdraw", "Take an issue out of what is published."),
    "explain": ("vivavoce.commands.explain", "Show how written text becomes spoken text."),
    "say": ("vivavoce.commands.say", "Say one text in one voice."),
    "lexicon": ("vivavoce.commands.lexicon", "Say how words are pronounced, and hear it."),
    "voices": ("vivavoce.commands.voices", "List and install voices."),
    "cache": ("vivavoce.commands.cache", "Look after the clips that were read."),
    "doctor": ("vivavoce.commands.doctor", "Say what would keep a build from working, and what mends it."),
    "bench": ("vivavoce.commands.bench", "Measure how fast this computer makes an edition."),
}
"""Commands in the order of the help page: the module whose attribute `command` each is, and its line there."""

_EXIT_CODES = (
    "Exit codes: 0 done; 1 some article failed (the others were built); 2 wrong usage or settings; 3 a voice or "
    "source is missing; 4 unexpected; 130 interrupted."
)

_NO_ROOM = "failed to map segment from shared object"
"""All that the loader of libraries says where there is too little memory for one."""


class _Commands(click.Group):
    """A group that imports a command's module only when that command is run: the help page must be there at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(_COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(
    cls=_Commands,
    epilog=_EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="vivavoce")
def vivavoce() -> None:
    """Turn the articles of a magazine issue into an audio edition."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with one of the documented codes; SIGTERM ends it as Ctrl-C does."""
    try:
        outlive_readers()
        mask_all()
        heed_interrupts()
        # What numpy multiplies here is small: threads of its own spin between two products, a core that workers could
        # use. This is read when numpy is imported.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        sys.exit(run(arguments))
    except KeyboardInterrupt:  # in a moment before a command begins, or after it has ended
        sys.exit(_stopped())


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command; every error is told here, in one line, and nowhere else."""
    try:
        result = vivavoce.main(arguments, prog_name="vivavoce", standalone_mode=False)
        return int(result) if isinstance(result, int) else ExitCode.DONE
    except VivavoceError as error:
        click.echo(f"vivavoce: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)  # with what was typed, which may be an address with a password
        click.echo(masked(shown.getvalue()), err=True, nl=False)
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        return _stopped()
    except Exception as error:
        return _stopped() if interrupted() else _unforeseen(error)


def _stopped() -> ExitCode:
    click.echo("vivavoce: stopped; what was read so far is kept — run the same command to go on", err=True)
    return ExitCode.INTERRUPTED


def _unforeseen(error: Exception) -> ExitCode:
    """What no room knows how to tell: too little memory, a disk that fails while it is read, say, and bugs."""
    if _lacks_memory(error):
        click.echo("vivavoce: there is not enough memory — try --workers 1", err=True)
        return ExitCode.USAGE
    if isinstance(error, ModuleNotFoundError) and (error.name or "").split(".")[0] not in _ROOMS:
        told = f"vivavoce: it needs {error.name}, which is not installed — install it again: {PACKAGES_AGAIN}"
        click.echo(plain_line(told), err=True)
        return ExitCode.USAGE
    if isinstance(error, OSError):
        click.echo(plain_line(f"vivavoce: {system_reason(error)} — check permissions and the disk"), err=True)
        return ExitCode.USAGE
    tell_crash(error)
    click.echo(f"vivavoce {__version__}: this should not have happened — please report the lines above", err=True)
    return ExitCode.UNEXPECTED


def _lacks_memory(error: BaseException | None) -> bool:
    """Whether memory was refused: to Python, by the system, or to a library that was to be loaded."""
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return True
    if isinstance(error, ImportError | OSError):  # of which there are others, and some hide what they came of
        return _NO_ROOM in str(error) or _lacks_memory(error.__context__)
    return isinstance(error, MemoryError)
