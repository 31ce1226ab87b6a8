"""Who is compared: each reads the same text in the same voice, by the commands that somebody would type."""

import importlib.util
import json
import shutil
import subprocess
import sys
import wave
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vivavoce.bench.machine import installed_version
from vivavoce.bench.run import Command, First, RunFailed, environment, run
from vivavoce.bench.stage import plain_edition
from vivavoce.bench.texts import Text
from vivavoce.report import counted
from voices.studio import default_workers

SPEECH, EPISODES = "speech", "episodes"

_SCRIPTS = Path(__file__).parent / "scripts"
_PIPER = (sys.executable, "-m", "piper")  # the `piper` command, wherever it is installed
_WAV, _MP3 = First(files="*.wav"), First(files="edition/public/*/episodes/*.mp3")
_PREPARING_S = 300.0
_SECOND_WAV = First(files="*.wav", count=2)  # piper opens the second when the first is whole


@dataclass(frozen=True, slots=True)
class Material:
    """The text to read: a file for each article, one with an article a line, and an edition; and the voice's model."""

    files: tuple[Path, ...]
    together: Path
    edition: Path
    model: Path
    sherpa: Path


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who reads. `missing` says what to install; `spoken_s` measures the speech made in a folder."""

    group: str
    name: str
    title: str
    commands: Callable[[Path], Iterable[Command]]
    first: First
    spoken_s: Callable[[Path], float]
    missing: str = ""
    edition: Path | None = None

    def prepare(self, folder: Path) -> None:
        """What need not be measured: a fresh copy of the edition, if it reads one."""
        if self.edition:
            shutil.copytree(self.edition, folder / "edition")


def prepare_material(
    folder: Path, texts: Sequence[Text], language: str, voice: str, model: Path, sherpa: Path
) -> Material:
    """`texts` in every form in which somebody wants them; `sherpa` is where `prepare_sherpa` puts its model."""
    folder.mkdir(parents=True)
    files = tuple(folder / f"{number:02d}.txt" for number in range(1, len(texts) + 1))
    for path, text in zip(files, texts, strict=True):
        path.write_text("\n".join(text.lines) + "\n", encoding="utf-8")
    together = folder / "together.txt"
    together.write_text("".join(" ".join(text.lines) + "\n" for text in texts), encoding="utf-8")
    plain_edition(folder / "edition", texts, language, voice)
    model.read_bytes()  # into the system's cache, so that the first contender does not wait for the disk
    return Material(files, together, folder / "edition", model, sherpa)


def prepare_sherpa(model: Path, folder: Path) -> None:
    """The Piper voice as sherpa-onnx wants it. Raises RunFailed."""
    folder.mkdir(parents=True)
    command = (sys.executable, str(_SCRIPTS / "sherpa_model.py"), str(model), str(folder))
    run(lambda _: [command], folder, First(), _PREPARING_S)


def contenders(material: Material) -> tuple[Contender, ...]:
    """Everybody, the obvious way first: the others are compared with it."""
    cores, ffmpeg = default_workers(), "" if shutil.which("ffmpeg") else "install ffmpeg"
    model, texts = str(material.model), tuple(map(str, material.files))
    each = _piper_each(material)
    once = _piper_once(material)
    loop = _script("piper_loop.py", model, ".", *texts)
    found = [
        Contender(SPEECH, "piper-each", "`piper`, once for each article", each, First(commands=1), _wav_s),
        Contender(SPEECH, "piper-once", "`piper`, once for all articles", once, _SECOND_WAV, _wav_s),
        Contender(SPEECH, "piper-loop", "a loop with `PiperVoice`", loop, _WAV, _wav_s),
    ]
    for threads in sorted({1, cores}):
        sherpa = _script("sherpa_loop.py", str(material.sherpa), str(threads), ".", *texts)
        title = f"a loop with sherpa-onnx, {counted(threads, 'thread')}"
        found.append(Contender(SPEECH, f"sherpa-{threads}", title, sherpa, _WAV, _wav_s, _sherpa_missing()))
    for workers in sorted({1, cores}):
        alone = _script("speech_only.py", "edition", str(workers))
        title = f"vivavoce's reading alone, {counted(workers, 'worker')}"
        name = f"vivavoce-{workers}"
        found.append(Contender(SPEECH, name, title, alone, First(), _clips_s, edition=material.edition))
    found += [
        Contender(
            EPISODES, "piper-each", "`piper` and `ffmpeg`, once for each article",
            _encoded_in_turn(each), First(commands=2), _wav_s, ffmpeg,
        ),
        Contender(
            EPISODES, "piper-once", "`piper` once for all, then `ffmpeg` for each",
            _encoded_at_the_end(once), First(commands=2), _wav_s, ffmpeg,
        ),
    ]  # fmt: skip
    for workers in sorted({1, cores}):
        title = f"`vivavoce build`, {counted(workers, 'worker')}"
        build = _build("--workers", str(workers))
        found.append(Contender(EPISODES, f"vivavoce-{workers}", title, build, _MP3, _clips_s, edition=material.edition))
    return tuple(found)


def build_command(*options: str) -> Command:
    """`vivavoce build` of the edition in the folder where it is run."""
    return (sys.executable, "-m", "vivavoce", "build", "-C", "edition", "--json", *options)


def _piper_each(material: Material) -> Callable[[Path], Iterable[Command]]:
    model = str(material.model)
    return lambda _: [(*_PIPER, "-m", model, "-i", str(path), "-f", f"{path.stem}.wav") for path in material.files]


def _piper_once(material: Material) -> Callable[[Path], Iterable[Command]]:
    return lambda _: [(*_PIPER, "-m", str(material.model), "-i", str(material.together), "-d", ".")]


def _script(name: str, *arguments: str) -> Callable[[Path], Iterable[Command]]:
    return lambda _: [(sys.executable, str(_SCRIPTS / name), *arguments)]


def _build(*options: str) -> Callable[[Path], Iterable[Command]]:
    return lambda _: [build_command(*options)]


def _encoded_in_turn(reading: Callable[[Path], Iterable[Command]]) -> Callable[[Path], Iterable[Command]]:
    """Each command, and then the encoding of the file that it names last."""
    return lambda folder: (
        each for command in reading(folder) for each in (command, _ffmpeg(Path(command[-1])))
    )  # fmt: skip


def _encoded_at_the_end(reading: Callable[[Path], Iterable[Command]]) -> Callable[[Path], Iterable[Command]]:
    def commands(folder: Path) -> Iterable[Command]:
        yield from reading(folder)
        for path in sorted(folder.glob("*.wav")):  # looked for now, since piper names them by the clock
            yield _ffmpeg(path)

    return commands


def _ffmpeg(path: Path) -> Command:
    """An MP3 of the same bit rate and sample rate as vivavoce's by default."""
    to_mp3 = ("-c:a", "libmp3lame", "-b:a", "96k", "-ar", "44100", "-ac", "1")
    return ("ffmpeg", "-loglevel", "error", "-nostdin", "-y", "-i", str(path), *to_mp3, str(path.with_suffix(".mp3")))


def _wav_s(folder: Path) -> float:
    seconds = 0.0
    for path in folder.glob("*.wav"):
        with wave.open(str(path), "rb") as sound:
            seconds += sound.getnframes() / sound.getframerate()
    if not seconds:
        raise RunFailed("no speech was made")
    return seconds


def _clips_s(folder: Path) -> float:
    """The clips' length, so that pauses and jingles are not taken for speech."""
    command = (sys.executable, "-m", "vivavoce", "cache", "info", "-C", str(folder / "edition"), "--json")
    told = subprocess.run(
        command, env=environment(), check=True, timeout=_PREPARING_S, stdin=subprocess.DEVNULL, capture_output=True
    )
    seconds = json.loads(told.stdout)["speech_s"]
    if not seconds:
        raise RunFailed("no speech was made")
    return float(seconds)


def _sherpa_missing() -> str:
    if importlib.util.find_spec("sherpa_onnx") is None:
        return "pip install vivavoce[bench]"
    if not installed_version("sherpa-onnx").startswith("1."):
        return "pip install 'sherpa-onnx<2': from 2.0 on it has no espeak, and no Piper voice can read text with it"
    return ""
