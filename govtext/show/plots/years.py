"""Figure of bodies and years: which reports there are, and which are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.analyse import groups
from govtext.show import figures, style
from govtext.show.plots import draw, shade, sizes
from govtext.show.style import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_STATES = {
    "present": ("#0072B2", ""), "duplicate": ("#56B4E9", "+"), "missing": (draw.NONE, "–"),
    "rejected": ("#D55E00", "×"), "unplaced": ("#999999", "?"),
}  # fmt: skip
_THERE = ("present", "duplicate")
_SMALL = 6.5


def coverage_map(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Which body has a report of which year, a tile each; of more than 60 bodies by province.

    Of more than 12 bodies only the years between a body's first report and its last are drawn:
    whether it reported before or after is not known.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `coverage` gives. Colour and sign say the state; what has no body or no year is counted
        in the title.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A row a body, or what the rows are, instead of what the number of bodies says. The columns
        are years in any case (``"year"`` is ``"all"``), and a missing report has no form
        (``"form"`` is ``"all"``).
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    placed = frame[frame["body"].notna() & frame["year"].notna()]
    placed = placed[placed["state"] != "unplaced"].astype({"year": int})
    n_bodies, n = placed["body"].nunique(), int(placed["n_reports"].sum())
    size = sizes.of(n_bodies, by)
    key, words = "title.coverage_map", {"bodies": f"{n_bodies:,}", "n": f"{n:,}"}
    if size == "groups":
        kind = by or "province"
        kind = "all" if kind in ("year", "form") else kind
        drawn = _shares(_known(placed), kind)
        ax = _shaded(drawn, ax)
        key = "title.coverage_share" + ("_all" if kind == groups.WHOLE else "")
        words |= {"by": translate(f"by.{kind}")}
    else:
        drawn = placed if size == "each" else _by_place(_known(placed))
        ax = _tiles(ax, drawn)
        key += "_span" if size == "spread" else ""
        draw.legend(ax)
    title = translate(key).format(**words)
    if len(frame) > len(placed):
        title += "\n" + translate("title.unplaced").format(n=len(frame) - len(placed))
    draw.entitle(ax, title)
    return figures.attach(ax, frame if size == "each" else drawn)


def span(frame: pd.DataFrame) -> list[int]:
    """Every year from the first of some rows to the last."""
    years = frame["year"].dropna()
    return list(range(int(years.min()), int(years.max()) + 1)) if len(years) else []


def _known(placed: pd.DataFrame) -> pd.DataFrame:
    """Rows from the first year that a body has a file of to the last."""
    there = placed[placed["state"] != "missing"].groupby("body")["year"].agg(["min", "max"])
    first, last = (placed["body"].map(there[name]) for name in ("min", "max"))
    return placed[(placed["year"] >= first) & (placed["year"] <= last)]


def _by_place(placed: pd.DataFrame) -> pd.DataFrame:
    """Rows by the code of the place, so that bodies of a place stand together."""
    return placed.sort_values("region_code", na_position="last", kind="stable")


def _shares(placed: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Bodies with a report of those known to report, by group and year."""
    there = placed.assign(has=placed["state"].isin(_THERE))
    rows = groups.grouped(there, dict.fromkeys((groups.WHOLE, kind)))
    found = rows.groupby(["by", "group", "year"], sort=False)
    counts = found.agg(n_bodies=("body", "nunique"), n_with_report=("has", "sum")).reset_index()
    return counts.assign(share=counts["n_with_report"] / counts["n_bodies"])


def _shaded(shares: pd.DataFrame, ax: Axes | None) -> Axes:
    """A tile a group and year: bodies with a report / bodies known."""
    pairs = list(dict.fromkeys(zip(shares["by"], shares["group"], strict=True)))
    years = span(shares)
    keys = list(zip(shares["by"], shares["group"], shares["year"], strict=True))
    counts = zip(shares["n_with_report"], shares["n_bodies"], strict=True)
    said = {key: f"{n}/{known}" for key, (n, known) in zip(keys, counts, strict=True)}
    table = shares.pivot_table(index=["by", "group"], columns="year", values="share")
    table = 100 * table.reindex(index=pairs, columns=years)
    text = table.apply(lambda row: [said.get((*row.name, year), "") for year in years],
                       axis=1, result_type="expand")  # fmt: skip
    rows = [groups.name(*pair, style.language()) for pair in pairs]
    names = [str(year) for year in years]
    return shade.tiles(table, rows, names, shade.Look(words=text, row=0.21), ax=ax)


def _tiles(ax: Axes | None, placed: pd.DataFrame) -> Axes:
    bodies = list(dict.fromkeys(placed["body"]))
    many = len(bodies) > sizes.EACH
    ax = ax or draw.new(len(bodies) + 1, row=0.16 if many else 0.3)
    years = span(placed)
    cells = placed.assign(
        row=placed["body"].map(bodies.index), column=placed["year"].map(years.index)
    )
    colours = {state: colour for state, (colour, _) in _STATES.items()}
    draw.tiles(ax, cells, [str(year) for year in years], colours, "state")
    _sign(ax, cells)
    draw.rows(ax, bodies, size=_SMALL if many else 8.0)
    return ax


def _sign(ax: Axes, cells: pd.DataFrame) -> None:
    """Signs of the states, for a reader without colours."""
    places: Sequence[tuple[int, int, str]] = list(
        zip(cells["column"], cells["row"], cells["state"], strict=True)
    )
    for column, row, state in places:
        if sign := _STATES[state][1]:
            colour = "white" if state == "rejected" else style.INK
            ax.text(column, row, sign, ha="center", va="center", size=_SMALL, color=colour)
