"""Which voice reads which segment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from articles.errors import ExitCode, VivavoceError
from articles.segments import Segment
from voices.clips import clip_key
from voices.load import LoadableVoice
from voices.studio import Order
from voices.take import Take
from voices.voice import Delivery

DEFAULT_CAST = {"en": "en_US-joe-medium", "fr": "ff_siwis"}
"""Who reads a language when the edition does not say: the voices that a Python package index alone can serve."""


class NoVoiceForLanguage(VivavoceError):
    """No voice is cast for a language that an article uses."""

    exit_code = ExitCode.MISSING_VOICE


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a language, and how fast: 1.0 is the voice's own pace, from 0.5 to 2.0."""

    voice: str
    speed: float = 1.0

    def __post_init__(self) -> None:
        if not 0.5 <= self.speed <= 2.0:
            raise ValueError(f"speed {self.speed} is not between 0.5 and 2.0")


def readers(settings: Mapping[str, str | Reader], languages: Iterable[str]) -> dict[str, Reader]:
    """The reader of each of `languages` that has one: as the `[voices]` table says, else the default cast."""
    found: dict[str, Reader] = {}
    for language in languages:
        chosen = settings.get(language) or DEFAULT_CAST.get(language.split("-")[0])
        if chosen:
            found[language] = chosen if isinstance(chosen, Reader) else Reader(chosen)
    return found


@dataclass(frozen=True, slots=True)
class Cast:
    """The voices of an edition, ready to be loaded, and the reader of each language."""

    readers: Mapping[str, Reader]
    voices: Mapping[str, LoadableVoice]
    missing: Mapping[str, VivavoceError] = field(default_factory=dict)
    """Why a voice that is cast cannot be loaded, by its name."""

    def order(self, segment: Segment) -> Order:
        """What the studio is to record for `segment`.

        Raises NoVoiceForLanguage, or the reason why the voice that is cast is missing.
        """
        reader = self.readers.get(segment.language)
        if reader is None:
            raise NoVoiceForLanguage(
                f"no voice is cast for the language “{segment.language}”",
                hint=f'name one under [voices] in edition.toml, as {segment.language} = "…" '
                "(`vivavoce voices list` shows them)",
            )
        if reader.voice in self.missing:
            raise self.missing[reader.voice]
        voice = self.voices[reader.voice]
        delivery = Delivery(reader.speed)
        key = clip_key(voice.identity, segment.spoken, delivery)
        return Order(key, voice.name, segment.spoken, delivery)

    def take(self, segment: Segment) -> Take:
        """The take that `order(segment)` will make. Raises as `order` does."""
        order = self.order(segment)
        return Take(segment, order.voice, order.key)
