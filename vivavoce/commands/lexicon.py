"""`vivavoce lexicon`: how single words are said."""

import dataclasses
from collections.abc import Iterable
from pathlib import Path

import click

from articles.errors import SettingsError, plain_line
from articles.files import sweep_partials, write_whole
from articles.inside import refuse_links_out, refuse_outside
from articles.lexicon import RULE, Entry, Lexicon
from articles.lexicon_file import FOLDER, Added, LexiconError, add_entries, lexicon_for, lexicon_path, read_lexicon
from articles.pls import read_pls, write_pls
from articles.segments import is_speakable
from articles.speech import speak
from articles.speech.markup import parts
from vivavoce.answers import tell, tell_json
from vivavoce.casting import locales_of
from vivavoce.commands import options
from vivavoce.edition import EDITION_FILE, open_edition
from vivavoce.lock import only_one
from voices.assets import VoiceNotInstalled, voice_files, voices_dir
from voices.cast import NoVoiceForLanguage, Reader, readers
from voices.catalogue import find
from voices.clips import clip_key, seed_of
from voices.espeak import espeak_voice, phonemize
from voices.load import LoadableVoice, loadable
from voices.symbols import unknown_symbols
from voices.voice import Delivery, SpeechError
from voices.wav import wav_of

_language = click.option("--lang", "locale", required=True, metavar="LANG", help="The language of the text it is in.")
_issue = click.option("--issue", metavar="ISSUE", help="The lexicon of this issue only; it wins over the edition's.")


@click.group(name="lexicon")
def command() -> None:
    """Say how words are pronounced, and hear it."""


@command.command(name="add")
@click.argument("word")
@click.option("--say", "say", default="", metavar="TEXT", help="As it would be spelt if it were read as written.")
@click.option("--letters", is_flag=True, help="Letter by letter.")
@click.option("--language", default="", metavar="LANG", help="As a word of another language, by the same voice.")
@click.option("--ipa", default="", metavar="IPA", help="These sounds, in the International Phonetic Alphabet.")
@click.option("--case/--any-case", default=None, help="Whether capitals must agree. [only if all are capitals]")
@click.option("--part", is_flag=True, help="Also inside longer words.")
@_language
@_issue
@options.folder
@options.as_json
def add(
    word: str, say: str, letters: bool, language: str, ipa: str, case: bool | None, part: bool,
    locale: str, issue: str | None, root: Path, as_json: bool,
) -> None:  # fmt: skip
    """Say how WORD is read, from now on and wherever it stands; an entry that is there already is replaced."""
    path = _path(root, locale, issue)
    try:
        entry = Entry(written=word, say=say, letters=letters, language=language, ipa=ipa, case=case, part=part)
    except ValueError as error:
        raise SettingsError(f"“{word}”: {error}") from error
    checked = _check(entry, root, locale)
    added = _added(root, path, [entry], replace=True)
    said = speak(word, locale, Lexicon((entry,))).text
    state = "new" if added.new else "changed" if added.changed else "unchanged"
    if as_json:
        _print({"word": word, "file": str(path), "state": state, "spoken": said, "checked_with": checked})
        return
    told = {"new": "is now", "changed": "was said otherwise and is now", "unchanged": "was already"}
    tell(f"{path}: {word} {told[state]} said {said}")


@command.command(name="test")
@click.argument("word")
@_language
@_issue
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=Path("say.wav"), show_default=True,
    help="The WAV file to write.",
)  # fmt: skip
@options.folder
@options.as_json
def test(word: str, locale: str, issue: str | None, output: Path, root: Path, as_json: bool) -> None:
    """Say WORD as an article would, and show what the voice is given and which sounds it makes of that."""
    if not is_speakable(word):
        raise SettingsError("there is no word to say", hint='give one, as in vivavoce lexicon test "AMP" --lang fr')
    folders = (root, *([_issue_folder(root, issue)] if issue else []))
    reader = _reader(root, locale)
    installed = _installed(reader)
    locale = _conventions(root, locale, installed)
    spoken = speak(word, locale, lexicon_for(folders, locale))
    unknown = unknown_symbols(installed, spoken.text)
    voice, delivery = installed.load(), Delivery(reader.speed)
    clip = voice.speak(spoken.text, delivery, seed_of(clip_key(voice.identity, spoken.text, delivery)))
    write_whole(output, wav_of([clip]))
    hits = [fired.rule.removeprefix(RULE) for fired in spoken.fired if fired.rule.startswith(RULE)]
    phonemes = voice.phonemes(spoken.text)
    if as_json:
        _print(
            {
                "written": word, "language": locale, "lexicon": hits, "spoken": spoken.text, "phonemes": phonemes,
                "unknown": [{"symbol": one.symbol, "name": one.name, "instead": one.instead} for one in unknown],
                "voice": voice.name, "output": str(output), "seconds": round(clip.seconds, 3),
            }
        )  # fmt: skip
        return
    tell(f"lexicon:  {', '.join(hits) or 'not in it'}")
    tell(f"spoken:   {spoken.text}")
    tell(f"phonemes: {phonemes}")
    for symbol in unknown:
        tell(f"missing:  {voice.name} has no {symbol}")
    tell(f"{output}: {clip.seconds:.1f} s, {voice.name}")


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Also replace words that are said otherwise here.")
@_language
@_issue
@options.folder
@options.as_json
def import_(file: Path, force: bool, locale: str, issue: str | None, root: Path, as_json: bool) -> None:
    """Take the words of a W3C PLS file into the lexicon; words that are there already stay as they are."""
    path = _path(root, locale, issue)
    exchange = read_pls(file, locale)
    added = _added(root, path, exchange.entries, replace=force)
    left = (
        *exchange.left,
        *(f"“{word}” is said otherwise here and stays so (--force replaces it)" for word in added.kept),
    )
    if as_json:
        _print({"file": str(path), **dataclasses.asdict(added), "left": left})
        return
    for line in left:
        click.echo(plain_line(line), err=True)
    tell(f"{path}: {len(added.new)} new, {len(added.changed)} changed, {len(added.same)} there already")


