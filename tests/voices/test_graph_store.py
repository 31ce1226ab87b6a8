"""Saved graphs: made once, checked each time, and never in the way."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from articles.files import sha256_of
from voices import graph_store
from voices.graph import ModelError
from voices.graph_store import Recipe, open_model

X = np.random.default_rng(3).standard_normal((1, 8, 1, 40), dtype=np.float32)


def edit(source: bytes, _: Path) -> dict[str, bytes]:
    """Nothing to change."""
    return {"whole": source}


def never(source: bytes, _: Path) -> dict[str, bytes]:
    """For where nothing may be made."""
    raise AssertionError("made again")


RECIPE = Recipe("small", 1, edit)
SAVED = Recipe("small", 1, never)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A convolution that onnxruntime lays out in blocks, with weights large enough to be kept outside the graph."""
    rng = np.random.default_rng(2)
    weight = numpy_helper.from_array(rng.standard_normal((32, 8, 1, 5)).astype(np.float32), "w")
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["x", "w"], ["y"], name="conv", pads=[0, 2, 0, 2], kernel_shape=[1, 5]),
            helper.make_node("LeakyRelu", ["y"], ["out"], name="relu"),
        ],
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 8, 1, "n"])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)],
        [weight],
    )
    path = tmp_path / "small.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8), str(path))
    return path


def sound(model: Path, recipe: Recipe, sha256: str = "") -> np.ndarray:
    """What the model makes of X."""
    (session,) = open_model(model, sha256, recipe)
    (result,) = session.run({"x": X})
    return result


def files(model: Path, pattern: str = "*") -> list[str]:
    """The saved files' names."""
    return sorted(path.name for path in (model.parent / "graphs").glob(pattern) if path.name != ".lock")


def test_a_graph_is_made_once_and_sounds_the_same(model: Path) -> None:
    """The second time the saved graph serves; made, saved and unsaved ones give the same samples, bit by bit."""
    made = sound(model, RECIPE)
    assert len(files(model)) == 3
    assert any((model.parent / "graphs" / name).stat().st_size == 32 * 8 * 5 * 4 for name in files(model, "*.weights"))
    assert np.array_equal(sound(model, SAVED), made)
    for name in files(model):
        (model.parent / "graphs" / name).unlink()
    (model.parent / "graphs" / ".lock").unlink()
    (model.parent / "graphs").rmdir()
    (model.parent / "graphs").write_text("in the way")
    assert np.array_equal(sound(model, RECIPE), made)


@pytest.mark.parametrize("kind", ["*.weights", "*.onnx", "*.json"])
@pytest.mark.parametrize("damage", ["flipped", "cut", "gone"])
def test_a_damaged_graph_is_made_anew(model: Path, kind: str, damage: str) -> None:
    """One wrong bit, a file cut short or missing: what was saved is not trusted, and is whole again afterwards."""
    made = sound(model, RECIPE)
    (name,) = files(model, kind)
    path = model.parent / "graphs" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2 | 3] ^= 0xFF  # of a weight, the byte that counts most
    path.unlink()
    if damage != "gone":
        path.write_bytes(data if damage == "flipped" else data[: len(data) // 2])
    assert np.array_equal(sound(model, RECIPE), made)
    assert np.array_equal(sound(model, SAVED), made)


def test_a_list_that_lacks_a_graph_is_not_trusted(model: Path) -> None:
    """With a graph less a voice would sound wrong: a list that is valid, but not as it was written, is made anew."""
    two = Recipe("small", 1, lambda source, _: {"first": source, "second": source})
    assert len(open_model(model, "", two)) == 2
    (name,) = files(model, "*.json")
    path = model.parent / "graphs" / name
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r',\n "[^"]*second\.[^"]*": "[^"]*"', "", text), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    assert len(open_model(model, "", two)) == 2


def test_a_model_that_is_not_what_it_should_be_is_not_loaded(model: Path) -> None:
    """A model with another sha256 than it should have is refused, and nothing of it is saved."""
    right = sha256_of(model)
    data = bytearray(model.read_bytes())
    data[-9] ^= 1
    model.write_bytes(data)
    with pytest.raises(ModelError, match="damaged"):
        sound(model, RECIPE, right)
    assert files(model) == []
    with pytest.raises(ModelError, match="cannot be read"):
        open_model(model.with_name("none.onnx"), "", RECIPE)


def test_each_kind_of_processor_has_its_own_graphs(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph laid out for one processor is not used on another, and both stay."""
    sound(model, RECIPE)
    here = files(model)
    monkeypatch.setattr(graph_store, "this_cpu", lambda: "another processor")
    with pytest.raises(AssertionError, match="made again"):
        sound(model, SAVED)
    sound(model, RECIPE)
    assert set(here) < set(files(model))
    assert len(files(model)) == 6


def test_newer_graphs_take_the_place_of_older_ones(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With another recipe, another runtime or another model, new graphs are made, and the old ones removed."""
    sound(model, RECIPE)
    before = files(model)
    sound(model, Recipe("small", 2, edit))
    second = files(model)
    monkeypatch.setattr(graph_store, "runtime", lambda: "onnxruntime 99")
    sound(model, Recipe("small", 2, edit))
    assert len(before) == len(second) == len(files(model)) == 3
    assert not set(before) & set(second)
    assert not set(second) & set(files(model))


def test_what_a_killed_process_left_is_swept(model: Path) -> None:
    """A half-made graph of a process that was killed does not stay for ever."""
    left = model.parent / "graphs" / ".partial-x"
    left.mkdir(parents=True)
    (left / "small.onnx").write_bytes(b"half")
    sound(model, RECIPE)
    assert files(model, ".partial*") == []


def test_what_a_process_left_that_was_killed_while_it_saved_is_swept(model: Path) -> None:
    """Killed when a graph is written and has not got its name: the next one to load the model takes off what is left,
    though the file of another voice that is half fetched in the folder above stays.
    """
    fetched = model.parent / ".partial-url-other.onnx"
    fetched.write_bytes(b"half")
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from articles import files\n"
        "from voices.graph_store import Recipe, open_model\n"
        "files._sync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "open_model(Path(sys.argv[1]), '', Recipe('small', 1, lambda source, _: {'whole': source}))\n"
    )
    root = Path(graph_store.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", program, str(model)], cwd=root, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert [name for name in files(model, ".partial*") if name.endswith(".onnx")]
    sound(model, RECIPE)
    assert files(model, ".partial*") == []
    assert len(files(model)) == 3
    assert fetched.exists()


def test_several_processes_make_it_once(model: Path) -> None:
    """Of processes that load a model at the same time, one makes the graph and the others wait for it."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from voices.graph_store import Recipe, open_model\n"
        "def edit(source, path):\n"
        "    print('made')\n"
        "    return {'whole': source}\n"
        "open_model(Path(sys.argv[1]), '', Recipe('small', 1, edit))\n"
        "print('onnx' in sys.modules)\n"
    )
    command = [sys.executable, "-c", program, str(model)]
    root = Path(graph_store.__file__).parents[1]
    running = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate(timeout=60)[0].split() for process in running]
    assert sorted(said) == [["False"], ["False"], ["made", "False"]]
