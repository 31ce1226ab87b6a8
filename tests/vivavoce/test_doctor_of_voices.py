"""What `vivavoce doctor` says of voices: it ends as a build of the articles that are there would."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ARTICLES, EDITION
from tests.vivavoce.conftest import Examined, without_rights
from vivavoce.cli import run
from voices.assets import installed, voices_dir
from voices.catalogue import find

pytestmark = pytest.mark.slow

PIPER = "en_US-joe-medium"
ENGLISH = {"01-harbour.en.md": '+++\nheadline = "Harbour"\n+++\n\nThe boat leaves at five.\n'}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that voices are looked for in."""
    (made := tmp_path / "voices").mkdir()
    monkeypatch.setenv("VIVAVOCE_VOICES", str(made))
    return made


@pytest.mark.parametrize(("articles", "code"), [(ENGLISH, 0), (ARTICLES, 3)])
@pytest.mark.parametrize("who", ['fr = "ff_siwis"', ""])
def test_a_voice_that_no_article_asks_for_keeps_no_build_from_working(
    make_edition: Callable[..., Path], examined: Examined, folder: Path, articles: dict[str, str], code: int, who: str
) -> None:
    """One that is not installed, or a language without any; it is told all the same."""
    language, name = ("fr", "voice ff_siwis") if who else ("pt", "voice for pt")
    settings = EDITION.replace('fr = "tone"', who).replace('"fr"]', f'"{language}"]')
    named = {
        file.replace(".fr.", f".{language}."): text.replace("=fr", f"={language}") for file, text in articles.items()
    }
    edition = make_edition(named, settings)
    ended, found = examined(edition)
    assert (ended, found[name]["state"]) == (code, "wrong" if code else "doubtful")
    assert found[name]["mend"].startswith("vivavoce voices ")
    assert run(["build", "-C", str(edition)]) == code


def test_what_a_build_stops_at_comes_before_what_it_leaves_out(
    make_edition: Callable[..., Path], examined: Examined, folder: Path
) -> None:
    """A cover that is no picture ends it before a voice is asked for."""
    edition = make_edition(settings='cover = "cover.png"\n' + EDITION.replace('fr = "tone"', 'fr = "ff_siwis"'))
    (edition / "cover.png").write_text("no picture")
    code, found = examined(edition)
    assert [name for name, each in found.items() if each["state"] == "wrong"] == ["jingles and cover", "voice ff_siwis"]
    assert (code, run(["build", "-C", str(edition)])) == (2, 2)


def test_a_voice_that_may_not_be_read_is_opened_by_the_command_told(
    make_edition: Callable[..., Path], folder: Path
) -> None:
    """It need not be fetched again."""
    name = "fr_FR-siwis-medium"
    for file in find(name).files:
        (folder / file.filename).write_bytes(b"a")
        receipt = {"size": 1, "sha256": hashlib.sha256(b"a").hexdigest(), "source": "here"}
        (folder / f"{file.filename}.receipt.json").write_text(json.dumps(receipt))
    closed = folder / f"{name}.onnx.json"
    closed.chmod(0)
    where = ("-C", str(make_edition(settings=EDITION.replace('fr = "tone"', f'fr = "{name}"'))))
    doctor, build = without_rights("doctor", *where), without_rights("build", *where)
    assert (doctor.returncode, build.returncode) == (3, 3)
    for said in (doctor.stdout, build.stderr):
        assert f"{closed}: cannot be read (Permission denied)" in said
        assert f"chmod -R u+rwX {closed}" in said


@pytest.mark.real_voice
def test_a_damaged_voice_whose_saved_graphs_are_whole_is_doubtful(
    make_edition: Callable[..., Path], examined: Examined, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A build reads with these, so it works; the line says what brings the voice back before they are made anew."""
    if not installed(find(PIPER), voices_dir()):
        pytest.skip(f"{PIPER} is not installed")
    (folder := tmp_path / "voices").mkdir()
    for path in voices_dir().glob(f"{PIPER}*"):
        shutil.copy2(path, folder)
    monkeypatch.setenv("VIVAVOCE_VOICES", str(folder))
    edition = make_edition(ENGLISH, EDITION.replace('en = "tone"', f'en = "{PIPER}"'))
    assert examined(edition)[1][f"voice {PIPER}"]["state"] == "ok"  # and its graphs are saved
    with (folder / f"{PIPER}.onnx").open("r+b") as file:
        file.write(b"damage")
    code, found = examined(edition)
    assert (code, found[f"voice {PIPER}"]["state"]) == (0, "doubtful")
    assert found[f"voice {PIPER}"]["mend"] == f"vivavoce voices install {PIPER}"
    assert run(["build", "--no-programme", "-C", str(edition)]) == code


def test_a_file_in_the_place_of_the_shared_store_is_doubtful(
    make_edition: Callable[..., Path], examined: Examined
) -> None:
    """A build goes on without the store; the command that is told moves the file away, and then it is used."""
    edition = make_edition(settings='clips = "shared"\n' + EDITION)
    (edition / "shared").write_text("mine")
    code, found = examined(edition)
    assert (code, found["shared clip store"]["state"]) == (0, "doubtful")
    assert found["shared clip store"]["mend"] == f"mv {edition}/shared {edition}/shared.old"
    assert run(["build", "-C", str(edition)]) == code
    (edition / "shared").rename(edition / "shared.old")
    assert examined(edition)[1]["shared clip store"]["state"] == "ok"
