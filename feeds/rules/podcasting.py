"""What the podcast: namespace asks of each of its elements (podcastindex.org, "Podcast Namespace")."""

import base64
import re
import uuid
from collections.abc import Iterator
from typing import Final

from feeds.rules.document import (
    FeedDocument,
    Found,
    all_of,
    called,
    is_web_address,
    line_of,
    one_of,
    seconds_of,
    text_of,
)
from feeds.rules.finding import Rule, Severity

_MEDIUMS: Final = frozenset(
    medium + suffix
    for medium in "podcast music video film audiobook newsletter blog publisher course mixed".split()
    for suffix in ("", "L")
)
_TRANSCRIPTS: Final = frozenset(
    {"text/vtt", "text/html", "text/plain", "application/json", "application/x-subrip", "application/srt", "text/srt"}
)
_CHAPTERS: Final = frozenset({"application/json+chapters", "application/json"})
_LONGEST_NAME: Final = 128


def _guid(feed: FeedDocument) -> Iterator[Found]:
    for element in all_of(feed.channel, "podcast:guid"):
        try:
            version = uuid.UUID((element.text or "").strip()).version
        except ValueError:
            version = None
        if version != 5:
            yield Found(line_of(element), f"<podcast:guid> “{element.text}” is no UUID of version 5")


def _locked(feed: FeedDocument) -> Iterator[Found]:
    for element in all_of(feed.channel, "podcast:locked"):
        if (element.text or "").strip() not in ("yes", "no"):
            yield Found(line_of(element), f"<podcast:locked> is “{element.text}”: write yes or no")


def _medium(feed: FeedDocument) -> Iterator[Found]:
    for element in all_of(feed.channel, "podcast:medium"):
        if (element.text or "").strip() not in _MEDIUMS:
            yield Found(line_of(element), f"<podcast:medium> “{element.text}” is none that apps know")


def _transcripts(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        for element in all_of(item, "podcast:transcript"):
            if not is_web_address(element.get("url", "")):
                yield Found(line_of(element), f"a transcript of {called(item)} has no full web address")
            if element.get("type") not in _TRANSCRIPTS:
                yield Found(line_of(element), f"a transcript of {called(item)} is of type “{element.get('type')}”")


def _chapters(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        elements = all_of(item, "podcast:chapters")
        if len(elements) > 1:
            yield Found(line_of(elements[1]), f"{called(item)} has more than one <podcast:chapters>")
        for element in elements:
            if not is_web_address(element.get("url", "")) or element.get("type") not in _CHAPTERS:
                yield Found(
                    line_of(element), f"<podcast:chapters> of {called(item)} needs a url and a type of JSON chapters"
                )


def _persons(feed: FeedDocument) -> Iterator[Found]:
    for parent in (feed.channel, *feed.items):
        for element in all_of(parent, "podcast:person"):
            name = (element.text or "").strip()
            if not 0 < len(name) <= _LONGEST_NAME:
                yield Found(line_of(element), f"a <podcast:person> has a name of {len(name)} characters, not 1 to 128")


def _numbers(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        for tag, pattern in (("podcast:season", r"\d+"), ("podcast:episode", r"\d+(\.\d+)?")):
            for element in all_of(item, tag):
                if not re.fullmatch(pattern, (element.text or "").strip()):
                    yield Found(line_of(element), f"<{tag}> of {called(item)} is “{element.text}”, not a number")
                if len(element.get("name", "")) > _LONGEST_NAME:
                    yield Found(
                        line_of(element), f"the name of <{tag}> of {called(item)} is longer than 128 characters"
                    )


def _soundbites(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        seconds = seconds_of(text_of(item, "itunes:duration"))
        for element in all_of(item, "podcast:soundbite"):
            try:
                start, duration = float(element.get("startTime", "")), float(element.get("duration", ""))
            except ValueError:
                yield Found(line_of(element), f"a soundbite of {called(item)} has no startTime and duration in seconds")
                continue
            if start < 0 or duration <= 0 or (seconds and start + duration > seconds + 1):
                yield Found(line_of(element), f"a soundbite of {called(item)} lies outside the episode")


def _alternates(feed: FeedDocument) -> Iterator[Found]:
    for item in feed.items:
        for element in all_of(item, "podcast:alternateEnclosure"):
            sources = all_of(element, "podcast:source")
            if not element.get("type") or not sources:
                yield Found(line_of(element), f"an alternate enclosure of {called(item)} needs a type and a source")
            for source in sources:
                if not source.get("uri"):
                    yield Found(line_of(source), f"a source of an alternate enclosure of {called(item)} has no uri")
            integrity = one_of(element, "podcast:integrity")
            if integrity is not None and not _is_integrity(integrity.get("type"), integrity.get("value", "")):
                yield Found(
                    line_of(integrity),
                    f"the integrity of an alternate enclosure of {called(item)} is neither sri nor pgp",
                )


def _is_integrity(kind: str | None, value: str) -> bool:
    if kind == "pgp-signature":
        return bool(value)
    algorithm, _, digest = value.partition("-")
    try:
        length = len(base64.b64decode(digest, validate=True))
    except ValueError:  # of base64's own, or for letters that are not ASCII
        return False
    return kind == "sri" and {"sha256": 32, "sha384": 48, "sha512": 64}.get(algorithm) == length


RULES: Final[tuple[Rule[[FeedDocument]], ...]] = (
    Rule("podcasting-2.0/guid", Severity.ERROR, _guid),
    Rule("podcasting-2.0/locked", Severity.ERROR, _locked),
    Rule("podcasting-2.0/medium", Severity.ERROR, _medium),
    Rule("podcasting-2.0/transcripts", Severity.ERROR, _transcripts),
    Rule("podcasting-2.0/chapters", Severity.ERROR, _chapters),
    Rule("podcasting-2.0/persons", Severity.ERROR, _persons),
    Rule("podcasting-2.0/numbers", Severity.ERROR, _numbers),
    Rule("podcasting-2.0/soundbites", Severity.ERROR, _soundbites),
    Rule("podcasting-2.0/alternate-enclosures", Severity.ERROR, _alternates),
)
