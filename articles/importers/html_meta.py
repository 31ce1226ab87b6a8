"""What a web page declares about its article: in its head, in JSON-LD, in its first heading. Nothing is inferred."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from articles.importers.arrange import Declared
from articles.importers.clean import clean, key_of
from articles.importers.dates import declared_day
from articles.importers.html_tree import lang_of, tag_of, words_of

_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Review")
_TITLE_CLASS = re.compile(r"entry-title|post-title|article-?title|article__title|\bheadline\b|titre-article", re.I)
_SITE_CLASS = re.compile(r"site-(?:title|name|header|branding)|\blogo\b|\bbrand\b|masthead", re.I)
_AUTHOR_CLASS = re.compile(r"\bauthor(?:-name|__name)?\b|\bauteur\b|\bfn\b", re.I)
_TITLE_BREAK = re.compile(r"(?<!\s)\s+[|–—·•»-]\s+")


def declared_by(root: etree._Element) -> Declared:
    """The declared headline, byline, section, date and language of a page."""
    metas = dict(_metas(root))
    ld = next(_json_ld(root), {})
    headline, headline_from, sure = _headline(root, metas, ld)
    byline, byline_from = _author(root, metas, ld)
    section = _text(ld.get("articleSection")) or metas.get("article:section", "")
    date, date_from = _date(root, metas, ld)
    language, language_from = _language(root, metas, ld)
    return Declared(
        headline=headline,
        headline_from=headline_from,
        headline_sure=sure,
        byline=byline,
        byline_from=byline_from,
        section=section,
        section_from="declared by the page" if section else "",
        date=date,
        date_from=date_from,
        language=language,
        language_from=language_from,
    )


def _metas(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in reversed(list(root.iter("meta"))):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and element.get("content", "").strip():
            yield name.strip().lower(), clean(element.get("content", ""))


def _json_ld(root: etree._Element) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article. They are read as data; no script is run."""
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            found = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        queue = [found]
        for thing in queue:  # grows while it is gone through: a page may nest its article in a graph
            if isinstance(thing, list):
                queue += thing[:50]
            elif isinstance(thing, dict):
                if any(_ARTICLE_TYPES.search(str(kind)) for kind in _listed(thing.get("@type"))):
                    yield thing
                queue += _listed(thing.get("@graph"))[:50]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    first = _listed(value)[0] if _listed(value) else ""
    return clean(first) if isinstance(first, str) else ""


def _headline(root: etree._Element, metas: dict[str, str], ld: dict[str, Any]) -> tuple[str, str, bool]:
    """The one first-level heading; with several, the one that the page declares; else what it declares."""
    site = metas.get("og:site_name", "")
    title = clean(next((words_of(element) for element in root.iter("title")), ""))
    declared = [
        (_text(ld.get("headline")), "JSON-LD"),
        (_without_site(metas.get("og:title", ""), site), "og:title"),
        (_without_site(title, site), "the page’s title"),
    ]
    headings = [clean(words_of(element)) for element in root.iter("h1") if not _is_of_site(element)]
    headings = [text for text in headings if text and key_of(text) != key_of(site)]
    said = {key_of(text) for text, _ in declared if text}
    agreed = [text for text in headings if key_of(text) in said]
    if agreed or len(headings) == 1:
        return (agreed or headings)[0], "", True
    if marked := [
        clean(words_of(element)) for element in root.iter("h1", "h2", "h3") if _TITLE_CLASS.search(_names(element))
    ]:
        return marked[0], "", True
    return next(((text, place, place != "the page’s title") for text, place in declared if text), ("", "", False))


def _is_of_site(heading: etree._Element) -> bool:
    """True for a first-level heading that names the publication on each of its pages."""
    around = [heading, *list(heading.iterancestors())[:2]]
    links = [link.get("href", "") for link in heading.iter("a")]
    return any(_SITE_CLASS.search(_names(element)) for element in around) or any(
        link in ("/", "./", "#") for link in links
    )


def _names(element: etree._Element) -> str:
    return " ".join(element.get(name, "") for name in ("class", "id", "itemprop"))


def _without_site(title: str, site: str) -> str:
    """A page's title without the site's name behind or before a bar or dash."""
    parts = _TITLE_BREAK.split(title)
    kept = [part for part in parts if key_of(part) != key_of(site)] if site else parts
    if len(parts) > 1 and kept != parts:
        return " – ".join(kept)
    return title


def _author(root: etree._Element, metas: dict[str, str], ld: dict[str, Any]) -> tuple[str, str]:
    names = [_text(one.get("name")) if isinstance(one, dict) else _text(one) for one in _listed(ld.get("author"))]
    names = [name for name in names if name and "://" not in name]
    if names:
        return ", ".join(dict.fromkeys(names)), "JSON-LD"
    for name in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author"):
        if metas.get(name) and "://" not in metas[name]:
            return metas[name], f"meta {name}"
    for element in root.iter("a", "span", "address"):
        named = (
            element.get("rel") == "author"
            or element.get("itemprop") == "author"
            or _AUTHOR_CLASS.search(_names(element))
        )
        if named and 2 < len(text := clean(words_of(element))) <= 80:
            return text, f"line {element.sourceline}"
    return "", ""


def _date(root: etree._Element, metas: dict[str, str], ld: dict[str, Any]) -> tuple[Any, str]:
    candidates = [(_text(ld.get("datePublished")), "JSON-LD")]
    names = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created")
    candidates += [(metas[name], f"meta {name}") for name in names if name in metas]
    for element in root.iter("time"):
        if "pubdate" in element.attrib or element.get("itemprop") == "datePublished":
            candidates.append((element.get("datetime", ""), "<time>"))
    for text, place in candidates:
        if day := declared_day(text):
            return day, place
    return None, ""


def _language(root: etree._Element, metas: dict[str, str], ld: dict[str, Any]) -> tuple[str, str]:
    for element in root.iter("*"):
        if tag_of(element) in ("html", "body", "article", "main") and lang_of(element):
            return lang_of(element), f"<{tag_of(element)} lang>"
    for name in ("content-language", "og:locale", "dc.language", "language"):
        if metas.get(name):
            return metas[name].split(",")[0], f"meta {name}"
    return (_text(ld.get("inLanguage")), "JSON-LD") if _text(ld.get("inLanguage")) else ("", "")
