"""What a long analysis gave, kept beside the tables it was made of, by all that went into it.

A result is a folder of Parquet files and a record in JSON, in a hidden folder of the tables. What
is damaged, or was made of anything else, is left aside and made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import suppress
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from govtext.core import rules
from govtext.pipeline.sources import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

FOLDER = ".kept"
"""Hidden folder beside the tables."""
_RECORD = "told.json"
_MOST = 8
"""Results that are kept; the oldest go."""
_PACKAGES = ("scikit-learn", "scipy")
"""Packages that count, beside those that read."""
_Result = TypeVar("_Result")


def key(name: str, given: object, frames: Iterable[pd.DataFrame]) -> str:
    """Name of a result: the digest of all that it is made from.

    Parameters
    ----------
    name : str
        What is made.
    given : object
        Settings, which can be written as JSON.
    frames : iterable of DataFrame
        The data, in order.

    Returns
    -------
    str
        Another one also where govtext, its rules, the scholar's own or a package are others.
    """
    from pandas.util import hash_pandas_object

    own = rules.own()
    told = [name, given, own.digest if own else "", *map(version, _PACKAGES)]
    digest = hashlib.sha256(fingerprint(json.dumps(told, ensure_ascii=False)).encode())
    for frame in frames:
        digest.update(json.dumps([len(frame), *frame.columns], ensure_ascii=False).encode())
        digest.update(hash_pandas_object(frame, index=False).to_numpy().tobytes())
    return f"{name}-{digest.hexdigest()[:32]}"


def kept(folder: Path, name: str, make: Callable[[], _Result], kind: type[_Result]) -> _Result:
    """A result that was made before, else made now and kept.

    Parameters
    ----------
    folder : Path
        Folder of the tables; one that cannot be written to keeps nothing.
    name : str
        As `key` gives.
    make : callable
        Makes the result.
    kind : type
        A dataclass of frames and of what can be written as JSON.
    """
    place = folder / FOLDER / name
    known = _read(place, kind)
    if known is not None:
        with suppress(OSError):
            os.utime(place)
        return known
    made = make()
    # What cannot be written is not kept; it is a result all the same.
    with suppress(OSError, TypeError, ValueError):
        _write(place, made)
    return made


def _read(place: Path, kind: type[_Result]) -> _Result | None:
    """A result that lies in a folder, None where it is not there as it was written."""
    try:
        told = json.loads((place / _RECORD).read_text(encoding="utf-8"))
        frames = {
            name: _frame(place / f"{name}.parquet", **how) for name, how in told["frames"].items()
        }
        return kind(**told["others"], **frames)
    except (OSError, LookupError, TypeError, ValueError):
        return None


def _frame(path: Path, digest: str, types: dict[str, str]) -> pd.DataFrame:
    import pandas as pd

    if _digest(path) != digest:
        raise ValueError(f"{path} is damaged")
    return pd.read_parquet(path).astype(types)


def _write(place: Path, made: Any) -> None:
    """A result in a folder, which appears by a rename when it is whole."""
    import pandas as pd

    draft = place.with_name(f".{place.name}-{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    told: dict[str, Any] = {"frames": {}, "others": {}}
    for field in fields(made):
        value = getattr(made, field.name)
        if isinstance(value, pd.DataFrame):
            path = draft / f"{field.name}.parquet"
            plain = value.copy(deep=False)
            plain.attrs = {}  # it would tell where the study lies
            plain.to_parquet(path)
            types = {str(name): str(each) for name, each in value.dtypes.items()}
            told["frames"][field.name] = {"digest": _digest(path), "types": types}
        else:
            told["others"][field.name] = value
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (draft / _RECORD).write_text(text, encoding="utf-8", newline="\n")
    shutil.rmtree(place, ignore_errors=True)
    draft.replace(place)
    _drop_oldest(place.parent)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _drop_oldest(folder: Path) -> None:
    by_age = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    for place in by_age[:-_MOST]:
        shutil.rmtree(place, ignore_errors=True)
