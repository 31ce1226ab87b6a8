"""Edits of model graphs, on a small Piper-like model made here and run for real."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from voices import graph_edits as edits
from voices.graph import ModelError, Session

HERE = Path("small.onnx")


def small_voice(kind: str = "LeakyRelu") -> Any:
    """Three channels in, noise added, two transposed convolutions and dilated ones, eight samples per frame."""
    rng = np.random.default_rng(1)

    def weight(name: str, *shape: int) -> Any:
        return numpy_helper.from_array(rng.standard_normal(shape).astype(np.float32), name)

    nodes = [
        helper.make_node("Ceil", ["x"], ["long"], name="/Ceil"),
        helper.make_node("RandomNormalLike", ["x"], ["drawn"], name="/RandomNormalLike"),
        helper.make_node("Add", ["x", "drawn"], ["z"], name="/Add"),
        helper.make_node("Conv", ["z", "dec.conv_pre.weight"], ["a"], name="/dec/pre", pads=[3, 3], kernel_shape=[7]),
        helper.make_node(kind, ["a"], ["b"], name="/dec/middle"),
        helper.make_node(
            "ConvTranspose", ["b", "up"], ["c"], name="/dec/up", strides=[4], kernel_shape=[8], pads=[2, 2]
        ),
        helper.make_node("Conv", ["c", "wide"], ["d"], name="/dec/wide", kernel_shape=[5], dilations=[3], pads=[6, 6]),
        helper.make_node("Add", ["c", "d"], ["e"], name="/dec/add"),
        helper.make_node(
            "ConvTranspose", ["e", "up2"], ["f"], name="/dec/up2", strides=[2], kernel_shape=[4], pads=[1, 1]
        ),
        helper.make_node("Tanh", ["f"], ["output"], name="/dec/tanh"),
    ]
    weights = [
        weight("dec.conv_pre.weight", 4, 3, 7),
        weight("up", 4, 4, 8),
        weight("wide", 4, 4, 5),
        weight("up2", 4, 1, 4),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "frames"])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, None)],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    model = onnx.load_model_from_string(model.SerializeToString())
    edits.expose(model, edits.durations_tensor(model, HERE))
    edits.noise_as_inputs(model, HERE)
    return model


def session(model: Any) -> Session:
    """The model, loaded."""
    return Session(model.SerializeToString(), HERE)


def inputs(frames: int) -> dict[str, np.ndarray]:
    """The same numbers for the same number of frames, with more noise than is needed."""
    rng = np.random.default_rng(frames)
    x = rng.standard_normal((1, 3, frames), dtype=np.float32)
    return {"x": x, "noise_0": rng.standard_normal((1, 3, frames + 9), dtype=np.float32)}


def test_noise_is_what_is_given() -> None:
    """The drawing node is gone: noise given in is added as it is, cut to the length needed, and nothing else is."""
    model = small_voice()
    edits.expose(model, "z")
    given = inputs(5)
    *_, z = session(model).run(given)
    assert np.array_equal(z, given["x"] + given["noise_0"][:, :, :5])


def test_cutting_changes_nothing() -> None:
    """A model run in two parts gives what it gives whole, bit by bit, its inner durations included."""
    whole, durations = session(small_voice()).run(inputs(20))
    reader, decoder = map(session, edits.cut_at_decoder(small_voice(), HERE))
    frames, durations_alone = reader.run(inputs(20))
    (name,) = decoder.input_shapes
    assert np.array_equal(decoder.run({name: frames})[0], whole)
    assert np.array_equal(durations_alone, durations)


def test_widening_keeps_the_sound() -> None:
    """Convolutions as pictures give the same samples but for rounding, and every one of them was turned."""
    model = small_voice()
    plain, _ = session(model).run(inputs(30))
    edits.widen(model)
    wide, _ = session(model).run(inputs(30))
    assert wide.shape == plain.shape
    assert np.allclose(wide, plain, atol=1e-5)
    shapes = [len(tensor.dims) for tensor in model.graph.initializer if tensor.data_type == TensorProto.FLOAT]
    assert shapes == [4, 4, 4, 4]


def test_reach_is_as_far_as_a_frame_is_heard() -> None:
    """Where one frame is changed, no sample changes that is further away than the reach, and some at half of it do."""
    _, decoder = edits.cut_at_decoder(small_voice(), HERE)
    reach = edits.reach(decoder)
    assert reach is not None
    run = session(decoder)
    (name,) = run.input_shapes
    still = np.zeros((1, 3, 61), dtype=np.float32)
    struck = still.copy()
    struck[0, :, 30] = 1.0
    before, after = (run.run({name: frames})[0].reshape(61, -1) for frames in (still, struck))
    changed = np.flatnonzero(np.any(before != after, axis=1)) - 30
    assert -reach <= changed.min() < -reach / 2
    assert reach / 2 < changed.max() <= reach


def test_stages_in_a_row_give_the_sound_of_the_whole() -> None:
    """Cut where the rate rises again, a decoder gives the same samples bit by bit; each stage's reach is its own."""
    _, decoder = edits.cut_at_decoder(small_voice(), HERE)
    stages = edits.stages(decoder)
    assert [edits.reach(stage) for stage in stages] == [7, 2]  # 3 + 2 + 6/4, and 4/2
    sound = frames = np.random.default_rng(5).standard_normal((1, 3, 25), dtype=np.float32)
    for run in map(session, stages):
        (name,) = run.input_shapes
        sound = run.run({name: sound})[0]
    whole = session(decoder)
    (name,) = whole.input_shapes
    assert np.array_equal(sound, whole.run({name: frames})[0])


