"""Where: the place that a name means, settled by the places around it or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from govtext.core import regions
from govtext.extract.identify.evidence import Evidence, patterns

_CLEARLY = 3
"""How many times more weight the meant place must have than any other."""
_LEAST = 2
"""Weight that tells a place: named twice, or once with an office behind it."""


def settle(
    places: tuple[str, ...], year: int | None, evidence: Evidence
) -> tuple[regions.Region | None, str]:
    """Place that the last of several names means, or None and the reason.

    Parameters
    ----------
    places : tuple of str
        Names from the highest place to the lowest, as a body's name gives them.
    year : int or None
        Year that is spoken of.
    evidence : Evidence
        What the report says of other places.
    """
    name = places[-1]
    found = regions.named(name, year)
    if len(found) > 1:
        above = {each: regions.ancestors(each, year) for each in found}
        agree = {each: _agreement(places[:-1], above[each], year) for each in found}
        found = tuple(each for each in found if agree[each] == max(agree.values()))
        found = tuple(each for each in found if _wins(each, found, above, evidence)) or found
    if len(found) == 1:
        return found[0], ""
    return None, f"{name} is the name of several places, and the report does not say which"


def level_of(name: str, year: int | None) -> str:
    """Level of the places that bear a name, or an empty string where they differ."""
    levels = {each.level for each in regions.named(name, year)}
    return levels.pop() if len(levels) == 1 else ""


def before(office: str, suffix: str, evidence: Evidence) -> tuple[str, ...]:
    """Names that stand right before an office in the file, if they are always the same place."""
    chains: dict[str, tuple[str, ...]] = {}
    counts: Counter[str] = Counter()
    chain: tuple[str, ...] = ()
    end = -1
    for each in evidence.mentions:
        chain = (*chain, each.name) if each.start == end else (each.name,)
        end = each.end
        if each.name.endswith(suffix) and evidence.witnesses.startswith(office, end):
            chains[each.name] = max(chain, chains.get(each.name, ()), key=len)
            counts[each.name] += 1
    return chains.get(_clear(counts, 1), ())


def dominant(fits: Callable[[str], bool], evidence: Evidence) -> str:
    """Name of the one place of a kind that a report names, or names far more than any other."""
    common = patterns("common_noun")
    weights = Counter(
        {
            name: weight
            for name, weight in evidence.weights.items()
            if fits(name) and not any(row.fullmatch(name) for row in common)
        }
    )
    return _clear(weights, _LEAST)


def _clear(weights: Counter[str], least: int) -> str:
    """Heaviest name if it has at least some weight and clearly more than the next."""
    ranked = weights.most_common(2)
    if not ranked or ranked[0][1] < least:
        return ""
    if len(ranked) > 1 and ranked[0][1] < _CLEARLY * ranked[1][1]:
        return ""
    return ranked[0][0]


def _agreement(chain: tuple[str, ...], above: tuple[regions.Region, ...], year: int | None) -> int:
    """How many of the names in front belong to a place's own ancestors."""
    codes = {each.code for each in above}
    return sum(any(each.code in codes for each in regions.named(name, year)) for name in chain)


def _wins(
    place: regions.Region,
    rivals: tuple[regions.Region, ...],
    above: dict[regions.Region, tuple[regions.Region, ...]],
    evidence: Evidence,
) -> bool:
    """True if what the report names speaks clearly for a place against each of its rivals."""

    def weight(each: regions.Region, other: regions.Region) -> int:
        own = [up.name for up in above[each] if up not in above[other]]
        near = sum(evidence.pairs[up, each.name] for up in own)
        return 10 * near + sum(evidence.weights[up] for up in own)

    return all(
        weight(place, other) >= max(_LEAST, _CLEARLY * weight(other, place))
        for other in rivals
        if other != place
    )
