"""Which voice reads which segment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from articles.errors import ExitCode, VivavoceError
from articles.issue import BlockKind
from articles.segments import Segment
from voices.catalogue import Engine
from voices.clips import clip_key
from voices.load import LoadableVoice
from voices.studio import Order
from voices.take import Take
from voices.voice import Delivery

DEFAULT_CAST = {"en": "en_US-joe-medium", "fr": "ff_siwis"}
"""Who reads a language when the edition does not say: the voices that a Python package index alone can serve."""


_DRAWS_NOISE = frozenset({Engine.PIPER})
"""Engines that read one text in many ways, by the seed; the others give the same samples for the same request."""

_SLOWER = 0.97
"""The pace of a second reading by the others: too near the first to be noticed, enough for other samples."""


class NoVoiceForLanguage(VivavoceError):
    """No voice is cast for a language that an article uses."""

    exit_code = ExitCode.MISSING_VOICE


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a language, and how fast: 1.0 is the voice's own pace, from 0.5 to 2.0.

    `kinds` casts other voices for some kinds of blocks, as `{ quotation = "fr_FR-upmc-medium" }`.
    """

    voice: str
    speed: float = 1.0
    kinds: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0.5 <= self.speed <= 2.0:
            raise ValueError(f"speed is {self.speed}: give a value from 0.5 to 2.0")
        for kind in self.kinds:
            if kind not in tuple(BlockKind):
                raise ValueError(f"kinds: {kind} is no kind of block; these are: {', '.join(BlockKind)}")

    def voice_for(self, kind: BlockKind) -> str:
        """Who reads blocks of this kind."""
        return self.kinds.get(kind, self.voice)

    @property
    def voices(self) -> tuple[str, ...]:
        """Every voice of this reader, the main one first."""
        return tuple(dict.fromkeys((self.voice, *self.kinds.values())))


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
        name = reader.voice_for(segment.kind)
        if name in self.missing:
            raise self.missing[name]
        voice = self.voices[name]
        delivery = Delivery(reader.speed)
        key = clip_key(voice.identity, segment.spoken, delivery)
        return Order(key, voice.name, segment.spoken, delivery)

    def again(self, order: Order) -> Order:
        """A second reading of what `order` has read: the same words by the same voice, and other samples.

        A voice that draws noise draws other noise; one that draws none reads 3 % slower.
        """
        voice = self.voices[order.voice]
        if voice.engine in _DRAWS_NOISE:
            delivery = order.delivery
        else:
            delivery = replace(order.delivery, speed=order.delivery.speed * _SLOWER)
        key = clip_key(voice.identity, order.spoken, delivery, attempt=1)
        return Order(key, order.voice, order.spoken, delivery, attempt=1)

    def take(self, segment: Segment) -> Take:
        """The take that `order(segment)` will make. Raises as `order` does."""
        order = self.order(segment)
        return Take(segment, order.voice, order.key)
