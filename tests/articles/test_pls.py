import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles.lexicon import Entry, Lexicon
from articles.lexicon_file import LexiconError
from articles.pls import read_pls, write_pls

# The structure of PLS 1.0, sections 4.1 to 4.8, in the forms that this program writes and reads.
SCHEMA = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/01/pronunciation-lexicon"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start>
    <element name="lexicon">
      <attribute name="version"><value>1.0</value></attribute>
      <attribute name="alphabet"><data type="string"/></attribute>
      <attribute name="xml:lang"><data type="language"/></attribute>
      <zeroOrMore><element name="meta"><attribute name="name"/><attribute name="content"/></element></zeroOrMore>
      <zeroOrMore>
        <element name="lexeme">
          <oneOrMore><element name="grapheme"><text/></element></oneOrMore>
          <oneOrMore>
            <choice>
              <element name="phoneme"><ref name="said"/></element>
              <element name="alias"><ref name="said"/></element>
            </choice>
          </oneOrMore>
          <zeroOrMore><element name="example"><text/></element></zeroOrMore>
        </element>
      </zeroOrMore>
    </element>
  </start>
  <define name="said">
    <optional><attribute name="prefer"><choice><value>true</value><value>false</value></choice></attribute></optional>
    <optional><attribute name="alphabet"/></optional>
    <text/>
  </define>
</grammar>
"""

HEAD = '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="fr-FR">'
FILE = f"""\
<?xml version="1.0" encoding="UTF-8"?>
{HEAD}
  <meta name="author" content="x"/>
  <lexeme><grapheme>AMP</grapheme><alias>A M P</alias><!-- no --></lexeme>
  <lexeme>
    <grapheme>Vieux-Port</grapheme>
    <grapheme>Vieux Port</grapheme>
    <phoneme alphabet="x-sampa">vj2</phoneme>
    <phoneme>vjo pɔʁ</phoneme>
    <phoneme prefer="true">vjø  pɔʁ</phoneme>
  </lexeme>
  <lexeme role="x"><grapheme>Kim</grapheme><phoneme alphabet="x-sampa">kIm</phoneme></lexeme>
  <lexeme><grapheme>C&amp;A</grapheme><alias>C et A</alias></lexeme>
  <lexeme><grapheme>AMP</grapheme><alias>ampe</alias></lexeme>
  <lexeme><grapheme>R2</grapheme><alias>R 2</alias></lexeme>
  <lexeme><grapheme>seul</grapheme></lexeme>
</lexicon>
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "words.pls"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_words_come_in_and_what_does_not_is_told(path: Path) -> None:
    """Every spelling is a word, the preferred IPA or alias is how it is said; the rest is told with its line."""
    exchange = read_pls(path, "fr")
    assert exchange.entries == (
        Entry(written="AMP", letters=True),
        Entry(written="Vieux-Port", ipa="vjø pɔʁ"),
        Entry(written="Vieux Port", ipa="vjø pɔʁ"),
        Entry(written="C&A", say="C et A"),
    )
    assert exchange.left == (
        "words.pls:12: “Kim” is left out: its sounds are in x-sampa, not ipa",
        "words.pls:14: “AMP” is there already; the first one holds",
        "words.pls:15: “R2” is left out: say “R 2” holds “2”; write it in letters, as it is said",
        "words.pls:16: “seul” is left out: no sound",
    )


WORDS = st.text("abcéÀAM’ -.&<>\"'", min_size=1, max_size=8).filter(lambda text: any(map(str.isalpha, text)))
SAID = st.text("abcé ’-", min_size=1, max_size=8).filter(lambda text: any(map(str.isalpha, text)))
ENTRIES = st.lists(
    st.one_of(
        st.builds(lambda word, said: Entry(written=word.strip(), say=" ".join(said.split())), WORDS, SAID),
        st.builds(lambda word: Entry(written=word.strip(), ipa="vjø pɔ̃ʁ"), WORDS),
        st.builds(lambda word: Entry(written=word, letters=True), st.text("ABÉ", min_size=2, max_size=5)),
    ),
    unique_by=lambda entry: entry.key,
)


