"""A build whose steps overlap: what is ready when, and that nothing in the results shows it."""

import json
import shutil
import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from articles.files import PARTIAL, WriteError
from audio.loudness import LoudnessError
from audio.track import Track
from tests.children import children
from tests.vivavoce.test_quality_control import keep, readings
from vivavoce.casting import cast_of, style_of
from vivavoce.edition import newest_issue, open_edition, open_issue
from vivavoce.mixer import Mixer
from vivavoce.piece import Piece
from vivavoce.pipeline import build_issue
from vivavoce.programme import Ahead
from vivavoce.report import BuildReport
from vivavoce.watch import Silent
from voices.clips import ClipStore
from voices.load import LoadableVoice
from voices.studio import Order, Recording, Urgent, VoiceReady, nothing_urgent, record
from voices.voice import SpeechError

pytestmark = pytest.mark.slow

Edition = Callable[..., Path]
ARTICLES = {
    "01-quay.en.md": '+++\nheadline = "The quay"\n+++\n\nAlpha leaves at noon. Nobody waves.\n',
    "02-quay.fr.md": '+++\nheadline = "Le quai"\n+++\n\nOn y vend de tout.\n\nOn y parle.\n',
    "03-pier.en.md": '+++\nheadline = "The pier"\n+++\n\nBravo stays. Somebody sings.\n',
}


@dataclass
class Spy:
    """A recorder that tells what it did, and calls `before` with each result before it hands it over."""

    before: Callable[[Recording], None] = lambda _: None
    sessions: list[list[Order]] = field(default_factory=list)
    done: list[Order] = field(default_factory=list)

    def __call__(
        self,
        orders: Iterable[Order],
        voices: Mapping[str, LoadableVoice],
        store: ClipStore,
        workers: int,
        urgent: Urgent = nothing_urgent,
    ) -> Generator[Recording | VoiceReady, None, None]:
        self.sessions.append(list(orders))
        for result in record(self.sessions[-1], voices, store, workers, urgent):
            if isinstance(result, Recording):
                self.before(result)
                self.done.append(result.order)
            yield result


def build(root: Path, spy: Spy, workers: int = 2) -> BuildReport:
    edition = open_edition(root)
    plan = open_issue(edition, newest_issue(edition))
    return build_issue(edition, plan, cast_of(edition), style_of(edition, plan.name), Silent(), workers, recorder=spy)


def published(root: Path) -> dict[str, bytes]:
    """All of public/ but the times in build.json."""
    public = root / "public"
    return {
        path.relative_to(public).as_posix(): path.read_bytes()
        for path in sorted(public.rglob("*"))
        if path.is_file() and path.name != "build.json"
    }


def mixers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if "ThreadPool" in thread.name]


def until(there: Callable[[], object]) -> bool:
    end = time.monotonic() + 60
    while not there() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(there())


def test_the_first_episode_is_ready_while_the_last_is_read(make_edition: Edition) -> None:
    """Before anything of the third article is read to its end, an episode lies in public/ to be heard."""
    root = make_edition(ARTICLES)
    heard = []

    def before(recording: Recording) -> None:
        if recording.order.spoken.startswith("Bravo"):
            heard.append(until(lambda: list(root.glob("public/2026-11/episodes/quay.*.mp3"))))

    report = build(root, Spy(before), workers=1)
    assert heard == [True]
    assert len(report.episodes) == 3


def test_workers_and_moments_change_nothing(make_edition: Edition, tmp_path: Path) -> None:
    """One worker or three, with results that come late now and then: the same files to the last bit."""
    root = make_edition(ARTICLES)
    build(root, Spy(), workers=1)
    first = published(root)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("edition.toml", "issues"):
        (root / name).rename(elsewhere / name)
    build(elsewhere, Spy(lambda recording: time.sleep(len(recording.order.spoken) % 3 / 10)), workers=3)
    assert published(elsewhere) == first


def test_one_session_reads_it_all(make_edition: Edition) -> None:
    """Articles in running order, both languages, and what frames the programme: nobody loads a voice a second time."""
    root = make_edition(ARTICLES)
    spy = Spy()
    report = build(root, spy, workers=1)
    assert len(spy.sessions) == 1
    assert len(report.programme) == 2
    assert report.segments_read == len(spy.done)
    spoken = [order.spoken for order in spy.sessions[0]]
    numbers = [next(n for n, text in enumerate(spoken) if text.startswith(start)) for start in ("Alpha", "On", "Bravo")]
    assert numbers == sorted(numbers)
    again = Spy()
    assert build(root, again).segments_reused == report.segments_read
    assert not again.sessions


