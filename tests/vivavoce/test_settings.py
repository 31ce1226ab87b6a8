from dataclasses import dataclass, field
from pathlib import Path

import pytest

from articles.errors import SettingsError
from vivavoce.settings import read_settings


@dataclass(frozen=True)
class Inner:
    level: int = 3
    name: str = ""

    def __post_init__(self) -> None:
        if self.level > 9:
            raise ValueError(f"level is {self.level}: give at most 9")


@dataclass(frozen=True)
class Outer:
    title: str
    ratio: float = 1.0
    tags: tuple[str, ...] = ()
    inner: Inner = field(default_factory=Inner)
    readers: dict[str, str | Inner] = field(default_factory=dict)


def read(folder: Path, text: str | bytes) -> Outer:
    path = folder / "edition.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(path, Outer)


def test_settings_are_read_whole(tmp_path: Path) -> None:
    """Every value lands in its field, tables in their dataclass, and what is not written has its default."""
    text = 'title = "T"\ntags = ["a"]\n[inner]\nlevel = 5\n[readers]\nfr = "x"\nen = {level = 1}\n'
    settings = read(tmp_path, text)
    assert settings == Outer("T", 1.0, ("a",), Inner(5), {"fr": "x", "en": Inner(1)})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = ", "edition.toml:1: not valid TOML"),
        ('title = "T"\nx =\n', "edition.toml:2: not valid TOML"),
        ("ratio = 2.0\n", "title is missing"),
        ("title = 3\n", "edition.toml:1: title: expected a text, got a whole number"),
        ('title = "T"\ntitel = "U"\n', "edition.toml:2: unknown setting “titel” — did you mean title?"),
        (
            'title = "T"\n\n[inner]\n# ten is too much\nlevel = 10\n',
            "edition.toml:5: inner.level is 10: give at most 9",
        ),
        (
            'title = "T"\n[inner]\nlevle = 1\n',
            "edition.toml:3: unknown setting “inner.levle” — did you mean level?",
        ),
        (
            'title = "T"\n[inner]\nlevel = "1"\n',
            "edition.toml:3: inner.level: expected a whole number, got a text",
        ),
        ('title = "T"\n[readers]\nfr = {levle = 1}\n', "edition.toml:3: unknown setting"),
        (
            'title = "T"\n[readers]\nfr = "x"\nen = 3\n',
            "edition.toml:4: readers.en: expected a text or a table, got a whole number",
        ),
        (
            'title = "T"\n[readers]\nfr = "x"\n[readers.en]\n\nlevel = 10\n',
            "edition.toml:6: readers.en.level is 10: give at most 9",
        ),
        (b'title = "\xe9"\n', "edition.toml:1: is not UTF-8 text"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str | bytes, message: str) -> None:
    """A setting that is misspelt, of the wrong type, out of range or missing is one line with the place."""
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)


def test_no_file_says_where_it_looked(tmp_path: Path) -> None:
    """Outside an edition's folder the error says what to do."""
    with pytest.raises(SettingsError, match="-C DIR"):
        read_settings(tmp_path / "edition.toml", Outer)
