import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from articles.errors import ExitCode, SettingsError
from voices.cluster import open_cluster
from voices.cluster.errors import ClusterError
from voices.studio import default_workers


@pytest.mark.parametrize(
    "address",
    ["", "scheduler:8786", "http://scheduler:8786", "tcp://scheduler", "tcp://:8786", "tcp://a:port", "tcp://a:99999"],
)
def test_what_is_no_address_is_told(address: str) -> None:
    """With the forms that there are."""
    with pytest.raises(SettingsError, match="is no cluster's address") as told, open_cluster(address, "somewhere"):
        pass
    assert "tcp://HOST:PORT" in told.value.hint
    assert "local:N" in told.value.hint


@pytest.mark.parametrize("number", ["", "two", "-1", "0", str(4 * default_workers() + 1)])
def test_a_number_of_processes_that_makes_no_sense_is_told(number: str) -> None:
    """None, too many, or no number."""
    with pytest.raises(SettingsError, match=r"is no number of processes|workers"), open_cluster(f"local:{number}", ""):
        pass


@pytest.mark.slow
def test_where_nobody_answers_is_told(free_port: int) -> None:
    """In seconds and in one line, with the code for wrong settings."""
    with (
        pytest.raises(ClusterError, match=f"^tcp://127.0.0.1:{free_port}: no scheduler answers there") as told,
        open_cluster(f"tcp://127.0.0.1:{free_port}", "somewhere"),
    ):
        pass
    assert told.value.exit_code is ExitCode.USAGE
    assert "dask scheduler" in told.value.hint


def test_certificates_that_are_missing_are_told(free_port: int) -> None:
    """Before anybody is connected to, with where it is said how to name them."""
    address = f"tls://127.0.0.1:{free_port}"
    with pytest.raises(ClusterError, match=f"^{address}: no certificates") as told, open_cluster(address, "somewhere"):
        pass
    assert "docs/cluster.md" in told.value.hint


@pytest.mark.slow
def test_who_is_no_scheduler_is_told(website: int) -> None:
    """Whatever else it is that listens there."""
    address = f"tcp://127.0.0.1:{website}"
    with pytest.raises(ClusterError, match=f"^{address}: (no scheduler|is no Dask scheduler)"):  # noqa: SIM117
        with open_cluster(address, "somewhere"):
            pass


@pytest.fixture
def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture
def website() -> Iterator[int]:
    """The port of a web server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()
