import json
import subprocess
import sys
import time
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from articles.errors import ExitCode, SettingsError
from articles.lexicon_file import lexicon_for
from articles.markdown import read_article
from articles.sentences import split_sentences
from vivavoce.bench.builds import measure_builds
from vivavoce.bench.contenders import SPEECH
from vivavoce.bench.figures import Measure, Results, Row, Table
from vivavoce.bench.memory import tree_mb
from vivavoce.bench.page import page_of, tables_of
from vivavoce.bench.plot import plot_of
from vivavoce.bench.run import First, RunFailed, run
from vivavoce.bench.stage import OTHER, change_lexicon, change_word, edition_like, open_source, with_intro
from vivavoce.bench.texts import Text, recombined, shortened, text_of
from vivavoce.commands.bench import command

Edition = Callable[..., Path]
EXAMPLES = Path(__file__).parents[2] / "examples"


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def is_gone(pid: int) -> bool:
    """Whether the process has ended, a moment from now at the latest; one that nobody has waited for is a zombie."""
    time.sleep(0.01)
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except OSError:
        return True


def measured(*walls_s: float, cpu_s: float = 1.0) -> tuple[Measure, ...]:
    return tuple(Measure(wall_s, cpu_s, wall_s, 100.0, 60.0, "read") for wall_s in walls_s)


def test_recombined_articles_repeat_no_sentence() -> None:
    """25 articles in turn in both languages, the same each time, and nothing in them that a clip store could reuse."""
    texts = open_source(EXAMPLES).texts
    articles = recombined(texts, 25)
    assert articles == recombined(texts, 25) != recombined(texts, 25, seed=26)
    assert [text.language for text in articles[:4]] == ["en", "fr", "en", "fr"]
    sentences = [
        sentence.strip()
        for text in articles
        for line in text.lines
        for sentence in split_sentences(line, text.language)
    ]
    assert len(sentences) > 200
    assert len(sentences) == len(set(sentences))


def test_too_little_text_makes_no_issue() -> None:
    """A few words cannot be cut and joined to 25 articles: that is said, with what to do."""
    with pytest.raises(SettingsError, match="too few") as raised:
        recombined([Text("a", "en", "Boats", ("The first boat leaves at five, and nobody waves to it.",))], 25)
    assert raised.value.hint


@pytest.mark.parametrize(
    "paragraph",
    [
        "Plain.",
        "# not a heading",
        "5 * 3 * 2 and [this] <b> {x}",
        "> no | quotation | here",
        "back\\slash _so_ ^it^ ~is~",
    ],
)
def test_everybody_gets_the_same_text(tmp_path: Path, paragraph: str) -> None:
    """What vivavoce reads from the article's file is what the others get as plain text, whatever marks are in it."""
    text = Text("name", "en", 'The "Harbour" \\ wakes', (paragraph, "Another one."))
    path = tmp_path / "01-name.en.md"
    path.write_text(text.markdown(), encoding="utf-8")
    assert text_of(read_article(path, ("en",))) == text


def test_shortened_keeps_two_sentences() -> None:
    """--quick reads a headline and two sentences of each article."""
    text = Text("a", "en", "Boats", ("One came. Two came. Three came.", "More."))
    assert shortened(text).lines == ("Boats", "One came. Two came.")


