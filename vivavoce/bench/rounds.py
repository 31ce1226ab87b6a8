"""The whole benchmark: everybody in turn, round after round, so that a busy moment does not hit one of them alone."""

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from articles.errors import SettingsError
from vivavoce.bench.builds import BUILDS, STATES, measure_builds
from vivavoce.bench.contenders import EPISODES, SPEECH, Contender, contenders, prepare_material, prepare_sherpa
from vivavoce.bench.figures import Measure, Results, Row, Table
from vivavoce.bench.machine import load, machine
from vivavoce.bench.run import RunFailed, run
from vivavoce.bench.stage import Source, edition_like
from vivavoce.bench.start import start_ms
from vivavoce.bench.texts import Text, recombined, shortened
from vivavoce.watch import Advance, Watch
from voices.assets import voice_files, voices_dir
from voices.catalogue import Role, find

START = "start"
GENERATED_ARTICLES = 25

_SHERPA = "sherpa"
_BUSY = 0.3  # cores
_QUICK_ARTICLES = 3
_CHARACTERS_PER_S = 14  # of speech, about
_EFFORTS = {SPEECH: 0.12, EPISODES: 0.15, BUILDS: 0.7}  # seconds for a second of speech, about: for the time left only
_BEGINNING_S = 2.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be measured: all, or what has one of `only` in its name (`example/speech/piper-each`)."""

    quick: bool = False
    rounds: int = 3
    only: tuple[str, ...] = ()

    def includes(self, name: str) -> bool:
        """Whether this one is wanted."""
        return not self.only or any(part in name for part in self.only)


@dataclass(slots=True)
class _Bout:
    """One issue: who reads it, or how it is built, and what was found so far."""

    name: str
    texts: tuple[Text, ...]
    compared: tuple[Text, ...]
    contenders: tuple[Contender, ...]
    stage: Callable[[Path], None] | None
    measures: dict[str, list[Measure]] = field(default_factory=lambda: defaultdict(list))
    failed: dict[str, str] = field(default_factory=dict)

    def effort_s(self, group: str) -> float:
        texts = self.texts if group == BUILDS else self.compared
        return _BEGINNING_S + _EFFORTS[group] * sum(text.characters for text in texts) / _CHARACTERS_PER_S

    def total_s(self) -> float:
        readers = sum(self.effort_s(each.group) for each in self.contenders if not each.missing)
        return readers + (self.effort_s(BUILDS) if self.stage else 0.0)


def measure_all(source: Source, wish: Wish, scratch: Path, watch: Watch) -> Results:
    """All that is wanted of `source`, in folders below `scratch`.

    Raises SettingsError when nothing has such a name, when no Piper voice reads the edition, or when there is too
    little text, and what the voice's files raise when they are missing.
    """
    bouts = tuple(_bouts(source, wish, scratch))
    if not (wish.includes(START) or any(bout.contenders or bout.stage for bout in bouts)):
        raise SettingsError(
            f"nothing to measure is called {' or '.join(wish.only)}",
            hint="names are such as generated/speech/piper-once, example/episodes/vivavoce-1, example/builds, start; "
            "a part of one is enough",
        )
    computer, busy = machine(), load()
    if busy > _BUSY:
        watch.note(
            f"other programs keep {busy:.1f} cores busy: ratios will do, but figures will not be this computer's"
        )
    started_ms = start_ms() if wish.includes(START) else None
    with watch.stage("measuring", wish.rounds * sum(bout.total_s() for bout in bouts)) as advance:
        for number in range(wish.rounds):
            for bout in bouts:
                _round(bout, number, scratch / "run", watch, advance)
    tables = tuple(table for bout in bouts for table in _tables(bout))
    return Results(computer, wish.rounds, wish.quick, started_ms, tables)


def _bouts(source: Source, wish: Wish, scratch: Path) -> Iterator[_Bout]:
    language, voice = source.compared
    model = voice_files(find(voice), voices_dir()).path(Role.MODEL)
    for name, texts, as_it_is in _issues(source, wish.quick):
        compared = tuple(text for text in texts if text.language == language)
        if not compared:
            raise SettingsError(
                f"none of the first {len(texts)} articles is in “{language}”, which {voice} reads",
                hint="put one of them first, or leave out --quick",
            )
        material = prepare_material(scratch / name, compared, language, voice, model, scratch / _SHERPA)
        wanted = [each for each in contenders(material) if wish.includes(f"{name}/{each.group}/{each.name}")]
        if not material.sherpa.exists() and any(each.name.startswith(_SHERPA) and not each.missing for each in wanted):
            prepare_sherpa(model, material.sherpa)

        def stage(root: Path, texts: Sequence[Text] = () if as_it_is else texts) -> None:
            edition_like(source, root, texts)

        yield _Bout(
            name,
            texts,
            compared,
            tuple(wanted),
            stage if wish.includes(f"{name}/{BUILDS}") else None,
        )


def _issues(source: Source, quick: bool) -> Iterator[tuple[str, tuple[Text, ...], bool]]:
    """Each issue's name and texts, and whether it is the edition's own, which is built just as it is."""
    if quick:
        yield "quick", tuple(map(shortened, source.texts[:_QUICK_ARTICLES])), False
    else:
        yield "example", source.texts, True
        yield "generated", recombined(source.texts, GENERATED_ARTICLES), False


def _round(bout: _Bout, number: int, folder: Path, watch: Watch, advance: Advance) -> None:
    """Everybody once, each round beginning with another one; then the builds."""
    turn = number % len(bout.contenders) if bout.contenders else 0
    for contender in (*bout.contenders[turn:], *bout.contenders[:turn]):
        if contender.missing:
            continue
        name = f"{contender.group}/{contender.name}"
        try:
            if name not in bout.failed:
                measure = _measured(contender, _empty(folder), bout)
                bout.measures[name].append(measure)
                watch.note(f"{bout.name}/{name}: {measure.wall_s:.1f} s")
        except (RunFailed, OSError, subprocess.SubprocessError) as error:
            bout.failed[name] = str(error)
            watch.note(f"{bout.name}/{name} failed: {error}")
        advance(bout.effort_s(contender.group))
    if bout.stage:
        _builds(bout, bout.stage, _empty(folder), watch)
        advance(bout.effort_s(BUILDS))
    shutil.rmtree(folder, ignore_errors=True)


def _measured(contender: Contender, folder: Path, bout: _Bout) -> Measure:
    contender.prepare(folder)
    done = run(contender.commands, folder, contender.first, _limit_s(bout.compared))
    return Measure(done.wall_s, done.cpu_s, done.first_s, done.peak_mb, contender.spoken_s(folder))


def _builds(bout: _Bout, stage: Callable[[Path], None], folder: Path, watch: Watch) -> None:
    left = [name for name, _, _ in STATES]
    try:
        stage(folder / "edition")
        for name, measure in measure_builds(folder, _limit_s(bout.texts)):
            left.remove(name)
            bout.measures[f"{BUILDS}/{name}"].append(measure)
            watch.note(f"{bout.name}/{BUILDS}/{name}: {measure.wall_s:.1f} s ({measure.note})")
    except RunFailed as error:
        watch.note(f"{bout.name}/{BUILDS}/{left[0]} failed: {error}")
        bout.failed |= {f"{BUILDS}/{name}": str(error) for name in left}


def _tables(bout: _Bout) -> Iterator[Table]:
    named = [(each.group, each.name, each.title, each.missing) for each in bout.contenders]
    named += [(BUILDS, name, title, "") for name, title, _ in STATES if bout.stage]
    for group in (SPEECH, EPISODES, BUILDS):
        rows = []
        for _, name, title, missing in (each for each in named if each[0] == group):
            key = f"{group}/{name}"
            failed = bout.failed.get(key, "")
            rows.append(Row(name, title, () if failed else tuple(bout.measures[key]), missing, failed))
        if rows:
            texts = bout.texts if group == BUILDS else bout.compared
            yield Table(bout.name, group, len(texts), sum(text.characters for text in texts), tuple(rows))


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _limit_s(texts: Sequence[Text]) -> float:
    """When to give up: four times slower than speech itself."""
    return 120 + 4 * sum(text.characters for text in texts) / _CHARACTERS_PER_S
