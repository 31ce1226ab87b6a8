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
    *phones.RULES,
    *places.RULES,
    *dates.RULES,
    *times.RULES,
    *money.RULES,
    *science.RULES,
    *units.RULES,
    *roman.RULES,
    *years.RULES,
    *abbreviations.RULES,  # before the numbers that tell “no. 4” from “no”
    *ranges.RULES,
    *symbols.RULES,
    *cardinals.RULES,  # every figure that is left
    *acronyms.RULES,
)
"""Earlier rules take the longer and surer forms, later ones what is left."""
