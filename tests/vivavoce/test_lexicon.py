import json
import os
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles.errors import ExitCode
from articles.lexicon import Entry
from articles.lexicon_file import read_lexicon
from tests.conftest import EDITION
from vivavoce.cli import run
from voices.load import LoadableVoice


@pytest.fixture
def root(make_edition: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition spoken by the tone voice, whose folder is the current one."""
    root = make_edition()
    monkeypatch.chdir(root)
    return root


def lexicon(*arguments: str, lang: str = "fr") -> int:
    return run(["lexicon", *arguments, "--lang", lang])


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert lexicon(*arguments, "--json") == ExitCode.DONE
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("command", ["add", "test", "import", "export"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` works for each, and describes every option."""
    assert run(["lexicon", command, "--help"]) == ExitCode.DONE
    assert "Usage: vivavoce lexicon" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "entry"),
    [
        (["--say", "ampe"], Entry(written="AMP", say="ampe")),
        (["--letters", "--any-case"], Entry(written="AMP", letters=True, case=False)),
        (["--language", "en", "--part"], Entry(written="AMP", language="en", part=True)),
        (["--ipa", "/ɑ̃p/", "--case"], Entry(written="AMP", ipa="/ɑ̃p/", case=True)),
    ],
)
def test_a_word_is_added_in_each_way(root: Path, options: list[str], entry: Entry) -> None:
    """Respelling, letters, language and IPA each land in the language's file, with their options."""
    assert lexicon("add", "AMP", *options) == ExitCode.DONE
    assert read_lexicon(root / "lexicon" / "fr.toml").entries == (entry,)


