"""A score laid out: where its jingles, idents, words and chapters lie. Pure arithmetic on sample counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from articles.segments import Segment
from audio.chapters import episode_chapters, programme_chapters
from audio.jingle import Jingles
from audio.jingle_file import Jingle
from audio.pauses import pause_ms
from audio.rehearsal import SpokenPart
from audio.score import Part, Score
from audio.sound import Sound
from audio.timeline import EDGE_MS, GRID_MS, OPENING, PlacedJingle, PlacedSpeech, Slot, Spoken, Timeline
from audio.turns import language_turns

FLOURISH_MS = 1200
"""How much of an intro is heard before the ident begins, where it is long enough for both."""

_LEAST_FLOURISH_MS = 300
_LONGEST_PART_MS = 1500


def lay_out(parts: Sequence[SpokenPart], jingles: Jingles, sound: Sound) -> Timeline:
    """The timeline of `parts`: at least one, each with at least one take.

    First the intro with the first part's ident over it, then part after part with a sting before each, then the
    outro; each as the part has it to which it belongs. Where there is no jingle there is a pause.
    """
    laid: list[_Laid] = []
    for number, part in enumerate(parts):
        wanted = jingles.of(part.part.language, part.part.section)
        laid.append(_Bar(number, wanted, sound).lay(part, after=laid[-1].end if laid else 0))
    outro = _outro(laid[-1].end, jingles.of(parts[-1].part.language, parts[-1].part.section).outro, sound)
    speech = tuple(placed for each in laid for placed in each.speech)
    music = (*(placed for each in laid for placed in each.music), *outro)
    end = outro[0].end if outro else laid[-1].end + _samples(EDGE_MS, sound.sample_rate)
    if len(parts) == 1:
        chapters = episode_chapters(parts[0].part.title, speech)
    else:
        chapters = programme_chapters([each.part.title for each in parts], [each.begin for each in laid])
    return Timeline(speech, music, chapters, end, sound.sample_rate)


def lay_out_alone(part: SpokenPart, jingles: Jingles, sound: Sound, lead: int, *, first: bool, last: bool) -> Timeline:
    """The timeline of one part of a programme, as far as its last sound; without chapters.

    What is heard of the first one is where it would be in the programme; of another, it begins at sample `lead`.
    """
    wanted = jingles.of(part.part.language, part.part.section)
    after = 0 if first else lead - pause_before(part.part, jingles, sound)
    laid = _Bar(0 if first else 1, wanted, sound).lay(part, after)
    outro = _outro(laid.end, wanted.outro, sound) if last else ()
    edge = _samples(EDGE_MS, sound.sample_rate) if last else 0
    end = outro[0].end if outro else laid.end + edge
    return Timeline(laid.speech, (*laid.music, *outro), (), end, sound.sample_rate)


def pause_before(part: Part, jingles: Jingles, sound: Sound) -> int:
    """How many samples of silence there are before a part that is not its programme's first."""
    wanted = jingles.of(part.language, part.section)
    return _Bar(1, wanted, sound).before(wanted.sting)


def jingle_hashes(score: Score, jingles: Jingles) -> tuple[str | None, ...]:
    """The sha256 of every jingle that this score may be given, in a fixed order; None where there is none."""
    wanted = [jingles.of(part.language, part.section) for part in score]
    leads = [each.sting if number else each.intro for number, each in enumerate(wanted)]
    within = [jingle for each in wanted for jingle in (each.language, each.bed)]
    return tuple(jingle.sha256 if jingle else None for jingle in (*leads, *within, wanted[-1].outro))


@dataclass(frozen=True, slots=True)
class _Laid:
    """A part on the timeline: its first sound is heard at `begin`, its last word ends at `end`."""

    begin: int
    end: int
    speech: tuple[PlacedSpeech, ...]
    music: tuple[PlacedJingle, ...]


