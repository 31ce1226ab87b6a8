"""edition.toml and issue.toml to validated, frozen settings; each room declares its own part."""

import contextlib
import datetime
import re
from dataclasses import dataclass, field, fields
from os.path import normpath
from pathlib import Path

from articles.errors import SettingsError, plain_line
from articles.inside import COPY, OUTSIDE, is_inside, refuse_outside
from audio.sound import Sound
from feeds.settings import FeedSettings
from vivavoce.edition_checks import check_clips, check_id, check_languages, check_locales, check_reading, check_table
from vivavoce.settings import read_settings, refused
from voices.cast import Reader
from voices.catalogue import UnknownVoice, find

EDITION_FILE = "edition.toml"
ISSUE_FILE = "issue.toml"
EDITION_FORMAT = 1
"""Raised when a setting comes to mean something else: an older file is then read as it was meant."""

_EPUBS = ("sentences", "words", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """What stands in edition.toml. `languages` are BCP 47 tags, the publication's main one first.

    `epub` says what the issue's book highlights while it speaks: `sentences` or `words`; `none` makes no book.

    `clips` is where clips are shared with other machines: a folder, or an address such as `s3://bucket/clips`.

    `format` is the version of these settings that the file was written for; none is the first.

    `locales` says whose conventions hold in a language (`fr = "fr-CH"`), `reading` what becomes of kinds of blocks.
    """

    title: str
    languages: tuple[str, ...]
    feed: FeedSettings
    format: int = 1
    id: str = ""
    description: str = ""
    cover: str = ""
    voices: dict[str, str | Reader] = field(default_factory=dict)
    locales: dict[str, str] = field(default_factory=dict)
    reading: dict[str, str] = field(default_factory=dict)
    sound: Sound = field(default_factory=Sound)
    epub: str = "sentences"
    clips: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("title is empty: give the publication's name")
        if self.format < 1:
            raise ValueError(f"format is {self.format}: the first is 1, and without this line it is meant")
        check_id(self.id)
        check_clips(self.clips)
        check_languages(self.languages)
        if self.epub not in _EPUBS:
            raise ValueError(f"epub is “{self.epub}”: write one of {', '.join(_EPUBS)}")
        own = {field.name for field in fields(self)}
        sound = (("sound.ident", self.sound.ident), ("sound.languages", self.sound.languages))
        for table, languages in (("voices", self.voices), ("locales", self.locales), *sound):
            check_table(table, languages, self.languages, own)
        check_locales(self.locales)
        check_reading(self.reading, own)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSettings:
    """What stands in issue.toml, all of it optional. `order` lists article files; those not listed follow by name.

    `id` is what the issue is known by for ever where it is not the folder's name: a folder that was renamed has the
    old name there.
    """

    id: str = ""
    title: str = ""
    number: str = ""
    date: datetime.date | None = None
    description: str = ""
    order: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        files = list(map(normpath, self.order))
        for number, name in enumerate(files):
            if name in files[:number]:
                raise ValueError(f"order has “{name}” twice: take one of the two out")


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition's folder and its settings."""

    root: Path
    settings: EditionSettings

    @property
    def issues_folder(self) -> Path:
        """Where the issues are, a folder each."""
        return self.root / "issues"

    @property
    def public(self) -> Path:
        """Everything generated, to be copied to a web server as it is."""
        return self.root / "public"

    @property
    def state(self) -> Path:
        """Clips, and what is known of earlier builds, imports and publications."""
        return self.root / ".vivavoce"

    def issue_names(self) -> tuple[str, ...]:
        """The names of all issues, in alphabetical order."""
        if not self.issues_folder.is_dir():
            return ()
        folders = (path for path in self.issues_folder.iterdir() if path.is_dir())
        return tuple(sorted(path.name for path in folders if not path.name.startswith(".")))


@dataclass(frozen=True, slots=True)
class IssuePlan:
    """An issue before its articles are read: its identity and its files in running order.

    `name` is its folder's; by its `id`, mostly the same, apps know its episodes.
    """

    name: str
    title: str
    number: str
    date: datetime.date
    description: str
    files: tuple[Path, ...]
    id: str


def open_edition(root: Path) -> Edition:
    """The edition in this folder. Raises SettingsError, naming the line of edition.toml, for what cannot be."""
    path = root / EDITION_FILE
    refuse_outside(root, path, EDITION_FILE)
    settings = read_settings(path, EditionSettings, newest=EDITION_FORMAT)
    for language, reader in settings.voices.items():
        for name in (reader,) if isinstance(reader, str) else reader.voices:
            try:
                find(name)
            except UnknownVoice as error:
                raise refused(path, ("voices", language), error.message, error.hint) from error
    if settings.cover and not (root / settings.cover).is_file():
        hint = "put it there, or take this line out: without it, a cover is drawn"
        raise refused(path, ("cover",), f"there is no picture {settings.cover}", hint)
    if settings.cover and not is_inside(root, root / settings.cover):
        raise refused(path, ("cover",), f"the picture {settings.cover} {OUTSIDE}", COPY)
    return Edition(root, settings)


def open_issue(edition: Edition, name: str) -> IssuePlan:
    """The issue of this name. Raises SettingsError when there is none, it is empty, has no date, or an unseen name."""
    folder = edition.issues_folder / name
    if name not in edition.issue_names():
        known = ", ".join(edition.issue_names()[-5:]) or "none yet"
        raise SettingsError(f"there is no issue “{name}” in {edition.issues_folder}", hint=f"issues here: {known}")
    if plain_line(name) != name:
        raise SettingsError(f"issues/{name}: its name holds characters that nobody sees", hint="rename the folder")
    if not is_inside(edition.root, folder):
        raise SettingsError(f"{edition.issues_folder.name}/{name}: {OUTSIDE}", hint="copy it here in place of the link")
    settings_file = folder / ISSUE_FILE
    called = f"{edition.issues_folder.name}/{name}/{ISSUE_FILE}"
    refuse_outside(edition.root, settings_file, called)
    settings = read_settings(settings_file, IssueSettings, called) if settings_file.exists() else IssueSettings()
    files = _running_order(folder, settings.order)
    if not files:
        raise SettingsError(f"issues/{name}: no articles", hint="put them there as 01-title.fr.md, 02-title.en.md …")
    return IssuePlan(
        name=name,
        title=settings.title or name,
        number=settings.number,
        date=settings.date or _date_of(name),
        description=settings.description,
        files=files,
        id=settings.id or name,
    )


def newest_issue(edition: Edition) -> str:
    """The name of the issue with the latest date. Raises SettingsError when there is none."""
    names = edition.issue_names()
    if not names:
        raise SettingsError(
            f"{edition.issues_folder}: there are no issues",
            hint="put one there, as issues/2023-04/01-title.fr.md",
        )
    return max(names, key=lambda name: (open_issue(edition, name).date, name))


def openable_issues(edition: Edition) -> list[IssuePlan]:
    """The edition's issues by their folders' names, without those that cannot be opened."""
    plans = []
    for name in edition.issue_names():
        with contextlib.suppress(SettingsError):
            plans.append(open_issue(edition, name))
    return plans


def issues_by_date(edition: Edition) -> tuple[IssuePlan, ...]:
    """The edition's issues, the oldest first; those that cannot be opened are left out.

    Raises SettingsError where two issues have the same id.
    """
    plans = openable_issues(edition)
    seen: dict[str, str] = {}
    for plan in plans:
        if (twin := seen.setdefault(plan.id, plan.name)) != plan.name:
            raise SettingsError(
                f"issues/{plan.name} and issues/{twin} have the same id, “{plan.id}”",
                hint=f"give one of them another id in its {ISSUE_FILE}: apps know an issue's episodes by it",
            )
    return tuple(sorted(plans, key=lambda plan: (plan.date, plan.name)))


def _running_order(folder: Path, order: tuple[str, ...]) -> tuple[Path, ...]:
    """The files listed, in that order (those that are missing too: the build says so), then all others by name."""
    listed = tuple(folder / normpath(name) for name in order)
    others = sorted(path for path in folder.glob("*.md") if path not in listed and not path.name.startswith("."))
    return (*listed, *others)


def _date_of(name: str) -> datetime.date:
    found = re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)", name)
    try:
        if found:
            return datetime.date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        pass
    raise SettingsError(
        f"issues/{name}: the issue has no date",
        hint=f"write date = 2023-04-01 in issues/{name}/{ISSUE_FILE}, or name the folder 2023-04",
    )
