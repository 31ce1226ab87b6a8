"""What a build did: for people a summary, for programs JSON, and beside the issue build.json."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from articles.errors import ExitCode, VivavoceError, plain_line
from articles.segments import Skipped
from vivavoce.inspection import Doubt


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be made, and why."""

    article: str
    error: VivavoceError

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        error = self.error
        return {
            "article": plain_line(self.article),
            "message": error.message,
            "hint": error.hint,
            "exit_code": int(error.exit_code),
        }


@dataclass(frozen=True, slots=True)
class FileReport:
    """A sound file as it was made; `path` is relative to public/."""

    path: str
    size_bytes: int
    sha256: str
    lufs: float
    true_peak_db: float

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "path": self.path,
            "size_bytes": self.size_bytes,
            "sha256": self.sha256,
            "lufs": round(self.lufs, 2),
            "true_peak_db": round(self.true_peak_db, 2),
        }


@dataclass(frozen=True, slots=True)
class EpisodeReport:
    """An episode that is in the feed. `path` is relative to public/; `changed` says whether this build made it."""

    number: int
    article: str
    title: str
    language: str
    guid: str
    path: str
    seconds: float
    size_bytes: int
    sha256: str
    lufs: float
    true_peak_db: float
    voices: tuple[str, ...]
    segments: int
    characters_spoken: int
    characters_skipped: int
    skipped: tuple[Skipped, ...]
    changed: bool
    formats: tuple[FileReport, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Everything but whether it changed, so that an unchanged episode reads the same in every build."""
        return {
            "number": self.number,
            "article": plain_line(self.article),
            "title": self.title,
            "language": self.language,
            "guid": self.guid,
            "path": self.path,
            "seconds": round(self.seconds, 3),
            "size_bytes": self.size_bytes,
            "sha256": self.sha256,
            "lufs": round(self.lufs, 2),
            "true_peak_db": round(self.true_peak_db, 2),
            "formats": [each.as_json() for each in self.formats],
            "voices": list(self.voices),
            "segments": self.segments,
            "characters": {
                "in": self.characters_spoken + self.characters_skipped,
                "spoken": self.characters_spoken,
                "skipped": self.characters_skipped,
            },
            "skipped": [{"text": s.text, "rule": s.rule, "line": s.line} for s in self.skipped],
        }


@dataclass(frozen=True, slots=True)
class BuildReport:
    """One issue's build. `feed` and `page` are relative to `public`, and empty when nothing was published.

    Times in seconds; `segments_read` were spoken now, `segments_reused` were there already, `segments_read_again` came
    out wrong at first. `doubtful` are clips that a person should hear; `programme` are the whole issue's files,
    `picture` its timeline drawn.
    `waiting` are issues that must be built again before the edition's own feed has them. `standing` are articles that
    failed and whose episodes stay as they were published before, `wordless` those of which the timed text is lost.
    """

    issue: str
    title: str
    public: str
    feed: str
    page: str
    episodes: tuple[EpisodeReport, ...]
    failures: tuple[Failure, ...]
    segments_read: int
    segments_reused: int
    audio_seconds_read: float
    wall_seconds: float
    segments_read_again: int = 0
    doubtful: tuple[Doubt, ...] = ()
    programme: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    picture: str = ""
    standing: tuple[str, ...] = ()
    wordless: tuple[str, ...] = ()

    @property
    def audio_seconds(self) -> float:
        """How long all episodes play."""
        return sum(episode.seconds for episode in self.episodes)

    @property
    def episodes_changed(self) -> int:
        """How many episodes this build made or made anew."""
        return sum(episode.changed for episode in self.episodes)

    @property
    def exit_code(self) -> ExitCode:
        """0, or the gravest of the failures: a voice that is missing before an article that is broken."""
        return max((failure.error.exit_code for failure in self.failures), default=ExitCode.DONE)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "issue": self.issue,
            "title": self.title,
            "public": self.public,
            "feed": self.feed,
            "page": self.page,
            "episodes": len(self.episodes),
            "episodes_changed": self.episodes_changed,
            "segments_read": self.segments_read,
            "segments_reused": self.segments_reused,
            "audio_seconds": round(self.audio_seconds, 3),
            "wall_seconds": round(self.wall_seconds, 3),
            "speed": round(self.audio_seconds / self.wall_seconds, 2) if self.wall_seconds else 0.0,
            "segments_read_again": self.segments_read_again,
            "doubtful": [doubt.as_json() for doubt in self.doubtful],
            "programme": list(self.programme),
            "waiting": list(self.waiting),
            "picture": self.picture,
            "failures": [failure.as_json() for failure in self.failures],
            "standing": list(self.standing),
            "wordless": list(self.wordless),
            "episode_list": [{**episode.as_json(), "changed": episode.changed} for episode in self.episodes],
        }

    def summary(self) -> list[str]:
        """The lines a producer reads at the end."""
        minutes, seconds = divmod(round(self.audio_seconds), 60)
        changed = f"{self.episodes_changed} new or changed" if self.episodes_changed else "none changed"
        lines = [
            *(
                f"  {e.number:2d}  {_clock(e.seconds)}  {e.lufs:6.2f} LUFS  {e.true_peak_db:5.2f} dBTP  {e.title}  "
                f"{self.public}/{e.path}"
                for e in self.episodes
            ),
            f"{self.issue}: {counted(len(self.episodes), 'episode')} ({changed}), {minutes} min {seconds:02d} s",
            f"segments: {self.segments_read} read, {self.segments_reused} reused",
        ]
        speed = ""
        if self.audio_seconds_read and self.wall_seconds:
            speed = f", {self.audio_seconds_read / self.wall_seconds:.1f}× real time"
        lines.append(f"took {self.wall_seconds:.1f} s{speed}")
        lines += [f"stays as published before: {article}" for article in self.standing]
        lines += [f"doubtful, please listen: {doubt}" for doubt in self.doubtful]
        lines += [f"whole issue: {self.public}/{path}" for path in self.programme]
        if self.waiting:
            lines.append(f"not yet in the edition's feed, build once more: {', '.join(self.waiting)}")
        if self.feed:
            lines += [f"feed: {self.public}/{self.feed}", f"page: {self.public}/{self.page}"]
        lines += [f"picture: {self.picture}"] if self.picture else []
        return [plain_line(line) for line in lines]


def tell_failures(failures: Sequence[Failure]) -> None:
    """One line each on stderr, articles with the same trouble together."""
    by_error: dict[str, list[str]] = {}
    for failure in failures:
        by_error.setdefault(str(failure.error), []).append(plain_line(failure.article))
    for error, articles in by_error.items():
        named = [article for article in articles if not error.startswith(article)]
        click.echo(f"not built: {', '.join(named)}: {error}" if named else f"not built: {error}", err=True)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:d}:{rest:02d}"


def totals(reports: Sequence[BuildReport]) -> dict[str, Any]:
    """What several builds did together, for programs; each issue's own figures under `issues`."""
    each = [report.as_json() for report in reports]
    summed = (
        "episodes",
        "episodes_changed",
        "segments_read",
        "segments_reused",
        "audio_seconds",
        "wall_seconds",
    )
    return {name: round(sum(one[name] for one in each), 3) for name in summed} | {"issues": each}


def counted(number: int, noun: str) -> str:
    """A number and what it counts: `1 feed`, `2 feeds`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
