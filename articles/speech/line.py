"""A text on its way from written to spoken, which never forgets where each of its characters comes from."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
class Line:
    """Text and, for each character, the part of the written text [start, end) that it stands for.

    A character that is `fixed` was settled by the lexicon: no rule may change it.
    """

    text: str
    origins: tuple[tuple[int, int], ...]
    fixed: tuple[bool, ...]
    fired: tuple[Fired, ...] = ()

    @classmethod
    def of(cls, written: str) -> "Line":
        """The line before any rule: every character stands for itself."""
        return cls(written, tuple((place, place + 1) for place in range(len(written))), (False,) * len(written))

    def apply(self, rule: Rule, locale: str) -> "Line":
        """The line after one rule, applied once from left to right."""
        edits = []
        for match in rule.pattern.finditer(self.text):
            if any(self.fixed[match.start() : match.end()]):
                continue
            said = rule.say(match, locale)
            if said is not None and said != match[0]:
                edits.append((match.start(), match.end(), said))
        return self._edited(edits, rule.name, fix=False) if edits else self

    def fix(self, edits: Iterable[tuple[int, int, str]], name: str) -> "Line":
        """The line with [start, end) replaced, for each of `edits` in order, by text that no rule may change."""
        return self._edited(list(edits), name, fix=True)

    def _edited(self, edits: Sequence[tuple[int, int, str]], name: str, *, fix: bool) -> "Line":
        texts: list[str] = []
        origins: list[tuple[int, int]] = []
        fixed: list[bool] = []
        fired = list(self.fired)
        reached = 0
        for start, end, said in edits:
            texts += [self.text[reached:start], said]
            origins += self.origins[reached:start]
            fixed += self.fixed[reached:start]
            covered = self.origins[start:end] or self.origins[start - 1 : start] or ((0, 0),)
            origins += [(min(low for low, _ in covered), max(high for _, high in covered))] * len(said)
            fixed += [fix] * len(said)
            fired.append(Fired(name, self.text[start:end], said))
            reached = end
        texts.append(self.text[reached:])
        origins += self.origins[reached:]
        fixed += self.fixed[reached:]
        return Line("".join(texts), tuple(origins), tuple(fixed), tuple(fired))
