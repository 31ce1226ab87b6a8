"""The few words that pages and covers add of their own, in the languages that pages speak: English and
French.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

NBSP: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; `{...}` parts are filled by str.format."""

    language: str
    months: tuple[str, ...]
    first_of_month: str
    skip: str
    contents: str
    cover_of: str
    article: str
    articles: str
    issues: str
    download: str
    file_size: str
    follow: str
    follow_how: str
    feed: str
    edition_feed: str
    epub: str
    audiobook: str
    programme: str
    opml: str
    all_issues: str
    voices: str
    synthetic: str
    estimated: str
    hour: str
    minute: str
    second: str
    decimal: str


_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

ENGLISH: Final = Words(
    language="en",
    months=_ENGLISH_MONTHS,
    first_of_month="1",
    skip="Skip to the articles",
    contents="In this issue",
    cover_of="Cover: {title}",
    article="{count} article",
    articles="{count} articles",
    issues="Issues",
    download="Download",
    file_size="{megabytes} MB",
    follow="Follow in a podcast app",
    follow_how="Copy the address of this feed into any podcast app:",
    feed="feed of this issue",
    edition_feed="feed of all issues",
    epub="Book to read along (EPUB)",
    audiobook="The whole issue as an audiobook (M4B)",
    programme="The whole issue in one MP3",
    opml="List of all feeds (OPML)",
    all_issues="All issues",
    voices="The voices",
    synthetic="The voices are synthetic: every article is read by a computer program, not by a person.",
    estimated="Some times are estimated: the voice gives none, so they are worked out from the length of the words.",
    hour="h",
    minute="min",
    second="s",
    decimal=".",
)

_FRENCH_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

FRENCH: Final = Words(
    language="fr",
    months=_FRENCH_MONTHS,
    first_of_month="1er",
    skip="Aller aux articles",
    contents="Dans ce numéro",
    cover_of=f"Couverture{NBSP}: {{title}}",
    article=f"{{count}}{NBSP}article",
    articles=f"{{count}}{NBSP}articles",
    issues="Numéros",
    download="Télécharger",
    file_size=f"{{megabytes}}{NBSP}Mo",
    follow="Suivre dans une application de podcasts",
    follow_how=f"Copiez l’adresse de ce flux dans votre application{NBSP}:",
    feed="flux de ce numéro",
    edition_feed="flux de tous les numéros",
    epub="Livre à lire en écoutant (EPUB)",
    audiobook="Tout le numéro en livre audio (M4B)",
    programme="Tout le numéro en un seul MP3",
    opml="Liste de tous les flux (OPML)",
    all_issues="Tous les numéros",
    voices="Les voix",
    synthetic=f"Les voix sont de synthèse{NBSP}: chaque article est lu par un programme, pas par un humain.",
    estimated=f"Certains temps sont estimés{NBSP}: la voix n’en donne pas, ils suivent la longueur des mots.",
    hour="h",
    minute="min",
    second="s",
    decimal=",",
)

LANGUAGE_NAMES: Final = {
    "ca": "català",
    "cs": "čeština",
    "da": "dansk",
    "de": "Deutsch",
    "el": "ελληνικά",
    "en": "English",
    "es": "español",
    "fi": "suomi",
    "fr": "français",
    "hu": "magyar",
    "it": "italiano",
    "nl": "Nederlands",
    "no": "norsk",
    "pl": "polski",
    "pt": "português",
    "ro": "română",
    "ru": "русский",
    "sv": "svenska",
    "tr": "Türkçe",
    "uk": "українська",
}
"""What each language calls itself, by primary subtag: a mark that its own readers recognise."""


def words_for(language: str) -> Words:
    """French words for French (`fr`, `fr-CA`), English ones for every other language."""
    return FRENCH if _primary(language) == "fr" else ENGLISH


def language_name(language: str) -> str:
    """What the language calls itself (`fr` gives `français`), or its tag where the name is not known."""
    return LANGUAGE_NAMES.get(_primary(language), language)


def long_date(day: date, words: Words) -> str:
    """The date in full: `1 April 2023`, `1er avril 2023`."""
    number = words.first_of_month if day.day == 1 else str(day.day)
    return f"{number} {words.months[day.month - 1]} {day.year}"


def duration_text(seconds: float, words: Words) -> str:
    """A length to read: `2 min 5 s`, `1 h 2 min`; to the second below an hour, to the minute above."""
    whole = max(1, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    pairs = [(hours, words.hour), (minutes, words.minute), (0 if hours else left, words.second)]
    return " ".join(f"{count}{NBSP}{unit}" for count, unit in pairs if count)


def size_text(size_bytes: int, words: Words) -> str:
    """A file's size in megabytes (1,000,000 bytes) with one decimal: `1.2 MB`, `1,2 Mo`."""
    megabytes = f"{max(size_bytes / 1e6, 0.1):.1f}".replace(".", words.decimal)
    return words.file_size.format(megabytes=megabytes)


def file_kind(kind: str, words: Words) -> str:
    """What a file of the whole issue is called: `epub`, `audiobook` or `opml`. Raises KeyError for another."""
    return {"epub": words.epub, "audiobook": words.audiobook, "programme": words.programme, "opml": words.opml}[kind]


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
