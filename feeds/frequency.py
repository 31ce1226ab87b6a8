"""How often an edition appears, in words and as a calendar's rule."""

from enum import StrEnum
from typing import Final


class Frequency(StrEnum):
    """How often a new issue is published."""

    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    TWICE_A_YEAR = "twice a year"
    YEARLY = "yearly"


# RFC 5545, "iCalendar", 3.3.10: recurrence rules; then what is shown in English and in French.
_TABLE: Final = {
    Frequency.DAILY: ("FREQ=DAILY", "Daily", "Tous les jours"),
    Frequency.WEEKLY: ("FREQ=WEEKLY", "Weekly", "Toutes les semaines"),
    Frequency.FORTNIGHTLY: ("FREQ=WEEKLY;INTERVAL=2", "Every two weeks", "Toutes les deux semaines"),
    Frequency.MONTHLY: ("FREQ=MONTHLY", "Monthly", "Tous les mois"),
    Frequency.BIMONTHLY: ("FREQ=MONTHLY;INTERVAL=2", "Every two months", "Tous les deux mois"),
    Frequency.QUARTERLY: ("FREQ=MONTHLY;INTERVAL=3", "Four times a year", "Quatre fois par an"),
    Frequency.TWICE_A_YEAR: ("FREQ=MONTHLY;INTERVAL=6", "Twice a year", "Deux fois par an"),
    Frequency.YEARLY: ("FREQ=YEARLY", "Once a year", "Une fois par an"),
}


def recurrence(frequency: Frequency) -> str:
    """The rule that a calendar understands: `FREQ=MONTHLY;INTERVAL=3`."""
    return _TABLE[frequency][0]


def frequency_text(frequency: Frequency, language: str) -> str:
    """How often, in French for French and in English for every other language."""
    _, english, french = _TABLE[frequency]
    return french if language.partition("-")[0].lower() == "fr" else english
