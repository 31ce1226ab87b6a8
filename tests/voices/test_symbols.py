import dataclasses
import json
from pathlib import Path

import pytest

from articles.files import sha256_of
from articles.speech.markup import ipa_mark
from voices.assets import VoiceNotInstalled
from voices.catalogue import Engine, Role
from voices.kokoro import VOCABULARY
from voices.load import LoadableVoice
from voices.symbols import _NEAR, UnknownSymbol, unknown_symbols

TONE = LoadableVoice("tone", "mul", Engine.TONE, (), "")
KOKORO = LoadableVoice("ff_siwis", "fr-FR", Engine.KOKORO, (), "")


def piper(folder: Path, symbols: str) -> LoadableVoice:
    """A Piper voice that has only its settings: no model is needed to know its symbols."""
    config = folder / "voice.onnx.json"
    settings = {
        "num_symbols": len(symbols), "num_speakers": 1, "audio": {"sample_rate": 22050}, "espeak": {"voice": "fr"},
        "inference": {}, "phoneme_type": "espeak", "phoneme_id_map": {symbol: [n] for n, symbol in enumerate(symbols)},
    }  # fmt: skip
    config.write_text(json.dumps(settings), encoding="utf-8")
    return LoadableVoice("v", "fr-FR", Engine.PIPER, ((Role.CONFIG, config),), "")


def test_a_piper_voice_tells_what_it_lacks(tmp_path: Path) -> None:
    """Each missing symbol once, with a name and a near sound that the voice does have."""
    voice = piper(tmp_path, "_^$ vjøpɔʁa")
    assert unknown_symbols(voice, ipa_mark("vjø pɔʁ")) == ()
    assert unknown_symbols(voice, ipa_mark("ʀaʀ ʘɔ̃")) == (
        UnknownSymbol("ʀ", "LATIN LETTER SMALL CAPITAL R", "ʁ"),
        UnknownSymbol("ʘ", "LATIN LETTER BILABIAL CLICK", ""),
        UnknownSymbol("\u0303", "COMBINING TILDE", ""),
    )


def test_nothing_is_read_of_a_damaged_voice(tmp_path: Path) -> None:
    """Or a symbol would be refused that the voice has."""
    voice = piper(tmp_path, "_^$ a")
    pinned = dataclasses.replace(voice, sha256s=((Role.CONFIG, sha256_of(voice.file(Role.CONFIG))),))
    assert unknown_symbols(pinned, ipa_mark("a")) == ()
    voice.file(Role.CONFIG).write_text(voice.file(Role.CONFIG).read_text().replace('"a"', '"e"'))
    with pytest.raises(VoiceNotInstalled, match="is damaged") as error:
        unknown_symbols(pinned, ipa_mark("a"))
    assert error.value.hint == "vivavoce voices install v"


def test_kokoro_s_own_letters_are_known() -> None:
    """Sounds that Kokoro writes with letters of its own, such as diphthongs, are not missing; clicks are."""
    assert unknown_symbols(KOKORO, ipa_mark("taɪm dʒɔɪ ça ɑ̃")) == ()
    assert [str(symbol) for symbol in unknown_symbols(KOKORO, ipa_mark("ʀʘ"))] == [
        "ʀ (latin letter small capital r), try ʁ",
        "ʘ (latin letter bilabial click)",
    ]


@pytest.mark.parametrize("text", ["l’[[en|Pettibrook]], les amis – de (la) fête…", "Bonjour !"])
def test_ordinary_words_have_no_missing_sound(text: str) -> None:
    """Punctuation and espeak's own hyphens are no sounds, and French and English need none that Kokoro lacks."""
    assert unknown_symbols(KOKORO, text) == ()


def test_tones_say_anything() -> None:
    """A voice without sounds lacks none."""
    assert unknown_symbols(TONE, ipa_mark("ʘ")) == ()


def test_near_sounds_are_sounds() -> None:
    """No symbol is its own substitute, and each substitute is one that some voice knows."""
    assert all(symbol not in near for symbol, near in _NEAR.items())
    assert set("".join(_NEAR.values())) <= set(VOCABULARY) | set("ʀħɓɵʉɜʏɚ")
