"""The files of a source folder: which there are, how they are called, whether they have changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import unicodedata
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.pipeline import own
from govtext.read import LARGEST, TOOLS, limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

OWN = ("manifest.csv", "corrections.csv")
"""Files at the top of a source folder that say something of its documents and are none."""
_SYSTEM = ("/proc", "/sys", "/dev")
_MEMORY = "/dev/shm"  # noqa: S108 -- a disk of a user as good as any
_FOLLOW = "--follow-links"
PACKAGES = (
    "ahocorasick_rs", "cryptography", "jieba", "numpy", "pandas", "pdfminer.six", "pdfplumber",
    "pyarrow", "rjieba", "selectolax",
)  # fmt: skip
"""Packages that a table goes through on its way from a file: another version may read otherwise."""


def documents(source: Path) -> list[Path]:
    """Files of a folder that are documents: no manifest, no corrections, no litter; sorted."""
    return [path for path in walk(source) if not is_litter(path)]


def walk(source: Path, *, follow_links: bool = False) -> list[Path]:
    """All files below a folder but its manifest, corrections and rules, sorted by their path.

    A folder that cannot be listed stands for itself, and so does a link to a folder that is not
    followed, or leads to one that was gone through: none is left out in silence.
    """
    if source.is_file():
        return [source]
    beside = {place for name in OWN if (place := source / name).is_file()}  # no pipe, no lost link
    closed: list[Path] = []
    found: list[Path] = []
    gone = {source.resolve()}

    def is_new(place: Path) -> bool:
        if not follow_links or (real := place.resolve()) in gone:
            return False
        gone.add(real)
        return True

    steps = os.walk(
        source, onerror=lambda e: closed.append(Path(e.filename)), followlinks=follow_links
    )
    for top, folders, names in steps:
        places = [Path(top) / name for name in sorted(folders)]
        places = [place for place in places if not _is_of_rules(source, place)]
        left = [place for place in places if _is_link(place) and not is_new(place)]
        folders[:] = [place.name for place in places if place not in left]
        found += [Path(top) / name for name in names]
        found += left
    paths = (path for path in found + closed if path not in beside)
    return sorted(paths, key=lambda path: path.as_posix())


def _is_link(path: Path) -> bool:
    """True for a link; a path that is too long for the system to look at is none."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def is_of_system(real: Path) -> bool:
    """True for what the system shows of itself: reading it may wait, or never end."""
    return any(map(real.is_relative_to, _SYSTEM)) and not real.is_relative_to(_MEMORY)


def refusal(path: Path, root: Path, *, follow_links: bool = False) -> str:
    """Why a file found below a folder is not opened, or an empty string: a link may lead anywhere.

    A link that stays in the folder is followed, and with `follow_links` any; what lies in a folder
    of the system's own, such as ``/proc``, never is.
    """
    if not _is_link(path) and not follow_links:
        return ""
    try:
        real, within = path.resolve(), root.resolve()
    except (OSError, RuntimeError):  # it leads to itself, which opening it tells
        return ""
    if is_of_system(real):
        return "It is of the system and no file of a user's."
    if real.is_dir() and _is_link(path):
        gone = "It is a link to a folder that is gone through by another path."
        return gone if follow_links else f"It is a link to a folder: {_FOLLOW} follows it."
    if follow_links or real.is_relative_to(within):
        return ""
    return f"It is a link that leads out of the folder: {_FOLLOW} follows it."


def _is_of_rules(source: Path, folder: Path) -> bool:
    return folder.parent == source and own.is_folder(folder)


def is_litter(path: Path) -> bool:
    """True for what systems and editors leave in a folder (`rules/litter.csv`)."""
    return any(rules.pattern(row).fullmatch(path.name) for row in rules.load("litter"))


def shown(path: Path, root: Path, *, doubled: bool = False) -> str:
    r"""Path below the source folder, a byte that is not UTF-8 written \xNN; see `named`."""
    name = path.relative_to(root).as_posix()
    if doubled:
        name = name.replace("\\", "\\\\")
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def named(paths: Sequence[Path], root: Path) -> dict[str, Path]:
    r"""Files by their paths as shown, each its own.

    Where two would be written alike, one with a byte \xNN and one with these four characters, the
    backslash of the latter is doubled.
    """
    doubled: set[Path] = set()
    while True:
        names = [shown(path, root, doubled=path in doubled) for path in paths]
        counts = Counter(names)
        alike = {path for path, name in zip(paths, names, strict=True) if counts[name] > 1}
        if alike <= doubled:
            return dict(zip(names, paths, strict=True))
        doubled |= alike


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


def fingerprint(version: str) -> str:
    """Digest of what reads a file: equal where it would give the same of the same bytes.

    That is govtext itself with its rules, Python, the packages of `PACKAGES`, and the programs that
    a reader calls where they are installed.
    """
    digest = hashlib.sha256(version.encode())
    package = Path(str(files("govtext")))
    for path in [*sorted(package.rglob("*.py")), *sorted(package.rglob("*.csv"))]:
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    for line in readers():
        digest.update(line.encode("utf-8", "surrogateescape") + b"\n")
    return digest.hexdigest()


def readers() -> Iterator[str]:
    """One line for Python, each package and each program that reads, with its version.

    A program names no version that could be asked for in one way: the bytes of its file tell it.
    """
    yield f"python {sys.version_info.major}.{sys.version_info.minor}"
    yield f"unicode {unicodedata.unidata_version}"
    yield f"limits {limits.factor():g}"
    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} is not installed"
    for name in TOOLS:
        place = shutil.which(name)
        yield f"{name} {state(Path(place))}" if place else f"{name} is not installed"


def state(path: Path) -> str:
    """Digest of the bytes of a file, or what else tells that it has changed.

    A file larger than any report, which is rejected unread, goes by its size and time.
    """
    try:
        status = path.stat()
        if not path.is_file() or status.st_size > LARGEST:
            return f"{status.st_mode} {status.st_size} {status.st_mtime_ns}"
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def is_digest(state: str) -> bool:
    """True if the state of a file is the digest of its bytes."""
    return len(state) == hashlib.sha256().digest_size * 2
