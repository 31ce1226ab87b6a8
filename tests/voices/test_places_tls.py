import pytest

from voices.places.errors import PlaceError
from voices.places.place import open_place


@pytest.mark.parametrize("ask", ["read", "holds", "listing"])
def test_a_place_cannot_lead_out_of_https(trusted, web, monkeypatch, ask):
    """A WebDAV server's redirect to plain http is refused, and nobody is asked there."""
    monkeypatch.setattr("voices.places.place.time.sleep", lambda _: None)
    monkeypatch.setenv("VIVAVOCE_WEBDAV_USER", "editor")
    monkeypatch.setenv("VIVAVOCE_WEBDAV_PASSWORD", "hunter2-of-a-test")
    with trusted.web() as secure:
        address = f"webdav{secure.root.removeprefix('https')}/clips"
        secure.redirects |= {f"/clips/{name}": web.url("/elsewhere") for name in ("a", "a/")}
        place = open_place(address)
        with pytest.raises(PlaceError) as refused:
            getattr(place, ask)("a")
        place.close()
    assert "redirects to http://, which is refused" in str(refused.value)
    assert secure.asked
    assert web.asked == []


def test_a_place_without_a_good_certificate_is_not_asked(authority, monkeypatch):
    """Neither for clips nor with a password."""
    monkeypatch.setattr("voices.places.place.time.sleep", lambda _: None)
    with authority.web() as secure:
        place = open_place(f"webdav{secure.root.removeprefix('https')}/clips")
        with pytest.raises(PlaceError, match="CERTIFICATE_VERIFY_FAILED"):
            place.read("a")
        place.close()
        assert secure.asked == []
