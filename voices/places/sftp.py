"""SFTP as an SSH user expects it: known hosts, agent, keys and ~/.ssh/config; the only file that imports paramiko."""

import os
import socket
from pathlib import Path
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

_SILENCE_S = 30.0  # a server that says nothing for so long has gone away


class _KnownHosts(SFTPFileSystem):  # type: ignore[misc]
    """fsspec's SFTP, which would trust any server that answers, held to those the user knows."""

    protocol = ("sftp", "ssh")

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        self.client.connect(self.host, **self.ssh_kwargs)
        if transport := self.client.get_transport():
            # Otherwise each small request waits 40 ms for the answer to the one before it to be acknowledged.
            transport.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.ftp = self.client.open_sftp()
        if channel := self.ftp.get_channel():
            channel.settimeout(_SILENCE_S)


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
