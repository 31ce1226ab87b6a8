"""Links, paths and names that lead out of the edition, or that some system cannot keep, through the real commands."""

import dataclasses
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import audio.jingles
from articles.importers.record import Record, load_record, save_record, sha256_of
from tests.conftest import EDITION
from tests.hostile.conftest import ARTICLE, SECRET, House, Told

pytestmark = pytest.mark.slow

SHIPPED = Path(next(iter(audio.jingles.__path__))) / "intro.wav"


def test_an_article_that_is_a_link_out_of_the_edition_is_left_out(house: House, command: Callable[..., Told]) -> None:
    """Nobody's private file is published because a stranger's issue has a link to it; the other articles are."""
    house.article(ARTICLE, "02-b.en.md")
    (house.issue / "01-a.en.md").symlink_to(house.secret)
    told = command("build")
    assert told.code == 1
    assert "01-a.en.md: leads out of the edition — copy it into the edition's folder" in told.err
    assert SECRET not in house.texts()
    assert (house.public / "index.html").exists()


@pytest.mark.parametrize("name", ["../../../letters/secret.md", "{secret}"])
def test_an_order_that_leads_out_of_the_edition_is_not_followed(
    house: House, command: Callable[..., Told], name: str
) -> None:
    """A running order names files of the edition, however it is written."""
    house.article(ARTICLE)
    house.write("issues/2026-11/issue.toml", f'order = ["{name.format(secret=house.secret)}"]\n')
    told = command("build")
    assert told.code == 1
    assert "secret.md: leads out of the edition" in told.err
    assert SECRET not in house.texts()


def test_an_issue_that_is_a_link_is_refused(house: House, command: Callable[..., Told]) -> None:
    """A folder of articles elsewhere is no issue of this edition."""
    house.issue.rmdir()
    house.issue.symlink_to(house.secret.parent)
    told = command("build")
    assert told.code == 2
    assert "issues/2026-11: leads out of the edition" in told.err
    assert SECRET not in house.texts()


def test_a_link_inside_the_edition_is_followed(house: House, command: Callable[..., Told]) -> None:
    """An article may be kept once and stand in two issues."""
    house.write("drafts/a.md", ARTICLE)
    (house.issue / "01-a.en.md").symlink_to("../../drafts/a.md")
    assert command("build").code == 0


def test_a_circle_of_links_is_told_of(house: House, command: Callable[..., Told]) -> None:
    """A link to itself is a file that leads nowhere."""
    house.article(ARTICLE, "02-b.en.md")
    (house.issue / "01-a.en.md").symlink_to("01-a.en.md")
    told = command("build")
    assert told.code == 1
    assert "01-a.en.md" in told.err


@pytest.mark.parametrize("how", ["../letters/intro.wav", "{absolute}", "link.wav"])
def test_a_jingle_from_elsewhere_is_refused(house: House, command: Callable[..., Told], how: str) -> None:
    """A jingle is a file of the edition: an absolute path, one with dots and a link out of it are told in a line."""
    shutil.copyfile(SHIPPED, house.secret.parent / "intro.wav")
    elsewhere = house.secret.parent / "intro.wav"
    (house.edition / "link.wav").symlink_to(elsewhere)
    house.article(ARTICLE)
    house.write("edition.toml", f'{EDITION}\n[sound]\nintro = "{how.format(absolute=elsewhere)}"\n')
    try:
        told = command("build")
    finally:
        elsewhere.unlink()
    assert told.code == 2
    (line,) = told.lines
    assert "leads out of the edition — copy it into the edition's folder, and name it from there" in line
    assert "edition.toml:16: sound.intro: " in line


@pytest.mark.parametrize("how", ["../letters/secret.md", "{absolute}", "link.png"])
def test_a_cover_from_elsewhere_is_refused(house: House, command: Callable[..., Told], how: str) -> None:
    """So is the edition's picture."""
    (house.edition / "link.png").symlink_to(house.secret)
    house.article(ARTICLE)
    house.write("edition.toml", f'cover = "{how.format(absolute=house.secret)}"\n{EDITION}')
    told = command("build")
    assert told.code == 2
    (line,) = told.lines
    assert line.startswith("vivavoce: edition.toml:1: cover: the picture ")
    assert "leads out of the edition" in line


