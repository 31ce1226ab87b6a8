import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.rules.check import RULE_NAMES, check_folder

pytestmark = pytest.mark.slow  # a whole build of its own


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public folder of a small edition, built by the tone voice."""
    root = tmp_path_factory.mktemp("edition")
    command = [sys.executable, "-m", "vivavoce"]
    new = [*command, "new", str(root / "gazette"), "--lang", "en,fr"]
    subprocess.run(new, check=True, capture_output=True)
    settings = root / "gazette" / "edition.toml"
    text = settings.read_text()
    for voice in ("en_US-joe-medium", "ff_siwis"):
        text = text.replace(f'"{voice}"', '"tone"')
    settings.write_text(text)
    subprocess.run([*command, "build", "-C", str(root / "gazette")], check=True, capture_output=True)
    return root / "gazette" / "public"


@pytest.fixture
def public(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "public")
    return tmp_path / "public"


def errors(public: Path) -> set[str]:
    return {finding.rule for finding in check_folder(public).findings if finding.severity == "error"}


def one(public: Path, pattern: str) -> Path:
    return sorted(public.rglob(pattern))[0]


def edit(public: Path, pattern: str, old: str, new: str) -> None:
    path = one(public, pattern)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_built_passes(public: Path) -> None:
    """No rule has anything to say about our own feeds and pages."""
    assert check_folder(public).findings == ()


def _cut_sound(public: Path) -> None:
    path = one(public, "*.mp3")
    path.write_bytes(path.read_bytes()[: -path.stat().st_size // 2])


def _grow_transcript(public: Path) -> None:
    path = one(public, "*.vtt")
    path.write_text(path.read_text(encoding="utf-8") + "\n99:00:00.000 --> 99:00:01.000\nlate\n", encoding="utf-8")


def _forget_loudness(public: Path) -> None:
    path = one(public, "build.json")
    facts = json.loads(path.read_bytes())
    for episode in facts["episodes"]:
        del episode["lufs"]
    path.write_text(json.dumps(facts))


DAMAGE: dict[str, Callable[[Path], None]] = {
    "vivavoce/links": lambda public: one(public, "*.vtt").unlink(),
    "vivavoce/enclosures": lambda public: edit(public, "2*/feed.xml", 'length="', 'length="1'),
    "vivavoce/durations": _cut_sound,
    "vivavoce/artwork": lambda public: one(public, "cover.*.jpg").write_bytes(b"no picture"),
    "vivavoce/transcripts-and-chapters": _grow_transcript,
    "vivavoce/page-links": lambda public: edit(public, "2*/index.html", 'href="feed.xml"', 'href="feeds.xml"'),
}


@pytest.mark.parametrize("rule", DAMAGE)
def test_damage_is_found(public: Path, rule: str) -> None:
    """One thing wrong in a folder that was right is told by the rule for it."""
    DAMAGE[rule](public)
    assert rule in errors(public)


def test_loudness_must_be_recorded(public: Path) -> None:
    """An episode whose loudness nobody measured is a warning."""
    _forget_loudness(public)
    assert {finding.rule for finding in check_folder(public).findings} == {"vivavoce/loudness"}


def test_an_episode_of_an_earlier_build_is_told_with_the_reason(public: Path) -> None:
    """What stays because its article fails today was measured then; the warning names the article."""
    path = one(public, "build.json")
    facts = json.loads(path.read_bytes())
    gone = facts["episodes"].pop(0)
    facts["failures"] = [{"article": gone["article"], "message": "…", "hint": "", "exit_code": 1}]
    path.write_text(json.dumps(facts))
    found = check_folder(public).findings
    assert {finding.rule for finding in found} == {"vivavoce/loudness"}
    assert {finding.message for finding in found} == {
        f"“{gone['title']}” is of an earlier build: {gone['article']} failed in the last one"
    }


def test_a_feed_that_lies_elsewhere_is_told(public: Path) -> None:
    """Its links cannot be checked, and that is said instead of passing it."""
    issue = next(path.parent for path in public.glob("*/feed.xml"))
    issue.rename(public / "moved")
    assert "vivavoce/address" in {finding.rule for finding in check_folder(public).findings}


def test_one_issue_alone(public: Path) -> None:
    """A name below the folder checks the feeds and pages there and no others."""
    issue = next(path.parent.name for path in public.glob("*/feed.xml"))
    checked = check_folder(public, issue)
    assert checked.feeds
    assert all(path.startswith(f"{issue}/") for path in (*checked.feeds, *checked.pages))


def test_the_command_exits_1_on_errors_and_0_without(public: Path) -> None:
    """For programs the findings are JSON, with rule, file, line and severity."""
    command = [sys.executable, "-m", "vivavoce", "check", "--json", str(public)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    _cut_sound(public)
    ended = subprocess.run(command, capture_output=True, check=False)
    facts = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert facts["errors"] == sum(finding["severity"] == "error" for finding in facts["findings"]) > 0
    assert facts["rules"] == list(RULE_NAMES)
