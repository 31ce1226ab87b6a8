import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feeds.episode import Episode
from feeds.identity import Planned, difference
from feeds.published_record import FOLDER, last_published, remember
from feeds.shelf import CARD_FORMAT, CARD_NAME, IssueCard, card_bytes
from tests.feeds.full import full

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
S3 = "s3://bucket/audio"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / ".vivavoce"


@pytest.fixture
def public(tmp_path: Path, episodes: tuple[Episode, ...]) -> Path:
    put(tmp_path / "public", "2023-04", episodes)
    return tmp_path / "public"


def put(public: Path, name: str, episodes: tuple[Episode, ...], issue_id: str = "") -> None:
    card = IssueCard(name, "April", date(2023, 4, 1), "c.jpg", len(episodes), 1.0, format=CARD_FORMAT, id=issue_id)
    (public / name).mkdir(parents=True, exist_ok=True)
    (public / name / CARD_NAME).write_bytes(card_bytes(card, tuple(map(full, episodes))))


def test_what_was_published_comes_back(state: Path, public: Path, episodes: tuple[Episode, ...]) -> None:
    """Every field of every episode, though public/ was built anew or is gone since; and nothing of other issues."""
    remember(state, S3, public)
    put(public, "2023-04", episodes[:1])
    assert last_published(state, "2023-04") == tuple(map(full, episodes))
    assert last_published(state, "2023-05") is None
    assert last_published(state.parent / "nowhere", "2023-04") is None


def test_a_plan_is_told_apart_from_what_was_published(state: Path, public: Path, episodes: tuple[Episode, ...]) -> None:
    """A headline that was built but not published yet still counts as a change."""
    remember(state, S3, public)
    put(public, "2023-04", (replace(episodes[0], title="Built, not sent"), *episodes[1:]))
    planned = [
        Planned(each.guid, each.title, each.number, each.sha256, each.description, each.author)
        for each in map(full, (replace(episodes[0], title="Built, not sent"), *episodes[1:]))
    ]
    found = difference(last_published(state, "2023-04") or (), planned)
    assert [(change.title, change.what) for change in found.changed] == [("Built, not sent", ("title",))]


def test_the_newest_record_counts(state: Path, public: Path, episodes: tuple[Episode, ...]) -> None:
    """Of two places the one published to last; the same place again has one record."""
    remember(state, S3, public, NOON)
    put(public, "2023-04", episodes[:2])
    remember(state, "sftp://host/audio", public, NOON + timedelta(minutes=1))
    assert len(last_published(state, "2023-04") or ()) == 2
    put(public, "2023-04", episodes[:1])
    remember(state, S3, public, NOON + timedelta(minutes=2))
    assert len(last_published(state, "2023-04") or ()) == 1
    assert len(list((state / FOLDER).iterdir())) == 2


def test_a_withdrawn_issue_is_published_no_more(state: Path, public: Path) -> None:
    """Sent once and gone from public/ when the same place was published to again."""
    remember(state, S3, public, NOON)
    (public / "2023-04" / CARD_NAME).unlink()
    remember(state, S3, public, NOON + timedelta(minutes=1))
    assert last_published(state, "2023-04") is None


def test_a_renamed_issue_is_found_by_what_it_is_known_by(
    state: Path, public: Path, episodes: tuple[Episode, ...]
) -> None:
    """Its id stays when its folder gets another name, and the folder's name is no id then."""
    put(public, "may", episodes[:1], "2023-05")
    remember(state, S3, public)
    assert last_published(state, "2023-05") == (full(episodes[0]),)
    assert last_published(state, "may") is None


def test_no_credentials_are_kept(state: Path, public: Path) -> None:
    """The record says which place and when, and neither who nor with which signature."""
    remember(state, "sftp://editor-of-a-test:secret-of-a-test@host:22/audio?sig=of-a-test", public, NOON)
    (path,) = (state / FOLDER).iterdir()
    assert "of-a-test" not in path.read_text()
    facts = json.loads(path.read_text().partition("\n")[2])
    assert (facts["target"], facts["at"]) == ("sftp://host:22/audio", "2026-11-23T12:00:00Z")


def test_a_folder_is_one_place_however_it_is_written(
    state: Path, public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative, absolute, with a slash at its end, or as an address."""
    monkeypatch.chdir(tmp_path)
    for target in ("site", "./site/", str(tmp_path / "site"), (tmp_path / "site").as_uri()):
        remember(state, target, public)
    assert len(list((state / FOLDER).iterdir())) == 1


def test_a_record_that_cannot_be_read_is_none(state: Path, public: Path) -> None:
    """It costs only what it could have told; the others still count."""
    remember(state, S3, public)
    (state / FOLDER / "0.json").write_bytes(b"{")
    (state / FOLDER / "1.json").write_bytes(b'{"target": "", "at": "2027-01-01T00:00:00Z", "format": 99}')
    assert last_published(state, "2023-04")


@pytest.mark.parametrize("damage", [b"not json", b'{"name": "2023-04", "episodes": []}', b"\xff"])
def test_a_damaged_card_takes_no_other_with_it(
    state: Path, public: Path, episodes: tuple[Episode, ...], damage: bytes
) -> None:
    """Of the other issues it stays known what was published; of this one, nothing is believed."""
    put(public, "2023-05", episodes[:1])
    (public / "2023-04" / CARD_NAME).write_bytes(damage)
    remember(state, S3, public)
    assert last_published(state, "2023-04") is None
    assert last_published(state, "2023-05") == (full(episodes[0]),)
