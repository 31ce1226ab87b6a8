from pathlib import Path

import pytest

from articles.errors import SettingsError
from articles.lexicon import Entry
from articles.lexicon_file import Added, LexiconError, add_entries, lexicon_for, read_lexicon
from articles.speech import speak

FILE = """\
# How the newsroom says them.
[words]
"AMP" = { letters = true }  # the agency

"Castagnol" = "castaniol"
"Vieux-Port" = { ipa = "vjø pɔʁ" }
'Lens' = { say = "lanss", case = true }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lexicon" / "fr.toml"
    path.parent.mkdir()
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_lexicon_is_read(path: Path) -> None:
    """Every form of entry is there, the longest word first."""
    assert read_lexicon(path).entries == (
        Entry(written="Vieux-Port", ipa="vjø pɔʁ"),
        Entry(written="Castagnol", say="castaniol"),
        Entry(written="Lens", say="lanss", case=True),
        Entry(written="AMP", letters=True),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"castaniol"', '"casta', "lexicon/fr.toml:5: not valid TOML"),
        ('"castaniol"', "4", "lexicon/fr.toml:5: “Castagnol”: is neither a text nor a table"),
        (
            "letters = true",
            "leters = true",
            "lexicon/fr.toml:3: “AMP”: unknown option “leters” — did you mean letters?",
        ),
        ("case = true", 'case = "yes"', "lexicon/fr.toml:7: “Lens”: case is not true or false"),
        ("vjø pɔʁ", "vjø 2", "lexicon/fr.toml:6: “Vieux-Port”: ipa “vjø 2” holds “2”, which is no IPA symbol"),
        ('"castaniol"', '""', "lexicon/fr.toml:5: “Castagnol”: does not say how"),
        ("[words]", "[word]", "lexicon/fr.toml:2: unknown “word” — words stand below [words]"),
        (
            "'Lens' = { say = \"lanss\", case = true }",
            'castagnol = "x"',
            "lexicon/fr.toml:7: “castagnol” is there already, as “Castagnol”",
        ),
        ("[words]", "words = 1\n[x]", "lexicon/fr.toml:3: unknown “x”"),
        ('"Castagnol"', '"AMP"', "lexicon/fr.toml:5: not valid TOML"),
    ],
)
def test_a_wrong_lexicon_is_told_by_file_and_line(path: Path, old: str, new: str, message: str) -> None:
    """Each mistake is one line that names the file, the line, and the word."""
    assert old in FILE
    path.write_text(FILE.replace(old, new))
    with pytest.raises(SettingsError) as caught:
        read_lexicon(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_lexicon_that_is_no_text_is_refused(path: Path) -> None:
    """Another encoding is told, not guessed."""
    path.write_bytes(FILE.encode("latin-1", "replace"))
    with pytest.raises(LexiconError, match="save it as UTF-8"):
        read_lexicon(path)


def test_adding_keeps_comments_and_order(path: Path) -> None:
    """A new word comes last, a changed one stays at its place, and every other line is as it was."""
    new = [Entry(written="p. ex.", say="par exemple"), Entry(written="castagnol", say="castaniole")]
    assert add_entries(path, new, replace=True) == Added(new=("p. ex.",), changed=("Castagnol",))
    assert path.read_text() == FILE.replace("castaniol", "castaniole") + '"p. ex." = "par exemple"\n'


def test_a_word_that_is_there_stays_unless_asked(path: Path) -> None:
    """Without `replace` a word keeps its pronunciation; the same one again is nothing new, and nothing is written."""
    entries = [Entry(written="AMP", say="ampe"), Entry(written="Castagnol", say="castaniol")]
    before = path.stat().st_mtime_ns
    assert add_entries(path, entries, replace=False) == Added(same=("Castagnol",), kept=("AMP",))
    assert path.read_text() == FILE
    assert path.stat().st_mtime_ns == before


def test_a_lexicon_is_made_with_its_first_word(tmp_path: Path) -> None:
    """Neither file nor folder need be there; every option comes back as it was given."""
    entries = (
        Entry(written="Pettibrook", language="en", part=True),
        Entry(written='a "b" \\ c', say="abc"),
        Entry(written="été", say="étée", case=True),
        Entry(written="BBC", letters=True, language="en", case=False),
    )
    path = tmp_path / "lexicon" / "fr.toml"
    add_entries(path, entries, replace=False)
    assert set(read_lexicon(path).entries) == set(entries)


def test_a_broken_lexicon_is_not_written_over(path: Path) -> None:
    """Adding to a file with a mistake tells the mistake and leaves the file."""
    path.write_text(FILE + "x")
    with pytest.raises(SettingsError, match=r"fr\.toml:8: not valid TOML"):
        add_entries(path, [Entry(written="a", say="b")], replace=True)
    assert path.read_text() == FILE + "x"


def test_windows_lines_and_a_byte_order_mark_are_read(path: Path) -> None:
    """A file from another system is a lexicon too, and keeps its line ends."""
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    add_entries(path, [Entry(written="x", say="y")], replace=False)
    assert path.read_bytes().count(b"\r\n") >= FILE.count("\n")
    assert len(read_lexicon(path).entries) == 5


def test_the_last_folder_and_the_narrower_locale_win(tmp_path: Path) -> None:
    """An issue's words come before the edition's, and those for fr-CH before those for fr."""
    issue = tmp_path / "issues" / "1"
    add_entries(tmp_path / "lexicon" / "fr.toml", [Entry(written=word, say="u") for word in "abc"], replace=False)
    add_entries(tmp_path / "lexicon" / "fr-CH.toml", [Entry(written=word, say="v") for word in "bc"], replace=False)
    add_entries(issue / "lexicon" / "fr.toml", [Entry(written="c", say="w")], replace=False)
    folders = (tmp_path, issue)
    assert speak("a b c", "fr-CH", lexicon_for(folders, "fr-CH")).text == "u v w"
    assert speak("a b c", "fr", lexicon_for(folders, "fr")).text == "u u w"
    assert lexicon_for(folders, "en").entries == ()


def test_an_issue_s_lexicon_is_named_as_such(tmp_path: Path) -> None:
    """An error tells an issue's file from the edition's."""
    path = tmp_path / "issues" / "2023-04" / "lexicon" / "fr.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[words]\na = 1\n")
    with pytest.raises(LexiconError, match=r"^issues/2023-04/lexicon/fr\.toml:2: “a”: is neither"):
        read_lexicon(path)
