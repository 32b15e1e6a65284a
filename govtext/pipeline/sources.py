"""The files of a source folder: how they are called, and whether they have changed."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.read import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def shown(path: Path, root: Path) -> str:
    r"""Path below the source folder, a byte that is not UTF-8 written \xNN."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def report_ids(names: Iterable[str]) -> dict[str, str]:
    """Report id of each file by its path as shown: without its suffix, unless two would collide.

    The suffix also stays where what is left is the whole name of another file.
    """
    bare = {name: name[: len(name) - len(Path(name).suffix)] for name in names}
    taken = Counter(bare.values())
    return {
        name: report_id if taken[report_id] == 1 and report_id not in bare else name
        for name, report_id in bare.items()
    }


def fingerprint(paths: Iterable[Path], root: Path, version: str) -> str:
    """Digest of files and of govtext itself: equal where a build would give the same tables.

    Files larger than any report, which are rejected unread, go by their size and time.
    """
    digest = hashlib.sha256(version.encode())
    package = Path(str(files("govtext")))
    for path in [*sorted(package.rglob("*.py")), *sorted(package.rglob("*.csv"))]:
        digest.update(path.read_bytes())
    for path in paths:
        digest.update(os.fsencode(path.relative_to(root).as_posix()) + b"\0" + _state(path))
    return digest.hexdigest()


def _state(path: Path) -> bytes:
    try:
        status = path.stat()
        if not path.is_file() or status.st_size > LARGEST:
            return f"{status.st_mode} {status.st_size} {status.st_mtime_ns}".encode()
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return b"unreadable"


def manifest_faults(manifest: Mapping[str, Mapping[str, str]], known: set[str]) -> Iterator[str]:
    """A sentence for each row of a manifest that names no file, or a year that is no number."""
    for name, row in manifest.items():
        if name not in known:
            yield f"manifest.csv names {name}, which is not there."
        year = row.get("year") or ""
        if year and not year.isdecimal():
            yield f"manifest.csv gives {name} the year {year!r}, which is no number; it is ignored."
