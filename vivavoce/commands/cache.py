"""`vivavoce cache`: how large the clip store is, whether its clips are whole, and dropping what is used no longer."""

import contextlib
import datetime
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from articles.errors import ExitCode, SettingsError, plain_line
from articles.inside import refuse_links_out
from articles.masking import masked
from vivavoce.amounts import DAY_S, age_s, size_bytes, size_told
from vivavoce.answers import tell, tell_json
from vivavoce.commands import options
from vivavoce.edition import Edition, open_edition
from vivavoce.kept import kept_files, remove_damaged
from vivavoce.lock import only_build
from vivavoce.report import counted
from vivavoce.terminal import Terminal
from vivavoce.watch import Advance
from voices.clips import ClipStore
from voices.remote_clips import RemoteClips
from voices.shared_clips import VARIABLE, SharedClips, location_of
from voices.stock import STEPS, Damage, Limits, Pruned, Stock, prune, take_stock, verify

_PATIENCE_S = 2.0  # what takes longer shows its progress

_shared = click.option("--shared", is_flag=True, help="In the store that several machines share, not in this one's.")


@click.group(name="cache")
def command() -> None:
    """Look after the clips that were read: their number and size, whether they are whole, and which may go.

    They lie in .vivavoce/clips. Any of them may be dropped: what is needed again is read anew, with the same sound. A
    clip's file has the time when the clip was last used, to the day. What else is kept is small, and only verified.
    Where several machines share their clips, --shared is about that store; there a clip's time is when it was sent,
    since reading leaves no trace.
    """


@command.command(name="info")
@_shared
@options.folder
@options.as_json
def info(shared: bool, root: Path, as_json: bool) -> None:
    """Show how many clips there are, how large they are, and when they were used."""
    with _open(open_edition(root), shared) as store, _progress("counting clips", STEPS) as advance:
        stock = take_stock(store, advance)
    if as_json:
        tell_json(_stock_facts(_name(store), stock))
    else:
        click.echo("\n".join(_stock_lines(store, stock)))


@command.command(name="verify")
@_shared
@options.folder
@options.as_json
def verify_clips(shared: bool, root: Path, as_json: bool) -> int:
    """Check every clip to the last bit and remove those that are damaged; exits 1 if there were any.

    So is all else that builds keep: tracks, timed texts, parts of programmes, records. The next build makes anew what
    it needs. It does no harm while a build is running. With --shared every clip is fetched, and only clips are checked.
    """
    edition = open_edition(root)
    with _open(edition, shared) as store, _progress("checking clips", STEPS) as advance:
        checked, damages = _verify(store, advance)
        store.sweep()
    others = [] if shared else kept_files(edition.state)
    damages += [Damage(str(path), remark) for path, remark in remove_damaged(others)]
    if as_json:
        damaged = [{"path": each.address, "remark": each.remark} for each in damages]
        facts = {"clips": checked, "others": len(others), "damaged": damaged}
        tell_json(facts)
    else:
        click.echo("\n".join(plain_line(f"{each.address}: {each.remark}") for each in damages), nl=bool(damages))
        more = f" and {counted(len(others), 'other file')}" if others else ""
        click.echo(f"{_clips(checked)}{more} checked, {len(damages) or 'none'} damaged")
    return ExitCode.ARTICLE_FAILED if damages else ExitCode.DONE


@command.command(name="prune")
@click.option("--keep", metavar="AGE", help="Drop what was not used for so long: 12h, 30d or 8w.")
@click.option("--max", "most", metavar="SIZE", help="Then drop what was used longest ago until 500MB or 20GB are left.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and drop nothing.")
@_shared
@options.folder
@options.as_json
def prune_clips(keep: str | None, most: str | None, dry_run: bool, shared: bool, root: Path, as_json: bool) -> None:
    """Drop clips that were not used for long, or that do not fit; never what was used in the last hour.

    An issue that is built again after its clips have gone is read anew: keep what you still build. With --shared they
    go for everybody, by when they were sent: one that is in daily use goes too, and `cache share` sends it again.
    """
    limits = Limits(
        None if keep is None else age_s("--keep", keep), None if most is None else size_bytes("--max", most)
    )
    if limits == Limits():
        raise SettingsError("nothing says what may go", hint="give --keep 30d, --max 20GB, or both")
    edition = open_edition(root)
    # A dry run may look at a store that somebody is building with, or that can only be read; nobody's lock is on the
    # shared one, where a build has what it needs on its own machine.
    alone = contextlib.nullcontext() if dry_run or shared else only_build(edition.state)
    with alone, _open(edition, shared) as store, _progress("pruning clips", 2 * STEPS) as advance:
        pruned = prune(store, limits, time.time(), advance, dry_run=dry_run)
        if not dry_run:
            store.sweep()
    if as_json:
        tell_json(_pruned_facts(pruned, dry_run))
    else:
        click.echo(_pruned_line(pruned, dry_run))


