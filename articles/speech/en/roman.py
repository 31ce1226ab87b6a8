"""Roman numerals where they are numbers: rulers, centuries, chapters, wars, years."""

import re

from articles.speech.en.say import ordinal, whole, year
from articles.speech.line import Rule

_VALUES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
_WELL_FORMED = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_RULERS = (
    "Henry|Edward|George|William|James|Charles|Richard|Elizabeth|Mary|Louis|Philippe?|Francis|François|Napoleon|"
    "Napoléon|Catherine|Peter|Nicholas|Alexander|Ivan|Frederick|Friedrich|Wilhelm|Ferdinand|Leopold|Albert|Baudouin|"
    "Victor Emmanuel|Umberto|Paul|Pius|Leo|Benedict|Gregory|Innocent|Clement|Urban|Sixtus|Julius|John|Boniface|Adrian|"
    "Juan Carlos|Felipe|Alfonso|Isabella|Gustav|Gustaf|Carl|Christian|Haakon|Harald|Olav|Margrethe|Ramses|Ramesses|"
    "Ptolemy|Cleopatra|Darius|Xerxes|Seti|Thutmose|Otto|Joseph|Maximilian|Rudolf|Ludwig|Robert|David|Kenneth|"
    "Stephen|Wilhelmina|William|Rainier|Mehmed|Selim|Murad|Suleiman|Mohammed|Hassan|Abdullah|Hussein|Rama|Pedro|"
    "Theodoric|Clovis|Childeric|Alexios|Constantine|Michael|Manuel|Basil|Sigismund|Stanislaw|Casimir|Eric|Erik|Canute"
)
_COUNTED = (
    "Chapter|Part|Book|Volume|Vol|Act|Scene|Section|Article|Appendix|Annex|Phase|Stage|Type|Title|Level|Class|Grade|"
    "Category|Table|Figure|Fig|Plate|Canto|Psalm|Sonata|Symphony|Episode|World War|Cold War|Super Bowl|Apollo|Saturn|"
    "Mark|Model|Schedule|Division|Group|Tier|Factor|Paris|Lyon|Panthéon|Legion|Basel|Vatican|Rocky|Final Fantasy|"
    "Star Wars|Zone|Unit|Lesson|Round|Step|Protocol|Area|Grand Theft Auto|Civilization|Diablo|Opus|Number|No"
)


def roman(numeral: str) -> int | None:
    """What a Roman numeral stands for, or None when it is not written as one."""
    if not numeral or not _WELL_FORMED.fullmatch(numeral):
        return None
    values = [_VALUES[letter] for letter in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _ruler(match: re.Match[str], locale: str) -> str | None:
    number = roman(match["numeral"])
    return f"{match['name']} the {ordinal(number, locale)}" if number else None


def _counted(match: re.Match[str], locale: str) -> str | None:
    number = roman(match["numeral"])
    last = roman(match["last"]) if match["last"] else None
    if number is None:
        return None
    return f"{match['name']} {whole(number, locale)}{f' to {whole(last, locale)}' if last else ''}"


def _date(match: re.Match[str], locale: str) -> str | None:
    number = roman(match["numeral"])
    return year(number, locale) if number else None


def _page(match: re.Match[str], locale: str) -> str | None:
    number = roman(match["numeral"].upper())
    page = {"p.": "page", "pp.": "pages"}.get(match["page"], match["page"])
    return f"{page} {whole(number, locale)}" if number else None


_END = r"(?![\w’-]|\.\w| [A-Z](?!\w))"
# An I may be the pronoun: “when Charles I met”, “the part I liked”.
_NOT_I = (
    r"(?:[VX]|[IVXLC]{2,9}|I(?=’s\b|[–-][IVX]|[,.;:)!?”]|$|"
    r" (?:of|and|is|was|to|in|had|who|at|by|on|or|died|became|reigned|ruled)\b))"
)

WARS = (
    Rule("the second world war", re.compile(r"(?<!\w)(?:WW ?(?:II|2)|World War II)(?!\w)"), lambda *_: "World War two"),
    Rule("the first world war", re.compile(r"(?<!\w)(?:WW ?(?:I|1)|World War I)(?!\w)"), lambda *_: "World War one"),
)
"""Before the 2 of `WW2` is taken for any other number."""

RULES = (
    Rule(
        "numbered parts",
        re.compile(rf"(?<![\w-])(?P<name>{_COUNTED})\.? (?P<numeral>{_NOT_I})(?:[–-](?P<last>[IVXLC]{{1,7}}))?{_END}"),
        _counted,
    ),
    Rule("rulers", re.compile(rf"(?<![\w-])(?P<name>{_RULERS}) (?P<numeral>{_NOT_I})(?:(?=’s\b)|{_END})"), _ruler),
    Rule(
        "names with a number",
        re.compile(
            rf"(?<![\w-])(?P<name>[A-Z][a-zà-ÿ]{{2,}}) (?P<numeral>(?=[IVX]{{2}})[IVX]{{2,6}})(?:(?=’s\b)|{_END})"
        ),
        _ruler,
    ),
    Rule(
        "centuries in Roman numerals",
        re.compile(r"(?<![\w.])(?P<numeral>[IVX]{1,5})(?:th|st|nd|rd)(?!\w)|(?<![\w.])(?P<bare>[IVX]{2,5})(?= centur)"),
        lambda m, locale: ordinal(number, locale) if (number := roman(m["numeral"] or m["bare"])) else None,
    ),
    Rule("years in Roman numerals", re.compile(r"(?<![\w.])(?P<numeral>M[MDCLXVI]{3,14})(?![\w’.-])"), _date),
    Rule(
        "numbered parts in small letters",
        re.compile(
            r"(?<![\w-])(?P<page>[Cc]hapter|[Aa]ct|[Ss]cene|[Vv]olume|[Ss]ection|[Aa]ppendix) "
            r"(?P<numeral>[ivx]{1,6})(?![\w’-])"
        ),
        _page,
    ),
    Rule(
        "pages of a preface",
        re.compile(r"(?<!\w)(?P<page>p\.|pp\.|[Pp]ages?) (?P<numeral>[ivxl]{1,8})(?![\w’-])"),
        _page,
    ),
)
