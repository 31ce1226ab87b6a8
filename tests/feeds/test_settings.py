import msgspec
import pytest

from feeds.categories import CATEGORIES, check_category
from feeds.page.qr import qr_svg
from feeds.settings import FeedSettings, ShowType

GOOD = {
    "url": "https://example.org/audio",
    "author": "The Quay",
    "owner_name": "Zoé",
    "owner_email": "editor@example.org",
}


def test_only_four_values_must_be_given() -> None:
    """A producer writes address, author and owner; the rest has defaults that suit a magazine."""
    settings = FeedSettings(**GOOD)
    assert (settings.category, settings.subcategory, settings.explicit) == ("News", "", False)
    assert (settings.copyright, settings.link, settings.type) == ("", "", ShowType.SERIAL)
    assert (settings.locked, settings.license, settings.hub, settings.funding) == (True, "", "", "")


@pytest.mark.parametrize(
    "url", ["https://example.org/audio", "https://example.org/audio/", "https://example.org/audio//"]
)
def test_address_of_a_file_has_one_slash_and_is_encoded(url: str) -> None:
    """However the base is written, a file's address is the base, one slash, and the path in percent-encoded
    UTF-8.
    """
    settings = FeedSettings(**GOOD | {"url": url})
    assert settings.address("2023-04/é 1:2.mp3") == "https://example.org/audio/2023-04/%C3%A9%201%3A2.mp3"


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "ftp://example.org/", "https://", "https://[::1", "https://example.org:port/",
        "https://example.org/a b", "https://exämple.org/", "https://example.org/?a=1", "https://example.org/#top",
    ],
)  # fmt: skip
def test_an_address_that_apps_cannot_fetch_is_refused(url: str) -> None:
    """What is no http(s) folder address is refused, and the message says which setting and which value."""
    with pytest.raises(ValueError, match="url") as caught:
        FeedSettings(**GOOD | {"url": url})
    assert f'"{url}"' in str(caught.value)


def test_a_loopback_address_with_a_port_is_taken() -> None:
    """A preview on the producer's own machine is an address like any other."""
    assert FeedSettings(**GOOD | {"url": "http://127.0.0.1:8000"}).url == "http://127.0.0.1:8000/"


@pytest.mark.parametrize(
    "email", ["", "editor", "editor@", "@example.org", "Ed <ed@example.org>", "a b@example.org", "a@b"]
)
def test_what_is_no_email_address_is_refused(email: str) -> None:
    """Directories write to the owner: the address must be a bare one with a domain."""
    with pytest.raises(ValueError, match="owner_email"):
        FeedSettings(**GOOD | {"owner_email": email})


@pytest.mark.parametrize("char", ["\x01", "\x00", "\x1b", "\x92", "\ufffe", "\ud800"])
@pytest.mark.parametrize("name", ["author", "owner_name", "owner_email", "copyright", "license", "frequency"])
def test_what_no_feed_can_hold_is_refused(name: str, char: str) -> None:
    """XML has no such characters: the setting is named before anything is read aloud."""
    value = {"owner_email": f"a{char}@example.org"}.get(name, f"a{char}")
    with pytest.raises(ValueError, match=f"{name} has a character that nobody can see"):
        FeedSettings(**GOOD | {"license_url": "https://example.org/l", "license": "a", name: value})


def test_an_address_is_short_enough_for_a_qr_code() -> None:
    """An address of an issue's page is drawn on it, and has the issue's name behind this."""
    base = "https://example.org/"
    qr_svg(FeedSettings(**GOOD | {"url": base + "a" * 480}).address("é" * 127 + "/"))
    with pytest.raises(ValueError, match="url has 501 characters"):
        FeedSettings(**GOOD | {"url": base + "a" * 481})


@pytest.mark.parametrize("name", ["author", "owner_name"])
def test_an_empty_name_is_refused(name: str) -> None:
    """Author and owner cannot be blank, and the message names the setting."""
    with pytest.raises(ValueError, match=name):
        FeedSettings(**GOOD | {name: " "})


