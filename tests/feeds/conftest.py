"""A small bilingual issue, as the tests of this room publish it."""

from datetime import date

import pytest

from feeds.episode import Episode, episode_guid, publication_times
from feeds.settings import FeedSettings


@pytest.fixture
def settings() -> FeedSettings:
    return FeedSettings(
        url="https://example.org/audio",
        author="The Quay & Co",
        owner_name="Hélène Lœuillet",
        owner_email="editor@example.org",
        category="Business",
        subcategory="Non-Profit",
        copyright="© 2023 The Quay",
    )


@pytest.fixture
def episodes() -> tuple[Episode, ...]:
    texts = (
        ("harbour", "en", "A new harbour", "The council votes on Thursday.", "By Jane Doe"),
        (
            "halle",
            "fr",
            "La halle rouvre : « on n’y croyait plus »",
            "Après onze ans, l’œuvre est là.",
            "Par Zoé",
        ),
        ("brewery", "en", "Three brewers, one cellar", "", ""),
    )
    times = publication_times(date(2023, 4, 1), len(texts))
    return tuple(
        Episode(
            guid=episode_guid("quay", "2023-04", slug, language),
            title=title,
            description=standfirst,
            language=language,
            number=number,
            published=published,
            path=f"2023-04/episodes/{number:02}-{slug}.0123456789.mp3",
            size_bytes=1_234_560 + number,
            duration_s=125.4 + number,
            author=byline,
            kicker="Town" if number == 1 else "",
            chapters=(("Start", 0.0),),
        )
        for number, ((slug, language, title, standfirst, byline), published) in enumerate(
            zip(texts, times, strict=True), start=1
        )
    )
