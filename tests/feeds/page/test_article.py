import re
from dataclasses import replace
from pathlib import Path

import pytest

from articles.issue import BlockKind
from feeds.page.article import Shape, Text, text_of
from feeds.page.render import IssuePage, render_issue_page
from feeds.reading import Reading
from tests.narration import narrate
from voices.voice import Clip

TEXT = """\
+++
headline = "A 🎣 in “town”"
kicker = "Harbour"
+++

It cost €1,234 in all, said [la mairie]{lang=fr}: 10am.

::: {lang=fr}
Tout est en français ici.
:::

- One.
- Two.

> Quoted.

After it.
"""


def decoded(times: str, text: str) -> list[tuple[str, float]]:
    """The words and their starts, as the player reads them."""
    units = text.encode("utf-16-le")
    first, _, *entries = times.split(" ")
    time, place, words = int(first), 0, []
    for entry in entries:
        distance, length, *gap = map(int, entry.split(","))
        time += distance
        start = place + (gap[0] if gap else 1)
        place = start + length
        words.append((units[2 * start : 2 * place].decode("utf-16-le"), time / 100))
    return words


def test_times_lead_back_to_every_word(tmp_path: Path) -> None:
    """What the attribute says gives each word of the reading, to the hundredth of a second and never late."""
    reading = narrate(tmp_path, TEXT).reading
    text = text_of(reading)
    lines = [*text.head.values(), *(line for _, lines in text.body for line in lines)]
    found = [word for line in lines for run in line.runs for word in decoded(run.times, run.text)]
    wanted = [word for sentence in reading.sentences for word in sentence.words]
    assert [word for word, _ in found] == [word.text for word in wanted]
    for (_, start), word in zip(found, wanted, strict=True):
        assert 0 <= word.start_s - start < 0.0101


def test_blocks_have_their_shape_and_language(tmp_path: Path) -> None:
    """What heads the article is apart; the rest keeps its order, and only what is foreign is marked."""
    text = text_of(narrate(tmp_path, TEXT).reading)
    assert list(text.head) == [BlockKind.KICKER, BlockKind.HEADLINE]
    assert [(shape, len(lines)) for shape, lines in text.body] == [
        (Shape.TEXT, 2), (Shape.LIST, 2), (Shape.QUOTATION, 1), (Shape.TEXT, 1),
    ]  # fmt: skip
    first, french = text.body[0][1]
    assert [run.language for run in first.runs] == ["", "fr", ""]
    assert [run.joins for run in first.runs] == [False, True, True]
    assert "".join(run.lead + run.text for run in first.runs) == "It cost €1,234 in all, said la mairie: 10am."
    assert (first.language, french.language) == ("", "fr")
    assert all(run.language == "" for run in french.runs)


def test_an_estimate_is_labelled_on_the_page(tmp_path: Path, issue_page: IssuePage) -> None:
    """The page says of an article whose times are estimated that they are, and of no other."""
    reading = narrate(tmp_path, TEXT, change=lambda clip: Clip(clip.pcm, clip.sample_rate)).reading
    assert text_of(reading).estimated
    true = narrate(tmp_path, TEXT).reading
    for readings, count in (((reading, true, None), 1), ((true, true, None), 0)):
        html = render_issue_page(_with(issue_page, readings))
        assert html.count("Some times are estimated") == count


def test_a_long_issue_stays_light(tmp_path: Path, issue_page: IssuePage) -> None:
    """A word costs at most 20 bytes of HTML, so that 25 articles of 1,500 words stay below a megabyte."""
    reading = narrate(tmp_path, TEXT.replace("After it.", "It was a day like any other on the quay. " * 150)).reading
    words = sum(len(sentence.words) for sentence in reading.sentences)
    assert words > 1_300
    size = len(render_issue_page(_with(issue_page, (reading, None, None))).encode())
    empty = len(render_issue_page(issue_page).encode())
    assert (size - empty) / words < 20


def test_there_is_a_reading_for_each_episode_or_none(issue_page: IssuePage, tmp_path: Path) -> None:
    """A text is never shown below another article's headline: too few readings are an error."""
    with pytest.raises(ValueError, match=r"shorter|longer"):
        render_issue_page(_with(issue_page, (narrate(tmp_path, TEXT).reading,)))


def test_an_ident_stands_above_the_article(tmp_path: Path, issue_page: IssuePage) -> None:
    """What is said over the jingle is shown before the headline and does not displace it."""
    narration = narrate(tmp_path, TEXT)
    first, *rest = narration.speech
    reading = replace(narration, speech=(replace(first, ident=True), *rest)).reading
    text = text_of(reading)
    assert isinstance(text, Text)
    assert [line.runs[0].text for line in text.idents] == ["Harbour"]
    html = render_issue_page(_with(issue_page, (reading, None, None)))
    assert re.search(r'class="ident"[^\n]*Harbour[^\n]*\n(?:.*\n)*<h3', html)


def _with(page: IssuePage, readings: tuple[Reading | None, ...]) -> IssuePage:
    return replace(page, readings=readings)
