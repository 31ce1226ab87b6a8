from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from articles.sealed import keep_sealed, read_record, read_sealed, sealed, sealed_xml, unsealed, xml_seal_holds

BODY = b'{"start": 12}\n'


@given(st.data())
def test_no_flipped_bit_and_no_cut_gets_through(data: st.DataObject) -> None:
    """Whichever bit flips, wherever it is cut: nothing comes back, or nothing but what was kept."""
    whole = sealed("track", 1, BODY)
    place, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    assert unsealed("track", 1, whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]) is None
    assert unsealed("track", 1, whole[:place]) is None
    assert unsealed("track", 1, whole) == BODY


def test_another_kind_or_format_is_not_taken_for_this_one() -> None:
    """Older and newer ones alike, and what was never sealed."""
    assert unsealed("track", 2, sealed("track", 1, BODY)) is None
    assert unsealed("track", 1, sealed("track", 2, BODY)) is None
    assert unsealed("reading", 1, sealed("track", 1, BODY)) is None
    assert unsealed("track", 1, BODY) is None


def test_a_file_is_kept_and_read(tmp_path: Path) -> None:
    """Whole or not at all; a record from before there were seals is still read, once only as what it is."""
    path = tmp_path / "a" / "b"
    assert read_sealed(path, "track", 1) is read_record(path, "track", 1) is None
    keep_sealed(path, "track", 1, BODY)
    assert read_sealed(path, "track", 1) == read_record(path, "track", 1) == BODY
    path.write_bytes(BODY)
    assert (read_sealed(path, "track", 1), read_record(path, "track", 1)) == (None, BODY)


def test_a_device_is_no_file_that_was_kept(tmp_path: Path) -> None:
    """It may have no end: a stranger's edition may bring a link to one."""
    (path := tmp_path / "b").symlink_to("/dev/zero")
    assert read_sealed(path, "track", 1) is read_record(path, "track", 1) is None


@given(st.data())
def test_a_document_says_whether_it_is_whole(data: st.DataObject) -> None:
    """Whichever bit flips, wherever it is cut; and it is a document still."""
    whole = sealed_xml(b"<svg><text>Port</text></svg>\n")
    assert xml_seal_holds(whole)
    assert ElementTree.fromstring(whole).tag == "svg"
    place, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    assert not xml_seal_holds(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
    assert not xml_seal_holds(whole[:place])
