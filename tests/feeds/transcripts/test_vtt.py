import html
import io
import itertools
import re

import webvtt

from feeds.reading import Reading
from feeds.transcripts.vtt import clock, render_vtt

STAMP = re.compile(r"<(\d+):(\d\d):(\d\d\.\d{3})>")


def seconds(stamp: tuple[str, ...]) -> float:
    return int(stamp[0]) * 3600 + int(stamp[1]) * 60 + float(stamp[2])


def start(cue: webvtt.Caption) -> float:
    return seconds(tuple(cue.start.split(":")))


def end(cue: webvtt.Caption) -> float:
    return seconds(tuple(cue.end.split(":")))


def cues(reading: Reading) -> list[webvtt.Caption]:
    return list(webvtt.from_buffer(io.StringIO(render_vtt(reading))))


def test_another_reader_finds_the_printed_text(reading: Reading, printed: str) -> None:
    """What an independent reader shows, tags apart, is every character of the article as it was written."""
    shown = " ".join(cue.text for cue in cues(reading))
    assert " ".join(html.unescape(shown).split()) == printed


def test_cues_are_short_and_apart(reading: Reading) -> None:
    """A cue has at most two lines of 42 characters, follows the one before it, and ends inside the episode."""
    found = cues(reading)
    assert len(found) > 6
    for cue in found:
        lines = html.unescape(cue.text).split("\n")
        assert len(lines) <= 2
        assert max(map(len, lines)) <= 42
        assert start(cue) < end(cue) <= reading.seconds
    for before, after in itertools.pairwise(found):
        assert end(before) <= start(after)


def test_a_long_sentence_is_cut_where_clauses_end(reading: Reading) -> None:
    """No cue of the long sentence begins or ends inside a clause when it need not."""
    ends = [html.unescape(cue.text)[-1] for cue in cues(reading)]
    assert sum(end.isalnum() for end in ends) <= 1


def test_each_word_has_its_own_time(reading: Reading) -> None:
    """Times inside a cue rise, lie between its start and its end, and are those of the reading's words."""
    starts = {round(word.start_s, 3) for sentence in reading.sentences for word in sentence.words}
    stamped = 0
    for cue in cues(reading):
        inner = [seconds(stamp) for stamp in STAMP.findall(cue.raw_text)]
        assert inner == sorted(set(inner))
        assert set(inner) <= starts
        assert all(start(cue) < time < end(cue) for time in inner)
        stamped += len(inner)
        assert start(cue) in starts
    assert stamped + len(cues(reading)) == sum(len(sentence.words) for sentence in reading.sentences)


def test_voices_and_languages_are_marked(reading: Reading) -> None:
    """Each part says who reads it, and is marked where its language is not the episode's."""
    text = render_vtt(reading)
    assert re.search(r"</v><v tone-fr><lang fr><[\d:.]+>la ", text)
    assert "<v tone-fr><lang fr>Le <" in text
    assert "<lang en>" not in text
    for tag in ("v", "lang"):
        assert len(re.findall(f"<{tag} ", text)) == text.count(f"</{tag}>")


def test_what_looks_like_markup_is_text(reading: Reading) -> None:
    """Signs that mean something in the format are escaped, and nothing turns the text round."""
    text = render_vtt(reading)
    assert "&lt;b&gt;" in STAMP.sub("", text)
    assert "1 --&gt; 2" in STAMP.sub("", text)
    assert "Fish <00" in text
    assert "&amp;" in text
    assert "&lrm;" in text
    assert "\u202e" not in text
    assert all("-->" not in line or re.match(r"[\d:.]+ --> [\d:.]+$", line) for line in text.splitlines())


def test_the_file_says_its_language_and_what_is_estimated(reading: Reading, guessed: Reading) -> None:
    """A note names the language; estimated times are labelled, measured ones are not."""
    assert text_of_notes(reading) == ["Language: en (English)"]
    assert text_of_notes(guessed)[0] == "Language: en (English)"
    assert "estimated" in text_of_notes(guessed)[1]


def text_of_notes(reading: Reading) -> list[str]:
    blocks = render_vtt(reading).strip().split("\n\n")
    assert blocks[0] == "WEBVTT"
    assert "-->" in blocks[1]  # see render_vtt: some readers stumble over a note before the first cue
    return [block.removeprefix("NOTE\n") for block in blocks if block.startswith("NOTE")]


def test_clocks_have_hours_and_milliseconds() -> None:
    """Times have the form that every reader knows, rounded to the millisecond."""
    assert [clock(time) for time in (0, 61.0006, 3599.9996, 36_000)] == [
        "00:00:00.000", "00:01:01.001", "01:00:00.000", "10:00:00.000",
    ]  # fmt: skip
