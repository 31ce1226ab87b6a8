import errno
import json
import os
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.errors import ExitCode
from vivavoce.cli import _COMMANDS, run


@pytest.mark.parametrize("command", ["", *_COMMANDS, "voices list", "voices install"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` works for the program and each of its commands, and describes every option."""
    assert run([*command.split(), "--help"]) == ExitCode.DONE
    assert "Usage: vivavoce" in capsys.readouterr().out


def test_help_loads_no_engine() -> None:
    """The help page comes without importing any command, engine or sound library: it must be there at once."""
    code = (
        "import sys; from vivavoce.cli import run; run(['--help']);"
        "heavy = ('numpy', 'onnxruntime', 'av', 'scipy', 'rich', 'lxml', 'vivavoce.commands');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("arguments", [["bild"], ["build", "--nope"], ["say"], ["build", "--workers", "0"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown command, option or value, or a missing argument, is told on stderr and ends with 2."""
    assert run(arguments) == ExitCode.USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Error" in captured.err


def test_a_folder_that_is_no_edition_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without edition.toml the error says what to do."""
    assert run(["build", "-C", str(tmp_path)]) == ExitCode.USAGE
    assert "-C DIR" in capsys.readouterr().err


def test_an_unexpected_error_is_exit_code_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bug shows its traceback, asks for a report, and ends with 4."""

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("vivavoce.commands.build.open_edition", broken)
    assert run(["build"]) == ExitCode.UNEXPECTED
    assert "RuntimeError: a bug" in capsys.readouterr().err


HIDDEN = OSError("cannot load library 'libsndfile.so': No such file or directory")
"""What soundfile says when its library found no room: it looked for another one then."""
HIDDEN.__context__ = OSError("cannot load library: libsndfile.so: failed to map segment from shared object")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ImportError("libtiff-20b7e810.so.6.3.0: failed to map segment from shared object"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        HIDDEN,
    ],
)
def test_a_lack_of_memory_is_told_in_a_line(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever met it first: Python, the loader of a library, or the system that was to start a process."""

    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr("vivavoce.commands.build.open_edition", full)
    assert run(["build"]) == ExitCode.USAGE
    assert capsys.readouterr().err == "vivavoce: there is not enough memory — try --workers 1\n"


def test_a_module_that_is_missing_is_not_taken_for_a_lack_of_memory(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another reason why something cannot be imported is shown as what it is."""

    def broken(*_: object) -> None:
        raise ImportError("libtiff.so.6: cannot open shared object file: No such file or directory")

    monkeypatch.setattr("vivavoce.commands.build.open_edition", broken)
    assert run(["build"]) == ExitCode.UNEXPECTED
    assert "libtiff.so.6: cannot open" in capsys.readouterr().err


def test_say_writes_what_is_heard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`say` leaves a WAV file of the voice's rate, as long as it says."""
    target = tmp_path / "out.wav"
    assert run(["say", "One sentence. And another!", "--voice", "tone", "-o", str(target)]) == ExitCode.DONE
    with wave.open(str(target)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (22_050, 1, 2)
        seconds = file.getnframes() / file.getframerate()
    assert f"{seconds:.1f} s, tone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["say", "…", "--voice", "tone"], 2, "there is no word to say"),
        (["say", "Hello", "--voice", "jo"], 2, "no voice is called 'jo' — did you mean en_US-joe-medium"),
        (["say", "Hello", "--voice", "en_US-joe-medium"], 3, "vivavoce voices install en_US-joe-medium"),
        (["say", "Hello", "--voice", "tone", "--speed", "9"], 2, "--speed"),
    ],
)
def test_say_tells_what_it_cannot_say(
    arguments: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A text without words, an unknown voice and one that is not installed each have their line and code."""
    monkeypatch.setenv("VIVAVOCE_VOICES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_voices_are_listed_for_people_and_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The table and the JSON show language, quality, licence, size and whether a voice is installed."""
    monkeypatch.setenv("VIVAVOCE_VOICES", str(tmp_path))
    assert run(["voices", "list"]) == ExitCode.DONE
    table = capsys.readouterr().out
    (line,) = [line for line in table.splitlines() if line.startswith("fr_FR-siwis-medium")]
    assert all(word in line for word in ("fr-FR", "medium", "MB"))
    assert run(["voices", "list", "--json", "--lang", "fr"]) == ExitCode.DONE
    voices = {voice["name"]: voice for voice in json.loads(capsys.readouterr().out)}
    assert {"fr_FR-siwis-medium", "fr_FR-upmc-medium", "ff_siwis"} <= set(voices)
    assert all(voice["language"] == "fr-FR" for voice in voices.values())
    assert not voices["ff_siwis"]["installed"]
    assert voices["ff_siwis"]["licence"]


@pytest.mark.slow
def test_new_makes_an_edition_that_builds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`new` leaves settings and a first issue that `build` accepts as they are, once its voices are there."""
    root = tmp_path / "Gazette"
    assert run(["new", str(root), "--title", 'The "Gazette" \\ Co']) == ExitCode.DONE
    settings = root / "edition.toml"
    text = settings.read_text()
    for voice in ("en_US-joe-medium", "ff_siwis"):
        text = text.replace(voice, "tone")
    settings.write_text(text)
    capsys.readouterr()
    assert run(["build", "-C", str(root), "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["episodes"] == 2
    assert run(["new", str(root)]) == ExitCode.USAGE


@pytest.mark.slow
def test_a_long_job_is_told_on_stderr_only(
    make_edition: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Progress goes to stderr, so that stdout holds the result and nothing else."""
    assert run(["build", "-C", str(make_edition()), "--json"]) == ExitCode.DONE
    captured = capsys.readouterr()
    json.loads(captured.out)
    assert "reading and mixing" in captured.err
    assert "mixing" in captured.err


@pytest.mark.parametrize("command", ["build", "doctor"])
def test_a_package_that_is_missing_is_named_with_what_brings_it_back(command: str, tmp_path: Path) -> None:
    """Whichever command meets it first, doctor too: in a line, since it is no mistake of the program's."""
    (tmp_path / "lxml").mkdir()
    (tmp_path / "lxml" / "__init__.py").write_text("raise ModuleNotFoundError(\"No module named 'lxml'\", name='lxml')")
    done = subprocess.run(
        [sys.executable, "-m", "vivavoce", command, "-C", str(tmp_path)], cwd=tmp_path, capture_output=True, text=True,
        check=False, env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{Path(__file__).parents[2]}"},
    )  # fmt: skip
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith("vivavoce: it needs lxml, which is not installed — install it again: make -B install")
    assert done.stderr.count("\n") == 1
