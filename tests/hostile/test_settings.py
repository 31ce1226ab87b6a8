"""Settings, words and running orders as a stranger may have made them, through the real commands."""

from collections.abc import Callable

import pytest

from tests.conftest import EDITION
from tests.hostile.conftest import ARTICLE, SECRET, House, Told

pytestmark = pytest.mark.slow


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
