"""Above everything: what this is, what it should be, and whether it is; and the same for those who cannot see it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from feeds.picture.captions import Captions, figure, plain_figure
from feeds.picture.figures import faults_of
from feeds.picture.hues import primary
from feeds.picture.lettering import fitted
from feeds.picture.rows import Row
from feeds.picture.shapes import Shape, path, polygon, text
from feeds.picture.sheet import MARGIN, WIDTH
from feeds.picture.target import Target
from feeds.text import clock_text
from feeds.words import NBSP, duration_text, language_name, words_for

_TITLE = 26.0
_LEAD = 14.0
_NAMED = 4


def head(title: str, rows: Sequence[Row], target: Target, captions: Captions) -> tuple[list[Shape], float]:
    """The title, what is aimed at, the verdict, and where all that ends."""
    room = WIDTH - 2 * MARGIN
    y = 82.0
    drawn = [
        text(MARGIN, 44, fitted(title, room, _TITLE, bold=True), "title ink", tip=title),
        text(MARGIN, 66, fitted(summary(rows, target, captions), room, _LEAD), "lead soft"),
    ]
    wrong = [row for row in rows if row.measured and list(faults_of(row.measured, target, captions))]
    made = any(row.measured for row in rows)
    if wrong:
        drawn.append(polygon([(MARGIN, y + 8), (MARGIN + 6, y - 3), (MARGIN + 12, y + 8)], "mark warn"))
        told = captions.wrong.format(which=_wrong(wrong, target, captions))
        drawn.append(text(MARGIN + 18, y + 8, fitted(told, room - 18, _LEAD, bold=True), "lead warn strong"))
    elif made:
        drawn.append(path(f"M{MARGIN + 1} {y + 3}l4 4l7 -9", "tickmark"))
        drawn.append(text(MARGIN + 18, y + 8, captions.all_good, "lead good strong"))
    y += 22 if made else 0
    guessed = sum(row.is_estimated for row in rows if not row.is_programme)
    if guessed:
        which = f"{count(guessed, captions)}{captions.colon}"
        drawn.append(text(MARGIN, y + 8, f"{which}{captions.not_built}", "lead soft strong"))
        y += 22
    return drawn, y


def summary(rows: Sequence[Row], target: Target, captions: Captions) -> str:
    """What this is a picture of, in a line."""
    articles = [row for row in rows if not row.is_programme]
    time = duration_text(sum(row.seconds for row in articles or rows), words_for(captions.language))
    about = f"≈{NBSP}" if any(row.is_estimated for row in rows) else ""
    return " · ".join(
        (
            captions.timeline,
            *([count(len(articles), captions)] if articles else []),
            captions.in_all.format(time=about + time),
            captions.target.format(
                lufs=plain_figure(target.lufs, captions), tolerance=plain_figure(target.tolerance_lu, captions)
            ),
            captions.limit.format(peak=plain_figure(target.peak_db, captions)),
        )
    )


def description(rows: Sequence[Row], target: Target, captions: Captions) -> str:
    """The picture in words, row by row."""
    return f"{summary(rows, target, captions)}.\n" + "\n".join(_told(row, target, captions) for row in rows)


def count(articles: int, captions: Captions) -> str:
    """So many articles, in words."""
    return captions.article if articles == 1 else captions.articles.format(count=articles)


def _told(row: Row, target: Target, captions: Captions) -> str:
    facts = [duration_text(row.seconds, words_for(captions.language))]
    if row.measured:
        facts.append(f"{figure(row.measured.lufs, captions)}{NBSP}LUFS")
        facts.append(f"{figure(row.measured.true_peak_db, captions)}{NBSP}dBTP")
        facts += list(faults_of(row.measured, target, captions)) or [captions.good]
    else:
        facts.append(captions.estimated)
    turns = "" if row.is_programme else ", ".join(_turns(row))
    chapters = ", ".join(f"{clock_text(mark.start_s)} {mark.title}" for mark in row.chapters[1:])
    name = captions.programme if row.is_programme else f"{row.number}. {row.title}"
    return "; ".join(filter(None, (f"{name}{captions.colon}{', '.join(facts)}", turns, chapters))) + "."


def _turns(row: Row) -> Iterator[str]:
    for language, run in groupby(row.speech, key=lambda said: primary(said.language)):
        yield f"{language_name(language)} {clock_text(next(run).start_s)}"


def _wrong(rows: Sequence[Row], target: Target, captions: Captions) -> str:
    told = [
        f"{captions.programme if row.is_programme else captions.number.format(number=row.number)}"
        f" ({', '.join(faults_of(row.measured, target, captions))})"
        for row in rows
        if row.measured
    ]
    more = f" + {len(told) - _NAMED}" if len(told) > _NAMED else ""
    return ", ".join(told[:_NAMED]) + more
