import time
from collections.abc import Callable

import pytest

from articles.importers.html_meta import declared_by
from articles.importers.html_safe import parse_html
from articles.importers.settle import Imported
from articles.importers.source import ImportRefused
from articles.issue import BlockKind

One = Callable[..., Imported]

LONG = (
    "Pourquoi acheter une perceuse qui tournera moins d’un quart d’heure dans toute sa vie ? C’est la question que le "
    "docteur posait sans relâche à ses voisins, et à laquelle ils ont fini par répondre."
)
PAGE = f"""\
<!doctype html>
<html lang="fr-FR"><head><meta charset="utf-8"><title>Le lavoir aux outils | La Gazette</title>
<meta property="og:site_name" content="La Gazette"><meta property="article:section" content="Vie locale">
<meta property="article:published_time" content="2023-04-07T00:30:00+02:00">
<script>document.write("<p>Écrit par un script, et donc jamais lu par personne dans cette page.</p>")</script>
<style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/eco">Économie</a></li></ul></nav>
<main><article><header><p class="surtitre">Quartier</p><h1>Le lavoir aux outils</h1>
<p class="chapo">On y prête des perceuses, des échelles et parfois des violons. Visite.</p>
<p class="byline">Par <a rel="author" href="/jc">Jeanne Carrel</a></p></header>
<figure><img src="http://127.0.0.1:9/x.jpg"><figcaption lang="en">The wash house, seen from the street.</figcaption>
</figure>
<p>{LONG}</p>
<p>Au <span lang="en">Tool Library Club</span>, l’adhésion coûte 15&nbsp;€ par an<sup><a href="#fn1">1</a></sup>,
depuis le XIX<sup>e</sup> siècle, pour 12&nbsp;m<sup>2</sup>.</p>
<h2>Les vedettes</h2>
<blockquote><p>Les gens rendent mieux un escabeau qu’un roman.</p></blockquote>
<div class="share"><p>Partager sur les réseaux</p></div>
<table><caption>Les prêts</caption><tr><th>Objet</th><th>Prêts</th></tr><tr><td>Perceuse</td><td>412</td></tr></table>
<ul><li>Lundi : fermé, comme partout ailleurs dans la ville.</li><li>Mardi : ouvert toute la journée.</li></ul>
<p>La visite se termine par un café, que l’on boit debout entre deux échelles, avec les bénévoles et leurs enfants.</p>
<iframe src="http://127.0.0.1:9/"></iframe>
<section class="footnotes"><ol><li id="fn1"><p>Tarif de 2022. <a href="#r1">↩</a></p></li></ol></section>
</article></main><footer><p>© La Gazette 2023. Tous droits réservés.</p></footer></body></html>"""


def body(article: Imported) -> list[tuple[str, str, str]]:
    return [(str(block.kind), block.language, block.text) for block in article.blocks]


def test_a_page_keeps_captions_quotations_tables_and_languages(one: One) -> None:
    """Everything a reader sees of the article is there, in order, each part what it is, in the language it declares."""
    assert [(kind, language, text[:40]) for kind, language, text in body(one("lavoir.html", PAGE))] == [
        ("kicker", "fr", "Quartier"),
        ("headline", "fr", "Le lavoir aux outils"),
        ("standfirst", "fr", "On y prête des perceuses, des échelles e"),
        ("byline", "fr", "Par Jeanne Carrel"),
        ("caption", "en", "The wash house, seen from the street."),
        ("paragraph", "fr", LONG[:40]),
        ("paragraph", "fr", "Au Tool Library Club, l’adhésion coûte 1"),
        ("heading", "fr", "Les vedettes"),
        ("quotation", "fr", "Les gens rendent mieux un escabeau qu’un"),
        ("caption", "fr", "Les prêts"),
        ("table", "fr", "Objet, Prêts"),
        ("table", "fr", "Perceuse, 412"),
        ("list item", "fr", "Lundi : fermé, comme partout ailleurs da"),
        ("list item", "fr", "Mardi : ouvert toute la journée."),
        ("paragraph", "fr", "La visite se termine par un café, que l’"),
        ("footnote", "fr", "Tarif de 2022."),
    ]


def test_inline_marks_become_what_is_read(one: One) -> None:
    """Footnote calls are gone, raised figures stay, words marked with a language are a span in it."""
    article = one("lavoir.html", PAGE)
    paragraph = next(block for block in article.blocks if block.text.startswith("Au "))
    assert paragraph.text.endswith("15\u00a0€ par an, depuis le XIXe siècle, pour 12\u00a0m².")
    assert [(span.text, span.language) for span in paragraph.spans][1] == ("Tool Library Club", "en")


def test_what_the_page_declares_is_taken(one: One) -> None:
    """Section and date come from the page's own declarations; the date as its own clock had it."""
    article = one("lavoir.html", PAGE)
    assert (article.section, str(article.date), article.language) == ("Vie locale", "2023-04-07", "fr")


def test_scripts_frames_and_furniture_are_left_out(one: One) -> None:
    """Nothing of a script, a style, a menu or a footer is in the article; what stood inside its text is named."""
    article = one("lavoir.html", PAGE)
    text = " ".join(block.text for block in article.blocks)
    for word in ("script", "color", "Accueil", "Tous droits", "Partager"):
        assert word not in text
    assert [left.text for left in article.left_out] == ["Partager sur les réseaux"]
    assert any(note.field == "embed" for note in article.notes)


