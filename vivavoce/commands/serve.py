"""`vivavoce serve`: hear and read what was built, in a browser or on a phone."""

import threading
from functools import partial
from pathlib import Path

import click

from articles.errors import SettingsError
from feeds.page.qr import qr_terminal
from feeds.serve.app import preview
from feeds.serve.live import Changes
from feeds.serve.run import EVERYWHERE, LOOPBACK, lan_address, listen, run
from vivavoce.commands import options
from vivavoce.edition import open_edition
from vivavoce.rebuild import rebuild


@click.command(name="serve")
@options.folder
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--lan", is_flag=True, help="Let other devices in this network listen too, and show a QR code.")
@click.option("--watch", is_flag=True, help="Build again what changes, and reload the page.")
def command(root: Path, port: int, lan: bool, watch: bool) -> None:
    """Preview public/ on this machine until Ctrl-C; feeds name the preview's own address, so apps can subscribe."""
    edition = open_edition(root)
    if not edition.public.is_dir() and not watch:
        raise SettingsError(f"{edition.public}: nothing has been built yet", hint="run vivavoce build first")
    changes = Changes() if watch else None
    listening = listen(EVERYWHERE if lan else LOOPBACK, port)
    port = listening.getsockname()[1]
    hosts = [LOOPBACK, "localhost", *([lan_address()] if lan else [])]
    addresses = [f"http://{host}:{port}/" for host in hosts[1:]]
    for address in addresses:
        click.echo(address)
    if lan:
        click.echo("Anyone in this network can listen until you stop it.", err=True)
        click.echo(qr_terminal(addresses[-1]))
    click.echo("Ctrl-C ends it.", err=True)
    stop = threading.Event()
    watching: threading.Thread | None = None
    if changes:
        told = partial(click.echo, err=True)
        watching = threading.Thread(target=rebuild, args=(root, changes.tell, stop, told), daemon=True)
        watching.start()
    try:
        run(preview(edition.public, edition.settings.feed.url, hosts, changes), listening)
    finally:
        stop.set()
        if watching:
            watching.join()  # a build that is going on ends first
