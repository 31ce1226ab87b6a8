"""A podcast's identity."""

import json
import unicodedata
import uuid
from typing import Final

_PODCASTS: Final = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space that podcastindex.org, "Podcast Namespace", guid, gives. Neither it nor the way names are joined
below may ever change: directories would take every feed for another podcast."""


def podcast_guid(edition_id: str, issue: str = "", language: str = "") -> str:
    """The guid of an edition's feed, of an issue's, or of an issue's in one language: a UUID (36 characters).

    The namespace makes it from the feed's first address and then wants it kept. There is no place to keep it:
    `public/` and `.vivavoce` can be deleted. So it is made from the edition's id, which stands in edition.toml for
    ever, and from what the feed is; another address or another title does not change it.
    """
    names = [unicodedata.normalize("NFC", name) for name in (edition_id, issue, language)]
    return str(uuid.uuid5(_PODCASTS, json.dumps(names)))
