"""Words in capitals: which are spoken as a word, which are spelt, which are only shouted.

Letters are spelt as capitals with a space between: that is how the engine says letter names (joined by hyphens it
swallows a T: `R-A-T-P`).
"""

import re

_SPOKEN = {
    # what the engine would say wrongly is spelt for the ear
    "INSEE": "Inssé", "SMIC": "Smik", "SIDA": "sida", "ADEME": "Adème", "ENA": "Éna", "URSSAF": "Urssaf",
    "CREPS": "Crepse", "EHPAD": "épade", "CAPES": "Capesse", "CROUS": "Crousse", "INSEAD": "Innséad", "AIDS": "édz",
    "IPSOS": "Ipsosse", "WIFI": "oui-fi", "COVID": "covid", "PACS": "Paxe", "SAMU": "Samu", "UNEDIC": "Unédic",
    "UNÉDIC": "Unédic", "CEDEX": "cédex", "CÉDEX": "cédex", "UEFA": "Uéfa", "MEDEF": "Médef", "OPEP": "Opep",
    "ARCOM": "Arcom", "HCERES": "Hcérès", "AFSSAPS": "Afsaps", "CERN": "Cerne", "UNICEF": "Unicef", "RAID": "Rède",
    "SEGPA": "Segpa", "CLIS": "Cliss", "ULIS": "Uliss", "BAFA": "Bafa", "BAFD": "bafde", "LED": "lède", "PIN": "pine",
    "SIM": "sime", "ROM": "rome", "RAM": "rame", "LASER": "lazère", "GAFAM": "Gafam", "GAFA": "Gafa",
    "RSA": None, "RATP": None, "SASU": None, "EURL": None,
    "UNSA": "Une-sa", "INPI": "Inpi", "INA": "Ina",
    "OVNI": "ovni", "OGM": None, "OTAN": "Otan", "NATO": "Nato", "NASA": "Nasa", "UNESCO": "Unesco", "ONU": "Onu",
    "FIFA": "Fifa", "FNAC": "Fnac", "IKEA": "Ikéa", "ESSEC": "Essec", "EDHEC": "Edhec", "INSERM": "Inserm",
    "INRAE": "Inra e", "INRA": "Inra", "INRIA": "Inria", "IFREMER": "Ifremer", "ARCEP": "Arcep", "CNIL": "Cnil",
    "HADOPI": "Hadopi", "DROM": "drome", "DOM": "dome", "TOM": "tome", "ZAC": "zac", "ZEP": "zep", "ZUP": "zupe",
    "ZAD": "zad", "CAF": "caf", "CAP": None, "BAC": "bac", "DEUG": "deugue", "STAPS": "stapse", "ANAH": "Ana",
    "AFPA": "Afpa", "AFNOR": "Afnor", "UNEF": "Unef", "MEDIAPART": "Médiapart", "SACEM": "Sacem", "SPA": None,
    "CANADAIR": "canadair", "ASSEDIC": "Assédic", "FEMA": "Féma", "ALENA": "Aléna", "ASEAN": "Aséane",
    "MERCOSUR": "Mercosur", "CEDEAO": "Cédéao", "OSCE": None, "BREXIT": "breksite", "CAC": "cac", "SICAV": "sicave",
    "SCOP": "scope", "SCIC": "scic", "GIEC": "Giec", "COP": "cop", "CODIR": "codir", "COMEX": "comex",
    "SARL": None, "AMAP": "amap", "ESAT": "ésate", "SCOT": "scaut", "PLUI": "plui", "EPHAD": "épade", "DASRI": "dasri",
    "CRIJ": "crij", "SESSAD": "Sessad", "UNAPEI": "Unapéi", "ADIL": "Adil", "UDAF": "Udaf", "APEC": "Apec",
    "CICR": None, "CHUV": "Chuve", "SUVA": "Suva", "ONEM": "Onème", "ULB": None, "CHU": None, "GIGN": None,
    "AGIRC": "Agirc", "ARRCO": "Arco", "IFOP": "Ifop", "BVA": None, "SOFRES": "Sofresse", "VIH": None,
}  # fmt: skip
"""What is said for a word in capitals; None: its letters."""

