"""What was sent to a place: a small file kept there, so that any machine knows what need not be sent again."""

from dataclasses import dataclass, field
from typing import Final

import msgspec

MANIFEST: Final = "published.json"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """The sha256 (64 hex digits) of each file sent, by its path."""

    files: dict[str, str] = field(default_factory=dict)
    format: int = _FORMAT

    def encoded(self) -> bytes:
        """As JSON, a file a line."""
        in_order = Manifest(dict(sorted(self.files.items())), self.format)
        return msgspec.json.format(msgspec.json.encode(in_order), indent=1) + b"\n"


def read_manifest(data: bytes | None) -> Manifest:
    """The manifest in `data`; an empty one for None, and for what cannot be read: all is then sent again."""
    if data is None:
        return Manifest()
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Manifest()
    return manifest if manifest.format == _FORMAT else Manifest()
