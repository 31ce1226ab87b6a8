"""Commands killed at random moments: by SIGKILL as by a lack of memory, by SIGTERM as by a shutdown, by Ctrl-C.

VIVAVOCE_KILLS says how many kills there are for each command, and VIVAVOCE_SEED repeats a run's moments, as far as
moments can be repeated.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.killing import BASE, SEED, Commands, Watched, kills, lacking, partials, tree
from voices.assets import installed, verify, voices_dir
from voices.catalogue import find

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("VIVAVOCE_KILLS") or 52)
VOICE = "en_US-joe-medium"


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    """The commands, with a voices folder of their own that takes its files from where they are installed."""
    sources = os.pathsep.join([str(voices_dir())])
    folders = {"VIVAVOCE_VOICES": str(tmp_path / "voices"), "VIVAVOCE_VOICE_SOURCES": sources}
    with Commands(tmp_path / "log", **folders) as running:
        yield running


def write(issue: Path, turn: int) -> None:
    """An issue that is another one each turn: a sentence changes, an article comes or goes, a headline changes."""
    for number in range(3):
        said = turn if number == turn % 3 else turn // 3
        text = f'+++\nheadline = "Quay {number} of {turn // 4}"\n+++\n\nBoat {said} leaves at five. Nobody waves.\n'
        (issue / f"{number}-quay-{number}.en.md").write_text(text)
    if turn % 5 < 2:
        (issue / "9-marche.fr.md").write_text('+++\nheadline = "Le marché"\n+++\n\nOn y vend de tout.\n')
    else:
        (issue / "9-marche.fr.md").unlink(missing_ok=True)


def test_a_killed_build_loses_nothing(
    make_edition: Callable[..., Path], commands: Commands, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """At every moment each file that a feed names is there and whole; the next build ends well, leaves nothing half
    written, reads no finished clip again, and gives what a build that was never killed gives.
    """
    edition = make_edition({})
    issue, public, clips = edition / "issues" / "2026-11", edition / "public", edition / ".vivavoce" / "clips"
    build = ["build", "-C", str(edition), "--workers", "2"]
    kept: list[int] = []

    def before(turn: int) -> list[str]:
        write(issue, turn)
        return build

    def after(turn: int) -> None:
        assert not lacking(public, BASE, whole=True), f"seed {SEED}, turn {turn}"
        finished = {path: path.stat().st_ino for path in clips.rglob("[!.]*.clip")}
        kept.append(len(finished))
        commands.run(build)
        assert not partials(edition), f"seed {SEED}, turn {turn}"
        assert {path: path.stat().st_ino for path in finished} == finished, f"seed {SEED}, turn {turn}"

    with Watched(public, BASE) as watched:
        toll = kills(commands, KILLS, before, after, SEED)
    assert any(kept)
    figure(f"build, {toll}, public/ looked at {watched.looks} times, {sum(kept)} times a clip was not read again")
    assert not watched.faults

    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(edition, undisturbed, ignore=shutil.ignore_patterns("public", ".vivavoce"))
    commands.run(["build", "-C", str(undisturbed), "--workers", "1"])
    assert tree(undisturbed / "public", "build.json") == tree(public, "build.json")


def test_a_killed_import_leaves_whole_articles(
    make_edition: Callable[..., Path], commands: Commands, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """What a killed import has written is what it would have been; the next import ends well and adds the rest."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for number in range(12):
        body = "".join(f"<p>Paragraph {line} of page {number}: the boats leave at five.</p>" for line in range(40))
        page = f"<html lang=en><head><title>Page {number}</title></head><body><article><h1>Page {number}</h1>{body}"
        (sources / f"page-{number:02d}.html").write_text(page)
    files = [str(path) for path in sorted(sources.iterdir())]
    edition = make_edition({})
    issue = edition / "issues" / "2026-12"
    arguments = ["import", *files, "--issue", "2026-12", "-C", str(edition)]
    commands.run(arguments)
    whole = tree(issue)
    assert sum(name.endswith(".md") for name in whole) == len(files)

    def before(turn: int) -> list[str]:
        shutil.rmtree(issue)
        return arguments

    def after(turn: int) -> None:
        for name, data in tree(issue).items() if issue.exists() else ():
            assert name not in whole or whole[name] == data or name == "issue.toml", f"seed {SEED}, turn {turn}: {name}"
        commands.run(arguments)
        assert tree(issue) == whole, f"seed {SEED}, turn {turn}"

    figure(f"import, {kills(commands, KILLS, before, after, SEED)}")


@pytest.mark.real_voice
def test_a_killed_installation_leaves_no_half_voice(
    commands: Commands, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """A file with a voice's name is that voice's, byte for byte; the next run ends well and sweeps up."""
    if not installed(find(VOICE), voices_dir()):
        pytest.skip(f"{VOICE} is not installed (`vivavoce voices install {VOICE}`)")
    folder = tmp_path / "voices"

    def before(turn: int) -> list[str]:
        if turn % 3 == 0:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            for path in folder.glob("*.onnx"):
                path.unlink()
        return ["voices", "install", VOICE]

    def after(turn: int) -> None:
        if installed(find(VOICE), folder):
            verify(find(VOICE), folder)
        commands.run(["voices", "install", VOICE])
        verify(find(VOICE), folder)
        assert not partials(folder), f"seed {SEED}, turn {turn}"

    figure(f"voices install, {kills(commands, KILLS, before, after, SEED)}")


def test_a_killed_publication_is_never_half_a_feed(
    make_edition: Callable[..., Path], commands: Commands, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """At every moment each file that a published feed names has arrived whole; the next run ends in the same state."""
    edition = make_edition({})
    issue, public, target = edition / "issues" / "2026-11", edition / "public", tmp_path / "web" / "audio"
    places, versions = {"public": public, "built": edition / ".vivavoce" / "built"}, []
    for turn in (0, 5):
        write(issue, turn)
        commands.run(["build", "-C", str(edition)])
        versions.append(tmp_path / f"version{turn}")
        for name, place in places.items():
            shutil.copytree(place, versions[-1] / name)

    def before(turn: int) -> list[str]:
        for name, place in places.items():
            shutil.rmtree(place)
            shutil.copytree(versions[turn % 2] / name, place)
        return ["publish", str(target), "-C", str(edition), *(["--prune"] if turn % 4 < 2 else [])]

    def after(turn: int) -> None:
        assert not lacking(target, BASE, whole=True), f"seed {SEED}, turn {turn}"
        commands.run(["publish", str(target), "-C", str(edition), "--prune"])
        assert tree(target, "published.json") == tree(public), f"seed {SEED}, turn {turn}"

    with Watched(target, BASE) as watched:
        toll = kills(commands, KILLS, before, after, SEED)
    figure(f"publish, {toll}, the place looked at {watched.looks} times")
    assert not watched.faults
