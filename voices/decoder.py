"""A Piper voice's decoder: frames to samples, in windows so small that what one step makes is there for the next."""

from voices.graph import FloatArray, Session
from voices.windows import in_windows

REACH = "reach"
"""What a graph notes: how much on either side of a value its own sound depends on; nothing where that is unknown."""

REACH_OF_ALL = "reach_of_all"
"""The same for the first graph and all behind it, in frames."""

WINDOW_FRAMES = 384
"""The most frames decoded at once, 4.5 s of a medium Piper voice. What is longer fills the memory; what is shorter is
lost to the 12 frames on either side that are decoded twice."""

WINDOW_LATER = 1536
"""The same where the first rise of the rate is done. There hardly anything is decoded twice, and what a medium voice
makes of them, 0.4 to 3 MB, stays in the processor's cache (docs/decisions/0023-closer-to-the-limit.md)."""


class Decoder:
    """Graphs that are run one behind the other, as voices.graph_edits.stages cuts them."""

    def __init__(self, first: Session, *later: Session) -> None:
        self._first = first
        self._inputs = tuple(first.input_shapes)
        self._reach = _noted(first, REACH_OF_ALL)
        self._later = tuple(map(_Stage, later))

    def run(self, frames: FloatArray, others: list[FloatArray]) -> FloatArray:
        """The samples, shape (count,), of `frames`, shape (1, channels, frames).

        `others` is what the first graph wants beside them: the speaker's voice, for one.
        """

        def decode(window: FloatArray) -> FloatArray:
            sound = self._first.run(dict(zip(self._inputs, (window, *others), strict=True)))[0]
            for stage in self._later:
                sound = in_windows(sound, stage.reach, stage.run, WINDOW_LATER)
            return sound

        return in_windows(frames, self._reach, decode, WINDOW_FRAMES).reshape(-1)


class _Stage:
    def __init__(self, graph: Session) -> None:
        self._graph = graph
        (self._input,) = graph.input_shapes
        self.reach = _noted(graph, REACH)

    def run(self, window: FloatArray) -> FloatArray:
        return self._graph.run({self._input: window})[0]


def _noted(graph: Session, key: str) -> int | None:
    reach = graph.notes.get(key)
    return int(reach) if reach else None
