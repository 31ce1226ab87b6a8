"""`vivavoce withdraw`: an issue taken out of what is published."""

from pathlib import Path

import click

from articles.errors import SettingsError
from feeds.built_record import remember_built, untouched
from feeds.leftovers import remove_old_feeds
from feeds.removal import remove_issue
from feeds.shelf import read_card, read_shelf
from feeds.write import publish_edition
from vivavoce.commands import options
from vivavoce.edition import Edition, open_edition
from vivavoce.publication import publication_of
from vivavoce.turn import turn


@click.command(name="withdraw")
@click.argument("issue")
@options.folder
def command(issue: str, root: Path) -> None:
    """Take ISSUE out of public/: out of the edition's feed, page and list of feeds, and its files after that.

    Its folder in issues/ is left alone; a build of it publishes it again, as the same episodes. Where no issue is left,
    the edition keeps its page and its list, and has no feed until the next build. Interrupted, it is finished when it
    is run again.
    """
    edition = open_edition(root)
    with turn(edition) as finished:
        if issue not in finished:
            _withdraw(edition, issue)
    click.echo(f"{issue}: withdrawn; `vivavoce publish TARGET --prune` takes it from where listeners fetch it")


def _withdraw(edition: Edition, issue: str) -> None:
    state, public = edition.state, edition.public
    if read_card(public, issue) is None:
        known = ", ".join(card.name for card in read_shelf(public)[:5]) or "none"
        raise SettingsError(f"“{issue}” is not published in {public}", hint=f"published are: {known}")
    published = publish_edition(public, publication_of(edition), [issue], untouched(state, public))
    remove_old_feeds(public, published)
    remember_built(state, public, published.edition, unread=published.unread)
    for name in dict.fromkeys((issue, *published.superseded)):
        remove_issue(state, public, name)
