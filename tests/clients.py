"""Programs that people listen with, run as they run them."""

import os
import shutil
import subprocess
from pathlib import Path

GPO = shutil.which("gpo")
"""gPodder's command line, or None where it is not installed (Debian package gpodder)."""


def gpo(home: Path, *arguments: str) -> str:
    """What gpo prints; it keeps everything below `home`, and goes to the server without any proxy."""
    away = {"http_proxy", "https_proxy", "all_proxy"}
    environment = {name: value for name, value in os.environ.items() if name.lower() not in away}
    environment |= {"HOME": str(home), "GPODDER_HOME": str(home / "gPodder"), "LC_ALL": "C.UTF-8"}
    environment |= {"GPODDER_DOWNLOAD_DIR": str(home / "downloads"), "no_proxy": "127.0.0.1"}
    done = subprocess.run(
        [str(GPO), *arguments], env=environment, cwd=home, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
