"""What a voice has no sound for, told before it is asked to speak; no model is loaded for that."""

import unicodedata
from dataclasses import dataclass

from voices.catalogue import Engine, Role
from voices.espeak import espeak_voice, phonemize
from voices.load import LoadableVoice

_SPACING = frozenset("PZSC")  # categories of what is no sound: punctuation, spaces, signs; espeak links words with some

# The nearest sounds that more voices know, the nearest first; by place and manner of articulation.
_NEAR = {
    "ʀ": "ʁɹr", "ʁ": "ʀɹr", "r": "ɾʁɹ", "ɹ": "rʁ", "ɻ": "ɹr", "ɾ": "rdt", "ɽ": "ɾr", "ɺ": "ɾl", "χ": "xʁh", "x": "χkh",
    "ɣ": "ʁɡ", "ħ": "hχ", "ʕ": "ʁ", "ɦ": "h", "ʔ": "", "ɫ": "l", "ɬ": "lʃ", "ɭ": "l", "ʎ": "j", "ɲ": "n", "ŋ": "n",
    "ɳ": "n", "ɴ": "ŋn", "ɱ": "m", "θ": "s", "ð": "z", "ɸ": "f", "β": "v", "ʋ": "v", "ⱱ": "v", "ʍ": "w", "ɥ": "wj",
    "ɰ": "w", "ç": "ʃ", "ʝ": "j", "ɕ": "ʃ", "ʑ": "ʒ", "ʂ": "ʃ", "ʐ": "ʒ", "ɖ": "d", "ʈ": "t", "ɟ": "d", "c": "k",
    "q": "k", "ɢ": "ɡ", "ɓ": "b", "ɗ": "d", "ɠ": "ɡ", "ʦ": "ts", "ʣ": "dz", "ʧ": "tʃ", "ʤ": "dʒ",
    "ɐ": "aə", "ɑ": "a", "ɒ": "ɔɑ", "æ": "aɛ", "ʌ": "ɐɔa", "ɤ": "oɔ", "ɘ": "əe", "ɵ": "øo", "ɞ": "œɜ", "ɜ": "əœ",
    "ɚ": "əœ", "ɝ": "ɜœ", "œ": "øɛ", "ɶ": "œ", "ø": "œə", "ʏ": "yɪ", "y": "ʏu", "ɨ": "ɪi", "ʉ": "uy", "ɯ": "u",
    "ɪ": "i", "ʊ": "u", "ᵻ": "ɪi", "ᵊ": "ə", "ˑ": "ː", "ʲ": "j", "ʷ": "w", "ʰ": "",
}  # fmt: skip
_PAIRS = frozenset("ʦʣʧʤ")  # one symbol for two sounds, which are both needed


@dataclass(frozen=True, slots=True)
class UnknownSymbol:
    """A sound that a voice does not have: its symbol, its Unicode name, and a near one that the voice has, or none."""

    symbol: str
    name: str
    instead: str

    def __str__(self) -> str:
        shown = f"◌{self.symbol}" if unicodedata.combining(self.symbol) else self.symbol
        return f"{shown} ({self.name.lower()})" + (f", try {self.instead}" if self.instead else "")


def unknown_symbols(voice: LoadableVoice, spoken: str) -> tuple[UnknownSymbol, ...]:
    """The symbols of a spoken text, each once, that `voice` would leave out.

    IPA is given as a mark (articles.speech.markup.ipa_mark). A symbol that is known may still be one that the voice has
    seldom heard, in another language than its own; only listening tells. Raises SpeechError, ModelError, and
    VoiceNotInstalled for damaged files.
    """
    if voice.engine is Engine.TONE:
        return ()
    needed, known = _needed_and_known(voice, spoken)
    missing = dict.fromkeys(
        symbol for symbol in needed if symbol not in known and unicodedata.category(symbol)[0] not in _SPACING
    )
    return tuple(_unknown(symbol, known) for symbol in missing)


def _needed_and_known(voice: LoadableVoice, spoken: str) -> tuple[str, frozenset[str]]:
    if voice.engine is Engine.KOKORO:
        from voices.kokoro import VOCABULARY, as_kokoro

        return as_kokoro(phonemize(espeak_voice(voice.language), spoken), voice.language), frozenset(VOCABULARY)
    from voices.piper import read_config

    config = read_config(voice.file(Role.CONFIG))
    return "".join(phonemize(config.espeak_voice, spoken)), frozenset(config.phoneme_id_map)


def _unknown(symbol: str, known: frozenset[str]) -> UnknownSymbol:
    near = _NEAR.get(symbol, "")
    heard = [other for other in near if other in known]
    instead = near if symbol in _PAIRS and len(heard) == len(near) else next(iter(heard), "")
    return UnknownSymbol(symbol, unicodedata.name(symbol, "no name"), instead)
