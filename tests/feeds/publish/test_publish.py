import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fsspec.registry import _registry as registry

from feeds.publish.errors import PublishError
from feeds.publish.manifest import MANIFEST, Manifest, read_manifest
from feeds.publish.send import prepare, send
from feeds.publish.shipment import Parcel, ship
from feeds.publish.target import Target, open_target

from .conftest import FILES, Place

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


_OPEN: list[Target] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _OPEN:
        _OPEN.pop().close()


def at(address: str) -> Target:
    """The place, closed when the test ends."""
    _OPEN.append(open_target(address))
    return _OPEN[-1]


def publish(public: Path, address: str, *, prune: bool = False) -> list[str]:
    """The paths that were sent, in the order in which they arrived."""
    target, sent = at(address), []
    send(public, target, prepare(public, target), prune=prune, sent=lambda parcel: sent.append(parcel.path))
    return sent


def held(target: Target) -> dict[str, bytes]:
    return {path: target.read(path) or b"" for path in target.sizes() if path != MANIFEST}


def test_everything_arrives_whole_and_nothing_else(public: Path, place: Place) -> None:
    """Every published file lies there byte for byte, under its own name; hidden files stay at home."""
    publish(public, place.address)
    assert held(at(place.address)) == FILES


def test_media_go_before_pages_and_feeds_last(public: Path, place: Place) -> None:
    """Whoever reads a page or a feed finds all that it names; the edition's feed comes after the issues'."""
    order = publish(public, place.address)
    last = {kind: max(map(order.index, names)) for kind, names in _kinds(order).items()}
    first = {kind: min(map(order.index, names)) for kind, names in _kinds(order).items()}
    assert last["media"] < first["pages"]
    assert last["pages"] < first["feeds"]
    assert order.index("2026-11/feed.xml") < order.index("feed.xml")


