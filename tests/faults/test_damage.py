"""Files of an edition that are damaged under it: nothing damaged is ever heard, and all of it is mended or named.

VIVAVOCE_FAULTS says how many damages there are to be, and VIVAVOCE_SEED repeats a run's.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.damage import damages, run
from tests.faults.killing import SEED, Commands, tree
from voices.load import LoadableVoice

pytestmark = pytest.mark.slow

FAULTS = int(os.environ.get("VIVAVOCE_FAULTS") or 25)

ARTICLE = "issues/2026-11/01-harbour.en.md"
VOICE = "en_US-joe-medium"

OLDER = '+++\nheadline = "An Older One"\n+++\n\nIt was said before.\n'


@pytest.fixture
def edition(make_edition: Callable[..., Path]) -> Path:
    """An edition of two issues, the newest of two articles."""
    root = make_edition()
    older = root / "issues" / "2026-10"
    older.mkdir()
    (older / "01-older.en.md").write_text(OLDER, encoding="utf-8")
    return root


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with Commands(tmp_path / "log") as running:
        yield running


class Whole:
    """An edition that was built; it can be put back as it was."""

    def __init__(self, edition: Path, commands: Commands) -> None:
        self.root = edition
        self.where = ("-C", str(edition))
        self._commands = commands
        self.build("2026-10", "2026-11")
        assert self.check() == (0, "")
        self._kept = edition.with_name("kept")
        shutil.copytree(edition, self._kept)  # with the times of its files
        self.right = self.public()

    def put_back(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self._kept, self.root)

    def public(self) -> dict[str, bytes]:
        return tree(self.root / "public", "build.json")  # which has the time that a build took

    def build(self, *issues: str) -> tuple[int, str]:
        return run(self._commands, "build", *self.where, "--workers", "1", *issues)

    def check(self) -> tuple[int, str]:
        """The exit code, and what was found."""
        code, said = run(self._commands, "check", *self.where)
        return code, "".join(line + "\n" for line in said.splitlines() if ": error: " in line)

    def verify(self) -> tuple[int, str]:
        return run(self._commands, "cache", "verify", *self.where)

    def is_well(self) -> bool:
        return self.public() == self.right and self.check() == (0, "")


def test_no_damage_to_what_is_kept_is_ever_heard(
    edition: Path, commands: Commands, figure: Callable[[str], None]
) -> None:
    """Clips, tracks, timed texts, reels, covers, pictures, verdicts, records: whichever file is damaged, `cache verify`
    names it; the next build gives what it would have given, and so does one that needs every clip and reel again for a
    changed text.
    """
    whole = Whole(edition, commands)
    text = (edition / ARTICLE).read_text(encoding="utf-8").replace("five", "six")
    (edition / ARTICLE).write_text(text, encoding="utf-8")
    assert whole.build()[0] == 0
    changed = whole.public()
    chance, came = random.Random(SEED), Counter[str]()
    whole.put_back()
    for damage in damages(edition, _files(edition / ".vivavoce"), FAULTS, chance):
        where = f"seed {SEED}: {damage}"
        whole.put_back()
        before = (edition / damage.path).read_bytes()
        damage.befall(edition, chance)
        if damage.name != "removed" and chance.random() < 0.5:
            code, said = whole.verify()
            assert (code, Path(damage.path).name in said) == (1, True), f"{where}\n{said}"
            came["named by cache verify"] += 1
        assert whole.build()[0] == 0, where
        assert whole.is_well(), where
        came["mended by the next build" if _is(edition / damage.path, before) else "not needed by it"] += 1
        shutil.rmtree(edition / ".vivavoce" / "tracks")  # now everything is needed
        (edition / ARTICLE).write_text(text, encoding="utf-8")
        assert whole.build()[0] == 0, where
        assert whole.public() == changed, where
    figure(f"damage to .vivavoce: {FAULTS}, {_told(came)}, none was heard, seed {SEED}")


def test_damage_to_what_is_published_is_mended_or_named(
    edition: Path, commands: Commands, figure: Callable[[str], None]
) -> None:
    """Whichever file in public/: check names it, and a build mends it; where it cannot, it says what to do, and that
    mends it.
    """
    whole = Whole(edition, commands)
    chance, came = random.Random(SEED), Counter[str]()
    for damage in damages(edition, _files(edition / "public"), FAULTS, chance):
        where = f"seed {SEED}: {damage}"
        name = damage.path.removeprefix("public/")
        whole.put_back()
        damage.befall(edition, chance)
        code, found = whole.check()
        assert (code, name in found) == (1, True), f"{where}\n{found}"
        code, said = whole.build()
        if code:
            assert (name in said, said.count("\n")) == (True, 1), f"{where}\n{said}"
        elif whole.is_well():
            came["mended by the next build"] += 1
            continue
        code, found = whole.check()
        assert (code, name in found) == (1, True), f"{where}\n{found}"
        (edition / damage.path).unlink(missing_ok=True)
        issue = name.partition("/")[0]
        assert f"run vivavoce build {issue}\n" in found.replace(" [vivavoce/as-built]", ""), f"{where}\n{found}"
        assert whole.build(issue)[0] == 0, where
        assert whole.is_well(), where
        came["named, and mended as advised"] += 1
    figure(f"damage to public/: {FAULTS}, {_told(came)}, seed {SEED}")


@pytest.mark.real_voice
def test_a_damaged_voice_is_never_loaded(
    make_edition: Callable[..., Path],
    real_voice: Callable[[str], LoadableVoice],
    tmp_path: Path,
    figure: Callable[[str], None],
) -> None:
    """A voice's file, its receipt, a saved graph: whichever is damaged, with its time kept as it was, a build that
    needs the voice either names the file and what to do, or gives the very sound; then `doctor` names a damaged file of
    the voice itself.
    """
    own = {path.name for _, path in real_voice(VOICE).files}
    folder = tmp_path / "voices"
    folder.mkdir()
    for _, path in real_voice(VOICE).files:
        for file in path.parent.glob(f"{path.name}*"):
            shutil.copy2(file, folder)
    root = make_edition({"01-harbour.en.md": '+++\nheadline = "Harbour"\n+++\n\nThe boat leaves.\n'})
    settings = (root / "edition.toml").read_text(encoding="utf-8")
    (root / "edition.toml").write_text(settings.replace('en = "tone"', f'en = "{VOICE}"'), encoding="utf-8")
    chance, came = random.Random(SEED), Counter[str]()
    with Commands(tmp_path / "log", VIVAVOCE_VOICES=str(folder)) as commands:
        build = ("build", "-C", str(root), "--workers", "1", "--no-programme")
        assert run(commands, *build)[0] == 0
        right, whole = tree(root / "public", "build.json"), tree(folder)
        for damage in damages(folder, _files(folder), max(FAULTS // 2, len(whole)), chance):
            where = f"seed {SEED}: {damage}"
            shutil.rmtree(root / "public", ignore_errors=True)
            shutil.rmtree(root / ".vivavoce")
            damage.befall(folder, chance)
            code, said = run(commands, *build)
            if code:
                assert (code, damage.path in said, f"vivavoce voices install {VOICE}" in said) == (3, True, True), where
                assert not (root / "public" / "feed.xml").exists(), where
                came["named"] += 1
            else:
                assert tree(root / "public", "build.json") == right, where
                came["the very sound"] += 1
                if damage.path in own:
                    code, said = run(commands, "doctor", "-C", str(root))
                    told = (code, damage.path in said, f"vivavoce voices install {VOICE}" in said)
                    assert told == (0, True, True), f"{where}\n{said}"  # as the build just did
                    came["named by doctor"] += 1
            (folder / damage.path).write_bytes(whole[damage.path])
    figure(f"damage to a voice: {_told(came)}, seed {SEED}")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _is(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() == data


def _told(came: Counter[str]) -> str:
    return ", ".join(f"{number} {what}" for what, number in sorted(came.items()))
