"""What a benchmark was run on: figures of one machine say nothing about another."""

import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from vivavoce import __version__
from voices.studio import default_workers

_PACKAGES = ("piper-tts", "onnxruntime", "sherpa-onnx")


def machine() -> dict[str, str]:
    """What is worth knowing of this computer and of the programs, in the order to show it."""
    versions = {name: found for name in _PACKAGES if (found := installed_version(name))}
    if shutil.which("ffmpeg"):
        versions["ffmpeg"] = _ffmpeg_version()
    return {
        "processor": _processor(),
        "cores": str(default_workers()),
        "memory": _memory(),
        "busy before": f"{load():.1f} cores",
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "python": platform.python_version(),
        "vivavoce": __version__,
        **versions,
    }


def load() -> float:
    """How many cores other programs have kept busy in the last minute; 0 where the system does not tell."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def installed_version(package: str) -> str:
    """The version of a Python package; empty when it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", cpuinfo.read_text(), re.MULTILINE)
        if found:
            return found[1].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    if "SC_PHYS_PAGES" not in os.sysconf_names:
        return "unknown"
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 1e9:.1f} GB"


def _ffmpeg_version() -> str:
    told = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=False, timeout=30).stdout
    found = re.match(r"ffmpeg version (\S+)", told)
    return found[1] if found else "unknown"