def test_a_decoder_with_a_way_past_the_cut_is_not_cut() -> None:
    """Where an earlier tensor is needed behind the cut as well, there is one stage, with nothing missing."""
    _, decoder = edits.cut_at_decoder(small_voice(), HERE)
    *most, last = decoder.graph.node
    past = helper.make_node("ReduceMean", ["a"], ["mean"], axes=[0, 1, 2])
    last.input[0] = "g"
    nodes = [*most, past, helper.make_node("Add", ["f", "mean"], ["g"]), last]
    del decoder.graph.node[:]
    decoder.graph.node.extend(nodes)
    (stage,) = edits.stages(decoder)
    assert len(stage.graph.node) == len(nodes)


@pytest.mark.parametrize("name", ["/dec/pre", "/dec/up2"])
def test_reach_is_unknown_where_lengths_are_not_whole_multiples(name: str) -> None:
    """A convolution that shortens what it hears, or an upsampling that gives less than its stride, is not windowed."""
    _, decoder = edits.cut_at_decoder(small_voice(), HERE)
    (node,) = (node for node in decoder.graph.node if node.name == name)
    (pads,) = (attribute for attribute in node.attribute if attribute.name == "pads")
    pads.ints[:] = [pads.ints[0], pads.ints[1] + (1 if name == "/dec/up2" else -1)]
    assert edits.reach(decoder) is None


def test_reach_is_unknown_where_time_is_mixed() -> None:
    """A decoder with a step that looks at all frames at once has no reach, and is not cut into windows."""
    _, decoder = edits.cut_at_decoder(small_voice("Softmax"), HERE)
    assert edits.reach(decoder) is None


def test_what_is_written_down_stays() -> None:
    """A note in the graph can be read from the loaded session."""
    model = small_voice()
    edits.note(model, "reach", 12)
    edits.note(model, "reach_of_all", None)
    assert session(model).notes == {"reach": "12"}


@pytest.mark.parametrize("damage", [b"", b"not a model", b"\x08\x08\x12"])
def test_other_files_are_no_models(damage: bytes) -> None:
    """What is no ONNX model, or no Piper voice, is refused with the file's name."""
    with pytest.raises(ModelError, match=r"small\.onnx"):
        edits.durations_tensor(edits.load_model(damage, HERE), HERE)
