"""Figure and words of what reports count beside the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.show import figures, style
from govtext.show.plots import draw, shade
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MOST = 15
_NAMED = 5
_NONE = "none"


def things(frame: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Share of the reports of a group that count a thing beside the codebook, as shaded tiles.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `counted_things` gives. The 15 things most counted are drawn; numbers that no term names
        a thing for are left out. A group has as many reports as stand in brackets behind its name.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    named = frame[(frame["thing"] != _NONE) & (frame["n"] > 0)]
    found = list(dict.fromkeys(named["thing"]))
    drawn = named[named["thing"].isin(found[:_MOST])]
    sizes = _groups(frame)
    table = drawn.pivot_table(index="thing", columns="group", values="share", sort=False)
    table = 100 * table.reindex(index=found[:_MOST], columns=list(sizes)).fillna(0.0)
    kind = frame["by"].iloc[0] if len(frame) else "part"
    counts = [f"{_group_label(kind, group)} ({n:,})" for group, n in sizes.items()]
    labels = drawn.drop_duplicates("thing")[f"label_{style.language()}"]
    ax = shade.tiles(table, list(labels), counts, shade.Look(row=0.32), ax=ax)
    if not len(table):
        draw.nothing(ax)
    title = translate(f"title.things_{kind}")
    draw.entitle(ax, title.format(n=len(table), things=len(found)))
    return figures.attach(ax, drawn)


def tell_things(frame: pd.DataFrame) -> str:
    """Words for what the reports count beside the codebook, in the language chosen.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `counted_things` gives.
    """
    beside, within = int(frame["n"].sum()), int(frame["n_codebook"].sum())
    if not beside:
        return translate("told.no_things").format(total=within)
    named = frame[frame["thing"] != _NONE]
    sums = named.groupby("thing", sort=False)["n"].sum()
    labels = named.drop_duplicates("thing").set_index("thing")[f"label_{style.language()}"]
    most = sums[sums > 0].head(_NAMED)
    listed = translate("told.joint").join(
        translate("told.thing").format(thing=labels[str(thing)], n=n) for thing, n in most.items()
    )
    return translate("told.things").format(
        n=beside,
        total=beside + within,
        percent=100 * beside / (beside + within),
        nameless=beside - int(sums.sum()),
        listed=listed or "–",
    )


def _groups(frame: pd.DataFrame) -> dict[str, int]:
    """Groups in their order with their reports."""
    known = dict(zip(frame["group"], frame["reports"], strict=True))
    if len(frame) and frame["by"].iloc[0] == "year":
        return {group: known[group] for group in sorted(known)}
    return {part: known[part] for part in draw.parts() if part in known}


def _group_label(kind: str, group: str) -> str:
    return translate(f"part.{group}") if kind == "part" else group
