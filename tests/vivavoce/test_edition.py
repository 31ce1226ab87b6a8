import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.errors import SettingsError
from tests.conftest import EDITION
from vivavoce.edition import newest_issue, open_edition, open_issue


def test_an_edition_is_read(make_edition: Callable[..., Path]) -> None:
    """Title, languages, voices and feed are there, and each room's defaults where nothing is said."""
    edition = open_edition(make_edition())
    assert edition.settings.title == "La Gazette & the Gazette"
    assert edition.settings.voices == {"en": "tone", "fr": "tone"}
    assert edition.settings.sound.target_lufs == -16.0
    assert edition.issue_names() == ("2026-11",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "5b0c9a4e-6f0e-4f62-9d7c-8f8f6f2a7d11"\n', "", "id is missing; write id = "),
        ("5b0c9a4e", "5b0c", "is not a UUID"),
        ('["en", "fr"]', "[]", "languages is empty"),
        ('["en", "fr"]', '["english"]', "“english” is not a language tag"),
        ('fr = "tone"', 'de = "tone"', "“de” is not one of languages"),
        ('url = "http://localhost:8000/"\n', "", "url is missing"),
        ("[feed]", "[sound]\ntarget_lufs = 4\n[feed]", "edition.toml:10: sound.target_lufs is 4.0: give"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    make_edition: Callable[..., Path], old: str, new: str, message: str
) -> None:
    """Each impossible setting is one line that names it."""
    assert old in EDITION
    with pytest.raises(SettingsError) as caught:
        open_edition(make_edition(settings=EDITION.replace(old, new)))
    assert message in str(caught.value)


def test_articles_run_by_name_unless_ordered(make_edition: Callable[..., Path]) -> None:
    """The order listed in issue.toml comes first, a file that is missing included; the others follow by name."""
    root = make_edition({"03-c.en.md": "x", "01-a.en.md": "x", "02-b.en.md": "x"})
    folder = root / "issues" / "2026-11"
    assert [path.name for path in open_issue(open_edition(root), "2026-11").files] == [
        "01-a.en.md",
        "02-b.en.md",
        "03-c.en.md",
    ]
    (folder / "issue.toml").write_text('order = ["03-c.en.md", "gone.en.md"]\n')
    assert [path.name for path in open_issue(open_edition(root), "2026-11").files] == [
        "03-c.en.md",
        "gone.en.md",
        "01-a.en.md",
        "02-b.en.md",
    ]


def test_an_issue_is_dated_by_its_file_or_its_folder(make_edition: Callable[..., Path]) -> None:
    """issue.toml's date counts; without one the folder's name; without either the error says so."""
    root = make_edition()
    assert open_issue(open_edition(root), "2026-11").date == datetime.date(2026, 11, 1)
    (root / "issues" / "2026-11" / "issue.toml").write_text("date = 2026-11-15\n")
    assert open_issue(open_edition(root), "2026-11").date == datetime.date(2026, 11, 15)
    (root / "issues" / "autumn").mkdir()
    (root / "issues" / "autumn" / "01-a.en.md").write_text("x")
    with pytest.raises(SettingsError, match="the issue has no date"):
        open_issue(open_edition(root), "autumn")


def test_the_newest_issue_is_the_latest_by_date(make_edition: Callable[..., Path]) -> None:
    """Names do not count when dates say otherwise."""
    root = make_edition()
    for name, date in (("a-spring", "2027-03-01"), ("z-winter", "2026-12-01")):
        (root / "issues" / name).mkdir()
        (root / "issues" / name / "issue.toml").write_text(f"date = {date}\n")
        (root / "issues" / name / "01-a.en.md").write_text("x")
    assert newest_issue(open_edition(root)) == "a-spring"


@pytest.mark.parametrize("name", ["2026-12", "../2026-11", "", "."])
def test_an_issue_that_is_not_there_is_told(make_edition: Callable[..., Path], name: str) -> None:
    """The error lists the issues that are there; no name leads out of the folder."""
    with pytest.raises(SettingsError, match="issues here: 2026-11"):
        open_issue(open_edition(make_edition()), name)
