"""Lexicons in and out of W3C Pronunciation Lexicon Specification 1.0 (https://www.w3.org/TR/pronunciation-lexicon/)."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from articles.errors import plain_line
from articles.files import read_file
from articles.lexicon import Entry, Lexicon
from articles.lexicon_file import LexiconError

_NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST_SOUND = 1_000  # characters
_LARGEST_BYTES = 10_000_000  # some hundred thousand words: larger than any editor's lexicon


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was taken over from one form of a lexicon into the other, and in one line each what was not, and why."""

    entries: tuple[Entry, ...]
    left: tuple[str, ...] = ()


def read_pls(path: Path, language: str) -> Exchange:
    """The words of a PLS file for `language`, each with its preferred pronunciation or else its first.

    Nothing that the file refers to is fetched. Raises LexiconError for a file that is no PLS, is for another language,
    declares a document type or entities, or is beyond 10 MB.
    """
    root = _parse(path)
    if etree.QName(root).localname != "lexicon":
        raise LexiconError(f"{path.name}: is not a PLS lexicon but “{etree.QName(root).localname}”")
    declared = root.get(_LANG, "")
    if declared and declared.split("-")[0].lower() != language.split("-")[0].lower():
        raise LexiconError(
            f"{path.name}: is for the language “{declared}”, not {language}", hint=f"use --lang {declared}"
        )
    entries: dict[str, Entry] = {}
    left: list[str] = []
    for lexeme in _children(root, "lexeme"):
        for found in _entries(lexeme, root.get("alphabet", ""), path.name):
            if isinstance(found, str):
                left.append(found)
            elif entries.setdefault(found.key, found) != found:
                left.append(f"{path.name}:{lexeme.sourceline}: “{found.written}” is there already; the first one holds")
    return Exchange(tuple(entries.values()), tuple(map(plain_line, left)))


def write_pls(lexicon: Lexicon, language: str) -> tuple[bytes, Exchange]:
    """The PLS file for what PLS can say of `lexicon`, and what that is; words by alphabet, so that it can be compared.

    PLS has respellings (`alias`) and IPA (`phoneme`). It has no words of another language, and does not say whether
    case counts or parts of words do.
    """
    kept, left = [], []
    for entry in sorted(lexicon.entries, key=lambda entry: (entry.key.casefold(), entry.key)):
        if entry.language:
            left.append(f"“{entry.written}” is left out: PLS has no words of another language")
            continue
        kept.append(entry)
        lost = [name for name, is_lost in (("case", _has_own_case(entry)), ("part", entry.part)) if is_lost]
        if lost:
            left.append(f"“{entry.written}” goes without {' and '.join(lost)}: PLS does not say how words are found")
    root = etree.fromstring(f'<lexicon version="1.0" xmlns="{_NAMESPACE}" alphabet="ipa"/>')
    root.set(_LANG, language)
    for entry in kept:
        _append(root, entry)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data, Exchange(tuple(kept), tuple(map(plain_line, left)))


def _append(root: "etree._Element", entry: Entry) -> None:
    lexeme = etree.SubElement(root, f"{{{_NAMESPACE}}}lexeme")
    etree.SubElement(lexeme, f"{{{_NAMESPACE}}}grapheme").text = entry.written
    kind = "phoneme" if entry.ipa else "alias"
    said = entry.ipa or entry.say or " ".join(entry.written)
    etree.SubElement(lexeme, f"{{{_NAMESPACE}}}{kind}").text = said


def _has_own_case(entry: Entry) -> bool:
    """Whether capitals are treated otherwise than the word's own would have it, which is what an import assumes."""
    return entry.exact != dataclasses.replace(entry, case=None).exact


def _parse(path: Path) -> "etree._Element":
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise LexiconError(
                f"{path.name}: is larger than {_LARGEST_BYTES // 1_000_000} MB", hint="cut it into parts"
            )
        data = read_file(path)
        _refuse_declarations(data, path.name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        return etree.fromstring(data, parser)
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror or error})") from error
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        raise LexiconError(f"{path.name}:{error.lineno}: is not well-formed XML: {reason}") from error
    except (LookupError, ValueError) as error:
        raise LexiconError(f"{path.name}:1: is in an encoding that is not known", hint="save it as UTF-8") from error
    except etree.XMLSyntaxError as error:
        raise LexiconError(f"{path.name}:{error.lineno or 1}: is not well-formed XML: {error.msg}") from error


def _refuse_declarations(data: bytes, name: str) -> None:
    """Stop at a document type, before any of its entities is declared: PLS needs none, and they can fill a memory."""

    def refuse(*_: object) -> None:
        raise LexiconError(
            f"{name}:{parser.CurrentLineNumber}: declares a document type", hint="remove <!DOCTYPE …>; PLS needs none"
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)


def _children(parent: "etree._Element", name: str) -> Iterator["etree._Element"]:
    """Its children of this name, in the namespace of PLS or, as some programs write them, in none."""
    return (child for child in parent.iterchildren() if child.tag in (f"{{{_NAMESPACE}}}{name}", name))


def _entries(lexeme: "etree._Element", alphabet: str, file: str) -> Iterator[Entry | str]:
    """An entry per spelling, or in one line why there is none."""
    where = f"{file}:{lexeme.sourceline}"
    names = {f"{space}{name}" for space in (f"{{{_NAMESPACE}}}", "") for name in ("phoneme", "alias")}
    spoken = sorted((child for child in lexeme if child.tag in names), key=lambda one: one.get("prefer") != "true")
    usable = [one for one in spoken if etree.QName(one).localname == "alias" or one.get("alphabet", alphabet) == "ipa"]
    said = _text(usable[0]) if usable else ""
    # Once for all spellings: what is gone through for each of them takes the square of a lexeme's length.
    why = _why_none(said) if usable else _why_unusable([one.get("alphabet", alphabet) for one in spoken])
    for grapheme in _children(lexeme, "grapheme"):
        word = _text(grapheme)
        if why:
            yield f"{where}: “{word}” is left out: {why}"
            continue
        try:
            yield _entry(word, said, is_alias=etree.QName(usable[0]).localname == "alias")
        except ValueError as error:
            yield f"{where}: “{word}” is left out: {error}"


def _why_none(said: str) -> str:
    if len(said) > _LONGEST_SOUND:
        return f"its sound has {len(said):,} characters, more than the {_LONGEST_SOUND:,} of a word"
    return ""


def _why_unusable(alphabets: list[str]) -> str:
    names = list(dict.fromkeys(name[:40] or "no alphabet" for name in alphabets))
    told = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
    return f"its sounds are in {told}, not ipa" if names else "no sound"


def _entry(word: str, said: str, *, is_alias: bool) -> Entry:
    if not is_alias:
        return Entry(written=word, ipa=said)
    if word.isalpha() and word.isupper() and said == " ".join(word):
        return Entry(written=word, letters=True)
    return Entry(written=word, say=said)


def _text(element: "etree._Element") -> str:
    return " ".join("".join(map(str, element.itertext())).split())
