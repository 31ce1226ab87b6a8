"""The whole flow: an issue's files to segments, clips, tracks, and a published feed."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from articles.segments import HouseStyle
from audio.jingle import Jingles, open_jingles
from audio.track import Track
from feeds.built_record import remember_built
from feeds.leftovers import remove_leftovers
from feeds.reading import Reading, reading_of
from feeds.removal import remove_issue
from feeds.shelf import read_shelf
from feeds.write import Published
from vivavoce.build_file import BUILD_FILE, write_build_file
from vivavoce.covers import issue_cover
from vivavoce.edition import Edition, IssuePlan, issues_by_date
from vivavoce.flow import make_tracks
from vivavoce.memory import ReadingMemory
from vivavoce.mixer import Mixer
from vivavoce.pictures import build_picture, issue_picture, keep_picture
from vivavoce.pieces import Build, Piece, read
from vivavoce.programme import Ahead, Programme, frames, programme
from vivavoce.publication import Finished, guid_of, publish, told
from vivavoce.report import BuildReport, EpisodeReport
from vivavoce.settled import Settled
from vivavoce.standing import files_of, standing, wordless
from vivavoce.watch import Watch
from vivavoce.whole_issue import programme_before, programme_downloads, programme_facts, write_epub
from voices.cast import Cast
from voices.clips import ClipStore
from voices.shared_clips import location_of, open_clips
from voices.studio import Recorder, check_workers, record


def build_issue(
    edition: Edition,
    plan: IssuePlan,
    cast: Cast,
    style: HouseStyle,
    watch: Watch,
    workers: int,
    *,
    whole: bool = True,
    recorder: Recorder = record,
) -> BuildReport:
    """The issue published in the edition's public folder; articles that fail are left out and reported.

    It is the edition's turn (vivavoce/turn.py): for one issue, or for all of a row.

    What was read or mixed before is reused; when every article fails, what was published before stays as it is.
    Without `whole` there is no programme of the whole issue. `recorder` reads aloud: `workers` processes here, if
    nothing else is asked for. Raises SettingsError for no workers or too many, JingleError and CoverError for settings
    with which no article could be built, WriteError when the disk refuses.
    """
    began = time.monotonic()
    build = Build(edition, plan, cast, style, watch, check_workers(workers), recorder)
    settled = Settled(edition, plan, cast, whole=whole)
    if known := settled.report():
        return replace(known, wall_seconds=time.monotonic() - began)
    jingles = open_jingles(edition.settings.sound, edition.root)
    for note in jingles.notes:
        watch.note(note)
    clips = open_clips(location_of(edition.settings.clips, edition.root), edition.state / "clips")
    cover = issue_cover(edition, plan)
    mixer = Mixer(build, clips, jingles, cover)

    pieces = tuple(read(build))
    # One question for all of them, because a shared store may be far away.
    clips.fetch({order.key for piece in pieces for order in piece.all_orders})
    if clips.trouble:
        watch.note(clips.trouble)
    made_before = mixer.recall(pieces)
    whole = whole and edition.settings.sound.programme
    framing = frames(build, pieces) if whole else ()
    unmade = [piece for piece in pieces if piece.number not in made_before]
    if unmade:
        _refuse_early(edition)
    ahead = Ahead(build, mixer, clips, [piece for piece in pieces if piece.number in made_before])
    spoken, made_now = make_tracks(build, unmade, framing, mixer, clips, ahead if whole else None)
    pieces = tuple({piece.number: piece for piece in (*pieces, *spoken)}.values())
    readings = ReadingMemory(edition.state / "readings")
    finished = _finished(build, pieces, made_before, made_now, clips, readings)
    stand = standing(build, readings) if finished else ()
    lost = wordless(build, stand)
    kept = programme_before(edition, plan) if stand else ()
    wanted = whole and len(finished) > 1 and not kept
    made = programme(build, mixer, [each.piece for each in finished], clips, ahead) if wanted else None
    published: Published | None = None
    episodes: tuple[EpisodeReport, ...] = ()
    picture: Path | None = None
    downloads = programme_downloads(edition, made.track) if made else kept
    if finished:
        book = write_epub(build, told(build, finished, stand), cover)
        published, episodes = publish(build, finished, stand, cover, [*([book] if book else []), *downloads])
        facts = programme_facts(edition, made.track) if made else None
        write_build_file(build, episodes, lost, facts, time.monotonic() - began)
        remove_leftovers(edition.public, published)
        _remember(build, published, [*files_of(stand), *(download.path for download in kept)])
        for name in published.superseded:
            remove_issue(edition.state, edition.public, name)
        picture = _drawn(build, finished, jingles, made)
    unsent = clips.settle()
    if unsent:
        watch.note(unsent)
    clips.close()
    heard = _clips_heard(finished, made)
    report = BuildReport(
        issue=plan.name,
        title=plan.title,
        public=str(edition.public),
        feed=published.feed if published else "",
        page=published.page if published else "",
        episodes=episodes,
        failures=build.in_order(build.failures),
        doubtful=build.doubts,
        standing=tuple(each.episode.article for each in stand),
        wordless=lost,
        programme=tuple(download.path for download in downloads),
        waiting=published.waiting if published else (),
        picture=str(picture or ""),
        segments_read=build.segments_read,
        segments_reused=len(heard - build.keys_read),
        segments_read_again=build.segments_read_again,
        audio_seconds_read=build.seconds_read,
        wall_seconds=time.monotonic() - began,
    )
    if not (unsent or clips.trouble or jingles.notes):  # which would have to be told again
        settled.keep(report, len(heard))
    return report


def _refuse_early(edition: Edition) -> None:
    """Raise what would end the build when all is read, after an hour perhaps: SettingsError where two issues have one
    id, and ShelfError for a damaged card of any issue.
    """
    issues_by_date(edition)
    read_shelf(edition.public)


def _remember(build: Build, published: Published, unread: Sequence[str]) -> None:
    """Keep what was built, to tell damage by; `unread` files are as they were before. Raises WriteError."""
    edition, issue = build.edition, build.plan.name
    remember_built(edition.state, edition.public, published.edition, unread=published.unread)
    files = (*published.files, f"{issue}/{BUILD_FILE}")
    remember_built(edition.state, edition.public, files, issue, unread)


def _drawn(build: Build, finished: Sequence[Finished], jingles: Jingles, made: Programme | None) -> Path:
    """Where the issue's picture is, drawn. Raises WriteError."""
    path = build_picture(build)
    tracks = {each.piece.number: each.track for each in finished}
    pieces = [each.piece for each in finished]
    keep_picture(issue_picture(build, pieces, tracks, jingles, made.track if made else None), path)
    return path