@command.command(name="share")
@options.folder
@options.as_json
def share_clips(root: Path, as_json: bool) -> None:
    """Send every clip of this machine that the shared store does not hold: once, when you begin to share.

    Builds send what they read by themselves.
    """
    edition = open_edition(root)
    local, sent = _store(edition), 0
    with contextlib.closing(_shared_store(edition)) as there, _progress("sharing clips", STEPS) as advance:
        both = SharedClips(local.root, there, strict=True)
        for found in local.shards():
            sent += both.share(each.key for each in found)
            advance(1)
    if as_json:
        tell_json({"sent": sent})
    else:
        tell(f"{_clips(sent)} sent to {there.location}")


def _verify(store: ClipStore | RemoteClips, advance: Advance) -> tuple[int, list[Damage]]:
    checked, damages = 0, []
    for damage in verify(store, advance):
        checked += 1
        if damage:
            damages.append(damage)
    return checked, damages


def _store(edition: Edition) -> ClipStore:
    refuse_links_out(edition.root, edition.state)  # what is damaged or old is removed
    return ClipStore(edition.state / "clips")


def _shared_store(edition: Edition) -> RemoteClips:
    location = location_of(edition.settings.clips, edition.root)
    if not location:
        hint = f'write clips = "s3://bucket/clips" in edition.toml, or set {VARIABLE}'
        raise SettingsError("this edition shares its clips with nobody", hint=hint)
    return RemoteClips(location)


def _open(edition: Edition, shared: bool) -> contextlib.closing[ClipStore | RemoteClips]:
    return contextlib.closing(_shared_store(edition) if shared else _store(edition))


def _name(store: ClipStore | RemoteClips) -> str:
    return masked(store.location) if isinstance(store, RemoteClips) else str(store.root)


@contextlib.contextmanager
def _progress(name: str, steps: int) -> Iterator[Advance]:
    """What to tell of each step done; it shows nothing before two seconds have passed."""
    began, waiting, shown = time.monotonic(), 0.0, None
    with contextlib.ExitStack() as stack:

        def advance(done: float) -> None:
            nonlocal waiting, shown
            waiting += done
            if shown is None and time.monotonic() - began > _PATIENCE_S:
                shown = stack.enter_context(Terminal().stage(name, steps))
            if shown:
                shown(waiting)
                waiting = 0.0

        yield advance


def _stock_facts(name: str, stock: Stock) -> dict[str, Any]:
    return {
        "folder": name,
        "clips": stock.clips,
        "size_bytes": stock.size_bytes,
        "speech_s": None if stock.speech_s is None else round(stock.speech_s, 3),
        "oldest_use": _moment(stock.oldest_use_s),
        "newest_use": _moment(stock.newest_use_s),
    }


def _stock_lines(store: ClipStore | RemoteClips, stock: Stock) -> Iterator[str]:
    yield f"{_name(store)}: {_clips(stock.clips)}"
    if stock.oldest_use_s is not None and stock.newest_use_s is not None:
        hours = "" if stock.speech_s is None else f", {stock.speech_s / 3600:.1f} hours of speech"
        yield f"  {size_told(stock.size_bytes)}{hours}"
        done = "sent" if isinstance(store, RemoteClips) else "used"
        yield f"  {done} between {_ago(stock.oldest_use_s)} and {_ago(stock.newest_use_s)}"


def _pruned_facts(pruned: Pruned, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "dropped": pruned.dropped,
        "dropped_bytes": pruned.dropped_bytes,
        "kept": pruned.kept,
        "kept_bytes": pruned.kept_bytes,
    }


def _pruned_line(pruned: Pruned, dry_run: bool) -> str:
    gone = "would be dropped" if dry_run else "dropped"
    return (
        f"{_clips(pruned.dropped)} {gone} ({size_told(pruned.dropped_bytes)}), "
        f"{pruned.kept} kept ({size_told(pruned.kept_bytes)})"
    )


def _moment(used_s: float | None) -> str | None:
    if used_s is None:
        return None
    return datetime.datetime.fromtimestamp(used_s, datetime.UTC).isoformat(timespec="seconds")


def _ago(used_s: float) -> str:
    days = int((time.time() - used_s) // DAY_S)
    return "today" if days < 1 else f"{days} day{'s' if days > 1 else ''} ago"


def _clips(number: int) -> str:
    return counted(number, "clip")
