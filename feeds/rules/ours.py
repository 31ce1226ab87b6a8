"""What we ask of a feed that lies in a folder with its files: that they are what the feed says."""

import base64
import hashlib
import html
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from audio.decode import UndecodableError
from feeds.headers import content_type
from feeds.rules.document import Element, FeedDocument, Found, all_of, called, line_of, one_of, seconds_of, text_of
from feeds.rules.finding import Rule, Severity
from feeds.rules.sidecars import chapter_starts, cue_ends
from feeds.rules.site import Measured, Site

_CLOSE_SECONDS: Final = 1.0
_ROUNDED: Final = 0.005  # figures in build.json have two decimals
_COVER_PIXELS: Final = (1400, 3000)
"""Apple: artwork is square, from 1400 to 3000 pixels, JPEG or PNG, RGB."""


def _addresses(feed: FeedDocument) -> Iterator[tuple[Element, str]]:
    """Every address that the feed gives for something of its own, with the element that gives it."""
    for element in feed.channel.iter():
        for name in ("url", "href", "uri"):
            if address := element.get(name):
                yield element, address
    for parent in (feed.channel, *feed.items):
        if link := text_of(parent, "link"):
            yield parent, link
        for address in re.findall(r'(?:href|src)="([^"]+)"', text_of(parent, "content:encoded")):
            yield parent, html.unescape(address)


def _links(feed: FeedDocument, site: Site) -> Iterator[Found]:
    told: set[str] = set()
    for element, address in _addresses(feed):
        path = site.path_of(address)
        if path is not None and address not in told and site.file(path) is None:
            told.add(address)
            yield Found(line_of(element), f"{address} leads nowhere: there is no {path}")


def _enclosed(feed: FeedDocument, site: Site) -> Iterator[tuple[Element, Element, str, Path]]:
    for item in feed.items:
        enclosure = one_of(item, "enclosure")
        path = site.path_of(enclosure.get("url", "")) if enclosure is not None else None
        file = site.file(path) if path else None
        if enclosure is not None and path and file:
            yield item, enclosure, path, file


def _enclosures(feed: FeedDocument, site: Site) -> Iterator[Found]:
    for item, enclosure, path, file in _enclosed(feed, site):
        size = file.stat().st_size
        if enclosure.get("length") != str(size):
            yield Found(
                line_of(enclosure),
                f"{called(item)}: its length is given as {enclosure.get('length')}, {path} has {size} bytes",
            )
        if enclosure.get("type") != content_type(path).partition(";")[0]:
            yield Found(
                line_of(enclosure),
                f"{called(item)}: its type is given as {enclosure.get('type')}, {path} is {content_type(path)}",
            )


def _durations(feed: FeedDocument, site: Site) -> Iterator[Found]:
    for item, enclosure, path, _ in _enclosed(feed, site):
        try:
            seconds = site.folder.seconds(path)
        except (UndecodableError, OSError) as error:
            yield Found(line_of(enclosure), f"{called(item)}: {path}: {error}")
            continue
        written = text_of(item, "itunes:duration")
        if written and abs(seconds_of(written) - seconds) > _CLOSE_SECONDS:
            yield Found(
                line_of(item), f"{called(item)}: its duration is given as {written}, {path} plays {seconds:.1f} s"
            )


def _artwork(feed: FeedDocument, site: Site) -> Iterator[Found]:
    seen: set[str] = set()
    for parent in (feed.channel, *feed.items):
        for element in all_of(parent, "itunes:image"):
            path = site.path_of(element.get("href", ""))
            file = site.file(path) if path else None
            if path and file and path not in seen:
                seen.add(path)
                yield from (Found(line_of(element), f"{path}: {wrong}") for wrong in _faults(file))


def _faults(file: Path) -> Iterator[str]:
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file) as picture:
            (width, height), mode, kind = picture.size, picture.mode, picture.format
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        yield "it is no picture that can be read"
        return
    if width != height or not _COVER_PIXELS[0] <= width <= _COVER_PIXELS[1]:
        yield f"it is {width} × {height} pixels; artwork is square, from {_COVER_PIXELS[0]} to {_COVER_PIXELS[1]}"
    if kind not in ("JPEG", "PNG") or mode != "RGB":
        yield f"it is {kind} in {mode}; artwork is JPEG or PNG in RGB"


