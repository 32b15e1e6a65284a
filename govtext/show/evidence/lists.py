"""Lists of the page: who and when, findings, observations, what is left over, what was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.show.evidence.faults import FAULTS, fault_of, numbers_of
from govtext.show.evidence.look import circled, plain, shown
from govtext.show.evidence.marks import (
    VERDICTS,
    identity,
    is_doubtful,
    kind_of,
    left_over,
    nearest,
    ordered,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtext.core.model import Entry, Finding, Frame, Observation, Quantity, Report
    from govtext.show.evidence.look import Look
    from govtext.show.evidence.marks import Mark

_QUOTED = 60
_CODED = {"admin_level": "level"}
"""Fields whose codes have labels of another name."""
_SLOTS = ("thing", "act", "channel", "outcome", "by", "scope")


def who(look: Look, report: Report) -> str:
    """Table of what was identified, and of the file."""
    page = report.document.page
    file = [("file", report.path), ("read_as", f"{page.format}, {page.encoding}"),
            ("digest", page.sha256)]  # fmt: skip
    rows = (
        f"<tr><th{look.at('say')}>{look.label(key)}</th>"
        f"<td{look.at('say')}>{look.coded(_CODED.get(key, key), str(said))}</td></tr>"
        for key, said in (*identity(report), *file)
    )
    return f"<table{look.at('list who')}>{''.join(rows)}</table>"


def findings(look: Look, report: Report, marks: Sequence[Mark]) -> str:
    """Findings, the broken ones open; each with links to its numbers and where the fault lies."""
    found = ordered(report.findings)
    places = {id(each): place for place, each in enumerate(report.observations, 1)}
    parts = []
    for verdict in VERDICTS:
        rows = [_finding(look, report, marks, each, places) for each in found
                if each.verdict == verdict]  # fmt: skip
        if rows:
            head = f"<summary>{len(rows)} {look.label(verdict)}</summary>"
            is_open = " open" if verdict == "broken" else ""
            body = f"<table{look.at('list')}>{''.join(rows)}</table>"
            parts.append(f"<details{is_open}>{head}{_scrolled(look, body)}</details>")
    legend = " ".join(f"{look.label(f'fault_{each}')}: {look.label(f'why_{each}')}"
                      for each in FAULTS)  # fmt: skip
    note = f"<p{look.at('quiet')}>{legend}</p>" if found else f"<p>{look.label('nothing')}</p>"
    return "".join(parts) + note


def observations(look: Look, report: Report, marks: Sequence[Mark]) -> str:
    """Every observation, of prose and of form cells, with links to its characters."""
    if not report.observations:
        return f"<p>{look.label('nothing')}</p>"
    names = ("number", "metric", "value", "status", "read_in", "words")
    head = "".join(f"<th{look.at('say')}>{look.label(name)}</th>" for name in names)
    rows = (_observation(look, marks, number, each)
            for number, each in enumerate(report.observations, 1))  # fmt: skip
    table = f"<table{look.at('list')}><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return _scrolled(look, table + "</table>")


def left(look: Look, report: Report, marks: Sequence[Mark]) -> str:
    """Every number that no metric took, with what is known of it and the reason."""
    spans = [f"{each.start}-{each.end}" for each, _, _ in left_over(report)]
    rows = [
        f"<tr{_first(look, spans, place)}{look.at('k-left')}>"
        f"<td{look.at('say')}>"
        f"{look.link('c', nearest(marks, each.start), shown(_printed(report, each)))}</td>"
        f"<td{look.at('say number')}>{amount(look, each)}</td>"
        f"<td{look.at('say')}>{look.coded('reason', reason or 'none')}</td>"
        f"<td{look.at('say quiet')}>{shown(_slots(frame))}</td></tr>"
        for place, (each, frame, reason) in enumerate(left_over(report))
    ]
    if not rows:
        return f"<p>{look.label('nothing')}</p>"
    names = ("words", "value", "reason", "slots")
    head = "".join(f"<th{look.at('say')}>{look.label(name)}</th>" for name in names)
    return _scrolled(
        look, f"<table{look.at('list')}><thead><tr>{head}</tr></thead>{''.join(rows)}</table>"
    )


def removed(look: Look, report: Report) -> str:
    """What cleaning took out, by which rule, and which characters of the file it was."""
    page = report.document.page
    rows = []
    for each in report.document.removals:
        span = page.raw_span(each.raw_start, each.raw_end)
        where = f"{span[0]:,}–{span[1]:,}" if span else f"– ({look.label('no_text')})"
        rows.append(
            f"<tr><td{look.at('say')}>{shown(each.text)}</td>"
            f"<td{look.at('say')}>{look.coded('rule', each.rule)}</td>"
            f"<td{look.at('say')}>{where}</td></tr>"
        )
    if not rows:
        return f"<p>{look.label('nothing')}</p>"
    names = ("words", "rule", "where")
    head = "".join(f"<th{look.at('say')}>{look.label(name)}</th>" for name in names)
    return _scrolled(
        look, f"<table{look.at('list')}><thead><tr>{head}</tr></thead>{''.join(rows)}</table>"
    )


def index(look: Look, report: Report) -> str:
    """Metrics that the report states, by their names, each with links to where: to look one up."""
    places: dict[str, list[int]] = {}
    for number, each in enumerate(report.observations, 1):
        places.setdefault(each.metric, []).append(number)
    known = sorted((named(look, metric), metric) for metric in places)
    items = (
        f"<li>{shown(name)} "
        + " ".join(look.link("o", number, circled(number)) for number in places[metric])
        + "</li>"
        for name, metric in known
    )
    return f"<ul>{''.join(items)}</ul>" if places else ""


def named(look: Look, metric: str) -> str:
    """Name of a metric in the language of the page, its id where the codebook has none."""
    # The panels import pandas, which reading a report does without.
    from govtext.analyse.panels import definitions

    known = metric in definitions.metric_ids()
    return definitions.label(metric, look.language) if known else metric


def amount(look: Look, each: Quantity | Observation | Entry) -> str:
    """Value with its unit in the language of the page; a dash where there is none."""
    if each.value is None:
        return "–"
    qualifier = getattr(each, "qualifier", "exact")
    more = "" if qualifier == "exact" else f" ({look.coded('qualifier', qualifier)})"
    unit = look.coded("unit", each.unit) if each.unit else ""
    return f"{each.value:,.15g} {unit}{more}".strip()


def _finding(
    look: Look,
    report: Report,
    marks: Sequence[Mark],
    finding: Finding,
    places: dict[int, int],
) -> str:
    numbers = numbers_of(finding, report)
    fault = fault_of(finding, numbers, report.document.text)
    links = [
        look.link("c", nearest(marks, each.start),
                  circled(places[id(each)]) if id(each) in places
                  else shown(_printed(report, each)))
        for each in numbers
    ] or [look.link("c", nearest(marks, finding.start), look.label("there"))]  # fmt: skip
    told = look.label(f"fault_{fault}") if fault else look.label("holds")
    colour = {"broken": "broken", "holds": "holds"}.get(finding.verdict, "open")
    sides = ""
    if look.language != "en" and finding.delta is not None:
        words = look.label("sides")
        sides = words.format(left=finding.left, right=finding.right, delta=finding.delta) + "<br>"
    return (
        f"<tr><td{look.at(f'say {colour}')}>{told}</td>"
        f"<td{look.at('say')}>{sides}{shown(finding.statement)} {' '.join(links)}</td></tr>"
    )


def _observation(look: Look, marks: Sequence[Mark], number: int, each: Observation) -> str:
    kind = kind_of(each)
    name = named(look, each.metric)
    of = f" · {look.coded('applicant', each.applicant)}" if each.applicant else ""
    doubt = " doubtful" if is_doubtful(each) else ""
    status = [look.coded("status", each.status)] if each.status != "number" else []
    status += [look.coded("flag", flag) for flag in filter(None, each.flags.split(";"))]
    labels = " / ".join(filter(None, (each.row_label, each.column_label)))
    words = labels if each.source == "table" else each.quote
    page = "" if each.page is None else f", {look.label('page')} {each.page}"
    return (
        f'<tr id="{look.anchor("o", number)}"{look.at(f"k-{kind}")}>'
        f"<td{look.at('say')}>{look.link('c', nearest(marks, each.start), circled(number))}</td>"
        f'<td{look.at("say")}><span title="{plain(each.metric)}">{shown(name)}</span>{of}</td>'
        f"<td{look.at('say number')}><span{look.at(kind + doubt)}>{amount(look, each)}</span></td>"
        f"<td{look.at('say quiet')}>{', '.join(status)}</td>"
        f"<td{look.at('say quiet')}>{look.label(each.source)}{page}</td>"
        f"<td{look.at('say')}>{shown(_short(words))}</td></tr>"
    )


def _first(look: Look, spans: Sequence[str], place: int) -> str:
    """Anchor of the first row of a span: the same characters can be two numbers."""
    first = place == 0 or spans[place - 1] != spans[place]
    return f' id="{look.anchor("q", spans[place])}"' if first else ""


def _slots(frame: Frame | None) -> str:
    known = ((name, getattr(frame, name, "")) for name in _SLOTS) if frame else ()
    return ", ".join(f"{name}={said}" for name, said in known if said)


def _printed(report: Report, each: Quantity | Observation | Entry) -> str:
    return report.document.text[each.start : each.end].replace("\n", " ") or "–"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _QUOTED else f"{flat[:_QUOTED]}…"


def _scrolled(look: Look, table: str) -> str:
    return f"<div{look.at('scroll')}>{table}</div>"
