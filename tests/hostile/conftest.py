"""An edition as a stranger may have made it, the commands that are run on it, and all that lies around it."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import EDITION
from tests.hostile.markup import ALL, ATTEMPTS, fields, quoted
from vivavoce.cli import run

SECRET = "the secret of the house"
ARTICLE = '+++\nheadline = "A"\n+++\n\nThe first boat leaves at five.\n'


@dataclass(frozen=True, slots=True)
class House:
    """A folder with an edition in it, and beside the edition what is none of its business."""

    root: Path
    edition: Path
    secret: Path

    @property
    def issue(self) -> Path:
        """The one issue's folder."""
        return self.edition / "issues" / "2026-11"

    @property
    def public(self) -> Path:
        """What is published."""
        return self.edition / "public" / "2026-11"

    def write(self, path: str, content: str | bytes) -> Path:
        """A file of the edition, written by a stranger."""
        file = self.edition / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def article(self, text: str | bytes, name: str = "01-a.en.md") -> Path:
        """An article of the issue."""
        return self.write(f"issues/2026-11/{name}", text)

    def texts(self) -> str:
        """All that was published, and all that the issue's folder holds, as one text; archives are looked into."""
        folders = (self.edition / "issues", self.edition / "public")
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
        return "\n".join(part.decode("utf-8", "replace") for path in files for part in parts_of(path))


def parts_of(path: Path) -> Iterator[bytes]:
    """The content of a file, or of each file in it."""
    if path.suffix != ".epub":
        yield path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        yield from (archive.read(name) for name in archive.namelist())


def tree(folder: Path, without: Path) -> dict[str, str]:
    """Each path below `folder` but those in `without`, and what is there."""
    found = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(place, name) != without]
        for name in names + folders:
            path = Path(place, name)
            content = path.read_bytes() if path.is_file() else b""
            found[str(path)] = f"{path.is_symlink()} {hashlib.sha256(content).hexdigest()}"
    return found


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house in which nothing outside the edition may be changed, whatever the test does."""
    yield from kept(tmp_path / "house")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An edition whose every text is an attempt at running a script, built."""
    for house in kept(tmp_path_factory.mktemp("hostile") / "house"):
        settings = EDITION.replace('"La Gazette & the Gazette"', quoted(f"La Gazette {ALL}"))
        settings = settings.replace('"The newsroom"', quoted(f"The newsroom {ALL}"))
        settings = f"description = {quoted(ALL)}\n{settings}copyright = {quoted(ALL)}\n"
        house.write("edition.toml", settings)
        number = quoted(f"1{ATTEMPTS[0]}")
        issue = f"title = {quoted(ALL)}\ndescription = {quoted(ALL)}\nnumber = {number}\n"
        house.write("issues/2026-11/issue.toml", issue)
        house.article(fields(ALL), "01-raw.en.md")
        house.article(fields(ALL, escape=True), "02-kept.en.md")
        assert run(["build", "-C", str(house.edition)]) == 0
        yield house


def kept(root: Path) -> Iterator[House]:
    """A house at `root`; what is around its edition is looked at afterwards."""
    house = House(root, root / "edition", root / "letters" / "secret.md")
    house.secret.parent.mkdir(parents=True)
    house.secret.write_text(f'+++\nheadline = "{SECRET}"\n+++\n\n{SECRET}\n', encoding="utf-8")
    house.write("edition.toml", EDITION)
    house.issue.mkdir(parents=True)
    before = tree(root, without=house.edition)
    yield house
    assert tree(root, without=house.edition) == before, "something outside the edition was written"


@dataclass(frozen=True, slots=True)
class Told:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines that tell of an error."""
        return [
            line for line in self.err.splitlines() if line.startswith(("vivavoce: ", "not imported: ", "left out: "))
        ]


@pytest.fixture
def command(house: House, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """A function that runs a command on the edition, and gives what it answered."""

    def call(*arguments: str | Path) -> Told:
        code = run([*map(str, arguments), "-C", str(house.edition)])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err, captured.err
        assert code != 4, captured.err
        return Told(code, captured.out, captured.err)

    return call
