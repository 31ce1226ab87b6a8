"""A bill of materials for a release, as CycloneDX: `python -m release.sbom PYTHON FILE`.

PYTHON is an environment into which only the release and what is locked were installed; its packages, their licences and
who needs whom are cyclonedx-py's work. The voices of the catalogue, which a user fetches, come from here.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from articles.files import write_whole
from voices.catalogue import CatalogueVoice, load_catalogue

# What an environment has to install others with.
_TOOLS = ("pip", "setuptools", "wheel")


def bill_of(python: str) -> dict[str, Any]:
    """What is installed there, and the voices; the same again for the same. Raises CalledProcessError."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", python, "--pyproject", "pyproject.toml"]
    options = ["--output-reproducible", "--of", "JSON", "--sv", "1.6", "--mc-type", "application"]
    bill: dict[str, Any] = json.loads(subprocess.run([*command, *options], capture_output=True, check=True).stdout)
    parts = [part for part in bill["components"] if part["name"] not in _TOOLS]
    voices = [component_of(name, voice) for name, voice in sorted(load_catalogue().items()) if voice.files]
    return bill | {"components": [*parts, *voices]}


def component_of(name: str, voice: CatalogueVoice) -> dict[str, Any]:
    """A voice as CycloneDX has it: its files with their hashes, where these are known before they are fetched."""
    files = [
        {"type": "file", "bom-ref": f"voice:{name}/{file.filename}", "name": file.filename}
        | ({"hashes": [{"alg": "SHA-256", "content": file.sha256}]} if file.sha256 else {})
        for file in voice.files
    ]
    return {
        "type": "machine-learning-model",
        "bom-ref": f"voice:{name}",
        "name": name,
        "description": f"{voice.engine} voice, {voice.language}; fetched by `vivavoce voices install {name}`",
        "licenses": [{"license": {"name": voice.licence}}],
        "components": files,
    }


if __name__ == "__main__":
    write_whole(Path(sys.argv[2]), json.dumps(bill_of(sys.argv[1]), indent=1, ensure_ascii=False).encode() + b"\n")
