import hashlib
import itertools
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from lxml import etree

from feeds.page.assets import page_assets, style
from feeds.page.render import (
    EditionPage,
    IssuePage,
    VoiceCredit,
    render_edition_page,
    render_issue_page,
)
from feeds.palettes import contrast
from feeds.podcasting.show import VOICES
from feeds.shelf import IssueCard
from tests.feeds.full import full

SCRIPT = '</title></h3><script>alert("1")</script><img src=x onerror=alert(1)>'
ADDRESSES = ("src", "href", "srcset", "poster", "action", "data", "style", "background", "cite")


def read(html: str) -> etree._Element:
    return etree.fromstring(html.encode(), etree.HTMLParser(encoding="utf-8"))


def texts(tree: etree._Element, path: str) -> list[str]:
    return ["".join(str(part) for part in element.itertext()).strip() for element in tree.iterfind(path)]


@pytest.fixture
def page(issue_page: IssuePage) -> IssuePage:
    return issue_page


@pytest.fixture
def edition() -> EditionPage:
    cards = [
        IssueCard(
            f"2023-{month:02}",
            f"Issue <{month}>",
            date(2023, month, 1),
            f"2023-{month:02}/cover.0.jpg",
            month - 2,
            61,
        )
        for month in (4, 3)
    ]
    return EditionPage(
        "The Quay & Co",
        "Of the <harbour>",
        "en",
        "index.html",
        tuple(cards),
        feed="feed.xml",
        feed_url="https://example.org/audio/feed.xml",
        page_url="https://example.org/audio/",
    )


def test_the_articles_stand_in_running_order(page: IssuePage) -> None:
    """Each article has its headline, standfirst, byline, length, player and file, and they follow the running
    order.
    """
    tree = read(render_issue_page(page))
    assert texts(tree, ".//article//h3") == [episode.title for episode in page.episodes]
    assert texts(tree, ".//p[@class='standfirst']") == [ep.description for ep in page.episodes if ep.description]
    assert texts(tree, ".//p[@class='kicker']") == ["Town"]
    assert [link.get("href") for link in tree.iterfind(".//nav/ol//a")] == [f"#{ep.guid}" for ep in page.episodes]
    players = tree.findall(".//article//audio")
    files = [episode.path.removeprefix("2023-04/") for episode in page.episodes]
    assert [player.get("src") for player in players] == files
    assert [link.get("href") for link in tree.iterfind(".//article//a[@download]")] == files
    facts = texts(tree, ".//article//p[@class='facts']")
    assert "By Jane Doe" in facts[0]
    assert "2\u00a0min 6\u00a0s" in facts[0]
    assert "1.2 MB" in texts(tree, ".//article//a[@download]")[0]


def test_players_load_nothing_by_themselves_and_have_a_name(page: IssuePage) -> None:
    """A page of twenty articles fetches no sound until asked, and each player is named by its headline."""
    tree = read(render_issue_page(page))
    headings = {heading.get("id") for heading in tree.iterfind(".//h3")}
    assert {player.get("preload") for player in tree.iterfind(".//audio")} == {"none"}
    for player in tree.iterfind(".//article//audio"):
        assert player.get("controls") is not None
        assert player.get("autoplay") is None
        assert player.get("aria-labelledby") in headings


def test_headlines_can_be_linked_to_for_ever(page: IssuePage) -> None:
    """A headline's anchor is the episode's guid, to which the feed links; every id on the page is its only
    one.
    """
    tree = read(render_issue_page(page))
    assert [heading.get("id") for heading in tree.iterfind(".//article//h3")] == [
        episode.guid for episode in page.episodes
    ]
    ids = [element.get("id") for element in tree.iterfind(".//*[@id]")]
    assert len(ids) == len(set(ids))
    for name in ("aria-labelledby", "aria-controls"):
        for element in tree.iterfind(f".//*[@{name}]"):
            assert set(str(element.get(name)).split()) <= set(ids)


def test_french_is_marked_on_an_english_page(page: IssuePage) -> None:
    """A French article carries `lang` and a mark that says so in French, wherever it is named; English in it too."""
    tree = read(render_issue_page(page))
    assert tree.get("lang") == "en"
    (article,) = [part for part in tree.iterfind(".//article") if "La halle" in "".join(map(str, part.itertext()))]
    assert article.get("lang") == "fr"
    assert texts(article, ".//span[@class='language']") == ["français"]
    assert texts(article, ".//*[@lang='en']")[0] == "2\u00a0min 7\u00a0s"
    assert texts(tree, ".//nav//a[@lang='fr']") == [page.episodes[1].title]


