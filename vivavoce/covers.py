"""An issue's cover: the edition's own picture, or one drawn once and remembered."""

import hashlib
import json

from articles.sealed import keep_sealed, read_sealed
from feeds.cover import CoverError, draw_cover, fit_cover
from feeds.words import long_date, words_for
from vivavoce.edition import EDITION_FILE, Edition, IssuePlan
from vivavoce.settings import refused

_KIND, _FORMAT = "cover", 1
"""Raised when the same names would give another picture."""


def issue_cover(edition: Edition, plan: IssuePlan) -> bytes:
    """The JPEG for the issue. Raises SettingsError when the edition's picture cannot be used."""
    settings = edition.settings
    own = edition.root / settings.cover if settings.cover else None
    date_text = long_date(plan.date, words_for(settings.languages[0]))
    picture = hashlib.sha256(own.read_bytes()).hexdigest() if own and own.is_file() else ""
    facts = [_FORMAT, settings.title, plan.title, date_text, picture]
    kept = edition.state / "covers" / f"{hashlib.sha256(json.dumps(facts).encode()).hexdigest()}.cover"
    # Drawing nine million pixels takes a second, which a build that changes nothing need not spend.
    if jpeg := read_sealed(kept, _KIND, _FORMAT):
        return jpeg
    try:
        jpeg = fit_cover(own) if own else draw_cover(settings.title, plan.title, date_text)
    except CoverError as error:
        raise refused(edition.root / EDITION_FILE, ("cover",), error.message, error.hint) from error
    keep_sealed(kept, _KIND, _FORMAT, jpeg)
    return jpeg
