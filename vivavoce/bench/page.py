"""The page of results, in Markdown: tables for people, what they mean, and how to have one's own."""

import textwrap
from collections.abc import Iterator

from vivavoce.bench.builds import BUILDS
from vivavoce.bench.contenders import EPISODES, SPEECH
from vivavoce.bench.figures import Results, Row, Table
from vivavoce.report import counted

_HEAD = """\
# Benchmarks

How fast a computer makes an audio edition with vivavoce, and with other programs that read the same text in the same
voice, side by side in one run. This page is written by

```sh
vivavoce voices install -C examples
pip install vivavoce[bench]      # sherpa-onnx, to compare with; ffmpeg is asked for too
vivavoce bench --write docs/benchmarks.md
```

`--quick` takes a minute and shows that all is there; `--only NAME` measures a part, `--rounds N` says how often
everybody runs, `--json` is for programs, `-C DIR` takes an edition of your own. Only the ratios say something about
another machine.
"""

_COMPARED = """\
Each program runs in a process of its own and reads the same plain text: the articles in the language of the edition's
Piper voice, headline first. The others read the text as it is written; vivavoce finds its sentences, numbers,
abbreviations and names first, and examines each clip afterwards. Rounds are interleaved, each beginning with another
program, and the figures are medians; a ratio is the median of the rounds' own ratios.

- **audio s per s** is seconds of speech for each second of waiting, start of the program included; **per CPU s** for
  each second of computing, all processes together. Pauses and jingles that vivavoce adds are not counted as speech.
- **first** is how long it takes until one article is finished. vivavoce mixes it while the next is read; of
  speech alone it has no finished articles, only clips.
- **memory** is the most that all its processes held at one time, pages that they share counted once (sampled five
  times a second; 1 MB is 10⁶ bytes).
- **speech only**: the others write WAV files, vivavoce its clip store (FLAC) with the time of each word.
- **finished episodes**: the others' WAV files become MP3 files by ffmpeg's LAME at the same bit rate. `vivavoce
  build` mixes with jingles, brings every episode to its loudness, measures the result, tags it, and writes chapters,
  transcripts, pages, an EPUB and the feeds.
"""

_BUILT = """\
The whole issue in all its languages and formats, with the programme of the whole issue in one file, built again and
again on one worker for each core. Audio seconds are what all episodes play, read now or before; **first** is the time
until the first episode that is new. A program without a memory does (a) each time: what it takes is in the tables of
finished episodes.
"""

_LONGEST = 160  # characters of a failure in a table; all of it was told when it happened
_TITLES = {SPEECH: "Speech only", EPISODES: "Finished episodes", BUILDS: "Building again"}
_ISSUES = {
    "example": "The example issue",
    "generated": "A generated issue",
    "quick": "A few sentences (`--quick`): no figures to quote",
}
_COMPARISON_HEAD = (
    "", "audio s per s", "audio s per CPU s", "first, s", "all, s", "memory, MB", "as fast", "as little CPU",
)  # fmt: skip
_BUILD_HEAD = (
    "", "all, s", "CPU s", "first, s", "memory, MB", "audio s per s", "audio s per CPU s", "as fast", "as little CPU",
    "what was done",
)  # fmt: skip


def page_of(results: Results, plot: str) -> str:
    """The whole page; `plot` is the plot's address on it."""
    parts = [_HEAD, _machine(results), f"![Seconds of audio for each second of waiting, as bars]({plot})\n"]
    compared = any(table.group != BUILDS for table in results.tables)
    parts += ["## What is compared\n", _COMPARED] if compared else []
    if any(table.group == BUILDS for table in results.tables):
        parts += ["## What is built again\n", _BUILT]
    return "\n".join([*parts, tables_of(results)])


def tables_of(results: Results) -> str:
    """The tables alone, each with its title."""
    lines: list[str] = []
    issue = ""
    for table in results.tables:
        if table.issue != issue:
            issue = table.issue
            lines += [f"## {_ISSUES[issue]}", ""]
        lines += [f"### {_TITLES[table.group]}", "", *_described(table), "", *_lines(table), ""]
    if results.start_ms is not None:
        lines += ["## Start-up", "", f"`vivavoce --help`: {results.start_ms:.0f} ms (median of 10)", ""]
    return "\n".join(lines)


def _machine(results: Results) -> str:
    facts = [f"| {name} | {value} |" for name, value in results.machine.items()]
    return "\n".join(
        ["## The machine", "", "| | |", "|---|---|", *facts, f"| benchmark | {counted(results.rounds, 'round')} |", ""]
    )


def _described(table: Table) -> Iterator[str]:
    size = f"{counted(table.articles, 'article')}, {table.characters:,} characters"
    yield f"{size}. “As fast” and “as little CPU” are compared with the first row."


def _lines(table: Table) -> Iterator[str]:
    head = _BUILD_HEAD if table.group == BUILDS else _COMPARISON_HEAD
    yield _row(head)
    yield _row(("---", *["---:"] * (len(head) - 1)))
    for row in table.rows:
        if row.measures:
            yield _row(_built(row, table) if table.group == BUILDS else _compared(row, table))
        else:
            why = f"not measured: {row.missing}" if row.missing else f"failed: {row.failed}"
            why = textwrap.shorten(why.replace("|", "/"), _LONGEST, placeholder=" …")
            yield _row((f"{row.title} – {why}", *[""] * (len(head) - 1)))


def _compared(row: Row, table: Table) -> tuple[str, ...]:
    return (
        row.title,
        _figure(row.audio_per_wall_s),
        _figure(row.audio_per_cpu_s),
        _figure(row.median("first_s")),
        _figure(row.median("wall_s")),
        _figure(row.median("peak_mb"), 0),
        _ratio(row.times_as_fast_as(table.rows[0])),
        _ratio(row.times_less_work_than(table.rows[0])),
    )


def _built(row: Row, table: Table) -> tuple[str, ...]:
    return (
        row.title,
        _figure(row.median("wall_s")),
        _figure(row.median("cpu_s")),
        _figure(row.median("first_s")),
        _figure(row.median("peak_mb"), 0),
        _figure(row.audio_per_wall_s),
        _figure(row.audio_per_cpu_s),
        _ratio(row.times_as_fast_as(table.rows[0])),
        _ratio(row.times_less_work_than(table.rows[0])),
        row.measures[0].note,
    )


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _figure(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _ratio(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}×" if value < 10 else f"{value:.0f}×"
