"""Model graphs opened for word times and for repeatable sound; the only file that imports onnx and onnxruntime.

The published models hide two things that an audio edition needs. How long each phoneme lasts is computed inside and
thrown away: here that tensor becomes an output. Piper's models draw their own noise, which no caller can seed run by
run: here each drawing node is replaced by an input, so that a clip is a pure function of what goes in.
"""

from pathlib import Path
from typing import Any, cast

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from articles.errors import ExitCode, VivavoceError

FloatArray = NDArray[np.float32]


class ModelError(VivavoceError):
    """A model file is not one that this engine can run."""

    exit_code = ExitCode.MISSING_VOICE


class Session:
    """A model loaded for one thread: named arrays in, the graph's outputs out, in the graph's order."""

    def __init__(self, model: Any, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        # One thread each: the studio runs one process per core, and two threads per sentence cost half as much again.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Decoders fade into denormal numbers, which x86 computes a hundred times slower than zeros.
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                model.SerializeToString(), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own exceptions share no base class
            raise ModelError(f"{path}: onnxruntime cannot load this model ({error})") from error

    def run(self, inputs: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Every output for these inputs."""
        return cast(list[NDArray[Any]], self._session.run(None, inputs))


def load_model(path: Path) -> Any:
    """The model's graph as stored. Raises ModelError when the file is not an ONNX model."""
    try:
        return onnx.load(str(path))
    except Exception as error:  # protobuf, OS and value errors alike
        raise ModelError(
            f"{path}: not a readable ONNX model ({error})", hint="install the voice again with --force"
        ) from error


def expose(model: Any, tensor: str) -> None:
    """Make an inner tensor of `model` an output, behind the present ones."""
    info = onnx.helper.ValueInfoProto()
    info.name = tensor
    model.graph.output.append(info)


def durations_tensor(model: Any, path: Path) -> str:
    """The tensor of frames per input symbol in a VITS graph: the output of its only Ceil node."""
    found = [node.output[0] for node in model.graph.node if node.op_type == "Ceil"]
    if len(found) != 1:
        raise ModelError(f"{path}: not a Piper voice (expected one Ceil node, found {len(found)})")
    return str(found[0])


def noise_as_inputs(model: Any, path: Path) -> dict[str, int]:
    """Replace every RandomNormalLike of `model` by an input of shape (1, channels, any), cut to the length needed.

    Returns each input's name and its number of channels, in graph order: two for VITS's stochastic durations, else the
    width of the latent that the decoder takes in (192 in a medium voice, 96 in the smallest). Raises ModelError.
    """
    latent_channels = _latent_channels(model, path)
    inputs: dict[str, int] = {}
    nodes = []
    for node in model.graph.node:
        if node.op_type != "RandomNormalLike":
            nodes.append(node)
            continue
        like, drawn, name = node.input[0], node.output[0], f"noise_{len(inputs)}"
        inputs[name] = _DURATION_CHANNELS if "/dp/" in node.name else latent_channels
        nodes += [
            onnx.helper.make_node("Shape", [like], [f"{name}_shape"]),
            onnx.helper.make_node("Gather", [f"{name}_shape", "noise_axis"], [f"{name}_length"], axis=0),
            onnx.helper.make_node("Slice", [name, "noise_start", f"{name}_length", "noise_axis"], [drawn]),
        ]
        shape = [1, inputs[name], f"{name}_frames"]
        model.graph.input.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape))
    for name, value in (("noise_axis", 2), ("noise_start", 0)):
        constant = onnx.numpy_helper.from_array(np.array([value], dtype=np.int64), name)
        model.graph.initializer.append(constant)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return inputs


_DURATION_CHANNELS = 2
_DECODER_INPUT = "dec.conv_pre.weight"


def _latent_channels(model: Any, path: Path) -> int:
    """The second dimension of the decoder's first convolution, whose name every Piper export keeps."""
    for tensor in model.graph.initializer:
        if tensor.name == _DECODER_INPUT:
            return int(tensor.dims[1])
    raise ModelError(f"{path}: not a Piper voice (it has no {_DECODER_INPUT})")
