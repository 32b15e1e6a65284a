"""Scales of values: linear, or logarithmic from 1 on where they span three orders of magnitude."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from matplotlib.axes import Axes

_SPAN = 1000.0
_FEW = 2


def wide(values: pd.Series[Any]) -> bool:
    """True where the values above 0 span three orders of magnitude."""
    above = values[values > 0].dropna()
    return len(above) > 1 and float(above.max()) >= _SPAN * float(above.min())


def fit(ax: Axes, values: pd.Series[Any]) -> None:
    """Scale of the values that an Axes shows; below the least power of ten it is linear to 0."""
    if not wide(values):
        return
    from math import floor, log10

    above = values[values > 0]
    least = 1.0 if above.median() >= 1 else 10.0 ** floor(log10(float(above.min())))
    ax.set_yscale("symlog", linthresh=least, linscale=0.4)
    top = float(values.max())
    powers = [least * 10.0**power for power in range(12) if least * 10.0**power <= top]
    shown = powers[1 :: max(1, len(powers) // 3)] if len(powers) > _FEW else powers
    ax.set_yticks([0.0, *shown], [_named(tick) for tick in (0.0, *shown)])
    ax.minorticks_off()


def top(ax: Axes, highest: float) -> float:
    """Where the axis of the values ends: a little above the highest of them."""
    if highest <= 0:
        return 1.0
    return highest * (1.06 if ax.get_yscale() == "linear" else 1.8)


def below(ax: Axes, highest: float) -> Callable[[float], float]:
    """Value that lies so many heights of the axis, from 0 to the highest value, below 0."""
    transform = ax.yaxis.get_transform()
    if ax.get_yscale() == "linear":
        return lambda heights: -heights * highest
    reach = float(transform.transform([highest])[0])
    back = transform.inverted()
    return lambda heights: float(back.transform([-heights * reach])[0])


def _named(tick: float) -> str:
    return f"{tick:,.0f}" if tick >= 1 or tick == 0 else f"{tick:g}"
