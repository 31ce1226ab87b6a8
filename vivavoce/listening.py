"""What a recogniser hears in an issue's episodes, held against what they say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from articles.errors import SettingsError
from audio.jingle import open_jingles
from audio.listening.error_rate import HeardSegment
from audio.listening.listen import Hearing, listen
from audio.listening.recogniser import Recogniser
from audio.track import Track
from vivavoce.casting import cast_of, locales_of, style_of
from vivavoce.changes import tracks_made
from vivavoce.edition import Edition, open_issue
from vivavoce.pieces import Build, Piece, read
from vivavoce.watch import Silent

_WORST = 5


@dataclass(frozen=True, slots=True)
class Heard:
    """One article's episode as heard; `worst` are the segments that sound least like their text."""

    article: str
    hearing: Hearing

    @property
    def worst(self) -> tuple[HeardSegment, ...]:
        """The worst segments, the worst first."""
        return tuple(self.hearing.errors.worst(_WORST))

    @property
    def wrong(self) -> tuple[HeardSegment, ...]:
        """Segments in whose place something else is said."""
        return tuple(each for each in self.hearing.errors.segments if each.is_another_text)

    def lines(self) -> list[str]:
        """For people."""
        errors = self.hearing.errors
        lines = [f"{self.article}: {100 * errors.rate:.1f} % of {errors.words} words heard differently"]
        for each in self.worst:
            if each.wrong:
                mark = "another text" if each.is_another_text else f"{each.wrong} of {len(each.said)}"
                lines.append(
                    f"  line {each.segment.line}, {each.start_s:.0f} s, {mark}: “{' '.join(each.said)}” "
                    f"was heard as “{' '.join(each.heard)}”"
                )
        if self.hearing.unheard:
            languages = ", ".join(sorted({segment.language for segment in self.hearing.unheard}))
            lines.append(f"  not listened to: {len(self.hearing.unheard)} segments in {languages}")
        return lines

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        errors = self.hearing.errors
        return {
            "article": self.article,
            "words": errors.words,
            "wrong": errors.wrong,
            "word_error_rate": round(errors.rate, 4),
            "unheard_segments": len(self.hearing.unheard),
            "worst": [
                {
                    "segment": each.segment.index,
                    "line": each.segment.line,
                    "start_s": round(each.start_s, 2),
                    "said": " ".join(each.said),
                    "heard": " ".join(each.heard),
                    "wrong": each.wrong,
                    "unlike": round(each.unlike, 2),
                    "another_text": each.is_another_text,
                }
                for each in self.worst
            ],
        }


def built(edition: Edition, issue: str) -> tuple[tuple[Piece, Track], ...]:
    """The issue's articles and their tracks as built. Raises SettingsError when not one is, or not from this text."""
    plan = open_issue(edition, issue)
    build = Build(edition, plan, cast_of(edition), style_of(edition, issue), Silent(), workers=1)
    pieces = tuple(read(build))
    tracks = tracks_made(build, pieces, open_jingles(edition.settings.sound, edition.root))
    if not tracks:
        raise SettingsError(f"{issue}: nothing is built of it as it is now", hint=f"run vivavoce build {issue} first")
    return tuple((piece, tracks[piece.number]) for piece in pieces if piece.number in tracks)


def hear(
    edition: Edition, tracks: tuple[tuple[Piece, Track], ...], recogniser: Recogniser, advance: Callable[[float], None]
) -> Iterator[Heard]:
    """Each episode as heard; `advance` is told the seconds that are done."""
    locales = locales_of(edition)
    for piece, track in tracks:
        hearing = listen(track.path, track.speech, track.sample_rate, recogniser, locales, advance)
        yield Heard(piece.file, hearing)
