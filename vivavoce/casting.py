"""Who reads an edition, and how: its voices as far as they are installed, and its house style."""

import contextlib
from collections.abc import Iterator, Sequence

from articles.errors import VivavoceError
from articles.lexicon import Entry
from articles.lexicon_file import lexicon_for
from articles.policy import Policy
from articles.segments import HouseStyle
from vivavoce.edition import Edition
from voices.assets import VoiceNotInstalled, voice_files, voices_dir
from voices.cast import Cast, readers
from voices.catalogue import find
from voices.load import LoadableVoice, loadable


def cast_of(edition: Edition) -> Cast:
    """Who reads what; a voice that is unknown or not installed is only told where an article needs it."""
    settings = edition.settings
    chosen = readers(settings.voices, settings.languages)
    voices: dict[str, LoadableVoice] = {}
    missing: dict[str, VivavoceError] = {}
    for name in dict.fromkeys(voice for reader in chosen.values() for voice in reader.voices):
        try:
            voices[name] = loadable(voice_files(find(name), voices_dir()))
        except VivavoceError as error:
            missing[name] = error
    return Cast(chosen, voices, missing)


def locales_of(edition: Edition) -> dict[str, str]:
    """Whose conventions hold in each language: the locale that is set, else that of the voice which reads it."""
    settings = edition.settings
    locales = dict(settings.locales)
    for language, reader in readers(settings.voices, settings.languages).items():
        with contextlib.suppress(VivavoceError):  # an unknown voice is told when the cast is made
            voice = find(reader.voice)
            if voice.language.split("-")[0] == language:
                locales.setdefault(language, voice.language)
    return locales


def style_of(edition: Edition, issue: str) -> HouseStyle:
    """The house style of an issue: the edition's settings and lexicons, with the issue's own lexicons over them.

    Raises articles.lexicon_file.LexiconError.
    """
    settings, locales = edition.settings, locales_of(edition)
    folders = (edition.root, edition.issues_folder / issue)
    lexicons = {language: lexicon_for(folders, locales.get(language, language)) for language in settings.languages}
    return HouseStyle(Policy(settings.reading), locales, settings.languages, lexicons)


def lexicon_notes(cast: Cast, style: HouseStyle) -> Iterator[str]:
    """A line for each lexicon entry in IPA with a symbol that the voice of its language does not have.

    None for a damaged voice, whose articles fail, and say so.
    """
    for language, lexicon in style.lexicons.items():
        in_ipa = [entry for entry in lexicon.entries if entry.ipa]
        reader = cast.readers.get(language)
        voice = cast.voices.get(reader.voice) if reader else None
        if in_ipa and voice:
            yield from _left_out(voice, in_ipa, style.locale(language))


def _left_out(voice: LoadableVoice, in_ipa: Sequence[Entry], locale: str) -> Iterator[str]:
    # These bring espeak and onnxruntime, which few builds need this early.
    from voices.graph import ModelError
    from voices.symbols import unknown_symbols

    with contextlib.suppress(VoiceNotInstalled, ModelError):
        for entry in in_ipa:
            if unknown := unknown_symbols(voice, entry.said(entry.key, locale)):
                symbols = "; ".join(map(str, unknown))
                yield f"lexicon: {voice.name} leaves out of {entry.written} what it has no sound for: {symbols}"
