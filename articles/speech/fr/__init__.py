"""French: the rules in the order in which they are applied."""

from articles.speech.line import Rule

RULES: tuple[Rule, ...] = ()
