"""The few characters that long inputs are made of, by the readers that they are meant for."""

TEXTS = (
    "a",
    "a ",
    "1 ",
    "1.",
    ". ",
    "M. ",
    "a. ",
    "« ",
    "(",
    "“",
    "'",
    "-",
    "\u202f",
    "\u2003",
    "\u0301\u0316",
    "\u0f73",
    "a@",
    "/",
)
MARKUP = ("<", "<a", "<!--", "<p>", "<div>", "<table><tr><td>", "<ul><li>", "&", "&#", "<a b='", "]]>")
MARKS = ('<a href="#1">a</a> b ', "<i>a</i> b ", "<span>a</span> b ", "<br>a ")
HEADS = ("\u2003", " | ", "a - ", "\u2003|")
NAMES = ("a", "a.", "a@", "a b ", "&amp;")
LEXEMES = (
    "<grapheme>a</grapheme><phoneme>b</phoneme>",
    "<grapheme>a</grapheme><alias>b</alias>",
    '<grapheme>a</grapheme><phoneme alphabet="ipa">b</phoneme>',
)
MARKDOWN = (
    "*",
    "**a ",
    "_a",
    "`",
    "[",
    "[a](",
    "![",
    "> ",
    "- ",
    "1.",
    "|",
    "#",
    "::: {.a}\n",
    "[^1]",
    "\n[a]: b",
    "{",
)
BLOCKS = ("a\n\n", "> a\n\n", "- a\n\n", "## a\n\n", "[^1]: a\n\n", "::: {.caption}\na\n:::\n\n", "<!-- -->\n\n")
TABLES = ("a = [", "[a]\n", "a = {", '"', "'", "a.", "- ", "? ", "{", "a: &a [", "\\")
COMMENTS = ("<!-- a -->", "<!-- a -->\n", "<!--a", "-->", "<!---->")
HEADINGS = (" ", "{", "{} ", "{a} ", "a{}")
ATTRIBUTES = ("a", ".a", ".a ", "a=", "a='", "a=b ", "-", " ")
MESSAGES = (f"{'a' * 1990} ", f"{'://a:' * 390} ", f"@{'://a:' * 390} ", f"{'://?' * 490} ", f"a://b{'?a' * 900}= ",
    f"{'+a' * 990} ", f"{'x:y:' * 490} ", "bearer ", "a:,", "a", "a@", "://a:", "?")  # fmt: skip
"""Words as long as they are shown, most of them the beginning of a secret again and again."""

SPOKEN = ("<", "%", "@", "$", "1,", "0", "I", "http://", "a.b", "+33 ", "1/", "1:", "é")
