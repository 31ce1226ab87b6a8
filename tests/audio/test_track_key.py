from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from articles.issue import BlockKind
from audio.containers import Container
from audio.jingle import Jingles, open_jingles
from audio.jingle_names import JingleNames
from audio.score import Part, Score
from audio.sound import Pauses, Sound
from audio.tags import Tags
from audio.timeline import Slot
from audio.track import produce
from audio.track_key import track_key
from voices.take import Take

SOUND = Sound()
TAGS = Tags("The harbour wakes", "The Gazette", "November 2026", 1, "en", date(2026, 11, 2), cover=b"\xff\xd8 \xff\xd9")


@pytest.fixture
def part(recorder: Any, speech: Callable[..., np.ndarray]) -> Part:
    """An article in two voices: an ident, a headline, a standfirst, a paragraph, a heading, a French caption."""
    ident = recorder.record(speech(0.5), written="The Gazette.")
    recorder.record(speech(0.6), BlockKind.HEADLINE, written="The harbour wakes")
    recorder.record(speech(0.5, seed=2), BlockKind.STANDFIRST)
    recorder.record(speech(0.7, seed=3))
    recorder.record(speech(0.4, seed=4), BlockKind.HEADING, written="At noon")
    recorder.record(speech(0.5, 0.04, seed=5), BlockKind.CAPTION, language="fr", voice="siwis")
    return Part(tuple(recorder.takes[1:]), "The harbour wakes", "en", "Town", (ident,))


@pytest.fixture(scope="module")
def jingles() -> Jingles:
    """The ones that ship."""
    return open_jingles(SOUND, Path("/nowhere"))


def programme(part: Part) -> Score:
    """An opening and the article, with other keys than its own."""
    opening = tuple(replace(take, key=f"{number:064x}") for number, take in enumerate(part.takes[:2], start=90))
    return Part(opening, "Opening", "en"), part


def with_take(part: Part, place: int, **fields: Any) -> Part:
    """The part with another take there: `key` and `voice` are the take's own, all else its segment's."""
    take = part.takes[place]
    own = {name: fields.pop(name) for name in ("key", "voice") if name in fields}
    changed = replace(take, segment=replace(take.segment, **fields), **own)
    return replace(part, takes=(*part.takes[:place], changed, *part.takes[place + 1 :]))


def test_all_that_changes_the_words_changes_the_key(part: Part, jingles: Jingles) -> None:
    """A take's clip, order, kind, language, block, breath or title, the ident, the voices' parts: another key."""
    takes = part.takes
    others = [
        part,
        replace(part, takes=takes[:-1]),
        replace(part, takes=(takes[0], takes[2], takes[1], *takes[3:])),
        with_take(part, 2, key="f" * 64),
        with_take(part, 2, voice="siwis"),
        with_take(part, 2, voice="a third"),
        with_take(part, 2, kind=BlockKind.QUOTATION),
        with_take(part, 2, language="fr"),
        with_take(part, 2, block=takes[1].segment.block),
        with_take(part, 2, joins_previous=True),
        with_take(part, 0, written="The harbour sleeps"),
        with_take(part, 3, written="At dusk"),
        replace(part, ident=()),
        replace(part, ident=(replace(part.ident[0], key="e" * 64),)),
        replace(part, ident=(), takes=(*part.ident, *takes)),
    ]
    keys = [track_key((each,), SOUND, jingles, TAGS) for each in others]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in keys)


