"""The `[sound]` section of `edition.toml`: how loud, how dense, which jingles, how long the pauses."""

from dataclasses import dataclass, field, fields

from articles.continuity import check_template
from audio.jingle_names import DEFAULT, NONE, JingleNames

__all__ = ["BITRATES_KBPS", "CHANNELS", "DEFAULT", "FORMATS", "NONE", "SAMPLE_RATES", "Pauses", "Sound"]

BITRATES_KBPS = (64, 96, 128)
SAMPLE_RATES = (44_100, 48_000)
FORMATS = ("mp3", "m4a", "opus")
CHANNELS = ("auto", "mono", "stereo")

_LONGEST_OVERLAP_MS = 5000

_LONGEST_PAUSE_MS = 1500  # with soft sounds on both sides still well under two seconds of silence


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence between two segments in milliseconds, by what stands there; where two apply, the longer one.

    `sentence_ms` lies between sentences of one block, `breath_ms` between the parts of one sentence, and
    `jingle_ms` between a jingle and the speech. `aside_ms` lies around captions, tables and footnotes,
    `language_ms` where one language gives way to another, and each of the others around (a heading: before) a
    block of that kind.

    Raises ValueError for a pause outside 0 … 1500 ms.
    """

    breath_ms: int = 120
    sentence_ms: int = 380
    list_item_ms: int = 500
    paragraph_ms: int = 750
    quotation_ms: int = 750
    aside_ms: int = 850
    language_ms: int = 600
    standfirst_ms: int = 900
    heading_ms: int = 1000
    headline_ms: int = 1000
    jingle_ms: int = 350

    def __post_init__(self) -> None:
        for pause in fields(self):
            value = getattr(self, pause.name)
            if not 0 <= value <= _LONGEST_PAUSE_MS:
                raise ValueError(
                    f"{pause.name} is {value}: give milliseconds from 0 to {_LONGEST_PAUSE_MS} "
                    f"({pause.default} unless you say otherwise)"
                )


@dataclass(frozen=True, slots=True)
class Sound:
    """How every episode of the edition sounds.

    `target_lufs` is the integrated loudness (ITU-R BS.1770) of the finished file, right to
    `loudness_tolerance_lu`; `true_peak_db` is what its decoded true peak stays under. `formats` are the files that
    are made of an episode, MP3 first; `channels` is `mono`, `stereo`, or `auto`: stereo when one of the edition's
    jingles is, so that all its episodes agree.

    `intro`, `outro`, `sting` (before a programme's next article), `language` (where one language gives way to
    another) and `bed` (quiet music under headline and standfirst) are paths in the edition's folder, relative to it, ""
    for the one that ships, "none" for none. `languages` and `sections` say where they differ: a section's jingle
    goes before a language's, that before the edition's. A broken one is an error, or, with `jingle_fallback`,
    replaced by the one that ships. `overlap_ms` is how far speech may start before an intro or a sting has ended;
    `ident` gives, for a language, the template of what is said over the intro. `programme` is whether the whole
    issue is made into one sound file too.

    Raises ValueError, in one line that says what is allowed, for a value out of range.
    """

    target_lufs: float = -16.0
    loudness_tolerance_lu: float = 0.5
    true_peak_db: float = -1.0
    bitrate_kbps: int = 96
    sample_rate: int = 44_100
    intro: str = DEFAULT
    outro: str = DEFAULT
    bed: str = NONE
    sting: str = DEFAULT
    language: str = NONE
    overlap_ms: int = 0
    ident: dict[str, str] = field(default_factory=dict)
    languages: dict[str, JingleNames] = field(default_factory=dict)
    sections: dict[str, JingleNames] = field(default_factory=dict)
    jingle_fallback: bool = False
    formats: tuple[str, ...] = FORMATS[:1]
    channels: str = CHANNELS[0]
    programme: bool = True
    pauses: Pauses = field(default_factory=Pauses)

    def __post_init__(self) -> None:
        self._within("target_lufs", -31.0, -10.0, "LUFS; podcasts use -16, European radio -23")
        self._within("loudness_tolerance_lu", 0.1, 3.0, "LU; 0.5 is usual")
        self._within("true_peak_db", -9.0, 0.0, "dBTP; -1 is usual")
        self._one_of("bitrate_kbps", BITRATES_KBPS, "kilobits a second; 96 is right for one voice")
        self._one_of("sample_rate", SAMPLE_RATES, "samples a second; 44100 plays everywhere")
        self._one_of("channels", CHANNELS, "(auto: stereo when a jingle is)")
        self._within("overlap_ms", 0, _LONGEST_OVERLAP_MS, "milliseconds; 0 lets no word into the music")
        known = set(self.formats) <= set(FORMATS) and len(set(self.formats)) == len(self.formats)
        if self.formats[:1] != FORMATS[:1] or not known:
            written = ", ".join(f'"{name}"' for name in self.formats)
            raise ValueError(f'formats is [{written}]: give "mp3", and after it "m4a", "opus" or both')
        for language, template in self.ident.items():
            _check_ident(language, template)

    def _within(self, name: str, lowest: float, highest: float, usual: str) -> None:
        value = getattr(self, name)
        if not lowest <= value <= highest:  # so written, NaN is refused as well
            raise ValueError(f"{name} is {value}: give a value from {lowest:g} to {highest:g} {usual}")

    def _one_of(self, name: str, allowed: tuple[object, ...], usual: str) -> None:
        value = getattr(self, name)
        if value not in allowed:
            *firsts, last = map(str, allowed)
            raise ValueError(f"{name} is {value}: give {', '.join(firsts)} or {last} {usual}")


def _check_ident(language: str, template: str) -> None:
    try:
        check_template(template)
    except ValueError as error:
        raise ValueError(f"ident.{language} is wrong: {error}") from None
