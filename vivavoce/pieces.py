"""Articles to pieces: read, cut into segments, each segment with the clip that will say it; and the clips recorded."""

import contextlib
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace

from articles.continuity import Names, ident
from articles.errors import ArticleError, VivavoceError
from articles.files import WriteError
from articles.inside import COPY, OUTSIDE, is_inside
from articles.issue import Article
from articles.markdown import read_article
from articles.segments import Script, write_script
from feeds.words import words_for
from vivavoce.edition import EDITION_FILE
from vivavoce.inspection import doubts
from vivavoce.piece import NOTHING, Build, Piece
from vivavoce.watch import Silent
from voices.clips import ClipStore
from voices.load import LOADING_EFFORT
from voices.studio import Order, Recording

__all__ = ["Build", "Piece", "Reading", "names_of", "read", "settled", "speak"]


def read(build: Build) -> Iterator[Piece]:
    """The issue's articles in running order, each with its script and the clips it needs."""
    folder = build.edition.issues_folder / build.plan.name
    seen: dict[tuple[str, str], str] = {}
    for number, path in enumerate(build.plan.files, 1):
        try:
            if not is_inside(build.edition.root, path):
                raise ArticleError(f"{path.name}: {OUTSIDE}", hint=COPY)
            if not path.is_relative_to(folder) or ".." in path.relative_to(folder).parts:
                raise ArticleError(f"{path.name}: lies in another folder than the issue's", hint="copy it there")
            article = read_article(path, build.edition.settings.languages)
            known_by = (article.slug, article.language)
            if twin := seen.get(known_by):
                raise ArticleError(
                    f"{path.name}: has the same name and language as {twin}",
                    hint="rename one of the two: an episode is known by its article's name for ever",
                )
            seen[known_by] = str(path.relative_to(folder))
            script = write_script(article, build.style)
            yield settled(build, Piece(number, article, script, (), _ident(build, article)))
        except VivavoceError as error:
            build.fail(path.name, error)


def names_of(build: Build, language: str) -> Names:
    """What publication and issue are called where `language` is spoken."""
    date = build.plan.date
    month = f"{words_for(language).months[date.month - 1]} {date.year}"
    return Names(build.edition.settings.title, build.plan.title, month)


def _ident(build: Build, article: Article) -> Script:
    template = build.edition.settings.sound.ident.get(article.language)
    if not template:
        return NOTHING
    names = replace(names_of(build, article.language), section=article.section, headline=article.headline)
    return Script(ident(template, names, article.language, build.style))


def settled(build: Build, piece: Piece) -> Piece:
    """`piece` with the better reading of each text, as far as they have been made; its doubts go to the build.

    Raises what the cast raises for a segment that nobody can read.
    """
    scripts = ((EDITION_FILE, piece.ident), (piece.file, piece.script))
    chosen = [_chosen(build, script) for _, script in scripts]
    build.doubtful[piece.number] = tuple(
        doubt
        for (file, script), orders in zip(scripts, chosen, strict=True)
        for doubt in doubts(file, script, orders, build.inspection)
    )
    return replace(piece, ident_orders=chosen[0], orders=chosen[1])


def _chosen(build: Build, script: Script) -> tuple[Order, ...]:
    return tuple(build.inspection.choose(build.cast.order(segment)) for segment in script.segments)


