"""A password, wherever somebody puts one, is neither written down nor told: not in output, errors, state or feeds."""

import os
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


@pytest.mark.parametrize("key", ["url", "hub", "link"])
def test_an_address_that_listeners_get_holds_no_password(
    key: str, make_edition: Edition, capfd: pytest.CaptureFixture[str]
) -> None:
    """It would be in every feed: it is refused with its line, and not repeated."""
    root = make_edition()
    path = root / "edition.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(f"{key} =")]
    place = lines.index("[feed]") + 1
    lines.insert(place, f'{key} = "https://editor:{SECRET}@example.org/"')
    path.write_text("\n".join(lines), encoding="utf-8")
    assert run(["build", "-C", str(root)]) == 2
    said = "".join(capfd.readouterr())
    assert SECRET not in said
    assert f"edition.toml:{place}: feed: {key} holds a name or a password" in said
    assert not list(written(root))


def test_an_error_that_nobody_foresaw_tells_no_secret(
    make_edition: Edition, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Python's traceback shows code, and no values."""
    from vivavoce.commands import build as command

    def broken(*_: object, **__: object) -> None:
        secret = os.environ["AWS_SECRET_ACCESS_KEY"]
        assert secret
        raise RuntimeError("of a kind that nobody foresaw")

    monkeypatch.setattr(command, "build_issue", broken)
    try:
        code = run(["build", "-C", str(make_edition())])
    except RuntimeError:
        code = 1
    assert code != 0
    assert SECRET not in "".join(capfd.readouterr())
