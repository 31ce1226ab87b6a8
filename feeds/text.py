"""Text made fit for XML and HTML."""

import html
import re

# What XML 1.0 leaves out of its characters (W3C, "Extensible Markup Language 1.0", production 2): control
# characters but tab and line ends, halves of surrogate pairs, and two non-characters. DEL and the C1 controls
# are allowed but discouraged there, and are errors in HTML; no reader shows them.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def fit_text(text: str) -> str:
    """`text` without the characters, none of them visible, that would make a feed or page malformed."""
    return _UNFIT.sub("", text)


def one_line(text: str) -> str:
    """The same on one line, with runs of line ends, tabs and plain spaces as one space: for titles and names.

    No-break spaces stay: French puts them before its high punctuation.
    """
    return re.sub("[ \t\r\n\x85\u2028\u2029]+", " ", fit_text(text)).strip(" ")


def description_text(text: str) -> str:
    """Plain text for a feed's description, which most readers take for HTML and some for plain text.

    It stays as it is where both read the same. Where HTML would misread it (`a<b`, `&copy;`), it becomes HTML
    in so many words, a `<p>` per paragraph: a reader that looks for tags then finds one, and shows every
    character.
    """
    text = fit_text(text).strip()
    if html.unescape(text) == text and not re.search("<[A-Za-z/!?]", text):
        return text
    paragraphs = re.split(r"\n\s*\n", text)
    return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def clock_text(seconds: float) -> str:
    """A place in an episode as apps make links of it: `0:00`, `12:05`, `1:00:03`."""
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
