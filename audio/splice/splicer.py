"""The reels of a whole programme: taken from the shelf, or made; as loud together as the edition asks."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from audio.containers import Container
from audio.encode.join import Stretch
from audio.loudness import LoudnessError
from audio.master import OTHER_METERS_LU
from audio.measure import Measured
from audio.score import Part, Score
from audio.splice.place import Place, places
from audio.splice.press import Press, Wanted
from audio.splice.reel import Reel
from audio.splice.reel_key import reel_key
from audio.splice.shelf import Shelf
from audio.splice.whole import measured

_MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Splice:
    """A programme's reels in one container, in order; their frames, and what they measure together."""

    container: Container
    reels: tuple[Reel, ...]
    stretches: tuple[Stretch, ...]
    measured: Measured


@dataclass(frozen=True, slots=True)
class Splicer:
    """What a programme's reels are found and made with; as many parts at once as the press makes reels of one.

    `go_on` is called before each of them.
    """

    score: Score
    press: Press
    shelf: Shelf
    go_on: Callable[[], None] = lambda: None

    def splices(self, containers: Sequence[Container]) -> tuple[Splice, ...]:
        """The reels in each of these containers.

        The words of every part are as loud as the edition asks, and music is softer: where the music and the pauses
        make the whole too soft, all parts are made louder by what the edition tolerates, once or twice: a finer measure
        would change with every word, and make every part anew. Raises LoudnessError where that does not bring it
        right, and all that making a part raises.
        """
        sound = self.press.sound
        most_lu = sound.loudness_tolerance_lu - OTHER_METERS_LU
        shifts_lu = dict.fromkeys(containers, 0.0)
        for _ in range(_MOST_ROUNDS):
            splices = self._made(shifts_lu)
            over_lu = {each.container: each.measured.lufs - sound.target_lufs for each in splices}
            wrong = [each for each, over in over_lu.items() if abs(over) > most_lu]
            if not wrong:
                return splices
            shifts_lu |= {each: round(shifts_lu[each] - round(over_lu[each] / most_lu) * most_lu, 3) for each in wrong}
        figures = ", ".join(f"{each.container}: {each.measured.lufs:.2f} LUFS" for each in splices)
        raise LoudnessError(f"its parts, joined, are not as loud as the edition asks ({figures})")

    def _made(self, shifts_lu: Mapping[Container, float]) -> tuple[Splice, ...]:
        """The reels in each container, this much louder than asked."""
        with ThreadPoolExecutor(max_workers=self.press.workers) as pool:
            parts = places(self.score, self.press.jingles, self.press.sound)
            found = list(pool.map(lambda part, place: self._reels(part, place, shifts_lu), self.score, parts))
        return tuple(
            self._splice(container, [part[number] for part in found]) for number, container in enumerate(shifts_lu)
        )

    def _reels(self, part: Part, place: Place, shifts_lu: Mapping[Container, float]) -> tuple[tuple[str, Reel], ...]:
        """A part's reel in each container, and its key."""
        self.go_on()
        press = self.press
        keys = {
            container: reel_key(part, place, press.jingles, press.sound, container, shift)
            for container, shift in shifts_lu.items()
        }
        found = {container: self.shelf.find(key) for container, key in keys.items()}
        missing = [container for container, reel in found.items() if reel is None]
        wanted = [Wanted(each, shifts_lu[each], self.shelf.frames(keys[each])) for each in missing]
        for container, reel in zip(missing, press.make(part, place, wanted) if wanted else (), strict=True):
            self.shelf.keep(keys[container], reel)
            found[container] = reel
        return tuple((keys[container], reel) for container, reel in found.items() if reel)

    def _splice(self, container: Container, kept: Sequence[tuple[str, Reel]]) -> Splice:
        reels = tuple(reel for _, reel in kept)
        stretches = tuple(Stretch(self.shelf.frames(key), reel.sizes) for key, reel in kept)
        return Splice(container, reels, stretches, measured(reels, self.press.sound.sample_rate))
