"""The edition's jingles, opened: which one is heard where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

from articles.inside import COPY, OUTSIDE, is_inside
from articles.tomlfile import line_of
from audio.jingle_file import REPLACE, Jingle, JingleError, open_jingle
from audio.jingle_names import DEFAULT, NONE
from audio.sound import Sound
from audio.timeline import PlacedJingle, Slot

__all__ = ["Jingle", "JingleError", "Jingles", "open_jingles"]

_SHIPPED = Path(__file__).parent / "jingles"
_SETTINGS = "edition.toml"
_REINSTALL = "install vivavoce again"


@dataclass(frozen=True, slots=True, eq=False)
class Jingles:
    """The jingles that dress a part, None where there is none, and how many channels the edition's sound has.

    `others` are those of languages and sections where they differ, by both: ("fr", "") is all that is in French.
    """

    intro: Jingle | None = None
    outro: Jingle | None = None
    bed: Jingle | None = None
    sting: Jingle | None = None
    language: Jingle | None = None
    channels: int = 1
    others: Mapping[tuple[str, str], "Jingles"] = field(default_factory=dict)

    def of(self, language: str, section: str) -> "Jingles":
        """Those for a part in this language and section: what the section has goes before what the language has."""
        for place in ((language, section), ("", section), (language, "")):
            if place in self.others:
                return self.others[place]
        return self

    def get(self, slot: Slot) -> Jingle | None:
        """The jingle for a place in the episode."""
        return {
            Slot.INTRO: self.intro,
            Slot.STING: self.sting,
            Slot.LANGUAGE: self.language,
            Slot.OUTRO: self.outro,
            Slot.BED: self.bed,
        }[slot]

    def find(self, placed: PlacedJingle) -> Jingle:
        """The jingle that was placed there. Raises LookupError when it is none of these."""
        for jingle in self._all():
            if jingle.name == placed.name:
                return jingle
        raise LookupError(placed.name)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a producer should be told about them, a line each, every line once."""
        return tuple(dict.fromkeys(jingle.note for jingle in self._all() if jingle.note))

    def _all(self) -> Iterator[Jingle]:
        for each in (self, *self.others.values()):
            yield from filter(None, map(each.get, Slot))


def open_jingles(sound: Sound, edition: Path) -> Jingles:
    """The jingles that `sound` asks for, the edition's own or those that ship. Raises JingleError.

    With `sound.jingle_fallback` a broken one is replaced by the one that ships, and a note says so.
    """
    box = _Box(sound, edition)
    taken = {place: _taken(box, sound, *place) for place in product(("", *sound.languages), ("", *sound.sections))}
    stereo = sound.channels == "stereo" or any(jingle.channels > 1 for jingle in box.opened())
    taken = {place: replace(each, channels=2 if stereo else 1) for place, each in taken.items()}
    usual = taken.pop(("", ""))
    return replace(usual, others=taken)


def _taken(box: "_Box", sound: Sound, language: str, section: str) -> Jingles:
    def take(slot: Slot) -> Jingle | None:
        if slot is Slot.STING and not sound.programme:
            return None  # nothing follows anything
        return box.take(*_named(sound, slot, language, section), slot)

    return Jingles(take(Slot.INTRO), take(Slot.OUTRO), take(Slot.BED), take(Slot.STING), take(Slot.LANGUAGE))


def _named(sound: Sound, slot: Slot, language: str, section: str) -> tuple[str, tuple[str, ...]]:
    """The name of the jingle for a place, the section's, else the language's, else the edition's; where it is set."""
    if slot is not Slot.LANGUAGE:  # it stands between two of them
        for table, place, names in (
            ("sections", section, sound.sections.get(section)),
            ("languages", language, sound.languages.get(language)),
        ):
            name: str | None = getattr(names, slot, None)
            if name is not None:
                return name, ("sound", table, place, slot)
    return getattr(sound, slot), ("sound", slot)


def _place(edition: Path, keys: tuple[str, ...]) -> str:
    """Where in edition.toml it is set; nothing where that file is not to be had."""
    try:
        text = (edition / _SETTINGS).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
    return f"{_SETTINGS}:{line_of(text, keys)}: {'.'.join(keys)}: "


class _Box:
    """Jingles as they are taken out; each file is opened once."""

    def __init__(self, sound: Sound, edition: Path) -> None:
        self._sound = sound
        self._edition = edition
        self._opened: dict[str, Jingle] = {}

    def opened(self) -> tuple[Jingle, ...]:
        return tuple(self._opened.values())

    def take(self, name: str, keys: tuple[str, ...], slot: Slot) -> Jingle | None:
        if name == NONE:
            return None
        if name == DEFAULT:
            return self._default(slot)
        try:
            if not is_inside(self._edition, self._edition / name):
                raise JingleError(f"{name}: {OUTSIDE}", hint=COPY)
            return self._open(self._edition / name, name, REPLACE)
        except JingleError as error:
            told = f"{_place(self._edition, keys)}{error.message}"
            if not self._sound.jingle_fallback:
                raise JingleError(told, hint=error.hint) from error
            return replace(self._default(slot), note=f"{told}; the default {slot} is heard instead")

    def _default(self, slot: Slot) -> Jingle:
        shipped = self._open(_SHIPPED / f"{slot}.wav", f"the default {slot}", _REINSTALL)
        return replace(shipped, note="")  # no producer's doing

    def _open(self, path: Path, name: str, hint: str) -> Jingle:
        if name not in self._opened:
            sound = self._sound
            self._opened[name] = open_jingle(path, name, sound.sample_rate, mono=sound.channels == "mono", hint=hint)
        return self._opened[name]
