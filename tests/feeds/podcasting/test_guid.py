import inspect
import unicodedata
import uuid

from feeds.podcasting.guid import podcast_guid

EDITION = "5b0c9a4e-6f0e-4f62-9d7c-8f8f6f2a7d11"


def test_a_podcasts_guid_never_changes() -> None:
    """Directories know each feed by it: another one here would make them list every feed a second time."""
    assert podcast_guid(EDITION) == "f2badb41-a341-510e-a5ff-5dc2a621ee9d"
    assert podcast_guid(EDITION, "2023-04") == "82f45c13-bd50-584c-a439-69e5d039819b"
    assert podcast_guid(EDITION, "2023-04", "fr") == "1764d095-e6cc-53e9-8216-196e79366445"


def test_every_feed_has_its_own() -> None:
    """Edition, issue and language each make another podcast; all are UUIDs of version 5, as the namespace wants."""
    guids = {
        podcast_guid(*names)
        for names in (
            (EDITION,),
            ("other",),
            (EDITION, "a"),
            (EDITION, "b"),
            (EDITION, "a", "fr"),
            (EDITION, "a", "en"),
        )
    }
    assert len(guids) == 6
    assert all(str(uuid.UUID(guid)) == guid and uuid.UUID(guid).version == 5 for guid in guids)


def test_it_is_made_of_no_address_and_no_title() -> None:
    """What may change later cannot even be given; and a folder's é may be one character or two."""
    assert list(inspect.signature(podcast_guid).parameters) == ["edition_id", "issue", "language"]
    composed, decomposed = (unicodedata.normalize(form, "été") for form in ("NFC", "NFD"))
    assert podcast_guid(EDITION, composed) == podcast_guid(EDITION, decomposed)
