"""Marks of print that are not said: footnote calls, list bullets, asterisks, cut-off marks."""

import re

from articles.speech.line import Rule

_RAISED = "⁰¹²³⁴-⁹"
_CUBED = re.compile(r"(?:^|[\W\d_])(?:[nµμmcdhk]?m|mc|[A-Za-zπ])$")


def _call(match: re.Match[str], _: str) -> str | None:
    """A raised figure behind a word; behind m, km or a single letter it is a power."""
    before = match.string[max(0, match.start() - 4) : match.start()]
    return None if match[0] in ("²", "³") and _CUBED.search(before) else ""


RULES = (
    Rule(
        "footnote calls",
        re.compile(rf"(?<=[^\W\d_{_RAISED}])[{_RAISED}]{{1,3}}(?!\w)|(?<=[.,;:!?…”)])[{_RAISED}]{{1,3}}"),
        _call,
    ),
    Rule("footnote calls in brackets", re.compile(r"(?<=[\w.,;!?”’)]) ?\[(?:\d{1,3}|\*)\]"), lambda *_: ""),
    Rule("asterisks", re.compile(r"(?<=[\w.,;!?”)])\*{1,3}(?!\w)|(?<!\w)\*{1,3}(?=\w)|[†‡]"), lambda *_: ""),
    Rule("bullets", re.compile(r"^[ ]?[•●▪■◆▶►‣⁃○·–—-] +"), lambda *_: ""),
    Rule("bullets between", re.compile(r" [•●▪■◆▶►|·] "), lambda *_: ", "),
    Rule(
        "endings with a middle dot",
        re.compile(r"(?<=[a-zé])[·•][a-zé]{1,5}(?:[·•]?(s))?(?!\w)"),
        lambda match, _: match[1] or "",
    ),
)
ENDINGS = (Rule("endings in brackets", re.compile(r"(?<=[a-zé])\((?:e|s|es|x|ne|le|te)\)"), lambda *_: ""),)
