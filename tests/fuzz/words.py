"""Words that inputs are made of, for each format: a fuzzer finds the way further in with them."""

HTML = (
    "<p>", "</p>", "<h1>", "<h2>", "<article>", "<div class=\"byline\">", "<table><tr><td>", "<aside>", "<figcaption>",
    "<li>", "<blockquote>", "<script>", "</script>", "<style>", "<br>", "<sup><a href=\"#fn1\">", "lang=\"fr\"",
    "style=\"display:none\"", "<meta name=\"author\" content=\"", "<title>", "&nbsp;", "&#xD800;", "<!--", "-->",
    "<script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"", "By Ada Pell", "<time datetime=\"",
)  # fmt: skip
MARKDOWN = (
    "# ", "## ", "> ", "- ", "1. ", "::: {.caption lang=fr}", ":::", "[mots]{lang=fr}", "{read=skip}", "| a | b |",
    "| --- | --- |", "[^1]", "[^1]: ", "![a](b.jpg)", "***", "`", "```", "~~~", "<script>", "</script>", "<!-- -->",
    "$$x$$", "&amp;", "&#0;", "&#xD800;", "\\", "headline = \"", "language = \"fr\"", "date = 2023-04-01", "reading.",
    "+++", "---", "headline: ", "&a [*a]", "!!python/object", "{{< figure >}}", "[a]: b",
)  # fmt: skip
SPEECH = (
    "«", "»", "M. ", "Mme ", "n° ", "XXe siècle", "Louis XIV", "12 000", "1 234,5", "€12", "12 €", "3 kWh/an", "10h30",
    "10:30 a.m.", "www.a.fr/b", "a@b.org", "+33 1 02 03 04 05", "1/2", "½", "m²", "CO₂", "Dr ", "St ", "e.g. ", "§ 3",
    "2023-04-01", "1986–87", "1,80 m", "#Hash_tag", "$3.5bn", "%", "‰", "R&D", "U.S. ", "IIe", "pp. 3-4", "…", "’s",
    "\u202f", "\u00ad", "\u202e", "[[en|x]]", "٣", "①", "Ⅷ", "10^6", "°C", "-5", "±", "×",
)  # fmt: skip
XML = (
    "<?xml version=\"1.0\"?>", "<!DOCTYPE a [", "<!ENTITY a \"b\">", "]>", "&a;", "<![CDATA[", "]]>", "xmlns:a=\"b\"",
    "<item>", "</item>", "<title>", "<description>", "<content:encoded>", "<pubDate>", "<guid>", "<enclosure url=\"",
    "<itunes:duration>", "<itunes:episode>", "<podcast:soundbite startTime=\"", "<podcast:guid>", "<entry>", "²",
)  # fmt: skip
EPUB = (
    "=== META-INF/container.xml\n", "=== OEBPS/content.opf\n", "=== a.xhtml\n", "<rootfile full-path=\"",
    "<itemref idref=\"", "<item id=\"a\" href=\"../a.xhtml\" media-type=\"application/xhtml+xml\"/>",
    "properties=\"nav\"", "epub:type=\"toc\"",
)  # fmt: skip
DOCX = (
    "=== word/document.xml\n", "=== [Content_Types].xml\n", "=== word/styles.xml\n", "=== docProps/core.xml\n",
    "=== word/_rels/document.xml.rels\n", "<w:p>", "<w:r><w:t>", "</w:t></w:r></w:p>", "<w:pStyle w:val=\"Title\"/>",
    "<w:tbl><w:tr><w:tc>", "<w:footnoteReference w:id=\"1\"/>", "<w:numId w:val=\"1\"/>", "<w:hyperlink r:id=\"a\">",
    "<w:sdt>", "<w:fldChar w:fldCharType=\"begin\"/>",
)  # fmt: skip
TOML = (
    "[words]", "\" = \"", "letters = true", "ipa = \"", "language = \"fr\"", "case = true", "part = true", "\\uD800",
    "\\u0000", "'''", "{", "}", "[[", "]]", " = ", "1e400", "nan", "9999-12-31", "title = ", "languages = [\"en\"]",
    "[feed]", "url = \"http://localhost/\"", "[voices]", "en = \"tone\"", "[sound]", "order = [", "../", "[reading]",
)  # fmt: skip
JSON = ('{"version": "https://jsonfeed.org/version/1.1"', '"items": [', '"content_html": "', "\\ud800", '"id": ')
PDF = (
    "obj\n",
    "endobj",
    "<</Type /Page",
    "stream\n",
    "endstream",
    "BT",
    "ET",
    "Tj",
    "Tf",
    "/Kids [",
    "xref",
    "trailer",
)
SIDECARS = ("WEBVTT", "00:00.000 --> 00:01.000", "{\"chapters\": [{\"startTime\": ", "{\"segments\": [{\"endTime\": ",
             "{\"sound\": ", "\"episodes\": [{\"path\": \"i/e.mp3\", \"lufs\": ", "1e999", "NaN")  # fmt: skip
