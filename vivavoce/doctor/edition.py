"""What an edition is made with and of: voices, jingles, clips, and all that builds keep."""

from collections.abc import Mapping

from articles.errors import ExitCode, VivavoceError, system_reason
from articles.files import is_file_of
from audio.jingle import open_jingles
from feeds.built_record import built_files
from vivavoce.covers import issue_cover
from vivavoce.doctor.finding import Finding, Findings, doubtful, failed, fine, wrong
from vivavoce.doctor.patient import Patient
from vivavoce.edition import EDITION_FILE, open_issue
from vivavoce.kept import damaged, kept_files
from voices.assets import installed, verify, voice_files, voices_dir
from voices.cast import DEFAULT_CAST, Reader, readers
from voices.catalogue import find, load_catalogue
from voices.clips import ClipStore
from voices.load import loadable
from voices.shared_clips import location_of, open_clips
from voices.shelf import Condition
from voices.voice import Delivery

_SAMPLE = 200  # clips that are examined; `cache verify` does them all
_WORDS = {"fr": "Bonjour.", "de": "Guten Tag.", "es": "Buenos días.", "it": "Buongiorno.", "pt": "Bom dia."}


def sounds(patient: Patient) -> Findings:
    """Whether jingles and cover are what a build can use."""
    edition = patient.edition
    if edition is None:
        return
    try:
        jingles = open_jingles(edition.settings.sound, edition.root)
        for note in jingles.notes:
            yield doubtful("jingles", note, "replace the file")
        issue_cover(edition, open_issue(edition, patient.issues()[-1]))
    except VivavoceError as error:
        yield failed("jingles and cover", error)
        return
    yield fine("jingles and cover", "they can be used")


def voices(patient: Patient) -> Findings:
    """Whether each voice that is cast is whole, and says a word."""
    if patient.edition is None and (patient.root / EDITION_FILE).exists():
        return  # its settings say which, and cannot be read
    languages, chosen = _casting(patient)
    for language in languages:
        if language not in chosen:
            listed = f"vivavoce voices list --lang {language}"
            yield wrong(
                f"voice for {language}",
                f"none is cast for “{language}”",
                f'{listed}, then {language} = "…" under [voices] in {EDITION_FILE}',
                ExitCode.MISSING_VOICE,
            )
    for name in _names(chosen):
        yield _voice(name)


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
        except OSError as error:
            yield doubtful(f"voice {voice.name}", system_reason(error), f"vivavoce voices install {voice.name}")
    if whole:
        yield fine("other voices", f"{whole} installed, whole")


def _casting(patient: Patient) -> tuple[tuple[str, ...], dict[str, Reader]]:
    """The languages to be read, and the reader of each that has one; of a new edition where there is none yet."""
    settings = patient.edition.settings if patient.edition else None
    languages = settings.languages if settings else tuple(DEFAULT_CAST)
    return languages, readers(settings.voices if settings else {}, languages)


def _names(chosen: Mapping[str, Reader]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(voice for reader in chosen.values() for voice in reader.voices))


def _voice(name: str) -> Finding:
    try:
        voice = find(name)
        verify(voice, voices_dir())
        language = voice.language.split("-")[0]
        clip = loadable(voice_files(voice, voices_dir())).load().speak(_WORDS.get(language, "Hello."), Delivery(), 1)
    except VivavoceError as error:
        return failed(f"voice {name}", error)
    if not clip.seconds:
        return wrong(
            f"voice {name}", "it says nothing", f"vivavoce voices install {name}", exit_code=ExitCode.MISSING_VOICE
        )
    return fine(f"voice {name}", "whole, and it speaks")


def store(patient: Patient) -> Findings:
    """Whether the clips that were read are whole."""
    edition = patient.edition
    if edition is None:
        return
    clips = ClipStore(edition.state / "clips")
    keys = [each.key for shard in clips.shards() for each in shard]
    looked = keys[:: max(1, len(keys) // _SAMPLE)]
    spoilt = sum(clips.condition(key) is Condition.DAMAGED for key in looked)
    if spoilt:
        told = f"{spoilt} of {len(looked)} clips were damaged, and will be read anew"
        yield doubtful("clip store", told, "vivavoce cache verify looks at them all; look at the disk, too")
    else:
        yield fine("clip store", f"{len(keys)} clips; {len(looked)} examined, all whole")


def kept(patient: Patient) -> Findings:
    """Whether what else builds keep is as they wrote it."""
    if patient.edition is None:
        return
    files = kept_files(patient.edition.state)
    if spoilt := list(damaged(files)):
        told = f"{len(spoilt)} of {len(files)} files are not what was written, such as {spoilt[0]}"
        yield doubtful("kept files", told, "vivavoce cache verify names each, and removes what a build makes anew")
    else:
        yield fine("kept files", f"{len(files)}, all as they were written")


def shared_store(patient: Patient) -> Findings:
    """Whether the store that several machines share can be reached."""
    edition = patient.edition
    if edition is None:
        return
    location = location_of(edition.settings.clips, edition.root)
    if location:
        try:
            with_it = open_clips(location, edition.state / "clips", strict=True)
            with_it.missing(["0" * 64])
            with_it.close()
        except VivavoceError as error:
            yield failed("shared clip store", error)
        else:
            yield fine("shared clip store", "it answers")


def published(patient: Patient) -> Findings:
    """Whether what was built still is what was built."""
    edition = patient.edition
    if edition is None or not edition.public.is_dir():
        return
    as_built = built_files(edition.state, edition.public)
    spoilt = [path for path, sha256 in as_built.items() if not is_file_of(edition.public / path, sha256)]
    if spoilt:
        told = f"{len(spoilt)} of {len(as_built)} files are not what was built, such as {spoilt[0]}"
        yield doubtful("public", told, "vivavoce check names each, and what mends it")
    else:
        yield fine("public", f"{len(as_built)} files, all as they were built")