def test_processor_time_counts_grandchildren(tmp_path: Path) -> None:
    """A command's CPU seconds are those of all processes that it started and waited for, and of all commands."""
    burn = "import time\\nwhile time.process_time() < 0.3: pass"
    command = python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{burn}'])")
    assert run(lambda _: [command], tmp_path, First(), 60).cpu_s >= 0.3
    assert run(lambda _: [command, command], tmp_path, First(), 60).cpu_s >= 0.6


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no /proc/PID/smaps_rollup here")
def test_memory_counts_children_and_shared_pages_once() -> None:
    """100 MB of a child count for its parent; the same pages seen by two forked processes count once."""
    hold = "data = b'x' * 100_000_000; import os; child = os.fork(); print(flush=True) if child else None; input()"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    with subprocess.Popen(python(code), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        held_mb = tree_mb(process.pid)
        process.kill()
    assert held_mb is not None
    assert 100 < held_mb < 180


def test_memory_of_a_process_that_has_ended_is_unknown() -> None:
    """It is None then, and not nothing."""
    process = subprocess.Popen(python("pass"))
    process.wait()
    assert tree_mb(process.pid) is None


def test_the_first_episode_is_seen(tmp_path: Path) -> None:
    """By a file of its pattern, by the second of them, or by a command's end; else all must have ended."""
    steps = [python(f"open('{name}.wav', 'w').close()") for name in "abc"]
    done = run(lambda _: steps, tmp_path, First(commands=1), 60)
    assert done.first_s < done.wall_s
    assert not First(commands=2).reached(tmp_path, 1)
    assert First(files="*.wav", count=3).reached(tmp_path, 0)
    assert not First(files="*.wav", count=4).reached(tmp_path, 3)
    done = run(lambda _: steps, tmp_path, First(), 60)
    assert done.first_s == done.wall_s


def test_later_commands_may_depend_on_earlier_ones(tmp_path: Path) -> None:
    """A command is asked for only when those before it have ended, and the last one's output is kept."""

    def commands(folder: Path):  # type: ignore[no-untyped-def]
        yield python("open('made', 'w').close(); print('first')")
        yield python(f"print({(folder / 'made').exists()})")

    assert run(commands, tmp_path, First(), 60).output == "True\n"


def test_a_failure_says_what_the_program_said(tmp_path: Path) -> None:
    """The exit code and the last lines of its complaint."""
    with pytest.raises(RunFailed, match=r"exit code 3 \(no voice here\)"):
        run(
            lambda _: [python("import sys; print('no voice here', file=sys.stderr); sys.exit(3)")],
            tmp_path,
            First(),
            60,
        )


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
def test_who_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    """When the time is over nothing of the command is left running."""
    child = "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(600)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with pytest.raises(RunFailed, match="took more than"):
        run(lambda _: [python(code)], tmp_path, First(), 1.0)
    pid = int((tmp_path / "pid").read_text())
    assert any(is_gone(pid) for _ in range(500))


def test_ratios_are_of_the_same_round() -> None:
    """A busy moment that hits a whole round leaves the ratio as it is; medians of each alone would not."""
    slow, fast = Row("a", "A", measured(10, 80, 12)), Row("b", "B", measured(5, 40, 12))
    assert fast.times_as_fast_as(slow) == 2
    assert slow.times_as_fast_as(slow) == 1
    assert slow.median("wall_s") == 12
    assert fast.audio_per_wall_s == 5
    assert Row("c", "C").times_as_fast_as(slow) is None


@pytest.mark.parametrize(
    "settings",
    ['title = "x"\n', '[sound]\nbed = ""\n[feed]\nurl = ""\n', '[sound]  # how\nintro = "a.wav"\nbed = ""\n', ""],
)
def test_the_intro_is_set_in_any_settings(settings: str) -> None:
    """Whether there is a [sound] or an intro or neither; nothing else changes."""
    after = tomllib.loads(with_intro(settings, "jingles/b.wav"))
    before = tomllib.loads(settings)
    assert after["sound"].pop("intro") == "jingles/b.wav"
    before.get("sound", {}).pop("intro", None)
    assert after == ({"sound": {}} | before)


def test_changes_are_small(tmp_path: Path) -> None:
    """One word of one article of the example, and one entry of the lexicon that stands nowhere but in that article."""
    edition_like(open_source(EXAMPLES), tmp_path / "edition")
    root = tmp_path / "edition"
    files = {path: path.read_text("utf-8").split() for path in root.rglob("*.md")}
    change_word(root)
    changed = {path: path.read_text("utf-8").split() for path in root.rglob("*.md")}
    (path,) = (path for path in files if files[path] != changed[path])
    (pair,) = ((one, other) for one, other in zip(files[path], changed[path], strict=True) if one != other)
    assert OTHER in pair[1]
    change_lexicon(root)
    (entry,) = lexicon_for([root], "en").entries
    assert [path for path in files if any(entry.written in word for word in files[path])] == [path]


@pytest.mark.slow
def test_each_build_does_what_its_change_asks_for(make_edition: Edition, tmp_path: Path) -> None:
    """Cold reads all; then nothing, the changed sentence, the one of the lexicon's word; a jingle reads nothing."""
    folder = tmp_path / "run"
    edition_like(open_source(make_edition()), folder / "edition")
    found = {name: measure.note.rpartition(": ")[2] for name, measure in measure_builds(folder, 120)}
    assert found["unchanged"] == "0 segments read, 0 episodes made"
    assert found["word"] == "1 segment read, 1 episode made"
    assert found["lexicon"] == "1 segment read, 1 episode made"
    assert found["jingle"] == "0 segments read, 2 episodes made"
    assert found["cold"].endswith("2 episodes made")


def results() -> Results:
    rows = (
        Row("piper-each", "`piper`, once for each article", measured(10, 20)),
        Row("sherpa-1", "sherpa", missing="pip install vivavoce[bench]"),
        Row("vivavoce-2", "vivavoce", measured(5, 5), ""),
        Row("vivavoce-1", "vivavoce alone", failed="exit code 3 | no voice " + "long " * 99),
    )
    machine = {"processor": "A & B <fast>", "cores": "2", "vivavoce": "0.1.0"}
    return Results(machine, 2, False, 70.0, (Table("example", SPEECH, 3, 4000, rows),))


def test_the_page_says_who_is_missing_and_why() -> None:
    """A competitor that is not installed has a row with what to install; every row has as many cells as the head."""
    page = page_of(results(), "benchmarks.svg")
    assert "not measured: pip install vivavoce[bench]" in page
    assert "failed: exit code 3 / no voice" in page
    assert "| A & B <fast> |" in page
    assert "](benchmarks.svg)" in page
    assert "| vivavoce | 12.0 | 60.0 | 5.0 | 5.0 | 100 | 3.00× | 1.00× |" in page
    assert tables_of(results()) in page
    rows = [line for line in tables_of(results()).splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in rows}) == 1


