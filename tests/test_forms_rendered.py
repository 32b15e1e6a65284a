"""Numbers that an official form admits, printed as reports of every style: each cell reads back.

`make fuzz` draws all of the examples, `make test` every sixth or so of each style.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.core import rules
from govtext.extract import audit, forms
from govtext.extract.clean import clean
from govtext.extract.outline import outline
from govtext.read import read_bytes
from tests import forms_maker
from tests.cases import examples
from tools.pages import STYLES

EXAMPLES = {style: (40, 8) if suffix == ".pdf" else (160, 24) for style, suffix in (
    (name, style.suffix) for name, style in STYLES.items() if style.grid)}  # fmt: skip
"""2,000 in all, of which `make test` draws 300; a PDF takes as long as ten of the others."""
FOREIGN = {"cumulative", "prior_year"}


def drawn(*zeros):
    """Reports in every form; `zeros` are what may stand for none."""
    return st.sampled_from(sorted(forms_maker.FORMS)).flatmap(
        lambda form: forms_maker.reports(form, zeros)
    )


REPORTS = drawn(*forms_maker.ZEROS)
MARKED = drawn(*filter(None, forms_maker.ZEROS))
"""Text has no mark for an empty cell: a row of them is no line."""
PLAIN = drawn("0")


def read_back(style, report):
    """Status and value by metric and applicant, of every observation of the year."""
    document = clean(read_bytes(STYLES[style].make(forms_maker.content_of(report))))
    found = forms.table_observations(forms.table_entries(document), document, outline(document))
    return [
        ((each.metric, each.applicant), (each.status, each.value))
        for each in found
        if not FOREIGN & set(each.flags.split(";"))
    ]


def differences(report, found):
    """What a cell says and what was read of it, where they differ; and what was read twice."""
    said, read = report.cells(), dict(found)
    wrong = {cell: (said.get(cell), read.get(cell)) for cell in said | read
             if said.get(cell) != read.get(cell)}  # fmt: skip
    return wrong, [cell for at, (cell, _) in enumerate(found) if cell in dict(found[:at])]


@pytest.mark.parametrize("style", EXAMPLES)
def test_every_cell_reads_back(style):
    @settings(max_examples=examples(*EXAMPLES[style]))
    @given(MARKED if style == "txt" else REPORTS)
    def check(report):
        assert differences(report, read_back(style, report)) == ({}, [])

    check()


@pytest.mark.parametrize("style", ["txt_cells", "txt_spaced"])
@settings(max_examples=examples(100, 20))
@given(report=PLAIN)
def test_every_cell_reads_back_without_its_grid(style, report):
    assert differences(report, read_back(style, report)) == ({}, [])


@pytest.mark.parametrize(("style", "reports"), [("txt", REPORTS), ("txt_glued", PLAIN)])
def test_cells_that_are_not_told_apart_are_read_right_or_not_at_all(style, reports):
    @settings(max_examples=examples(200, 40))
    @given(reports)
    def check(report):
        said, found = report.cells(), read_back(style, report)
        assert [(cell, read) for cell, read in found if said.get(cell) != read] == []

    check()


def judged(style, report):
    """Identities of the forms that a printed report breaks, and those that it keeps."""
    document = clean(read_bytes(STYLES[style].make(forms_maker.content_of(report))))
    sections = outline(document)
    entries = forms.table_entries(document)
    found = forms.table_observations(entries, document, sections)
    prose = document.without(forms.spans(entries, document))
    findings = audit.audit(prose, sections, (), found)
    said = [each for each in findings if each.identity.startswith("form_")]
    return [
        {each.identity for each in said if each.verdict == verdict}
        for verdict in ("broken", "holds")
    ]


SUMMED = {
    row["id"]: re.findall("[a-z_]+", f"{row['left']} {row['right']}")
    for row in rules.load("identities")
    if row["scope"] == "table"
}


@pytest.mark.parametrize("style", ["modern", "docx", "txt_cells", "md"])
@settings(max_examples=examples(60, 15))
@given(report=drawn("0", "-"), data=st.data())
def test_a_planted_error_is_found_and_none_is_invented(style, report, data):
    """One summed cell is printed one too large: every identity of the form it stands in breaks."""
    broken, held = judged(style, report)
    assert broken == set()
    summed = {metric for name in held & set(SUMMED) for metric in SUMMED[name]}
    cells = sorted(cell for cell in report.numbers if cell[0] in summed)
    (metric, who) = data.draw(st.sampled_from(cells)) if cells else ("", "")
    if not metric or report.zero != "0":
        return
    wrong = dict(report.numbers) | {(metric, who): report.numbers[metric, who] + 1}
    expected = {name for name in held & set(SUMMED) if metric in SUMMED[name]}
    assert expected <= judged(style, replace(report, numbers=wrong))[0]


def test_there_are_as_many_examples_as_promised():
    whole, part = map(sum, zip(*EXAMPLES.values(), strict=True))
    assert whole >= 2_000
    assert part >= 300


@pytest.mark.parametrize("form", forms_maker.COUNTS)
@settings(max_examples=20)
@given(data=st.data())
def test_a_form_has_its_cells(form, data):
    """The maker prints what the form has: else a cell could be missing on both sides."""
    report = data.draw(forms_maker.reports(form))
    assert len(report.cells()) == sum(forms_maker.COUNTS[form])
