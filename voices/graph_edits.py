"""Model graphs opened, widened and cut; the only file that imports onnx, and only while a voice is loaded first.

The published models hide two things that an audio edition needs. How long each phoneme lasts is computed inside and
thrown away: here that tensor becomes an output. Piper's models draw their own noise, which no caller can seed run by
run: here each drawing node is replaced by an input, so that a clip is a pure function of what goes in.

Two more edits change how they run. Convolutions over time become flat pictures, for which onnxruntime has faster
kernels; and a Piper voice is cut before its decoder, which can then be run window by window.
"""

from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from voices.graph import ModelError

_DURATION_CHANNELS = 2
_DECODER_INPUT = "dec.conv_pre.weight"
_AXIS = "picture_height"
_POINTWISE = frozenset(
    ("Add", "Sub", "Mul", "Div", "LeakyRelu", "Relu", "Tanh", "Sigmoid", "Constant", "Identity", "Squeeze", "Unsqueeze")
)  # what keeps every sample in its place in time


def load_model(source: bytes, path: Path) -> Any:
    """The graph that `source`, read from `path`, holds. Raises ModelError when it is not an ONNX model."""
    try:
        return onnx.load_model_from_string(source)
    except Exception as error:  # protobuf and value errors alike
        raise ModelError(f"{path}: not a readable ONNX model ({error})") from error


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


def noise_as_inputs(model: Any, path: Path) -> None:
    """Replace every RandomNormalLike of `model` by an input of shape (1, channels, any), cut to the length needed.

    The inputs are called noise_0, noise_1, … in graph order. They have two channels for VITS's stochastic durations,
    else the width of the latent that the decoder takes in (192 in a medium voice, 96 in the smallest). Raises
    ModelError.
    """
    latent_channels = int(_weight(model, _DECODER_INPUT, path).dims[1])
    nodes: list[Any] = []
    count = 0
    for node in model.graph.node:
        if node.op_type != "RandomNormalLike":
            nodes.append(node)
            continue
        like, drawn, name = node.input[0], node.output[0], f"noise_{count}"
        count += 1
        channels = _DURATION_CHANNELS if "/dp/" in node.name else latent_channels
        nodes += [
            onnx.helper.make_node("Shape", [like], [f"{name}_shape"]),
            onnx.helper.make_node("Gather", [f"{name}_shape", "noise_axis"], [f"{name}_length"], axis=0),
            onnx.helper.make_node("Slice", [name, "noise_start", f"{name}_length", "noise_axis"], [drawn]),
        ]
        shape = [1, channels, f"{name}_frames"]
        model.graph.input.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape))
    for name, value in (("noise_axis", 2), ("noise_start", 0)):
        _add_constant(model, name, value)
    _replace_nodes(model, nodes)


def widen(model: Any) -> None:
    """Turn each convolution over time into one over pictures one pixel high, with the same numbers.

    onnxruntime computes only those of two dimensions in blocks of channels (its NCHWc layout).
    """
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    nodes: list[Any] = []
    for node in model.graph.node:
        weight = weights.get(node.input[1]) if node.op_type in ("Conv", "ConvTranspose") else None
        if weight is None or len(weight.dims) not in (3, 4) or len(_attribute(node, "pads")) != 2:
            nodes.append(node)
            continue
        if len(weight.dims) == 3:  # not yet done for another node with the same weights
            weight.dims.insert(2, 1)
        for attribute in node.attribute:
            if attribute.name in ("dilations", "kernel_shape", "strides"):
                attribute.ints.insert(0, 1)
            elif attribute.name == "pads":
                attribute.ints[:] = [0, attribute.ints[0], 0, attribute.ints[1]]
            elif attribute.name == "output_padding":
                attribute.ints.insert(0, 0)
        source, result = node.input[0], node.output[0]
        node.input[0], node.output[0] = f"{result}_picture", f"{result}_pictured"
        nodes += [
            onnx.helper.make_node("Unsqueeze", [source, _AXIS], [node.input[0]]),
            node,
            onnx.helper.make_node("Squeeze", [node.output[0], _AXIS], [result]),
        ]
    _add_constant(model, _AXIS, 2)
    _replace_nodes(model, nodes)


def cut_at_decoder(model: Any, path: Path) -> tuple[Any, Any]:
    """A Piper graph as two: text to frames and to its other outputs, frames to sound.

    The second one's first input is the frames, of shape (1, channels, frames); others are what the first one hands
    over behind them. The first one's outputs are these in the same order, then durations. Raises ModelError.
    """
    _weight(model, _DECODER_INPUT, path)
    after: set[str] = set()
    head: list[Any] = []
    decoder: list[Any] = []
    for node in model.graph.node:
        if _DECODER_INPUT in node.input or after.intersection(node.input):
            decoder.append(node)
            after.update(node.output)
        else:
            head.append(node)
    return _parted(model, head, decoder)


