import contextlib
import socket
import threading
import time
from collections import namedtuple
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest

from articles.files import WriteError
from voices import opener
from voices.downloads import download, read_small
from voices.errand import Errand, Patience, Progress, SourceFailed
from voices.opener import allowed

DATA = bytes(range(256)) * 4096  # 1 MB
_Disk = namedtuple("_Disk", "free")
QUICK = Patience(attempts=3, timeout_s=5, first_pause_s=0.001)


def errand(folder: Path, size: int = len(DATA), patience: Patience = QUICK, seen: Any = None) -> Errand:
    return Errand("voice.onnx", size, folder, (lambda _: None) if seen is None else seen.append, patience)


def test_a_file_arrives_whole_and_its_progress_only_grows(web, tmp_path):
    """The partial holds the file's bytes, and the reports count up to its size."""
    seen: list[Progress] = []
    partial = download(web.put("/a", DATA), errand(tmp_path, seen=seen))
    assert partial.read_bytes() == DATA
    counts = [progress.done_bytes for progress in seen]
    assert counts == sorted(counts)
    assert counts[-1] == seen[-1].total_bytes == len(DATA)


def test_a_dropped_connection_is_resumed_where_it_broke(web, tmp_path):
    """After a cut, only the missing end is asked for."""
    web.cuts["/a"] = [300_000, 700_000]
    assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA
    assert web.asked == [("/a", None), ("/a", "bytes=300000-"), ("/a", "bytes=700000-")]


def test_an_earlier_runs_partial_is_continued(web, tmp_path):
    """What a killed run had already is not fetched again."""
    errand(tmp_path).partial("url").write_bytes(DATA[:900_000])
    assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA
    assert web.asked == [("/a", "bytes=900000-")]


def test_a_complete_partial_is_not_fetched_at_all(web, tmp_path):
    """A run killed between the last byte and the rename costs the next one nothing."""
    errand(tmp_path).partial("url").write_bytes(DATA)
    assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA
    assert web.asked == []


def test_a_server_that_ignores_ranges_restarts_the_file(web, tmp_path):
    """A whole answer replaces the partial instead of being appended to it."""
    web.without_ranges = True
    web.cuts["/a"] = [300_000]
    assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA


def test_a_partial_longer_than_the_file_is_thrown_away(web, tmp_path):
    """Junk that is too long is not resumed."""
    errand(tmp_path).partial("url").write_bytes(DATA + b"junk")
    assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA
    assert web.asked == [("/a", None)]


def test_the_end_of_another_file_is_not_appended(web, tmp_path):
    """A range of a file of another length restarts the download."""
    errand(tmp_path).partial("url").write_bytes(b"junk")
    web.content_range = "bytes 4-99/100"
    assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA
    assert [asked for _, asked in web.asked] == ["bytes=4-", None]


def test_a_range_beyond_the_end_restarts_the_file(web, tmp_path):
    """A server whose file is shorter than the partial is asked once more, and then refused for its size."""
    errand(tmp_path).partial("url").write_bytes(DATA[:5000])
    with pytest.raises(SourceFailed, match="4,000 bytes instead of 1,048,576"):
        download(web.put("/a", DATA[:4000]), errand(tmp_path))
    assert [asked for _, asked in web.asked] == ["bytes=5000-", None]


def test_a_file_of_another_size_is_refused_before_it_is_fetched(web, tmp_path):
    """No byte of a wrong file is kept."""
    with pytest.raises(SourceFailed, match="instead of"):
        download(web.put("/a", DATA + b"!"), errand(tmp_path))
    assert not errand(tmp_path).partial("url").exists()


def test_an_answer_without_end_is_cut_off(web, tmp_path):
    """A server that never stops cannot fill the disk."""
    web.endless.add("/a")
    with pytest.raises(SourceFailed, match="more than the 1,048,576 bytes"):
        download(web.url("/a"), errand(tmp_path))
    assert errand(tmp_path).partial("url").stat().st_size < 2 * len(DATA)


def test_a_server_in_trouble_is_asked_again_and_then_given_up(web, tmp_path):
    """503 may pass, and is tried as often as patience allows; the reason is told with the number of tries."""
    web.statuses["/a"] = [503, 503]
    assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA
    web.statuses["/b"] = [503] * 9
    errand(tmp_path).partial("url").unlink()
    with pytest.raises(SourceFailed, match=r"127\.0\.0\.1 answered 503 .* \(tried 3 times\)"):
        download(web.put("/b", DATA), errand(tmp_path))
    assert [path for path, _ in web.asked] == ["/a"] * 3 + ["/b"] * 3


def test_a_file_that_is_not_there_is_asked_for_once(web, tmp_path):
    """404 will not pass."""
    with pytest.raises(SourceFailed, match="answered 404"):
        download(web.url("/none"), errand(tmp_path))
    assert len(web.asked) == 1