@given(ENTRIES)
def test_what_pls_can_say_comes_back(entries: list[Entry]) -> None:
    """Respellings, letters and IPA survive the round trip, and the file has the structure of PLS 1.0."""
    data, exchange = write_pls(Lexicon(tuple(entries)), "fr")
    etree.RelaxNG(etree.fromstring(SCHEMA)).assertValid(etree.fromstring(data))
    assert exchange.left == ()
    back = read_bytes(data)
    assert {" ".join(entry.written.split()): _said(entry) for entry in entries} == {
        entry.written: _said(entry) for entry in back
    }


def _said(entry: Entry) -> str:
    """How it is said; letters and letters written with spaces between are the same."""
    return entry.ipa or entry.say or " ".join(entry.written)


def read_bytes(data: bytes) -> tuple[Entry, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pls"
        path.write_bytes(data)
        exchange = read_pls(path, "fr")
    assert exchange.left == ()
    return exchange.entries


def test_what_pls_cannot_say_is_told() -> None:
    """Words of another language stay behind; case and parts of words go without; each is a line."""
    entries = (
        Entry(written="Pettibrook", language="en"),
        Entry(written="Lens", say="lanss", case=True),
        Entry(written="LENS", say="lanss", case=True),
        Entry(written="ette", say="aite", part=True),
    )
    _, exchange = write_pls(Lexicon(entries), "fr")
    assert [entry.written for entry in exchange.entries] == ["ette", "LENS", "Lens"]
    assert exchange.left == (
        "“ette” goes without part: PLS does not say how words are found",
        "“Lens” goes without case: PLS does not say how words are found",
        "“Pettibrook” is left out: PLS has no words of another language",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FILE.replace("</lexicon>", ""), "words.pls:18: is not well-formed XML: no element found"),
        ("", "words.pls:1: is not well-formed XML"),
        ("<html/>", "is not a PLS lexicon but “html”"),
        (FILE.replace("fr-FR", "de"), "is for the language “de”, not fr — use --lang de"),
        ('<!DOCTYPE lexicon SYSTEM "http://localhost:1/x.dtd">' + HEAD + "</lexicon>", "declares a document type"),
        (
            '<!DOCTYPE lexicon [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            f"{HEAD}<lexeme><grapheme>a</grapheme><alias>&a;</alias></lexeme></lexicon>",
            "words.pls:1: declares a document type",
        ),
        (HEAD + "&b;</lexicon>", "not well-formed XML: undefined entity"),
        (HEAD + "<lexeme>" * 100_000, "not well-formed XML"),
        (HEAD + " " * 10_000_000 + "</lexicon>", "is larger than 10 MB"),
    ],
    ids=["cut", "empty", "html", "language", "external", "entity", "undefined", "deep", "huge"],
)
def test_a_hostile_or_broken_file_is_refused(path: Path, text: str, message: str) -> None:
    """Nothing is fetched or expanded; the reason is one line that names the file."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        read_pls(path, "fr")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_entities_are_refused_in_any_encoding(path: Path) -> None:
    """A document type in UTF-16 is one too."""
    path.write_bytes(f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE lexicon>{HEAD}</lexicon>'.encode("utf-16"))
    with pytest.raises(LexiconError, match="declares a document type"):
        read_pls(path, "fr")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """The system's reason is part of the line."""
    with pytest.raises(LexiconError, match="No such file"):
        read_pls(tmp_path / "none.pls", "fr")


def test_a_lexeme_of_many_spellings_and_sounds_is_told_of_in_short_lines(tmp_path: Path) -> None:
    """Each spelling is told of with why it is left out, not with all that the lexeme holds."""
    path = tmp_path / "a.pls"
    many = "".join(f'<grapheme>a{n}</grapheme><phoneme alphabet="x-{n}">b</phoneme>' for n in range(2_000))
    endless = f"<grapheme>a</grapheme><alias>{'b' * 2_000}</alias>"
    path.write_text(f"<lexicon><lexeme>{many}</lexeme><lexeme>{endless}</lexeme></lexicon>", encoding="utf-8")
    left = read_pls(path, "en").left
    assert left[0] == "a.pls:1: “a0” is left out: its sounds are in x-0, x-1, x-2, x-3, x-4 …, not ipa"
    assert left[-1] == "a.pls:1: “a” is left out: its sound has 2,000 characters, more than the 1,000 of a word"
    assert len(left) == 2_001
