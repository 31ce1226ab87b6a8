"""A text on its way from written to spoken, which never forgets where each of its characters comes from."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

Edit = tuple[int, int, str]
"""The part [start, end) of a text, and what is put in its place."""

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
        """The line after one rule, applied once from left to right.

        What the rule finds must be free; but where it only changes capitals, as in a headline, it does so around what
        is not.
        """
        edits: list[Edit] = []
        fired = list(self.fired)
        for match in rule.pattern.finditer(self.text):
            said = rule.say(match, locale)
            if said is None or said == match[0]:
                continue
            allowed = self._allowed(match.start(), match.end(), said)
            if allowed:
                edits += allowed
                fired.append(Fired(rule.name, match[0], said))
        return replace(self._edited(edits, fix=0), fired=tuple(fired)) if edits else self

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

    def _allowed(self, start: int, end: int, said: str) -> list[Edit]:
        """How a rule may put `said` in the place of [start, end): as a whole, around what is held, or not at all."""
        if self.is_free(start, end):
            return [(start, end, said)]
        if not _differ_in_case_only(self.text[start:end], said):
            return []
        runs = ((max(low, start), min(high, end)) for low, high, number in self._runs() if not number)
        edits = ((low, high, said[low - start : high - start]) for low, high in runs if low < high)
        return [edit for edit in edits if self.text[edit[0] : edit[1]] != edit[2]]

    def _runs(self) -> Iterator[tuple[int, int, int]]:
        """[start, end) of the characters that stand side by side and bear the same number, and that number."""
        start = 0
        for number, run in groupby(self.fixed):
            end = start + sum(1 for _ in run)
            yield start, end, number
            start = end

    def _edited(self, edits: Sequence[Edit], *, fix: int) -> "Line":
        texts: list[str] = []
        origins: list[tuple[int, int]] = []
        fixed: list[int] = []
        reached = 0
        for start, end, said in edits:
            texts += [self.text[reached:start], said]
            origins += self.origins[reached:start]
            fixed += self.fixed[reached:start]
            origins += self._origins_of(start, end, said)
            fixed += [fix] * len(said)
            reached = end
        texts.append(self.text[reached:])
        origins += self.origins[reached:]
        fixed += self.fixed[reached:]
        return replace(self, text="".join(texts), origins=tuple(origins), fixed=tuple(fixed))

    def _origins_of(self, start: int, end: int, said: str) -> Sequence[tuple[int, int]]:
        """What each character of `said` stands for, put in the place of [start, end)."""
        covered = self.origins[start:end] or self.origins[start - 1 : start] or ((0, 0),)
        if _differ_in_case_only(self.text[start:end], said):
            return covered
        return [(min(low for low, _ in covered), max(high for _, high in covered))] * len(said)


def _differ_in_case_only(before: str, after: str) -> bool:
    return len(before) == len(after) and before.lower() == after.lower()
