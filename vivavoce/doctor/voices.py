"""Who reads: whether the voices that are cast can, and whether those beside them are whole."""

from collections.abc import Iterator, Mapping

from articles.errors import ExitCode, VivavoceError, system_reason
from articles.remedies import remedy
from vivavoce.casting import style_of
from vivavoce.doctor.finding import Finding, Findings, State, doubtful, failed, fine, wrong
from vivavoce.doctor.patient import Patient
from vivavoce.edition import EDITION_FILE, Edition, open_issue
from vivavoce.pieces import Build, read
from vivavoce.programme import frames
from vivavoce.watch import Silent
from voices.assets import installed, verify, voice_files, voices_dir
from voices.cast import DEFAULT_CAST, Cast, Reader, readers
from voices.catalogue import Engine, find, load_catalogue
from voices.load import LoadableVoice, loadable
from voices.voice import Delivery

_WORDS = {"fr": "Bonjour.", "de": "Guten Tag.", "es": "Buenos días.", "it": "Buongiorno.", "pt": "Bom dia."}


def voices(patient: Patient) -> Findings:
    """Whether each voice that is cast is whole, and says a word; what no article asks for keeps no build from working.

    Every language of the edition should have one.
    """
    if patient.edition is None and (patient.root / EDITION_FILE).exists():
        return  # its settings say which, and cannot be read
    for asked, finding in _of_the_cast(*_casting(patient)):
        if finding.state is State.WRONG and not _is_needed(asked, patient):
            yield doubtful(finding.name, f"{finding.told}; but no article needs it now", finding.mend)
        else:
            yield finding


def other_voices(patient: Patient) -> Findings:
    """Whether the voices that are installed beside those of the cast are whole."""
    cast = _names(_casting(patient)[1])
    others = [voice for voice in load_catalogue().values() if voice.files and voice.name not in cast]
    whole = 0
    for voice in others:
        if not installed(voice, voices_dir()):
            continue
        try:
            verify(voice, voices_dir())
            whole += 1
        except VivavoceError as error:  # which a build that does not need it does not meet
            yield doubtful(f"voice {voice.name}", error.message, error.hint)
    if whole:
        yield fine("other voices", f"{whole} installed, whole")


def _casting(patient: Patient) -> tuple[tuple[str, ...], dict[str, Reader]]:
    """The languages to be read, and the reader of each that has one; of a new edition where there is none yet."""
    settings = patient.edition.settings if patient.edition else None
    languages = settings.languages if settings else tuple(DEFAULT_CAST)
    return languages, readers(settings.voices if settings else {}, languages)


def _names(chosen: Mapping[str, Reader]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(voice for reader in chosen.values() for voice in reader.voices))


def _of_the_cast(languages: tuple[str, ...], chosen: Mapping[str, Reader]) -> Iterator[tuple[str, Finding]]:
    """What is found of each language that nobody reads, and of each voice: after its name."""
    for language in languages:
        if language not in chosen:
            listed = f"vivavoce voices list --lang {language}"
            finding = wrong(
                f"voice for {language}",
                f"none is cast for “{language}”",
                f'{listed}, then {language} = "…" under [voices] in {EDITION_FILE}',
                ExitCode.MISSING_VOICE,
            )
            yield language, finding
    for name in _names(chosen):
        yield name, _voice(name)


def _voice(name: str) -> Finding:
    label = f"voice {name}"
    try:
        voice = find(name)
        language = voice.language.split("-")[0]
        clip = loadable(voice_files(voice, voices_dir())).load().speak(_WORDS.get(language, "Hello."), Delivery(), 1)
    except VivavoceError as error:
        return failed(label, error)
    except OSError as error:
        return wrong(label, system_reason(error), remedy(error, voices_dir()), ExitCode.MISSING_VOICE)
    if not clip.seconds:
        return wrong(label, "it says nothing", f"vivavoce voices install {name}", exit_code=ExitCode.MISSING_VOICE)
    try:
        verify(voice, voices_dir())
    except VivavoceError as error:
        return doubtful(label, f"{error.message}; what was made of it before still speaks", error.hint)
    return fine(label, "whole, and it speaks")


def _is_needed(asked: str, patient: Patient) -> bool:
    """Whether a build would ask for this voice, or for one that reads this language; so where that cannot be told."""
    edition = patient.edition
    try:
        return edition is None or any(asked in _asked_for(edition, issue) for issue in patient.issues())
    except VivavoceError:
        return True


def _asked_for(edition: Edition, issue: str) -> frozenset[str]:
    """The voices that the issue would be read by were they all here; a language stands for the voice that it lacks."""
    languages = edition.settings.languages
    chosen = {language: Reader(language) for language in languages} | readers(edition.settings.voices, languages)
    stand_ins = {name: LoadableVoice(name, "", Engine.TONE, (), "") for name in _names(chosen)}
    style = style_of(edition, issue)
    build = Build(edition, open_issue(edition, issue), Cast(chosen, stand_ins), style, Silent(), workers=1)
    pieces = tuple(read(build))
    whole = {piece.number: piece for piece in (*pieces, *frames(build, pieces))}
    return frozenset(order.voice for piece in whole.values() for order in piece.all_orders)
