"""Archives as text, so that a fuzzer changes what is in them and not their checksums, and a person can read a seed.

A line `=== path` begins a file of the archive, and all up to the next such line is in it.
"""

import io
import re
import zipfile

_FILE = re.compile(rb"^=== ?([^\r\n]*)\r?\n?", re.MULTILINE)


def packed(text: bytes) -> bytes:
    """The ZIP archive that `text` describes; a path may stand in it twice, as it may in any archive."""
    _, *rest = _FILE.split(text)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in zip(rest[::2], rest[1::2], strict=True):
            archive.writestr(zipfile.ZipInfo(path.decode("utf-8", "replace")[:200] or "_"), content)
    return buffer.getvalue()
