"""Settings, words and running orders as a stranger may have made them, through the real commands."""

from collections.abc import Callable

import pytest

from tests.conftest import EDITION
from tests.hostile.conftest import ARTICLE, SECRET, House, Told

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("again", "code", "told_of"),
    [
        ("./01-a.en.md", 2, "issue.toml:1: order has “01-a.en.md” twice: take one of the two out"),
        ("drafts/..//01-a.en.md", 2, "issue.toml:1: order has “01-a.en.md” twice"),
        ("../2026-11/01-a.en.md", 1, "01-a.en.md: lies in another folder than the issue's"),
        ("../2026-10/01-a.en.md", 1, "01-a.en.md: lies in another folder than the issue's"),
        ("{issue}/01-a.en.md", 1, "01-a.en.md: has the same name and language as 01-a.en.md"),
        ("drafts/01-a.en.md", 1, "01-a.en.md: has the same name and language as 01-a.en.md"),
    ],
)
def test_no_article_is_published_twice(
    house: House, command: Callable[..., Told], again: str, code: int, told_of: str
) -> None:
    """However the order writes its name a second time: apps would take two episodes with one guid for one."""
    for folder in (".", "drafts", "../2026-10"):
        house.article(ARTICLE, f"{folder}/01-a.en.md")
    house.write("issues/2026-11/issue.toml", f'order = ["01-a.en.md", "{again.format(issue=house.issue)}"]\n')
    told = command("build", "2026-11")
    assert told.code == code
    assert told_of in told.err
    feeds = [feed.read_text("utf-8") for feed in house.edition.glob("public/2026-11/feed.xml")]
    assert [feed.count("<guid") for feed in feeds] == [1] * (code == 1)


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ("edition.toml", EDITION.replace("La Gazette", SECRET)),
        ("issues/2026-11/issue.toml", f'title = "{SECRET}"\n'),
        ("lexicon/en.toml", f'[words]\nboat = "{SECRET}"\n'),
        ("issues/2026-11/lexicon/en.toml", f'[words]\nboat = "{SECRET}"\n'),
    ],
)
def test_settings_and_words_are_no_links_out_of_the_edition(
    house: House, command: Callable[..., Told], link: str, text: str
) -> None:
    """What lies elsewhere is neither published nor said, nor taken over when a word is added."""
    house.article(ARTICLE)
    house.secret.write_text(text, encoding="utf-8")
    path = house.edition / link
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(house.secret)
    try:
        commands = [["build"], ["plan"]]
        if "lexicon" in link:
            issue = ["--issue", "2026-11"] if "issues" in link else []
            commands.append(["lexicon", "add", "AMP", "--say", "amp", "--lang", "en", *issue])
        for arguments in commands:
            told = command(*arguments)
            assert told.code == 2
            assert f"{path.name}: leads out of the edition — copy it into the edition's folder" in told.err
        assert path.is_symlink()
        assert SECRET not in house.texts()
    finally:
        house.secret.write_text(f'+++\nheadline = "{SECRET}"\n+++\n\n{SECRET}\n', encoding="utf-8")


def test_settings_that_are_links_within_the_edition_are_followed(house: House, command: Callable[..., Told]) -> None:
    """Words may be kept once and hold in two issues."""
    house.article(ARTICLE)
    house.write("shared/en.toml", '[words]\nboat = "bote"\n')
    (house.edition / "lexicon").mkdir()
    (house.edition / "lexicon" / "en.toml").symlink_to("../shared/en.toml")
    assert command("build").code == 0


def test_an_article_in_a_folder_of_the_issue_may_be_listed(house: House, command: Callable[..., Told]) -> None:
    """An order may name files below the issue's folder."""
    house.article(ARTICLE, "drafts/01-a.en.md")
    house.write("issues/2026-11/issue.toml", 'order = ["drafts/01-a.en.md"]\n')
    assert command("build").code == 0
