import time

import pytest

from articles.errors import SettingsError
from articles.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("s3://KEY:hunter2@bucket/audio: refused", "s3://***@bucket/audio: refused"),
        ("ftp://user:hunter2@host", "ftp://***@host"),
        ("https://hunter2@host/x", "https://***@host/x"),
        ("“https://user:hunter2@host”", "“https://***@host”"),
        ("sftp://user:hunter2@host:22/x", "sftp://***@host:22/x"),
        ("https://user:hunt%2Fer2@host and more", "https://***@host and more"),
        ("https://user:hunter2@of@host/x", "https://***@host/x"),
        ("https://user:hunter2/with/slashes@host", "https://***@host"),
        ("https://user:hunter2?and#marks@host", "https://***@host"),
        ("sftp:///user:hunter2@host", "sftp:///***@host"),
        ("user:hunter2@host:/srv is no folder", "***@host:/srv is no folder"),
        ("https://host/a?X-Signature=hunter2&b=1 failed", "https://host/a?X-Signature=***&b=1 failed"),
        ("https://host/a?b=1&c=hunter2==", "https://host/a?b=1&c=***"),
        ("https://host/a?hunter2", "https://host/a?***"),
        ("https://host/a#access_token=hunter2", "https://host/a#access_token=***"),
        ("Authorization: Basic aHVudGVyMjpodW50ZXIy", "Authorization: ***"),
        ("{'authorization': 'Bearer hunter2hunter2'}", "{'authorization': '***'}"),
        ("one https://a:hunter2@b, two https://c:hunter2@d", "one https://***@b, two https://***@d"),
    ],
)
def test_a_secret_is_masked_wherever_an_address_holds_it(text: str, shown: str) -> None:
    """Before the @, after the ? or #, in a header; what helps to find the place stays."""
    assert masked(text) == shown
    assert masked(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "edition.toml:7: feed.owner_email “audio@example.org” is not it",
        "https://example.org:8000/audio/ and editor@example.org",
        "http://localhost:8000/@editor",
        "https://example.org/@editor: not found",
        "write a folder's path, s3://bucket/folder, sftp://user@host/folder or webdav://host/folder",
        "leave out everything from “?” or “#” on; https://example.org/page?",
        "mailto:audio@example.org",
        "01-harbour.en.md:12: at 12:30 @ the harbour",
        "https://[::1]:8000/a",
        "https://example.org/page?id=12#chapter",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    """Ports, mail addresses, an SSH user's name, line numbers."""
    assert masked(text) == text


def test_secrets_in_the_environment_are_masked_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library may repeat one without the address that it stands in, or in its quoted form."""
    monkeypatch.setenv("VIVAVOCE_SFTP_PASSWORD", "correct horse")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalr/XUtn")
    monkeypatch.setenv("HTTPS_PROXY", "http://editor:battery%20staple@proxy:3128")
    monkeypatch.setenv("PIP_INDEX_URL", "https://lone-token@index.example/simple")
    monkeypatch.setenv("VIVAVOCE_CLIPS", "s3://KEY:with/slash@bucket")
    told = "correct horse, wJalr/XUtn, battery staple, battery%20staple, lone-token, with/slash"
    assert masked(told) == ", ".join(["***"] * 6)


def test_variables_that_only_sound_like_secrets_are_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path to a file of secrets is none, and neither is a switch or what is too short to be one."""
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token")
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", "parallel")
    monkeypatch.setenv("MY_TOKEN", "false")
    monkeypatch.setenv("SECRET_EMPTY", "")
    text = "/var/run/token parallel false"
    assert masked(text) == text


def test_an_error_masks_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message and the hint of every error that is meant for people, and what a traceback shows of it."""
    error = SettingsError("sftp://a:hunter2@b: no", hint="not https://hunter2@c")
    assert "hunter2" not in f"{error} {error.message} {error.hint} {error.args} {error!r}"


@pytest.mark.parametrize("unit", ["a", "://a:", "://?", "https://a:b@", "https://x?a=", "a.", "x:y:"])
def test_a_long_word_takes_no_square_of_its_length(unit: str) -> None:
    """Whatever is told of an article with a word of 200 kB is told at once, with the beginning of the word at most."""
    began = time.process_time()
    told = masked(f"a.md:3: unknown {unit * (200_000 // len(unit))}")
    assert time.process_time() - began < 5
    assert told.startswith("a.md:3: unknown ")
    assert len(told) < 2100


@pytest.mark.parametrize("unit", ["a", "://a:", "://?", "https://a:b", "a.", "+a", "://"])
def test_many_long_words_take_no_square_of_theirs(unit: str) -> None:
    """A setting may hold hundreds of words, each as long as words are shown: a megabyte is told at once."""
    word = unit * (1990 // len(unit))
    began = time.process_time()
    masked(f"edition.toml:3: epub is “{f'{word} ' * 500}”")
    assert time.process_time() - began < 5


def test_of_a_long_word_that_may_hold_a_secret_nothing_is_shown() -> None:
    """A password may begin in what would be shown and end where nobody looks."""
    assert masked(f"https://me:{'s3cret' * 1000}@host/x is bad") == "*** is bad"
    assert masked(f"https://host/?signature={'s3cret' * 1000} is bad") == "*** is bad"