@pytest.mark.parametrize(
    "folder", ["public", "public/2026-11", "public/2026-11/episodes", ".vivavoce", ".vivavoce/clips"]
)
def test_what_is_written_to_is_no_link_out_of_the_edition(
    house: House, command: Callable[..., Told], folder: str
) -> None:
    """A build removes what it no longer needs from its folders, which therefore lie in the edition."""
    house.article(ARTICLE)
    link = house.edition / folder
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(house.secret.parent)
    told = command("build")
    assert told.code == 2
    (line,) = told.lines
    assert f"edition/{folder}: leads out of the edition, and this folder is written to — take the link away" in line


@pytest.mark.parametrize("name", ["builder", "build.lock", "public/index.html"])
def test_files_that_are_links_are_replaced(house: House, command: Callable[..., Told], name: str) -> None:
    """Where a build writes a file and a stranger has put a link, the link goes and what it leads to stays."""
    house.article(ARTICLE)
    link = house.edition / (name if "/" in name else f".vivavoce/{name}")
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(house.secret)
    assert command("build").code == 0
    assert not link.is_symlink()


def test_a_card_cannot_name_a_folder_elsewhere(house: House, command: Callable[..., Told]) -> None:
    """What a published issue is called is where its files are removed: a path is no name, sealed or not."""
    house.article(ARTICLE)
    assert command("build").code == 0
    card = (house.public / "card.json").read_text(encoding="utf-8")
    facts, mark, _ = card.replace('"name": "2026-11"', '"name": "../../../letters"').rpartition(',\n  "sha256": "')
    house.write("public/2026-10/card.json", f'{facts}{mark}{hashlib.sha256(facts.encode()).hexdigest()}"\n}}\n')
    told = command("build")
    assert told.code != 0
    assert "is no issue's name" in told.err


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("CON.en.md", "con_"),
        ("01-aux.en.md", "aux_"),
        ("LPT1.en.md", "lpt1_"),
        ("01-COM\u00b9.en.md", "com\u00b9_"),
        ("lpt\u00b3.en.md", "lpt\u00b3_"),
        ("01-a b;c$(touch x)`.en.md", "a-b-c-touch-x"),
        ("01-...en.md", "article"),
        (f"01-{'long' * 58}.en.md", f"{'long' * 37}lo-"),
    ],
)
def test_any_name_of_an_article_gives_names_that_any_system_keeps(
    house: House, command: Callable[..., Told], name: str, slug: str
) -> None:
    """Published files are called by words alone, never as Windows calls a device, never too long."""
    house.article(ARTICLE, name)
    assert command("build").code == 0
    (episode,) = (house.public / "episodes").iterdir()
    assert episode.name.startswith(slug)
    assert all(len(path.name.encode()) < 200 for path in house.public.rglob("*"))


@pytest.mark.parametrize("name", [b"\xff\xfe", b"\x1b]0;x\x07", "\u202egnp.exe".encode(), b"a\nb"])
def test_a_name_that_nobody_can_see_is_told_of(house: House, command: Callable[..., Told], name: bytes) -> None:
    """A file whose name is in no encoding or steers a terminal is left out, with a line that can be printed."""
    path = os.fsencode(house.issue) + b"/01-" + name + b".en.md"
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - a path in bytes
            file.write(ARTICLE.encode())
    except OSError:
        pytest.skip("this file system keeps no such name")
    house.article(ARTICLE, "02-b.en.md")
    told = command("build")
    assert told.code == 1
    assert (house.public / "index.html").exists()
    (line,) = (line for line in told.err.split("\n") if line.startswith("not built: "))
    assert line.endswith("its name holds characters that nobody sees — rename the file")
    assert line.isprintable()


@pytest.mark.parametrize("name", ["../2026-12", "/tmp/x", "..", ".", "a/../../b", "con/aux"])
def test_an_issue_to_import_into_is_a_name(house: House, command: Callable[..., Told], name: str) -> None:
    """`import --issue` makes a folder of the edition's, wherever the name would lead."""
    source = house.write("inbox/a.txt", "Title\n\nBy Ada Pell\n\nA text that goes on for a while, and then it ends.\n")
    told = command("import", source, "--issue", name)
    assert told.code == 2
    assert "cannot be an issue's name" in told.lines[0]


