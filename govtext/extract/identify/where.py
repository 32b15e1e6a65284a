"""Where: the place that a name means, settled by the places around it or not at all.

A name that several places bear, and a body that names none, are settled by what agrees: places that
the report names, codes of the site and the record, telephone and postcode. What contradicts is
named, and leaves the place open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from govtext.core import regions
from govtext.extract.identify.clues import Clue, agreed, clues
from govtext.extract.identify.evidence import Evidence, patterns

_CLEARLY = 3
"""How many times more weight the meant place must have than any other."""
_LEAST = 2
"""Weight that tells a place: named twice, or once with an office behind it."""
TABLE = "region table"


@dataclass(frozen=True, slots=True)
class Place:
    """The lowest place that is settled, with what settled it; or none and the reason.

    `around` is a place that is known to hold the one that is not settled.
    """

    region: regions.Region | None = None
    source: str = TABLE
    reason: str = ""
    around: regions.Region | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """A place that something speaks for: where that was read, and its words for a reason."""

    region: regions.Region
    source: str
    words: str


def settle(places: tuple[str, ...], year: int | None, evidence: Evidence) -> Place:
    """Place that the last of several names means, or none and the reason.

    Parameters
    ----------
    places : tuple of str
        Names from the highest place to the lowest, as a body's name gives them.
    year : int or None
        Year that is spoken of.
    evidence : Evidence
        What the report says of other places, and what else tells the place.
    """
    name = places[-1]
    found = regions.named(name, year)
    if len(found) > 1:
        above = {each: regions.ancestors(each, year) for each in found}
        agree = {each: _agreement(places[:-1], above[each], year) for each in found}
        found = tuple(each for each in found if agree[each] == max(agree.values()))
        if len(found) > 1:
            told = tuple(each for each in found if _wins(each, found, above, evidence))
            return _chosen(name, found, told, clues(evidence))
    if len(found) == 1:
        return Place(found[0])
    return Place(reason=f"{name} is the name of no place in the table")


def _chosen(
    name: str,
    found: tuple[regions.Region, ...],
    told: tuple[regions.Region, ...],
    heard: tuple[Clue, ...],
) -> Place:
    """Place of a name that several bear: the one that the text and every clue allow."""
    ballots = [(TABLE, f"the text ({told[0].name})", set(told))] if len(told) == 1 else []
    for clue in heard:
        allowed = {each for each in found if clue.allows(each)}
        if allowed and len(allowed) < len(found):
            ballots.append((clue.source, str(clue), allowed))
    meant = set(found).intersection(*(allowed for _, _, allowed in ballots))
    if len(meant) == 1:
        sources = dict.fromkeys(source for source, _, _ in ballots)
        return Place(meant.pop(), TABLE if TABLE in sources else "+".join(sources))
    if not meant:
        against = " and ".join(words for _, words, _ in ballots)
        return Place(
            reason=f"{name} is the name of several places; {against} contradict each other"
        )
    return Place(reason=f"{name} is the name of several places, and the report does not say which")


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


def voted(votes: Iterable[Vote], clues: tuple[Clue, ...], around: regions.Region | None) -> Place:
    """Place that every vote is for and no clue speaks against, or none and the reason."""
    votes = list(votes)
    meant = {each.region.code: each.region for each in votes}
    if len(meant) > 1:
        against = " and ".join(f"{each.words} ({each.region.name})" for each in votes)
        return Place(reason=f"{against} contradict each other")
    for region in meant.values():
        against_it = [str(each) for each in clues if not each.reaches(region)]
        if against_it:
            words = " and ".join([f"{votes[0].words} ({region.name})", *against_it[:2]])
            return Place(reason=f"{words} contradict each other")
        return Place(region, "+".join(dict.fromkeys(v.source for v in votes)))
    return Place(around=around)


def votes(
    fits: Callable[[regions.Region], bool],
    year: int | None,
    clues: tuple[Clue, ...],
    *,
    alone: bool,
) -> tuple[list[Vote], regions.Region | None, str]:
    """Votes of the clues for a place of a kind, the place around it, and a contradiction.

    Parameters
    ----------
    fits : callable
        True for a region that the body may be of.
    year : int or None
        Year that is spoken of.
    clues : tuple of Clue
        What tells the place.
    alone : bool
        True if one code is enough, because the body's name says the kind of its place.
    """
    codes = [each for each in clues if each.is_code]
    coded = [(regions.coded(each.codes[0], year), each) for each in codes]
    found = [Vote(region, each.source, str(each)) for region, each in coded if region]
    given = [each for each in found if fits(each.region)]
    if not alone and len({each.source for each in given}) < 2:
        given = [each for each in given if _is_backed(each, clues)]
    around, sources, reason = agreed(clues)
    if around is not None:
        for region in (*regions.ancestors(around, year), around):
            if fits(region) and not _has_rivals(region, fits, year):
                given.append(Vote(region, sources, sources))
    else:
        around = next((each.region for each in found), None)
    pointing = [each for each in clues if each.source in ("telephone", "postcode")]
    provinces = {code[:2] for each in pointing for code in each.codes}
    if len(provinces) == 1:
        province = regions.coded(f"{provinces.pop()}0000", year)
        if province and fits(province):
            sources = "+".join(dict.fromkeys(each.source for each in pointing))
            given.append(Vote(province, sources, sources))
    return given, around, reason


def _is_backed(vote: Vote, clues: tuple[Clue, ...]) -> bool:
    """True if a telephone or a postcode points to the place of a code."""
    return any(not each.is_code and each.reaches(vote.region) for each in clues)


def _has_rivals(
    region: regions.Region, fits: Callable[[regions.Region], bool], year: int | None
) -> bool:
    """True if a place in a prefecture fits as well as the prefecture."""
    return any(map(fits, regions.below(region, "county", year)))


def mentioned(fits: Callable[[str], bool], evidence: Evidence) -> str:
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