def test_a_declaration_that_the_text_denies_is_questioned(one: One) -> None:
    """A French page that calls itself English is imported as declared, with a note that it may be wrong."""
    article = one("a.html", PAGE.replace('lang="fr-FR"', 'lang="en"'))
    assert article.language == "en"
    assert any(note.field == "language" and not note.sure and "fr" in note.text for note in article.notes)
    assert one("a.html", PAGE.replace('lang="fr-FR"', 'lang="en"'), "fr").language == "fr"


def test_a_page_declared_in_windows_letters_is_read(one: One) -> None:
    """A page in Windows 1252 that says ISO 8859-1, as old pages do, has its quotation marks and its é."""
    page = PAGE.replace('charset="utf-8"', 'charset="iso-8859-1"').replace("↩", "back")
    article = one("a.html", page.encode("cp1252"))
    assert "d’un quart d’heure" in article.blocks[5].text
    assert any(note.field == "encoding" for note in article.notes)


def test_entities_are_not_expanded_and_nothing_is_opened(one: One) -> None:
    """A document type that declares entities, inside or in a file, adds nothing to the text."""
    evil = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    text = " ".join(
        block.text
        for block in one("a.html", PAGE.replace("<!doctype html>", evil).replace("Visite.", "Visite &c; &b;.")).blocks
    )
    assert "root:" not in text
    assert "aaaa" not in text


def test_a_page_without_an_article_is_refused(one: One) -> None:
    """A page that a script would have filled is told from an article."""
    with pytest.raises(ImportRefused, match=r"^app\.html: no article text is in it") as caught:
        one("app.html", "<!doctype html><html><body><div id=app></div><script>render()</script></body></html>")
    assert "copy the text" in caught.value.hint


def test_deeply_nested_pages_are_read_whole_or_refused(one: One) -> None:
    """Two hundred elements inside each other are read as the text they hold; of a thousand, of which the parser would
    lose the text, none is imported.
    """

    def nested(depth: int) -> str:
        return PAGE.replace(f"<p>{LONG}</p>", "<div>" * depth + f"<p>{LONG}</p>" + "</div>" * depth)

    assert (BlockKind.PARAGRAPH, LONG) in [(block.kind, block.text) for block in one("a.html", nested(200)).blocks]
    with pytest.raises(ImportRefused, match=r"^a\.html: more than 255 of its elements lie in one another"):
        one("a.html", nested(1000))


def test_a_page_without_any_class_is_read_by_its_order(one: One) -> None:
    """Headline, standfirst and byline are known by element and place where no class names them."""
    text = "The street is quiet now. " * 9
    head = "<h1>A quiet street</h1><p>It was loud until May.</p><p>By Bo Lee</p>"
    page = f"<html><body>{head}<p>{text}</p></body></html>"
    article = one("a.html", page)
    assert [kind for kind, _, _ in body(article)] == ["headline", "standfirst", "byline", "paragraph"]
    assert [block.kind for block in article.blocks][-1] is BlockKind.PARAGRAPH


def test_an_old_page_without_article_elements_is_read(one: One) -> None:
    """The site's own heading is no headline; author and day on a line are byline and date; two line breaks divide."""
    slow = (
        "It has been four minutes slow since the summer of 1931, when its keeper held back the hands for his daughter."
    )
    page = f"""<!DOCTYPE html><html lang="en"><head><title>Town news</title></head><body class="post">
<div id="header"><h1 class="site-title"><a href="/">The Salvane Gazette</a></h1></div>
<div class="content"><div class="post-category">Business</div><h2 class="entry-title">Four Minutes Late</h2>
<div class="meta"><span class="author">Tom Ardenne</span> <time>7 May 2024</time></div>
<div class="text">Strangers set their watches by the clock, and strangers miss their trains.<br><br>{slow}</div>
<p lang="fr">« On m’a demandé de réparer une horloge, pas une histoire, dit-elle en souriant à la ronde. »</p>
<div class="wp-caption"><img src="x.jpg"><p class="wp-caption-text">The clock in 1931.</p></div></div>
<div id="sidebar"><h3>Most read</h3><ul><li><a href="1">One thing happened</a></li></ul></div></body></html>"""
    article = one("old.html", page)
    assert [(kind, language, text[:20]) for kind, language, text in body(article)] == [
        ("kicker", "en", "Business"),
        ("headline", "en", "Four Minutes Late"),
        ("byline", "en", "Tom Ardenne"),
        ("paragraph", "en", "Strangers set their "),
        ("paragraph", "en", "It has been four min"),
        ("paragraph", "fr", "« On m’a demandé de "),
        ("caption", "en", "The clock in 1931."),
    ]
    assert str(article.date) == "2024-05-07"


def test_a_paragraph_of_thousands_of_links_is_not_searched_for_an_article(one: One) -> None:
    """trafilatura takes the square of their number; what the page itself calls its article is taken, with a note."""
    links = "".join(f'<a href="#1">word {number}</a> and text ' for number in range(5_001))
    article = one("a.html", f"<article><h1>A bridge</h1><p>{links}</p></article>")
    assert article.blocks[-1].text.startswith("word 0 and text word 1 and")
    assert any(note.text.startswith("everything in <article>") and not note.sure for note in article.notes)


def test_a_title_of_endless_spaces_is_read_at_once() -> None:
    """Wide spaces that no bar or dash follows are gone through once, not from each of them on."""
    root = parse_html(f"<title>a{chr(0x2003) * 40_000}b</title><h1>A</h1><h1>B</h1>")
    began = time.process_time()
    assert declared_by(root).headline.startswith("a")
    assert time.process_time() - began < 3
