"""A password, wherever somebody puts one, is neither written down nor told: not in output, errors, state or feeds."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vivavoce.cli import run

Edition = Callable[..., Path]

SECRET = "hunter2-of-a-test"

ENVIRONMENT = {
    "VIVAVOCE_WEBDAV_USER": "editor",
    "VIVAVOCE_WEBDAV_PASSWORD": SECRET,
    "VIVAVOCE_SFTP_PASSWORD": SECRET,
    "AWS_ACCESS_KEY_ID": "key-of-a-test",
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "PIP_INDEX_URL": f"http://editor:{SECRET}@127.0.0.1:9/simple",
}
# Nobody listens at port 9 of this computer.
COMMANDS = (
    ("build", "--json"),
    ("build",),
    ("plan", "--json"),
    ("doctor", "--json"),
    ("check", "--json"),
    ("cache", "info", "--shared"),
    ("cache", "share"),
    ("publish", "webdav+http://127.0.0.1:9/site"),
    ("publish", "sftp://editor@127.0.0.1:9/site"),
    ("publish", f"webdav://editor:{SECRET}@example.org/site"),
    ("publish", f"sftp://editor:{SECRET}@127.0.0.1:9/site"),
    ("publish", f"s3://key:{SECRET}@bucket/site"),
    ("publish", f"https://editor:{SECRET}@example.org/site"),
    ("publish", f"ftp://editor:{SECRET}@example.org/site?token={SECRET}"),
    ("build", "--cluster", f"tcp://editor:{SECRET}@127.0.0.1:9"),
    ("build", "--cluster", f"http://editor:{SECRET}@127.0.0.1:9"),
    ("check", f"https://editor:{SECRET}@example.org/feed.xml"),
)
SETTINGS = (
    "",
    f'clips = "webdav://editor:{SECRET}@127.0.0.1:9/clips"',
    f'clips = "sftp://editor:{SECRET}@127.0.0.1:9/clips"',
    f'clips = "s3://key:{SECRET}@bucket/clips"',
    f'clips = "ftp://editor:{SECRET}@127.0.0.1:9/clips"',
    'clips = "webdav+http://127.0.0.1:9/clips"',
)

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials where the protocols look for them."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def written(root: Path) -> Iterator[Path]:
    """The files that hold the secret, but for the settings in which it was put."""
    for path in root.rglob("*"):
        if path.is_file() and path.name != "edition.toml" and SECRET.encode() in path.read_bytes():
            yield path


@pytest.mark.parametrize("settings", SETTINGS)
def test_no_command_tells_a_secret(settings: str, make_edition: Edition, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever is set, asked for and refused: nothing printed and no file holds it."""
    root = make_edition()
    path = root / "edition.toml"
    path.write_text(f"{settings}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    for command in COMMANDS:
        run([*command, "-C", str(root)])
        said = "".join(capfd.readouterr())
        assert SECRET not in said, (command, said)
    assert not list(written(root))