def test_an_issue_in_one_language_has_no_marks(page: IssuePage) -> None:
    """Where everything is in the page's language, nothing needs to be said about it."""
    english = tuple(episode for episode in page.episodes if episode.language == "en")
    assert not texts(read(render_issue_page(replace(page, episodes=english))), ".//span[@class='language']")


def test_the_page_speaks_the_editions_language(page: IssuePage) -> None:
    """A French edition has a French page; the English article in it is marked instead."""
    html = render_issue_page(replace(page, language="fr"))
    tree = read(html)
    assert tree.get("lang") == "fr"
    assert "1er avril 2023" in texts(tree, ".//header//time")
    assert "Dans ce numéro" in texts(tree, ".//h2")
    assert "In this issue" not in html
    assert "English" in texts(tree, ".//span[@class='language']")


def test_the_page_says_that_the_voices_are_synthetic(page: IssuePage, edition: EditionPage) -> None:
    """Nobody is left to think that people are reading, and every voice has its credit and licence."""
    tree = read(render_issue_page(page))
    (voices,) = tree.findall(".//section[@aria-labelledby='voices']")
    said = "".join(map(str, voices.itertext()))
    assert "synthetic" in said
    assert "joe (English): Joe, recorded for Piper, https://example.org/joe (CC0)" in said
    assert "siwis (français): SIWIS\n" in said
    assert "synthetic" in render_edition_page(edition)
    assert "synthèse" in render_issue_page(replace(page, language="fr"))


def test_a_narrators_address_leads_to_the_words_on_the_voices(page: IssuePage, edition: EditionPage) -> None:
    """Feeds link there: the part of either page with this id says that the voices are synthetic."""
    for html in (render_issue_page(page), render_edition_page(edition)):
        (part,) = read(html).findall(f".//*[@id='{VOICES}']")
        parent = part.getparent()
        assert parent is not None
        assert "synthetic" in "".join(map(str, parent.itertext()))


def test_files_of_an_article_are_folded_away(page: IssuePage) -> None:
    """Transcripts, the one to read first, and other formats with their size, named with the headline; none, no list."""
    episode = full(page.episodes[0])
    first, second = read(render_issue_page(replace(page, episodes=(episode, page.episodes[1])))).findall(".//article")
    assert not second.findall(".//details")
    (details,) = first.findall(".//details")
    assert details.get("open") is None
    assert texts(details, "summary") == ["Transcript · Other formats"]
    links = details.findall(".//a")
    assert [(str(link.get("href")).rpartition(".")[2], link.get("type")) for link in links] == [
        ("html", "text/html"),
        ("vtt", "text/vtt"),
        ("json", "application/json"),
        ("m4a", "audio/mp4"),
        ("opus", "audio/ogg"),
    ]
    assert [link.get("download") is None for link in links] == [True, False, False, False, False]
    assert all(str(link.get("aria-labelledby")).split()[1] == episode.guid for link in links)
    alone = read(render_issue_page(replace(page, language="fr", episodes=(replace(episode, alternates=()),))))
    assert texts(alone, ".//details/summary") == ["Transcription"]
    assert texts(alone, ".//details//a") == [
        "Transcription à lire",
        "Sous-titres (VTT)",
        "Transcription en données (JSON)",
    ]


def test_feeds_of_single_languages_are_linked(page: IssuePage) -> None:
    """For people below the issue's feed, for programs in the head, each marked with its language; none, nothing."""
    feeds = (("en", "2023-04/feed.en.xml"), ("fr", "2023-04/feed.fr.xml"))
    tree = read(render_issue_page(replace(page, language_feeds=feeds)))
    links = [link for link in tree.iterfind(".//footer//a") if str(link.get("href")).startswith("feed.")]
    assert [(link.text, link.get("href"), link.get("lang")) for link in links[1:]] == [
        ("English", "feed.en.xml", "en"),
        ("français", "feed.fr.xml", "fr"),
    ]
    heads = tree.findall(".//link[@rel='alternate']")
    assert [(link.get("href"), link.get("hreflang")) for link in heads] == [
        ("feed.xml", None),
        ("feed.en.xml", "en"),
        ("feed.fr.xml", "fr"),
    ]
    assert "language only" not in render_issue_page(page)


def test_a_phones_player_is_told_the_writers_names(page: IssuePage) -> None:
    """What the script gives to a lock screen is the name, while the page shows the byline as it was written."""
    both = replace(page.episodes[0], author="By Ann Bell and Luc Brun")
    (article,) = read(render_issue_page(replace(page, episodes=(both,)))).findall(".//article")
    assert article.get("data-author") == "Ann Bell, Luc Brun"
    assert "By Ann Bell and Luc Brun" in texts(article, ".//p[@class='facts']")[0]


