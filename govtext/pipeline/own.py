"""A scholar's own rules: CSV files in a folder, with the columns of ours, checked as ours are.

`rules/README.md` says which there can be. A row adds to ours, or takes the place of the one with
the same key. What the tables were made with lies beside them, so that the analyses use it too.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.core import rules
from govtext.core.rules import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtext.pipeline import own_checks

FOLDER = "rules"
"""Folder beside the reports that may hold own rules."""
KEPT = "own_rules"
"""Folder beside the tables with a copy of the rules that they were made with."""
NAMES = (
    "unit_groups", "codebook", "frame_terms", "frame_metrics", "themes", "lexicon", "stopwords",
    "body_names", "bodies",
)  # fmt: skip
"""Files that there can be, what others rest on first."""
_DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "codebook": {
        "where": "text", "forms": "", "parent": "", "identities": "", "valid_from": "",
        "valid_to": "", "comparability": "stable", "unverified": "yes", "parted": "no",
    },
    "frame_metrics": dict.fromkeys(("act", "channel", "outcome", "by"), "*")
    | dict.fromkeys(("of", "about", "carried", "needs", "alone", "drop", "since", "until"), "")
    | {"variants": ""},
    "themes": {"includes": "", "excludes": ""},
}  # fmt: skip
"""Columns that a file may leave out, with what each cell of them then says."""
_READ_ME = ("readme.md", "readme.txt")


@dataclass(frozen=True, slots=True)
class Found:
    """Own rules of a folder: the rows, the files they came from, and which rows replace ours."""

    own: rules.Own | None = None
    files: tuple[tuple[str, str], ...] = ()
    replaced: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Digest of the files, empty without own rules."""
        return self.own.digest if self.own else ""

    def write(self, out: Path) -> None:
        """Leave a copy of the files beside the tables that are made with them; none without any."""
        folder = out / KEPT
        for name, content in self.files:
            folder.mkdir(exist_ok=True)
            (folder / f"{name}.csv").write_text(content, encoding="utf-8", newline="")


def is_folder(folder: Path) -> bool:
    """True for a folder of rules: one called so that holds a CSV file."""
    return folder.name == FOLDER and folder.is_dir() and any(folder.glob("*.csv"))


def read(folder: Path, *, checked: bool = True) -> Found:
    """Own rules of a folder.

    Parameters
    ----------
    folder : Path
        It holds files of `NAMES` with the ending .csv, a README if you like, and nothing else.
    checked : bool, default True
        Run the examples too: they take time, and those of tables that are built were run.

    Raises
    ------
    RuleError
        At the first thing that is wrong, with file, line, what is allowed and the next step.
    FileNotFoundError
        If there is no such folder.
    """
    paths = _paths(folder)
    files = tuple((path.stem, decoded(path)) for path in paths)
    if not files:
        return Found()
    from govtext.pipeline import own_checks  # it tries the rows with what reads reports

    lines = {
        path.stem: _rows(path, content) for path, (_, content) in zip(paths, files, strict=True)
    }
    digest = hashlib.sha256(repr(files).encode()).hexdigest()
    tables = {name: tuple(row for _, row in found) for name, found in lines.items()}
    own = rules.Own(digest, tables | _columns(tables))
    with rules.using(own):
        for path in paths:
            own_checks.check(path, lines[path.stem])
        if checked:
            own_checks.run_examples(folder, lines.get("frame_metrics", []))
    return Found(own, files, tuple(_replaced(folder, lines)))


def made_with(folder: Path) -> rules.Own | None:
    """Own rules that lie beside the tables made with them, None where there is no such folder."""
    return read(folder, checked=False).own if folder.is_dir() else None


@contextmanager
def own_rules(folder: str | os.PathLike[str]) -> Iterator[None]:
    """Have the rules of a folder in force within the block, beside ours.

    For what is given no study: `code_themes`, `read_report`, `explain`, `codebook`. What is given
    one uses the rules that its tables were made with.

    Parameters
    ----------
    folder : path
        Folder of CSV files; see `build`.

    Raises
    ------
    RuleError
        If a row is wrong, with file, line, what is allowed and the next step.
    """
    with rules.using(read(Path(folder)).own):
        yield