@command.command(name="export")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The PLS file.")
@_language
@_issue
@options.folder
@options.as_json
def export(output: Path, locale: str, issue: str | None, root: Path, as_json: bool) -> None:
    """Write the lexicon as a W3C PLS file, and tell what PLS cannot say."""
    data, exchange = write_pls(read_lexicon(_path(root, locale, issue)), locale)
    write_whole(output, data)
    if as_json:
        _print({"file": str(output), "words": len(exchange.entries), "left": exchange.left})
        return
    for line in exchange.left:
        click.echo(plain_line(line), err=True)
    count = len(exchange.entries)
    tell(f"{output}: {count} {'word' if count == 1 else 'words'}")


def _added(root: Path, path: Path, entries: Iterable[Entry], *, replace: bool) -> Added:
    """What became of `entries` in the lexicon at `path`; whoever else changes one is waited for: none is lost."""
    edition = open_edition(root)
    refuse_links_out(edition.root, path.parent, edition.state)
    with only_one(edition.state / FOLDER, "another change of its lexicons is going on", lambda _: None):
        sweep_partials(path.parent)
        return add_entries(path, entries, replace=replace)


def _path(root: Path, locale: str, issue: str | None) -> Path:
    """The file of this language's lexicon. Raises SettingsError for a language or an issue that the edition lacks."""
    edition = open_edition(root)
    known = edition.settings.languages
    if locale not in known and locale not in {language.split("-")[0] for language in known}:
        raise SettingsError(
            f"“{locale}” is not a language of this edition", hint=f"its languages are {', '.join(known)}"
        )
    if issue is not None and issue not in edition.issue_names():
        raise SettingsError(f"there is no issue “{issue}” in {edition.issues_folder}")
    path = lexicon_path(root if issue is None else _issue_folder(root, issue), locale)
    refuse_outside(root, path, f"{path.parent.name}/{path.name}")
    return path


def _issue_folder(root: Path, issue: str) -> Path:
    return root / "issues" / issue


def _reader(root: Path, locale: str) -> Reader:
    """Who reads this language in the edition, or by default where there is no edition."""
    cast = {}
    if (root / EDITION_FILE).exists():
        settings = open_edition(root).settings
        cast = readers(settings.voices, settings.languages)
    base = locale.split("-")[0]
    near = next((reader for language, reader in cast.items() if language.split("-")[0] == base), None)
    reader = cast.get(locale) or near or readers({}, [locale]).get(locale)
    if reader is None:
        raise NoVoiceForLanguage(
            f"no voice is cast for the language “{locale}”", hint=f'name one in edition.toml, as {locale} = "…"'
        )
    return reader


def _conventions(root: Path, locale: str, voice: LoadableVoice) -> str:
    """The locale whose rules apply: the edition's own for this language, else the voice's."""
    if "-" in locale:
        return locale
    if (root / EDITION_FILE).exists():
        return locales_of(open_edition(root)).get(locale, locale)
    return voice.language if voice.language.split("-")[0] == locale else locale


def _installed(reader: Reader) -> LoadableVoice:
    return loadable(voice_files(find(reader.voice), voices_dir()))


def _check(entry: Entry, root: Path, locale: str) -> str:
    """The name of the voice that was found able to say what is marked in the entry; nothing where nothing is, or could
    be, checked.

    Raises LexiconError for a language that espeak does not have, and for sounds in IPA that the voice would leave out.
    """
    said = entry.said(entry.key, locale)
    if all(part.is_plain for part in parts(said)):
        return ""
    try:
        phonemize(espeak_voice(locale), said)
        voice = _installed(_reader(root, locale))
        unknown = unknown_symbols(voice, said)
    except SpeechError as error:
        raise LexiconError(f"“{entry.written}”: {error.message}", hint=error.hint) from error
    except (VoiceNotInstalled, NoVoiceForLanguage) as error:
        click.echo(f"vivavoce: not checked against a voice: {error}", err=True)
        return ""
    missing = f"“{entry.written}”: {voice.name} has no {'; no '.join(map(str, unknown))}"
    if unknown and entry.ipa:
        raise LexiconError(missing, hint="write it with sounds that the voice has, or give a respelling with --say")
    if unknown:
        click.echo(f"vivavoce: {plain_line(missing)}", err=True)
    return voice.name


def _print(facts: dict[str, object]) -> None:
    tell_json(facts)
