"""An episode's transcript as HTML. Source: podcastindex.org, "Transcript File Format Details": cite, time and p."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from feeds.reading import Reading, Sentence
from feeds.shown import shown
from feeds.text import clock_text
from feeds.transcripts.units import sentences_of
from feeds.words import words_for


def render_html(reading: Reading, title: str) -> str:
    """The transcript as a page that can be read on its own: each speaker with a time, then what is said.

    Every part in another language than the episode's is marked. A line says when times are estimated.
    """
    words = words_for(reading.language)
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(reading.language)}">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">""",
        f"<title>{escape(shown(title))}</title>",
        f"<h1>{escape(shown(title))}</h1>",
        *([f"<p><small>{escape(words.estimated)}</small></p>"] if reading.estimated else []),
        *_monologues(reading),
    ]
    return "\n".join(lines) + "\n</html>\n"


def _monologues(reading: Reading) -> Iterator[str]:
    speaker = ""
    for paragraph in reading.paragraphs:
        for voice, run in groupby(sentences_of(paragraph), key=_speaker):
            sentences = tuple(sentence for whole in run for sentence in whole)
            start = sentences[0].start_s
            if voice != speaker:
                yield f"<cite>{escape(shown(voice))}:</cite>"
            yield f"<time>{clock_text(start)}</time>"
            yield f"<p>{''.join(_marked(sentence, reading.language) for sentence in sentences).strip()}</p>"
            speaker = voice


def _speaker(sentence: Sequence[Sentence]) -> str:
    """Who says a whole sentence, or most of it: a few words in another voice are no change of speaker."""
    return max(sentence, key=lambda take: len(take.written)).voice


def _marked(sentence: Sentence, language: str) -> str:
    text = escape(shown(sentence.written))
    if sentence.language != language:
        text = f'<span lang="{escape(sentence.language)}">{text}</span>'
    return sentence.lead + text
