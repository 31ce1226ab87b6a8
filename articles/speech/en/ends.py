"""Whether the dot of an abbreviation ends the sentence as well."""

import re

_STARTERS = (
    "The|A|An|In|On|At|It|Its|He|She|They|We|You|I|This|That|These|Those|There|But|And|Or|So|Then|When|If|As|For|With|"
    "From|By|To|After|Before|While|Since|Although|However|Meanwhile|Our|His|Her|Their|My|Your|What|Who|Where|Why|How|"
    "Now|Today|Yet|Still|Not|No|Yes|Some|Many|Most|All|Every|Each|Both|Once|Only|Here|Even|Just|Perhaps|Nobody|Everyone"
)

GOES_ON = rf"(?=[,;:]|’s\b|[ ][(“]?(?!(?:{_STARTERS})\b)\w)"
"""Behind a dot: the sentence goes on, or a new one begins with a word that seldom begins one."""

_GOES_ON = re.compile(GOES_ON)


def stop(match: re.Match[str]) -> str:
    """The dot that stays behind an abbreviation put in full: it has one, and the sentence ends with it."""
    if not match[0].endswith("."):
        return ""
    return (
        "" if _GOES_ON.match(match.string, match.end()) or match.string[match.end() : match.end() + 1] == "." else "."
    )
