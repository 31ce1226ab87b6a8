from pathlib import Path

import pytest

from articles.files import WriteError, sha256_of
from audio.splice.reel import Reel, Said
from audio.splice.shelf import Shelf
from audio.timeline import PlacedJingle, Slot

KEY, OTHER = "ab" * 32, "cd" * 32


def put(root: Path, key: str, data: bytes = b"frames") -> Reel:
    frames = Shelf(root).frames(key)
    frames.parent.mkdir(parents=True, exist_ok=True)
    frames.write_bytes(data)
    sting = PlacedJingle(Slot.STING, 2304, 90_000, 10, 600, "the default sting")
    reel = Reel(
        92_160, (Said(100_000, 200_001, 17),), (sting,), (3, 3), sha256_of(frames), -1.5, (0.1 + 0.2, 0.0), (0.5, 0.0)
    )
    Shelf(root).keep(key, reel)
    return reel


def test_what_is_kept_is_found_to_the_last_digit(tmp_path: Path) -> None:
    """Places, jingles, sizes and figures are as they were."""
    reel = put(tmp_path, KEY)
    assert Shelf(tmp_path).find(KEY) == reel
    assert Shelf(tmp_path).find(OTHER) is None


@pytest.mark.parametrize("damage", ["frames cut", "frames gone", "frames changed", "facts cut", "facts gone"])
def test_what_is_damaged_is_not_there(tmp_path: Path, damage: str) -> None:
    """Frames or facts that are cut short, altered or gone: the reel is made anew."""
    put(tmp_path, KEY)
    frames = Shelf(tmp_path).frames(KEY)
    path = frames if damage.startswith("frames") else frames.with_suffix(".json")
    if damage.endswith("gone"):
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + (b"X" if damage.endswith("changed") else b""))
    assert Shelf(tmp_path).find(KEY) is None


def test_what_nobody_asked_for_is_taken_off(tmp_path: Path) -> None:
    """Only what was asked for stays, found or not; what is no reel is left alone."""
    put(tmp_path, KEY)
    put(tmp_path, OTHER)
    (tmp_path / "ab" / "note.txt").write_text("mine")
    shelf = Shelf(tmp_path)
    shelf.find(KEY)
    shelf.tidy()
    assert {path.name for path in tmp_path.glob("*/*")} == {f"{KEY}.json", f"{KEY}.frames", "note.txt"}
    Shelf(tmp_path / "none").tidy()


def test_a_shelf_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """With the file that was to be written."""
    reel = put(tmp_path, KEY)
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match=r"file/ab"):
        Shelf(tmp_path / "file").keep(KEY, reel)
