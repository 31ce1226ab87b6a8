import contextlib
import json
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.episode import Episode
from feeds.shelf import (
    CARD_FORMAT,
    CARD_NAME,
    IssueCard,
    ShelfError,
    card_bytes,
    read_card,
    read_episodes,
    read_shelf,
)
from tests.feeds.full import full


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


@given(st.data())
def test_no_flipped_bit_gives_another_card(data: st.DataObject) -> None:
    """What is on the edition's page and in its feed comes from cards: one that is not what was written is refused."""
    whole = card_bytes(IssueCard("a", "A", date(2020, 1, 1), "a/c.jpg", 2, 5.5, CARD_FORMAT))
    place, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a", CARD_NAME)
        path.parent.mkdir()
        path.write_bytes(whole)
        (card,) = read_shelf(Path(folder))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        with contextlib.suppress(ShelfError):
            assert read_shelf(Path(folder)) == (card,)  # where only the name of the hash is another


def test_a_card_gives_its_episodes_back(tmp_path: Path, episodes: tuple[Episode, ...]) -> None:
    """Every field of every episode survives, and each knows its page and picture, so that any feed can show it."""
    card = IssueCard("2023-04", "Avril", date(2023, 4, 1), "2023-04/cover.0.jpg", 3, 9.5, CARD_FORMAT, 7, ("en", "fr"))
    (tmp_path / "2023-04").mkdir()
    whole = tuple(map(full, episodes))
    (tmp_path / "2023-04" / CARD_NAME).write_bytes(card_bytes(card, whole))
    assert read_card(tmp_path, "2023-04") == card
    assert read_episodes(tmp_path, "2023-04") == tuple(
        replace(episode, page="2023-04/index.html", image="2023-04/cover.0.jpg") for episode in whole
    )
    assert json.loads(card_bytes(card, whole))["episodes"][0]["guid"] == episodes[0].guid
    assert json.loads(card_bytes(card))["episodes"] == []


def test_what_is_not_published_has_no_card(tmp_path: Path) -> None:
    """An issue that is new is no error."""
    assert read_card(tmp_path, "2023-04") is None
    assert read_episodes(tmp_path, "2023-04") == ()


def test_a_card_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    """Cards written before there were formats have the facts of the page, and no episodes."""
    (tmp_path / "a").mkdir()
    old = {"name": "a", "title": "A", "date": "2020-01-01", "cover": "a/c.jpg", "articles": 2, "duration_s": 5.5}
    (tmp_path / "a" / CARD_NAME).write_text(json.dumps(old))
    (card,) = read_shelf(tmp_path)
    assert (card.title, card.articles, card.format, card.season) == ("A", 2, 1, 0)
    assert read_episodes(tmp_path, "a") == ()


def test_a_card_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """One line: which file, which format, and that this program is too old for it."""
    card = IssueCard("a", "A", date(2020, 1, 1), "a/c.jpg", 2, 5.5, CARD_FORMAT + 1)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / CARD_NAME).write_bytes(card_bytes(card))
    with pytest.raises(ShelfError, match=r"a/card\.json.*newer.*update") as caught:
        read_shelf(tmp_path)
    assert "\n" not in str(caught.value)
