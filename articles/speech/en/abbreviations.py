"""Abbreviations and titles in full."""

import re

from articles.speech.en.ends import stop
from articles.speech.en.tables import any_of, table
from articles.speech.line import Rule

# The dot may be missing.
_OPTIONAL = """
    Mr = Mister; Mrs = Missus; Ms = Miz; Mx = Mix; Messrs = Messers; Prof = Professor; Profs = Professors;
    Drs = Doctors; Revd = Reverend; Sgt = Sergeant; Capt = Captain; Cllr = Councillor; Jr = Junior; Snr = Senior;
    Ltd = Limited; Bros = Brothers; Corp = Corporation; Esq = Esquire; etc = et cetera; vs = verssus;
    approx = approximately; eg = for example; ie = that is; viz = namely; cf = compare; Mt = Mount; Rd = Road;
    Blvd = Boulevard; Hwy = Highway; Pkwy = Parkway; dept = department; Dept = Department; depts = departments;
    govt = government; Govt = Government; Intl = International; intl = international; incl = including;
    excl = excluding; misc = miscellaneous; avg = average; assoc = associate; Assoc = Association;
    Univ = University; mgmt = management; Sts = Saints; Ste = Saint; aka = also known as; wk = week; wks = weeks;
    hrs = hours; mins = minutes; yrs = years; sqft = square feet; lbs = pounds; bldg = building; Bldg = Building;
    pcs = pieces; Feb = February; Sept = September; Tues = Tuesday;
    Thurs = Thursday; YoY = year on year; yoy = year on year; QoQ = quarter on quarter
"""
# Without its dot it is a word, or could be one.
_WITH_DOT = """
    Rev = Reverend; Hon = Honourable; Gen = General; Col = Colonel; Maj = Major; Lt = Lieutenant; Gov = Governor;
    Sen = Senator; Rep = Representative; Pres = President; Sr = Senior; Inc = Incorporated; inc = including;
    Co = Company; Ave = Avenue; Av = Avenue; Sq = Square; Ln = Lane; Ft = Fort; Apt = Apartment; apt = apartment;
    Fri = Friday; Jan = January; Mar = March; Apr = April; Jun = June; Jul = July; Aug = August; Oct = October;
    Nov = November; Dec = December; Mon = Monday; Wed = Wednesday; Sat = Saturday; Sun = Sunday; Tue = Tuesday;
    Thu = Thursday; est = estimated; min = minimum; max = maximum; al = al; ed = editor; eds = editors;
    trans = translator; tel = telephone; Tel = Telephone; ext = extension; Ext = Extension; par = paragraph;
    para = paragraph; illus = illustrations; orig = originally; resp = respectively; attn = attention;
    Attn = Attention; ibid = ibidem; Ibid = Ibidem; op = opus; Op = Opus
"""
# Only with a number behind it.
_BEFORE_NUMBER = """
    No = number; no = number; Nos = numbers; nos = numbers; nr = number; Nr = Number; p = page; pp = pages;
    vol = volume; Vol = Volume; vols = volumes; ch = chapter; Ch = Chapter; chap = chapter; Chap = Chapter;
    fig = figure; Fig = Figure; figs = figures; Figs = Figures; art = article; Art = Article; arts = articles;
    sect = section; Sec = Section; sec = section; c = circa; ca = circa; est = established; Est = Established;
    b = born; d = died; l = line; ll = lines; v = verse; vv = verses; tel = telephone; Tel = Telephone;
    ext = extension; Ext = Extension; op = opus; Op = Opus; eq = equation; Eq = Equation; ver = version;
    cl = clause
"""


_OPTIONAL_DOT = table(_OPTIONAL)
_MUST_DOT = table(_WITH_DOT)
_NUMBERED = table(_BEFORE_NUMBER)


def _doctor(match: re.Match[str], _: str) -> str:
    """`Dr Montjoie` is a doctor, `Ocean Dr` a drive."""
    rest = match.string[match.end() : match.end() + 3]
    person = re.match(r" ?[A-ZÀ-Þ]", rest) and not (match["street"] and re.match(r",", rest))
    if person or not match["street"]:
        return f"{match['street'] or ''}Doctor"
    return f"{match['street']}Drive{stop(match)}"