def test_all_that_changes_the_sound_changes_the_key(part: Part, jingles: Jingles) -> None:
    """Each setting of loudness, coding, pauses and overlap, the channels, and the containers in their order."""
    mp3, m4a, opus = Container.MP3, Container.M4A, Container.OPUS
    sounds = [
        SOUND,
        Sound(target_lufs=-19.0),
        Sound(loudness_tolerance_lu=0.3),
        Sound(true_peak_db=-2.0),
        Sound(bitrate_kbps=64),
        Sound(sample_rate=48_000),
        Sound(overlap_ms=500),
        Sound(pauses=Pauses(sentence_ms=300)),
        Sound(pauses=Pauses(jingle_ms=300)),
    ]
    keys = [track_key((part,), each, jingles, TAGS) for each in sounds]
    keys += [track_key((part,), SOUND, replace(jingles, channels=2), TAGS)]
    keys += [track_key((part,), SOUND, jingles, TAGS, each) for each in ((mp3, m4a), (mp3, opus), (mp3, m4a, opus))]
    assert len(set(keys)) == len(keys)
    assert track_key((part,), SOUND, jingles, TAGS, [mp3]) == keys[0]


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Another"},
        {"artist": "Another"},
        {"album": "Another"},
        {"track": 2},
        {"language": "fr"},
        {"date": date(2026, 11, 3)},
        {"comment": "Read by a synthetic voice."},
        {"genre": "News"},
        {"cover": b"another"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_every_tag_changes_the_key(part: Part, jingles: Jingles, other: dict[str, Any]) -> None:
    """What the file says about itself is in it."""
    assert track_key((part,), SOUND, jingles, replace(TAGS, **other)) != track_key((part,), SOUND, jingles, TAGS)


def test_a_jingles_sound_counts_and_not_its_name(part: Part, jingles: Jingles) -> None:
    """Other bytes in a jingle's file, another one in its place or none: another key. Another name: the same."""
    assert jingles.intro is not None
    usual = track_key((part,), SOUND, jingles, TAGS)
    others = [
        replace(jingles, intro=replace(jingles.intro, sha256="0" * 64)),
        replace(jingles, intro=jingles.outro, outro=jingles.intro),
        replace(jingles, intro=None),
        replace(jingles, bed=jingles.intro),
        replace(jingles, language=jingles.intro),
        replace(jingles, others={("", "Town"): replace(jingles, outro=None)}),
        Jingles(),
    ]
    keys = [track_key((part,), SOUND, each, TAGS) for each in others]
    assert len({usual, *keys}) == len(keys) + 1
    renamed = replace(jingles, intro=replace(jingles.intro, name="other.wav", note="It was 8-bit."))
    for slot in Slot:
        assert track_key((part,), Sound(**{str(slot): "other.wav"}), renamed, TAGS) == usual


def test_jingles_that_are_not_heard_do_not_count(part: Part, jingles: Jingles) -> None:
    """Another section's or language's jingles, the sting in an episode, and how the settings came by them."""
    usual = track_key((part,), SOUND, jingles, TAGS)
    silent = replace(jingles, intro=None)
    assert (
        track_key((part,), SOUND, replace(jingles, others={("fr", ""): silent, ("", "Sport"): silent}), TAGS) == usual
    )
    assert track_key((part,), SOUND, replace(jingles, sting=None), TAGS) == usual
    assert track_key(programme(part), SOUND, replace(jingles, sting=None), TAGS) != track_key(
        programme(part), SOUND, jingles, TAGS
    )
    settings = Sound(
        programme=False,
        jingle_fallback=True,
        channels="mono",
        formats=("mp3", "opus"),
        ident={"en": "{publication}"},
        sections={"Sport": JingleNames(intro="none")},
        languages={"fr": JingleNames(intro="none")},
    )
    assert track_key((part,), settings, jingles, TAGS) == usual


def test_a_title_counts_where_it_is_a_chapter(part: Part, jingles: Jingles) -> None:
    """In a programme a part's title does and its headings do not; alone, it does where no headline is said."""

    def key(*score: Part) -> str:
        return track_key(score, SOUND, jingles, TAGS)

    renamed = replace(part, title="Another")
    assert key(renamed) == key(part)
    assert key(replace(renamed, takes=part.takes[1:])) != key(replace(part, takes=part.takes[1:]))
    opening, _ = programme(part)
    assert key(opening, renamed) != key(opening, part)
    assert key(opening, with_take(part, 3, written="At dusk")) == key(opening, part)
    assert key(part, opening) != key(opening, part)


def moved(take: Take) -> Take:
    """The take as it would be with lines before it, in blocks counted anew, by a voice that is called otherwise."""
    segment = take.segment
    titled = segment.kind in (BlockKind.HEADLINE, BlockKind.HEADING)
    return replace(
        take,
        voice={"joe": "siwis", "siwis": "joe"}[take.voice],
        segment=replace(
            segment,
            index=segment.index + 3,
            line=segment.line + 7,
            block=segment.block * 2 + 5,
            written=segment.written if titled else "Wørds.",
            reason="marked",
        ),
    )


def test_a_key_names_nothing_else(part: Part, jingles: Jingles, recorder: Any, tmp_path: Path) -> None:
    """Moved lines, new block numbers, spelling, voices called otherwise: the same key, and the same file.

    A voice's identity is in its clips' keys; its name matters only as far as it is the same one from take to take.
    """
    other = replace(part, takes=tuple(map(moved, part.takes)), ident=tuple(map(moved, part.ident)))
    assert track_key((other,), SOUND, jingles, TAGS) == track_key((part,), SOUND, jingles, TAGS)
    assert track_key((part, other), SOUND, jingles, TAGS) != track_key((part, part), SOUND, jingles, TAGS)
    first, again = (
        produce((each,), recorder.store, SOUND, jingles, TAGS, tmp_path / name, "01", tmp_path / "scratch")
        for name, each in (("a", part), ("b", other))
    )
    assert again.sha256 == first.sha256
