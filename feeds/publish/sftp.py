"""SFTP as an SSH user expects it: known hosts, agent, keys and ~/.ssh/config; the only file that imports paramiko."""

import os
from pathlib import Path
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem


class _KnownHosts(SFTPFileSystem):  # type: ignore[misc]
    """fsspec's SFTP, which would trust any server that answers, held to those the user knows."""

    protocol = ("sftp", "ssh")

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        self.client.connect(self.host, **self.ssh_kwargs)
        self.ftp = self.client.open_sftp()


def connect(host: str, port: int | None, user: str | None) -> Any:
    """The file system there; what the address leaves open comes from ~/.ssh/config."""
    config = _config(host)
    options: dict[str, Any] = {
        "port": port or int(config.get("port", 22)),
        "username": user or config.get("user"),
        "timeout": 20,
        "skip_instance_cache": True,
    }
    if keys := config.get("identityfile"):
        options["key_filename"] = keys
    if password := os.environ.get("VIVAVOCE_SFTP_PASSWORD"):
        options["password"] = password
    return _KnownHosts(config.get("hostname", host), **options)


def _config(host: str) -> dict[str, Any]:
    path = Path("~/.ssh/config").expanduser()
    return dict(paramiko.SSHConfig.from_path(str(path)).lookup(host)) if path.exists() else {}