def test_silence_counts_as_broken_and_what_came_before_is_kept(web, tmp_path):
    """A server that stalls is given up after the timeout, and its bytes stay for the next run."""
    web.cuts["/a"] = [400_000] * 3
    web.silent.add("/a")
    with pytest.raises(SourceFailed, match="timed out"):
        download(web.put("/a", DATA), errand(tmp_path, patience=Patience(1, 0.1, 0.001)))
    assert errand(tmp_path).partial("url").read_bytes() == DATA[:400_000]


def test_a_computer_that_does_not_answer_is_a_reason_not_a_crash(tmp_path):
    """A refused connection is told in a line."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with pytest.raises(SourceFailed, match="Connection refused"):
        download(f"http://127.0.0.1:{port}/a", errand(tmp_path))


def test_redirects_on_the_same_terms_are_followed(web, tmp_path):
    """A redirect to an allowed address leads to the file, and the range is asked for there too."""
    errand(tmp_path).partial("url").write_bytes(DATA[:100])
    web.redirects["/old"] = web.put("/new", DATA)
    assert download(web.url("/old"), errand(tmp_path)).read_bytes() == DATA
    assert web.asked == [("/old", "bytes=100-"), ("/new", "bytes=100-")]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://voices.example/a", "data:,x"])
def test_a_redirect_to_anything_else_is_refused(web, tmp_path, target):
    """No redirect leads out of https, or out of this computer over http."""
    web.redirects["/a"] = target
    with pytest.raises(SourceFailed, match="which is refused"):
        download(web.url("/a"), errand(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_is_followed_without_reading_what_came_with_it(web, tmp_path):
    """The text below a redirect may have no end."""
    web.redirects["/old"] = web.put("/new", DATA)
    web.endless.add("/old")
    assert download(web.url("/old"), errand(tmp_path)).read_bytes() == DATA


def test_only_the_header_that_is_checked_is_followed():
    """urllib takes one called URI for a redirect too, where there is no Location."""
    headers = Message()
    headers["URI"] = "http://voices.example/a"
    asked = Request("https://voices.example/a")
    assert opener.SafeRedirects().http_error_302(asked, BytesIO(), 302, "Found", headers) is None


def test_a_redirect_loop_ends(web, tmp_path):
    """A server that sends us round in circles is a failed source."""
    web.redirects["/a"] = web.url("/a")
    with pytest.raises(SourceFailed, match="answered 302"):
        download(web.url("/a"), errand(tmp_path))


def test_a_redirect_that_goes_on_for_ever_ends(web, tmp_path):
    """Ten redirects are followed, however different each one is."""
    web.redirects |= {f"/{number}": web.url(f"/{number + 1}") for number in range(100)}
    with pytest.raises(SourceFailed, match="answered 302"):
        download(web.url("/0"), errand(tmp_path))
    assert len(web.asked) == 11


def test_pauses_between_attempts_grow_to_a_limit(web, tmp_path, monkeypatch):
    """Each is twice the one before, none is longer than the longest, and after the last attempt nobody waits."""
    pauses: list[float] = []
    monkeypatch.setattr("voices.errand.time.sleep", pauses.append)
    web.statuses["/a"] = [503] * 99
    with pytest.raises(SourceFailed, match="tried 8 times"):
        download(web.put("/a", DATA), errand(tmp_path, patience=Patience(attempts=8)))
    assert pauses == [1, 2, 4, 8, 15, 15, 15]


def test_a_trickle_counts_as_broken(web, tmp_path):
    """A server that sends a byte now and then, and so is never silent, is left; what came is kept."""
    web.trickling.add("/a")
    with pytest.raises(SourceFailed, match="bytes a second"):
        download(web.put("/a", DATA[:100]), errand(tmp_path, 100, Patience(1, 0.2)))
    assert DATA.startswith(errand(tmp_path).partial("url").read_bytes())
    with pytest.raises(SourceFailed, match="bytes a second"):
        read_small(web.url("/a"), Patience(1, 0.2))


@pytest.mark.parametrize("said", ["\xb2", "9" * 5000, "-5", "many"])
def test_a_length_that_is_no_number_is_passed_over(web, tmp_path, said):
    """What a server writes for a length may be anything: the bytes are counted as they come."""
    web.lengths["/a"] = said
    assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA
    assert read_small(web.url("/a"), QUICK) == DATA


@pytest.mark.parametrize("end", ["\u00b2", "9" * 5000])
def test_a_range_that_is_no_number_restarts_the_file(web, tmp_path, end):
    """Nor is a range that no file has."""
    errand(tmp_path).partial("url").write_bytes(b"junk")
    web.content_range = f"bytes 4-99/{end}"
    assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA


@pytest.mark.parametrize(
    "target", ["http://[::1", "https://a..b/", f"https://{'é' * 70}.example/", "https://a:99999/", "https://a:b/"]
)
def test_a_redirect_to_what_is_no_address_is_a_failed_source(web, tmp_path, target):
    """Whatever is written there, the next source is tried: nothing ends in a traceback."""
    web.redirects["/a"] = target
    for fetch in (lambda: download(web.url("/a"), errand(tmp_path)), lambda: read_small(web.url("/a"), QUICK)):
        with pytest.raises(SourceFailed, match=r"127\.0\.0\.1"):
            fetch()


@pytest.mark.parametrize(
    "address", ["https://a..b/x", "https://[::1/x", "https://a:b/x", f"https://{'é' * 70}/x", "http://127.0.0.1/é"]
)
def test_an_address_that_is_none_is_a_failed_source(tmp_path, address):
    """A catalogue of one's own may name anything."""
    with pytest.raises(SourceFailed):
        download(address, errand(tmp_path))


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:8080/admin?token=s3cret",
        "https://127.0.0.1:8080/admin?token=s3cret",
        "https://localhost/admin?token=s3cret",
        "https://LOCALHOST./admin?token=s3cret",
        "https://[::1]/admin?token=s3cret",
        "https://[::ffff:127.0.0.1]/admin?token=s3cret",
        "https://127.1/admin?token=s3cret",
        "https://0/admin?token=s3cret",
        "https://2130706433/admin?token=s3cret",
    ],
)
def test_another_computer_cannot_send_us_to_this_one(target):
    """A redirect from elsewhere to a service on this computer is refused, however this computer is written."""
    headers = Message()
    headers["Location"] = target
    asked = Request("https://voices.example/a")
    with pytest.raises(SourceFailed, match="refused") as raised:
        opener.SafeRedirects().http_error_302(asked, BytesIO(), 302, "Found", headers)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://voices.example/a", True),
        ("http://127.0.0.1:8000/a", True),
        ("http://[::1]/a", True),
        ("http://localhost/a", True),
        ("http://voices.example/a", False),
        ("http://127.0.0.1.voices.example/a", False),
        ("http://localhost@voices.example/a", False),
        ("http://voices.example\\@127.0.0.1/a", False),
        ("https://voices.example\\@other.example/a", False),
        ("file:///etc/passwd", False),
        ("ftp://voices.example/a", False),
        ("/etc/passwd", False),
    ],
)
def test_only_https_is_fetched_and_http_from_this_computer(url, fine, tmp_path):
    """Every other scheme is refused before anything is opened."""
    assert allowed(url) is fine
    if not fine:
        with pytest.raises(SourceFailed, match="only https"):
            download(url, errand(tmp_path))


