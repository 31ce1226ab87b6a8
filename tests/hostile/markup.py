"""Attempts at running a script, and where an edition could carry them."""

ATTEMPTS = (
    '<script>window.hacked = "script"</script>',
    "<img src=x onerror=\"window.hacked = 'onerror'\">",
    "<svg onload=\"window.hacked = 'svg'\"></svg>",
    "<svg><script>window.hacked = 'svg script'</script></svg>",
    "<a href=\"javascript:window.hacked='link'\">a link</a>",
    "[a link](javascript:window.hacked='Markdown')",
    "![a picture](javascript:window.hacked='picture')",
    "<iframe srcdoc=\"<script>parent.hacked = 'frame'</script>\"></iframe>",
    "<object data=\"data:text/html,<script>parent.hacked='object'</script>\"></object>",
    '<base href="https://elsewhere.example/">',
    '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
    '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
    "<style>@import 'https://elsewhere.example/y.css';</style>",
    '<form action="https://elsewhere.example/"><button autofocus onfocus="window.hacked=\'focus\'">B</button></form>',
    '"><script>window.hacked = "quote"</script>',
    "' onmouseover='window.hacked = 1' x='",
    "</title></p></span></text></svg><script>window.hacked = 'closed'</script>",
    "]]><script>window.hacked = 'cdata'</script><![CDATA[",
    "--><script>window.hacked = 'comment'</script><!--",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    '<img src="https://elsewhere.example/pixel.gif">',
    "&lt;script&gt;window.hacked = 'entity'&lt;/script&gt;",
    "\\u003cscript\\u003ewindow.hacked = 'escape'\\u003c/script\\u003e",
)

ALL = " ".join(ATTEMPTS)


def quoted(text: str) -> str:
    """`text` as a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def fields(text: str, escape: bool = False) -> str:
    """An article with `text` in every field of its head and in every kind of block.

    With `escape` it is written so that Markdown keeps it as text.
    """
    kept = "".join(f"\\{char}" if char in "<>[]!&`*_\\" else char for char in text) if escape else text
    head = "\n".join(f"{name} = {quoted(kept)}" for name in ("headline", "kicker", "standfirst", "byline", "section"))
    kinds = "\n\n".join(
        f"::: {{.{kind}}}\nWords before {kept} and behind.\n:::"
        for kind in ("caption", "quotation", "sidebar", "footnote")
    )
    return (
        f"+++\n{head}\n+++\n\nThe first boat {kept} leaves at five.\n\n## A heading {kept}\n\n- An entry {kept}\n\n"
        f"> A quotation {kept}\n\n{kinds}\n\n| A | B |\n|---|---|\n| {kept.replace('|', '')} | c |\n\n"
        f"{text}\n\nThe end.\n"
    )
