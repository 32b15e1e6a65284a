"""show.frames: tables as a notebook shows them."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from govtext.show import frames

FRAME = pd.DataFrame(
    {
        "id": ["<script>alert(1)</script>", "b"],
        "value": [12850.0, 98.25],
        "n": pd.array([1, None], dtype="Int64"),
        "quote": ["全年热线电话受理13086件，其中已办结12850件，办结率为98.2%。", None],
        "p": [1e-9, np.nan],
    }
)


def cells(html: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", html, re.DOTALL)]


def test_numbers_are_as_printed_and_what_is_missing_has_one_mark():
    assert cells(frames.table(FRAME)) == [
        "&lt;script&gt;alert(1)&lt;/script&gt;", "12850", "1", FRAME["quote"][0], "1e-09",
        "b", "98.25", "–", "–", "–",
    ]  # fmt: skip


def test_no_part_of_a_frame_becomes_markup():
    evil = FRAME.set_index("id").rename(columns={"value": "<b>v</b>"})
    evil.index.name = "<i>id</i>"
    for frame in (evil, evil.T, evil.set_index("<b>v</b>", append=True), evil.head(0)):
        assert not re.search(r"<(script|b|i)>", frames.table(frame))


def test_of_a_long_table_both_ends_are_shown():
    html = frames.table(pd.DataFrame({"a": range(1000)}))
    assert cells(html) == [str(n) for n in (0, 1, 2, 3, 4, 995, 996, 997, 998, 999)]
    assert "1,000 rows" in html


@pytest.mark.parametrize(
    ("value", "said"), [(2014, "2014"), (0.5, "0.5"), (-0.0, "0"), (True, "True"), (pd.NaT, "–")]
)
def test_a_value_in_words(value, said):
    assert frames.text(value) == said


def test_an_executed_notebook_has_them_and_one_that_is_run_by_hand_can_be_sorted():
    """Executed notebooks have the same bytes each time; itables numbers its tables at random."""
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    shown = "gt.use_style()\npd.DataFrame({'value': [12850.0]})"
    asked = f"os.environ[{frames.INTERACTIVE!r}] = 'interactive'\n"
    cells = [f"import os, govtext as gt, pandas as pd\n{shown}", asked + shown]
    notebook = new_notebook(cells=list(map(new_code_cell, cells)))
    NotebookClient(notebook, kernel_name="python3").execute()
    executed, by_hand = (json.dumps(cell.outputs) for cell in notebook.cells)
    assert "<td>12850</td>" in executed
    assert "itables" not in executed
    assert "12850" in by_hand
    assert "itables" in by_hand
