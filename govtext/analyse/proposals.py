"""Names that may be of one body: proposed with the evidence, joined by nobody but the user.

A bureau that a reform renamed or merged, a short name and the full one, an office and its
government, a county that became a district. Every proposal is a pair of names of one place that
the reports of a study really go by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from govtext.analyse.records import records
from govtext.core import regions, rules
from govtext.extract.identify.names import Body, take_apart

COLUMNS = ("proposal", "relation", "evidence")
_SUCCESSOR = re.compile(r"(became|merged into) ([0-9]{6})")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a study, its body taken apart, and the years of its reports."""

    name: str
    code: str
    body: Body
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that may be of one body with another, how they are related, and what says so."""

    name: str
    relation: str
    evidence: str


def propose(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame of `gt.bodies` with a proposal for each name that may be another's.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row a name and region code: name, region_code, joined, first_year, last_year.

    Returns
    -------
    pandas.DataFrame
        The same rows with proposal (the name to put into `body` of `bodies.csv`, or null),
        relation (``renamed``, ``merged``, ``place``, ``short``, ``written``, ``office``) and
        evidence, a sentence. Names that the user has joined have none.
    """
    rows = list(records(frame))
    names = [_name(row) for row in rows]
    found = [
        None if row["joined"] or each is None else next(_proposals(each, names), None)
        for row, each in zip(rows, names, strict=True)
    ]
    told = {
        "proposal": [each.name if each else None for each in found],
        "relation": [each.relation if each else None for each in found],
        "evidence": [each.evidence if each else None for each in found],
    }
    return frame.assign(**{name: pd.Series(told[name], frame.index, object) for name in COLUMNS})


def _name(row: dict[str, Any]) -> Name | None:
    body = take_apart(row["name"], "title")
    if body is None:
        return None
    return Name(row["name"], row["region_code"], body, row["first_year"], row["last_year"])


def _proposals(own: Name, names: list[Name | None]) -> Iterator[Proposal]:
    """Proposals for a name, the surest first."""
    others = [each for each in names if each is not None and each != own]
    same = [each for each in others if each.code == own.code]
    yield from _short(own, same)
    yield from _written(own, same)
    yield from _renamed(own, same, names)
    yield from _of_place(own, others)
    yield from _office(own, same)


def _short(own: Name, same: list[Name]) -> Iterator[Proposal]:
    for row in rules.load("body_names"):
        for other in same if own.body.office == row["short"] else ():
            if other.body.office == row["full"]:
                why = f"{row['short']} is short for {row['full']} ({row['source']})"
                yield Proposal(other.name, "short", why)


def _written(own: Name, same: list[Name]) -> Iterator[Proposal]:
    """The same office of the same place, written with more of the places above it."""
    for other in same:
        alike = own.body.office == other.body.office and own.body.zone == other.body.zone
        if alike and own.code and own.name != other.name and other.name.endswith(own.name):
            yield Proposal(other.name, "written", f"{other.name} is {own.name} with its place")


def _renamed(own: Name, same: list[Name], names: list[Name | None]) -> Iterator[Proposal]:
    """The office that took over from the own one in a reform, by the years of their reports."""
    for row in rules.load("body_changes"):
        for other in same if own.body.office == row["before"] else ():
            if other.body.office == row["after"] and own.code and _follows(own, other):
                merged = _others_became(row, own, names)
                relation = "merged" if merged else "renamed"
                also = f", as {' and '.join(merged)} did" if merged else ""
                why = (
                    f"{row['before']} became {row['after']} from {row['year']} on "
                    f"({row['note']}){also}; reports to {own.last}, and from {other.first}"
                )
                yield Proposal(other.name, relation, why)


def _follows(own: Name, other: Name) -> bool:
    """True if the reports of a name begin when those of another have ended."""
    if own.last is None or other.first is None:
        return False
    return own.last <= other.first + 1


def _others_became(row: rules.Row, own: Name, names: list[Name | None]) -> list[str]:
    """Other names of the place that became the same office."""
    before = {
        each["before"]
        for each in rules.load("body_changes")
        if each["after"] == row["after"] and each["before"] != row["before"]
    }
    return [
        each.name
        for each in names
        if each is not None and each.code == own.code and each.body.office in before
    ]


def _of_place(own: Name, others: list[Name]) -> Iterator[Proposal]:
    """The same office of the place that the own one became: 某县财政局, 某区财政局."""
    for relation, code in _successors().get(own.code, ()):
        for other in others:
            if other.code == code and other.body.office == own.body.office:
                why = f"{_called(own.code)} ({own.code}) {relation} {_called(code)} ({code})"
                yield Proposal(other.name, "merged" if "merged" in relation else "place", why)


def _office(own: Name, same: list[Name]) -> Iterator[Proposal]:
    """The government of an office that reports beside it or in its stead."""
    for other in same if own.body.kind == "office" and own.code else ():
        if other.body.kind == "government" and not other.body.zone:
            why = f"{own.name} is the office of {other.name}, and may report for it"
            yield Proposal(other.name, "office", why)


def _called(code: str) -> str:
    region = regions.coded(code)
    return region.name if region else code


@cache
def _successors() -> dict[str, tuple[tuple[str, str], ...]]:
    """Codes that a place's code became or was merged into, by the notes of the region table."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rules.load("regions"):
        for relation, code in _SUCCESSOR.findall(row["note"]):
            if regions.coded(code):
                found[row["code"]] = (*found.get(row["code"], ()), (relation, code))
    return found