def _kinds(paths: list[str]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for path in paths:
        kinds.setdefault(Parcel(path, 0, "").stage, []).append(path)
    return kinds


def test_what_lies_there_is_not_sent_again(public: Path, place: Place) -> None:
    """A second run sends nothing; a changed page is the only thing the third one sends."""
    publish(public, place.address)
    assert publish(public, place.address) == []
    (public / "index.html").write_bytes(b"<html>EDITION</html>")  # of the same size
    assert publish(public, place.address) == ["index.html"]
    assert at(place.address).read("index.html") == b"<html>EDITION</html>"


def test_a_file_that_was_lost_there_is_sent_again(public: Path, place: Place) -> None:
    """What the place no longer holds, or holds cut short, is not taken for sent."""
    publish(public, place.address)
    at(place.address).remove("2026-11/index.html")
    assert publish(public, place.address) == ["2026-11/index.html"]


def test_what_is_withdrawn_stays_until_it_is_pruned(public: Path, place: Place) -> None:
    """An app may still ask for what an older feed named; with prune it goes, and other people's files never do."""
    publish(public, place.address)
    target = at(place.address)
    stranger = public.parent / "stranger.txt"
    stranger.write_bytes(b"not ours")
    target.put("stranger.txt", stranger)
    gone = "2026-11/episodes/02-b.1123456789.mp3"
    (public / gone).unlink()
    (public / "2026-11" / "feed.xml").write_bytes(b"<rss>one episode less</rss>")
    publish(public, place.address)
    assert gone in target.sizes()
    publish(public, place.address, prune=True)
    assert gone not in target.sizes()
    assert target.read("stranger.txt") == b"not ours"
    assert publish(public, place.address, prune=True) == []


class CutOff(Exception):
    """The connection is gone."""


@pytest.mark.parametrize("after", range(0, 11, 2))
def test_a_run_that_was_cut_off_is_ended_by_the_next(public: Path, folder: Place, after: int) -> None:
    """Wherever it stopped, all that a feed there names is there, and the same command ends in the same state."""
    publish(public, folder.address)
    for name in ("2026-11/feed.xml", "index.html"):
        (public / name).write_bytes(FILES[name].replace(b"i", b"j"))
    new = "2026-11/episodes/03-c.2123456789.mp3"
    (public / new).write_bytes(b"sound three")
    target = at(folder.address)
    left = [after]

    class Breaking(Target):
        def put(self, path: str, content: Path | bytes) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise CutOff
            super().put(path, content)

    breaking = Breaking(target.name, replace(target.access, workers=1), target.filesystem, target.root)
    try:
        send(public, breaking, prepare(public, breaking))
    except CutOff:
        there = held(target)
        assert there["2026-11/feed.xml"] == FILES["2026-11/feed.xml"] or new in there
    publish(public, folder.address)
    expected = {name: (public / name).read_bytes() for name in [*FILES, new]}
    assert held(target) == expected
    assert publish(public, folder.address) == []


def test_a_change_taken_back_after_an_interruption_is_sent(public: Path, folder: Place) -> None:
    """A page that was replaced there, by a run nobody finished, is not taken for the one sent before."""
    publish(public, folder.address)
    page = public / "index.html"
    page.write_bytes(b"<html>EDITION</html>")
    target = at(folder.address)
    shipment = prepare(public, target)

    class Breaking(Target):
        def put(self, path: str, content: Path | bytes) -> None:
            super().put(path, content)
            if path == "index.html":
                raise CutOff

    with pytest.raises(CutOff):
        send(public, Breaking(target.name, target.access, target.filesystem, target.root), shipment)
    page.write_bytes(FILES["index.html"])
    publish(public, folder.address)
    assert target.read("index.html") == FILES["index.html"]


def test_a_killed_run_leaves_nothing_on_this_computer(
    public: Path, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record of what is sent goes there without a file of it here, which a kill would leave for ever."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))  # there is none
    publish(public, place.address)
    assert set(read_manifest(at(place.address).read(MANIFEST)).files) == set(FILES)


def test_half_sent_files_of_an_interrupted_run_are_swept(public: Path, folder: Place) -> None:
    """What a cut connection left under another name is gone after the next run."""
    assert folder.folder
    (folder.folder / "2026-11").mkdir(parents=True)
    (folder.folder / "2026-11" / ".partial-feed.xml").write_bytes(b"<rss")
    publish(public, folder.address)
    assert not list(folder.folder.rglob(".partial*"))


def test_an_object_store_is_told_type_and_age(public: Path, s3: Place) -> None:
    """Hashed files may be kept for ever, feeds for minutes; each with its own content type."""
    publish(public, s3.address)
    import boto3

    bucket = s3.address.split("/")[2]
    seen = {}
    names = ("feed.xml", "2026-11/episodes/01-a.0123456789.mp3", "2026-11/transcripts/01-a.0123456789.vtt")
    with contextlib.closing(boto3.client("s3")) as client:
        for name in names:
            facts = client.head_object(Bucket=bucket, Key=f"audio/{name}")
            seen[name] = (facts["ContentType"], facts["CacheControl"])
    assert seen == {
        "feed.xml": ("application/rss+xml; charset=utf-8", "public, max-age=300"),
        "2026-11/episodes/01-a.0123456789.mp3": ("audio/mpeg", "public, max-age=31536000, immutable"),
        "2026-11/transcripts/01-a.0123456789.vtt": ("text/vtt; charset=utf-8", "public, max-age=31536000, immutable"),
    }


def test_a_folder_that_a_web_server_reads_can_be_read_by_it(public: Path, folder: Place) -> None:
    """Files arrive with the permissions they have at home."""
    publish(public, folder.address)
    assert folder.folder
    mode = stat.S_IMODE((folder.folder / "feed.xml").stat().st_mode)
    assert mode & 0o444 == 0o444 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_server_nobody_knows_is_refused(public: Path, sftp: Place) -> None:
    """Without its key in known_hosts nothing is sent, and nothing is trusted."""
    (Path(os.environ["HOME"]) / ".ssh" / "known_hosts").write_text("")
    with pytest.raises(PublishError, match="known_hosts"):
        at(sftp.address)
    assert sftp.folder
    assert not sftp.folder.exists()


def test_a_password_in_the_address_is_refused_and_not_shown() -> None:
    """It would stand in the shell's history, and on the screen."""
    with pytest.raises(PublishError) as refused:
        at("sftp://editor:hunter2@example.org/site")
    assert "hunter2" not in str(refused.value)
    assert "password" in str(refused.value)


def test_wrong_credentials_are_told_without_them(public: Path, webdav: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the place and the reason, never the password."""
    monkeypatch.setenv("VIVAVOCE_WEBDAV_PASSWORD", "wrong-secret")
    with pytest.raises(PublishError) as refused:
        publish(public, webdav.address)
    assert "401" in str(refused.value) or "nauthorized" in str(refused.value)
    assert "wrong-secret" not in str(refused.value)


def test_a_password_does_not_cross_a_network_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain http is for this machine alone."""
    monkeypatch.setenv("VIVAVOCE_WEBDAV_USER", "editor")
    with pytest.raises(PublishError, match="in the clear"):
        at("webdav+http://example.org/site")


def test_nothing_built_is_nothing_to_publish(tmp_path: Path, folder: Place) -> None:
    """The line says what to do."""
    with pytest.raises(PublishError, match="vivavoce build"):
        prepare(tmp_path / "public", at(folder.address))


@pytest.mark.parametrize("place_name", ["webdav", "s3"])
def test_a_place_without_a_folder_is_one_too(public: Path, place_name: str, request: pytest.FixtureRequest) -> None:
    """A whole server or bucket: all arrives, and the next run sends nothing."""
    place: Place = request.getfixturevalue(place_name)
    address = place.address.rpartition("/")[0]
    publish(public, address)
    assert held(at(address)).items() >= FILES.items()
    assert publish(public, address) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://example.org/audio", "webdav+http://example.org/audio"),
        ("https://example.org/audio", "webdav://example.org/audio"),
        ("gopher://example.org/audio", "nothing can be published to gopher://"),
        ("file://srv/audio", "file:///"),
        ("editor@example.org:/srv/audio", "sftp://user@host/folder"),
        ("s3:/bucket/audio", "s3://bucket/folder"),
        ("", "no place"),
    ],
)
def test_an_address_that_takes_no_files_is_told_what_does(address: str, told: str) -> None:
    """Each with the kinds that there are, the one that may be meant, and where it needs one, the package."""
    with pytest.raises(PublishError) as refused:
        at(address)
    assert told in str(refused.value)
    assert "webdav" in str(refused.value) or address.startswith("file:")
    if address.startswith("http"):
        assert "pip install 'vivavoce[webdav]'" in str(refused.value)


def test_a_secret_in_an_address_is_not_shown() -> None:
    """A signed web address is not repeated with its signature, nor a name before the host."""
    with pytest.raises(PublishError) as refused:
        at("https://token-of-a-test@example.org/audio?signature=of-a-test")
    assert "of-a-test" not in str(refused.value)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The very extra that the address needs, not a list to choose from."""
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(registry, "s3", raising=False)
    with pytest.raises(PublishError, match=r"pip install 'vivavoce\[s3\]'"):
        at("s3://bucket/audio")


def test_a_link_out_of_what_is_published_is_refused(public: Path, folder: Place, tmp_path: Path) -> None:
    """Neither its content nor a gap is published, whether it leads to a file, a folder or nowhere."""
    (tmp_path / "secret").write_bytes(b"of nobody else's business")
    for name, to in (("01.mp3", tmp_path / "secret"), ("all", tmp_path), ("gone.mp3", tmp_path / "nothing")):
        link = public / "2026-11" / name
        link.symlink_to(to)
        with pytest.raises(PublishError, match=f"{name}: is a link that leads (out of public|nowhere)"):
            publish(public, folder.address)
        link.unlink()
    assert folder.folder
    assert not folder.folder.exists()


def test_a_link_to_what_is_published_is_told(public: Path, folder: Place) -> None:
    """What it leads to is sent once, under its own name; public/ itself may be a link."""
    (public / "latest").symlink_to("2026-11")
    home = public.with_name("linked")
    home.symlink_to(public)
    shipment = prepare(home, at(folder.address))
    assert shipment.links == ("latest",)
    publish(home, folder.address)
    assert held(at(folder.address)) == FILES


def test_a_record_that_came_back_is_not_sent(public: Path, folder: Place) -> None:
    """A copy of the place, made public/ again, brings its record along: the place's own is not replaced by it."""
    publish(public, folder.address)
    (public / MANIFEST).write_bytes(b"{}")
    assert publish(public, folder.address) == []
    assert read_manifest(at(folder.address).read(MANIFEST)).files


def test_a_damaged_record_costs_sending_again() -> None:
    """A manifest that cannot be read, or of another format, is taken for none."""
    assert read_manifest(b"{") == read_manifest(b'{"format": 99, "files": {}}') == Manifest()


def test_what_may_be_withdrawn_is_what_was_sent_from_here() -> None:
    """Of three files that are not published, only the one in the record that still lies there is withdrawn."""
    there = {"a.html": 1, "b.html": 1, MANIFEST: 9}
    shipment = ship((), Manifest({"a.html": "1" * 64, "c.html": "2" * 64}), there)
    assert shipment.withdrawn == ("a.html",)
