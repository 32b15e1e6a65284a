"""Figures of the corpus: coverage, removals, identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.analyse import groups
from govtext.core import rules
from govtext.show import figures, style
from govtext.show.plots import boxes, draw, shade, sizes
from govtext.show.style import translate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def coverage(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Which body reports on which year: a dot a body and year, coloured by the level of the body.

    Of more than 12 reports the numbers by year and level.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `coverage` gives. Reports whose body is not known share a row; those whose year is not
        known are counted in the title.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A dot each, or what the rows are, instead of what the number of reports says. The columns
        are years in any case: ``"year"`` is ``"all"``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    there = frame[frame["n_reports"] > 0]
    known = there[there["year"].notna()].astype({"year": int})
    if sizes.of(int(there["n_reports"].sum()), by) == "each":
        ax, drawn = _dots(known, ax), frame
        key, words = "title.coverage", {}
    else:
        kind = "level" if by is None else "all" if by == "year" else by
        drawn = _counts(known, kind)
        ax = _years(drawn, ax)
        key = "title.coverage_all" if kind == groups.WHOLE else "title.coverage_groups"
        words = {"by": translate(f"by.{kind}")}
    n, bodies = int(known["n_reports"].sum()), known["body"].dropna().nunique()
    title = translate(key).format(n=f"{n:,}", bodies=f"{bodies:,}", **words)
    if lost := len(there) - len(known):
        title += "\n" + translate("title.unplaced").format(n=lost)
    draw.entitle(ax, title)
    draw.legend(ax)
    return figures.attach(ax, drawn)


def removed(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Characters that cleaning took out of each report, by rule; of more than 12 the totals.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `corpus.removed` gives.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A bar a report, the totals of all, or the mean a report of a group.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    if sizes.of(frame, by) == "each":
        table = draw.wide(frame, "rule", "characters", sorted(frame["rule"].dropna().unique()))
        return draw.stacked(table, frame, ("rule", "axis.characters_removed", "title.removed"), ax)
    if by not in (None, groups.WHOLE):
        return _removed_by(frame, str(by), ax)
    found = frame.groupby("rule").agg(
        characters=("characters", "sum"), strings=("strings", "sum"),
        n_reports=("report_id", "nunique"),
    )  # fmt: skip
    found = found.sort_values("characters", ascending=False).reset_index()
    ax = ax or draw.new(len(found) + 1, row=0.22)
    ax.barh(range(len(found)), found["characters"], height=0.66, color=draw.colours()[0])
    words = [f"{translate(f'rule.{rule}')} ({n:,})" for rule, n in
             zip(found["rule"], found["n_reports"], strict=True)]  # fmt: skip
    draw.rows(ax, words)
    if not words:
        draw.nothing(ax)
        ax.set_xticks([])
    draw.axis_words(ax, translate("axis.characters_removed"))
    n = frame["report_id"].nunique()
    draw.entitle(ax, translate("title.removed_rules").format(n=f"{n:,}"))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    return figures.attach(style.value_axis(ax, "x"), found)


def identity(frame: pd.DataFrame, *, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Where each field of the identity was read, a tile a field; of many reports the shares.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `corpus.identity` gives.
    by : {"report", "all", "year", "level", "province", "form"}, optional
        A row a report, the shares of all by their source, or the share settled of a group.
    ax : matplotlib.axes.Axes, optional
        Where to draw; else a new figure.
    """
    frame = frame.assign(source=_sources(frame["source"]))
    fields = list(dict.fromkeys(frame["field"]))
    sources = sorted(set(frame["source"]) - {"none"})
    colours = dict(zip(sources, draw.colours(), strict=False)) | {"none": draw.NONE}
    words = [translate(f"field.{field}") for field in fields]
    n = frame["report_id"].nunique()
    if sizes.of(n, by) != "each" and by not in (None, groups.WHOLE):
        return _settled_by(frame, dict(zip(fields, words, strict=True)), str(by), ax)
    if sizes.of(n, by) != "each":
        return _settled(frame, fields, colours, ax)
    reports = frame.drop_duplicates("report_id")
    ax = ax or draw.new(len(reports) + 1)
    places = {report: place for place, report in enumerate(reports["report_id"])}
    cells = frame.assign(
        row=frame["report_id"].map(places), column=frame["field"].map(fields.index)
    ).rename(columns={"source": "state"})
    draw.tiles(ax, cells, words, colours, "source")
    draw.rows(ax, draw.names(reports))
    draw.entitle(ax, translate("title.identity"))
    draw.legend(ax)
    return figures.attach(ax, frame)


def _removed_by(frame: pd.DataFrame, by: str, ax: Axes | None) -> Axes:
    """Mean characters a report that each rule took out, by group."""
    reports = frame.drop_duplicates("report_id").drop(columns=["rule", "strings", "characters"])
    rules_of = sorted(frame["rule"].dropna().unique())
    every = reports.merge(draw.column("rule", rules_of), how="cross")
    sums = frame.groupby(["report_id", "rule"])["characters"].sum().rename("characters")
    rows = every.merge(sums.reset_index(), on=["report_id", "rule"], how="left")
    rows = rows.assign(characters=rows["characters"].fillna(0.0))
    found = groups.means(rows, "characters", by=sizes.kinds(by), per="rule")
    names = {rule: translate(f"rule.{rule}") for rule in rules_of}
    ax = shade.of_groups(found, ("rule", "mean"), names, shade.Look(top=None), ax=ax)
    words = {"n": f"{len(reports):,}", "by": translate(f"by.{by}")}
    draw.entitle(ax, translate("title.removed_by").format(**words))
    return figures.attach(ax, found)


