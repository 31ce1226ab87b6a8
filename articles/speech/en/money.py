"""Money: the sign before or behind, thousands to trillions, ranges, cents."""

import re

from articles.speech.en.say import DASH, FIGURE, american, before, qualifies, signed, spoken, value, whole
from articles.speech.en.tables import any_of, table
from articles.speech.line import Rule

# sign or code -> one, several, one hundredth of it (one, several)
_CURRENCIES = {
    sign: tuple(names.split(", "))
    for sign, names in table("""
    € = euro, euros, cent, cents; EUR = euro, euros, cent, cents; £ = pound, pounds, penny, pence;
    GBP = pound, pounds, penny, pence; $ = dollar, dollars, cent, cents;
    USD = U.S dollar, U.S dollars, cent, cents; US$ = U.S dollar, U.S dollars, cent, cents;
    CAD = Canadian dollar, Canadian dollars, cent, cents; C$ = Canadian dollar, Canadian dollars, cent, cents;
    CA$ = Canadian dollar, Canadian dollars, cent, cents; A$ = Australian dollar, Australian dollars, cent, cents;
    AUD = Australian dollar, Australian dollars, cent, cents;
    NZ$ = New Zealand dollar, New Zealand dollars, cent, cents;
    HK$ = Hong Kong dollar, Hong Kong dollars, cent, cents; CHF = Swiss franc, Swiss francs, centime, centimes;
    ¥ = yen, yen, sen, sen; JPY = yen, yen, sen, sen; CNY = yuan, yuan, fen, fen; RMB = yuan, yuan, fen, fen;
    ₹ = rupee, rupees, paisa, paise; INR = rupee, rupees, paisa, paise; ₽ = rouble, roubles, kopeck, kopecks;
    ₩ = won, won, won, won; ₺ = lira, lira, kurus, kurus; ₪ = shekel, shekels, agora, agorot;
    ₴ = hryvnia, hryvnias, kopeck, kopecks; ₦ = naira, naira, kobo, kobo;
    SEK = Swedish krona, Swedish kronor, ore, ore; NOK = Norwegian krone, Norwegian kroner, ore, ore;
    DKK = Danish krone, Danish kroner, ore, ore; PLN = zloty, zloty, grosz, groszy
""").items()
}
SCALES = table("""
    k = thousand; m = million; mn = million; mln = million; mio = million; bn = billion; b = billion;
    md = billion; tn = trillion; trn = trillion; t = trillion
""")
_SCALE = r"(?:[ ]?(?:(?:thousand|million|billion|trillion)(?!\w)|(?:bn|mn|mln|mio|trn|tn|Md|[kKmMbBtT])(?![\w’])))"
_SIGN = rf"(?:{any_of(_CURRENCIES)})"
_NAMED = "euros?|pounds?|dollars?|francs?|yen"
_PER = (
    r"(?:/(?P<per>month|mo|year|yr|week|day|hour|hr|h|night|person|head|kg|g|litre|l|m²|m2|sq ?m|sq ?ft|MWh|kWh|MW|kW|"
    r"tonne|t)(?!\w))?"
)
_PERS = table("""
    mo = month; yr = year; hr = hour; h = hour; kg = kilo; g = gram; l = litre; m² = square metre;
    m2 = square metre; sq m = square metre; sqm = square metre; sq ft = square foot; sqft = square foot;
    MWh = megawatt-hour; kWh = kilowatt-hour; MW = megawatt; kW = kilowatt; t = tonne
""")


def scale(written: str | None) -> str:
    """`k`, `m`, `bn`, ` million` … as a word with a space before it, nothing for nothing."""
    if not written:
        return ""
    mark = written.strip()
    return f" {SCALES.get(mark.lower(), mark)}"


def _money(match: re.Match[str], locale: str) -> str:
    sign, low, high = match["minus"] or "", match["low"], match["high"]
    names = _CURRENCIES[match["sign"]]
    large = scale(match["scale"])
    if high:
        from_scale = scale(match["lowscale"])
        from_scale = "" if from_scale == large else from_scale
        said = f"{spoken(low, locale)}{from_scale} to {spoken(high, locale)}{large} {names[1]}"
    elif large or not _has_cents(low):
        only = (value(low) == 1 and not large) or qualifies(match)
        said = _lone_fraction(low, names, locale) or f"{spoken(low, locale)}{large} {names[0] if only else names[1]}"
    else:
        said = _with_cents(low, names, locale)
    return f"{signed_word(sign)}{said}{_per(match, locale)}"


def signed_word(sign: str) -> str:
    """`-` as `minus ` and so on."""
    return signed(sign, "1", "en-GB").removesuffix("one")


