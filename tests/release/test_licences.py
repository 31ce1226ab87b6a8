from pathlib import Path

import pytest

from release import licences
from release.licences import Rules, is_allowed, licence_of, load_rules, page, troubles
from release.lock import locked

ROOT = Path(__file__).parents[2]
ALLOWED = frozenset({"MIT", "BSD-3-Clause"})


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_every_licence_is_known_and_allowed() -> None:
    """Of each package that a release brings along, on whichever system."""
    names = tuple(sorted({each.name for each in locked()}))
    assert list(troubles(load_rules(), names)) == []


def test_a_licence_that_is_not_allowed_is_told() -> None:
    """With the package's name and what to do; so is one that nobody knows, and a rule for nothing."""
    rules = Rules(ALLOWED, {"pytest": "AGPL-3.0-only", "gone": "MIT"})
    found = list(troubles(rules, ("click", "no-such-package", "pytest")))
    assert [line.split()[0] for line in found] == ["no-such-package", "pytest", "gone"]
    assert "AGPL-3.0-only" in found[1]


@pytest.mark.parametrize(
    ("expression", "fine"),
    [
        ("MIT", True),
        ("MIT AND BSD-3-Clause", True),
        ("GPL-2.0-only OR MIT", True),
        ("GPL-2.0-only AND MIT", False),
        ("GPL-2.0-only OR AGPL-3.0-only", False),
        ("MIT OR GPL-2.0-only AND AGPL-3.0-only", False),
        ("MITX", False),
        ("", False),
    ],
)
def test_all_of_and_and_one_of_or(expression: str, fine: bool) -> None:
    """As SPDX means them; what mixes both is for a person to read."""
    assert is_allowed(expression, ALLOWED) is fine


def test_a_package_is_believed_only_in_spdx_terms() -> None:
    """“MIT License” or “BSD” in a package's own words says too little; a text that was read says it."""
    assert licence_of("click", Rules(ALLOWED, {})) == "BSD-3-Clause"
    assert licence_of("num2words", Rules(ALLOWED, {})) == ""
    assert licence_of("num2words", load_rules()) == "LGPL-2.1-or-later"


def test_a_page_that_is_not_up_to_date_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check writes nothing and ends with 1; written anew, it is up to date."""
    stale = tmp_path / "licences.md"
    monkeypatch.setattr(licences, "PAGE", stale)
    stale.write_text("yesterday's")
    assert licences.main(["--check"]) == 1
    assert stale.read_text() == "yesterday's"
    assert licences.main([]) == 0
    assert licences.main(["--check"]) == 0


def test_the_page_names_each_package_and_voice() -> None:
    """Each in a row of its own."""
    text = page(load_rules(), ("click", "num2words"))
    assert "| click | BSD-3-Clause |\n| num2words | LGPL-2.1-or-later |\n" in text
    assert "| en_US-joe-medium | CC0-1.0 |" in text
    assert "tone" not in text