@dataclass(frozen=True, slots=True)
class _Bar:
    """How one part is laid out: its place in the score, the jingles it wants, and the edition's pauses."""

    number: int
    jingles: Jingles
    sound: Sound

    def lay(self, part: SpokenPart, after: int) -> _Laid:
        """The part, where the one before it ended at `after`."""
        lead = self.jingles.sting if self.number else self.jingles.intro
        begin = after + self.before(lead)
        music = [_placed(lead, Slot.STING if self.number else Slot.INTRO, begin)] if lead else []
        ident = self._ident(part.ident, lead, begin)
        free = music[0].end + self._after(music[0]) if music else begin
        if ident:
            free = max(free, ident[-1].end + self._ms(self.sound.pauses.headline_ms))
        takes = tuple(self._said(part.takes, free, turns=language_turns(part.takes)))
        said = tuple(each for each in takes if isinstance(each, PlacedSpeech))
        turns = tuple(each for each in takes if isinstance(each, PlacedJingle))
        busy = max([after, *(each.end for each in music), *(each.end for each in ident)])
        music += [*self._bed(said, turns, busy), *turns]
        return _Laid(begin, said[-1].end, (*ident, *said), tuple(music))

    def before(self, lead: Jingle | None) -> int:
        """The silence before the part."""
        if not self.number:
            return 0 if lead else self._ms(EDGE_MS)
        if lead:
            return self._ms(self.sound.pauses.jingle_ms)
        # Half as long again as around a headline: a new article is more than a new standfirst.
        return self._ms(min(_LONGEST_PART_MS, max(EDGE_MS, self.sound.pauses.headline_ms * 3 // 2)))

    def _after(self, lead: PlacedJingle) -> int:
        """The silence after its jingle; less than none where speech may begin over it, at most over half of it."""
        if not self.sound.overlap_ms:
            return self._ms(self.sound.pauses.jingle_ms)
        return -min(self._ms(self.sound.overlap_ms), (lead.end - lead.start) // 2)

    def _ident(self, ident: Sequence[Spoken], lead: Jingle | None, begin: int) -> tuple[PlacedSpeech, ...]:
        """What is said over the jingle: after its flourish, or sooner where it would not be over with the music."""
        alone = tuple(each for each in self._said(ident, 0, ident=True) if isinstance(each, PlacedSpeech))
        if not alone or lead is None:
            start = 0
        else:
            room = lead.samples - alone[-1].end
            start = max(min(self._ms(FLOURISH_MS), room), min(self._ms(_LEAST_FLOURISH_MS), lead.samples))
        placed = self._said(ident, begin + start, ident=True)
        return tuple(each for each in placed if isinstance(each, PlacedSpeech))

    def _said(
        self, takes: Sequence[Spoken], start: int, *, ident: bool = False, turns: frozenset[int] = frozenset()
    ) -> Iterator[PlacedSpeech | PlacedJingle]:
        """The takes from `start` on, their pauses, and the jingles at their `turns` of language."""
        before: Segment | None = None
        between = self.jingles.language
        for place, each in enumerate(takes):
            # A silent take gets no pause of its own: two with nothing between them would be one long silence.
            if before is not None and each.samples:
                if between and place in turns:
                    start += self._ms(self.sound.pauses.jingle_ms)
                    yield _placed(between, Slot.LANGUAGE, start)
                    start += between.samples + self._ms(self.sound.pauses.jingle_ms)
                else:
                    start += self._ms(pause_ms(before, each.take.segment, self.sound.pauses))
            yield PlacedSpeech(each.take, start, start + each.samples, each.first, self.number, ident)
            start += each.samples
            before = each.take.segment if each.samples else before

    def _bed(self, said: Sequence[PlacedSpeech], turns: Sequence[PlacedJingle], busy: int) -> Iterator[PlacedJingle]:
        """The bed under headline and standfirst, not before `busy`; gone when the first paragraph begins."""
        opening = tuple(takewhile(lambda placed: placed.take.segment.kind in OPENING, said))
        if self.jingles.bed is None or not opening:
            return
        first, last = opening[0].start, opening[-1].end
        start = min(first, max(first - self._ms(self.sound.pauses.jingle_ms), busy))
        following = [each.start for each in said[len(opening) :][:1]] + [each.start for each in turns]
        grid = self._ms(GRID_MS)
        steps = (min(following, default=last) - start) // grid
        if steps:
            fade_ms = steps * GRID_MS // 4
            end = start + steps * grid
            yield PlacedJingle(Slot.BED, start, end, min(400, fade_ms), min(1200, fade_ms), self.jingles.bed.name)

    def _ms(self, milliseconds: int) -> int:
        return _samples(milliseconds, self.sound.sample_rate)


def _outro(end: int, outro: Jingle | None, sound: Sound) -> tuple[PlacedJingle, ...]:
    if outro is None:
        return ()
    return (_placed(outro, Slot.OUTRO, end + _samples(sound.pauses.jingle_ms, sound.sample_rate)),)


def _placed(jingle: Jingle, slot: Slot, start: int) -> PlacedJingle:
    # A recording may begin and end in the middle of a note: a touch at its start, a slope at its end.
    quarter_ms = 1000 * jingle.samples // jingle.sample_rate // 4
    return PlacedJingle(slot, start, start + jingle.samples, min(10, quarter_ms), min(600, quarter_ms), jingle.name)


def _samples(milliseconds: int, sample_rate: int) -> int:
    return milliseconds * sample_rate // 1000
