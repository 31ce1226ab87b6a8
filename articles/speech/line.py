"""A text on its way from written to spoken, which never forgets where each of its characters comes from."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

Say = Callable[[re.Match[str], str], str | None]
"""What a match becomes in a locale (`fr`, `fr-CH`, `en-GB` …); None leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: what `pattern` finds becomes what `say` makes of it."""

    name: str
    pattern: re.Pattern[str]
    say: Say


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that changed something: which one, what it found, and what it put there."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Hold:
    """The part [start, end) of a line's text that will be said as `said`, and who says so."""

    start: int
    end: int
    said: str
    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """Text and, for each character, the part of the written text [start, end) that it stands for.

    `fixed` is 0 for a character that rules may change; a character that the lexicon has settled bears the number, from
    1, of what is said for it in `held`. It stays as it was written until `settled`, because rules look at the words
    around what they change: `M.` is Monsieur before the name Castagnol, not before the respelling of it.
    """

    text: str
    origins: tuple[tuple[int, int], ...]
    fixed: tuple[int, ...]
    fired: tuple[Fired, ...] = ()
    held: tuple[str, ...] = ()

    @classmethod
    def of(cls, written: str) -> "Line":
        """The line before any rule: every character stands for itself."""
        return cls(written, tuple((place, place + 1) for place in range(len(written))), (0,) * len(written))

    def apply(self, rule: Rule, locale: str) -> "Line":
        """The line after one rule, applied once from left to right."""
        edits = []
        for match in rule.pattern.finditer(self.text):
            if not self.is_free(match.start(), match.end()):
                continue
            said = rule.say(match, locale)
            if said is not None and said != match[0]:
                edits.append((match.start(), match.end(), said))
        if not edits:
            return self
        fired = tuple(Fired(rule.name, self.text[start:end], said) for start, end, said in edits)
        return replace(self._edited(edits, fix=0), fired=self.fired + fired)

    def is_free(self, start: int, end: int) -> bool:
        """Whether a rule may change [start, end), or, when that is empty, put something there."""
        if start == end:
            beside = self.fixed[max(start - 1, 0) : start + 1]
            return len(beside) < 2 or not beside[0] or beside[0] != beside[1]
        return not any(self.fixed[start:end])

    def hold(self, holds: Sequence[Hold]) -> "Line":
        """The line with these parts, in order and apart from each other, out of every rule's reach."""
        fixed = list(self.fixed)
        for number, hold in enumerate(holds, len(self.held) + 1):
            fixed[hold.start : hold.end] = [number] * (hold.end - hold.start)
        fired = tuple(Fired(hold.rule, self.text[hold.start : hold.end], hold.said) for hold in holds)
        held = tuple(hold.said for hold in holds)
        return replace(self, fixed=tuple(fixed), fired=self.fired + fired, held=self.held + held)

    def settled(self) -> "Line":
        """The line with what is held said as it was decided; no rule may change that either."""
        if not self.held:
            return self
        edits = [(start, end, self.held[number - 1]) for start, end, number in self._runs() if number]
        return replace(self._edited(edits, fix=1), held=())

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        """[start, end) of the characters that stand side by side and bear the same number, and that number."""
        start = 0
        for number, run in groupby(self.fixed):
            end = start + sum(1 for _ in run)
            yield start, end, number
            start = end

    def _edited(self, edits: Sequence[tuple[int, int, str]], *, fix: int) -> "Line":
        texts: list[str] = []
        origins: list[tuple[int, int]] = []
        fixed: list[int] = []
        reached = 0
        for start, end, said in edits:
            texts += [self.text[reached:start], said]
            origins += self.origins[reached:start]
            fixed += self.fixed[reached:start]
            covered = self.origins[start:end] or self.origins[start - 1 : start] or ((0, 0),)
            origins += [(min(low for low, _ in covered), max(high for _, high in covered))] * len(said)
            fixed += [fix] * len(said)
            reached = end
        texts.append(self.text[reached:])
        origins += self.origins[reached:]
        fixed += self.fixed[reached:]
        return replace(self, text="".join(texts), origins=tuple(origins), fixed=tuple(fixed))
