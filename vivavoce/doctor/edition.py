"""What an edition is made with and of: jingles, clips, and all that builds keep."""

from articles.errors import VivavoceError
from articles.files import is_file_of
from audio.jingle import open_jingles
from feeds.built_record import built_files
from vivavoce.covers import issue_cover
from vivavoce.doctor.finding import Findings, doubtful, failed, fine
from vivavoce.doctor.patient import Patient
from vivavoce.edition import open_issue
from vivavoce.kept import damaged, kept_files
from voices.clips import ClipStore
from voices.places.errors import PlaceError, PlaceSettingError
from voices.shared_clips import location_of, open_clips
from voices.shelf import Condition

_SAMPLE = 200  # clips that are examined; `cache verify` does them all


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
        except PlaceSettingError as error:
            yield failed("shared clip store", error)
        except PlaceError as error:  # a build goes on without it, and says so
            yield doubtful("shared clip store", error.message, error.hint)
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
