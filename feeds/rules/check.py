"""Feeds and folders checked against every rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from articles.files import sha256_of
from feeds.built_record import mending
from feeds.rules import apple, ours, podcasting, psp, rss
from feeds.rules.document import Found, NotAFeedError, read_document
from feeds.rules.finding import Finding, Rule, Severity, findings
from feeds.rules.pages import broken_links, pages
from feeds.rules.site import Folder, Site, misplaced, site_of

STANDARDS: Final = (*rss.RULES, *apple.RULES, *psp.RULES, *podcasting.RULES)
"""What any feed can be held to, whoever made it."""

_FEED: Final = "rss/feed"
_ADDRESS: Final = (Rule("vivavoce/address", Severity.WARNING, misplaced),)
_PAGES: Final = (Rule("vivavoce/page-links", Severity.ERROR, broken_links),)


def _altered(folder: Folder, path: str) -> Iterator[Found]:
    file = folder.file(path)
    if file is None or not sha256_of(file).startswith(folder.as_built[path]):
        what = "is gone:" if file is None else "is not what was built: remove it, and"
        yield Found(0, f"it {what} run {mending(folder.public, folder.as_built, [path])}")


_AS_BUILT: Final = (Rule("vivavoce/as-built", Severity.ERROR, _altered),)

RULE_NAMES: Final = (
    _FEED,
    *(rule.name for rule in STANDARDS),
    *(rule.name for rule in _ADDRESS),
    *(rule.name for rule in ours.RULES),
    *(rule.name for rule in _PAGES),
    *(rule.name for rule in _AS_BUILT),
)
"""Every rule there is, in the order in which they are checked."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, as paths, and what was found."""

    feeds: tuple[str, ...]
    pages: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def check_feed(data: bytes, name: str) -> Checked:
    """A feed on its own, anybody's, held to the standards; `name` is what to call it."""
    try:
        told = tuple(findings(STANDARDS, name, read_document(data, name)))
    except NotAFeedError as error:
        told = (_unreadable(name, error),)
    return Checked((name,), (), told)


def check_folder(public: Path, below: str = "", as_built: Mapping[str, str] | None = None) -> Checked:
    """All feeds and pages in `public`, or in one folder of it, held to the standards and to their own files.

    `as_built` has the sha256 of files as they were built, or its first digits, where that is known: they must still be
    so.
    Raises OSError when a file cannot be read.
    """
    within = public / below
    feeds = tuple(path.relative_to(public).as_posix() for path in sorted(within.rglob("*.xml")) if _is_feed(path))
    found: list[Finding] = []
    addresses: list[str] = []
    folder = Folder(public, as_built)
    for path in feeds:
        told, address = _feed(folder, path)
        found += told
        addresses += [address] if address else []
    seen = tuple(page for page in pages(public) if page.startswith(f"{below}/" if below else ""))
    site = Site(folder, next(iter(addresses), "\n"))  # where no feed tells, no address is ours
    for page in seen:
        found += findings(_PAGES, page, site, page)
    for path in folder.as_built:
        if path.startswith(f"{below}/" if below else ""):
            found += findings(_AS_BUILT, path, folder, path)
    return Checked(feeds, seen, tuple(dict.fromkeys(found)))


def _feed(folder: Folder, path: str) -> tuple[list[Finding], str]:
    """What there is to say about the feed at `path`, and the address of the site it belongs to, if it tells."""
    try:
        document = read_document((folder.public / path).read_bytes(), path)
    except NotAFeedError as error:
        return [_unreadable(path, error)], ""
    told = list(findings(STANDARDS, path, document))
    site = site_of(folder, path, document)
    if site is None:
        return [*told, *findings(_ADDRESS, path, path, document)], ""
    return [*told, *findings(ours.RULES, path, document, site)], site.address


def _unreadable(name: str, error: NotAFeedError) -> Finding:
    return Finding(_FEED, Severity.ERROR, name, error.line, str(error))


def _is_feed(path: Path) -> bool:
    if any(part.startswith(".") for part in path.parts[-3:]) or not path.is_file():
        return False
    # opml.xml lies among them and is none; a feed that is broken must not be passed over for it.
    with path.open("rb") as data:
        return b"<opml" not in data.read(2000)