def test_a_doubtful_clip_is_read_again_at_once(make_edition: Edition) -> None:
    """The second reading goes before all that waits, and its episode waits for it."""
    root = make_edition()
    first, second = readings(root)
    clips = ClipStore(root / ".vivavoce" / "clips")

    def before(recording: Recording) -> None:
        if recording.order.key == first.key:
            clips.remove(first.key)
            keep(root, first, hole_ms=300)

    spy = Spy(before)
    report = build(root, spy, workers=1)
    keys = [order.key for order in spy.done]
    assert keys.index(second.key) - keys.index(first.key) in (1, 2)  # the worker has begun another by then
    assert keys.index(second.key) < len(keys) - 2
    assert (len(spy.sessions), report.segments_read_again, report.doubtful) == (1, 1, ())


def test_failures_are_told_in_running_order(make_edition: Edition) -> None:
    """Whichever came first: the last article fails before anything is read, the first one while it is read."""
    root = make_edition({**ARTICLES, "09-empty.en.md": ""})

    def before(recording: Recording) -> None:
        if recording.order.spoken.startswith("Alpha"):
            object.__setattr__(recording, "failure", SpeechError("it cannot be said"))

    report = build(root, Spy(before))
    assert [failure.article for failure in report.failures] == ["01-quay.en.md", "09-empty.en.md"]
    assert len(report.episodes) == 2
    assert len(report.programme) == 2  # of those that are there, with an opening that names no other
    assert report.segments_reused == 0


def test_a_disk_that_refuses_ends_the_build(make_edition: Edition) -> None:
    """What cannot be written ends all of it, in one error; nobody is left at work, and nothing half written."""
    root = make_edition(ARTICLES)
    (root / "public" / "2026-11").mkdir(parents=True)
    (root / "public" / "2026-11" / "episodes").write_text("in the way")
    with pytest.raises(WriteError):
        build(root, Spy())
    assert not mixers()
    assert not children()
    assert not list(root.rglob(f"{PARTIAL}*"))


def test_an_interrupt_ends_it_at_once(make_edition: Edition) -> None:
    """While one article is mixed and another is read: no process, no thread, nothing half written stays."""
    long = "".join(f"Boat {number} leaves at five in the morning, and nobody waves.\n\n" for number in range(40))
    root = make_edition({"01-a.en.md": f"# A\n\n{long}", "02-b.en.md": "# B\n\nThe end of it all.\n"})
    began = []

    def before(recording: Recording) -> None:
        if recording.order.spoken.startswith("The end"):
            assert until(lambda: list((root / "public" / "2026-11" / "episodes").glob(f"{PARTIAL}*")))
            began.append(time.monotonic())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(root, Spy(before), workers=1)
    assert began
    assert not mixers()
    assert not children()
    assert not list((root / "public").rglob("*.mp3"))
    assert not list(root.rglob(f"{PARTIAL}*"))


def test_the_programme_is_mixed_beside_the_last_episodes(
    make_edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is begun before the episode of a changed article is done, and comes out as if it had waited, byte for byte."""
    root = make_edition(ARTICLES)
    build(root, Spy())
    article = root / "issues/2026-11" / "01-quay.en.md"
    article.write_text(article.read_text().replace("Alpha", "Lantern"))
    begun = threading.Event()
    mix, mix_programme = Mixer.mix, Mixer.mix_programme

    def slowly(self: Mixer, *rest: Any) -> Track:
        assert begun.wait(60)
        return mix(self, *rest)

    def noted(self: Mixer, *rest: Any) -> Track:
        begun.set()
        return mix_programme(self, *rest)

    monkeypatch.setattr(Mixer, "mix", slowly)
    monkeypatch.setattr(Mixer, "mix_programme", noted)
    assert build(root, Spy()).episodes_changed == 1
    beside = published(root)
    monkeypatch.undo()
    monkeypatch.setattr(Ahead, "begin", lambda *_: None)
    for folder in ("public", ".vivavoce/tracks", ".vivavoce/parts", ".vivavoce/settled"):
        shutil.rmtree(root / folder)
    build(root, Spy())
    assert published(root) == beside


def test_a_programme_begun_with_an_article_that_fails_is_not_kept(
    make_edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The programme is the one of the articles that are published, however late one of the others failed."""
    root = make_edition(ARTICLES)
    begun = threading.Event()
    mix, mix_programme = Mixer.mix, Mixer.mix_programme
    scores: list[int] = []

    def failing(self: Mixer, piece: Piece, *rest: Any) -> Track:
        if piece.number == 3:
            assert begun.wait(60)
            raise LoudnessError("too soft")
        return mix(self, piece, *rest)

    def noted(self: Mixer, pieces: Sequence[Piece], *rest: Any) -> Track:
        scores.append(len(pieces))
        begun.set()
        return mix_programme(self, pieces, *rest)

    monkeypatch.setattr(Mixer, "mix", failing)
    monkeypatch.setattr(Mixer, "mix_programme", noted)
    report = build(root, Spy())
    assert [failure.article for failure in report.failures] == ["03-pier.en.md"]
    assert scores == [5, 4]  # with the opening and the close
    facts = json.loads((root / "public/2026-11/build.json").read_text())
    assert len(facts["programme"]["chapters"]) == 4
    assert not mixers()
