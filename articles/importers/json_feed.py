"""A saved JSON Feed with full texts (jsonfeed.org, versions 1 and 1.1): one article per item."""

import json
from typing import Any

from articles.importers.arrange import Declared
from articles.importers.clean import clean, without_halves
from articles.importers.dates import declared_day
from articles.importers.draft import Draft
from articles.importers.entries import Entry, drafts_of
from articles.importers.source import Source, decode


def read(source: Source) -> list[Draft]:
    """The items with full text, in the feed's order. Raises ImportRefused for anything but a JSON Feed of texts."""
    try:
        feed = json.loads(decode(source).text, strict=False)
    except (ValueError, RecursionError) as error:
        at = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise source.refused(f"damaged: not valid JSON{at}", "fetch it again") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise source.refused("JSON, but not a JSON Feed", "a JSON Feed has a list called items; see jsonfeed.org")
    language = _text(feed, "language")
    return drafts_of(source, [_entry(item, language) for item in feed["items"] if isinstance(item, dict)])


def _entry(item: dict[str, Any], feed_language: str) -> Entry:
    authors = _list(item, "authors") or [item.get("author")]
    names = [_text(author, "name") for author in authors if isinstance(author, dict)]
    tags = [tag for tag in _list(item, "tags") if isinstance(tag, str)]
    html, text = _text(item, "content_html"), item.get("content_text")
    title = clean(_text(item, "title"))
    return Entry(
        key=without_halves(str(item.get("id") or item.get("url") or title)),
        html=html,
        text=text if isinstance(text, str) else "",
        is_full=bool(html or text),
        declared=Declared(
            headline=title,
            headline_from="the item's title",
            byline=clean(", ".join(name for name in names if name)),
            byline_from="the item's author",
            section=clean(tags[0]) if len(tags) == 1 else "",
            section_from="the item's only tag",
            date=declared_day(_text(item, "date_published")),
            date_from="the item's date",
            language=_text(item, "language") or feed_language,
            language_from="the item's language" if _text(item, "language") else "the feed's language",
        ),
    )


def _list(table: dict[str, Any], name: str) -> list[Any]:
    value = table.get(name)
    return value if isinstance(value, list) else []


def _text(table: dict[str, Any], name: str) -> str:
    value = table.get(name, "")
    return without_halves(value) if isinstance(value, str) else ""