@pytest.mark.parametrize(
    "headline", ["CON", "../../evil", "....", "/etc/passwd", "😀🎉", "x" * 1000, "a\u202eb", "%2e%2e%2f"]
)
def test_any_headline_gives_a_file_in_the_issue(house: House, command: Callable[..., Told], headline: str) -> None:
    """An imported article's file is called after its headline, and lies where it should whatever that says."""
    source = house.write(
        "inbox/a.html", f"<html><body><article><h1>{headline}</h1><p>{'A text that goes on. ' * 20}</p></article>"
    )
    assert command("import", source, "--issue", "2026-11").code == 0
    (file,) = house.issue.iterdir()
    assert file.name.startswith("01-")
    assert len(file.name) < 100
    assert command("build").code == 0


def test_a_pipe_among_a_stranger_s_feeds_is_passed_over(house: House, command: Callable[..., Told]) -> None:
    """`check` opens files, and nothing that could keep it waiting for ever."""
    folder = house.edition / "theirs"
    folder.mkdir()
    os.mkfifo(folder / "feed.xml")
    os.mkfifo(folder / "index.html")
    (folder / "folder.xml").mkdir()
    (folder / "out.xml").symlink_to("/dev/zero")
    house.write("theirs/real.xml", "<rss><channel><title>A</title></channel></rss>")
    told = command("check", folder)
    assert told.code == 1
    assert "1 feed, 0 pages" in told.out


@pytest.mark.parametrize("folder", ["issues", "issues/2026-12", ".vivavoce", "lexicon"])
def test_nothing_is_imported_or_noted_through_a_link_out_of_the_edition(
    house: House, command: Callable[..., Told], tmp_path: Path, folder: str
) -> None:
    """Whatever a folder that is written to leads to outside stays as it is, half-written files of others too."""
    elsewhere, page = tmp_path / "elsewhere", tmp_path / "page.txt"
    elsewhere.mkdir()
    (elsewhere / ".partial-work").write_text("mine")
    page.write_text("A title\n\nA text of a page, which is a sentence.\n")
    place = house.edition / folder
    shutil.rmtree(place, ignore_errors=True)
    place.symlink_to(elsewhere)
    if folder == "lexicon":
        told = command("lexicon", "add", "AMP", "--say", "amp", "--lang", "en")
    else:
        told = command("import", str(page), "--issue", "2026-12", "--lang", "en")
    assert told.code == 2
    assert "leads out of the edition" in told.err
    assert [(path.name, path.read_text()) for path in elsewhere.iterdir()] == [(".partial-work", "mine")]


@pytest.mark.parametrize("action", [["verify"], ["prune", "--max", "0MB"], ["info"]])
def test_nothing_is_looked_after_through_a_link_out_of_the_edition(
    house: House, command: Callable[..., Told], tmp_path: Path, action: list[str]
) -> None:
    """What lies outside is no damaged track and no old clip: it is neither read nor removed."""
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "ab").mkdir(parents=True)
    (elsewhere / "ab" / "thesis.json").write_text("no JSON")
    (house.edition / ".vivavoce").mkdir(exist_ok=True)
    (house.edition / ".vivavoce" / "tracks").symlink_to(elsewhere)
    told = command("cache", *action)
    assert told.code == 2
    assert "leads out of the edition" in told.err
    assert (elsewhere / "ab" / "thesis.json").exists()


def test_a_record_that_names_a_file_outside_is_not_followed(
    house: House, command: Callable[..., Told], tmp_path: Path
) -> None:
    """An import replaces what it wrote itself: a record that somebody made does not lead it out of the issue."""
    page, victim = tmp_path / "page.txt", tmp_path / "victim.en.md"
    page.write_text("A title\n\nA text of a page, which is a sentence.\n")
    victim.write_text("mine")
    assert command("import", str(page), "--issue", "2026-12", "--lang", "en").code == 0
    record = load_record(house.edition / ".vivavoce")
    up = "../" * (len(house.edition.relative_to(tmp_path).parts) + 2)
    forged = dataclasses.replace(record.entries[0], file=f"{up}victim.en.md", sha256=sha256_of(victim.read_bytes()))
    save_record(house.edition / ".vivavoce", Record((forged,)))
    page.write_text("A title\n\nAnother text of a page, which is a sentence.\n")
    assert (house.edition / "issues" / "2026-12" / forged.file).resolve() == victim
    command("import", str(page), "--issue", "2026-12", "--lang", "en", "--force")
    assert victim.read_text() == "mine"