class Reading:
    """Pieces being read aloud: what is missing of each, and which have become complete.

    A clip with a fault is recorded once more, before all that still waits; what is doubtful even then is used, and
    stands in `build.doubtful`. A piece with a segment that cannot be recorded fails; the others go on.
    """

    def __init__(self, build: Build, pieces: Iterable[Piece], clips: ClipStore) -> None:
        self._build = build
        self._clips = clips
        self._pieces = {piece.number: settled(build, piece) for piece in pieces}
        self._lacking: dict[int, set[str]] = {}
        self._awaited_by: dict[str, list[int]] = {}
        self._known: set[str] = set()
        self._failed: dict[str, VivavoceError] = {}
        self._orders: list[Order] = []
        self._done: list[int] = list(self._pieces)
        self._look_for(order for piece in self._pieces.values() for order in _longest_first(piece))

    @property
    def effort(self) -> float:
        """What is still to be done, as far as it is known, in letters that a Piper voice reads; 0 for nothing."""
        voices = {order.voice for order in self._orders}
        return sum(map(self._effort, self._orders)) + LOADING_EFFORT * len(voices)

    def complete(self) -> Iterator[Piece]:
        """The pieces whose last clip has come since this was asked before, with the reading of each text that is kept.

        To be asked after each step.
        """
        done, self._done = self._done, []
        for number in done:
            piece = self._pieces[number] = settled(self._build, self._pieces[number])
            self._look_for(_longest_first(piece))
            self._lacking[number] = {order.key for order in piece.all_orders if order.key in self._awaited_by}
            for key in self._lacking[number]:
                self._awaited_by[key].append(number)
            if not self._lacking[number]:
                del self._pieces[number]
                if self._is_whole(piece):
                    yield piece

    def steps(self) -> Generator[float, None, None]:
        """The effort of each step once it is done: a clip, a voice that was loaded; the first one is to look around.

        Closing it ends the work. Raises WriteError.
        """
        yield 0.0
        build = self._build
        loaded: set[str] = set()
        while orders := self._new_orders():
            results = build.recorder(orders, build.cast.voices, self._clips, build.workers, self._new_orders)
            with contextlib.closing(results):
                for result in results:
                    if isinstance(result, Recording):
                        self._take(result)
                        yield 0.0 if result.order.attempt else self._effort(result.order)
                    elif result.voice not in loaded:  # not when another worker loads it too
                        loaded.add(result.voice)
                        build.watch.note(f"{result.voice} is ready")
                        yield LOADING_EFFORT
        build.inspection.save()

    def _new_orders(self) -> list[Order]:
        """What nobody has been told to record."""
        orders, self._orders = self._orders, []
        return orders

    def _look_for(self, orders: Iterable[Order]) -> None:
        """Have those recorded that were not looked for before, and are not in the store."""
        new = {order.key: order for order in orders if order.key not in self._known}
        self._known |= set(new)
        absent = self._clips.fetch(new) if new else frozenset()
        missing = {key: order for key, order in new.items() if key in absent or self._clips.timing(key) is None}
        self._orders += missing.values()
        self._awaited_by |= {key: [] for key in missing}

    def _take(self, recording: Recording) -> None:
        """One clip more, or one that will not come. It is examined at once, while the workers go on."""
        order, failure = recording.order, recording.failure
        if isinstance(failure, WriteError):
            raise failure  # a full disk is nothing that one article could be left out for
        if failure is None:
            self._build.count(order, recording.seconds)
            if self._build.inspection.faults(order) and not order.attempt:
                self._look_for([self._build.cast.again(order)])  # at once, not when the piece is complete
        elif order.attempt:
            self._build.inspection.give_up(order.key)
        else:
            self._failed[order.key] = failure
        for number in self._awaited_by.pop(order.key):
            self._lacking[number].remove(order.key)
            if not self._lacking[number]:
                self._done.append(number)

    def _is_whole(self, piece: Piece) -> bool:
        failure = next((self._failed[order.key] for order in piece.all_orders if order.key in self._failed), None)
        if failure:
            del self._build.doubtful[piece.number]
            self._build.fail(piece.file, failure)
        return failure is None

    def _effort(self, order: Order) -> float:
        return self._build.cast.voices[order.voice].effort(order.spoken)


def _longest_first(piece: Piece) -> list[Order]:
    return sorted(piece.all_orders, key=lambda order: -len(order.spoken))


def speak(build: Build, pieces: Iterable[Piece], clips: ClipStore) -> Iterator[Piece]:
    """Each of `pieces` as soon as its every clip is in the store; what is missing is recorded, in the pieces' order."""
    reading = Reading(build, pieces, clips)
    stage = build.watch.stage("reading aloud", reading.effort) if reading.effort else Silent().stage("", 0.0)
    with stage as advance, contextlib.closing(reading.steps()) as steps:
        for effort in steps:
            advance(effort)
            yield from reading.complete()
