"""Words in capitals: said as a word, letter by letter, or only loud."""

import re

from articles.speech.en.ends import GOES_ON, stop
from articles.speech.en.letters import spell
from articles.speech.en.tables import any_of, table
from articles.speech.en.words import LETTERS, LOUD, PLACES, SPOKEN, looks_like_a_word
from articles.speech.line import Rule

_CAPS = "[A-ZÀ-ÖØ-Þ]"
_LONGEST = 5  # letters; a longer word in capitals that nobody knows is a word
_MIXED = table("""
    PhD = P.H.D; DPhil = D Phil; BSc = B.S.C; MSc = M.S.C; BEd = B Ed; LLB = L.L.B; iOS = I.O.S; macOS = mac O.S;
    eBay = E-bay; eBook = E-book; ebook = E-book; WiFi = Wi-Fi; iPhone = I-phone; iPad = I-pad;
    YouTube = You Tube; LinkedIn = Linked In; GmbH = G.M.B.H; plc = P.L.C; dvd = D.V.D; cd = C.D; tv = T.V;
    mRNA = M.R.N.A; rRNA = R.R.N.A; eSIM = E sim; pH = P.H; ePub = E-pub; EPUB = E-pub; LaTeX = Lay-tech;
    McKinsey = McKinsey; PowerPoint = Power Point; SaaS = sass; IoT = I.O.T; MPhil = M Phil; MEng = M Eng;
    BEng = B Eng
""")


def _acronym(match: re.Match[str], _: str) -> str | None:
    word, ending = match["word"], match["ending"] or ""
    if word in SPOKEN:
        return f"{SPOKEN[word]}{ending}"
    if word in PLACES or looks_like_a_word(word):
        return f"{word.capitalize()}{ending}"
    if word in LOUD or (len(word) > _LONGEST and word not in LETTERS) or not word.isascii():
        if ending == "s":
            return None
        return f"{word.capitalize() if not match.start() else word.lower()}{ending}"
    return spell(word, "’s" if ending else "")


def _joined(match: re.Match[str], _: str) -> str:
    """`R&D`, `AT&T`: the letters on both sides of the sign."""
    said = " and ".join(spell(part) for part in match["word"].split("&"))
    return f"{said}’s" if match["ending"] else said


def _initials(match: re.Match[str], _: str) -> str:
    """`U.S.` and `J. R. R. Tolkien`: dots between letters, and none behind but where the sentence ends."""
    letters = re.sub(r"[. ]", "", match["word"])
    return spell(letters) + stop(match)


def _initial(match: re.Match[str], _: str) -> str:
    return "eh" if match[1] == "A" else match[1]


def _article_or_letter(match: re.Match[str], _: str) -> str:
    return f"{match[1]}eh"


JOINED = (
    Rule(
        "letters with a sign between",
        re.compile(r"(?<![\w&.-])(?P<word>[A-Z]{1,3}(?:&[A-Z]{1,3}){1,2})(?P<ending>’?s)?(?![\w&])"),
        _joined,
    ),
)
"""Those with a sign between, before it becomes a word."""

RULES = (
    Rule(
        "words that mix cases",
        re.compile(rf"(?<![\w.’-])({any_of(_MIXED)})(’?s)?(?!\w|\.\w)"),
        lambda match, _: f"{_MIXED[match[1]]}{'’s' if match[2] else ''}",
    ),
    Rule(
        "initialisms with dots",
        re.compile(r"(?<![\w.’-])(?P<word>[A-Z](?:\.[ ]?[A-Z](?=\.)){1,5})\.(?![\w.])"),
        _initials,
    ),
    Rule("initials", re.compile(rf"(?<![\w.’-])([A-Z])\.{GOES_ON}(?= (?:[A-ZÀ-Þ][a-zà-ÿ’]|de |van |von ))"), _initial),
    Rule(
        "acronyms",
        re.compile(rf"(?<![\w.])(?P<word>CD-ROM|{_CAPS}{{2,}})(?P<ending>’?s|’S)?(?!\w|\.[A-Z](?!\w))(?:\.{GOES_ON})?"),
        _acronym,
    ),
    Rule(
        "the letter A",
        re.compile(
            r"((?<!\w)(?:[Gg]rade|[Pp]lan|[Tt]ype|[Gg]roup|[Cc]lass|[Ss]ection|[Ll]evel|[Ss]eries|[Bb]lock|[Hh]all|[Gg]ate|"
            r"[Rr]oom|triple|double) )A(?= (?:of|in|to|and|is|was|at|or|on|for|with)\b)"
        ),
        _article_or_letter,
    ),
    Rule(
        "the letter A before a noun",
        re.compile(r"(?<!\w)A(?=[ -](?:levels?|road|roads|side|list|lister|team|grade)\b)"),
        lambda *_: "eh",
    ),
)
