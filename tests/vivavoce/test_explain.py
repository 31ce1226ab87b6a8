import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from articles.errors import ExitCode
from tests.conftest import EDITION
from vivavoce.cli import run
from voices.load import LoadableVoice

pytestmark = pytest.mark.slow

Edition = Callable[..., Path]


def test_an_article_is_explained_segment_by_segment(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """Written text, language and why, rules, spoken text, phonemes, voice and clip key are there for each segment."""
    root = make_edition()
    assert run(["explain", "2026-11", "01-harbour", "-C", str(root), "--json"]) == ExitCode.DONE
    segments = json.loads(capsys.readouterr().out)
    caption = next(segment for segment in segments if segment["written"].startswith("Le port"))
    assert (caption["language"], caption["reason"], caption["voice"]) == ("fr", "marked block", "tone")
    assert len(caption["clip"]) == 64
    assert run(["build", "-C", str(root), "--json"]) == ExitCode.DONE
    for segment in segments:
        assert list((root / ".vivavoce" / "clips").rglob(f"{segment['clip']}.clip"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2026-11", "nope"], "there is no article “nope” in 2026-11"),
        (["2026-11", "01", "--segment", "99"], "there is no segment 99"),
        (["2026-11"], "name an issue and an article"),
    ],
)
def test_what_cannot_be_explained_is_told(
    make_edition: Edition, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """An article or a segment that is not there is one line that says what is."""
    assert run(["explain", *arguments, "-C", str(make_edition())]) == ExitCode.USAGE
    assert message in capsys.readouterr().err


def test_text_needs_no_edition(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line on stdin gives one JSON object on one line, with the language guessed unless it is given."""
    lines = "Le marché ouvre à l’aube. Il ferme tard.\nThe market opens at dawn.\n\n"
    monkeypatch.setattr("sys.stdin", StringIO(lines))
    assert run(["explain", "--text", "-", "--json"]) == ExitCode.DONE
    french, english, empty = map(json.loads, capsys.readouterr().out.splitlines())
    assert set(french) == {"written", "language", "sentences", "spoken", "rules"}
    assert (french["language"], len(french["sentences"])) == ("fr", 2)
    assert (english["language"], english["spoken"]) == ("en", ["The market opens at dawn."])
    assert empty["sentences"] == []


def test_a_plan_shows_what_will_be_read_and_why(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """Before a build everything is to be read, after it nothing, and after a change exactly what changed."""
    root = make_edition()
    plan = ["plan", "-C", str(root), "--json"]
    assert run(plan) == ExitCode.DONE
    first = json.loads(capsys.readouterr().out)["articles"]
    assert [len(article["to_read"]) for article in first] == [article["segments"] for article in first]
    (switch,) = first[0]["switches"]
    assert (switch["language"], switch["reason"], switch["text"]) == ("fr", "marked block", "Le port, à l’aube.")
    assert run(["build", "-C", str(root), "--json"]) == ExitCode.DONE
    capsys.readouterr()
    assert run(plan) == ExitCode.DONE
    assert not any(article["to_read"] for article in json.loads(capsys.readouterr().out)["articles"])
    article = root / "issues/2026-11/01-harbour.en.md"
    article.write_text(article.read_text().replace("Nobody waves", "Nobody sings"))
    assert run(plan) == ExitCode.DONE
    changed = json.loads(capsys.readouterr().out)["articles"]
    assert [read["text"] for read in changed[0]["to_read"]] == ["Nobody sings."]
    assert run(["plan", "-C", str(root)]) == ExitCode.DONE
    assert "read “Nobody sings.”" in capsys.readouterr().out


def test_a_sentence_in_another_language_is_switched_and_a_name_is_not(
    make_edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unmarked French sentence in an English article gets the French voice; names and two words do not."""
    text = (
        "# T\n\nThe mayor said it plainly. Nous avons voulu que cette place soit rendue aux habitants du quartier. "
        "Then she left for the Quai des Cordiers with Aurèle Montjoie.\n\nBon appétit!\n"
    )
    root = make_edition({"01-a.en.md": text})
    assert run(["plan", "-C", str(root), "--json"]) == ExitCode.DONE
    (article,) = json.loads(capsys.readouterr().out)["articles"]
    (switch,) = article["switches"]
    assert switch["text"].startswith("Nous avons voulu")
    assert switch["reason"].startswith("reads as fr")


def test_settings_say_what_is_read(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """`[reading]` in edition.toml changes what is read; a treatment that does not exist is refused with its line."""
    root = make_edition(settings=EDITION + '\n[reading]\ncaption = "skip"\n')
    assert run(["plan", "-C", str(root), "--json"]) == ExitCode.DONE
    (skipped,) = json.loads(capsys.readouterr().out)["articles"][0]["skipped"]
    assert skipped["rule"] == "[reading] caption = skip"
    (root / "edition.toml").write_text(EDITION + '\n[reading]\ncaption = "sing"\n')
    assert run(["plan", "-C", str(root)]) == ExitCode.USAGE
    assert "edition.toml:16: reading" in capsys.readouterr().err


def test_a_lexicon_entry_re_reads_only_where_it_hits(make_edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    """After a word is added to the lexicon, the plan lists exactly the segments that hold it, and so does the build."""
    root = make_edition()
    assert run(["build", "-C", str(root), "--json"]) == ExitCode.DONE
    assert run(["lexicon", "add", "harbour", "--say", "har bore", "--lang", "en", "-C", str(root)]) == ExitCode.DONE
    capsys.readouterr()
    assert run(["plan", "-C", str(root), "--json"]) == ExitCode.DONE
    first, second = json.loads(capsys.readouterr().out)["articles"]
    assert [read["text"] for read in first["to_read"]] == ["The Harbour Wakes"]
    assert second["to_read"] == []
    assert run(["explain", "2026-11", "01", "--segment", "0", "-C", str(root), "--json"]) == ExitCode.DONE
    (segment,) = json.loads(capsys.readouterr().out)
    assert {"rule": "lexicon: harbour", "before": "Harbour", "after": "har bore"} in segment["rules"]
    assert run(["build", "-C", str(root), "--json"]) == ExitCode.DONE
    report = json.loads(capsys.readouterr().out)
    assert (report["segments_read"], report["episodes_changed"]) == (1, 1)


def test_ipa_that_a_voice_cannot_say_is_told_before_the_build(
    make_edition: Edition,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    real_voice: Callable[[str], LoadableVoice],
) -> None:
    """An entry in IPA with a sound that the cast voice lacks is one line, and the build goes on."""
    real_voice("ff_siwis")
    root = make_edition({"01-a.en.md": "# T\n\nText.\n"}, EDITION.replace('fr = "tone"', 'fr = "ff_siwis"'))
    (root / "lexicon").mkdir()
    (root / "lexicon" / "fr.toml").write_text('[words]\n"Rade" = { ipa = "ʀad" }\n')
    assert run(["build", "-C", str(root), "--json"]) == ExitCode.DONE
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("lexicon: ")]
    assert "ff_siwis" in line
    assert "ʀ" in line