def test_adding_tells_what_became_of_the_word(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """New, changed or unchanged, the file, and what the voice is given now."""
    first = answer(capsys, "add", "Lens", "--say", "lanss")
    assert first == {"word": "Lens", "file": "lexicon/fr.toml", "state": "new", "spoken": "lanss", "checked_with": ""}
    assert answer(capsys, "add", "Lens", "--say", "lance")["state"] == "changed"
    assert answer(capsys, "add", "lens", "--say", "lance")["state"] == "unchanged"
    assert answer(capsys, "add", "Lens", "--ipa", "lɑ̃s")["checked_with"] == "tone"


def test_an_issue_has_its_own_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --issue a word is said otherwise in that issue only."""
    lexicon("add", "Lens", "--say", "lanss")
    assert lexicon("add", "Lens", "--say", "lance", "--issue", "2026-11") == ExitCode.DONE
    assert (root / "issues" / "2026-11" / "lexicon" / "fr.toml").exists()
    assert answer(capsys, "test", "Lens", "--issue", "2026-11")["spoken"] == "lance"
    assert answer(capsys, "test", "Lens")["spoken"] == "lanss"


def test_a_word_is_heard_as_an_article_would_say_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`test` applies lexicon and rules, shows the result, and writes what is heard."""
    lexicon("add", "Pettibrook", "--language", "en")
    facts = answer(capsys, "test", "Chez Pettibrook & Sons", "-o", "out.wav")
    assert facts["lexicon"] == ["Pettibrook"]
    assert "[[en|Pettibrook]]" in facts["spoken"]
    assert (facts["voice"], facts["unknown"], facts["output"]) == ("tone", [], "out.wav")
    with wave.open("out.wav") as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(facts["seconds"], abs=0.001)
    assert answer(capsys, "test", "Ailleurs")["lexicon"] == []


def test_the_terminal_shows_the_same(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Hits, what is spoken, phonemes and file are a line each."""
    lexicon("add", "Lens", "--say", "lanss")
    capsys.readouterr()
    assert lexicon("test", "Lens") == ExitCode.DONE
    labels = [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert labels == ["lexicon", "spoken", "phonemes", "say.wav"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "AMP"], "“AMP”: does not say how; give a respelling (say), letters, a language, or ipa"),
        (["add", "AMP", "--letters", "--ipa", "a"], "says it in two ways"),
        (["add", "AMP", "--ipa", "vjO"], "“O”, which is no IPA symbol"),
        (["add", "AMP", "--language", "xx"], "“AMP”: espeak has no voice for the language “xx”"),
        (["add", "AMP", "--letters", "--issue", "1999-01"], "there is no issue “1999-01”"),
        (["test", "…"], "there is no word to say"),
        (["export", "-o", "x.pls"], "there is no such lexicon — vivavoce lexicon add makes it"),
        (["import", "none.pls"], "none.pls: cannot be read"),
    ],
)
def test_what_cannot_be_is_one_line(
    root: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each mistake is told in a line, with exit code 2, and leaves nothing behind."""
    assert lexicon(*arguments) == ExitCode.USAGE
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1
    assert not (root / "lexicon").exists()


def test_a_language_that_the_edition_lacks_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A word cannot go where no article would find it."""
    assert lexicon("add", "AMP", "--letters", lang="de") == ExitCode.USAGE
    assert "its languages are en, fr" in capsys.readouterr().err


def test_a_voice_that_is_not_installed_is_no_obstacle(
    make_edition: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """IPA is added unchecked, and that is said; hearing it needs the voice."""
    root = make_edition(settings=EDITION.replace('fr = "tone"', 'fr = "ff_siwis"'))
    monkeypatch.setenv("VIVAVOCE_VOICES", str(root / "none"))
    monkeypatch.chdir(root)
    assert lexicon("add", "Lens", "--ipa", "lɑ̃s") == ExitCode.DONE
    assert "not checked against a voice" in capsys.readouterr().err
    assert lexicon("test", "Lens") == ExitCode.MISSING_VOICE


@pytest.mark.slow
@pytest.mark.real_voice
def test_sounds_are_checked_against_the_cast_voice(
    make_edition: Callable[..., Path],
    real_voice: Callable[[str], LoadableVoice],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A symbol that the voice lacks is refused by name, with a near one; with that, the word is said as given."""
    real_voice("ff_siwis")
    root = make_edition(settings=EDITION.replace('fr = "tone"', 'fr = "ff_siwis"'))
    monkeypatch.chdir(root)
    assert lexicon("add", "Vieux-Port", "--ipa", "vjø pɔʀ") == ExitCode.USAGE
    assert "ff_siwis has no ʀ (latin letter small capital r), try ʁ" in capsys.readouterr().err
    assert answer(capsys, "add", "Vieux-Port", "--ipa", "vjø pɔʁ")["checked_with"] == "ff_siwis"
    lexicon("add", "Pettibrook", "--language", "en")
    facts = answer(capsys, "test", "Le Vieux-Port de Pettibrook.")
    assert facts["phonemes"] == "lə vjø pɔʁ də pˈɛtɪbɹˌʊk."
    assert facts["seconds"] > 1


def test_words_go_out_and_come_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is exported and imported again is the same, twice; what PLS cannot say is told on stderr."""
    lexicon("add", "Lens", "--say", "lanss")
    lexicon("add", "AMP", "--letters")
    lexicon("add", "Pettibrook", "--language", "en")
    capsys.readouterr()
    assert lexicon("export", "-o", "fr.pls") == ExitCode.DONE
    captured = capsys.readouterr()
    assert captured.out == "fr.pls: 2 words\n"
    assert captured.err == "“Pettibrook” is left out: PLS has no words of another language\n"
    (root / "lexicon" / "fr.toml").unlink()
    assert answer(capsys, "import", "fr.pls")["new"] == ["AMP", "Lens"]
    before = (root / "lexicon" / "fr.toml").read_bytes()
    again = answer(capsys, "import", "fr.pls")
    assert (again["new"], again["changed"], again["same"]) == ([], [], ["AMP", "Lens"])
    assert (root / "lexicon" / "fr.toml").read_bytes() == before


def test_an_import_overwrites_only_by_force(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A word that the producer has settled stays, and that is told; --force replaces it."""
    lexicon("add", "Lens", "--say", "lanss")
    lexicon("export", "-o", "fr.pls")
    lexicon("add", "Lens", "--say", "lance")
    kept = answer(capsys, "import", "fr.pls")
    assert kept["kept"] == ["Lens"]
    assert "“Lens” is said otherwise here" in kept["left"][0]
    assert answer(capsys, "import", "fr.pls", "--force")["changed"] == ["Lens"]
    assert read_lexicon(root / "lexicon" / "fr.toml").entries == (Entry(written="Lens", say="lanss"),)


def test_words_that_are_added_at_the_same_time_are_all_kept(make_edition: Callable[..., Path]) -> None:
    """Six programs, each with a word: whoever comes second waits for the first, and none is lost."""
    root = make_edition()
    words = ["alpha", "bravo", "carlo", "delta", "echo", "foxtrot"]
    adding = [
        subprocess.Popen(
            [sys.executable, "-m", "vivavoce", "lexicon", "add", word, "--say", f"{word}s", "--lang", "en"], cwd=root,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, stdout=subprocess.DEVNULL,
        )
        for word in words
    ]  # fmt: skip
    assert [each.wait(60) for each in adding] == [0] * len(words)
    assert sorted(entry.written for entry in read_lexicon(root / "lexicon" / "en.toml").entries) == words
    assert not list(root.rglob(".partial-*"))
