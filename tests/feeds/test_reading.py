from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from articles.issue import BlockKind
from articles.markdown import read_article
from articles.speech import SpokenWord
from feeds.reading import Reading, Word
from feeds.word_times import pieces_of
from tests.narration import RATE, Narration, narrate
from voices.voice import Clip

TEXT = """\
+++
headline = "€12 for a “ticket”"
+++

On 3 May 2026 it cost €1,234.50, they said. They called it [la langue du diable]{lang=fr}, and left.

::: {.caption lang=fr}
Le port, à 14h30 : « Oui ! »
:::

Prices — 5% up — fell.
"""


@pytest.fixture
def narration(tmp_path: Path) -> Narration:
    return narrate(tmp_path, TEXT)


@pytest.fixture
def reading(narration: Narration) -> Reading:
    return narration.reading


def words_of(reading: Reading) -> list[Word]:
    return [word for sentence in reading.sentences for word in sentence.words]


def test_nothing_of_the_printed_text_is_lost(reading: Reading, tmp_path: Path) -> None:
    """Words and what stands between them join to each sentence, and sentences to the paragraphs of the article."""
    for sentence in reading.sentences:
        parts = [part if isinstance(part, str) else part.text for part in sentence.parts()]
        assert "".join(parts) == sentence.written
        assert all(word.text == sentence.written[word.start : word.end].strip() for word in sentence.words)
    article = read_article(tmp_path / "01-article.en.md", ("en", "fr"))
    printed = [block.text for block in article.blocks]
    assert [paragraph.text.removeprefix("Caption: ") for paragraph in reading.paragraphs] == printed


def test_what_is_said_in_many_words_is_one_word_as_written(reading: Reading) -> None:
    """A date and an amount of money are each one word with one time, however many words are spoken for it."""
    texts = [word.text for word in words_of(reading)]
    for whole in ("€12", "3 May 2026", "€1,234.50,", "14h30", "5%"):
        assert whole in texts


def test_a_word_is_where_its_sound_is(narration: Narration) -> None:
    """At each word's time its tone begins in the episode's samples, and just before it there is silence."""
    words = words_of(narration.reading)
    assert len(words) > 25
    for word in words:
        at = round(word.start_s * RATE)
        assert np.abs(narration.pcm[at - 600 : at - 60]).max() < 0.01, word
        assert np.abs(narration.pcm[at + 60 : at + 900]).max() > 0.05, word


def test_times_never_run_backwards(reading: Reading) -> None:
    """Words follow each other inside their sentence, and sentences inside the episode."""
    reached = 0.0
    for sentence in reading.sentences:
        assert sentence.start_s >= reached
        for word in sentence.words:
            assert reached <= word.start_s <= word.end_s <= sentence.end_s
            reached = word.start_s
        reached = sentence.end_s
    assert not reading.estimated


def test_each_part_has_its_language_and_voice(reading: Reading) -> None:
    """Foreign words inside a sentence, and a foreign caption behind its announcement, are marked as what they are."""
    marked = {sentence.written: (sentence.language, sentence.voice) for sentence in reading.sentences}
    assert marked["la langue du diable"] == ("fr", "tone-fr")
    assert marked["Caption:"] == ("en", "tone-en")
    caption = next(paragraph for paragraph in reading.paragraphs if paragraph.kind is BlockKind.CAPTION)
    assert caption.language == "fr"
    assert [sentence.announcement for sentence in caption.sentences] == [True, *[False] * (len(caption.sentences) - 1)]
    joined = [sentence.written for sentence in reading.sentences if sentence.joins_previous]
    assert joined == ["la langue du diable", ", and left."]


def test_without_word_times_they_are_estimated_and_say_so(tmp_path: Path, reading: Reading) -> None:
    """The words of a voice that gives no times share its speech by length, are flagged, and lose nothing."""
    guessed = narrate(tmp_path, TEXT, change=lambda clip: Clip(clip.pcm, clip.sample_rate)).reading
    assert guessed.estimated
    assert all(sentence.estimated for sentence in guessed.sentences)
    for guess, word in zip(words_of(guessed), words_of(reading), strict=True):
        assert guess.text == word.text
        # The tone voice spends its time by letters too, so that a guess cannot be far off here.
        assert guess.start_s == pytest.approx(word.start_s, abs=0.5)


def test_a_clip_that_is_gone_leaves_an_estimate(narration: Narration) -> None:
    """Clips may be deleted while the track stays: its words are then estimated, and no others are."""
    narration.store.path(narration.speech[2].take.key).unlink()
    flags = [sentence.estimated for sentence in narration.reading.sentences]
    assert flags.index(True) == 2
    assert sum(flags) == 1


def test_silence_keeps_its_text(narration: Narration) -> None:
    """A take in which nothing is heard is shown all the same, at the place where it would be."""
    silent = [replace(place, end=place.start) for place in narration.speech]
    reading = replace(narration, speech=tuple(silent)).reading
    assert all(word.start_s == word.end_s for word in words_of(reading))
    assert "€1,234.50," in {word.text for word in words_of(reading)}


def test_an_ident_is_apart_from_the_article(narration: Narration) -> None:
    """What is said over a jingle is a paragraph of its own, even where its block has the article's number."""
    first, *rest = narration.speech
    spoken = (replace(first, ident=True), replace(first, start=first.end, end=first.end + 10), *rest)
    paragraphs = replace(narration, speech=spoken).reading.paragraphs
    assert [paragraph.ident for paragraph in paragraphs][:2] == [True, False]
    assert paragraphs[0].text == paragraphs[1].text


@pytest.mark.parametrize(
    ("written", "spoken", "parts"),
    [
        ("€12 now", (("twelve", 1, 3), ("euros", 0, 1), ("now", 4, 7)), ("€12", "now")),
        ("no. 4 is", (("number", 0, 4), ("four", 4, 5), ("is", 6, 8)), ("no.", "4", "is")),
        ("a – b", (("a", 0, 1), ("to", 2, 2), ("b", 4, 5)), ("a", "b")),
        ("1 2 3", (("x", 0, 1), ("y", 2, 3), ("z", 0, 5)), ("1 2 3",)),
        (" a b", (("and", 0, 0), ("a", 1, 2), ("b", 3, 4)), ("a", "b")),
    ],
    ids=["other order", "one for one", "nothing written", "all at once", "nothing at first"],
)
def test_spoken_words_find_what_they_stand_for(
    written: str, spoken: tuple[tuple[str, int, int], ...], parts: tuple[str, ...]
) -> None:
    """However spoken and written words correspond, the parts are in order, apart, and every spoken word is in one."""
    pieces = pieces_of([SpokenWord(*word) for word in spoken], written)
    assert tuple(written[piece.start : piece.end] for piece in pieces) == parts
    assert [piece.first for piece in pieces] == [0, *(piece.last for piece in pieces[:-1])]
    assert pieces[-1].last == len(spoken)
