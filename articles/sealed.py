"""What a program keeps for itself, sealed: a first line that says what it is, in which format, and its sha256.

What is not as its seal says, whatever a disk or a person has done to it, is never taken for what it was; neither is
what an older or a newer program sealed in another format.
"""

import hashlib
import re
from pathlib import Path

from articles.files import write_whole

_NAME = "vivavoce"
_XML_SEAL = re.compile(rb"<!-- sha256 ([0-9a-f]{64}) -->\n\Z")
_SEAL = re.compile(rf"{_NAME} (\w+) (\d{{1,9}}) [0-9a-f]{{64}}\n".encode())


def sealed(kind: str, format: int, body: bytes) -> bytes:
    """`body` behind its seal; `kind` is one word."""
    return _seal(kind, format, body) + body


def unsealed(kind: str, format: int, data: bytes) -> bytes | None:
    """The body in `data`; None where it is damaged, of another kind or format, or was never sealed."""
    head, _, body = data.partition(b"\n")
    return body if head + b"\n" == _seal(kind, format, body) else None


def seal_holds(data: bytes) -> bool:
    """Whether `data` is, to the last bit, what was sealed, of whichever kind and format."""
    seal = _SEAL.match(data)
    return seal is not None and unsealed(seal[1].decode(), int(seal[2]), data) is not None


def sealed_xml(document: bytes) -> bytes:
    """An XML document that ends with its sha256 in a comment, and so is still what others can open."""
    return document + f"<!-- sha256 {hashlib.sha256(document).hexdigest()} -->\n".encode()


def xml_seal_holds(data: bytes) -> bool:
    """Whether an XML document is what `sealed_xml` gave, to the last bit."""
    seal = _XML_SEAL.search(data)
    return seal is not None and hashlib.sha256(data[: seal.start()]).hexdigest() == seal[1].decode()


def keep_sealed(path: Path, kind: str, format: int, body: bytes) -> None:
    """Write `body` sealed to `path`, unless that is what it holds. Raises articles.files.WriteError."""
    write_whole(path, sealed(kind, format, body))


def read_sealed(path: Path, kind: str, format: int) -> bytes | None:
    """The body that was kept at `path`; None where there is none that is whole and of this kind and format."""
    data = _read(path)
    return None if data is None else unsealed(kind, format, data)


def read_record(path: Path, kind: str, format: int) -> bytes | None:
    """As `read_sealed`; but plain JSON, as records were kept before there were seals, is taken as it is."""
    data = _read(path)
    if data is None or data.startswith(b"{"):
        return data
    return unsealed(kind, format, data)


def _read(path: Path) -> bytes | None:
    """What lies at `path`; None where there is no file: a device, put there by a stranger, would have no end."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _seal(kind: str, format: int, body: bytes) -> bytes:
    digest = hashlib.sha256(f"{kind} {format}\n".encode() + body).hexdigest()
    return f"{_NAME} {kind} {format} {digest}\n".encode()
