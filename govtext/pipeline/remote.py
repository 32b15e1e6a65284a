"""Files at an address of fsspec: `s3://bucket/reports`, `memory://x`, `file:///x`.

They are listed there, and fetched one by one where they are read.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from govtext.core import disk
from govtext.core.model import UnreadableReport
from govtext.read import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_STATE = "remote "
_CHANGES = (
    "ETag", "etag", "md5Hash", "md5", "checksum", "mtime", "LastModified", "last_modified",
    "updated", "modified", "created",
)  # fmt: skip
"""What stores call that which differs when a file has changed; the first that there is counts."""
_TRIES, _PAUSE = 3, 0.5


class StoreError(OSError):
    """A store that does not answer, or refuses; what was read is kept."""


def is_address(place: object) -> bool:
    """True for an address, and not the path of a folder of this machine."""
    return isinstance(place, str) and "://" in place


def named(place: object) -> str:
    """The address that a place is, empty for a folder of this machine."""
    return place if isinstance(place, str) and is_address(place) else ""


def is_state(state: str) -> bool:
    """True if the state of a file is that of one at an address."""
    return state.startswith(_STATE)


def opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise StoreError(f"{address} needs the package fsspec: pip install fsspec") from None
    try:
        fs, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise StoreError(
            f"{address}: {error}. fsspec needs the package of that kind of address beside it, as "
            "pip install s3fs for s3://"
        ) from None
    return fs, str(path).rstrip("/")


def asked(address: str, function: Callable[..., Any], *arguments: object, **more: object) -> Any:
    """What a store answers; it is asked again where it does not.

    Raises
    ------
    FileNotFoundError, PermissionError
        As the store says.
    StoreError
        If it fails every time.
    """
    for left in reversed(range(_TRIES)):
        try:
            return function(*arguments, **more)
        except (FileNotFoundError, PermissionError):
            raise
        except Exception as error:
            if not left:
                told = f"{type(error).__name__}: {error}"
                raise StoreError(
                    f"{address} cannot be reached ({told}). What was read is kept: the same "
                    "command goes on from here"
                ) from error
            time.sleep(_PAUSE)
    raise AssertionError  # the last try has returned or raised


def listing(address: str) -> dict[str, str]:
    """What lies at an address: the state of each file by its path below, in order.

    Raises
    ------
    FileNotFoundError
        If nothing lies there.
    """
    fs, root = opened(address)
    found = listed(address, fs, root)
    if not found:
        raise FileNotFoundError(f"{address} holds no file: SOURCE is a folder of reports or a file")
    if set(found) == {root}:
        return {PurePosixPath(root).name: _state(found[root])}
    return {path[len(root) :].lstrip("/"): _state(found[path]) for path in sorted(found)}


def listed(address: str, fs: Any, path: str) -> dict[str, dict[str, Any]]:
    """What a store tells now of a file or of all below a path."""
    fs.invalidate_cache()
    found: dict[str, dict[str, Any]] = asked(address, fs.find, path, detail=True)
    return found


def is_file(address: str) -> bool:
    """True if a file, and no folder, lies at an address."""
    fs, path = opened(address)
    return bool(asked(address, fs.isfile, path))


def _state(info: dict[str, Any]) -> str:
    """What tells that a file has changed, as its store says."""
    changed = next((info[name] for name in _CHANGES if info.get(name) is not None), "")
    if isinstance(changed, datetime):
        changed = changed.timestamp()
    return f"{_STATE}{info.get('size')} {changed}"


@contextmanager
def fetched(address: str, name: str, state: str) -> Iterator[Path]:
    """A copy on this machine of a file below an address, or of the one that it is of.

    Raises
    ------
    UnreadableReport
        If it cannot be had, is too large, or is no more in the state that it was listed in.
    """
    fs, root = opened(address)
    with TemporaryDirectory(prefix="govtext-") as folder:
        copy = Path(folder, "copy")
        try:
            place = root if asked(address, fs.isfile, root) else f"{root}/{name}"
            size = asked(address, fs.info, place).get("size") or 0
            if size > LARGEST:
                raise UnreadableReport(
                    "too_large", f"The file has {size:,} bytes; {LARGEST:,} are read."
                )
            asked(address, fs.get_file, place, str(copy))
        except (FileNotFoundError, PermissionError) as error:
            reason = error.strerror or type(error).__name__
            raise UnreadableReport("not_opened", f"It cannot be fetched: {reason}.") from error
        # As it was listed: what a store tells of a file depends on how it is asked.
        now = listed(address, fs, place).get(place, {})
        if _state(now) != state:
            raise UnreadableReport("not_opened", "The file changed during the build: build again.")
        yield copy


def beside(address: str, files: Collection[str], rules: str, into: Path) -> None:
    """Nothing; what a scholar wrote about the reports at an address lies in a folder."""
    fs, root = opened(address)
    if is_file(address):
        root = parent(root)
    names = [name for name in files if asked(address, fs.isfile, f"{root}/{name}")]
    found = asked(address, fs.find, f"{root}/{rules}")
    names += [path[len(root) :].lstrip("/") for path in found]
    _get(address, fs, root, names, into)


def fetch(address: str, names: Collection[str], folder: Path) -> None:
    """Nothing; some files below an address lie in a folder, under the same names."""
    fs, root = opened(address)
    _get(address, fs, root, names, folder)


def _get(address: str, fs: Any, root: str, names: Collection[str], folder: Path) -> None:
    for name in names:
        place = folder / name
        if not place.resolve().is_relative_to(folder.resolve()):
            raise StoreError(f"{address} holds {name!r}, which leads out of its folder: rename it")
        place.parent.mkdir(parents=True, exist_ok=True)
        asked(address, fs.get_file, f"{root}/{name}", str(place))


def take(address: str, name: str, folder: Path) -> None:
    """Nothing; a folder below an address is one of this machine, whole, and no more there."""
    fs, root = opened(address)
    with TemporaryDirectory(prefix=".", dir=folder.parent) as draft:
        found = listed(address, fs, f"{root}/{name}")
        fetch(address, [path[len(root) :].lstrip("/") for path in found], Path(draft))
        disk.publish(Path(draft, name), folder)
    drop(address, fs, f"{root}/{name}")


def put(address: str, path: Path, name: str) -> None:
    """Nothing; a file of this machine lies below an address."""
    fs, root = opened(address)
    asked(address, fs.makedirs, parent(f"{root}/{name}"), exist_ok=True)
    asked(address, fs.put_file, str(path), f"{root}/{name}")


def drop(address: str, fs: Any, path: str) -> None:
    """Nothing; what may lie at a path of a store is gone."""
    with suppress(FileNotFoundError):
        asked(address, fs.rm, path, recursive=True)


def parent(path: str) -> str:
    """The folder of a path of a store."""
    return path.rpartition("/")[0]
