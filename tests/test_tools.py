"""Forms as other tools write them: what is read is right, and most is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.extract import forms, repair
from govtext.extract.clean import clean
from govtext.extract.outline import outline
from govtext.read import read_bytes
from tests import forms_maker
from tests.cases import examples
from tests.forms_maker import tools
from tools.pages import STYLES

EXAMPLES = 100, 30
"""Of each tool: 500 in all with `make fuzz`, a part of them in every run."""
ENOUGH = 0.80
FOREIGN = {"cumulative", "prior_year"}
TEXTS = {"layout", "cells"}
"""Text has no mark for an empty cell."""


def read_back(data: bytes):
    """Status and value by metric and applicant, of every observation of the year."""
    document, _ = repair.repair(clean(read_bytes(data)))
    found = forms.table_observations(forms.table_entries(document), document, outline(document))
    return [
        ((each.metric, each.applicant), (each.status, each.value))
        for each in found
        if not FOREIGN & set(each.flags.split(";"))
    ]


def drawn(zeros):
    return st.sampled_from(sorted(forms_maker.FORMS)).flatmap(
        lambda form: forms_maker.reports(form, zeros)
    )


@pytest.mark.parametrize("tool", tools.TOOLS)
def test_what_a_tool_left_of_a_form_is_read_right_and_most_of_it(tool):
    counts = [0, 0]
    zeros = [zero for zero in forms_maker.ZEROS if zero or tool not in TEXTS]

    @settings(max_examples=examples(*EXAMPLES))
    @given(drawn(zeros), tools.damages())
    def check(report, damage):
        said = report.cells()
        found = read_back(tools.TOOLS[tool](forms_maker.content_of(report), damage))
        assert [(cell, read) for cell, read in found if said.get(cell) != read] == []
        assert len(dict(found)) == len(found)
        counts[0] += len(said)
        counts[1] += len(found)

    check()
    assert counts[1] >= ENOUGH * counts[0]


def test_there_are_as_many_examples_as_promised():
    assert EXAMPLES[0] * len(tools.TOOLS) >= 500


# --- misprinted labels ----------------------------------------------------------------------------

LABELS = [label for _, rows in forms_maker.labels.RESULTS for _, label in rows if label]


@pytest.mark.parametrize("style", ["modern", "md", "docx"])
@settings(max_examples=examples(100, 20))
@given(
    report=forms_maker.reports("table2021", ("0",)),
    label=st.sampled_from(LABELS),
    data=st.data(),
)
def test_a_misprinted_label_is_its_row_or_none(style, report, label, data):
    """One or two characters are others or lost; the row's number and neighbours stand."""
    places = data.draw(st.sets(st.integers(2, len(label) - 1), min_size=1, max_size=2))
    marks = {place: data.draw(st.sampled_from(["", "囗", "丬"])) for place in places}
    misprint = "".join(marks.get(place, mark) for place, mark in enumerate(label))
    printed = STYLES[style].make(_misprinted(forms_maker.content_of(report), label, misprint))
    said, found = report.cells(), read_back(printed)
    assert [(cell, read) for cell, read in found if said.get(cell) != read] == []
    assert len(found) >= len(said) - (7 if len(label) < 10 else 0)


def _misprinted(content, label, misprint):
    return tuple(
        replace(
            block,
            rows=tuple(
                tuple(replace(cell, text=misprint) if cell.text == label else cell for cell in row)
                for row in block.rows
            ),
        )
        if hasattr(block, "rows")
        else block
        for block in content
    )