def _saint(match: re.Match[str], _: str) -> str:
    """`St Pancras` is a saint, `Oxford St` a street."""
    rest = match.string[match.end() : match.end() + 3]
    if re.match(r" ?[A-ZÀ-Þ]", rest) and not match["street"]:
        return "Saint"
    if match["street"] and not re.match(r" [A-ZÀ-Þ]", rest):
        return f"{match['street']}Street{stop(match)}"
    return f"{match['street'] or ''}Saint"


def _dotted(match: re.Match[str], _: str) -> str:
    return {"eg": "for example", "ie": "that is", "pa": "a year", "am": "A.M", "pm": "P.M", "aka": "also known as"}[
        re.sub(r"[. ]", "", match["short"]).lower()
    ] + stop(match)


_STROKES = table("""
    c/o = care of; w/o = without; n/a = not applicable; a/c = account; s/he = she or he; he/she = he or she;
    his/her = his or her; him/her = him or her; and/or = and or; yes/no = yes or no; either/or = either or
""")

# A word before `St` or `Dr` that may be a street's name: an ordinal, or a capital that no sentence begins with.
_STREET = (
    r"(?P<street>\b(?:(?:[a-z]{5,7}-)?(?:first|second|third|fifth|ninth|twelfth|[a-z]{2,7}(?:r|x|n|h|ie)th(?<!north))|"
    r"(?!(?:The|In|At|On|And|For|By|To|From|Of|As|But|When|Then|Is|Was|With|Our|Dear|Ask|If|Why|So|That|Both)\b)"
    r"[A-ZÀ-Þ][\w’-]{1,40}) )"
)

NUMBERED = (
    Rule(
        "numbered abbreviations",
        re.compile(
            rf"(?<![\w.’-])(?:(?P<short>{any_of(_NUMBERED)})\. ?|(?P<bare>[nN]os?|pp|[vV]ol|[fF]ig|nr) ?)(?=[0-9])"
        ),
        lambda match, _: f"{_NUMBERED[match['short'] or match['bare']]} ",
    ),
    Rule("the number sign", re.compile(r"(?<!\w)(?:№|[nN][°º])[ ]?(?=[0-9])"), lambda *_: "number "),
    Rule(
        "abbreviations with a stroke",
        re.compile(rf"(?<![\w/])(?:{any_of(_STROKES)})(?![\w/])", re.I),
        lambda match, _: _STROKES[match[0].lower()],
    ),
)
"""Those that are known by a number or a sign, before either is put into words."""

RULES = (
    Rule(
        "abbreviated phrases",
        re.compile(r"(?<![\w.])(?P<short>[eE]\. ?[gG]|[iI]\. ?[eE]|a\.k\.a|p\.a|a\.m|p\.m)\.?(?![\w’])(?:,(?= ))?"),
        _dotted,
    ),
    Rule("doctor or drive", re.compile(rf"(?<![\w.’-]){_STREET}?Dr(?:\.|(?!\w))(?![’-])"), _doctor),
    Rule("saint or street", re.compile(rf"(?<![\w.’-]){_STREET}?St(?:\.|(?!\w))(?![’-])"), _saint),
    Rule("and Company", re.compile(r"(?<=\band )Co(?:\.|(?!\w))(?!’)"), lambda match, _: f"Company{stop(match)}"),
    Rule("against", re.compile(r"(?<=\w) v\.? (?=[A-ZÀ-Þ])"), lambda *_: " verssus "),
    Rule("and others", re.compile(r"(?<!\w)et al(?:\.|(?!\w))"), lambda match, _: f"and others{stop(match)}"),
    Rule(
        "abbreviations with or without a dot",
        re.compile(rf"(?<![\w.’-])(?P<short>{any_of(_OPTIONAL_DOT)})(?:\.|(?!\w))(?![\w’])"),
        lambda match, _: f"{_OPTIONAL_DOT[match['short']]}{stop(match)}",
    ),
    Rule(
        "abbreviations with a dot",
        re.compile(rf"(?<![\w.’-])(?P<short>{any_of(_MUST_DOT)})\.(?=[ ,;:)][ ]?[\w(,]|,)"),
        lambda match, _: _MUST_DOT[match["short"]],
    ),
    Rule(
        "firms and streets",
        re.compile(r"(?<=[\w.]) (?P<short>Inc|Co|Ave|Av|Sq|Ln)\b\.?(?=[,;:)]| [a-z]|$|\.)"),
        lambda match, _: f" {_MUST_DOT[match['short']]}{stop(match)}",
    ),
)
"""Those between words, once nothing but words is left."""
