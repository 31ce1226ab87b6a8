"""Abbreviations: of words, of references (art., p., chap., §, n°), of eras, of addresses."""

import re
from collections.abc import Iterable

from articles.speech.fr.counting import whole_number
from articles.speech.line import Rule

_NUMBER_SIGN = r"(?:[nN] ?[°º˚]|№|[nN]ᵒ)"
_WITH_STOP = {
    "Réf.": "référence",
    "réf.": "référence",
    "arr.": "arrondissement",
    "arrt": "arrondissement",
    "hab.": "habitants",
    "p. ex.": "par exemple",
    "par ex.": "par exemple",
    "c.-à-d.": "c’est-à-dire",
    "c.à.d.": "c’est-à-dire",
    "c-à-d": "c’est-à-dire",
    "càd": "c’est-à-dire",
    "av. J.-C.": "avant Jésus-Christ",
    "av. J.C.": "avant Jésus-Christ",
    "av. JC": "avant Jésus-Christ",
    "avant J.-C.": "avant Jésus-Christ",
    "apr. J.-C.": "après Jésus-Christ",
    "ap. J.-C.": "après Jésus-Christ",
    "ap. J.C.": "après Jésus-Christ",
    "ap. JC": "après Jésus-Christ",
    "après J.-C.": "après Jésus-Christ",
    "J.-C.": "Jésus-Christ",
    "et al.": "et alii",
    "op. cit.": "opousse citatoum",
    "loc. cit.": "loco citato",
    "s.v.p.": "s’il vous plaît",
    "S.V.P.": "s’il vous plaît",
    "svp": "s’il vous plaît",
    "SVP": "s’il vous plaît",
    "cf.": "confère",
    "Cf.": "confère",
    "env.": "environ",
    "max.": "maximum",
    "min.": "minimum",
    "resp.": "respectivement",
    "c/o": "aux bons soins de",
    "vs.": "versusse",
    "vs": "versusse",
    "id.": "idem",
    "ibid.": "ibidem",
    "tél.": "téléphone",
    "Tél.": "téléphone",
    "tél": "téléphone",
    "qqn": "quelqu’un",
    "qqch": "quelque chose",
    "qqch.": "quelque chose",
    "qq.": "quelques",
    "ndlr": "note de la rédaction",
    "NDLR": "note de la rédaction",
    "N.D.L.R.": "note de la rédaction",
    "NdlR": "note de la rédaction",
    "NDLA": "note de l’auteur",
    "N.B.": "nota béné",
    "NB": "nota béné",
    "P.-S.": "post-scriptomme",
    "RDV": "rendez-vous",
    "rdv": "rendez-vous",
    "Rdv": "rendez-vous",
    "R.-V.": "rendez-vous",
    "Cie": "compagnie",
    "Ets": "établissements",
    "Éts": "établissements",
    "Sté": "société",
    "dir.": "sous la direction de",
    "coll.": "collection",
    "trad.": "traduction",
    "ill.": "illustrations",
    "rééd.": "réédition",
    "éd.": "édition",
    "éds.": "éditions",
    "dép.": "département",
    "adj.": "adjectif",
    "subst.": "substantif",
    "TTC": "toutes taxes comprises",
    "HT": "hors taxes",
    "H.T.": "hors taxes",
    "T.T.C.": "toutes taxes comprises",
    "bcp": "beaucoup",
    "ttes": "toutes",
    "l’apr.-midi": "l’après-midi",
    "chap.": "chapitre",
    "fig.": "figure",
    "ann.": "annexe",
    "suppl.": "supplément",
    "inéd.": "inédit",
    "trim.": "trimestre",
    "sem.": "semestre",
}
_REFERENCES = {
    # before a number: one, many
    "p": ("page", "pages"),
    "pp": ("pages", "pages"),
    "pg": ("page", "pages"),
    "art": ("article", "articles"),
    "al": ("alinéa", "alinéas"),
    "chap": ("chapitre", "chapitres"),
    "ch": ("chapitre", "chapitres"),
    "vol": ("volume", "volumes"),
    "t": ("tome", "tomes"),
    "fig": ("figure", "figures"),
    "pl": ("planche", "planches"),
    "tab": ("tableau", "tableaux"),
    "ex": ("exemple", "exemples"),
    "not": ("note", "notes"),
    "coll": ("collection", "collections"),
    "v": ("vers", "vers"),
    "sect": ("section", "sections"),
    "par": ("paragraphe", "paragraphes"),
    "f": ("folio", "folios"),
    "app": ("appartement", "appartements"),
    "appt": ("appartement", "appartements"),
    "bât": ("bâtiment", "bâtiments"),
    "esc": ("escalier", "escaliers"),
    "ét": ("étage", "étages"),
    "bp": ("B P", "B P"),
}
_STREETS = {
    "bd": "boulevard", "Bd": "boulevard", "bld": "boulevard", "Bld": "boulevard", "blvd": "boulevard",
    "Blvd": "boulevard", "boul": "boulevard", "av": "avenue", "Av": "avenue", "ave": "avenue", "Ave": "avenue",
    "pl": "place", "Pl": "place", "rte": "route", "Rte": "route", "imp": "impasse", "Imp": "impasse",
    "chem": "chemin", "fg": "faubourg", "Fg": "faubourg", "fbg": "faubourg", "Fbg": "faubourg", "sq": "square",
    "Sq": "square", "bât": "bâtiment", "Bât": "bâtiment", "rés": "résidence",
    "ZI": "zone industrielle",
}  # fmt: skip
_ETC = re.compile(r"$|\W*$")


