"""`vivavoce new`: an edition's folder, ready for its first issue."""

import datetime
import uuid
from pathlib import Path

import click

from articles.errors import SettingsError
from articles.files import write_whole
from vivavoce.edition import EDITION_FILE
from voices.cast import DEFAULT_CAST

_EDITION = """\
# The publication's name, as listeners see it in their apps.
title = "{title}"
# What episodes are known by, for ever. Never change it.
id = "{id}"
# The languages of its articles, the main one first.
languages = {languages}
description = ""

[voices]  # who reads what; `vivavoce voices list` shows them all
{voices}

[feed]
# The address at which the folder public/ will be found.
url = "http://localhost:8000/"
author = "{title}"
owner_name = "{title}"
owner_email = "podcast@example.org"
category = "News"
"""

_ARTICLES = {
    "en": ("01-welcome.en.md", "Welcome", "This sentence is read aloud. Put your first article in its place."),
    "fr": ("02-bienvenue.fr.md", "Bienvenue", "Cette phrase est lue à voix haute. Mettez-y votre premier article."),
}


@click.command(name="new")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="The publication's name. [the folder's name]")
@click.option("--lang", "languages", default="fr,en", show_default=True, help="Its languages, the main one first.")
def command(folder: Path, title: str | None, languages: str) -> None:
    """Make FOLDER an edition: settings, and a first issue to build at once."""
    if (folder / EDITION_FILE).exists():
        raise SettingsError(f"{folder}: there is an edition here already", hint="choose another folder")
    tags = [tag.strip() for tag in languages.split(",") if tag.strip()]
    issue = folder / "issues" / f"{datetime.date.today():%Y-%m}"
    voices = "\n".join(f'{tag} = "{DEFAULT_CAST[tag]}"' for tag in tags if tag in DEFAULT_CAST)
    for tag in tags:
        if tag in _ARTICLES:
            name, headline, text = _ARTICLES[tag]
            write_whole(issue / name, f'+++\nheadline = "{headline}"\n+++\n\n{text}\n'.encode())
    settings = _EDITION.format(
        title=(title or folder.resolve().name).replace("\\", "\\\\").replace('"', '\\"'),
        id=uuid.uuid4(),
        languages="[" + ", ".join(f'"{tag}"' for tag in tags) + "]",
        voices=voices,
    )
    write_whole(folder / EDITION_FILE, settings.encode())
    click.echo(f"{folder}: ready; next: vivavoce voices install -C {folder} && vivavoce build -C {folder}")
