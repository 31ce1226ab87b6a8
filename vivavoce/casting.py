"""The cast of an edition: its readers, and their voices as far as they are installed."""

from articles.errors import VivavoceError
from vivavoce.edition import Edition
from voices.assets import voice_files, voices_dir
from voices.cast import Cast, readers
from voices.catalogue import find
from voices.load import LoadableVoice, loadable


def cast_of(edition: Edition) -> Cast:
    """Who reads what; a voice that is unknown or not installed is only told where an article needs it."""
    settings = edition.settings
    chosen = readers(settings.voices, settings.languages)
    voices: dict[str, LoadableVoice] = {}
    missing: dict[str, VivavoceError] = {}
    for name in dict.fromkeys(reader.voice for reader in chosen.values()):
        try:
            voices[name] = loadable(voice_files(find(name), voices_dir()))
        except VivavoceError as error:
            missing[name] = error
    return Cast(chosen, voices, missing)