def test_a_site_that_is_no_address_is_refused() -> None:
    """`link` may be empty but not wrong."""
    with pytest.raises(ValueError, match="link"):
        FeedSettings(**GOOD | {"link": "www.example.org"})


@pytest.mark.parametrize("name", ["link", "hub", "funding", "license_url"])
def test_every_other_address_is_checked_too(name: str) -> None:
    """What apps and hubs are sent to must be an address; the message names the setting."""
    with pytest.raises(ValueError, match=name):
        FeedSettings(**GOOD | {"license": "house", name: "www.example.org"})


def test_a_licence_is_one_that_directories_know_or_has_its_text_somewhere() -> None:
    """A known name stands alone, in any spelling; one's own needs the address of its text, and that a name."""
    assert FeedSettings(**GOOD | {"license": "cc-by-4.0"}).license == "cc-by-4.0"
    assert FeedSettings(**GOOD | {"license": "house", "license_url": "https://example.org/l"}).license == "house"
    with pytest.raises(ValueError, match=r'license "house".*CC-BY-4\.0.*license_url'):
        FeedSettings(**GOOD | {"license": "house"})
    with pytest.raises(ValueError, match="license_url is there, but no license"):
        FeedSettings(**GOOD | {"license_url": "https://example.org/l"})


def test_an_unknown_frequency_says_which_there_are() -> None:
    """A word that is no frequency is refused with the list; none is given by default."""
    assert FeedSettings(**GOOD).frequency == ""
    assert FeedSettings(**GOOD | {"frequency": "twice a year"}).frequency == "twice a year"
    with pytest.raises(ValueError, match=r'"hourly".*daily.*yearly'):
        FeedSettings(**GOOD | {"frequency": "hourly"})


def test_an_unknown_type_says_which_there_are() -> None:
    """A type that Apple does not know is refused with both that it does."""
    with pytest.raises(ValueError, match=r"serial.*episodic"):
        FeedSettings(**GOOD | {"type": "daily"})


@pytest.mark.parametrize(
    ("category", "subcategory", "hint"),
    [
        ("Newz", "", 'did you mean "News"?'),
        ("society and culture", "", 'did you mean "Society & Culture"?'),
        ("Tech News", "", 'category = "News" and subcategory = "Tech News"'),
        ("Xylophones!", "", "choose one of: Arts, Business"),
        ("News", "Technews", 'did you mean "Tech News"?'),
        ("History", "Rome", "leave it out"),
    ],
)
def test_a_wrong_category_comes_with_the_right_one(category: str, subcategory: str, hint: str) -> None:
    """A category that Apple does not have is refused with the nearest, its parent, or the whole list."""
    with pytest.raises(ValueError, match="category") as caught:
        FeedSettings(**GOOD | {"category": category, "subcategory": subcategory})
    assert hint in str(caught.value)


def test_every_listed_category_passes() -> None:
    """Apple's list is whole, 19 categories and 91 subcategories, and the check takes each."""
    assert len(CATEGORIES) == 19
    assert sum(len(below) for below in CATEGORIES.values()) == 91
    for category, below in CATEGORIES.items():
        check_category(category)
        for subcategory in below:
            check_category(category, subcategory)


def test_the_section_decodes_from_toml_values() -> None:
    """The `[feed]` section decodes into settings, and a wrong value's message reaches the producer."""
    section: dict[str, object] = {**GOOD, "type": "episodic", "explicit": True}
    settings = msgspec.convert(section, FeedSettings)
    assert (settings.type, settings.explicit) == (ShowType.EPISODIC, True)
    assert settings.url.endswith("/audio/")
    with pytest.raises(msgspec.ValidationError, match="did you mean"):
        msgspec.convert(section | {"category": "Newz"}, FeedSettings)
