"""From a voice's files to a voice that speaks; engines are imported only when one of theirs is loaded."""

from dataclasses import dataclass
from pathlib import Path

from voices.assets import Installed
from voices.catalogue import Engine, Role
from voices.voice import Voice

_ENGINE_FORMAT = {Engine.PIPER: 2, Engine.KOKORO: 2, Engine.TONE: 1}
"""Raised when the same files come to sound different, or their words to other times: no older clip is then taken for
the new one."""


_EFFORT = {Engine.PIPER: 1.0, Engine.KOKORO: 6.0, Engine.TONE: 0.01}
"""What a letter costs to read, in letters of a Piper voice: 0.125 CPU seconds per second of speech against 0.8."""

LOADING_EFFORT = 120.0
"""What loading a voice costs, in the same unit: a second or two."""


@dataclass(frozen=True, slots=True)
class LoadableVoice:
    """All that is needed to load a voice in another process: `files` by role, `digest` over all of them."""

    name: str
    language: str
    engine: Engine
    files: tuple[tuple[Role, Path], ...]
    digest: str
    speaker: str = ""

    @property
    def identity(self) -> str:
        """Everything about the voice that changes its sound: its engine, what espeak is asked for, its files."""
        return f"{self.engine}:{_ENGINE_FORMAT[self.engine]}:{self.language}:{self.digest}"

    def effort(self, text: str) -> float:
        """How much work it is to read `text`, in letters read by a Piper voice; for progress and for sharing it out."""
        return len(text) * _EFFORT[self.engine]

    def load(self) -> Voice:
        """The voice, ready to speak. Raises voices.graph.ModelError when its files are not what they should be."""
        paths = dict(self.files)
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
                )
            case Engine.KOKORO:
                from voices.kokoro import KokoroVoice

                return KokoroVoice(self.name, self.language, self.identity, paths[Role.MODEL], paths[Role.STYLE])
            case Engine.TONE:
                from voices.tone import ToneVoice

                return ToneVoice(self.name, self.language, self.identity)


def loadable(installed: Installed) -> LoadableVoice:
    """What a worker needs of an installed voice."""
    voice = installed.voice
    files = tuple((file.role, file.path) for file in installed.files)
    return LoadableVoice(voice.name, voice.language, voice.engine, files, installed.digest, voice.speaker)
