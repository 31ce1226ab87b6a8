from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from articles.files import WriteError
from voices.clips import ClipStore, clip_key, seed_of
from voices.voice import Clip, Delivery, WordTime

KEY = clip_key("tone:1", "Hello", Delivery())
CLIP = Clip(np.arange(-400, 400, dtype=np.int16), 22_050, (WordTime("Héllo", 10, 700),))


def test_a_clip_comes_back_as_it_was(tmp_path: Path) -> None:
    """Samples, rate and word times survive the store."""
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    read = store.read(KEY)
    assert read is not None
    assert np.array_equal(read.pcm, CLIP.pcm)
    assert (read.sample_rate, read.words) == (CLIP.sample_rate, CLIP.words)


def test_an_absent_clip_is_none(tmp_path: Path) -> None:
    """What was never read is not there, and asking makes no file."""
    assert ClipStore(tmp_path / "clips").read(KEY) is None
    assert not (tmp_path / "clips").exists()


@pytest.mark.parametrize("damage", ["flip", "truncate", "empty"])
def test_every_damaged_clip_is_noticed_and_removed(tmp_path: Path, damage: str) -> None:
    """A flipped bit anywhere, a cut at any place, or an empty file is never taken for a clip."""
    store = ClipStore(tmp_path)
    store.write(KEY, CLIP)
    whole = store.path(KEY).read_bytes()
    places = range(0, len(whole), 37) if damage != "empty" else [0]
    for place in places:
        broken = bytearray(whole)
        if damage == "flip":
            broken[place] ^= 1
        else:
            del broken[place:]
        store.path(KEY).write_bytes(broken)
        assert store.read(KEY) is None, f"byte {place}"
        assert not store.path(KEY).exists()


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