def test_a_full_disk_is_noticed_before_the_download(web, tmp_path, monkeypatch):
    """Space is asked for first, less what is already here."""
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Disk(len(DATA) - 100))
    with pytest.raises(WriteError, match="1 MB are free"):
        download(web.put("/a", DATA), errand(tmp_path))
    errand(tmp_path).partial("url").write_bytes(DATA[:100])
    assert download(web.url("/a"), errand(tmp_path)).read_bytes() == DATA


def test_a_disk_that_refuses_is_not_taken_for_a_broken_network(web, tmp_path):
    """A partial that cannot be written is the disk's fault and stops at once."""
    errand(tmp_path).partial("url").mkdir()
    with pytest.raises(WriteError, match="cannot be written"):
        download(web.put("/a", DATA), errand(tmp_path))
    assert len(web.asked) == 1


def test_a_small_answer_is_read_whole(web):
    """A list of voices is asked for again after an error and after a cut, and comes whole."""
    web.statuses["/list"] = [503]
    web.cuts["/list"] = [3, 100]
    assert read_small(web.put("/list", b'{"a": 1}'), QUICK) == b'{"a": 1}'


@pytest.mark.parametrize("head", ["HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX-Slow: "])
def test_a_head_that_trickles_counts_as_broken(head, tmp_path):
    """A server that deals out the head of its answer by the byte, and so is never silent, is left."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def deal_out():
            client, _ = listening.accept()
            with client, contextlib.suppress(OSError):
                client.recv(1 << 16)
                client.sendall(head.encode())
                for _ in range(300):
                    time.sleep(0.01)
                    client.sendall(b"a")
                client.sendall(b"\r\nContent-Length: 9\r\n\r\n123456789")

        server = threading.Thread(target=deal_out)
        server.start()
        with pytest.raises(SourceFailed, match=r"127\.0\.0\.1"):
            download(f"http://127.0.0.1:{listening.getsockname()[1]}/a", errand(tmp_path, 9, Patience(1, 0.2)))
        server.join()
