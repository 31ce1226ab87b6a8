"""Piper voices: VITS models run by onnxruntime, phonemes by espeak-ng."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from piper.config import PhonemeType, PiperConfig

from voices.decoder import REACH, REACH_OF_ALL, Decoder
from voices.espeak import phonemize, word_phonemes
from voices.graph import ModelError
from voices.graph_store import Recipe, open_model
from voices.voice import Clip, Delivery, SpeechError, to_pcm
from voices.words import time_words

_PAD, _BEGIN, _END = "_", "^", "$"  # Piper's own marks in every phoneme_id_map
_NOISE = "noise_"
_NOISE_FRAMES, _NOISE_FRAMES_PER_SYMBOL = 400, 8
"""How much noise is prepared: of the frames of speech there are about two per symbol, and 400 are a pause of 4.6 s."""


def _edit(source: bytes, path: Path) -> dict[str, bytes]:
    """The graphs of a Piper voice: text to frames and durations, then frames to sound in one step after another."""
    from voices import graph_edits as edits  # onnx takes its time and memory; saved graphs do without

    model = edits.load_model(source, path)
    edits.expose(model, edits.durations_tensor(model, path))
    edits.noise_as_inputs(model, path)
    reader, decoder = edits.cut_at_decoder(model, path)
    stages = edits.stages(decoder)
    edits.note(stages[0], REACH_OF_ALL, edits.reach(decoder))
    for stage in stages:
        edits.note(stage, REACH, edits.reach(stage))
    for part in (reader, *stages):
        edits.widen(part)
    names = ("reader", *(f"decoder-{number}" for number in range(1, len(stages) + 1)))
    return {name: part.SerializeToString() for name, part in zip(names, (reader, *stages), strict=True)}


RECIPE = Recipe("piper", 2, _edit)


@dataclass(frozen=True, slots=True)
class _Symbols:
    """Phonemes as the model reads them: its ids, and how many ids lie before each phoneme and before the end."""

    ids: list[int]
    phonemes: list[str]
    bounds: list[int]


class PiperVoice:
    """One Piper voice, loaded. Raises ModelError when the files are not a Piper voice that espeak can serve."""

    def __init__(
        self,
        name: str,
        language: str,
        identity: str,
        model: Path,
        config: Path,
        speaker: str = "",
        *,
        sha256: str = "",
    ) -> None:
        self.name = name
        self.language = language
        self.identity = identity
        self._config = read_config(config)
        self._speaker = _speaker_id(self._config, speaker, config)
        self.sample_rate = self._config.sample_rate
        self._reader, *stages = open_model(model, sha256, RECIPE)
        self._decoder = Decoder(*stages)
        shapes = self._reader.input_shapes
        self._noise_channels = {name: int(shape[1] or 0) for name, shape in shapes.items() if name.startswith(_NOISE)}

    def speak(self, text: str, delivery: Delivery, seed: int) -> Clip:
        """The clip for `text`, with word times from the model's own durations.

        Raises SpeechError when the text has nothing that this voice can say.
        """
        symbols = self._symbols(phonemize(self._config.espeak_voice, text))
        if not any(phoneme.isalpha() for phoneme in symbols.phonemes):
            raise SpeechError(f"“{text}” has nothing that {self.name} can say")
        frames, *others, durations = self._reader.run(self._inputs(symbols.ids, delivery, seed))
        audio = self._decoder.run(frames, others)
        samples = np.cumsum(np.rint(durations.reshape(-1)).astype(np.int64)) * self._config.hop_length
        bounds = [int(samples[count - 1]) for count in symbols.bounds]
        for place, phoneme in enumerate(symbols.phonemes[1:], 1):
            # A space inside a phrase is no pause: the model speaks the next word's first sound in it.
            if phoneme == " " and symbols.phonemes[place - 1].isalpha():
                bounds[place + 1] = bounds[place]
        words = time_words(text, symbols.phonemes, bounds, self._word_alone)
        return Clip(to_pcm(audio), self.sample_rate, words)

    def phonemes(self, text: str) -> str:
        """What the voice reads for `text`, in IPA."""
        return "".join(self._symbols(phonemize(self._config.espeak_voice, text)).phonemes)

    def _word_alone(self, word: str) -> tuple[str, ...]:
        return word_phonemes(self._config.espeak_voice, word)

    def _symbols(self, phonemes: list[str]) -> _Symbols:
        ids_of = self._config.phoneme_id_map
        pad = list(ids_of[_PAD])
        ids = [*ids_of[_BEGIN], *pad]
        known = [phoneme for phoneme in phonemes if phoneme in ids_of]
        bounds = [len(ids)]
        for phoneme in known:
            ids += [*ids_of[phoneme], *pad]
            bounds.append(len(ids))
        return _Symbols([*ids, *ids_of[_END]], known, bounds)

    def _inputs(self, ids: list[int], delivery: Delivery, seed: int) -> dict[str, np.ndarray]:
        length_scale = self._config.length_scale / delivery.speed
        scales = [self._config.noise_scale, length_scale, self._config.noise_w_scale]
        inputs: dict[str, np.ndarray] = {
            "input": np.array([ids], dtype=np.int64),
            "input_lengths": np.array([len(ids)], dtype=np.int64),
            "scales": np.array(scales, dtype=np.float32),
        }
        if self._config.num_speakers > 1:
            inputs["sid"] = np.array([self._speaker], dtype=np.int64)
        frames = int(np.ceil((_NOISE_FRAMES + _NOISE_FRAMES_PER_SYMBOL * len(ids)) * max(1.0, length_scale)))
        for place, (name, channels) in enumerate(self._noise_channels.items()):
            # Drawn frame by frame, so that preparing more noise would not change what the first frames get.
            noise = np.random.default_rng([seed, place]).standard_normal((frames, channels), dtype=np.float32)
            inputs[name] = np.ascontiguousarray(noise.T)[np.newaxis]
        return inputs


def _speaker_id(config: PiperConfig, speaker: str, path: Path) -> int:
    if not speaker:
        return int(config.default_speaker_id)
    try:
        return int(config.speaker_id_map[speaker])
    except KeyError:
        known = ", ".join(config.speaker_id_map) or "nobody"
        raise ModelError(f"{path}: {speaker} does not speak here, only {known}") from None


def read_config(path: Path) -> PiperConfig:
    """A voice's settings. Raises ModelError when the file is no Piper voice's, or it reads no espeak phonemes."""
    try:
        config = PiperConfig.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: not a Piper voice's settings ({error})") from error
    if config.phoneme_type is not PhonemeType.ESPEAK:
        raise ModelError(f"{path}: this voice reads {config.phoneme_type.value}, not espeak phonemes")
    return config
