from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.lexicon import RULE, Entry, Lexicon
from articles.speech import speak
from articles.speech.letters import letters
from articles.speech.line import Line
from articles.speech.markup import parts
from voices.clips import clip_key
from voices.voice import Delivery

WORDS = Lexicon(
    (
        Entry(written="AMP", letters=True),
        Entry(written="Castagnol", say="castaniol"),
        Entry(written="Pettibrook", language="en"),
        Entry(written="Pettibrook & Sons", language="en"),
        Entry(written="Vieux-Port", ipa="vjø pɔʁ"),
        Entry(written="Lens", say="lanss", case=True),
        Entry(written="l'Oréal", say="loréale"),
        Entry(written="3M", say="trois aime"),
        Entry(written="ette", say="aite", part=True),
    )
)


def said(text: str, *entries: Entry, locale: str = "fr") -> str:
    return speak(text, locale, Lexicon(entries) if entries else WORDS).text


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("L’AMP a signé.", f"L’{letters('AMP', 'fr')} a signé."),
        ("L'AMP, à Marseille.", f"L’{letters('AMP', 'fr')}, à Marseille."),
        ("avant-AMP", f"avant-{letters('AMP', 'fr')}"),
        ("Un amp.", "Un amp."),
        ("La famille CASTAGNOL.", "La famille castaniol."),
        ("Les Castagnols.", "Les Castagnols."),
        ("Du Vieux-Port.", "Du [[vjø pɔʁ]]."),
        ("Chez Pettibrook, à Lens.", "Chez [[en|Pettibrook]], à lanss."),
        ("Chez Pettibrook & Sons, lens.", "Chez [[en|Pettibrook and Sons]], lens."),
        ("L’or de l’Oréal et de l'Oréal.", "L’or de loréale et de loréale."),
        ("Avec 3M ici.", "Avec trois aime ici."),
        ("Ce [Pettibrook] [[en|y]].", "Ce [[[en|Pettibrook]]] [en y]."),
        ("La brochette.", "La brochaite."),
    ],
)
def test_words_are_said_as_the_lexicon_says(written: str, spoken: str) -> None:
    """Whole words between spaces, apostrophes and hyphens, any case unless in capitals, any typography."""
    assert said(written) == spoken


def test_a_word_is_found_beside_letters_that_become_two() -> None:
    """What ß or İ becomes in small letters is longer than it is; words are found behind it all the same."""
    entries = (Entry(written="Straße", say="a"), Entry(written="İx", say="b", part=True), Entry(written="ß", say="c"))
    assert said("Straße, straße İxİx ß İ.", *entries, locale="en") == "a, a bb c İ."


def test_the_longest_word_wins_wherever_it_begins() -> None:
    """`York Times` is said as one although `New York` begins before it, and what is left is found again."""
    entries = (Entry(written="New York", say="a"), Entry(written="York Times", say="b"), Entry(written="New", say="c"))
    assert said("New York Times.", *entries) == "c b."


def test_what_is_said_is_not_looked_at_again() -> None:
    """A respelling that is itself a word of the lexicon, or that a rule would change, stays."""
    assert (
        said("Port et quai.", Entry(written="Port", say="quai"), Entry(written="quai", say="Port")) == "quai et Port."
    )
    assert said("Le SIDA.", Entry(written="SIDA", say="SNCF")) == "Le SNCF."


def test_rules_see_the_word_as_it_is_written() -> None:
    """What a rule does beside a word does not depend on how the lexicon says it: `Mr` before a name stays Mister."""
    plain = speak("I met Mr Pettibrook.", "en-GB").text
    assert said(
        "I met Mr Pettibrook.", Entry(written="Pettibrook", say="petty brook"), locale="en-GB"
    ) == plain.replace("Pettibrook", "petty brook")


def test_a_line_in_capitals_is_no_obstacle() -> None:
    """In a headline in capitals the other words are said as words, as they are without the lexicon."""
    for locale, line in (("fr", "LA SOCIÉTÉ AMP GRANDIT ENCORE"), ("en-GB", "THE AMP COMPANY GROWS AGAIN")):
        assert said(line, locale=locale) == speak(line, locale).text
        assert said(line, Entry(written="AMP", say="ampe"), locale=locale).split() == [
            "ampe" if word.replace(".", "") == "AMP" else word
            for word in speak(line, locale).text.replace("A M P", "AMP").split()
        ]


def test_letters_take_a_possessive_along() -> None:
    """In English `AMP’s` is spelt as one word, so that its s is heard as one."""
    assert said("AMP's plan.", locale="en-GB") == f"{letters('AMP’s', 'en-GB')} plan."


def test_letters_and_spellings_may_be_another_language_s() -> None:
    """Letter names and a respelling can be meant in another language, whose rules then hold."""
    assert said("La BBC.", Entry(written="BBC", letters=True, language="en")) == f"La [[en|{letters('BBC', 'en')}]]."
    assert said("La BBC.", Entry(written="BBC", say="Beeb", language="en")) == "La [[en|Beeb]]."


