"""What a build reads, under test: articles, lexicons, settings, and the way from any sentence to what is said."""

from articles.language import foreign_language, guess_language
from articles.lexicon import Lexicon
from articles.lexicon_file import read_lexicon
from articles.markdown import read_article
from articles.pls import read_pls, write_pls
from articles.segments import HouseStyle, Script, count_characters, write_script
from articles.sentences import split_long, split_sentences
from articles.speech import speak
from tests.fuzz.trying import HERE, LANGUAGES, Run, any_text, unprintable, with_answer, written
from vivavoce.edition import EDITION_FILE, ISSUE_FILE, open_edition, open_issue

STYLE = HouseStyle(languages=LANGUAGES)


def article(data: bytes) -> None:
    """An article file: every character is spoken or skipped, and each word leads back into what was written."""
    read = read_article(written("01-article.en.md", data), LANGUAGES)
    whole = sum(count_characters(block.text) for block in read.blocks)
    script = write_script(read, STYLE)
    assert script.characters_spoken + script.characters_skipped == whole
    _spoken_well(script)


def _spoken_well(script: Script) -> None:
    for segment in script.segments:
        assert not unprintable(segment.spoken), segment.spoken
        for word in segment.words:
            assert 0 <= word.start < word.end <= len(segment.written), word


def front_matter(data: bytes) -> None:
    for fence in (b"+++", b"---"):
        with_answer(article, fence + b"\n" + data + b"\n" + fence + b"\n\nA text.\n")


def lexicon(data: bytes) -> None:
    """A lexicon that is taken can be said, written out as PLS, and read again."""
    read = read_lexicon(written("en.toml", data))
    for entry in read.entries:
        speak(f"A {entry.written} there.", "en", read)
    _through_pls(read)


def pls(data: bytes) -> None:
    exchange = read_pls(written("words.pls", data), "en")
    _through_pls(Lexicon(exchange.entries))


def _through_pls(lexicon: Lexicon) -> None:
    out, exchange = write_pls(lexicon, "en")
    again = read_pls(written("again.pls", out), "en")
    assert len(again.entries) + len(again.left) == len(exchange.entries), again.left


def edition(data: bytes) -> None:
    open_edition(written(f"edition/{EDITION_FILE}", data).parent)


def issue(data: bytes) -> None:
    root = HERE / "issued"
    written(
        f"issued/{EDITION_FILE}",
        b'title = "A"\nlanguages = ["en"]\n[feed]\nurl = "http://localhost/"\n'
        b'author = "A"\nowner_name = "A"\nowner_email = "a@b.org"\n',
    )
    written("issued/issues/2023-04/01-a.en.md", b"# A\n\nB.\n")
    written(f"issued/issues/2023-04/{ISSUE_FILE}", data)
    open_issue(open_edition(root), "2023-04")


def speech(locale: str) -> Run:
    """Any sentence in this locale: nothing unprintable, no mark of an engine's, and every word leads back."""

    def run(data: bytes) -> None:
        written_text = any_text(data)[:1000]
        spoken = speak(written_text, locale)
        assert not unprintable(spoken.text), spoken.text
        assert "[[" not in spoken.text, spoken.text
        for word in spoken.words:
            assert 0 <= word.start <= word.end <= len(written_text), word

    return run


def sentences(data: bytes) -> None:
    """Sentences joined are the text again, whatever the language; a guess is one of the languages there are."""
    text = data.decode("utf-8", "replace")
    for language in ("fr", "en", "de"):
        sentences = split_sentences(text, language)
        assert "".join(sentences) == text
        parts = [part for sentence in sentences for part in split_long(sentence, 50)]
        assert "".join(parts) == text
        assert all(0 < len(part) <= 50 for part in parts) or not text
    assert guess_language(text, LANGUAGES).language in LANGUAGES
    foreign_language(text, "fr", LANGUAGES)
