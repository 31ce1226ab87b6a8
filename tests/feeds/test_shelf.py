from datetime import date
from pathlib import Path

import pytest

from feeds.shelf import CARD_NAME, IssueCard, ShelfError, card_bytes, read_shelf


def put(public: Path, name: str, day: date) -> IssueCard:
    card = IssueCard(name, f"Numéro {name} « été »", day, f"{name}/cover.0.jpg", 4, 125.5)
    (public / name).mkdir()
    (public / name / CARD_NAME).write_bytes(card_bytes(card))
    return card


def test_cards_come_back_newest_first(tmp_path: Path) -> None:
    """Every card that was written is read back as it was, ordered by date and then by folder, the newest
    first.
    """
    march = put(tmp_path, "b", date(2023, 3, 1))
    april = put(tmp_path, "a", date(2023, 4, 1))
    extra = put(tmp_path, "a-extra", date(2023, 4, 1))
    assert read_shelf(tmp_path) == (extra, april, march)


def test_other_folders_are_no_issues(tmp_path: Path) -> None:
    """A folder without a card, and a `public/` that is not there yet, put nothing on the shelf."""
    (tmp_path / "fonts").mkdir()
    assert read_shelf(tmp_path) == ()
    assert read_shelf(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("data", [b"", b"{", b'{"name": "a"}', b"\xff"])
def test_a_damaged_card_is_named(tmp_path: Path, data: bytes) -> None:
    """A card that cannot be read is an error with its path and what to build again, not a missing issue."""
    put(tmp_path, "2023-04", date(2023, 4, 1))
    (tmp_path / "2023-04" / CARD_NAME).write_bytes(data)
    with pytest.raises(ShelfError, match=r"2023-04/card\.json") as caught:
        read_shelf(tmp_path)
    assert "2023-04" in caught.value.hint
