"""What the pages need beside them: a style sheet and a script, each named by its content's hash."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from feeds.naming import hashed_name

FOLDER: Final = "assets"
"""Where they lie, beside the page: an issue's folder is whole without any other."""

_HERE: Final = Path(__file__).parent
_STYLES: Final = ("page.css", "player.css", "print.css")
_SCRIPTS: Final = ("memory.js", "text.js", "follow.js", "player.js", "bar.js", "keys.js", "subscribe.js", "start.js")
"""Joined in this order into one file: modules of their own would not load from a disk."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages refer to as `assets/` and its name; same content, same name, so it may be cached for ever."""

    name: str
    data: bytes


@functools.cache
def style() -> Asset:
    """The pages' style sheet."""
    return _asset("page", ".css", "".join((_HERE / "styles" / name).read_text(encoding="utf-8") for name in _STYLES))


@functools.cache
def script() -> Asset:
    """The player: one script that keeps everything to itself."""
    parts = ((_HERE / "player" / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return _asset("player", ".js", '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n")


def page_assets() -> tuple[Asset, ...]:
    """The files to be written into `assets/` beside every page, before it."""
    return style(), script()


def _asset(stem: str, suffix: str, text: str) -> Asset:
    data = text.encode()
    return Asset(hashed_name(stem, data, suffix), data)
