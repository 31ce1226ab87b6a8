"""Signs that are words: & @ + = < > → ≈ and what stands between words."""

import re

from articles.speech.line import Rule

_WORDS = {
    "&": "et", "@": "arobase", "+": "pluss", "=": "égale", "≠": "différent de", "<": "inférieur à", ">": "supérieur à",
    "≤": "inférieur ou égal à", "≥": "supérieur ou égal à", "±": "pluss ou moins", "×": "fois", "÷": "divisé par",
    "→": "vers", "⇒": "donc", "≈": "environ", "∞": "infini", "√": "racine de", "−": "moins", "∼": "environ",
    "℃": "degrés Celsius", "‰": "pour mille", "%": "pour cent", "№": "numéro", "Ω": "ohms", "ª": "a", "∑": "somme de",
    "∆": "delta", "∈": "appartient à", "⇔": "équivaut à", "↔": "et",
}  # fmt: skip
_GREEK = dict(zip("αβγδεζηθικλμνξπρστυφχψω", (
    "alpha bêta gamma delta epsilone zêta êta thêta iota kappa lambda mu nu xi pi "
    "rô sigma to upsilone phi khi psi oméga"
).split(), strict=True))  # fmt: skip


def _sign(match: re.Match[str], _: str) -> str:
    return f" {_WORDS[match[0].strip()]} "


RULES = (
    Rule("and or", re.compile(r"(?<!\w)([eE]t) ?/ ?(ou)(?!\w)"), lambda match, _: f"{match[1]} {match[2]}"),
    Rule("about", re.compile(r"[~∼] ?(?=\w)"), lambda *_: "environ "),
    Rule("arrows in a mail", re.compile(r"-{1,2}> ?|=> ?"), lambda *_: "vers "),
    Rule("degree alone", re.compile(r"(?<=\d)[°º]"), lambda *_: " degrés"),
    Rule("signs", re.compile(rf" ?[{re.escape(''.join(_WORDS))}] ?"), _sign),
    Rule("slash", re.compile(r" ?/ ?(?=\w)"), lambda *_: ", "),
)
EARLY = (Rule("company", re.compile(r"& ?(?:Cie|C°|Co)(?!\w)\.?"), lambda *_: "et compagnie"),)
LETTERS = (Rule("Greek letters", re.compile(rf"(?<!\w)[{''.join(_GREEK)}](?!\w)"), lambda match, _: _GREEK[match[0]]),)
