import hashlib
import json
import multiprocessing
import os
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.files import PARTIAL, WriteError, sweep_partials
from tests.limits import small_disk
from voices.clip_file import Timing, from_bytes, is_whole, seconds_in, timing_in, to_bytes
from voices.clips import ClipStore, Condition, StoreError, clip_key, seed_of
from voices.tone import ToneVoice
from voices.voice import Clip, Delivery, WordTime

KEY = clip_key("tone:1", "Hello", Delivery())
CLIP = Clip(np.arange(-400, 400, dtype=np.int16), 22_050, (WordTime("Héllo", 10, 700),))
WHOLE = to_bytes(KEY, CLIP)
DAY_S = 24 * 60 * 60


def same(one: Clip | None, other: Clip) -> bool:
    return (
        one is not None
        and one.pcm.dtype == np.int16
        and np.array_equal(one.pcm, other.pcm)
        and (one.sample_rate, one.words) == (other.sample_rate, other.words)
    )


def old_bytes(key: str, clip: Clip) -> bytes:
    """A clip's file as it was before FLAC."""
    words = [(word.text, word.start, word.end) for word in clip.words]
    head = json.dumps({"sample_rate": clip.sample_rate, "words": words}, ensure_ascii=False).encode()
    body = head + b"\n" + clip.pcm.astype("<i2").tobytes()
    return b"VIVACLIP" + hashlib.sha256(key.encode() + body).digest() + body


def test_a_clip_comes_back_as_it_was(tmp_path: Path) -> None:
    """Samples, rate and word times survive the store."""
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    assert same(store.read(KEY), CLIP)
    assert store.has(KEY)
    assert store.condition(KEY) is Condition.WHOLE


def test_an_absent_clip_is_none(tmp_path: Path) -> None:
    """What was never read is not there, and asking makes no file."""
    store = ClipStore(tmp_path / "clips")
    assert store.read(KEY) is None
    assert not store.has(KEY)
    assert store.condition(KEY) is Condition.ABSENT
    assert not (tmp_path / "clips").exists()


samples = st.lists(st.integers(-32768, 32767), max_size=40)
texts = st.text(st.characters(codec="utf-8"), max_size=8)


@given(samples, st.sampled_from([1, 8_000, 16_000, 22_050, 24_000, 44_100, 48_000]), st.lists(texts, max_size=3))
def test_any_sound_and_any_words_are_kept_exactly(pcm: list[int], sample_rate: int, words: list[str]) -> None:
    """Full scale, no samples, odd lengths, line breaks in words: what is written is what is read."""
    clip = Clip(np.array(pcm, np.int16), sample_rate, tuple(WordTime(word, 0, len(pcm)) for word in words))
    assert same(from_bytes(KEY, to_bytes(KEY, clip)), clip)


def test_loud_noise_is_kept_exactly() -> None:
    """FLAC is lossless for what it cannot compress too."""
    noise = Clip(np.random.default_rng(1).integers(-32768, 32768, 50_000).astype(np.int16), 24_000)
    assert same(from_bytes(KEY, to_bytes(KEY, noise)), noise)


def test_speech_takes_less_room_than_its_samples() -> None:
    """A spoken sentence is smaller on disk than as plain samples, and the same clip gives the same bytes."""
    clip = ToneVoice("tone", "en", "tone:1").speak("The first boat leaves at five, and nobody waves.", Delivery(), 1)
    assert len(to_bytes(KEY, clip)) < 0.8 * clip.pcm.nbytes
    assert to_bytes(KEY, clip) == to_bytes(KEY, clip)


def test_a_clip_kept_before_flac_is_still_read(tmp_path: Path) -> None:
    """The older layout, plain samples, gives the same clip; damaged it is removed like any other."""
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    store.path(KEY).write_bytes(old_bytes(KEY, CLIP))
    assert same(store.read(KEY), CLIP)
    assert seconds_in(store.path(KEY)) == CLIP.seconds
    store.path(KEY).write_bytes(old_bytes(KEY, CLIP)[:-2])
    assert store.read(KEY) is None
    assert not store.path(KEY).exists()


@pytest.mark.parametrize("damage", ["flip", "truncate", "empty"])
def test_every_damaged_clip_is_noticed_and_removed(tmp_path: Path, damage: str) -> None:
    """A flipped bit anywhere, a cut at any place, or an empty file is never taken for a clip."""
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    places = range(0, len(WHOLE), 7) if damage != "empty" else [0]
    for place in places:
        broken = bytearray(WHOLE)
        if damage == "flip":
            broken[place] ^= 1
        else:
            del broken[place:]
        store.path(KEY).write_bytes(broken)
        assert store.read(KEY) is None, f"byte {place}"
        assert list(store.path(KEY).parent.iterdir()) == []


edits = st.lists(
    st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 60), st.binary(max_size=60)), min_size=1, max_size=4
)


