"""Judge quantities and statements of none by the rules, and settle what the report says twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govtext.core.model import Observation, Quantity
from govtext.extract.metrics import book, lists, settle
from govtext.extract.metrics.views import HERE, look, sentences, views

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from govtext.core.model import Document, Section
    from govtext.extract.metrics.views import Text, View

_LONGEST_SENTENCE = 4000
_CELL_REACH = 200


def observe(
    document: Document,
    sections: tuple[Section, ...],
    quantities: tuple[Quantity, ...],
    *,
    year: int | None = None,
) -> tuple[Observation, ...]:
    """Observations of the metrics of the codebook in the prose of a report.

    Parameters
    ----------
    document : Document
        The cleaned report.
    sections : tuple of Section
        Its sections, which cover the text.
    quantities : tuple of Quantity
        Its quantities, in order.
    year : int, optional
        The year reported on; where it is not given, the one that the text names as such.

    Returns
    -------
    tuple of Observation
        In the order of the text; `status` is ``number`` or ``zero_by_negation``, or ``na`` where
        a damaged numeral leaves the value open. `flags` tells what is no value of the year
        (``prior_year cumulative target other_body``), what is one of several parts
        (``component``), and what is said again (``restated``, ``conflict``).
    """
    if not sections or not document.text:
        return ()
    text = look(document, sections)
    reported = settle.report_year(text) if year is None else year
    found = list(_numbers(text, quantities, reported))
    found += _zeros(text, found)
    found.sort(key=lambda each: (each.start, each.end, each.metric))
    return settle.settle(found, text, quantities)


def _numbers(text: Text, quantities: Sequence[Quantity], year: int | None) -> Iterator[Observation]:
    """Observations of the quantities, at most one a metric for each quantity."""
    for view in views(text, quantities):
        if _is_cell(text, view.quantity):
            continue
        seen: set[str] = set()
        for each in lists.spread(view):
            verdict = _verdict(each, "", year)
            if verdict == "reject":
                continue
            for rule in _judge(each, text):
                flag = verdict or _verdict(each, rule.metric, year)
                if rule.metric not in seen and flag != "reject":
                    seen.add(rule.metric)
                    yield _observation(rule, each.quantity, text, flag)


def _is_cell(text: Text, quantity: Quantity) -> bool:
    """True for a number in a line without any stop, as the rows of a table are printed."""
    left = text.folded[max(0, quantity.start - _CELL_REACH) : quantity.start]
    right = text.folded[quantity.end : quantity.end + _CELL_REACH]
    line = left.rpartition("\n")[2] + right.partition("\n")[0]
    return bool(book.marks("cells").search(line)) and not any(mark in line for mark in ",。;:")


def _judge(view: View, text: Text) -> Iterator[book.Rule]:
    """First rule that fits a view, then those that add a second metric to the same number."""
    settled = False
    for rule in book.numbers():
        if settled and not rule.adds:
            continue
        if _fits(rule, view, text):
            yield rule
            settled = settled or not rule.adds


def _fits(rule: book.Rule, view: View, text: Text) -> bool:
    quantity = view.quantity
    if rule.units is not None and quantity.unit not in rule.units:
        return False
    if rule.value is not None and quantity.value != rule.value:
        return False
    if rule.topics and view.topic not in rule.topics:
        return False
    if not rule.pattern.search(view.text):
        return False
    if rule.unless and rule.unless.search(view.text):
        return False
    return all(text.passes(gate, quantity.start, quantity.end) for gate in rule.gates)


def _verdict(view: View, metric: str, year: int | None) -> str:
    """First context that a view stands in: `reject`, a flag, or an empty string.

    With a metric the contexts that concern this metric only, without one those of all.
    """
    for context in book.contexts():
        if metric not in context.metrics if metric else context.metrics:
            continue
        match = context.pattern.search(view.text)
        if match and _of_that_year(match, year):
            return context.verdict
    return ""


def _of_that_year(match: re.Match[str], year: int | None) -> bool:
    """True if the `year` that a context names is before the report's, and its `later` after."""
    named = match.groupdict()
    if not {"year", "later"} & named.keys():
        return True
    if year is None:
        return False
    return int(named.get("year") or year) < year or int(named.get("later") or year) > year


def _observation(rule: book.Rule, quantity: Quantity, text: Text, verdict: str) -> Observation:
    flags = [verdict, "repaired" if "repaired" in quantity.flags else ""]
    return Observation(
        rule.metric,
        quantity.value,
        "number" if quantity.value is not None else "na",
        book.units_of_metrics()[rule.metric],
        quantity.qualifier,
        text.section_at(quantity.start).section_id,
        quantity.start,
        quantity.end,
        text.quote(quantity.start, quantity.end),
        rule.name,
        ";".join(dict.fromkeys(filter(None, flags))),
    )


def _zeros(text: Text, found: Iterable[Observation]) -> list[Observation]:
    """Statements of none, one a metric for each place of the negation."""
    taken = {(each.metric, each.start) for each in found}
    more: list[Observation] = []
    for start, sentence in sentences(text):
        piece = sentence[:_LONGEST_SENTENCE]
        if not book.marks("negation").search(piece):
            continue
        for rule in book.zeros():
            for match in rule.pattern.finditer(piece):
                seen = _zero(rule, match, start, text)
                if seen and (seen.metric, seen.start) not in taken:
                    taken.add((seen.metric, seen.start))
                    more.append(seen)
    return more


def _zero(rule: book.Rule, match: re.Match[str], start: int, text: Text) -> Observation | None:
    begin, end = start + match.start("none"), start + match.end("none")
    around = text.folded[max(start, begin - 60) : begin] + HERE
    around += text.folded[end : start + match.end() + 20].partition("\n")[0]
    if rule.unless and rule.unless.search(around):
        return None
    if rule.topics and text.topic_at(begin) not in rule.topics:
        return None
    whole = start + match.start(), start + match.end()
    if not all(text.passes(gate, *whole) for gate in rule.gates):
        return None
    if text.section_at(begin).part in {"problems", "plans"} and book.marks("future").search(around):
        return None
    blank = Quantity(begin, end, text.raw[begin:end], 0.0, "")
    return replace(_observation(rule, blank, text, ""), status="zero_by_negation")
