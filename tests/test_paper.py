"""tools.paper: the executed study as one PDF, the same bytes each time."""

import io
import json

import pdfplumber
import pytest

from govtext.show import style
from tools import paper

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="9"/></svg>'
PROSE = "# 01 题 *x*\n\n**Figure 1.** Figure 9. One `#raw` **two** [三](http://a.b).\n\n- 四"
TABLE = """<table><thead><tr><th>报告</th><th>n</th></tr></thead>
<tbody><tr><td>]#x 甲\U0001f600</td><td>5</td></tr></tbody></table>"""


@pytest.fixture
def executed(tmp_path):
    """A notebook with prose, a figure, a table and text, some of it hostile to typst."""
    figures, copy = tmp_path / "figures", tmp_path / "01-a.ipynb"
    figures.mkdir()
    (figures / "01-b.svg").write_text(SVG, encoding="utf-8")
    rows = 'file,title\n01-b.svg,"Rates #panic(1) of ""x"", $5"\n'
    (figures / "manifest.csv").write_text(rows, encoding="utf-8")
    cells = [
        {
            "cell_type": "markdown",
            "source": PROSE,
        },
        {
            "cell_type": "code",
            "source": 'ax = gt.plots.rates(a)\ngt.save_figure(ax, "01-b")\na[["b"]]',
            "outputs": [
                {"data": {"text/html": TABLE, "text/plain": "x"}},
                {"data": {"image/png": "", "text/plain": "<Figure>"}},
                {"data": {"text/plain": "'#panic(2)'"}},
            ],
        },
    ]
    copy.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return [copy], figures


def test_all_of_a_notebook_is_in_it_and_no_text_is_a_command(executed):
    made = paper.pdf(*executed)
    assert made == paper.pdf(*executed)
    with pdfplumber.open(io.BytesIO(made)) as document:
        text = "\n".join(page.extract_text() for page in document.pages)
    for said in (
        "01 题 x", "Figure 1. Figure 9. One #raw two 三.", "四",
        'Figure 1: Rates #panic(1) of "x", $5',
        "gt.plots.rates figures/01-b.csv", "Table 1: 01 题 x a", "]#x 甲U+1F600", "'#panic(2)'",
    ):  # fmt: skip
        assert "".join(said.split()) in "".join(text.split()), said


def test_no_character_is_left_without_its_drawing():
    """What the Chinese font lacks is written as its number; the other fonts come before it."""
    assert style.printable("甲a①😀") == "甲a①U+1F600"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("gt.corpus.corpus(study)", "gt.corpus.corpus"),
        ('rates.query("a")[["b"]].round(2)', "rates.query"),
        ("(\n    a.groupby('x')\n    .size()\n)", "a.groupby"),
        ("1 + 1", ""),
    ],
)
def test_what_a_cell_shows_is_named(source, shown):
    assert paper._shown(source) == shown


def test_without_executed_notebooks_it_says_what_to_do(tmp_path, capsys):
    assert paper.write(tmp_path) == 1
    assert "make study first" in capsys.readouterr().out
