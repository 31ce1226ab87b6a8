"""Where sentences end, per language."""

import re
from itertools import pairwise

# A dot behind one of these does not end a sentence when the next word could go on with it. Lower case, without the dot.
_ABBREVIATIONS = {
    "fr": frozenset(
        """
        m mm mme mmes mlle mlles dr drs pr prs me mes mgr st ste sts stes art al av apr chap cf coll dép éd ex env etc
        fig hab ibid id int janv févr avr juil sept oct nov déc max min n no nos p pp par rééd réf s sq sqq suiv t tél
        trad v vol vs bd boul r pl imp rte fg lt cdt col cne gal adj""".split()
    ),
    "en": frozenset(
        """
        mr mrs ms mx dr drs prof rev hon st sr jr messrs mmes gen col maj capt lt sgt cmdr gov sen rep pres art approx
        apt ave blvd rd bldg ca cf ch co corp dept ed eds eg e.g ie i.e est etc ext fig figs ft inc jan feb mar apr jun
        jul aug sep sept oct nov dec ltd max min misc mt no nos p pp para pl pt pub ref s sec ser sq trans univ v vol vs
        a.m p.m u.s u.k u.n e.u ph.d""".split()
    ),
}
_ANY = frozenset("dr st etc cf p pp vol no fig art al".split())

# Those that often do end a sentence: before a capital the next word tells ("the U.S. Navy", "in the U.S. The rest").
_MAY_END = frozenset("a.m p.m u.s u.k u.n e.u inc ltd co corp bros jr sr al ph.d s".split())
_OPENERS = frozenset(
    """
    a an and as at but by for he her here his how i if in it its many most my no not now on one our she since so some
    that the their then there these they this those to we what when where while who why with yet you your
    à alors au aussi avec ce ces cette chez dans de depuis des du elle elles en et eux il ils je la le les leur mais ne
    nous on or ou par pour puis quand que qui sa selon ses si son sous sur tous tout un une vous
    """.split()
)

_END = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]+)       # the marks that may end a sentence
        (?P<close>(?:[\s ]*»|["”’'\)\]])*) # what closes with it
        (?P<gap>\s+)                       # and the gap before the next""",
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"(?:^|[\s(«“\"'’\[ -])([^\W\d_]+(?:\.[^\W\d_]+)*)$")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
_OPENING = re.compile("[«“\"'‘(\\[—– \u00a0\u202f]*")
_LOOK_BACK = 40  # characters: no abbreviation is as long


def split_sentences(text: str, language: str) -> list[str]:
    """The sentences of `text`, in order; joined they are `text` again, each keeping the white space behind it.

    A line break ends a sentence whether or not there is a stop before it.
    """
    last = next((place for place in range(len(text), 0, -1) if text[place - 1].isalnum()), 0)
    # Behind the last letter or digit there are only closing marks: they belong to the last sentence.
    ends = {match.end() for match in _END.finditer(text, 0, last) if _ends(text, match, language)}
    ends |= {match.end() for match in re.finditer(r"\n\s*", text)}
    return [text[start:end] for start, end in pairwise(sorted({0, *ends, len(text)}))]


LONGEST = 1000
"""Characters that a segment may have: voices lose their breath, and a listener the thread, long before."""


def split_long(sentence: str, longest: int = LONGEST) -> list[str]:
    """`sentence` in parts of at most `longest` characters that joined are `sentence` again.

    It is cut behind the last clause that fits, else at the last space; inside a word only where one word is longer.
    """
    parts = []
    start = 0
    while len(sentence) - start > longest:
        end = start + longest
        clauses = [match.end() for match in _CLAUSE.finditer(sentence, start, end)]
        spaces = [match.end() for match in _SPACE.finditer(sentence, start, end)]
        cut = (clauses or spaces or [end])[-1]
        parts.append(sentence[start:cut])
        start = cut
    return [*parts, sentence[start:]]


_CLAUSE = re.compile(r"[;:,)»”][\s\u00a0\u202f]+|\s[–—]\s")
_SPACE = re.compile(r"\s+")


def _ends(text: str, match: re.Match[str], language: str) -> bool:
    """Whether a sentence ends at the match; a letter or digit follows it somewhere."""
    opening = _OPENING.match(text, match.end())
    start = opening.end() if opening else match.end()
    next_is_lower = text[start].islower()
    if match["stop"] != ".":
        # « Quoi ? » dit-il; "Really?" she asked; and a pause such as "Well… maybe".
        return not next_is_lower
    word = _LAST_WORD.search(text, max(match.start() - _LOOK_BACK, 0), match.start())
    if word is None:
        return not next_is_lower
    return not next_is_lower and not _is_abbreviation(word[1], text, start, language)


def _is_abbreviation(word: str, text: str, start: int, language: str) -> bool:
    """Whether `word`, behind which stands a dot, is an abbreviation before what goes on at `start`."""
    lower = word.lower()
    if lower == "etc":
        return text[start].isdigit()
    if lower in _MAY_END:
        following = _NEXT_WORD.match(text, start)
        return not following or following[0].lower() not in _OPENERS
    if len(word) == 1 and word.isupper():
        # An initial, as in "J. Verne"; in French "M." is also Monsieur.
        return True
    return lower in _ABBREVIATIONS.get(language.split("-")[0], _ANY)