def test_hits_are_told_as_a_rule() -> None:
    """Each hit is among the rules that fired, under its own name, with what it found and what it put there."""
    fired = [fired for fired in speak("CASTAGNOL et AMP", "fr", WORDS).fired if fired.rule.startswith(RULE)]
    assert [(each.rule, each.before) for each in fired] == [
        ("lexicon: Castagnol", "CASTAGNOL"),
        ("lexicon: AMP", "AMP"),
    ]
    assert fired[0].after == "castaniol"


def test_an_issue_s_word_wins_over_the_edition_s() -> None:
    """Of two lexicons the upper one says a word, whatever the case rules of the two, and both say their others."""
    edition = Lexicon((Entry(written="LENS", say="ici"), Entry(written="Nice", say="niss")))
    issue = Lexicon((Entry(written="Lens", say="là"),))
    assert speak("LENS, Lens, Nice.", "fr", issue.over(edition)).text == "là, là, niss."


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"written": "x"}, "does not say how"),
        ({"written": " ", "say": "x"}, "the word is empty"),
        ({"written": "\u00ad", "say": "x"}, "the word is empty"),
        ({"written": "a\x07b", "say": "x"}, "control character"),
        ({"written": "x", "say": "y", "letters": True}, "in two ways"),
        ({"written": "x", "ipa": "y", "language": "en"}, "in two ways"),
        ({"written": "x", "language": "English"}, "“English” is not a language tag"),
        ({"written": "x", "ipa": "vjO"}, "“O”, which is no IPA"),
        ({"written": "x", "ipa": "a]] [[b"}, "“]”, which is no IPA"),
        ({"written": "x", "ipa": " // "}, "ipa is empty"),
        ({"written": "x", "say": "[[en|y]]"}, "holds “[”"),
        ({"written": "x", "say": "4 L"}, "holds “4”"),
        ({"written": "x", "say": "a & b"}, "holds “&”"),
        ({"written": "x", "say": "…"}, "say is empty"),
        ({"written": "&", "letters": True}, "holds no letter or digit"),
    ],
)
def test_what_cannot_be_said_is_refused(options: dict[str, str], message: str) -> None:
    """An entry that contradicts itself, or that would leave something to guess, is an error in an editor's words."""
    with pytest.raises(ValueError, match=message.replace("[", r"\[")):
        Entry(**options)  # type: ignore[arg-type]


def test_only_the_segments_in_which_a_word_stands_are_read_anew() -> None:
    """After an entry changes, a segment without the word keeps its clip's key, one with it gets another."""
    changed = Lexicon(
        (*(entry for entry in WORDS.entries if entry.written != "Lens"), Entry(written="Lens", say="lance"))
    )

    def keys(lexicon: Lexicon) -> list[str]:
        texts = ("De Lens à Paris.", "Du Vieux-Port à l’AMP.", "L'objectif (lens).")
        return [clip_key("voice", speak(text, "fr", lexicon).text, Delivery()) for text in texts]

    before, after = keys(WORDS), keys(changed)
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, False]
    assert keys(WORDS) == before


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [*(entry.written for entry in WORDS.entries), "amp", "l’", "[[", "]]", "|", "«\u00a0", " ", "’s"]
        ),
        st.text(max_size=4),
    ),
    max_size=12,
).map("".join)
LOCALES = st.sampled_from(("fr", "fr-CH", "en-GB", "en-US", "de"))


@given(TEXTS, LOCALES)
def test_applied_again_it_changes_nothing(text: str, locale: str) -> None:
    """A line to which the lexicon was applied is left as it is by the lexicon."""
    once = WORDS.apply(Line.of(text), locale)
    assert WORDS.apply(once, locale) == once


@given(TEXTS, LOCALES)
def test_every_spoken_word_knows_its_written_one(text: str, locale: str) -> None:
    """Origins lie in the text, are not empty, and never run backwards, marks and hits or not."""
    words = speak(text, locale, WORDS).words
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(before.start <= after.start for before, after in pairwise(words))


@given(TEXTS, LOCALES)
def test_only_the_lexicon_marks(text: str, locale: str) -> None:
    """A spoken text holds exactly the marks that hits put there, each whole, whatever brackets the text had."""
    spoken = speak(text, locale, WORDS)
    hits = [fired.after for fired in spoken.fired if fired.rule.startswith(RULE)]
    marks = [part for part in parts(spoken.text) if not part.is_plain]
    assert len(marks) == sum(hit.startswith("[[") for hit in hits)
    assert [part for hit in hits for part in parts(hit) if not part.is_plain] == marks
    assert all(hit in spoken.text for hit in hits)


@given(TEXTS, LOCALES)
def test_without_a_lexicon_nothing_is_marked(text: str, locale: str) -> None:
    """No text of an article's own can pass for a mark, and an empty lexicon is as good as none."""
    spoken = speak(text, locale)
    assert all(part.is_plain for part in parts(spoken.text))
    assert speak(text, locale, Lexicon.empty) == spoken