def _clips_heard(finished: Sequence[Finished], made: Programme | None) -> set[str]:
    """The keys of all clips that are heard in what was made; one that is heard twice, such as a headline, is one."""
    pieces = [*(each.piece for each in finished), *(made.pieces if made else ())]
    return {order.key for piece in pieces for order in piece.all_orders}


def _finished(
    build: Build,
    pieces: Sequence[Piece],
    before: dict[int, Track],
    now: dict[int, Track],
    clips: ClipStore,
    memory: ReadingMemory,
) -> tuple[Finished, ...]:
    """Each piece that has a track, with its timed text."""
    tracks = before | now
    return tuple(
        Finished(
            piece,
            track,
            _reading(build, piece, track, clips, memory),
            changed=piece.number in now,
        )
        for piece in pieces
        if (track := tracks.get(piece.number))
    )


def _reading(build: Build, piece: Piece, track: Track, clips: ClipStore, memory: ReadingMemory) -> Reading:
    """The piece's timed text, remembered or made from the voices' own times in its clips. Raises WriteError."""
    guid, language = guid_of(build.edition, build.plan, piece.article), piece.article.language
    reading = memory.recall(guid, track, language)
    if reading is None:
        reading = reading_of(track.speech, track.sample_rate, clips, language=language, seconds=track.seconds)
        memory.keep(guid, track, reading)
    return reading