def _listed(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _number(match: re.Match[str], _: str) -> str:
    return f"numéro{'s' if match['many'] else ''} "


def _word(match: re.Match[str], _: str) -> str | None:
    """The word; the stop of an abbreviation at the end of the text stays as the end of its sentence."""
    if match[0] == "J.-C." and re.match(r" [A-ZÀ-Þ][a-zà-ÿ]", match.string[match.end() : match.end() + 3]):
        return None
    last = match[0].endswith(".") and match.end() == len(match.string)
    return _WITH_STOP[match[0]] + ("." if last else "")


def _etc(match: re.Match[str], _: str) -> str:
    """`etc.`, `etc…`; before a capital or at the end it also ends the sentence."""
    after = match.string[match.end() : match.end() + 2]
    ends = match["stop"] and (
        not after.strip() or after.strip()[0] in "”)’" or (after[0] == " " and after[1:].isupper())
    )
    return "etcétéra" + ("." if ends else "")


def _reference(match: re.Match[str], _: str) -> str:
    one, many = _REFERENCES[match["what"].lower()]
    return (many if match["many"] else one) + " "


def _following(match: re.Match[str], _: str) -> str | None:
    before = match.string[max(0, match.start() - 24) : match.start()]
    if match[1] == "s" and not re.search(r"(?:page|article|p|art)s?\.? [\d-]+$", before):
        return None
    return " et suivantes" if match[1] in ("sqq", "ss", "suiv") else " et suivante"


def _section(match: re.Match[str], _: str) -> str:
    return "paragraphes " if len(match[1]) > 1 else "paragraphe "


def _article(match: re.Match[str], locale: str) -> str:
    """`L. 123-4` is `L cent vingt-trois tiret quatre`."""
    return f"{match['letter']} " + " tiret ".join(whole_number(part, locale) for part in match["figures"].split("-"))


def _street(match: re.Match[str], _: str) -> str:
    return f"{_STREETS[match['what']]} "


_MANY = r"(?=(?P<many>\d[\dIVX]* ?(?:[-–]|, |et|à) ?\d)?)"

_REFERENCE = "|".join(
    form
    for word in sorted(_REFERENCES, key=len, reverse=True)
    for form in {word, word if len(word) == 1 else word.capitalize()}
)

RULES = (
    Rule(
        "numbers of laws",
        re.compile(rf"(?<!\w){_NUMBER_SIGN} ?(?P<figures>\d{{2,4}}-\d{{3,5}})(?![\w/-]|[.,]\d)"),
        lambda match, locale: (
            "numéro " + " tiret ".join(whole_number(part, locale) for part in match["figures"].split("-"))
        ),
    ),
    Rule(
        "numbers announced",
        re.compile(rf"(?<![^\W\d])(?:{_NUMBER_SIGN}(?P<many>s)? ?|(?P<also>[nN]os) (?=\d))"),
        lambda match, _: "numéros " if match["many"] or match["also"] else "numéro ",
    ),
    Rule("number sign", re.compile(r"(?<![\w#&])# ?(?=\d)"), lambda *_: "numéro "),
    Rule("sections", re.compile(r"(§{1,2}) ?"), _section),
    Rule("references", re.compile(rf"(?<![\w.])(?P<what>{_REFERENCE})\. ?{_MANY}(?=\d|[LRDA](?:\.| ?\d))"), _reference),
    Rule(
        "articles of a code",
        re.compile(r"(?<![\w.])(?P<letter>[LRDA])(?:\. ?| ?\*)?(?P<figures>\d{1,4}(?:-\d{1,4}){1,3})(?![\w/]|[.,-]\d)"),
        _article,
    ),
    Rule("and following", re.compile(r"(?<=\d) (?:et )?(sqq|sq|ss|s|suiv)\.(?!\w)"), _following),
)
WORDS = (
    Rule(
        "references in roman",
        re.compile(rf"(?<![\w.])(?P<what>{_REFERENCE})\. ?(?P<many>)(?=[IVX]{{1,7}}(?!\w))"),
        _reference,
    ),
    Rule("abbreviated words", re.compile(rf"(?<![\w.])(?:{_listed(_WITH_STOP)})(?!\w|\.\w)"), _word),
    Rule("etc.", re.compile(r"(?<!\w)[eE]tc(?:(?P<stop>\.(?!\.))|(?:\.\.\.?|…))?(?!\w)(?: ?…)?"), _etc),
)
STREETS = (
    Rule(
        "streets",
        re.compile(
            rf"(?:^|(?<=[a-zé] )|(?<=[a-zé], ))(?P<what>{_listed(_STREETS)})(?:\. |(?<!pl) )"
            r"(?=(?:d[eu]s? |de l|d’|[A-ZÀ-Þ][\w’]))"
        ),
        _street,
    ),
)
"""After romans: a number stands before a street."""
