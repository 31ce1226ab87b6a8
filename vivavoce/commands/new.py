"""`vivavoce new`: an edition's folder, ready for its first issue."""

import datetime
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from string import Template

import click

from articles.errors import SettingsError
from articles.files import PARTIAL, remove_file, write_whole
from feeds.words import words_for
from vivavoce.answers import tell
from vivavoce.edition import EDITION_FILE, ISSUE_FILE
from vivavoce.edition_checks import check_languages
from voices.assets import installed, voices_dir
from voices.cast import DEFAULT_CAST
from voices.catalogue import find, load_catalogue

_STARTER = Path(__file__).parents[1] / "starter"
_COUNTRIES = {"en": "en-GB", "fr": "fr-CH", "de": "de-AT", "es": "es-MX", "it": "it-CH"}


@click.command(name="new")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="The publication's name. [the folder's name]")
@click.option("--lang", default="fr,en", show_default=True, help="Its languages, the main one first.")
def command(folder: Path, title: str | None, lang: str) -> None:
    """Make FOLDER an edition: settings, each with a line on what it is for, and a first issue to build at once."""
    if (folder / EDITION_FILE).exists():
        raise SettingsError(f"{folder}: there is an edition here already", hint="choose another folder")
    languages = tuple(tag.strip() for tag in lang.split(",") if tag.strip())
    _check(languages)
    today = datetime.date.today()
    issue = folder / "issues" / f"{today:%Y-%m}"
    for half_written in (*folder.glob(f"{PARTIAL}*.toml"), *issue.glob(f"{PARTIAL}*")):  # one that was killed left them
        remove_file(half_written)
    articles, there = dict(_articles(languages)), {path.name for path in issue.glob("*.md")}
    if not there <= articles.keys():  # a producer's own
        articles = {}
    for name in sorted(articles.keys() - there):
        write_whole(issue / name, articles[name].encode())
    if not (issue / ISSUE_FILE).exists():
        write_whole(issue / ISSUE_FILE, _issue(today, languages[0]).encode())
    write_whole(folder / EDITION_FILE, _edition(title or folder.resolve().name, languages).encode())
    tell(f"{folder / EDITION_FILE}: the settings, each with a line on what it is for")
    tell(f"{issue}: a first issue: {', '.join(articles) or 'put its articles there'}")
    voices = [voice for voice in map(_voice, languages) if voice]
    for language in (language for language in languages if not _voice(language)):
        tell(f"no voice reads “{language}” yet: `vivavoce voices list` shows those that there are")
    install = (
        ""
        if all(installed(find(voice), voices_dir()) for voice in voices)
        else f"vivavoce voices install -C {folder} && "
    )
    tell(f"next: {install}vivavoce build -C {folder}")


def _check(languages: tuple[str, ...]) -> None:
    hint = "write them with commas between, as --lang fr,en"
    if not languages:
        raise SettingsError("--lang: names no language", hint=hint)
    try:
        check_languages(languages)
    except ValueError as error:
        raise SettingsError(f"--lang: {str(error).removeprefix('languages: ')}", hint=hint) from error


def _edition(title: str, languages: tuple[str, ...]) -> str:
    cast = [f'{tag} = "{voice}"' if (voice := _voice(tag)) else f'#{tag} = "tone"  # for example' for tag in languages]
    locales = [f'#{tag} = "{_COUNTRIES[tag]}"  # for example' for tag in languages if tag in _COUNTRIES]
    return _filled(
        EDITION_FILE,
        title=_quoted(title),
        id=str(uuid.uuid4()),
        languages=json.dumps(languages),
        voices="\n".join(cast),
        locales="\n".join(locales),
        idents="\n".join(f'#{tag} = "{{publication}}, {{month}}."  # for example' for tag in languages),
    )


def _issue(day: datetime.date, language: str) -> str:
    month = f"{words_for(language).months[day.month - 1]} {day.year}"
    return _filled(ISSUE_FILE, title=_quoted(month[0].upper() + month[1:]), date=f"{day.replace(day=1)}")


def _articles(languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A file's name and text for each language that there is an example in, without what is in none of `languages`."""
    number = 1
    for language in languages:
        for path in sorted((_STARTER / "articles").glob(f"*.{language.split('-')[0]}.md")):
            paragraphs = path.read_text(encoding="utf-8").split("\n\n")
            kept = [text for text in paragraphs if set(re.findall(r"\{lang=(\w+)\}", text)) <= set(languages)]
            yield f"{number:02d}-{path.name.partition('.')[0]}.{language}.md", "\n\n".join(kept)
            number += 1


def _voice(language: str) -> str:
    """Who reads a language: the country's first voice, else the default cast's, else any; "" where there is none."""
    voices = [voice for voice in load_catalogue().values() if voice.language.split("-")[0] == language.split("-")[0]]
    own = next((voice.name for voice in voices if voice.language == language), "")
    return own or DEFAULT_CAST.get(language.split("-")[0], "") or next((voice.name for voice in voices), "")


def _filled(name: str, **values: str) -> str:
    return Template((_STARTER / name).read_text(encoding="utf-8")).substitute(values)


def _quoted(text: str) -> str:
    return json.dumps(text.encode(errors="replace").decode(), ensure_ascii=False)
