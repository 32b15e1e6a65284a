"""Tables at an address: made in a folder of this machine, and put there as one build.

The folder also keeps what was read. Tables are put under a hidden name first, and their manifest,
`build.json`, last. While they take their names there is none, so that no reader who looks for it
takes tables of two builds for one.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from govtext.core import disk
from govtext.pipeline import remote, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "GOVTEXT_CACHE"
"""Environment variable with the folder of what this machine keeps of studies elsewhere."""
_NEXT = ".next"


@contextmanager
def published(out: str | os.PathLike[str]) -> Iterator[Path]:
    """Folder of this machine for tables, which are put to `out` at the end if that is an address.

    It stays, with all that was read; GOVTEXT_CACHE says where such folders lie.
    """
    if not remote.is_address(out):
        yield Path(out)
        return
    out = remote.named(out)
    remote.opened(out)
    folder = _kept(out)
    yield folder
    _publish(folder, out)


def _kept(address: str) -> Path:
    """Folder of this machine for the tables at an address."""
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    cache = os.environ.get(VARIABLE) or Path(home or Path.home() / ".cache", "govtext")
    return Path(cache, hashlib.sha256(address.rstrip("/").encode()).hexdigest()[:16])


def _publish(folder: Path, address: str) -> None:
    """Put the tables of a folder to an address; nothing where the same lie there."""
    fs, root = remote.opened(address)
    text = (folder / standing.RECORD).read_bytes()
    if _record(address) == text:
        return
    known = standing.record(folder)
    remote.drop(address, fs, f"{root}/{_NEXT}")
    names = [name for top in known["made"] for name in _files(folder, folder / top)]
    for name in names:
        remote.put(address, folder / name, f"{_NEXT}/{name}")
    remote.drop(address, fs, f"{root}/{standing.RECORD}")
    for top in (*known["made"], *known["gone"]):
        remote.drop(address, fs, f"{root}/{top}")
    for name in names:
        remote.asked(address, fs.makedirs, remote.parent(f"{root}/{name}"), exist_ok=True)
        remote.asked(address, fs.mv, f"{root}/{_NEXT}/{name}", f"{root}/{name}")
    remote.put(address, folder / standing.RECORD, standing.RECORD)
    remote.drop(address, fs, f"{root}/{_NEXT}")


def _record(address: str) -> bytes:
    """The manifest at an address, empty where there is none."""
    fs, root = remote.opened(address)
    fs.invalidate_cache()
    with suppress(FileNotFoundError):
        found: bytes = remote.asked(address, fs.cat_file, f"{root}/{standing.RECORD}")
        return found
    return b""


def _files(folder: Path, place: Path) -> list[str]:
    paths = sorted(place.rglob("*")) if place.is_dir() else [place]
    return [path.relative_to(folder).as_posix() for path in paths if path.is_file()]


def study(address: str) -> Path:
    """Folder of this machine with the tables that lie at an address; each build is fetched once.

    Raises
    ------
    FileNotFoundError
        If no whole study lies there.
    """
    text = _record(address)
    if not text:
        raise FileNotFoundError(
            f"{address} holds no {standing.RECORD}, which a build writes last: govtext build "
            f"SOURCE --out {address} makes one; if one is at work there, wait until it has ended"
        )
    kept = _kept(address)
    if standing.is_settled(kept) and (kept / standing.RECORD).read_bytes() == text:
        return kept
    folder = kept.with_name(f"{kept.name}-{hashlib.sha256(text).hexdigest()[:16]}")
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".govtext-", dir=folder.parent) as draft:
            _fetch_study(address, text, Path(draft, "study"))
            disk.publish(Path(draft, "study"), folder)
    return folder


def _fetch_study(address: str, text: bytes, folder: Path) -> None:
    fs, root = remote.opened(address)
    folder.mkdir()
    (folder / standing.RECORD).write_bytes(text)
    for top in standing.record(folder)["made"]:
        found = remote.listed(address, fs, f"{root}/{top}")
        remote.fetch(address, [path[len(root) :].lstrip("/") for path in found], folder)
    if not standing.is_settled(folder) or _record(address) != text:
        raise BlockingIOError(f"the tables at {address} change; try again when the build has ended")
