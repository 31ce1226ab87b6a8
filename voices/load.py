"""From a voice's files to a voice that speaks; engines are imported only when one of theirs is loaded."""

from dataclasses import dataclass
from pathlib import Path

from articles.errors import VivavoceError
from articles.files import sha256_of
from voices.assets import Installed, VoiceNotInstalled, unreadable
from voices.catalogue import Engine, Role
from voices.voice import Voice

_ENGINE_FORMAT = {Engine.PIPER: 3, Engine.KOKORO: 2, Engine.TONE: 1}
"""Raised when the same files come to sound different, or their words to other times: no older clip is then taken for
the new one."""


_EFFORT = {Engine.PIPER: 1.0, Engine.KOKORO: 7.5, Engine.TONE: 0.01}
"""What a letter costs to read, in letters of a Piper voice: 0.04 CPU seconds per second of speech against 0.3
where both were measured (docs/decisions/0023-closer-to-the-limit.md)."""

LOADING_EFFORT = 120.0
"""What loading a voice costs, in the same unit: a third of a second, once its graphs are saved."""


@dataclass(frozen=True, slots=True)
class LoadableVoice:
    """All that is needed to load a voice in another process: `files` by role, `digest` over all of them."""

    name: str
    language: str
    engine: Engine
    files: tuple[tuple[Role, Path], ...]
    digest: str
    speaker: str = ""
    sha256s: tuple[tuple[Role, str], ...] = ()
    """What each file's sha256 should be; a file that is not named is taken as it is."""

    @property
    def identity(self) -> str:
        """Everything about the voice that changes its sound: its engine, what espeak is asked for, its files."""
        return f"{self.engine}:{_ENGINE_FORMAT[self.engine]}:{self.language}:{self.digest}"

    def effort(self, text: str) -> float:
        """How much work it is to read `text`, in letters read by a Piper voice; for progress and for sharing it out."""
        return len(text) * _EFFORT[self.engine]

    def load(self) -> Voice:
        """The voice, ready to speak; no byte of it is used that was not checked.

        Raises VoiceNotInstalled for a damaged file, and voices.graph.ModelError for one that the engine cannot use.
        """
        paths = {role: self.file(role) for role, _ in self.files}
        try:
            return self._opened(paths)
        except VivavoceError as error:
            error.hint = error.hint or f"vivavoce voices install {self.name}"  # the files do not know whose they are
            raise

    def _opened(self, paths: dict[Role, Path]) -> Voice:
        match self.engine:
            case Engine.PIPER:
                from voices.piper import PiperVoice

                return PiperVoice(
                    self.name,
                    self.language,
                    self.identity,
                    paths[Role.MODEL],
                    paths[Role.CONFIG],
                    self.speaker,
                    sha256=dict(self.sha256s).get(Role.MODEL, ""),
                )
            case Engine.KOKORO:
                from voices.kokoro import KokoroVoice

                return KokoroVoice(
                    self.name,
                    self.language,
                    self.identity,
                    paths[Role.MODEL],
                    paths[Role.STYLE],
                    sha256=dict(self.sha256s).get(Role.MODEL, ""),
                )
            case Engine.TONE:
                from voices.tone import ToneVoice

                return ToneVoice(self.name, self.language, self.identity)

    def file(self, role: Role) -> Path:
        """Where a file is, whose bytes are what they should be. Raises VoiceNotInstalled for a damaged one.

        A model is checked where it is read: mostly it need not be.
        """
        path, wanted = dict(self.files)[role], dict(self.sha256s).get(role)
        try:
            if not wanted or role is Role.MODEL or sha256_of(path) == wanted:
                return path
        except OSError as error:
            raise unreadable(self.name, path, error) from error
        told = f"{path} is damaged: its sha256 is not {wanted}"
        raise VoiceNotInstalled(told, hint=f"vivavoce voices install {self.name}")


def loadable(installed: Installed) -> LoadableVoice:
    """What a worker needs of an installed voice."""
    voice = installed.voice
    files = tuple((file.role, file.path) for file in installed.files)
    sha256s = tuple((file.role, file.sha256) for file in installed.files)
    return LoadableVoice(voice.name, voice.language, voice.engine, files, installed.digest, voice.speaker, sha256s)