@given(edits, st.booleans())
def test_no_damage_gives_a_wrong_sound_or_an_exception(edits: list[tuple[int, int, bytes]], old: bool) -> None:
    """Whatever is cut out of a file, put into it or written over it, it gives the clip or None."""
    whole = old_bytes(KEY, CLIP) if old else WHOLE
    broken = bytearray(whole)
    for place, length, instead in edits:
        broken[place : place + length] = instead
    clip = from_bytes(KEY, bytes(broken))
    assert same(clip, CLIP) if broken == whole else clip is None


@given(edits)
def test_what_cannot_be_decoded_is_none(edits: list[tuple[int, int, bytes]]) -> None:
    """Even under a right digest, as another program might write one, nonsense is no exception."""
    body = bytearray(WHOLE[40:])
    for place, length, instead in edits:
        body[place : place + length] = instead
    forged = WHOLE[:8] + hashlib.sha256(KEY.encode() + body).digest() + bytes(body)
    assert is_whole(KEY, forged)
    clip = from_bytes(KEY, forged)
    assert clip is None or clip.pcm.dtype == np.int16


def test_a_whole_clip_that_replaces_a_damaged_one_is_not_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may write the clip anew just when this one has found it damaged: the new one is read."""
    store, other = ClipStore(tmp_path), ClipStore(tmp_path)
    store.write(KEY, CLIP)
    store.path(KEY).write_bytes(WHOLE[:-1])
    rename = Path.rename

    def renamed_too_late(self: Path, target: Path) -> Path:
        other.write(KEY, CLIP)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", renamed_too_late)
    assert same(store.read(KEY), CLIP)
    monkeypatch.undo()
    assert same(store.read(KEY), CLIP)
    assert len(list(store.path(KEY).parent.iterdir())) == 1


def _use(root: Path, part: int) -> None:
    """Write, read, damage and remove the same few clips, for half a second; a wrong sound ends it with 1."""
    store, random = ClipStore(root), np.random.default_rng(part)
    clips = {f"{number:064x}": Clip(np.full(5_000, number, np.int16), 22_050) for number in range(4)}
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        key, clip = list(clips.items())[random.integers(4)]
        match random.integers(8):
            case 0:
                store.path(key).unlink(missing_ok=True)
            case 1:
                if store.path(key).exists():
                    store.path(key).write_bytes(to_bytes(key, clip)[: int(random.integers(90))])
            case 2 | 3:
                store.write(key, clip)
            case _:
                read = store.read(key)
                assert read is None or same(read, clip)


def test_many_processes_use_one_store_at_once(tmp_path: Path) -> None:
    """While three processes write, damage and remove clips, each read is the clip or None, and none fails."""
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_use, args=(tmp_path, part)) for part in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]


@pytest.mark.parametrize("ask", [ClipStore.read, ClipStore.has])
def test_a_use_is_remembered_to_the_day(tmp_path: Path, ask: object) -> None:
    """Asking for a clip sets its file's time to now, if that is older than a day or lies in the future; once a day."""
    assert callable(ask)
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    for age_s, touched in ((2 * DAY_S, True), (-2 * DAY_S, True), (DAY_S / 2, False)):
        then_s = time.time() - age_s
        os.utime(store.path(KEY), (then_s, then_s))
        assert ask(store, KEY)
        used_s = store.path(KEY).stat().st_mtime
        assert abs(used_s - (time.time() if touched else then_s)) < 60


def test_examining_is_no_use(tmp_path: Path) -> None:
    """A clip that is only verified does not become young."""
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    os.utime(store.path(KEY), (1_000_000, 1_000_000))
    assert store.condition(KEY) is Condition.WHOLE
    assert store.path(KEY).stat().st_mtime == 1_000_000


def test_a_clip_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    """A folder where a clip should be is one clear error, and nothing is removed."""
    store = ClipStore(tmp_path)
    store.path(KEY).mkdir(parents=True)
    with pytest.raises(StoreError, match=r"\.clip: cannot be read"):
        store.read(KEY)
    assert store.path(KEY).is_dir()


def test_a_file_swept_while_it_was_written_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a shared folder another machine's build may sweep a half-written clip away: writing succeeds all the same."""
    write_bytes, swept = Path.write_bytes, []

    def written_and_swept(self: Path, data: bytes) -> int:
        size = write_bytes(self, data)
        if self.name.startswith(PARTIAL) and not swept:
            swept.append(self)
            sweep_partials(tmp_path)
        return size

    monkeypatch.setattr(Path, "write_bytes", written_and_swept)
    ClipStore(tmp_path).write(KEY, CLIP)
    assert swept
    assert same(ClipStore(tmp_path).read(KEY), CLIP)


def test_a_clip_under_another_key_is_noticed(tmp_path: Path) -> None:
    """A clip file renamed to another key is not that key's sound."""
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    other = clip_key("tone:1", "Goodbye", Delivery())
    store.path(other).parent.mkdir(exist_ok=True)
    store.path(KEY).rename(store.path(other))
    assert store.read(other) is None