def _settled_by(frame: pd.DataFrame, names: dict[str, str], by: str, ax: Axes | None) -> Axes:
    """Share of the reports of a group of which each field is settled."""
    rows = frame.assign(settled=100.0 * (frame["source"] != "none"))
    found = groups.means(rows, "settled", by=sizes.kinds(by), per="field")
    ax = shade.of_groups(found, ("field", "mean"), names, shade.Look(), ax=ax)
    words = {"n": f"{frame['report_id'].nunique():,}", "by": translate(f"by.{by}")}
    draw.entitle(ax, translate("title.identity_by").format(**words))
    return figures.attach(ax, found)


def _sources(found: pd.Series[str]) -> list[str]:
    """Sources as a legend names them: signs of the page, alone or several, are one."""
    known = {row["key"] for row in rules.load("labels")}
    return [each if f"source.{each}" in known else "signs" for each in found]


def _dots(known: pd.DataFrame, ax: Axes | None) -> Axes:
    """A dot a body and year."""
    names = known["body"].fillna("?")
    bodies = list(dict.fromkeys(names))
    ax = ax or draw.new(len(bodies))
    levels = known["admin_level"].astype(object).fillna("")
    for colour, (level, rows) in zip(
        draw.colours(), known.groupby(levels, sort=False), strict=False
    ):
        places = [bodies.index(body) for body in names[rows.index]]
        label = translate(f"level.{level}" if level else "source.none")
        ax.scatter(rows["year"], places, s=46, color=colour, label=label)
    draw.rows(ax, bodies)
    if len(known):
        first, last = int(known["year"].min()), int(known["year"].max())
        ax.set_xticks(range(first, last + 1))
        ax.set_xlim(first - 0.6, last + 0.6)
    draw.axis_words(ax, translate("axis.year"))
    return style.value_axis(ax, "x")


def _counts(known: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Reports and bodies of every group and year."""
    rows = groups.grouped(known, dict.fromkeys((groups.WHOLE, kind)))
    found = rows.groupby(["by", "group", "year"], sort=False)
    counts = found.agg(n_reports=("n_reports", "sum"), n_bodies=("body", "nunique")).reset_index()
    return counts.astype({"year": int})


def _years(counts: pd.DataFrame, ax: Axes | None) -> Axes:
    """A tile a group and year with the number of reports; the whole in a row of its own."""
    pairs = list(dict.fromkeys(zip(counts["by"], counts["group"], strict=True)))
    years = range(int(counts["year"].min()), int(counts["year"].max()) + 1)
    table = counts.pivot_table(index=["by", "group"], columns="year", values="n_reports")
    table = table.reindex(index=pairs, columns=years)
    n = counts.groupby(["by", "group"])["n_reports"].sum()
    rows = [f"{groups.name(*pair, style.language())} ({n[pair]:,})" for pair in pairs]
    names = [str(year) for year in years]
    top = float(table.iloc[1:].max().max()) if len(table) > 1 else None
    return shade.tiles(table, rows, names, shade.Look(top=top, text="{:,.0f}"), ax=ax)


def _settled(
    frame: pd.DataFrame, fields: list[str], colours: dict[str, str], ax: Axes | None
) -> Axes:
    """Share of the reports whose field is settled, a bar a field, by where it was read."""
    n = frame["report_id"].nunique()
    found = frame.groupby(["field", "source"]).size().reset_index(name="n")
    found = found.assign(n_reports=n, share=found["n"] / n)
    percent = 100 * found.pivot_table(index="field", columns="source", values="share")
    percent = percent.reindex(index=fields, columns=list(colours)).fillna(0.0)
    ax = ax or draw.new(len(fields) + 1)
    shades = [*boxes.SHADES[-2::-1], *draw.colours()]
    left = [0.0] * len(fields)
    for source, tint in zip(colours, shades, strict=False):
        colour = draw.NONE if source == "none" else tint
        ax.barh(range(len(fields)), percent[source], left=left, height=0.7, color=colour,
                edgecolor="white", linewidth=0.6, label=translate(f"source.{source}"))  # fmt: skip
        left = [start + width for start, width in zip(left, percent[source], strict=True)]
    rows = zip(fields, 100 - percent["none"], strict=True)
    draw.rows(ax, [f"{translate(f'field.{field}')} ({settled:.0f}%)" for field, settled in rows])
    ax.set_xlim(0, 100)
    draw.axis_words(ax, translate("axis.reports"))
    draw.entitle(ax, translate("title.identity_share").format(n=f"{n:,}"))
    draw.legend(ax)
    return figures.attach(style.value_axis(ax, "x"), found)
