"""Publishing: media, then pages, then feeds; the same run again, after whatever stopped it, ends in the same state."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final

from feeds.built_record import mending
from feeds.publish.errors import PublishError
from feeds.publish.manifest import MANIFEST, Manifest, read_manifest
from feeds.publish.shipment import STAGES, Parcel, Shipment, content_of, links, parcels, ship
from feeds.publish.target import Target

Sent = Callable[[Parcel], None]

_NAMED: Final = 5
"""So many damaged files are named, and the rest counted: a failing disk may have hit hundreds."""


def prepare(public: Path, target: Target, as_built: Mapping[str, str] | None = None) -> Shipment:
    """What publishing `public` to `target` would do. `as_built` has the sha256 of files as they were built,
    or its first digits.

    Raises PublishError, also when there is nothing to publish, or a link in it that leads out of it, or a file to be
    sent that is not what was built. What lies there already is not read for that, and of what nobody knows how it was
    built, such as a producer's own file, nothing is asked.
    """
    as_built = as_built or {}
    local = parcels(public)
    if not any(parcel.stage == "feeds" for parcel in local):
        raise PublishError(f"{public}: there is no feed in it", hint="run vivavoce build first")
    linked = links(public)
    shipment = replace(ship(local, read_manifest(target.read(MANIFEST)), target.sizes()), links=linked)
    known = [parcel for parcel in shipment.send if parcel.path in as_built]
    if others := [each.path for each in known if not content_of(public, each).startswith(as_built[each.path])]:
        named = ", ".join(others[:_NAMED]) + (f" and {len(others) - _NAMED} more" if others[_NAMED:] else "")
        what, them = ("are", "them") if others[1:] else ("is", "it")
        raise PublishError(
            f"{public}: {named} {what} not what was built, and nothing was sent",
            hint=f"remove {them}, and run {mending(public, as_built, others)}",
        )
    return shipment


def send(public: Path, target: Target, shipment: Shipment, *, prune: bool = False, sent: Sent = lambda _: None) -> None:
    """Make the target hold what `public` holds; `sent` is called after each file.

    With `prune`, what was sent once and is no longer published is removed after the feeds are up: until then a
    listener's app may still ask for it. Raises PublishError.
    """
    for path in shipment.half_sent:
        target.remove(path)
    if not shipment.send and not (prune and shipment.withdrawn):
        return
    known = {parcel.path: parcel.sha256 for parcel in shipment.unchanged}
    # What is about to be sent is written down first, its content as unknown: a run that is cut off leaves no file
    # that nobody remembers, and none that is taken for what it is not.
    before = shipment.sent.files | {parcel.path: "" for parcel in shipment.send}
    _record(target, before)
    for stage in STAGES:
        _send_all(public, target, [parcel for parcel in shipment.send if parcel.stage == stage], sent)
        known |= {parcel.path: parcel.sha256 for parcel in shipment.send if parcel.stage == stage}
        _record(target, {**before, **known})
    if prune:
        for path in shipment.withdrawn:
            target.remove(path)
    kept = {} if prune else {path: before[path] for path in shipment.withdrawn if path in before}
    _record(target, {**kept, **known})


def _send_all(public: Path, target: Target, waiting: list[Parcel], sent: Sent) -> None:
    def one(parcel: Parcel) -> Parcel:
        target.put(parcel.path, public / parcel.path)
        return parcel

    # Feeds go one by one, the edition's last; among the others the order says nothing.
    together = 1 if waiting and waiting[0].stage == "feeds" else target.workers
    with ThreadPoolExecutor(max_workers=together) as pool:
        futures = [pool.submit(one, parcel) for parcel in waiting]
        try:
            for future in futures:
                sent(future.result())
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _record(target: Target, files: dict[str, str]) -> None:
    target.put(MANIFEST, Manifest(files).encoded())
