"""A QR code for a page or a terminal; the only file that imports segno."""

import io

import segno


def qr_svg(text: str) -> str:
    """An `<svg>` element that a phone's camera reads as `text`: black on white, with the quiet zone it needs.

    Its size is set by the style sheet; it has no style and no script of its own. Raises ValueError for a text that
    is too long (about 2,300 characters).
    """
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, svgns=True, omitsize=True, nl=False)
    return out.getvalue().decode()


def qr_terminal(text: str) -> str:
    """The same code in characters, two rows of it in each line. Raises ValueError for a text that is too long."""
    out = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()
