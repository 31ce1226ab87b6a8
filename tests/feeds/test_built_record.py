import json
import os
from pathlib import Path

import pytest

from articles.files import is_file_of
from articles.sealed import keep_sealed
from feeds.built_record import built_files, forget_built, remember_built
from feeds.naming import hashed_name
from feeds.publish.errors import PublishError
from feeds.publish.send import prepare
from feeds.publish.target import open_target
from feeds.rules.check import check_folder

FILES = {"index.html": b"<html>", "feed.xml": b"<rss/>", "may/card.json": b"{}", "may/feed.xml": b"<rss/>"}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / "public" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "public" / name).write_bytes(data)
    remember(tmp_path / "public")
    return tmp_path / "public"


def remember(public: Path, *, unread: tuple[str, ...] = ()) -> None:
    state = public.parent / ".vivavoce"
    remember_built(state, public, [name for name in FILES if "/" not in name], unread=unread)
    remember_built(state, public, [name for name in FILES if "/" in name], "may", unread)


def told(public: Path) -> list[tuple[str, str]]:
    """What the check says of files that are not what was built."""
    as_built = built_files(public.parent / ".vivavoce", public)
    found = check_folder(public, as_built=as_built).findings
    return [(each.file, each.message) for each in found if each.rule == "vivavoce/as-built"]


def damage(path: Path) -> None:
    """One byte, and no other time of change."""
    state = path.stat()
    path.write_bytes(b"!" + path.read_bytes()[1:])
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def test_each_file_that_is_not_what_was_built_is_named(public: Path) -> None:
    """With what mends it, for an issue's and for the edition's own; others are nobody's business."""
    (public / "mine.txt").write_text("a producer's own")
    assert told(public) == []
    damage(public / "may" / "feed.xml")
    (public / "index.html").unlink()
    assert told(public) == [
        ("index.html", "it is gone: run vivavoce build"),
        ("may/feed.xml", "it is not what was built: remove it, and run vivavoce build may"),
    ]


def test_damage_is_not_taken_for_what_was_built(public: Path) -> None:
    """A file that a build leaves alone without a look stays known as it was, and so does one whose time has not
    changed; one that was written anew is known anew.
    """
    damage(public / "may" / "feed.xml")
    (public / "feed.xml").write_bytes(b"<rss />")
    remember(public, unread=("feed.xml",))
    assert [name for name, _ in told(public)] == ["feed.xml", "may/feed.xml"]
    (public / "may" / "feed.xml").write_bytes(b"<rss>new</rss>")
    remember(public)
    assert told(public) == []


def test_what_was_withdrawn_or_taken_away_by_hand_is_not_missed(public: Path) -> None:
    """A folder that is gone whole is no damage; neither is an issue that was forgotten."""
    (public / "may" / "feed.xml").unlink()
    assert told(public)
    forget_built(public.parent / ".vivavoce", "may")
    assert told(public) == []
    remember(public)
    (public / "may" / "card.json").unlink()
    (public / "may").rmdir()
    assert told(public) == []


def test_a_damaged_record_accuses_nobody(public: Path) -> None:
    """It is as if there were none, until the next build."""
    path = public.parent / ".vivavoce" / "built" / "edition.json"
    damage(path)
    damage(public / "index.html")
    assert told(public) == []


def test_damaged_sound_is_not_published(public: Path, tmp_path: Path) -> None:
    """Its name would have apps keep it for ever. Nothing is sent, and what is there already is not read."""
    path = public / hashed_name("may/sound", b"sound", ".mp3")
    path.write_bytes(b"sound")
    remember_built(tmp_path / ".vivavoce", public, [path.relative_to(public).as_posix()], "may")
    as_built = built_files(tmp_path / ".vivavoce", public)
    target = open_target(str(tmp_path / "place"))
    assert len(prepare(public, target, as_built).send) == len(FILES) + 1
    damage(path)
    with pytest.raises(PublishError, match=r"sound\..*\.mp3 is not what was built, and nothing was sent"):
        prepare(public, target, as_built)


def test_sound_of_which_there_is_no_record_must_be_what_its_name_says(public: Path, tmp_path: Path) -> None:
    """Without any record, or with one that a build made of a file it left unread. What a producer put there under a
    name that only looks so is sent.
    """
    name = hashed_name("may/episodes/sound", b"sound", ".mp3")
    others = (hashed_name("may/photo", b"of another", ".jpg"), hashed_name("mine/episodes/talk", b"of another", ".mp3"))
    for each in (name, *others):
        (public / each).parent.mkdir(parents=True, exist_ok=True)
        (public / each).write_bytes(b"sound")
    state, target = tmp_path / "nothing", open_target(str(tmp_path / "place"))
    assert len(prepare(public, target, built_files(state, public)).send) == len(FILES) + 3
    damage(public / name)
    for _ in range(2):
        with pytest.raises(PublishError, match=r"sound\..*\.mp3 is not what was built, and nothing was sent"):
            prepare(public, target, built_files(state, public))
        found = [
            each for each in check_folder(public, as_built=built_files(state, public)).findings if each.file == name
        ]
        assert [each.message for each in found] == ["it is not what was built: remove it, and run vivavoce build may"]
        remember_built(state, public, [name], "may", unread=[name])


@pytest.mark.parametrize("path", ["/dev/zero", "../letters/secret.md", "may/../../letters/secret.md", "", ".", "a\0b"])
def test_a_record_that_names_what_is_not_published_is_passed_over(public: Path, path: str) -> None:
    """A stranger's record may be sealed as it should be: nothing outside `public/` is read because it says so."""
    state = public.parent / ".vivavoce"
    before = built_files(state, public)
    record = {"files": {path: {"size_bytes": 1, "changed_ns": 1, "sha256": "0" * 64}}}
    keep_sealed(state / "built" / "zz.json", "built", 1, json.dumps(record).encode())
    assert built_files(state, public) == before


def test_a_built_file_that_is_a_device_now_is_not_what_was_built(public: Path) -> None:
    """It is told of, and not read: that would have no end. So it is where a record is one."""
    (public / "feed.xml").unlink()
    (public / "feed.xml").symlink_to("/dev/zero")
    (public.parent / ".vivavoce" / "built" / "zz.json").symlink_to("/dev/zero")
    assert not is_file_of(public / "feed.xml", "0" * 64)
    assert [name for name, _ in told(public)] == ["feed.xml"]
