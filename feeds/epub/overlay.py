"""A media overlay: which part of the sound goes with which part of the page (EPUB 3.3, section 9)."""

from collections.abc import Iterator
from dataclasses import dataclass

from feeds.epub.article import sentence_id, word_id
from feeds.epub.book import Spoken
from feeds.epub.xml import EPUB, SMIL, Element, add, document, encoded
from feeds.reading import Sentence


@dataclass(frozen=True, slots=True)
class Overlay:
    """The SMIL document, and how long it plays in seconds (EPUB 3.3 asks for it in the package)."""

    data: bytes
    seconds: float


def overlay(article: Spoken, page: str, sound: str, *, words: bool) -> Overlay:
    """The article's overlay; `page` and `sound` are files beside it.

    What is heard between two sentences, a pause or a jingle, belongs to the one before: reading systems go from the
    end of one clip to the start of the next at once, and the pauses would be lost.
    """
    root = document(SMIL, "smil", epub=EPUB)
    root.set("version", "3.0")
    body = add(root, "body")
    body.set(f"{{{EPUB}}}textref", page)
    body.set("id", "overlay")
    sentences = article.reading.sentences
    seconds = 0.0
    for number, sentence in enumerate(sentences):
        after = sentences[number + 1].start_s if number + 1 < len(sentences) else article.reading.seconds
        for target, start, end in _clips(sentence, number, max(after, sentence.end_s), words):
            _pair(body, f"{page}#{target}", sound, start, end)
            seconds += end - start
    return Overlay(encoded(root), seconds)


def _clips(sentence: Sentence, number: int, until: float, words: bool) -> Iterator[tuple[str, float, float]]:
    if not words or not sentence.words:
        if until > sentence.start_s:
            yield sentence_id(number), sentence.start_s, until
        return
    starts = [sentence.start_s, *(word.start_s for word in sentence.words[1:]), until]
    for place in range(len(sentence.words)):
        if starts[place + 1] > starts[place]:
            yield word_id(number, place), starts[place], starts[place + 1]


def _pair(parent: Element, target: str, sound: str, start: float, end: float) -> None:
    pair = add(parent, "par")
    add(pair, "text", src=target)
    add(pair, "audio", src=sound, clipBegin=f"{start:.3f}s", clipEnd=f"{end:.3f}s")