_COMMON = frozenset(
    """
    DE HUI END EX CI LÀ MI WEEK
    NON OUI NE PAS ET OU LES DES LE LA UN UNE DU AU AUX EST QUE QUI SUR PAR POUR PLUS TOUT TOUS TOUTE MAIS DANS AVEC
    SANS SON SES NOS VOS MES TES MON TON MA TA SA CE CES CET EN ON IL ELLE ILS NOUS VOUS ILS SI OÙ DONC OR NI CAR À Y
    VIE RUE MER BUS VIN ÉTÉ SOL ROI LOI FIN BON BAL BAR BAS BEL BLÉ BOL CAS CHEZ CRI DEUX DIX DON DOS EAU FER FEU FIL
    FOI FOU GAZ GEL ICI ILE ÎLE JEU JOUR LAC LIN LIT LOT MAI MAL MAT MIS MOT MUR NEZ NOM NUE NUL OIE OSE PEU PIC PIE
    PRIX PUB QUAI RAT RIZ SEL SEPT SIX SOI SUD NORD OUEST TAS THÉ TIR TRI TROP TROU VAL VER VIF VUE ZOO AIR AMI ÂGE ÂME
    ANS AN ARC ART AXE CHAT CHEF CLÉ CLUB COIN CÔTE COUP COUR DÉJÀ DÈS DOIT DUR ÈRE FAIT FAUT FÊTE FILM FOIS FONT FORT
    GENS GOÛT GROS HAUT HIER HORS IDÉE JOIE LIEU LIRE LOIN LONG MAIN MÊME MIEUX MODE MOIS MOINS NEUF NOËL NUIT ONT PAIX
    PAIN PAYS PEUR PIED PLAN PONT PORT RIEN SITE SOIN SOIR SONT SOUS STOP SUIT TEMPS TÔT VENT VERS VILLE VOIE VOIR VOIX
    VOL VOTE ZÉRO ZONE TOP FAN FUN VIA NET TEL PRÈS DEPUIS ENTRE LEUR LEURS NOTRE VOTRE CETTE AUSSI ENCORE COMME QUAND
    AMOUR TERRE MONDE CINQ HUIT ONZE UNS SOLO DUO TRIO JE TU ME SE ÇA ÉTAT ÉCO
    """.split()
)

_PRONOUNCEABLE = re.compile(r"(?!.*[^AEIOUYÉÈÊÀÂÎÔÛ]{4})(?!.*[^AEIOUYÉÈÊÀÂÎÔÛ]{3}$)(?=.*[AEIOUYÉÈÊÀÂÎÔÛ])")
_SYLLABLES = re.compile(
    r"(?:[BCDFGHJKLMNPQRSTVWXZ][AEIOUÉÈ]){2}|[AEIOUÉÈ][BCDFGHJKLMNPQRSTVWXZ][AEIOUÉÈ][BCDFGHJKLMNPRSTVXZ]"
)
_PLAUSIBLE = re.compile(
    r"(?:[BCDFGPTV][LR]|S[CPTMN]|S[CPT]R|CH|PH|TH|GN|QU|PS|[BCDFGHJKLMNPQRSTVWXZ])?"
    r"(?:[AEIOUYÀÂÄÉÈÊËÎÏÔÖÛÜÙŒÆ].{0,5})?"
    r"(?:[AEIOUYÀÂÄÉÈÊËÎÏÔÖÛÜÙŒÆ][BCDFGHJKLMNPQRSTVWXZ]?|[AEIOUYÉÈÊÎÔÛ](?:[NRLCPS]T|[RLN]S|RD|ND|NC|RC|RG|MP|RN|RM|LE?S|PS|TS|CS|NG|CK|ST))"
)
_VOWELS = frozenset("AEIOUYÀÂÄÉÈÊËÎÏÔÖÛÜÙŒÆ")
_SHORT = 3
_LONG = 6


def spelt(word: str) -> str:
    """The letters of `word` as the engine says letter names."""
    return " ".join(letter for letter in word.upper() if letter.isalpha())


def is_common(word: str) -> bool:
    """Whether a short word in capitals is a word of every day."""
    return word in _COMMON


def is_acronym(word: str) -> bool:
    """Whether a word in capitals, among others in capitals, is an acronym rather than a word."""
    if word in _SPOKEN:
        return True
    if word in _COMMON:
        return False
    return len(word) <= _SHORT or not _is_word(word)


def _is_word(word: str) -> bool:
    """Whether a word in capitals could be a French word by its vowels and by how it begins and ends."""
    if not _VOWELS.intersection(word):
        return False
    return len(word) > _LONG or _PLAUSIBLE.fullmatch(word) is not None


def said(word: str) -> str:
    """A word in capitals among others that are not: an acronym, said or spelt, or a word that is only loud."""
    if word in _SPOKEN:
        return _SPOKEN[word] or spelt(word)
    if word in _COMMON:
        return word.lower()
    if len(word) <= _SHORT or not _VOWELS.intersection(word):
        return spelt(word)
    if len(word) < _LONG - 1:
        return word.capitalize() if _SYLLABLES.fullmatch(word) else spelt(word)
    return word.capitalize() if _PRONOUNCEABLE.match(word) else spelt(word)
