"""The whole flow: an issue's files to segments, clips, tracks, and a published feed."""

import time

from articles.files import sweep_partials
from articles.segments import HouseStyle
from audio.jingle import open_jingles
from vivavoce.covers import issue_cover
from vivavoce.edition import Edition, IssuePlan
from vivavoce.lock import only_build
from vivavoce.mixer import Mixer
from vivavoce.pieces import Build, read, speak
from vivavoce.publication import Finished, publish, remove_leftovers, write_build_file
from vivavoce.report import BuildReport
from vivavoce.watch import Watch
from voices.cast import Cast
from voices.clips import ClipStore


def build_issue(
    edition: Edition, plan: IssuePlan, cast: Cast, style: HouseStyle, watch: Watch, workers: int
) -> BuildReport:
    """The issue published in the edition's public folder; articles that fail are left out and reported.

    What was read or mixed before is reused; when every article fails, what was published before stays as it is.
    Raises SettingsError when another build of the edition is running, JingleError and CoverError for settings with
    which no article could be built, WriteError when the disk refuses.
    """
    began = time.monotonic()
    build = Build(edition, plan, cast, style, watch, workers)
    with only_build(edition.state):
        sweep_partials(edition.state)
        sweep_partials(edition.public)
        jingles = open_jingles(edition.settings.sound, edition.root)
        for note in jingles.notes:
            watch.note(note)
        clips = ClipStore(edition.state / "clips")
        cover = issue_cover(edition, plan)
        mixer = Mixer(build, clips, jingles, cover)

        pieces = tuple(read(build))
        made_before = mixer.recall(pieces)
        spoken = speak(build, [piece for piece in pieces if piece.number not in made_before], clips)
        made_now = dict(mixer.mix(spoken))
        tracks = made_before | made_now
        finished = [
            Finished(piece, tracks[piece.number], changed=piece.number in made_now)
            for piece in pieces
            if piece.number in tracks
        ]
        published, episodes = publish(build, finished, cover) if finished else (None, ())
        wall_seconds = time.monotonic() - began
        if published:
            write_build_file(build, episodes, wall_seconds)
            remove_leftovers(build, published)
    return BuildReport(
        issue=plan.name,
        title=plan.title,
        public=str(edition.public),
        feed=published.feed if published else "",
        page=published.page if published else "",
        episodes=episodes,
        failures=tuple(build.failures),
        segments_read=build.segments_read,
        segments_reused=sum(len(each.piece.orders) for each in finished) - build.segments_read,
        audio_seconds_read=build.seconds_read,
        wall_seconds=wall_seconds,
    )
