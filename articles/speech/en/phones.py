"""Telephone numbers digit by digit, a pause between their groups; and other numbers that are only digits."""

import re

from articles.speech.en.letters import spell
from articles.speech.en.say import american, singly
from articles.speech.line import Rule

_EMERGENCY = "999|911|112|111|101|100|116|118|988|105|15|17|18"


def _groups(match: re.Match[str], locale: str) -> str:
    zero = "zero" if american(locale) else "oh"
    said = ", ".join(singly(group, zero) for group in re.findall(r"[0-9]+", re.sub(r"\(0\)", "", match[0])))
    return f"plus {said}" if match[0].startswith("+") else said


def _coded(match: re.Match[str], locale: str) -> str:
    zero = "zero" if american(locale) else "oh"
    groups = re.findall(r"[0-9]+|X", match[2])
    return f"{spell(match[1])} {', '.join(singly(g, zero) if g.isdecimal() else 'X' for g in groups)}"


def _dotted(match: re.Match[str], locale: str) -> str:
    """`3.2.1` with points; an internet address with four parts has dots, digit by digit."""
    parts = match[0].split(".")
    if len(parts) == 4:
        return " dot ".join(singly(part) for part in parts)
    from articles.speech.en.say import spoken

    return " point ".join(spoken(part, locale) for part in parts)


RULES = (
    Rule(
        "book and journal numbers",
        re.compile(r"(?<!\w)(ISBN|ISSN|IBAN|SIRET|SIREN)(?:-1[03])?:? ?((?:[0-9][ -]?){7,16}[0-9X])(?!\w)"),
        _coded,
    ),
    Rule(
        "numbers with a country code",
        re.compile(r"(?<![\w+])\+[0-9]{1,3}(?:[ .-]?\(0\))?(?:[ .-]?\(?[0-9]{1,5}\)?){2,6}(?![\w%])"),
        _groups,
    ),
    Rule(
        "national numbers",
        re.compile(
            r"(?<![\w.,/+-])(?:\(0[0-9]{1,4}\)|0[0-9]{1,4})(?:[ .-][0-9]{2,4}){2,4}(?![\w%])"
            r"|(?<![\w.,/+-])\(?0[0-9]{3,4}\)? [0-9]{5,6}(?![\w,.]\d)(?!\w)"
            r"|(?<![\w.,/+-])0[0-9]{8,10}(?!\w)"
        ),
        _groups,
    ),
    Rule(
        "American numbers",
        re.compile(
            r"(?<![\w.,/+-])(?:1[ .-])?(?:\([0-9]{3}\) ?|[0-9]{3}[.-])[0-9]{3}[ .-][0-9]{4}(?!\w)"
            r"|(?<![\w.,/+-])555-[0-9]{4}(?!\w)"
        ),
        _groups,
    ),
    Rule(
        "emergency numbers",
        re.compile(
            rf"(?:(?<=\b[Cc]all )|(?<=\b[Dd]ial )|(?<=\b[Rr]ing ))(?:{_EMERGENCY})(?!\w|[.,:-]\d)"
            r"(?! (?:people|[a-z]+s)\b)"
        ),
        _groups,
    ),
    Rule("nine eleven", re.compile(r"(?<![\w/.-])9/11(?![\w/])"), lambda *_: "nine eleven"),
    Rule("always open", re.compile(r"(?<![\w/.-])24/7(?![\w/])"), lambda *_: "twenty-four seven"),
    Rule("numbers with several points", re.compile(r"(?<![\w.])[0-9]{1,5}(?:\.[0-9]{1,5}){2,5}(?![\w]|\.\d)"), _dotted),
)
