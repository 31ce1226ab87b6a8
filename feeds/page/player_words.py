"""What the player says, in the languages that pages speak: English and French."""

from dataclasses import dataclass
from typing import Final

from feeds.words import NBSP


@dataclass(frozen=True, slots=True)
class PlayerWords:
    """One language's words; `{...}` parts are filled by the script."""

    player: str
    listen: str
    listen_issue: str
    listen_from: str
    play: str
    pause: str
    back: str
    forward: str
    speed: str
    place: str
    place_of: str
    chapters: str
    previous: str
    next: str
    follow_text: str
    keys: str
    keys_on: str
    key_list: tuple[tuple[str, str], ...]
    word_help: str
    share: str
    copy: str
    copied: str
    scan: str
    apps: str
    address: str
    resume: str
    files: str
    transcript: str
    formats: str
    transcript_page: str
    transcript_captions: str
    transcript_data: str
    one_language: str
    failed: str


ENGLISH: Final = PlayerWords(
    player="Player",
    listen="Listen",
    listen_issue="Listen to the issue",
    listen_from="Listen from here",
    play="Play",
    pause="Pause",
    back="Back 15 seconds",
    forward="Forward 15 seconds",
    speed="Speed",
    place="Place in the article",
    place_of="{place} of {length}",
    chapters="Chapters and keys",
    previous="Previous article",
    next="Next article",
    follow_text="Back to the words being read",
    keys="Keys",
    keys_on="Use these keys on this page",
    key_list=(
        ("Space, K", "play or pause"),
        ("← →", "5 seconds back or forward"),
        ("J, L", "15 seconds back or forward"),
    ),
    word_help="Enter listens from this word; the arrow keys go to the others.",
    share="Copy a link to this moment",
    copy="Copy",
    copied="Copied",
    scan="Scan to open this page on a phone",
    apps="Open the feed in an app:",
    address="Address of the feed",
    resume="Continue listening",
    files="Files",
    transcript="Transcript",
    formats="Other formats",
    transcript_page="Transcript to read",
    transcript_captions="Captions (VTT)",
    transcript_data="Transcript as data (JSON)",
    one_language="Feeds in one language only:",
    failed="The sound cannot be played.",
)

FRENCH: Final = PlayerWords(
    player="Lecteur",
    listen="Écouter",
    listen_issue="Écouter le numéro",
    listen_from="Écouter à partir d’ici",
    play="Lire",
    pause="Pause",
    back="Reculer de 15 secondes",
    forward="Avancer de 15 secondes",
    speed="Vitesse",
    place="Position dans l’article",
    place_of="{place} sur {length}",
    chapters="Chapitres et touches",
    previous="Article précédent",
    next="Article suivant",
    follow_text="Revenir aux mots lus",
    keys="Touches",
    keys_on="Utiliser ces touches sur cette page",
    key_list=(
        ("Espace, K", "lire ou mettre en pause"),
        ("← →", "reculer ou avancer de 5 secondes"),
        ("J, L", "reculer ou avancer de 15 secondes"),
    ),
    word_help=f"Entrée{NBSP}: écouter à partir de ce mot{NBSP}; les flèches mènent aux autres.",
    share="Copier un lien vers cet instant",
    copy="Copier",
    copied="Copié",
    scan="Scannez pour ouvrir cette page sur un téléphone",
    apps=f"Ouvrir le flux dans une application{NBSP}:",
    address="Adresse du flux",
    resume="Reprendre l’écoute",
    files="Fichiers",
    transcript="Transcription",
    formats="Autres formats",
    transcript_page="Transcription à lire",
    transcript_captions="Sous-titres (VTT)",
    transcript_data="Transcription en données (JSON)",
    one_language=f"Flux dans une seule langue{NBSP}:",
    failed="Le son ne peut pas être lu.",
)


def player_words(language: str) -> PlayerWords:
    """The player's words for a page in `language`, as feeds.words.words_for chooses them."""
    return FRENCH if language == "fr" else ENGLISH
