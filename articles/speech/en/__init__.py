"""English: the rules in the order in which they are applied."""

from articles.speech.en import (
    abbreviations,
    acronyms,
    addresses,
    cardinals,
    dates,
    money,
    phones,
    places,
    ranges,
    roman,
    science,
    symbols,
    tidy,
    times,
    units,
    years,
)
from articles.speech.line import Rule

RULES: tuple[Rule, ...] = (
    *tidy.RULES,  # what is only for the eye, and capitals that only shout
    *addresses.RULES,  # before any dot or slash in them is taken for something else
    *roman.WARS,
    *dates.RULES,
    *phones.RULES,
    *places.RULES,
    *times.RULES,
    *money.RULES,
    *units.RULES,
    *science.RULES,
    *abbreviations.NUMBERED,
    *years.RULES,
    *ranges.RULES,
    *acronyms.JOINED,
    *symbols.RULES,
    *cardinals.RULES,  # every figure that is left
    *tidy.WORDS_ONLY,
    *roman.RULES,
    *abbreviations.RULES,
    *acronyms.RULES,
)
"""Earlier rules take the longer and surer forms, later ones what is left."""