def _lone_fraction(figure: str, names: tuple[str, ...], locale: str) -> str:
    if len(figure) > 1 or figure.isascii():
        return ""
    part = spoken(figure, locale)
    return f"half a {names[0]}" if figure == "½" else f"{part} of a {names[0]}"


def _per(match: re.Match[str], locale: str) -> str:
    if not match["per"]:
        return ""
    said = _PERS.get(match["per"], match["per"])
    if american(locale):
        said = said.replace("metre", "meter").replace("litre", "liter")
    return f" per {said}"


def _has_cents(figure: str) -> bool:
    return bool(re.search(r"\.[0-9]{2}$", figure))


def _with_cents(figure: str, names: tuple[str, ...], locale: str) -> str:
    main, cents = figure[:-3], int(figure[-2:])
    hundredths = f"{whole(cents, locale)} {names[2] if cents == 1 else names[3]}"
    amount = value(main or "0")
    if amount == 0 and cents:
        return hundredths
    said = f"{spoken(main or '0', locale)} {names[0] if amount == 1 else names[1]}"
    if cents == 0:
        return said
    return f"{said} and {hundredths}" if cents < 10 or american(locale) else f"{said} {whole(cents, locale)}"


def _behind(match: re.Match[str], locale: str) -> str:
    names = _CURRENCIES[match["sign"]]
    low, high, large = (
        match["low"].replace(",", ".") if _foreign(match["low"]) else match["low"],
        match["high"],
        scale(match["scale"]),
    )
    if high:
        return f"{spoken(low, locale)} to {spoken(high, locale)}{large} {names[1]}{_per(match, locale)}"
    only = (value(low) == 1 and not large) or qualifies(match)
    if _has_cents(low) and not large:
        return f"{_with_cents(low, names, locale)}{_per(match, locale)}"
    said = f"{spoken(low, locale)}{large} {names[0 if only else 1]}{_per(match, locale)}"
    return f"{signed_word(match['minus'] or '')}{said}"


def _foreign(figure: str) -> bool:
    """A decimal comma, as in `3,8 M€`."""
    return bool(re.fullmatch(r"[0-9]+,[0-9]{1,2}", figure))


def _pence(match: re.Match[str], locale: str) -> str | None:
    if match[2] == "p" and re.search(r"\b(?:on|see|page) $", before(match, 8)):
        return None
    one, several = ("penny", "pence") if match[2] == "p" else ("cent", "cents")
    only = value(match[1]) == 1 or (qualifies(match) and match[2] != "p")
    return f"{spoken(match[1], locale)} {one if only else several}"


def _large(match: re.Match[str], locale: str) -> str:
    return f"{spoken(match[1], locale)}{scale(match[2])}"


RULES = (
    Rule(
        "money with the sign before",
        re.compile(
            rf"(?P<minus>(?<![\w.,)’])[+±−–-])?(?<![\w$])(?P<sign>{_SIGN})[ ]?(?P<low>{FIGURE})"
            rf"(?:(?P<lowscale>{_SCALE})?"
            rf"(?:{DASH}| to )(?:(?P=sign)[ ]?)?(?P<high>{FIGURE})(?![.,]?\d))?(?P<scale>{_SCALE})?{_PER}"
        ),
        _money,
    ),
    Rule(
        "money with the sign behind",
        re.compile(
            rf"(?P<minus>(?<![\w.,)’])[+±−–-])?(?<![\w.,/])(?:(?P<low>[0-9]+,[0-9]{{1,2}}(?!\d)|{FIGURE})"
            rf"(?:(?:{DASH}| to )(?P<high>{FIGURE}))?)"
            rf"[ ]?(?P<scale>(?:k|M|Md|bn|m|mn|million|billion|thousand)[ ]?)?(?P<sign>{_SIGN})(?![\w$]){_PER}"
        ),
        _behind,
    ),
    Rule("pence and cents", re.compile(rf"(?<![\w.,/€$£-])({FIGURE})[ ]?(p(?<=\dp)|¢|c(?<=\dc))(?![\w’/])"), _pence),
    Rule(
        "millions and billions",
        re.compile(rf"(?<![\w.,/])({FIGURE})(?:[ ]?(bn|mn|mln|trn|tn)(?![\w])|(m)(?=[ ](?:people|[a-z]{{3,}}s)\b))"),
        lambda m, locale: f"{spoken(m[1], locale)}{scale(m[2] or m[3])}",
    ),
    Rule("thousands", re.compile(rf"(?<![\w.,/])({FIGURE})([kK])(?= (?:people|[a-z]{{3,}}s)\b)"), _large),
)
