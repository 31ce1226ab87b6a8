import hashlib
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin

import feedparser
import pytest
from lxml import etree

from articles.files import WriteError
from feeds import archive, leftovers
from feeds.episode import Episode
from feeds.leftovers import remove_leftovers
from feeds.page.render import VoiceCredit
from feeds.settings import FeedSettings
from feeds.shelf import ShelfError, read_shelf
from feeds.write import Publication, PublishedIssue, publish_edition, publish_issue
from tests.faults.killing import named_in

COVER = b"\xff\xd8 the bytes of a cover"


@pytest.fixture
def publication(settings: FeedSettings) -> Publication:
    return Publication("The Quay", "News from the harbour", "en", settings, "vivavoce 0.1.0")


@pytest.fixture
def issue(episodes: tuple[Episode, ...]) -> PublishedIssue:
    return PublishedIssue(
        "2023-04", "April 2023", date(2023, 4, 1), COVER, episodes, (VoiceCredit("joe", "en", "Joe", "CC0"),)
    )


@pytest.fixture
def public(tmp_path: Path, episodes: tuple[Episode, ...]) -> Path:
    for episode in episodes:
        path = tmp_path / "public" / episode.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"sound")
    return tmp_path / "public"


def test_an_issue_becomes_cover_card_pages_and_feed(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """What is written is what is reported, the feed last; the cover's name carries its hash."""
    done = publish_issue(public, publication, issue)
    cover = f"2023-04/cover.{hashlib.sha256(COVER).hexdigest()[:10]}.jpg"
    assert [path for path in done.changed if not re.search("chapters/|assets/", path)] == [
        cover,
        "2023-04/index.html",
        "2023-04/publication.json",
        "2023-04/feed.fr.xml",
        "2023-04/feed.en.xml",
        "2023-04/feed.xml",
        "2023-04/card.json",
        "index.html",
        "feed.xml",
        "opml.xml",
    ]
    assert (done.feed, done.page) == ("2023-04/feed.xml", "2023-04/index.html")
    assert (public / cover).read_bytes() == COVER
    on_disk = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    assert on_disk == {*done.files, *done.edition}


def test_every_link_resolves_inside_public(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """Each address on the pages and in the feed leads to a file that is there."""
    done = publish_issue(public, publication, issue)
    for page in (done.page, "index.html"):
        tree = etree.fromstring((public / page).read_bytes(), etree.HTMLParser(encoding="utf-8"))
        for name in ("src", "href"):
            for element in tree.iterfind(f".//*[@{name}]"):
                address = urljoin(publication.feed.url + page, str(element.get(name)))
                if not address.startswith(publication.feed.url):  # a link into an app
                    continue
                target, _, anchor = address.removeprefix(publication.feed.url).partition("#")
                target += "index.html" if target.endswith("/") or not target else ""
                assert (public / unquote(target)).is_file(), target
                assert not anchor or tree.find(f".//*[@id='{anchor}']") is not None
    base = publication.feed.url
    feeds = [path for path in (*done.files, *done.edition) if path.endswith(".xml")]
    assert len(feeds) == 5
    for path in feeds:
        for address in re.findall(f'"({base}[^" ]*)', (public / path).read_text()):
            target, _, anchor = address.removeprefix(base).partition("#")
            assert (public / unquote(target + "index.html" * (target.endswith("/") or not target))).is_file(), address
            assert not anchor or f'id="{anchor}"' in (public / done.page).read_text()
    for path in ("2023-04/feed.xml", "feed.xml"):
        feed = feedparser.parse((public / path).read_bytes())
        assert feed.feed.link == base + path.removesuffix("feed.xml")
        assert [entry.link for entry in feed.entries] == [f"{base}2023-04/#{each.guid}" for each in issue.episodes]


def test_a_second_time_nothing_is_written(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """The same issue again changes nothing, not even a file's time."""
    publish_issue(public, publication, issue)
    before = {path: path.stat().st_mtime_ns for path in public.rglob("*")}
    again = publish_issue(public, publication, issue)
    assert again.changed == ()
    assert {path: path.stat().st_mtime_ns for path in public.rglob("*")} == before


def test_changed_sound_changes_feed_and_page(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """A new file for one article, of the same length, shows in the page and the feed, and nowhere else."""
    publish_issue(public, publication, issue)
    first, *others = issue.episodes
    new = replace(first, path="2023-04/episodes/01-harbour.aaaaaaaaaa.mp3")
    done = publish_issue(public, publication, replace(issue, episodes=(new, *others)))
    assert done.changed == (
        "2023-04/index.html",
        "2023-04/publication.json",
        "2023-04/feed.en.xml",
        "2023-04/feed.xml",
        "2023-04/card.json",
        "feed.xml",
    )
    assert new.path in done.files
    assert first.path not in done.files


def test_a_changed_cover_has_a_new_name(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """Apps keep artwork by its address: other bytes get another one, in feed and pages."""
    publish_issue(public, publication, issue)
    done = publish_issue(public, publication, replace(issue, cover=COVER + b"!"))
    (cover,) = [path for path in done.changed if path.endswith(".jpg")]
    for path in (done.feed, done.page, "index.html"):
        assert Path(cover).name in (public / path).read_text()
    feeds = {"feed.xml", "2023-04/feed.xml", "2023-04/feed.en.xml", "2023-04/feed.fr.xml"}
    assert (
        set(done.changed) == {cover, "2023-04/publication.json", "2023-04/card.json", done.page, "index.html"} | feeds
    )


def test_the_editions_page_lists_every_issue(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """A second issue joins the first on the edition's page, newest first; the first one's own files stay as
    they are.
    """
    first = publish_issue(public, publication, issue)
    files = {path: (public / path).stat().st_mtime_ns for path in first.files}
    publish_issue(public, publication, replace(issue, name="2023-05", title="May 2023", date=date(2023, 5, 1)))
    tree = etree.fromstring((public / "index.html").read_bytes(), etree.HTMLParser(encoding="utf-8"))
    links = [link.get("href") for link in tree.iterfind(".//main//a")]
    assert links == ["2023-05/index.html", "2023-04/index.html"]
    assert {path: (public / path).stat().st_mtime_ns for path in first.files} == files
    feed = feedparser.parse((public / "feed.xml").read_bytes())
    assert [entry.itunes_season for entry in feed.entries] == ["2"] * 3 + ["1"] * 3
    assert [entry.image.href for entry in feed.entries[::3]] == [feed.feed.image.href, feed.entries[5].image.href]


def test_the_feeds_title_names_the_publication(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """Among other podcasts "April 2023" says nothing; a title that has the name already does not get it
    twice.
    """
    for title, expected in (("April 2023", "The Quay – April 2023"), ("the quay no 4", "the quay no 4")):
        done = publish_issue(public, publication, replace(issue, title=title))
        assert feedparser.parse((public / done.feed).read_bytes()).feed.title == expected


def test_an_issues_own_description_comes_first(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """Without one the publication's stands in, since Apple requires a description."""
    for own, expected in (("", "News from the harbour"), ("The vote", "The vote")):
        done = publish_issue(public, publication, replace(issue, description=own))
        assert feedparser.parse((public / done.feed).read_bytes()).feed.description == expected


def test_the_feed_comes_last(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """When its page cannot be written, the feed that is out there stays as it was."""
    done = publish_issue(public, publication, issue)
    old = (public / done.feed).read_bytes()
    (public / done.page).unlink()
    (public / done.page / "in the way").mkdir(parents=True)
    with pytest.raises(WriteError, match=r"index\.html"):
        publish_issue(public, publication, replace(issue, title="Another", cover=COVER + b"!"))
    assert (public / done.feed).read_bytes() == old


def test_an_issue_without_episodes_writes_nothing(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """There is no feed of nothing, and no page that announces one."""
    with pytest.raises(ValueError, match="at least one episode"):
        publish_issue(public, publication, replace(issue, episodes=()))
    assert not (public / "index.html").exists()
    assert not list(public.rglob("cover*"))


def test_an_issue_in_two_languages_has_a_feed_for_each(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """The same episodes under the same guids, each in the feed of its language; with one language there is one feed."""
    publish_issue(public, replace(publication, id="quay"), issue)
    every, english, french = (
        feedparser.parse((public / f"2023-04/feed{suffix}.xml").read_bytes()) for suffix in ("", ".en", ".fr")
    )
    assert (english.feed.language, french.feed.language) == ("en", "fr")
    assert french.feed.title == "The Quay – April 2023 (français)"
    assert [entry.id for entry in every.entries] == [episode.guid for episode in issue.episodes]
    assert [entry.id for entry in english.entries] == [issue.episodes[0].guid, issue.episodes[2].guid]
    assert [entry.id for entry in french.entries] == [issue.episodes[1].guid]
    assert len({each.feed.podcast_guid for each in (every, english, french)}) == 3
    alone = replace(issue, name="2023-05", episodes=issue.episodes[:1])
    assert [path for path in publish_issue(public, publication, alone).files if path.endswith(".xml")] == [
        "2023-05/feed.xml"
    ]


def test_what_names_an_episode_and_a_feed_outlives_a_move_and_a_rename(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """Another address, another title, other headlines and another order: every guid is the one it was."""

    def guids() -> list[set[str]]:
        feeds = (feedparser.parse((public / path).read_bytes()) for path in ("feed.xml", "2023-04/feed.xml"))
        return [{feed.feed.podcast_guid, *(entry.id for entry in feed.entries)} for feed in feeds]

    publication = replace(publication, id="quay")
    publish_issue(public, publication, issue)
    before = guids()
    moved = replace(publication.feed, url="https://audio.example.com/new/")
    turned = tuple(
        replace(episode, title=f"Other {number}", number=number)
        for number, episode in enumerate(reversed(issue.episodes), 1)
    )
    publish_issue(public, replace(publication, title="Le Quai", feed=moved), replace(issue, episodes=turned))
    assert guids() == before
    assert len(before[0]) == len(before[1]) == 4


def test_a_withdrawn_article_is_gone_with_its_files(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """After the next publishing no feed and no page names it, and its sound, chapters and language's feed are away."""
    done = publish_issue(public, publication, issue)
    assert remove_leftovers(public, done) == ()
    gone = issue.episodes[1]
    (public / "2023-04" / "notes.txt").write_text("the producer's own")
    done = publish_issue(public, publication, replace(issue, episodes=issue.episodes[::2]))
    removed = remove_leftovers(public, done)
    assert {gone.path, "2023-04/feed.fr.xml", "2023-04/feed.en.xml"} < set(removed)
    assert [path for path in removed if path.startswith("2023-04/chapters/02-halle.")]
    for path in public.rglob("*"):
        assert path.is_dir() or gone.guid not in path.read_text(errors="replace"), path
    on_disk = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    assert on_disk == {*done.files, *done.edition, "2023-04/notes.txt"}


def test_feeds_go_before_what_they_name(
    public: Path, publication: Publication, issue: PublishedIssue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An issue that lost two articles ends the archive a page sooner: that page goes first, then their sound."""
    monkeypatch.setattr(archive, "ITEMS", 4)
    names = ("2023-04", "2023-05", "2023-06")
    issues = [moved(public, issue, name) for name in names]
    for each in issues:
        remove_leftovers(public, publish_issue(public, publication, each))
    assert {path.name for path in public.glob("feed*.xml")} == {"feed-1.xml", "feed-2.xml", "feed.xml"}
    gone: list[str] = []

    def removed(path: Path) -> None:
        for feed in public.rglob("feed*.xml"):
            named = [name for name, _ in named_in(public, feed.read_bytes(), publication.feed.address(""))]
            assert path == feed or path not in named, f"{feed.name} still names {path.name}"
        gone.append(path.name)
        path.unlink()

    monkeypatch.setattr(leftovers, "remove_file", removed)
    remove_leftovers(public, publish_issue(public, publication, replace(issues[1], episodes=issues[1].episodes[:1])))
    assert gone[0] == "feed-2.xml"
    assert "03-brewery.0123456789.mp3" in gone


def moved(public: Path, issue: PublishedIssue, name: str) -> PublishedIssue:
    """The issue under another name and of that month, its sound in place."""
    episodes = tuple(
        replace(episode, guid=f"{name} {episode.guid}", path=episode.path.replace(issue.name, name))
        for episode in issue.episodes
    )
    for episode in episodes:
        (public / episode.path).parent.mkdir(parents=True, exist_ok=True)
        (public / episode.path).write_bytes(b"sound")
    return replace(issue, name=name, date=date.fromisoformat(f"{name}-01"), episodes=episodes)


def test_an_issue_keeps_its_season(public: Path, publication: Publication, issue: PublishedIssue) -> None:
    """An older issue that comes in later takes none of the numbers that apps know; an editor's number goes before."""
    publish_issue(public, publication, issue)
    for name in ("2023-03", "2023-05"):
        publish_issue(public, publication, replace(issue, name=name, date=date(2023, int(name[-2:]), 1)))
    publish_issue(public, publication, issue)
    assert {card.name: card.season for card in read_shelf(public)} == {"2023-04": 1, "2023-03": 2, "2023-05": 3}
    publish_issue(public, publication, replace(issue, season=42))
    assert read_shelf(public)[1].season == 42


def test_an_old_card_keeps_nothing_from_being_built(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """A card of an earlier version is on the page and in the list of feeds, and its issue is named as waiting."""
    old = {"name": "2020-01", "title": "Old", "date": "2020-01-01", "cover": "2020-01/c.jpg", "articles": 2}
    (public / "2020-01").mkdir(parents=True)
    (public / "2020-01" / "card.json").write_text(json.dumps(old | {"duration_s": 5.5}))
    done = publish_issue(public, publication, issue)
    assert done.waiting == ("2020-01",)
    assert "2020-01" in (public / "index.html").read_text()
    assert "2020-01/feed.xml" in (public / "opml.xml").read_text()
    assert "2020-01" not in (public / "feed.xml").read_text()


def test_the_editions_files_follow_an_issue_that_is_taken_away(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """Without its folder an issue leaves page, feed and list when the edition is written again."""
    publish_issue(public, publication, issue)
    publish_issue(public, publication, replace(issue, name="2023-05", title="May", date=date(2023, 5, 1)))
    shutil.rmtree(public / "2023-05")
    assert publish_edition(public, publication).changed == ("index.html", "feed.xml", "opml.xml")
    assert not any("2023-05" in (public / path).read_text() for path in ("index.html", "feed.xml", "opml.xml"))


def test_a_damaged_card_stops_before_anything_is_written(
    public: Path, publication: Publication, issue: PublishedIssue
) -> None:
    """Another issue's card that cannot be read is told before this issue is half published."""
    (public / "2020-01").mkdir(parents=True)
    (public / "2020-01" / "card.json").write_bytes(b"{")
    with pytest.raises(ShelfError, match="2020-01"):
        publish_issue(public, publication, issue)
    assert not (public / "2023-04" / "feed.xml").exists()
    assert not list(public.glob("2023-04/cover*"))
