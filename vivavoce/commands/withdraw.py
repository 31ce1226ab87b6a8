"""`vivavoce withdraw`: an issue taken out of what is published."""

from pathlib import Path

import click

from articles.errors import SettingsError
from articles.inside import refuse_links_out
from feeds.built_record import forget_built, remember_built, touched
from feeds.leftovers import remove_issue, remove_old_feeds
from feeds.shelf import read_card, read_shelf
from feeds.write import publish_edition
from vivavoce.commands import options
from vivavoce.edition import open_edition
from vivavoce.lock import only_build
from vivavoce.publication import publication_of


@click.command(name="withdraw")
@click.argument("issue")
@options.folder
def command(issue: str, root: Path) -> None:
    """Take ISSUE out of public/: out of the edition's feed, page and list of feeds, and its files after that.

    Its folder in issues/ is left alone; a build of it publishes it again, as the same episodes. Where no issue is left,
    the edition keeps its page and its list, and has no feed until the next build.
    """
    edition = open_edition(root)
    refuse_links_out(edition.root, edition.public, edition.state)
    with only_build(edition.state):
        if read_card(edition.public, issue) is None:
            known = ", ".join(card.name for card in read_shelf(edition.public)[:5]) or "none"
            raise SettingsError(f"“{issue}” is not published in {edition.public}", hint=f"published are: {known}")
        public = edition.public
        published = publish_edition(public, publication_of(edition), [issue], touched(edition.state, public))
        remove_old_feeds(edition.public, published)
        remember_built(edition.state, edition.public, published.edition, unread=published.unread)
        remove_issue(edition.public, issue)
        forget_built(edition.state, issue)
    click.echo(f"{issue}: withdrawn; `vivavoce publish TARGET --prune` takes it from where listeners fetch it")
