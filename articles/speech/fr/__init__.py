"""French: the rules in the order in which they are applied.

What is read as a whole comes first (addresses, dates, telephone numbers), then numbers with a unit, then numbers alone,
then letters and signs; last what the engine would say wrongly.
"""

from articles.speech.fr import (
    abbreviations,
    acronyms,
    addresses,
    capitals,
    cardinals,
    dates,
    dimensions,
    emojis,
    fractions,
    money,
    oddities,
    ordinals,
    percent,
    phones,
    romans,
    scientific,
    scores,
    signs,
    sounds,
    symbols,
    temperatures,
    times,
    titles,
    units,
    web,
)
from articles.speech.fr.apart import NUMERALS, TIDY, apart
from articles.speech.line import Rule

_FIGURES = (
    *web.RULES,
    *emojis.RULES,
    *abbreviations.RULES,
    *symbols.EARLY,
    *phones.RULES,
    *dates.RULES,
    *temperatures.POSITIONS,
    *fractions.EARLY,
    *times.RULES,
    *ordinals.RULES,
    *scientific.RULES,
    *addresses.RULES,
    *scores.RULES,
    *signs.RULES,
    *temperatures.RULES,
    *dimensions.RULES,
    *money.RULES,
    *percent.RULES,
    *units.RULES,
    *scientific.LETTERS,
    *fractions.RULES,
    *cardinals.CODES,
    *acronyms.FIGURES,
    *cardinals.RANGES,
    *cardinals.RULES,
    *symbols.RULES,
)
_LETTERS = (
    *oddities.ENDINGS,
    *units.ALONE,
    *ordinals.LETTERS,
    *symbols.LETTERS,
    *abbreviations.WORDS,
    *acronyms.DOTTED,
    *titles.RULES,
    *romans.RULES,
    *acronyms.RULES,
    *sounds.RULES,
)
RULES: tuple[Rule, ...] = (
    *NUMERALS,
    *capitals.RULES,
    *oddities.RULES,
    *map(apart, _FIGURES),
    *TIDY,
    *_LETTERS,
)
