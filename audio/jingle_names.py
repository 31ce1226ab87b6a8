"""Which jingle is heard where: by section, else by language, else the edition's."""

from dataclasses import dataclass

DEFAULT = ""
"""As a jingle's name: the one that ships with the program."""
NONE = "none"
"""As a jingle's name: no jingle."""


@dataclass(frozen=True, slots=True)
class JingleNames:
    """The jingles of a language or a section, where they differ from the edition's; None where they do not.

    Each is a path in the edition's folder, relative to it, "" for the one that ships, or "none".
    """

    intro: str | None = None
    sting: str | None = None
    outro: str | None = None
    bed: str | None = None
