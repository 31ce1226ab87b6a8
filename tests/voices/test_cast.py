from dataclasses import replace

import pytest

from articles.errors import ExitCode
from articles.issue import BlockKind
from articles.segments import Segment
from voices.assets import VoiceNotInstalled
from voices.cast import Cast, NoVoiceForLanguage, Reader, readers
from voices.catalogue import Engine
from voices.load import LoadableVoice

TONE = LoadableVoice("tone", "mul", Engine.TONE, (), "0" * 64)


def segment(language: str) -> Segment:
    return Segment(0, 0, BlockKind.PARAGRAPH, language, "Text", "Text", 1)


def test_the_default_cast_reads_what_the_edition_leaves_open() -> None:
    """French and English have voices that a package index serves; a language without a default has none."""
    chosen = readers({"en": "tone"}, ["en", "fr", "br"])
    assert chosen == {"en": Reader("tone"), "fr": Reader("ff_siwis")}


def test_speed_is_part_of_the_key() -> None:
    """The same text at another pace is another clip."""
    keys = {Cast({"en": Reader("tone", speed)}, {"tone": TONE}).order(segment("en")).key for speed in (1.0, 1.2)}
    assert len(keys) == 2


@pytest.mark.parametrize("speed", [0.0, 0.4, 2.1, float("nan")])
def test_an_absurd_speed_is_refused(speed: float) -> None:
    """Speeds outside 0.5 to 2 are settings errors, not sounds."""
    with pytest.raises(ValueError, match="speed"):
        Reader("tone", speed)


def test_a_kind_of_block_can_have_a_voice_of_its_own() -> None:
    """Quotations are read by the voice cast for them, everything else by the language's own."""
    other = LoadableVoice("other", "mul", Engine.TONE, (), "1" * 64)
    cast = Cast({"en": Reader("tone", kinds={"quotation": "other"})}, {"tone": TONE, "other": other})
    quoted = replace(segment("en"), kind=BlockKind.QUOTATION)
    assert [cast.order(each).voice for each in (segment("en"), quoted)] == ["tone", "other"]
    with pytest.raises(ValueError, match="quotaton is no kind of block"):
        Reader("tone", kinds={"quotaton": "other"})


def test_a_language_nobody_reads_is_told() -> None:
    """The error names the language, what to write, and ends the command with 3."""
    with pytest.raises(NoVoiceForLanguage, match="no voice is cast for the language “br”") as caught:
        Cast({}, {}).order(segment("br"))
    assert caught.value.exit_code == ExitCode.MISSING_VOICE


def test_a_voice_that_is_missing_is_never_swapped() -> None:
    """When the voice that is cast is not installed, its language fails even if another voice could read it."""
    absent = VoiceNotInstalled("ff_siwis is not installed", hint="install it")
    cast = Cast({"fr": Reader("ff_siwis")}, {"tone": TONE}, {"ff_siwis": absent})
    with pytest.raises(VoiceNotInstalled):
        cast.order(segment("fr"))
