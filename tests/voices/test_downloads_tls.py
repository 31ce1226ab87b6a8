import datetime
import ssl
from pathlib import Path

import pytest

from voices.downloads import download, read_small
from voices.errand import Errand, Patience, SourceFailed

DATA = bytes(range(256)) * 400
QUICK = Patience(attempts=3, timeout_s=5, first_pause_s=0.001)


def errand(folder: Path) -> Errand:
    return Errand("voice.onnx", len(DATA), folder, lambda _: None, QUICK)


def test_a_server_with_a_good_certificate_gives_its_file(trusted, tmp_path):
    """Signed by an authority that this computer trusts, for the host that was asked; broken off, it is continued."""
    with trusted.web() as web:
        web.cuts["/a"] = [30_000]
        assert download(web.put("/a", DATA), errand(tmp_path)).read_bytes() == DATA
        assert web.asked == [("/a", None), ("/a", "bytes=30000-")]
        assert read_small(web.put("/list", b"{}"), QUICK) == b"{}"


def refused(address: str, folder: Path) -> str:
    """Why nothing was fetched from there; not one byte was written."""
    with pytest.raises(SourceFailed) as raised:
        download(address, errand(folder))
    assert list(folder.iterdir()) == []
    return str(raised.value)


def test_a_certificate_that_nobody_vouches_for_is_refused(authority, tmp_path):
    """At once: nothing is asked of such a server, and nothing is tried again."""
    with authority.web() as web:
        assert "CERTIFICATE_VERIFY_FAILED" in (said := refused(web.put("/a", DATA), tmp_path))
        assert "tried" not in said
        assert web.asked == []


def test_a_certificate_for_another_host_is_refused(trusted, tmp_path):
    """A trusted authority does not make any server the right one."""
    with trusted.web("voices.example") as web:
        assert "CERTIFICATE_VERIFY_FAILED" in refused(web.put("/a", DATA), tmp_path)
        assert web.asked == []


def test_a_certificate_that_has_expired_is_refused(trusted, tmp_path):
    """Yesterday's is as good as none."""
    days = [datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=number) for number in (2, 1)]
    with trusted.web(not_before=days[0], not_after=days[1]) as web:
        assert "CERTIFICATE_VERIFY_FAILED" in refused(web.put("/a", DATA), tmp_path)
        assert web.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://voices.example/a", "data:,x"])
def test_a_redirect_from_https_to_another_scheme_is_refused(trusted, tmp_path, target):
    """Whatever a server says, what it leads to is https."""
    with trusted.web() as web:
        web.redirects["/a"] = target
        assert "which is refused" in refused(web.url("/a"), tmp_path)


def test_a_redirect_from_https_to_http_on_this_computer_is_refused(trusted, web, tmp_path):
    """http is for what was asked on this computer in the first place: nobody elsewhere may lead there."""
    web.put("/a", DATA)
    with trusted.web() as secure:
        secure.redirects["/a"] = web.url("/a")
        assert "redirects to http://127.0.0.1, which is refused" in refused(secure.url("/a"), tmp_path)
    assert web.asked == []


def test_a_redirect_to_a_server_without_a_good_certificate_is_refused(trusted, tmp_path):
    """Each server on the way is held to the same terms."""
    with trusted.web() as first, trusted.web("voices.example") as second:
        first.redirects["/a"] = second.put("/a", DATA)
        assert "CERTIFICATE_VERIFY_FAILED" in refused(first.url("/a"), tmp_path)
        assert second.asked == []


def test_a_redirect_from_https_to_https_is_followed(trusted, tmp_path):
    """As publishers do who keep large files elsewhere."""
    with trusted.web() as first, trusted.web() as second:
        first.redirects["/a"] = second.put("/b", DATA)
        assert download(first.url("/a"), errand(tmp_path)).read_bytes() == DATA


def test_an_old_protocol_is_refused(trusted, tmp_path):
    """Nothing older than TLS 1.2 is spoken (RFC 8996)."""
    from voices import opener

    handler = next(each for each in opener.opener().handlers if hasattr(each, "https_open"))
    context = handler._context
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
