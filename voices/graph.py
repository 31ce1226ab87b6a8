"""Models run by onnxruntime, which this file alone imports: one thread each, optimised for this computer once.

How the graphs come to be what they are: docs/decisions/0006-model-graphs.md and 0023-closer-to-the-limit.md
"""

from pathlib import Path
from typing import Any, cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from articles.errors import ExitCode, VivavoceError

FloatArray = NDArray[np.float32]

_LEAST_OUTSIDE_BYTES = 1024  # smaller constants stay in the graph's own file, where optimising looks for them


class ModelError(VivavoceError):
    """A model file is not one that this engine can run."""

    exit_code = ExitCode.MISSING_VOICE


class Session:
    """A graph loaded for one thread: named arrays in, the graph's outputs out, in the graph's order.

    A graph given as bytes is optimised first. One given as a path was saved by `save_optimised` on a computer like
    this one and is taken as it is; its weights are mapped, so that processes share them. Raises ModelError, which
    names `source`.
    """

    def __init__(self, graph: bytes | Path, source: Path) -> None:
        options = _options()
        if isinstance(graph, Path):
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        self._session = _load(graph if isinstance(graph, bytes) else str(graph), options, source)

    @property
    def input_shapes(self) -> dict[str, tuple[int | str | None, ...]]:
        """Each input's shape in order; a number where it is fixed, else a name or nothing."""
        return {value.name: tuple(value.shape) for value in self._session.get_inputs()}

    @property
    def notes(self) -> dict[str, str]:
        """What was written down in the graph when it was edited."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def run(self, inputs: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Every output for these inputs."""
        return cast(list[NDArray[Any]], self._session.run(None, inputs))


def save_optimised(graph: bytes, path: Path, source: Path) -> tuple[Path, Path]:
    """The two files into which `graph` is written as onnxruntime would run it on this computer: `path` and its weights.

    Raises ModelError when it cannot be run or written.
    """
    weights = path.with_suffix(".weights")
    options = _options()
    options.optimized_model_filepath = str(path)
    entry = "session.optimized_model_external_initializers"
    options.add_session_config_entry(f"{entry}_file_name", weights.name)
    options.add_session_config_entry(f"{entry}_min_size_in_bytes", str(_LEAST_OUTSIDE_BYTES))
    _load(graph, options, source)
    return path, weights


def runtime() -> str:
    """The name and version of what runs the graphs: another one may optimise them in another way."""
    return f"onnxruntime {onnxruntime.__version__}"


def _options() -> Any:
    options = onnxruntime.SessionOptions()
    # One thread each: the studio runs one process per core, and two threads per sentence cost half as much again.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Decoders fade into denormal numbers, which x86 computes a hundred times slower than zeros.
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    # A plan of memory is kept for each length of input, and no two sentences are equally long.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return options


def _load(graph: bytes | str, options: Any, source: Path) -> Any:
    try:
        return onnxruntime.InferenceSession(graph, sess_options=options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no base class
        raise ModelError(f"{source}: onnxruntime cannot load this model ({error})") from error
