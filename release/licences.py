"""docs/licences.md: under which licence each package is that a user installs, and each voice.

`python -m release.licences` writes it, `--check` says whether it is true. Either ends with 1 for a licence that does
not go with vivavoce's own, the GPL from version 3 on, or that nobody has looked up yet.
"""

import importlib.metadata
import re
import sys
from pathlib import Path

from packaging.utils import canonicalize_name

from articles.files import write_whole
from audio.listening.models import listening_model
from voices.catalogue import load_catalogue

LOCK = Path("requirements/runtime.txt")
EXTRAS = Path("requirements/extras.txt")
PAGE = Path("docs/licences.md")

# As the FSF's list of licences has it (gnu.org/licenses/license-list.html).
GO_WITH_GPL_3 = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python GPL-3.0-or-later LGPL-2.1-or-later "
    "LGPL-3.0-or-later MIT MIT-0 MIT-CMU MPL-2.0 OFL-1.1 PSF-2.0 Zlib".split()
)

# What older packages say in words of their own.
IN_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "FreeBSD and LGPLv3+": "BSD-2-Clause OR LGPL-3.0-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-2.1-or-later",
    "MIT License": "MIT",
    "MIT software license": "MIT",
    "SIL OFL 1.1": "OFL-1.1",
    "The BSD 2-Clause License": "BSD-2-Clause",
}

# Packages that say nothing, say it in a file only, or are not for this machine: looked up where they are published.
LOOKED_UP = {
    "audioop-lts": "PSF-2.0",
    "colorama": "BSD-3-Clause",
    "fasttext-predict-v2": "MIT",
    "httpx2-jsfetch": "BSD-3-Clause",
    "importlib-metadata": "Apache-2.0",
    "lazy-importer": "Apache-2.0",
    "num2words": "LGPL-2.1-or-later",
    "paramiko": "LGPL-2.1-or-later",
    "partd": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "resvg-py": "MIT",
    "scipy": "BSD-3-Clause",
    "sherpa-onnx": "Apache-2.0",
    "zipp": "MIT",
}

HEAD = """\
# Licences

vivavoce is free under the GNU General Public License, version 3 or later ([why](decisions/0002-licence.md)). What it is
made of, as each package and each voice's publisher says. `make licences` writes this page, `make check` holds it to
what is locked, and refuses a licence that does not go with the GPL.

## Packages

| package | licence |
|---|---|
"""
OPTIONAL = """
## Packages of the extras

What `listen`, `cluster`, the stores elsewhere and `bench` need beside these, where they are asked for.

| package | licence |
|---|---|
"""
VOICES = """
## Voices, and the model that listens

None is part of vivavoce; `vivavoce voices install` fetches what an edition uses, with `--listen` the model. A voice's
licence is that of the recordings. More, and the line to credit each with: `vivavoce voices list --json`.

| voice | licence |
|---|---|
"""


def packages() -> dict[str, str]:
    """By its name the licence of each package that vivavoce or an extra of it needs, as an SPDX expression; empty where
    nobody knows.
    """
    return {name: LOOKED_UP.get(name) or licence_of(name) for name in sorted(locked(LOCK) | locked(EXTRAS))}


def locked(file: Path) -> frozenset[str]:
    """The names in a lock file, in their normal form."""
    return frozenset(
        canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", file.read_text("utf-8"), re.MULTILINE)
    )


def optional_packages() -> frozenset[str]:
    """The names of those that only an extra needs."""
    return locked(EXTRAS) - locked(LOCK)


def licence_of(name: str) -> str:
    """What the installed package of this name says, as an SPDX expression; empty for what nobody understands."""
    try:
        said = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    if expression := _first(said, "License-Expression"):
        return expression
    lines = [str(line) for line in said.get_all("Classifier") or ()]
    classified = [line.rpartition(" :: ")[2] for line in lines if line.startswith("License ::")]
    for words in (_first(said, "License").partition("\n")[0], *classified):
        spdx = IN_SPDX.get(words, words)
        if spdx and is_free(spdx):
            return spdx
    return ""


def _first(said: importlib.metadata.PackageMetadata, field: str) -> str:
    """A field's value; empty where there is none, for which some versions of the library raise, others give None."""
    return str((said.get_all(field) or [""])[0])


def is_free(expression: str) -> bool:
    """Whether a work under this SPDX expression (without brackets) may be part of one under the GPL, version 3."""
    choices = [choice.split(" AND ") for choice in expression.split(" OR ")]
    return any(all(part in GO_WITH_GPL_3 for part in choice) for choice in choices)


def page(found: dict[str, str]) -> str:
    """docs/licences.md."""
    optional = optional_packages()
    needed = _rows({name: licence for name, licence in found.items() if name not in optional})
    more = _rows({name: licence for name, licence in found.items() if name in optional})
    voices = _rows({name: voice.licence for name, voice in sorted(load_catalogue().items())})
    ear = listening_model()
    return HEAD + needed + OPTIONAL + more + VOICES + voices + _rows({ear.name: ear.licence})


def _rows(licences: dict[str, str]) -> str:
    return "".join(f"| {name} | {licence} |\n" for name, licence in licences.items())


def main(arguments: list[str]) -> int:
    """Write the page, or with --check compare it."""
    found = packages()
    refused = [name for name, licence in found.items() if not is_free(licence)]
    for name in refused:
        print(f"{name}: “{found[name]}” is unknown, or does not go with the GPL — look it up, and add it to LOOKED_UP")
    if not refused and arguments != ["--check"]:
        write_whole(PAGE, page(found).encode())
    if not refused and PAGE.read_text("utf-8") != page(found):
        print(f"{PAGE} is out of date — run `make licences`, and look at what has changed")
        return 1
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
