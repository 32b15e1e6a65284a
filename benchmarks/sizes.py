"""How much a run measures: `quick` in some minutes, `full` in up to an hour, on two free cores."""

from __future__ import annotations

from dataclasses import dataclass

SEED = 14
"""Of the made reports that are measured with."""


@dataclass(frozen=True)
class Size:
    """Numbers of things that each measure is taken on."""

    name: str
    rounds: int
    whole: int
    many: int
    memory: tuple[int, ...]
    pages: int
    pdfs: int
    hostile: bool


SIZES = {
    each.name: each
    for each in (
        Size("quick", rounds=2, whole=60, many=90, memory=(60, 180), pages=60,
             pdfs=6, hostile=False),
        Size("full", rounds=5, whole=400, many=2_000, memory=(1_000, 10_000), pages=1_000,
             pdfs=60, hostile=True),
        Size("whole", rounds=5, whole=400, many=2_000, memory=(1_000, 10_000, 100_000),
             pages=1_000, pdfs=60, hostile=True),
    )
}  # fmt: skip
