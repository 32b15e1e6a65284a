"""The tables of the READMEs, docs/accuracy.md and docs/figures.md: written from what is kept.

A table stands between `<!-- name -->` and `<!-- end -->`. Its words are rows of `docs/tables`, its
numbers those of `make accuracy` (data/gold/scores.csv), `make bench` (benchmarks/results), the
figures and the reports themselves.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tools import performance_page
from tools.sheet import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

READMES = {"en": "README.md", "zh": "README.zh.md"}
PLACE, GALLERY = "docs/accuracy.md", "docs/figures.md"
COMMANDS = "benchmarks/results/commands.json"
_BLOCKS = ("accuracy", "costs", "notebooks", "reports")
_PAGE = """\
# Accuracy

Written by `make accuracy` from `data/gold/scores.csv`: measure anew to change it. The day is that
since when a score has been what it is.

- **The five reports** of this repository were annotated by two people independently. The rules were
  written with these five at hand, so that their scores are an upper bound.
- **Seen passages**: 300 passages in the manner of other offices, used while terms were written.
- **Sealed passages**: 210 passages of which nobody who writes rules has seen one, 50 of them
  look-alikes that hold no number of the codebook. Each number was answered by two readers.
- **Excerpts**: openings of 23 real reports of other bodies, for who, where and when.
- **Tables** of 27 real reports of other bodies, 2011 to 2025, as running text, web pages, Markdown
  and cells on lines: what was read before anything was mended on them. The rest was left unread.
- **Sentences**: 171 sentences of other reports, whose themes were coded before they were read here.

For your own reports draw a sample (`gt.draw_sample`), mark what is right and score it
(`gt.score_sample`): that is the figure that counts for them.

| texts | what | score | n | measured on |
|---|---|---|---|---|
"""
_FIGURES = """\
# Figures of the five reports

