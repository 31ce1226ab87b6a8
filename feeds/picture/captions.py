"""The picture's own words, in English and French."""

from dataclasses import dataclass
from typing import Final

from audio.timeline import Slot
from feeds.words import NBSP, language_name, words_for

MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True)
class Captions:
    """One language's words; `{...}` parts are filled by str.format."""

    language: str
    timeline: str
    article: str
    articles: str
    in_all: str
    target: str
    limit: str
    all_good: str
    wrong: str
    louder: str
    quieter: str
    over: str
    good: str
    estimated: str
    not_built: str
    programme: str
    own_scale: str
    voices: str
    jingles: str
    marks: str
    music: str
    short_voice: str
    slots: dict[Slot, str]
    short_slots: dict[Slot, str]
    chapter: str
    waveform: str
    peak_mark: str
    peak_line: str
    curve: str
    band: str
    whole: str
    quieter_side: str
    louder_side: str
    number: str
    colon: str
    loudness_axis: str
    wave_axis: str


ENGLISH: Final = Captions(
    language="en",
    timeline="How the issue sounds",
    article="1 article",
    articles="{count} articles",
    in_all="{time} in all",
    target="target {lufs} ± {tolerance} LUFS",
    limit="true peak at most {peak} dBTP",
    all_good="Every file is as loud as it should be, and no peak is over the limit.",
    wrong="Look at {which}.",
    louder="{by} LU too loud",
    quieter="{by} LU too quiet",
    over="peak {by} dB too high",
    good="as it should be",
    estimated="estimated",
    not_built="times estimated from the text, not read aloud yet",
    programme="The whole issue in one file",
    own_scale="on a time scale of its own",
    voices="Who speaks",
    jingles="Music",
    marks="Marks",
    music="music",
    short_voice="{language}: {voice}",
    slots={
        Slot.INTRO: "intro",
        Slot.STING: "sting between articles",
        Slot.LANGUAGE: "between languages",
        Slot.OUTRO: "outro",
        Slot.BED: "bed, under speech",
    },
    short_slots={
        Slot.INTRO: "intro",
        Slot.STING: "sting",
        Slot.LANGUAGE: "language",
        Slot.OUTRO: "outro",
        Slot.BED: "bed",
    },
    chapter="chapter",
    waveform="waveform in the language’s colour (pale: peaks)",
    peak_mark="highest peak",
    peak_line="peak limit",
    curve="loudness from moment to moment (over 3 s)",
    band="target and tolerance",
    whole="loudness of the whole file: belongs in the green",
    quieter_side="quieter",
    louder_side="louder",
    number="article {number}",
    colon=": ",
    loudness_axis="LUFS",
    wave_axis="sound",
)

FRENCH: Final = Captions(
    language="fr",
    timeline="Le numéro tel qu’on l’entend",
    article=f"1{NBSP}article",
    articles=f"{{count}}{NBSP}articles",
    in_all="{time} en tout",
    target=f"cible {{lufs}} ± {{tolerance}}{NBSP}LUFS",
    limit=f"crête vraie {{peak}}{NBSP}dBTP au plus",
    all_good="Chaque fichier a le niveau voulu, et aucune crête ne dépasse la limite.",
    wrong=f"À regarder{NBSP}: {{which}}.",
    louder=f"trop fort de {{by}}{NBSP}LU",
    quieter=f"trop faible de {{by}}{NBSP}LU",
    over=f"crête trop haute de {{by}}{NBSP}dB",
    good="comme il faut",
    estimated="estimé",
    not_built="durées estimées d’après le texte, rien n’est encore lu",
    programme="Tout le numéro en un fichier",
    own_scale="à sa propre échelle de temps",
    voices="Qui parle",
    jingles="Musique",
    marks="Repères",
    music="musique",
    short_voice=f"{{language}}{NBSP}: {{voice}}",
    slots={
        Slot.INTRO: "indicatif",
        Slot.STING: "virgule entre articles",
        Slot.LANGUAGE: "entre deux langues",
        Slot.OUTRO: "indicatif de fin",
        Slot.BED: "tapis, sous la voix",
    },
    short_slots={
        Slot.INTRO: "indicatif",
        Slot.STING: "virgule",
        Slot.LANGUAGE: "langue",
        Slot.OUTRO: "fin",
        Slot.BED: "tapis",
    },
    chapter="chapitre",
    waveform=f"forme d’onde à la couleur de la langue (pâle{NBSP}: crêtes)",
    peak_mark="crête la plus haute",
    peak_line="limite de crête",
    curve=f"niveau d’instant en instant (sur 3{NBSP}s)",
    band="cible et tolérance",
    whole="niveau de tout le fichier, à sa place dans le vert",
    quieter_side="plus faible",
    louder_side="plus fort",
    number="article {number}",
    colon=f"{NBSP}: ",
    loudness_axis="LUFS",
    wave_axis="son",
)


def captions_for(language: str) -> Captions:
    """French captions for French, English ones for every other language."""
    return FRENCH if words_for(language).language == "fr" else ENGLISH


def figure(value: float, captions: Captions, places: int = 1) -> str:
    """A figure as it is printed: `−16.1`, in French `−16,1`; `places` decimals at most, and no sign on zero."""
    text = f"{abs(value):.{places}f}"
    sign = MINUS if value < 0 and float(text) else ""
    return sign + text.replace(".", words_for(captions.language).decimal)


def plain_figure(value: float, captions: Captions) -> str:
    """A setting as its owner would write it: `−16`, `0.5`."""
    return figure(value, captions, places=0 if float(value).is_integer() else 1)


def voice_caption(language: str, voice: str, captions: Captions) -> str:
    """Who speaks, in words: `English: en_US-joe-medium`."""
    return captions.short_voice.format(language=language_name(language), voice=voice)