def test_links_lead_to_feed_cover_and_home(page: IssuePage) -> None:
    """Feed, artwork and the edition's page are reached by relative addresses from the issue's folder."""
    tree = read(render_issue_page(page))
    alternate = tree.find(".//link[@rel='alternate']")
    image = tree.find(".//img")
    assert alternate is not None and image is not None  # noqa: PT018
    assert (alternate.get("href"), alternate.get("type")) == ("feed.xml", "application/rss+xml")
    assert (image.get("src"), image.get("alt")) == ("cover.0123456789.jpg", "Cover: April 2023")
    hrefs = [link.get("href") for link in tree.iterfind(".//a")]
    assert "feed.xml" in hrefs
    assert hrefs.count("../index.html") == 2


def test_odd_file_names_stay_relative(page: IssuePage) -> None:
    """A colon or a question mark in a file's name is encoded, and so cannot become a scheme or a query."""
    odd = replace(page.episodes[0], path="2023-04/a:b?c#d é.mp3")
    tree = read(render_issue_page(replace(page, episodes=(odd,))))
    assert [player.get("src") for player in tree.iterfind(".//article//audio")] == ["a%3Ab%3Fc%23d%20%C3%A9.mp3"]


def test_nothing_comes_from_elsewhere(page: IssuePage, edition: EditionPage) -> None:
    """No attribute and no style points outside, but for links that a person follows: the page tells nobody."""
    for html in (render_issue_page(page), render_edition_page(edition)):
        tree = read(html)
        for element in tree.iter(etree.Element):
            for name in ADDRESSES if element.tag != "a" else ():
                assert not re.search(r"(^|\s)([a-z][a-z0-9+.-]*:|//|/)", element.get(name) or "", re.IGNORECASE)
        outside = [link for link in tree.iterfind(".//a") if ":" in str(link.get("href"))]
        assert all("example.org/audio/" in re.sub("%2F", "/", str(link.get("href"))) for link in outside)
    for asset in page_assets():
        assert not re.search(rb"url\(|@import|https?://(?!\))|fetch\(|XMLHttp|sendBeacon|eval\(|innerHTML", asset.data)


def test_the_policy_lets_only_files_beside_the_page_in(page: IssuePage, edition: EditionPage) -> None:
    """The Content-Security-Policy refuses everything from elsewhere and everything written into the page."""
    for html in (render_issue_page(page), render_edition_page(edition)):
        tree = read(html)
        (policy,) = tree.findall(".//meta[@http-equiv='Content-Security-Policy']")
        assert str(policy.get("content")).split("; ") == [
            "default-src 'none'", "img-src 'self'", "media-src 'self'", "style-src 'self'", "script-src 'self'",
            "base-uri 'none'", "form-action 'none'",
        ]  # fmt: skip
        assert not tree.findall(".//style")
        assert not tree.findall(".//*[@style]")
        assert [script.text for script in tree.iterfind(".//script")] == [None]
        named = {str(element.get("src") or element.get("href")) for element in tree.iterfind(".//head/*")}
        assert {f"assets/{asset.name}" for asset in page_assets()} <= named


def test_assets_are_named_by_what_is_in_them() -> None:
    """The names carry the content's hash, so that the files may be cached for ever."""
    for asset in page_assets():
        stem, digest, suffix = asset.name.split(".")
        assert (stem, suffix) in (("page", "css"), ("player", "js"))
        assert hashlib.sha256(asset.data).hexdigest().startswith(digest)


def test_following_leads_into_apps(page: IssuePage, edition: EditionPage) -> None:
    """Each app's link holds the feed's address in the way the app wants it; files of the whole issue stand beside."""
    tree = read(render_issue_page(page))
    links = {"".join(map(str, link.itertext())): link.get("href") for link in tree.iterfind(".//ul[@class='apps']//a")}
    assert links["Apple Podcasts"] == "podcast://example.org/audio/2023-04/feed.xml"
    assert links["Overcast"] == (
        "overcast://x-callback-url/add?url=https%3A%2F%2Fexample.org%2Faudio%2F2023-04%2Ffeed.xml"
    )
    assert links["Book to read along (EPUB) (1.5 MB)"] == "issue.epub"
    assert links["List of all feeds (OPML)"] == "../opml.xml"
    assert texts(tree, ".//code") == ["https://example.org/audio/2023-04/feed.xml"]
    bare = read(render_edition_page(replace(edition, feed="", feed_url="", page_url="")))
    assert not bare.findall(".//section")
    assert read(render_edition_page(edition)).find(".//link[@rel='alternate']") is not None