Each is made by one notebook with one function, and lies in `figures/` as SVG and PNG with the
numbers drawn as CSV. `figures/manifest.csv` has the digest of every file. The page is written by
`python -m tools readme`.
"""
_CORPORA = {
    "five": "the five reports", "open": "seen passages", "sealed": "sealed passages",
    "excerpts": "excerpts", "tables": "tables", "sentences": "sentences",
}  # fmt: skip


def write(root: Path) -> int:
    """0; the READMEs and docs/accuracy.md say what is measured."""
    for path, text in pages(root).items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def pages(root: Path) -> dict[Path, str]:
    """Text of each page, as it should be."""
    scored = "".join(_scored(row) for row in read_rows(root / "data/gold/scores.csv"))
    told = {root / PLACE: _PAGE + scored, root / GALLERY: _FIGURES + "".join(_gallery(root))}
    for language, name in READMES.items():
        text = (root / name).read_text(encoding="utf-8")
        for block in _BLOCKS:
            text = _filled(text, block, _table(root, block, language))
        told[root / name] = text
    return told


def _filled(text: str, block: str, table: str) -> str:
    place = re.compile(rf"(<!-- {block} -->\n).*?(<!-- end -->)", re.DOTALL)
    return place.sub(lambda found: found[1] + "\n" + table + "\n" + found[2], text)


def _table(root: Path, block: str, language: str) -> str:
    head = _word(root, block, language).split("|")
    made = {
        "accuracy": _accuracy, "costs": _costs, "notebooks": _notebooks, "reports": _reports
    }[block](root, language)  # fmt: skip
    lines = [_line(head), "|---" * len(head) + "|", *map(_line, made)]
    if block == "costs":
        told = _commands(root)
        measured = _word(root, "measured", language)
        lines += ["", measured.format(date=told["date"], **told["machine"])]
    return "\n".join(lines) + "\n"


def _commands(root: Path) -> dict[str, Any]:
    return dict(json.loads((root / COMMANDS).read_text(encoding="utf-8")))


def _word(root: Path, key: str, language: str) -> str:
    return next(
        row[language] for row in read_rows(root / "docs/tables/words.csv") if row["key"] == key
    )


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _scored(row: dict[str, str]) -> str:
    n = f"{int(row['n']):,} {row['of']}".strip()
    return _line([_CORPORA[row["corpus"]], row["what"], row["score"], n, row["date"]]) + "\n"


def _gallery(root: Path) -> Iterable[str]:
    """A heading, the picture and where it comes from, figure by figure."""
    notebook = ""
    for row in read_rows(root / "figures/manifest.csv"):
        if not row["file"].endswith(".png"):
            continue
        if row["notebook"] != notebook:
            notebook = row["notebook"]
            yield f"\n## {notebook}\n"
        title, name = " ".join(row["title"].split()), row["file"]
        yield (
            f"\n**{title}.** `{row['function']}`, "
            f"numbers in [{row['table']}](../figures/{row['table']}).\n"
            f"\n![{' '.join((row.get('alt') or title).split())}](../figures/{name})\n"
        )


def _accuracy(root: Path, language: str) -> Iterable[tuple[str, ...]]:
    known = {(row["corpus"], row["what"]): row for row in read_rows(root / "data/gold/scores.csv")}
    for row in read_rows(root / "docs/tables/accuracy.csv"):
        five, unseen = known.get(("five", row["five"])), known.get((row["corpus"], row["unseen"]))
        dates = [each["date"] for each in (five, unseen) if each]
        yield (
            row[language], _score(five, row["shown"]),
            _score(unseen, row["shown"], row[f"note_{language}"]), " / ".join(sorted({*dates})),
        )  # fmt: skip


def _score(row: dict[str, str] | None, shown: str, note: str = "") -> str:
    """A score as its count where its n is what is counted, else as a share with its n."""
    if row is None:
        return "–"
    n = int(row["n"])
    if shown == "count" and not note:
        return f"{round(float(row['score']) * n)} / {n}"
    return f"{row['score']} ({note.format(n=n) if note else f'n = {n}'})"


def _costs(root: Path, language: str) -> Iterable[tuple[str, ...]]:
    told = _commands(root)
    for group in dict.fromkeys(each["group"] for each in told["figures"]):
        found = {each["name"]: each["value"] for each in told["figures"] if each["group"] == group}
        seconds, memory, disk = (found[name] for name in ("time", "memory", "disk"))
        yield f"`{group}`", f"{seconds:.0f} s", _size(memory), _size(disk)
    built = performance_page.kept(root)["figures"]
    one = _figure(built, "workers", "two workers, wall a report")
    most = _figure(built, "memory", "peak of all together")
    yield _word(root, "build", language), f"{one['value'] / 1000:.3f} s", _size(most["value"]), "–"


def _figure(figures: list[dict[str, Any]], group: str, name: str) -> dict[str, Any]:
    return [each for each in figures if (each["group"], each["name"]) == (group, name)][-1]


def _size(megabytes: float) -> str:
    return f"{megabytes / 1024:.1f} GB" if megabytes >= 1000 else f"{megabytes:.0f} MB"


def _notebooks(root: Path, language: str) -> Iterable[tuple[str, ...]]:
    figures = [
        row for row in read_rows(root / "figures/manifest.csv") if row["file"].endswith(".png")
    ]
    for row in read_rows(root / "docs/tables/notebooks.csv"):
        own = [each for each in figures if each["notebook"] == row["notebook"]]
        links = " · ".join(f"[{each['file'][3:-4]}](figures/{each['file']})" for each in own)
        functions = dict.fromkeys(each["function"].removeprefix("gt.") for each in own)
        yield (
            f"[{row['notebook']}](notebooks/{row['notebook']}.ipynb)", row[language], links,
            row["tables"].replace(";", ","), ", ".join(f"`{name}`" for name in functions),
        )  # fmt: skip


def _reports(root: Path, _language: str) -> Iterable[tuple[str, ...]]:
    for row in read_rows(root / "data/raw/manifest.csv"):
        yield (
            f"[{row['file']}](data/raw/{row['file']})", row["issuer"], row["year"],
            f"`{row['sha256'][:8]}`",
        )  # fmt: skip