def decoded(path: Path) -> str:
    """Text of a CSV file; a spreadsheet on a Chinese system saves it in GB18030.

    Raises
    ------
    ValueError
        If it is in neither UTF-8 nor GB18030.
    """
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{path} is neither UTF-8 nor GB18030: save it as CSV in UTF-8")


def _paths(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder; own rules are a folder of CSV files")
    paths = []
    for path in sorted(folder.iterdir(), key=_order):
        if path.suffix == ".csv" and path.stem in NAMES and path.is_file():
            paths.append(path)
        elif path.name.lower() not in _READ_ME and not _is_litter(path):
            names = ", ".join(f"{name}.csv" for name in NAMES)
            raise RuleError(
                f"{path} is no file of rules; there can be {names} and a README. "
                "Rename it, or move it out of the folder."
            )
    return paths


def _order(path: Path) -> tuple[int, str]:
    return NAMES.index(path.stem) if path.stem in NAMES else len(NAMES), path.name


def _is_litter(path: Path) -> bool:
    return any(rules.pattern(row).fullmatch(path.name) for row in rules.load("litter"))


def _rows(path: Path, content: str) -> list[own_checks.Line]:
    """Rows of a file with their lines, every column filled, own names marked."""
    reader = csv.DictReader(io.StringIO(content, newline=""))
    name, head = path.stem, list(reader.fieldnames or ())
    optional = _DEFAULTS.get(name, {})
    known = _head(name)
    missing = [column for column in known if column not in head and column not in optional]
    unknown = [column for column in head if column not in known]
    if missing or unknown or len(set(head)) < len(head):
        fault = (
            f"has no column {', '.join(missing)}" if missing
            else f"has a column {unknown[0]!r}" if unknown
            else "has a column twice"
        )  # fmt: skip
        raise RuleError(
            f"{path} line 1: it {fault}; its columns are {', '.join(known)} "
            f"(may be left out: {', '.join(optional) or 'none'}). Change its first line."
        )
    found: list[own_checks.Line] = []
    for row in reader:
        if None in row or None in row.values():
            raise RuleError(
                f"{path} line {reader.line_num}: it has not {len(head)} cells as the first line "
                "does. A comma within a cell needs quotation marks around the cell."
            )
        cells = dict(optional) | {column: cell.strip() for column, cell in row.items() if cell}
        full = {column: cells.get(column, "") for column in known}
        if name == "frame_metrics":
            full["rule"] = f"{rules.OWN_MARK}{full['rule']}"
        found.append((reader.line_num, full))
    return found


def _head(name: str) -> list[str]:
    return list(rules.shipped(name)[0])


def _columns(
    tables: Mapping[str, tuple[Mapping[str, str], ...]],
) -> dict[str, tuple[Mapping[str, str], ...]]:
    """Rows of the table of columns for own themes, each of which has a column."""
    known = {row["id"] for row in rules.shipped("themes")}
    empty = dict.fromkeys(_head("columns"), "")
    rows = tuple(
        empty
        | {
            "table": "themes",
            "column": row["id"],
            "type": "bool",
            "en": f"the sentence speaks of {row['en']}",
            "source": row["source"],
            "note": "own theme",
        }
        for row in tables.get("themes", ())
        if row["id"] not in known
    )
    return {"columns": rows} if rows else {}


def _replaced(folder: Path, lines: Mapping[str, list[own_checks.Line]]) -> Iterator[str]:
    """A sentence for each own row that takes the place of one of ours."""
    for name, rows in lines.items():
        ours = {rules.key_of(name, row) for row in rules.shipped(name)}
        for line, row in rows:
            key = rules.key_of(name, row)
            if key in ours:
                shown = ", ".join(key)
                yield f"{folder / name}.csv line {line} replaces the row of govtext for {shown}."
