"""The sign of a number, before its family takes it."""

import re

from articles.speech.line import Rule

RULES = (
    Rule("minus", re.compile(r"(?=[-−–][0-9])(?<![\w)\]”.,’/%‰€$£°²³-])(?<![\d%€°] )[-−–](?=\d)"), lambda *_: "moins "),
    Rule("plus", re.compile(r"(?=[-−–][0-9])(?<![\w)])\+ ?(?=\d)"), lambda *_: "pluss "),
    Rule("plus or minus", re.compile(r" ?(?:±|\+/-) ?(?=\d)"), lambda *_: " pluss ou moins "),
)
