"""The public functions as pages: `docs/reference.md`, and `reference-families.md` for namespaces.

Sphinx puts the docstrings in. What is public is asked of govtext itself: a new function is on the
page when it has been written again.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import govtext

if TYPE_CHECKING:
    from pathlib import Path

PLACE, FAMILIES = "docs/reference.md", "docs/reference-families.md"
_GROUPS = {
    "Read one report, or any string": "read_report explain parse_quantities code_themes tokenize",
    "Build and load": "build load compare own_rules settings",
    "Values, panels and rates": (
        "stated panel rates contrast funnel coverage missing breaks bodies codebook crosswalk "
        "counted_things"
    ),
    "Checks": "audit audit_years diff",
    "Words and sentences": "kwic sentences dtm",
    "Other data, other programs": "join unmatched export data_card",
    "How far to trust it": "draw_sample own_sample score_sample",
    "Figures": "use_style save_figure",
}
_REST = "Further functions"
_HEAD = """\
# Reference

`import govtext as gt`. Every function is looked up on its first use, so that the import costs
nothing. [Families](reference-families.md) such as `gt.plots` have a page of their own. Written by
`python -m tools reference`.
"""
_FAMILIES = """\
# Reference: families of functions

A family is called like its main function: `gt.topics(study)` is `gt.topics.topics(study)`.
Written by `python -m tools reference`.
"""


def write(root: Path) -> int:
    """0; the pages have every public name."""
    for path, text in pages(root).items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def pages(root: Path) -> dict[Path, str]:
    """Text of each page, as it should be."""
    found = {name: getattr(govtext, name) for name in govtext.__all__}
    families = {name: each for name, each in found.items() if isinstance(each, govtext._Namespace)}
    functions = [name for name in found if name not in families]
    known = {name for names in _GROUPS.values() for name in names.split()}
    groups = {title: names.split() for title, names in _GROUPS.items()}
    groups[_REST] = [name for name in functions if name not in known]
    sections = [
        _section(title, "govtext", [name for name in names if name in functions])
        for title, names in groups.items()
    ]
    parts = [_family(name, family) for name, family in families.items()]
    return {
        root / PLACE: "\n".join([_HEAD, *filter(None, sections)]),
        root / FAMILIES: "\n".join([_FAMILIES, *parts]),
    }


def _family(name: str, family: Any) -> str:
    """A section of the functions that a namespace has of its own."""
    module = family._module
    named = [each for each in dir(family) if inspect.isfunction(getattr(module, each))]
    told = (family.__doc__ or "").splitlines()[0]
    return _section(f"`gt.{name}`", module.__name__, named, told)


def _section(title: str, module: str, names: list[str], told: str = "") -> str:
    """A table of functions with their first sentence, then each in full."""
    if not names:
        return ""
    summary = "".join(f"   {name}\n" for name in names)
    full = "".join(f".. autofunction:: {name}\n" for name in names)
    said = f"{told}\n\n" if told else ""
    return (
        f"## {title}\n\n{said}```{{eval-rst}}\n.. currentmodule:: {module}\n\n"
        f".. autosummary::\n\n{summary}\n{full}```\n"
    )
