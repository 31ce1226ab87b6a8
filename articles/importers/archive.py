"""ZIP archives (DOCX, EPUB) opened within limits: nothing is written to disk, nothing unpacks to gigabytes."""

import io
import zipfile
import zlib

from articles.importers.source import MAX_UNPACKED_BYTES, ImportRefused, Source

MAX_FILES = 10_000
MAX_PART_BYTES = 4_000_000
"""What one file that is read may unpack to: pictures are not, and this much text and markup is hundreds of pages."""

MAX_READ_BYTES = 20_000_000
"""What all files that are read may unpack to: a parser holds a hundred times as much in memory."""

_CHUNK = 1 << 20
_ENCRYPTED = 0x1


class Archive:
    """The files of a source that is a ZIP archive, read one by one; all that is read is counted."""

    def __init__(self, source: Source) -> None:
        """Raise ImportRefused for an archive that is damaged, encrypted, or would unpack to too much."""
        self._source = source
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self.damaged() from error
        infos = self._zip.infolist()
        if len(infos) > MAX_FILES or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
            raise self._too_large(MAX_UNPACKED_BYTES)
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise source.refused("encrypted with a password", "save it again without a password")
        self._read_bytes = 0

    @property
    def names(self) -> frozenset[str]:
        """The paths of all files in the archive."""
        return frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes | None:
        """The bytes of one file; None if there is none. Raises ImportRefused when it is damaged or too large."""
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(name) as file:
                while part := file.read(_CHUNK):
                    parts.append(part)
                    size += len(part)
                    self._read_bytes += len(part)
                    if size > MAX_PART_BYTES:  # what it declares can be untrue
                        raise self._too_much_text(MAX_PART_BYTES)
                    if self._read_bytes > MAX_READ_BYTES:
                        raise self._too_much_text(MAX_READ_BYTES)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError) as error:
            raise self.damaged() from error
        return b"".join(parts)

    def damaged(self) -> ImportRefused:
        """The error to raise for an archive whose contents make no sense."""
        return self._source.refused("damaged: it cannot be unpacked", "fetch or save it again")

    def _too_large(
        self, limit_bytes: int, what: str = "it", hint: str = "save it without pictures, or split it"
    ) -> ImportRefused:
        return self._source.refused(f"{what} unpacks to more than {limit_bytes / 1e6:.0f} MB", hint)

    def _too_much_text(self, limit_bytes: int) -> ImportRefused:
        return self._too_large(limit_bytes, "its text", "split it")
