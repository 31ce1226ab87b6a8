"""An article spoken by the tone voice: its reading, and the sound that belongs to it."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import soxr
from numpy.typing import NDArray

from articles.markdown import read_article
from articles.segments import HouseStyle, Segment, write_script
from audio.timeline import PlacedSpeech
from feeds.reading import Reading, reading_of
from voices.clips import ClipStore
from voices.take import Take
from voices.tone import ToneVoice
from voices.voice import Clip, Delivery

RATE = 44_100
_FIRST_S, _PAUSE_S = 1.0, 0.35
_CUT_S = 0.08  # the tone voice leaves a tenth of a second of silence at both ends


@dataclass(frozen=True)
class Narration:
    """Takes as they lie in an episode, the store of their clips, and the episode's samples."""

    speech: tuple[PlacedSpeech, ...]
    store: ClipStore
    pcm: NDArray[np.float32]
    language: str

    @property
    def seconds(self) -> float:
        """How long the episode is."""
        return len(self.pcm) / RATE

    @property
    def reading(self) -> Reading:
        """The episode's reading."""
        return reading_of(self.speech, RATE, self.store, language=self.language, seconds=self.seconds)


def segments_of(folder: Path, text: str, name: str) -> tuple[Segment, ...]:
    """The script of an article with this text; its name ends with its language, as `01-harbour.en`."""
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    return write_script(read_article(path, ("en", "fr")), HouseStyle(languages=("en", "fr"))).segments


def narrate(
    folder: Path, text: str, name: str = "01-article.en", change: Callable[[Clip], Clip] = lambda clip: clip
) -> Narration:
    """The article as the tone voice reads it; `change` may take something from each clip."""
    store = ClipStore(folder / "clips")
    sound = [np.zeros(round(_FIRST_S * RATE), np.float32)]
    speech = []
    for segment in segments_of(folder, text, name):
        voice = ToneVoice(f"tone-{segment.language}", segment.language, "tone")
        clip = change(voice.speak(segment.spoken, Delivery(), 0))
        key = f"{name}{segment.index:060x}"
        store.write(key, clip)
        skipped = round(_CUT_S * RATE)
        pcm = soxr.resample(clip.pcm.astype(np.float32) / 32768, clip.sample_rate, RATE)[skipped:-skipped]
        start = sum(map(len, sound))
        speech.append(PlacedSpeech(Take(segment, voice.name, key), start, start + len(pcm), skipped))
        sound += [pcm, np.zeros(round(_PAUSE_S * RATE), np.float32)]
    return Narration(tuple(speech), store, np.concatenate(sound), name.rpartition(".")[2])


def mp3_of(pcm: NDArray[np.float32]) -> bytes:
    """The samples as an MP3 of 96 kbit/s."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono", bit_rate=96_000)
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()
