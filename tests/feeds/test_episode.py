import itertools
import unicodedata
import uuid
from datetime import UTC, date, datetime, timedelta, timezone

from feeds.episode import episode_guid, publication_times


def test_a_guid_never_changes() -> None:
    """A guid made once is out in the world: another one here would show listeners every episode again."""
    assert episode_guid("quay", "2023-04", "harbour", "en") == "80dc620e-d4e3-58ee-ad19-0e8d9cc39954"


def test_a_guid_names_one_article_in_one_language() -> None:
    """Edition, issue, article and language each make another episode, and cannot be confused with one
    another.
    """
    guids = {
        episode_guid(*names)
        for names in [
            ("quay", "2023-04", "harbour", "en"), ("quai", "2023-04", "harbour", "en"),
            ("quay", "2023-05", "harbour", "en"), ("quay", "2023-04", "brewery", "en"),
            ("quay", "2023-04", "harbour", "fr"), ("quay", "2023-04", '", "harbour', "fr"),
            ("quay", "2023-04harbour", "", "en"),
        ]
    }  # fmt: skip
    assert len(guids) == 7
    assert all(str(uuid.UUID(guid)) == guid and uuid.UUID(guid).version == 5 for guid in guids)


def test_a_guid_does_not_depend_on_how_a_file_system_spells() -> None:
    """A file name with é in one character or in two, and a name that is not UTF-8, have a guid each time the
    same.
    """
    composed, decomposed = (unicodedata.normalize(form, "économie") for form in ("NFC", "NFD"))
    assert episode_guid("e", "i", composed, "fr") == episode_guid("e", "i", decomposed, "fr")
    assert episode_guid("e", "i", "\udce9", "fr") == episode_guid("e", "i", "\udce9", "fr")


def test_articles_are_dated_a_minute_apart_from_the_first() -> None:
    """The first article is the earliest, so that the oldest-first order of apps is the running order."""
    times = publication_times(date(2023, 4, 1), 3)
    assert times[0] == datetime(2023, 4, 1, 5, 0, tzinfo=UTC)
    assert [later - earlier for earlier, later in itertools.pairwise(times)] == [timedelta(minutes=1)] * 2
    assert publication_times(date(2023, 4, 1), 0) == ()


def test_the_time_falls_on_the_issues_own_day_from_montreal_to_the_date_line() -> None:
    """What an app shows as the date is the day on the cover, from five hours west of Greenwich to fourteen
    east.
    """
    for hours in range(-5, 15):
        local = publication_times(date(2023, 4, 1), 1)[0].astimezone(timezone(timedelta(hours=hours)))
        assert local.date() == date(2023, 4, 1)