def test_the_player_knows_its_chapters(page: IssuePage) -> None:
    """Chapters go to the player as data, in seconds, whatever their titles hold."""
    odd = replace(page.episodes[0], chapters=(('"><script>', 0.0), ("É & co", 12.34567)))
    (article,) = read(render_issue_page(replace(page, episodes=(odd,)))).findall(".//article")
    assert json.loads(str(article.get("data-chapters"))) == [['"><script>', 0.0], ["É & co", 12.35]]


def test_a_script_in_a_headline_is_text(page: IssuePage, edition: EditionPage) -> None:
    """Whatever an editor pastes anywhere is shown as it is, and never becomes part of the page."""
    bad = replace(
        page.episodes[0],
        title=SCRIPT,
        description=SCRIPT,
        author=SCRIPT,
        kicker=SCRIPT,
        language='"><script>',
    )
    credit = VoiceCredit(SCRIPT, '"><script>', SCRIPT, SCRIPT)
    html = render_issue_page(
        replace(page, publication=SCRIPT, title=SCRIPT, description=SCRIPT, episodes=(bad,), credits=(credit,))
    )
    html += render_edition_page(replace(edition, publication=SCRIPT, description=SCRIPT))
    assert html.count("<script") == 2  # the player's own, on each page
    assert not re.search(r"<script(?! src=\"assets/player)", html)
    assert texts(read(html), ".//article//h3") == [SCRIPT]
    assert all(image.get("onerror") is None for image in read(html).iterfind(".//img"))


def test_control_characters_do_not_reach_the_page(page: IssuePage) -> None:
    """Half surrogates and controls are left out, so that the page can be written as UTF-8."""
    html = render_issue_page(replace(page, title="A\x00\ud800\x1bB"))
    assert texts(read(html), ".//h1") == ["AB"]
    html.encode()


class Balance(HTMLParser):
    """Counts tags that are opened and not closed, or closed and not opened."""

    VOID = frozenset({"meta", "link", "img", "br", "hr", "input"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A tag opens."""
        del attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes, the last that was opened."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_pages_have_landmarks_and_one_first_heading(page: IssuePage, edition: EditionPage) -> None:
    """Header, main and footer once each, headings without gaps, every tag closed, a way past the header."""
    bare = replace(page, description="", credits=(), episodes=page.episodes[2:])
    for html in (render_issue_page(page), render_issue_page(bare), render_edition_page(edition)):
        tree = read(html)
        assert [len(tree.findall(f".//{tag}")) for tag in ("header", "main", "footer", "h1", "title")] == [1] * 5
        levels = [int(str(heading.tag)[1]) for heading in tree.iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        balance = Balance(html)
        assert (balance.open, balance.wrong) == ([], [])
        assert all(image.get("alt") is not None for image in tree.iterfind(".//img"))
    skip = read(render_issue_page(page)).find(".//a[@class='skip']")
    assert skip is not None
    assert skip.get("href") == "#articles"


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_both_colour_schemes_can_be_read(scheme: int) -> None:
    """Text, quiet text, links, marks and the word that is heard keep WCAG's 4.5:1 on their ground, day and night."""
    block = re.findall(r":root \{([^}]*)\}", style().data.decode())[scheme]
    found = re.findall(r"--([\w-]+): #([0-9a-f]{6})", block)
    colours = {name: tuple(bytes.fromhex(code)) for name, code in found}
    red_green_blue = {name: (code[0], code[1], code[2]) for name, code in colours.items()}
    for ink, ground in (
        ("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("ink", "mark"), ("soft", "mark"), ("ink", "raised"),
        ("soft", "raised"), ("on-link", "link"), ("now-ink", "now"),
    ):  # fmt: skip
        assert contrast(red_green_blue[ink], red_green_blue[ground]) >= 4.5, (ink, ground)


def test_the_edition_lists_its_issues(edition: EditionPage) -> None:
    """Each issue has its cover, title, date, number of articles and length, and a link to its page."""
    tree = read(render_edition_page(edition))
    assert [link.get("href") for link in tree.iterfind(".//main//a")] == [
        "2023-04/index.html",
        "2023-03/index.html",
    ]
    assert [image.get("src") for image in tree.iterfind(".//main//img")] == [
        "2023-04/cover.0.jpg",
        "2023-03/cover.0.jpg",
    ]
    assert texts(tree, ".//span[@class='name']") == ["Issue <4>", "Issue <3>"]
    first, second = texts(tree, ".//li/p")
    assert first.split("\n") == ["1 April 2023", "2 articles", "1\u00a0min 1\u00a0s"]
    assert "1 article\n" in second
    assert texts(tree, ".//h1") == ["The Quay & Co"]


def test_an_edition_without_issues_is_a_page(edition: EditionPage) -> None:
    """Nothing published yet is no error."""
    assert texts(read(render_edition_page(replace(edition, issues=()))), ".//h1") == ["The Quay & Co"]
