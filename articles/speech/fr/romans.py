"""Roman numerals, where they are numbers: centuries, sovereigns and popes, chapters and acts, the second of a name."""

import re

from articles.speech.fr.counting import cardinal, ordinal
from articles.speech.line import Rule

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_VALID = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN = r"[IVXLCDM]{1,12}"
_SMALL = r"[IVX]{1,7}"
_FEMININE = re.compile(
    r"\W*(?:République|Internationale|Armée|armée|division|Division|dynastie|législature|région|Région|Croisade"
    r"|croisade|guerre|Guerre|édition|section|légion|Légion|partie|chambre|circonscription|session|biennale)"
)
_RULERS = (
    "Louis|Charles|Henri|Henry|François|Philippe|Napoléon|Paul|Pie|Benoît|Léon|Grégoire|Clément|Innocent|Urbain|Nicolas"
    "|Frédéric|Guillaume|Pierre|Alexandre|Ramsès|Édouard|Edouard|George|Georges|Jacques|Richard|Léopold|Albert|Baudouin"
    "|Emmanuel|Humbert|Carlos|Felipe|Alphonse|Ferdinand|Christian|Gustave|Mohammed|Hassan|Abdallah|Xerxès|Darius"
    "|Ptolémée|Séti|Childéric|Clovis|Hugues|Rodolphe|Otton|Othon|Maximilien|Joseph|Sixte|Boniface|Jules|Célestin"
    "|Sylvestre|Étienne|Robert|Lothaire|Childebert|Clotaire|Dagobert|Thierry|Harald|Haakon|Olav|Sélim|Soliman|Mehmed"
    "|Mourad|Rainier|Jean|Élisabeth|Elisabeth|Elizabeth|Catherine|Isabelle|Marguerite|Margrethe|Marie|Christine|Anne"
    "|Baudoin|Amédée|Raymond|Foulques|Godefroy|Bohémond|Manuel|Michel|Constantin|Justinien|Théodose|Léopold|Aliénor"
)
_PARTS = (
    "chapitre|tome|acte|scène|volume|livre|partie|titre|annexe|article|phase|type|niveau|groupe|classe|catégorie"
    "|section|planche|figure|tableau|chant|psaume|leçon|paragraphe|étape|stade|degré|rang|grade|bloc|pilier"
)


def value(numeral: str) -> int | None:
    """The number a numeral stands for, or None when it is no numeral."""
    if not numeral or not _VALID.fullmatch(numeral):
        return None
    numbers = [_VALUES[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(numbers, [*numbers[1:], 0], strict=True))


def _ranked(numeral: str, mark: str, after: str, locale: str) -> str | None:
    number = value(numeral)
    if number is None:
        return None
    feminine = mark.startswith(("re", "ʳ", "ère")) or (
        number == 1 and mark != "er" and _FEMININE.match(after) is not None
    )
    return ordinal(number, locale, feminine=feminine) + ("s" if mark.endswith("s") else "")


def _ordinal(match: re.Match[str], locale: str) -> str | None:
    after = match.string[match.end() : match.end() + 24]
    if match["numeral"] in ("I", "V", "X") and match["mark"] == "e" and not re.match(r"[ ,-]", after):
        return None
    return _ranked(match["numeral"], match["mark"], after, locale)


def _century(match: re.Match[str], locale: str) -> str | None:
    """`XIXe siècle`, and the first of two: `XVe et XVIe siècles`, `XVe-XVIe s.`."""
    said = _ranked(match["numeral"], match["mark"], "", locale)
    if said is None:
        return None
    return f"{said} siècle{'s' if match['century'].endswith('s') else ''}"


def _ruler(match: re.Match[str], locale: str) -> str | None:
    number = value(match["numeral"])
    if number is None or number > 40:
        return None
    feminine = match["name"].endswith(("a", "e", "beth")) and match["name"] not in ("George", "Philippe")
    return f"{match['name']} {ordinal(1, locale, feminine=feminine) if number == 1 else cardinal(number, locale)}"


def _part(match: re.Match[str], locale: str) -> str | None:
    number = value(match["numeral"])
    return None if number is None else f"{match['what']} {cardinal(number, locale)}"


def _numeral(match: re.Match[str], locale: str) -> str | None:
    number = value(match["numeral"])
    return None if number is None else cardinal(number, locale, rank=True)


_MARK = r"(?P<mark>ers?|res?|ères?|ᵉʳ|ʳᵉ|èmes?|ièmes?|ᵉ|e|è)"

RULES = (
    Rule(
        "centuries",
        re.compile(rf"(?<!\w)(?P<numeral>{_SMALL}) ?{_MARK} (?P<century>siècles?|s\.)(?!\w)"),
        _century,
    ),
    Rule(
        "ranks in roman",
        re.compile(
            rf"(?<![\w.])(?P<numeral>I(?=[erè]{{2,3}}s?(?!\w))|{_SMALL}(?!ers?(?!\w)"
            rf"|res?(?!\w)|ères?(?!\w))){_MARK}(?!\w)"
        ),
        _ordinal,
    ),
    Rule(
        "rulers",
        re.compile(
            rf"(?<!\w)(?P<name>(?:{_RULERS})(?:-(?:Paul|Charles|Emmanuel|Philippe|Auguste|Napoléon))?) "
            rf"(?P<numeral>{_SMALL})(?![\w’.-]| [A-ZÀ-ÖØ-ÞŒ](?!\w))"
        ),
        _ruler,
    ),
    Rule(
        "parts in roman",
        re.compile(
            rf"(?<!\w)(?P<what>(?:{_PARTS})s?) (?P<numeral>{_SMALL})(?![\w’-]| [A-ZÀ-ÖØ-ÞŒ](?!\w))", re.IGNORECASE
        ),
        _part,
    ),
    Rule(
        "numerals",
        re.compile(
            rf"(?<![\w.’-])(?<!(?<!\w)[A-ZÀ-ÖØ-ÞŒ] )(?P<numeral>(?=[IVX]{{2}}){_SMALL}|"
            rf"(?=[IVXLCDM]{{5}}){_ROMAN})(?![\w’]|-\w| [A-ZÀ-ÖØ-ÞŒ](?!\w))"
        ),
        _numeral,
    ),
)
