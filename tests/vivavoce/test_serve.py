import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.errors import ExitCode
from vivavoce.cli import run
from vivavoce.commands import serve


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hosts that were to be listened at; nothing really is, but on this computer."""
    hosts: list[str] = []

    def listen(host: str, port: int) -> socket.socket:
        hosts.append(host)
        return socket.create_server(("127.0.0.1", port))

    monkeypatch.setattr(serve, "listen", listen)
    monkeypatch.setattr(serve, "lan_address", lambda: "192.0.2.7")
    monkeypatch.setattr(serve, "run", lambda _, listening: listening.close())
    return hosts


def test_only_lan_leaves_this_computer_and_says_so(
    make_edition: Callable[..., Path], asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it nobody else is told of; with it, who can listen now is said, and where."""
    root = make_edition()
    (root / "public").mkdir()
    assert run(["serve", "-C", str(root), "--port", "0"]) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert asked == ["127.0.0.1"]
    assert out.startswith("http://localhost:")
    assert "network" not in out + err
    assert run(["serve", "-C", str(root), "--port", "0", "--lan"]) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert asked[1:] == ["0.0.0.0"]
    assert "http://192.0.2.7:" in out
    assert "Anyone in this network can listen" in err