def stages(decoder: Any) -> tuple[Any, ...]:
    """A decoder as graphs to be run one behind the other, cut where its rate rises for the second time, and the third.

    Each takes in what the one before it gives. Where more than one tensor would lead on, it is not cut.
    """
    done: list[Any] = []
    rest = decoder
    for tensor in [node.input[0] for node in decoder.graph.node if node.op_type == "ConvTranspose"][1:]:
        needed = {tensor}
        for node in reversed(rest.graph.node):
            if needed.intersection(node.output):
                needed.update(node.input)
        head = [node for node in rest.graph.node if needed.intersection(node.output)]
        tail = [node for node in rest.graph.node if not needed.intersection(node.output)]
        before, after = _parted(rest, head, tail)
        if _taken_in(after) == {tensor}:
            done.append(before)
            rest = after
    return (*done, rest)


def reach(decoder: Any) -> int | None:
    """How many frames on either side of a frame its sound depends on; None when it cannot be told from the graph.

    So it is where there are not as many samples for each frame, to the last one.
    """
    reached: dict[str, float] = {}
    rate: dict[str, int] = {}  # samples per frame
    for node in decoder.graph.node:
        far = max((reached.get(name, 0.0) for name in node.input), default=0.0)
        fine = max((rate.get(name, 1) for name in node.input), default=1)
        width, pads = sum(_attribute(node, "kernel_shape")), _attribute(node, "pads")
        stride, spread = max(_attribute(node, "strides"), default=1), max(_attribute(node, "dilations"), default=1)
        if node.op_type == "Conv" and stride == 1 and sum(pads) == spread * (width - 1):
            far += max(pads, default=0) / fine
        elif node.op_type == "ConvTranspose" and width - sum(pads) == stride:
            far += ceil(width / stride) / fine
            fine *= stride
        elif node.op_type not in _POINTWISE:
            return None
        for name in node.output:
            reached[name], rate[name] = far, fine
    return ceil(max(reached.values(), default=0.0))


def note(model: Any, key: str, value: int | None) -> None:
    """Write a number down in the graph, if it is known; it stays there when it is optimised."""
    if value is not None:
        entry = model.metadata_props.add()
        entry.key, entry.value = key, str(value)


def _parted(model: Any, head: list[Any], tail: list[Any]) -> tuple[Any, Any]:
    """Two graphs: `head` with the inputs of `model`, and `tail`, whose inputs are what the first hands over."""
    makers = {name: node for node in head for name in node.output}
    needed = list(dict.fromkeys(name for node in tail for name in node.input if name in makers))
    constants = [makers[name] for name in needed if makers[name].op_type == "Constant"]
    handed = [name for name in needed if makers[name].op_type != "Constant"]
    between = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in handed]
    after = {name for node in tail for name in node.output}
    last = [value for value in model.graph.output if value.name in after]
    others = [value for value in model.graph.output if value.name not in after]
    return (
        _part(model, head, list(model.graph.input), [*between, *others]),
        _part(model, [*constants, *tail], between, last),
    )


def _taken_in(model: Any) -> set[str]:
    """What the nodes of `model` need and none of them makes."""
    own = {name for node in model.graph.node for name in node.output}
    own.update(tensor.name for tensor in model.graph.initializer)
    return {name for node in model.graph.node for name in node.input} - own


def _attribute(node: Any, name: str) -> list[int]:
    return next((list(attribute.ints) for attribute in node.attribute if attribute.name == name), [])


def _weight(model: Any, name: str, path: Path) -> Any:
    for tensor in model.graph.initializer:
        if tensor.name == name:
            return tensor
    raise ModelError(f"{path}: not a Piper voice (it has no {name})")


def _add_constant(model: Any, name: str, value: int) -> None:
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.array([value], dtype=np.int64), name))


def _replace_nodes(model: Any, nodes: list[Any]) -> None:
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    del model.graph.value_info[:]  # shapes inside, no longer true and never needed


def _part(model: Any, nodes: list[Any], inputs: list[Any], outputs: list[Any]) -> Any:
    used = {name for node in nodes for name in node.input}
    weights = [tensor for tensor in model.graph.initializer if tensor.name in used]
    graph = onnx.helper.make_graph(nodes, model.graph.name or "part", inputs, outputs, weights)
    return onnx.helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
