"""The members of a ZIP container, read within bounds: a small file may unpack to any size."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from govtext.core.model import UnreadableReport
from govtext.read import limits

_LARGEST_MEMBER = limits.raised(100_000_000)
_LARGEST_DIRECTORY = limits.raised(2_000_000)
_MOST_SEEN = 100_000
_END = b"PK\x05\x06"
_DIRECTORY_SIZE = 12
_ENCRYPTED = 0x1


class Archive:
    """Members by their names, in lower case and parted by ``/``.

    Raises
    ------
    UnreadableReport
        With cause ``damaged`` where the directory cannot be read, ``too_large`` where it lists
        more than any document holds.
    """

    def __init__(self, data: bytes) -> None:
        end = data.rfind(_END)
        size = data[end + _DIRECTORY_SIZE : end + _DIRECTORY_SIZE + 4]
        if end < 0 or len(size) < 4:
            raise _damaged("its directory is missing")
        if struct.unpack("<I", size)[0] > _LARGEST_DIRECTORY:
            raise UnreadableReport("too_large", "The ZIP container lists too many files.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise _damaged("its directory cannot be read") from error
        self._members = {_plain(info.filename): info for info in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        """True where there is such a member."""
        return _plain(name) in self._members

    def read(self, name: str) -> bytes:
        """Bytes of a member.

        Raises
        ------
        UnreadableReport
            With cause ``too_large``, ``encrypted`` or ``damaged``.
        """
        info = self._members[_plain(name)]
        found = self._unpacked(info, _LARGEST_MEMBER + 1)
        if max(len(found), info.file_size) > _LARGEST_MEMBER:
            raise UnreadableReport(
                "too_large",
                f"{name} unpacks to more than {_LARGEST_MEMBER:,} bytes, more than any report has.",
            )
        return found

    def start(self, name: str) -> bytes:
        """First bytes of a member, enough to tell what it is."""
        return self._unpacked(self._members[_plain(name)], _MOST_SEEN)

    def _unpacked(self, info: zipfile.ZipInfo, most: int) -> bytes:
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableReport(
                "encrypted", "The file is under a password; save it without one."
            )
        if info.file_size > _LARGEST_MEMBER:
            return b""
        try:
            with self._zip.open(info) as stream:
                return stream.read(most)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise _damaged(f"{info.filename} cannot be unpacked") from error
        except NotImplementedError as error:
            raise _damaged(f"{info.filename} is packed in an unknown way") from error


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _damaged(what: str) -> UnreadableReport:
    return UnreadableReport("damaged", f"The ZIP container is damaged or cut short: {what}.")
