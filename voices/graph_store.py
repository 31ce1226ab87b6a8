"""Edited and optimised graphs, saved beside the voices: made by the first process that loads a voice on a computer.

A folder `graphs` holds, for each model and kind of processor, graphs, their weights, and a list of their sha256s. What
is not as the list says is made anew. Where nothing can be written, every process makes its own, and nothing is lost
but a second.
"""

import contextlib
import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articles.files import PARTIAL, WriteError, sha256_of, whole_file
from articles.remedies import remedy
from articles.sealed import keep_sealed, read_sealed
from voices.errand import silence
from voices.graph import ModelError, Session, runtime, save_optimised
from voices.workspace import alone, sweep

_FOLDER = "graphs"
_KIND, _FORMAT = "graphs", 1
_CPU_FACTS = ("vendor_id", "cpu family", "flags", "CPU implementer", "CPU part", "Features")  # of x86, then of ARM


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is edited: `edit` gives its graphs by name, in order; a higher `version` means other graphs."""

    engine: str
    version: int
    edit: Callable[[bytes, Path], dict[str, bytes]]


def open_model(model: Path, sha256: str, recipe: Recipe) -> tuple[Session, ...]:
    """A session for each of the recipe's graphs, in order, from the saved ones where they are whole.

    `sha256` is what the model's should be; nothing, and the file is taken for what it is. Raises ModelError when it is
    not what it should be.
    """
    sha256 = sha256 or _sha256_found(model)
    place = _Place(model, sha256, recipe)
    if saved := place.sessions():
        return saved
    with contextlib.suppress(OSError, WriteError):
        place.folder.mkdir(exist_ok=True)
        with alone(place.folder, silence):  # of several workers, one makes it for all
            sweep(place.folder)  # `alone` leaves files that could be continued, and here none can
            if saved := place.sessions():
                return saved
            _save(place, recipe.edit(_verified(model, sha256), model))
    if saved := place.sessions():
        return saved
    return tuple(Session(graph, model) for graph in recipe.edit(_verified(model, sha256), model).values())


@dataclass(frozen=True, slots=True)
class _Place:
    model: Path
    sha256: str
    recipe: Recipe

    @property
    def folder(self) -> Path:
        return self.model.parent / _FOLDER

    @property
    def family(self) -> str:
        """What all versions of this model's graphs for this processor have in common."""
        return f"{self.model.stem}.{_digest(this_cpu())[:8]}."

    @property
    def stem(self) -> str:
        facts = json.dumps([self.sha256, self.recipe.engine, self.recipe.version, runtime(), this_cpu()])
        return f"{self.family}{_digest(facts)[:16]}"

    @property
    def list(self) -> Path:
        return self.folder / f"{self.stem}.json"

    def graph(self, name: str) -> Path:
        return self.folder / f"{self.stem}.{name}.onnx"

    def sessions(self) -> tuple[Session, ...] | None:
        """The saved graphs, every byte of them checked; None when they are not there, or not whole."""
        try:
            sha256s = dict(json.loads(read_sealed(self.list, _KIND, _FORMAT) or b"{}"))
            if not all(sha256_of(self.folder / name) == sha256 for name, sha256 in sha256s.items()):
                return None
            graphs = [self.folder / name for name in sha256s if name.endswith(".onnx")]  # listed in their order
            return tuple(Session(path, self.model) for path in graphs) or None
        except (OSError, ValueError, TypeError, ModelError):
            return None


def _save(place: _Place, graphs: dict[str, bytes]) -> None:
    """Put the optimised graphs in place, the list last. Raises OSError or WriteError; with the folder's lock held."""
    sha256s = {}
    with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=place.folder) as scratch:
        for name, graph in graphs.items():
            try:
                made = save_optimised(graph, Path(scratch) / place.graph(name).name, place.model)
            except ModelError as error:
                raise WriteError(str(error)) from error  # a full disk, or a bad model: loading it unsaved will tell
            for file in filter(Path.exists, made):  # a graph without large weights has one file only
                sha256s[file.name] = sha256_of(file)
                with whole_file(place.folder / file.name) as partial:
                    file.replace(partial)
    keep_sealed(place.list, _KIND, _FORMAT, json.dumps(sha256s, indent=1).encode() + b"\n")
    for old in place.folder.glob(f"{place.family}*"):
        if not old.name.startswith(place.stem):
            old.unlink(missing_ok=True)


def _sha256_found(model: Path) -> str:
    try:
        return sha256_of(model)
    except OSError as error:
        raise _unreadable(model, error) from error


def _verified(model: Path, sha256: str) -> bytes:
    try:
        data = model.read_bytes()
    except OSError as error:
        raise _unreadable(model, error) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError(f"{model} is damaged: its sha256 is not {sha256}")
    return data


def _unreadable(model: Path, error: OSError) -> ModelError:
    # One that is gone has no hint: whoever knows which voice it is says how to install that.
    hint = "" if isinstance(error, FileNotFoundError) else remedy(error, model)
    return ModelError(f"{model}: cannot be read ({error.strerror or error})", hint=hint)


@cache
def this_cpu() -> str:
    """What tells this kind of processor from others for which onnxruntime would lay out a graph in another way.

    Where the system does not list the processor's abilities, the computer's name takes their place.
    """
    try:
        first = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split("\n\n", 1)[0]
    except OSError:
        return " ".join((platform.machine(), platform.processor(), platform.node()))
    facts = [line.partition(":") for line in first.splitlines()]
    known = [f"{name.strip()}={value.strip()}" for name, _, value in facts if name.strip() in _CPU_FACTS]
    return " ".join((os.uname().machine, *known))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
