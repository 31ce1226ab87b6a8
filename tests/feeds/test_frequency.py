from datetime import date

from dateutil.rrule import rrulestr

from feeds.frequency import Frequency, frequency_text, recurrence


def test_every_rule_is_one_that_calendars_read() -> None:
    """From a first of January on, the next issue comes when the word says."""
    expected = {
        "daily": date(2023, 1, 2),
        "weekly": date(2023, 1, 8),
        "fortnightly": date(2023, 1, 15),
        "monthly": date(2023, 2, 1),
        "bimonthly": date(2023, 3, 1),
        "quarterly": date(2023, 4, 1),
        "twice a year": date(2023, 7, 1),
        "yearly": date(2024, 1, 1),
    }
    found = {}
    for frequency in Frequency:
        rule = rrulestr(f"DTSTART:20230101T000000\nRRULE:{recurrence(frequency)}")
        found[frequency.value] = rule[1].date()
    assert found == expected


def test_it_is_shown_in_the_feeds_language() -> None:
    """French for French, English for every other."""
    assert frequency_text(Frequency.MONTHLY, "fr-CA") == "Tous les mois"
    assert frequency_text(Frequency.MONTHLY, "de") == "Monthly"
