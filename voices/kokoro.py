"""Kokoro-82M voices: one shared model and a style per voice; for languages in which no Piper voice is packaged."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voices.espeak import espeak_voice, phonemize, word_phonemes
from voices.graph import ModelError, Session
from voices.graph_store import Recipe, open_model
from voices.voice import Clip, Delivery, SpeechError, to_pcm
from voices.words import time_words

SAMPLE_RATE = 24_000
_SAMPLES_PER_FRAME = 600
_LEAD_FRAMES = 3  # sound runs ahead of its token: measured on ff_siwis, and what Kokoro's own time stamps take off
_MAX_TOKENS = 510  # the model's context of 512, less the zero at each end
_STYLE_SHAPE = (510, 256)  # one row per number of tokens
_DURATIONS = "/encoder/Round_output_0"  # frames per token, in the int8 export of kokoro-v1.0

# The model's vocabulary, from the config.json that comes with Kokoro-82M. Ids are not contiguous: each run of symbols
# below begins at the id named before it.
_RUNS = (
    (1, ";:,.!?"),
    (9, "—…\"()“” \u0303ʣʥʦʨᵝ\uab67AI"),
    (31, "O"), (33, "Q"), (35, "ST"), (39, "W"), (41, "Yᵊabcdef"),
    (50, "hijklmnopqrstuvwxyzɑɐɒæ"),
    (75, "βɔɕç"), (80, "ɖðʤə"), (85, "ɚɛɜ"), (90, "ɟ"), (92, "ɡ"), (99, "ɥ"), (101, "ɨɪʝ"), (110, "ɯɰŋɳɲɴø"),
    (118, "ɸθœ"), (123, "ɹ"), (125, "ɾɻ"), (128, "ʁɽʂʃʈʧ"), (135, "ʊʋ"), (138, "ʌɣɤ"), (142, "χʎ"), (147, "ʒʔ"),
    (156, "ˈˌː"), (162, "ʰ"), (164, "ʲ"), (169, "↓"), (171, "→↗↘"), (177, "ᵻ"),
)  # fmt: skip
VOCABULARY = {symbol: first + step for first, run in _RUNS for step, symbol in enumerate(run)}

# espeak writes these as two symbols, Kokoro was trained on one.
_ONE_SYMBOL = (
    ("aɪ", "I"), ("aʊ", "W"), ("eɪ", "A"), ("oʊ", "O"), ("əʊ", "Q"), ("ɔɪ", "Y"),
    ("dʒ", "ʤ"), ("tʃ", "ʧ"), ("c\u0327", "ç"),
)  # fmt: skip
# Only where they are one sound: in French, t and s meet across syllables (septante-cinq).
_ALSO_ONE_SYMBOL = {"it": (("dz", "ʣ"), ("ts", "ʦ"))}


def _edit(source: bytes, path: Path) -> dict[str, bytes]:
    from voices import graph_edits as edits  # onnx takes its time and memory; saved graphs do without

    model = edits.load_model(source, path)
    edits.expose(model, _DURATIONS)
    return {"whole": model.SerializeToString()}


RECIPE = Recipe("kokoro", 1, _edit)


@dataclass(frozen=True, slots=True)
class _Spoken:
    audio: NDArray[np.float32]
    bounds: list[int]


class KokoroVoice:
    """One Kokoro voice, loaded. Raises ModelError when the files are not Kokoro's model and a style for it."""

    sample_rate = SAMPLE_RATE

    def __init__(self, name: str, language: str, identity: str, model: Path, style: Path, *, sha256: str = "") -> None:
        self.name = name
        self.language = language
        self.identity = identity
        self._espeak_voice = espeak_voice(language)
        self._style = _read_style(style)
        self._session = _shared_session(model, sha256)

    def speak(self, text: str, delivery: Delivery, seed: int) -> Clip:  # noqa: ARG002 — Kokoro draws no noise
        """The clip for `text`, with word times from the model's own durations.

        Raises SpeechError when the text has nothing that this voice can say.
        """
        symbols = self._symbols(text)
        if not any(symbol.isalpha() for symbol in symbols):
            raise SpeechError(f"“{text}” has nothing that {self.name} can say")
        audio: list[NDArray[np.float32]] = []
        bounds: list[int] = []
        for part in split_tokens(symbols):
            spoken = self._say(part, delivery)
            before = sum(map(len, audio))
            # The last bound of one part and the first of the next enclose a pause that belongs to neither.
            bounds[-1:] = [before + bound for bound in spoken.bounds]
            audio.append(spoken.audio)
        words = time_words(text, symbols, bounds, self._word_alone)
        return Clip(to_pcm(np.concatenate(audio)), SAMPLE_RATE, words)

    def phonemes(self, text: str) -> str:
        """What the voice reads for `text`, in IPA with Kokoro's own letters for diphthongs and affricates."""
        return "".join(self._symbols(text))

    def _say(self, symbols: list[str], delivery: Delivery) -> _Spoken:
        tokens = np.array([[0, *(VOCABULARY[symbol] for symbol in symbols), 0]], dtype=np.int64)
        inputs = {
            "tokens": tokens,
            "style": self._style[len(symbols) - 1][np.newaxis],
            "speed": np.array([delivery.speed], dtype=np.float32),
        }
        audio, frames = self._session.run(inputs)
        reached = np.cumsum(np.rint(frames.reshape(-1)).astype(np.int64))[:-1] - _LEAD_FRAMES
        bounds = np.maximum(reached, 0) * _SAMPLES_PER_FRAME
        return _Spoken(audio.reshape(-1), [int(bound) for bound in bounds])

    def _symbols(self, text: str) -> list[str]:
        return _known(phonemize(self._espeak_voice, text), self.language)

    def _word_alone(self, word: str) -> list[str]:
        return _known(word_phonemes(self._espeak_voice, word), self.language)


@lru_cache(maxsize=1)
def _shared_session(model: Path, sha256: str) -> Session:
    """One session for all styles: a second one would need its own few hundred megabytes to work in."""
    (session,) = open_model(model, sha256, RECIPE)
    return session


def split_tokens(symbols: list[str]) -> list[list[str]]:
    """`symbols` in parts of at most 510, cut behind a mark of punctuation, else at a space, else where it must."""
    parts = []
    while len(symbols) > _MAX_TOKENS:
        window = symbols[:_MAX_TOKENS]
        cut = _last_of(window, ".!?;:,") or _last_of(window, " ") or _MAX_TOKENS
        parts.append(symbols[:cut])
        symbols = symbols[cut:]
    return [*parts, symbols]


def _last_of(symbols: list[str], marks: str) -> int:
    return max((place + 1 for place, symbol in enumerate(symbols) if symbol in marks), default=0)


def as_kokoro(phonemes: Iterable[str], language: str) -> str:
    """espeak's phonemes of a language in Kokoro's letters, those included that the model does not have."""
    joined = "".join(phonemes)
    for several, one in (*_ONE_SYMBOL, *_ALSO_ONE_SYMBOL.get(language.split("-")[0], ())):
        joined = joined.replace(several, one)
    return joined


def _known(phonemes: Iterable[str], language: str) -> list[str]:
    return [symbol for symbol in as_kokoro(phonemes, language) if symbol in VOCABULARY]


def _read_style(path: Path) -> NDArray[np.float32]:
    try:
        return np.fromfile(path, dtype="<f4").astype(np.float32).reshape(_STYLE_SHAPE)
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: not a Kokoro style ({error})") from error