def _sidecars(feed: FeedDocument, site: Site) -> Iterator[Found]:
    """Transcripts and chapters lie inside their episode, in order."""
    for item, _, sound, _ in _enclosed(feed, site):
        try:
            seconds = site.folder.seconds(sound) + _CLOSE_SECONDS
        except (UndecodableError, OSError):
            continue  # told by another rule
        for tag, read in (("podcast:transcript", cue_ends), ("podcast:chapters", chapter_starts)):
            for element in all_of(item, tag):
                path = site.path_of(element.get("url", ""))
                beside = site.file(path) if path else None
                if path and beside:
                    yield from (
                        Found(line_of(element), f"{called(item)}: {path}: {wrong}")
                        for wrong in _times(read, beside, seconds)
                    )


def _times(read: Callable[[Path], list[float]], file: Path, seconds: float) -> Iterator[str]:
    try:
        moments = read(file)
    except ValueError as error:
        yield str(error)
        return
    if moments != sorted(moments):
        yield "its times are not in order"
    if moments and moments[-1] > seconds:
        yield f"it goes on to {moments[-1]:.1f} s, beyond the end of the episode"


def _integrity(feed: FeedDocument, site: Site) -> Iterator[Found]:
    for item in feed.items:
        for alternate in all_of(item, "podcast:alternateEnclosure"):
            integrity = one_of(alternate, "podcast:integrity")
            if integrity is None or integrity.get("type") != "sri":
                continue
            algorithm, _, expected = integrity.get("value", "").partition("-")
            for source in all_of(alternate, "podcast:source"):
                path = site.path_of(source.get("uri", ""))
                file = site.file(path) if path else None
                if path and file and algorithm in ("sha256", "sha384", "sha512"):
                    with file.open("rb") as data:
                        digest = hashlib.file_digest(data, algorithm).digest()
                    if base64.b64encode(digest).decode() != expected:
                        yield Found(
                            line_of(integrity), f"{called(item)}: {path} is not the file whose hash the feed gives"
                        )


def _loudness(feed: FeedDocument, site: Site) -> Iterator[Found]:
    """The loudness of each episode was measured, recorded, and is what the edition asks for."""
    for item, enclosure, path, _ in _enclosed(feed, site):
        built = site.folder.built(path.partition("/")[0])
        measured = built.episodes.get(path, Measured())
        sound, lufs, peak_db = built.sound, measured.lufs, measured.true_peak_db
        if path not in built.episodes and built.failed:
            failed = ", ".join(built.failed)
            yield Found(line_of(enclosure), f"{called(item)} is of an earlier build: {failed} failed in the last one")
        elif lufs is None or peak_db is None:
            yield Found(line_of(enclosure), f"{called(item)}: its loudness is not recorded in build.json")
        elif sound and abs(lufs - sound.target_lufs) > sound.loudness_tolerance_lu + _ROUNDED:
            yield Found(line_of(enclosure), f"{called(item)}: it measures {lufs} LUFS, {sound.target_lufs} is wanted")
        elif sound and peak_db > sound.true_peak_db + _ROUNDED:
            yield Found(
                line_of(enclosure), f"{called(item)}: its peaks measure {peak_db} dBTP, above {sound.true_peak_db}"
            )


RULES: Final[tuple[Rule[[FeedDocument, Site]], ...]] = (
    Rule("vivavoce/links", Severity.ERROR, _links),
    Rule("vivavoce/enclosures", Severity.ERROR, _enclosures),
    Rule("vivavoce/durations", Severity.ERROR, _durations),
    Rule("vivavoce/artwork", Severity.ERROR, _artwork),
    Rule("vivavoce/transcripts-and-chapters", Severity.ERROR, _sidecars),
    Rule("vivavoce/loudness", Severity.WARNING, _loudness),
    Rule("vivavoce/integrity", Severity.ERROR, _integrity),
)
