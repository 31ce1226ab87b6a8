"""Editions of earlier versions: they build, and stay the same editions for whoever listens."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from articles.errors import SettingsError
from feeds.published_record import last_published
from feeds.rules.check import check_folder
from tests.conftest import EDITION
from vivavoce.cli import run
from vivavoce.edition import EDITION_FORMAT, open_edition, open_issue

OLD = Path(__file__).parents[1] / "editions" / "v0_1"
ISSUES = ("2026-10", "2026-11")


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """An edition as version 0.1.0 left it, but for its sound and its clips."""
    root = tmp_path / "edition"
    shutil.copytree(OLD, root, ignore=shutil.ignore_patterns("kept"))
    shutil.copytree(OLD / "kept" / "published", root / "public")
    shutil.copytree(OLD / "kept" / "state", root / ".vivavoce")
    return root


def known(card: Path) -> list[tuple[Any, ...]]:
    """What apps know episodes by, and what tells them apart."""
    names = ("guid", "title", "number", "season", "published", "language")
    return [tuple(each[name] for name in names) for each in json.loads(card.read_bytes())["episodes"]]


@pytest.mark.slow
def test_an_edition_of_version_0_1_builds_as_the_same_episodes(edition: Path) -> None:
    """Every issue, with nothing wrong in public/ afterwards; apps see no episode as a new one."""
    assert run(["build", "-C", str(edition), *ISSUES, "--workers", "1"]) == 0
    for issue in ISSUES:
        before = OLD / "kept" / "published" / issue / "card.json"
        assert known(edition / "public" / issue / "card.json") == known(before)
    assert not check_folder(edition / "public").errors


def test_what_version_0_1_published_and_imported_is_still_known(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its records have no seal, and count."""
    assert [each.title for each in last_published(edition / ".vivavoce", "november") or ()] == [
        "Le marché du samedi",
        "The Harbour Wakes",
    ]
    article = edition / "issues" / "2026-10" / "02-the-quiet-pier.en.md"
    before = article.read_bytes()
    page = str(OLD / "kept" / "page.html")
    assert run(["import", "-C", str(edition), "--issue", "2026-10", page, "--json"]) == 0
    assert [each["outcome"] for each in json.loads(capsys.readouterr().out)["articles"]] == ["unchanged"]
    assert article.read_bytes() == before


def test_settings_for_a_newer_version_are_refused(edition: Path) -> None:
    """With file and line, what is known, and what to do, before a setting that nobody knows here is complained of."""
    path = edition / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title =", f"format = {EDITION_FORMAT}\ntitle =", 1), encoding="utf-8")
    assert open_edition(edition).settings.format == EDITION_FORMAT
    path.write_text(text.replace("title =", "future = true\nformat = 99\ntitle =", 1), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        open_edition(edition)
    assert str(caught.value) == (
        "edition.toml:4: was written for a newer vivavoce (format 99; this one knows 1) — install a newer vivavoce"
    )
    path.write_text(text.replace("title =", "format = 0\ntitle =", 1), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"edition.toml:3: format is 0: the first is 1"):
        open_edition(edition)


def decimals(lowest: float, highest: float) -> st.SearchStrategy[float]:
    """Numbers as people write them; where a voice was loaded, the processor has none of the smallest ones."""
    return st.floats(lowest, highest, allow_subnormal=False)


TEXT = st.text('abc é’“"\\', max_size=12)
SOUND = {
    "target_lufs": decimals(-31, -10),
    "loudness_tolerance_lu": decimals(0.1, 3),
    "true_peak_db": decimals(-9, 0),
    "bitrate_kbps": st.sampled_from([64, 96, 128]),
    "sample_rate": st.sampled_from([44_100, 48_000]),
    "channels": st.sampled_from(["auto", "mono", "stereo"]),
    "formats": st.sampled_from([["mp3"], ["mp3", "m4a"], ["mp3", "opus", "m4a"]]),
    **dict.fromkeys(("intro", "outro", "sting", "bed", "language"), st.sampled_from(["", "none"])),
    "overlap_ms": st.integers(0, 2000),
    "jingle_fallback": st.booleans(),
    "programme": st.booleans(),
}
PAUSES = dict.fromkeys(("breath_ms", "sentence_ms", "paragraph_ms", "heading_ms", "jingle_ms"), st.integers(0, 1500))
READING = dict.fromkeys(("caption", "sidebar", "footnote"), st.sampled_from(["read", "announce", "end", "skip"]))
FEED = {
    "explicit": st.booleans(),
    "copyright": TEXT,
    "link": st.sampled_from(["", "https://example.org/"]),
    "license": st.sampled_from(["", "CC-BY-4.0"]),
    "frequency": st.sampled_from(["", "monthly", "weekly"]),
    "type": st.sampled_from(["serial", "episodic"]),
    "locked": st.booleans(),
}
TOP = {"description": TEXT, "cover": st.just(""), "epub": st.sampled_from(["sentences", "words", "none"])}
"""The settings of version 0.1 and the values that they may have."""


def table(name: str, entries: dict[str, Any]) -> str:
    """A TOML table; a JSON text without half characters is a TOML text, and so are numbers, lists and true."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entries.items()]
    return "\n".join([f"[{name}]" if name else "", *lines, ""])


USUAL = {
    "target_lufs": decimals(-24, -15),
    "loudness_tolerance_lu": decimals(0.5, 3),
    "true_peak_db": decimals(-3, 0),
}
"""What any sound can be brought to."""


@st.composite
def editions(draw: st.DrawFn, sound: dict[str, st.SearchStrategy[Any]] = SOUND) -> str:
    """An edition.toml as it could be written for version 0.1."""

    def some(choices: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
        return draw(st.fixed_dictionaries({}, optional=choices))

    top, _, feed = EDITION.partition("[feed]")
    title, _, voices = top.partition("[voices]")
    return "".join(
        (
            title,
            table("", some(TOP)),
            "[voices]",
            voices,
            table("locales", some({"en": st.sampled_from(["en-GB", "en-US"]), "fr": st.just("fr-CH")})),
            table("reading", some(READING)),
            table("sound", some(sound)),
            table("sound.pauses", some(PAUSES)),
            table("sound.ident", some({"en": st.just("{publication}: {headline}")})),
            "[feed]",
            feed,
            table("", some(FEED)).lstrip("\n"),
        )
    )


def written(folder: Path, settings: str) -> Path:
    """The old edition's articles under other settings."""
    root = folder / "edition"
    shutil.copytree(OLD, root, ignore=shutil.ignore_patterns("kept"))
    (root / "edition.toml").write_text(settings, encoding="utf-8")
    return root


@given(editions())
def test_every_setting_of_version_0_1_is_still_known(settings: str) -> None:
    """Alone and together with others: the edition opens, and its issues can be planned."""
    with tempfile.TemporaryDirectory() as folder:
        edition = open_edition(written(Path(folder), settings))
        assert [open_issue(edition, name).id for name in edition.issue_names()] == ["2026-10", "november"]


@pytest.mark.slow
@examples(max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(editions(SOUND | USUAL))
def test_editions_of_version_0_1_still_build(settings: str) -> None:
    """Whatever is set, the newest issue is built, and check finds no error in it."""
    with tempfile.TemporaryDirectory() as folder:
        root = written(Path(folder), settings)
        assert run(["build", "-C", str(root), "--workers", "1"]) == 0, settings
        assert not check_folder(root / "public").errors, settings