def test_the_plot_is_xml_with_a_bar_for_each_measured_row() -> None:
    """Its longest bar is the fastest row's, its words have every figure, and nothing breaks it."""
    root = ET.fromstring(plot_of(results()))
    name = "{http://www.w3.org/2000/svg}"
    bars = [each for each in root.iter(f"{name}rect") if each.get("class") in ("own", "other")]
    assert [each.get("class") for each in bars] == ["other", "own"]
    assert float(bars[1].get("width", "")) > 2 * float(bars[0].get("width", ""))
    description = root.find(f"{name}desc")
    assert description is not None
    assert "piper, once for each article 4.5, vivavoce 12.0" in str(description.text)


def test_an_edition_without_a_piper_voice_is_told(make_edition: Edition) -> None:
    """There is nothing to compare with then."""
    with pytest.raises(SettingsError, match="no Piper voice"):
        command.main(["-C", str(make_edition()), "--quick"], standalone_mode=False)


def test_bench_takes_only_rounds_that_can_be() -> None:
    """Zero rounds are refused."""
    with pytest.raises(click.BadParameter, match="range 1"):
        command.main(["--rounds", "0"], standalone_mode=False)


@pytest.mark.slow
@pytest.mark.real_voice
def test_quick_measures_everybody(
    real_voice: Callable[[str], object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All who are installed read the same text: their speech is equally long, but for a third; the page is written."""
    for voice in ("en_US-joe-medium", "ff_siwis"):
        real_voice(voice)
    page = tmp_path / "benchmarks.md"
    code = command.main(["--quick", "--json", "--write", str(page)], standalone_mode=False)
    told = json.loads(capsys.readouterr().out)
    assert code == ExitCode.DONE
    assert told["start_ms"] > 0
    lengths_s = [row["audio_s"] for table in told["tables"][:1] for row in table["rows"] if not row["missing"]]
    assert len(lengths_s) >= 4
    assert max(lengths_s) < 4 / 3 * min(lengths_s)
    assert all(
        row["cpu_s"] and row["wall_s"] for table in told["tables"] for row in table["rows"] if not row["missing"]
    )
    assert page.read_text("utf-8").startswith("# Benchmarks")
    ET.fromstring(page.with_suffix(".svg").read_bytes())
