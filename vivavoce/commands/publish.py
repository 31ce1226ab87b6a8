"""`vivavoce publish`: what was built, sent to where listeners fetch it from."""

import contextlib
from pathlib import Path
from typing import Any

import click

from articles.errors import SettingsError, plain_line
from feeds.built_record import built_files
from feeds.publish.send import prepare, send
from feeds.publish.shipment import Parcel, Shipment
from feeds.publish.target import Target, open_target
from feeds.published_record import remember
from vivavoce.answers import tell_json
from vivavoce.commands import options
from vivavoce.edition import Edition, open_edition
from vivavoce.lock import only_build
from vivavoce.terminal import Terminal


@click.command(name="publish")
@click.argument("address", metavar="TARGET")
@options.folder
@options.as_json
@click.option("--dry-run", is_flag=True, help="List what would be sent and removed, and do nothing.")
@click.option("--prune", is_flag=True, help="Remove what was sent once and is published no longer.")
def command(address: str, root: Path, as_json: bool, dry_run: bool, prune: bool) -> None:
    """Send public/ to TARGET: a folder, s3://bucket/folder, sftp://user@host/folder, or webdav://host/folder.

    Media go first, pages next, feeds last; what lies there unchanged is not sent. Run again after an interruption,
    it ends in the same state. Credentials come from the environment or the usual files: see docs/publishing.md.
    """
    edition = open_edition(root)
    with contextlib.closing(open_target(address)) as target:
        _keep_apart(edition, target)
        with only_build(edition.state):
            shipment = prepare(edition.public, target, built_files(edition.state, edition.public))
            if not dry_run:
                _send(edition.public, target, shipment, prune)
                remember(edition.state, address, edition.public)
    if as_json:
        tell_json(_facts(target, shipment, dry_run, prune))
    else:
        click.echo("\n".join(_lines(target, shipment, dry_run, prune)))


def _keep_apart(edition: Edition, target: Target) -> None:
    """Raises SettingsError for a folder that holds the edition, or is held by it: the sources would be published over,
    or what is published would be published again with the next issue.
    """
    place = target.folder
    if place is None:
        return
    home = edition.root.resolve()
    own = [folder.resolve() for folder in (edition.public, edition.issues_folder, edition.state)]
    around = place in (*home.parents, *own[0].parents) and place != home
    if around or place == home or any(place.is_relative_to(folder) for folder in own):
        what = "holds the edition's own folder" if around else "is the edition's own folder, or in it"
        raise SettingsError(
            f"{target.name}: {what}", hint="publish to another one, such as the folder that a web server shows"
        )


def _send(public: Path, target: Target, shipment: Shipment, prune: bool) -> None:
    with Terminal().stage("sending", sum(map(_effort, shipment.send))) as advance:
        send(public, target, shipment, prune=prune, sent=lambda parcel: advance(_effort(parcel)))


def _effort(parcel: Parcel) -> float:
    return parcel.size_bytes + 50_000  # a file costs a round trip however small it is


def _lines(target: Target, shipment: Shipment, dry_run: bool, prune: bool) -> list[str]:
    would = "would be " if dry_run else ""
    size = sum(parcel.size_bytes for parcel in shipment.send) / 1e6
    lines = [f"  {parcel.path}" for parcel in shipment.send] if dry_run else []
    lines.append(
        f"{target.name}: {len(shipment.send)} {would}sent ({size:.1f} MB), {len(shipment.unchanged)} unchanged"
    )
    if shipment.withdrawn:
        lines += [f"  {path}" for path in shipment.withdrawn] if dry_run else []
        gone = f"{would}removed" if prune else "published no longer, still there; --prune removes them"
        lines.append(f"{len(shipment.withdrawn)} {gone}")
    if shipment.links:
        lines.append(f"not sent, being links to what is sent: {', '.join(shipment.links)}")
    return [plain_line(line) for line in lines]


def _facts(target: Target, shipment: Shipment, dry_run: bool, prune: bool) -> dict[str, Any]:
    return {
        "target": target.name,
        "dry_run": dry_run,
        "sent": [{"path": parcel.path, "size_bytes": parcel.size_bytes} for parcel in shipment.send],
        "unchanged": len(shipment.unchanged),
        "withdrawn": list(shipment.withdrawn),
        "links": list(shipment.links),
        "pruned": prune and not dry_run,
    }
