"""A saved RSS or Atom feed with full texts: one article per entry; the only importer that imports feedparser."""

import datetime
import email.utils
import io
import re
from typing import Any

from articles.importers.arrange import Declared
from articles.importers.clean import clean
from articles.importers.dates import declared_day
from articles.importers.draft import Draft
from articles.importers.entries import Entry, drafts_of
from articles.importers.html_safe import ENTITIES, BrokenMarkup, parse_fragment
from articles.importers.html_tree import pieces_of
from articles.importers.source import Source, decode

_AUTHOR = re.compile(
    r"<(?:[\w.-]+:)?(?:author|creator|managingEditor|webMaster|publisher|owner|name|email)\b[^<>]*>[^<]*"
    r"(?:<!\[CDATA\[[^<]*)?",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"[\w.+-]{201,}")


def read(source: Source) -> list[Draft]:
    """The entries with full text, in the feed's order. Raises ImportRefused for a broken feed, or one of summaries."""
    if ENTITIES.search(source.data):
        raise source.refused("it declares entities, which no feed needs", "fetch it again from its publisher")
    text = _AUTHOR.sub(_without_long_words, decode(source).text)
    import feedparser

    # A stream, because feedparser would fetch a string that looks like an address and open one that looks like a path.
    headers = {"content-type": "text/xml; charset=utf-8"}
    try:
        # Its cleaning of HTML is slow on what is made to be so; articles/importers/html_tree.py takes words alone.
        parsed = feedparser.parse(
            io.BytesIO(text.encode()), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # it forgives most damage, and trips over the rest anywhere
        raise source.refused("damaged: it cannot be read as a feed", "fetch it again") from error
    if not parsed.entries and parsed.bozo:
        raise source.refused(f"damaged: {clean(str(parsed.bozo_exception))}", "fetch it again")
    language = str(parsed.feed.get("language", ""))
    return drafts_of(source, [_entry(entry, language) for entry in parsed.entries])


def _without_long_words(author: re.Match[str]) -> str:
    """An author's element, no word beyond 200 letters: feedparser looks for an address from each letter on."""
    return _LONG_WORD.sub(lambda word: word[0][:200], author[0])


def _entry(entry: Any, feed_language: str) -> Entry:
    contents = [content for content in entry.get("content", []) if content.get("value", "").strip()]
    # A title may be HTML too; its tags are no part of it.
    title = clean(_plain(str(entry.get("title", ""))))
    own = next((str(content["language"]) for content in contents if content.get("language")), "")
    tags = [str(tag.get("term", "")) for tag in entry.get("tags", []) if tag.get("term")]
    body = max((str(content["value"]) for content in contents), key=len, default="")
    return Entry(
        key=str(entry.get("id") or entry.get("link") or title),
        html=body or str(entry.get("summary", "")),
        text="",
        is_full=bool(body),
        declared=Declared(
            headline=title,
            headline_from="the entry's title",
            byline=clean(str(entry.get("author_detail", {}).get("name") or entry.get("author", ""))),
            byline_from="the entry's author",
            section=clean(tags[0]) if len(tags) == 1 else "",
            section_from="the entry's only category",
            date=_day(str(entry.get("published", ""))),
            date_from="the entry's date",
            language=own or feed_language,
            language_from="xml:lang" if own and own != feed_language else "the feed's language",
        ),
    )


def _plain(title: str) -> str:
    if "<" not in title and "&" not in title:
        return title
    try:
        return "".join(piece.passage.text for piece in pieces_of(parse_fragment(title)))
    except BrokenMarkup:
        return title


def _day(when: str) -> datetime.date | None:
    """The day as the feed's own clock had it: ISO 8601 in Atom, the date of a mail (RFC 2822) in RSS."""
    if day := declared_day(when):
        return day
    try:
        return email.utils.parsedate_to_datetime(when).date()
    except ValueError:
        return None
