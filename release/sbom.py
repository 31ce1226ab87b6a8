"""A bill of materials for a release, as CycloneDX: `python -m release.sbom PYTHON FILE`.

PYTHON is an environment into which only the release and what is locked, extras and all, were installed; its packages,
their licences and who needs whom are cyclonedx-py's work. Which of them only an extra needs, licences that had to be
looked up, the voices of the catalogue and the model that listens, which a user fetches, come from here.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from articles.files import write_whole
from audio.listening.models import FETCH_COMMAND, Model, listening_model
from release.licences import optional_packages, packages
from voices.catalogue import AssetFile, CatalogueVoice, load_catalogue

# What an environment has to install others with.
_TOOLS = ("pip", "setuptools", "wheel")


def bill_of(python: str) -> dict[str, Any]:
    """What is installed there, and every model; the same again for the same. Raises CalledProcessError."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", python, "--pyproject", "pyproject.toml"]
    options = ["--output-reproducible", "--of", "JSON", "--sv", "1.6", "--mc-type", "application"]
    bill: dict[str, Any] = json.loads(subprocess.run([*command, *options], capture_output=True, check=True).stdout)
    licences, optional = packages(), optional_packages()
    parts = []
    for part in bill["components"]:
        if (name := canonicalize_name(part["name"])) in _TOOLS:
            continue
        if not part.get("licenses") and licences.get(name):  # some packages say it in a file only
            part["licenses"] = [{"expression": licences[name]}]
        parts.append(part | ({"scope": "optional"} if name in optional else {}))
    voices = [component_of(name, voice) for name, voice in sorted(load_catalogue().items()) if voice.files]
    return bill | {"components": [*parts, *voices, ear_of(listening_model())]}


def component_of(name: str, voice: CatalogueVoice) -> dict[str, Any]:
    """A voice as CycloneDX has it."""
    told = f"{voice.engine} voice, {voice.language}; fetched by `vivavoce voices install {name}`"
    return _component("voice", name, told, voice.licence, voice.files)


def ear_of(model: Model) -> dict[str, Any]:
    """The model that listens, as CycloneDX has it."""
    return _component("model", model.name, f"{model.credit}; fetched by `{FETCH_COMMAND}`", model.licence, model.files)


def _component(kind: str, name: str, told: str, licence: str, files: Iterable[AssetFile]) -> dict[str, Any]:
    """A model: its files with their hashes, where these are known before they are fetched."""
    return {
        "type": "machine-learning-model",
        "bom-ref": f"{kind}:{name}",
        "name": name,
        "description": told,
        "licenses": [{"license": {"name": licence}}],
        "components": [
            {"type": "file", "bom-ref": f"{kind}:{name}/{file.filename}", "name": file.filename}
            | ({"hashes": [{"alg": "SHA-256", "content": file.sha256}]} if file.sha256 else {})
            for file in files
        ],
    }


if __name__ == "__main__":
    write_whole(Path(sys.argv[2]), json.dumps(bill_of(sys.argv[1]), indent=1, ensure_ascii=False).encode() + b"\n")