def test_a_key_changes_with_all_that_changes_the_sound() -> None:
    """Another voice, text or speed is another key; the same facts are the same key."""
    assert clip_key("tone:1", "Hello", Delivery()) == KEY
    others = [
        clip_key("tone:2", "Hello", Delivery()),
        clip_key("tone:1", "Hello.", Delivery()),
        clip_key("tone:1", "Hello", replace(Delivery(), speed=1.1)),
    ]
    assert len({KEY, *others}) == 4
    assert len({seed_of(key) for key in (KEY, *others)}) == 4


def test_a_second_reading_has_a_name_and_a_seed_of_its_own() -> None:
    """Another attempt is another key and seed; the first one's key is what it was before there was a second."""
    again = clip_key("tone:1", "Hello", Delivery(), attempt=1)
    assert clip_key("tone:1", "Hello", Delivery(), attempt=0) == KEY
    assert KEY == "0fd8bd13c394b1a285f8e0e5c1f1d1d926636d9c0a282cdf289b4abefa1a2b9b"
    assert again != KEY
    assert seed_of(again) != seed_of(KEY)


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A file where the store's folder should be is one clear error."""
    (tmp_path / "clips").write_text("in the way")
    with pytest.raises(WriteError, match="cannot be written"):
        ClipStore(tmp_path / "clips").write(KEY, CLIP)


def test_many_are_asked_for_at_once(tmp_path: Path) -> None:
    """The bulk question gives what the single one would, and counts as a use; without another store it fetches none."""
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    os.utime(store.path(KEY), (1_000_000, 1_000_000))
    absent = clip_key("tone:1", "Goodbye", Delivery())
    assert store.missing([KEY, absent]) == store.fetch([absent, KEY]) == {absent}
    assert time.time() - store.path(KEY).stat().st_mtime < 60
    assert (store.trouble, store.settle()) == ("", "")


@given(edits, st.booleans())
def test_words_are_told_only_of_a_whole_clip(edits: list[tuple[int, int, bytes]], old: bool) -> None:
    """Its words come without its sound, from either layout; of what is damaged in any place, its sound too, none."""
    whole = old_bytes(KEY, CLIP) if old else WHOLE
    assert timing_in(KEY, whole) == Timing(CLIP.sample_rate, CLIP.words)
    broken = bytearray(whole)
    for place, length, instead in edits:
        broken[place : place + length] = instead
    assert broken == whole or timing_in(KEY, bytes(broken)) is None


def test_asking_for_words_is_a_use_and_removes_what_is_damaged(tmp_path: Path) -> None:
    """As reading does."""
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    os.utime(store.path(KEY), (1_000_000, 1_000_000))
    assert store.timing(KEY) == Timing(CLIP.sample_rate, CLIP.words)
    assert time.time() - store.path(KEY).stat().st_mtime < 60
    store.path(KEY).write_bytes(WHOLE[:-1])
    assert store.timing(KEY) is None
    assert not store.path(KEY).exists()


@pytest.mark.parametrize("length", range(9))
def test_a_file_that_ends_too_soon_under_a_right_digest_is_none(length: int) -> None:
    """Another program may have written it: no exception, and no clip."""
    body = WHOLE[40:][:length]
    forged = WHOLE[:8] + hashlib.sha256(KEY.encode() + body).digest() + body
    assert is_whole(KEY, forged)
    assert from_bytes(KEY, forged) is None
    assert timing_in(KEY, forged) is None


def test_a_full_disk_says_so_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    """The clip that does not fit is one clear error; those before it are whole."""
    noise = Clip(np.random.default_rng(1).integers(-9000, 9000, 90_000).astype(np.int16), 22_050)
    with small_disk(tmp_path, 64) as disk:
        store = ClipStore(disk / "clips")
        store.write(KEY, CLIP)
        with pytest.raises(WriteError, match="No space left"):
            store.write(clip_key("tone:1", "Goodbye", Delivery()), noise)
        assert same(store.read(KEY), CLIP)
        assert not list(disk.rglob(f"{PARTIAL}*"))


def test_a_store_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    """A disk mounted for reading gives its clips, refuses new ones, and a damaged one there is simply none."""
    mount = shutil.which("mount")
    other = clip_key("tone:1", "Goodbye", Delivery())
    with small_disk(tmp_path, 64) as disk:
        store = ClipStore(disk)
        store.write(KEY, CLIP)
        store.path(other).parent.mkdir()
        store.path(other).write_bytes(WHOLE)
        os.utime(store.path(KEY), (1_000_000, 1_000_000))
        assert mount
        subprocess.run([mount, "-o", "remount,ro", str(disk)], check=True)
        assert same(store.read(KEY), CLIP)
        assert store.has(KEY)
        assert store.read(other) is None
        assert store.condition(other) is Condition.DAMAGED
        with pytest.raises(WriteError, match="Read-only file system"):
            store.write(other, CLIP)
        with pytest.raises(WriteError, match="cannot be removed"):
            store.remove(KEY)
        store.sweep()
