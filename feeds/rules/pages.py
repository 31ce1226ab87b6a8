"""Every link of a published page leads somewhere."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from feeds.rules.document import Found, line_of
from feeds.rules.site import Site


def broken_links(site: Site, page: str) -> Iterator[Found]:
    """The links of the page at the path `page` in the site that lead to no file, or to no place in the page itself."""
    try:
        root = html.fromstring((site.folder.public / page).read_bytes())
    except (etree.LxmlError, ValueError):
        yield Found(0, "it is no page: there is nothing in it")
        return
    places = {name for element in root.iter() for name in (element.get("id"), element.get("name")) if name}
    for element in root.iter():
        for name in ("href", "src"):
            link = element.get(name)
            if link and (wrong := _wrong(site, page, link, places)):
                yield Found(line_of(element), wrong)


def _wrong(site: Site, page: str, link: str, places: set[str]) -> str | None:
    try:
        parts = urlsplit(link)
    except ValueError:
        return f"{link} is no address"
    if parts.scheme or parts.netloc:
        path = site.path_of(link)
        return f"{link} leads nowhere: there is no {path}" if path and not site.file(path) else None
    if not parts.path:
        place = unquote(parts.fragment).partition("&")[0]
        return None if not place or place in places else f"{link} leads to no place in the page"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if site.file(target) or site.file(posixpath.normpath(posixpath.join(target, "index.html"))):
        return None
    return f"{link} leads nowhere: there is no {target}"


def pages(public: Path) -> list[str]:
    """The paths of all pages below `public`, hidden ones left out."""
    found = (path.relative_to(public) for path in sorted(public.rglob("*.html")) if path.is_file())
    return [path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts)]
