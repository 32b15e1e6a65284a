"""govtext.style: the look, the labels and the saved figures."""

import csv
import gc
import hashlib
import io
import os
import subprocess
import sys
import warnings
import weakref
from types import MappingProxyType

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from govtext import rules, style, tables


@pytest.fixture(autouse=True)
def _settings_back():
    with warnings.catch_warnings(), mpl.rc_context():
        yield
    style._CHOSEN.language = "en"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "figures_dir", lambda: tmp_path / "figures")
    return tmp_path / "figures"


@pytest.fixture
def labels(monkeypatch):
    row = {"key": "applications", "en": "Applications", "zh": "申请", "source": "", "note": ""}
    monkeypatch.setattr(rules, "load", lambda name: (MappingProxyType(row),))
    style._labels.cache_clear()
    yield
    style._labels.cache_clear()


def bars(title="Applications received", numbers=(3, 5)):
    """A figure as a plot function makes it: drawn, titled, its frame attached."""
    frame = pd.DataFrame({"place": ["甲市", "乙市"], "n": list(numbers)})
    ax = Figure().add_subplot()
    ax.bar(frame["place"], frame["n"])
    ax.set_title(title)
    return style.attach(ax, frame)


def test_the_font_of_the_lock_file_draws_chinese(folder):
    style.use_style()
    ax = bars(title="政府信息公开 −5 ≥ é")
    style.save_figure(ax, "01-bars")
    assert "Noto Sans SC" in ax.title.get_fontname()


def test_a_character_without_glyph_is_an_error_on_drawing_and_leaves_no_file(folder):
    style.use_style()
    ax = bars(title="\U0001f600")
    with pytest.raises(UserWarning, match="missing from"):
        ax.figure.draw_without_rendering()
    with pytest.raises(UserWarning, match="missing from"):
        style.save_figure(ax, "01-bars")
    assert not list(folder.glob("*.svg"))


def test_zhplot_is_found_but_never_imported():
    code = (
        "from govtext import style; style.use_style(); import sys; print('zhplot' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert answer.stdout.strip() == b"False"


def test_a_reader_s_own_settings_do_not_reach_the_figures():
    mpl.rcParams["axes.facecolor"] = "pink"
    style.use_style()
    assert mpl.rcParams["axes.facecolor"] == "white"
    assert not mpl.rcParams["axes.spines.top"]


def test_an_unknown_language_is_refused_with_the_ones_there_are():
    with pytest.raises(ValueError, match=r"'fr'.*'en'.*'zh'"):
        style.use_style(language="fr")


@pytest.mark.parametrize(("language", "text"), [("en", "Applications"), ("zh", "申请")])
def test_labels_follow_the_language(labels, language, text):
    style.use_style(language=language)
    assert style.translate("applications") == text


def test_a_missing_label_is_named(labels):
    with pytest.raises(KeyError, match="'fees'"):
        style.translate("fees")


def test_a_dollar_sign_is_drawn_as_itself(folder):
    style.use_style()
    style.save_figure(bars(title=style.escape("$5 and $x_1^")), "01-bars")
    assert (folder / "01-bars.svg").is_file()


def test_grid_is_on_the_axis_of_the_values_only():
    style.use_style()
    ax = style.value_axis(bars(), "x")
    assert ax.xaxis.get_gridlines()[0].get_visible()
    assert not ax.yaxis.get_gridlines()[0].get_visible()


def test_a_figure_is_saved_with_its_numbers_and_entered_in_the_manifest(folder):
    style.use_style()
    style.save_figure(bars(), "07-bars")
    style.save_figure(bars("Second"), "01-bars")
    style.save_figure(bars("Third"), "01-bars")
    assert pd.read_csv(folder / "07-bars.csv").to_dict("list") == {
        "place": ["甲市", "乙市"],
        "n": [3, 5],
    }
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["file"] for row in rows] == sorted(
        f"{name}.{kind}" for name in ("01-bars", "07-bars") for kind in ("csv", "png", "svg")
    )
    assert {row["title"] for row in rows} == {"Third", "Applications received"}
    assert rows[-1]["notebook"].startswith("07")
    for row in rows:
        assert hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    assert sorted(p.name for p in folder.iterdir()) == [*(r["file"] for r in rows), "manifest.csv"]


def test_a_file_that_is_gone_leaves_the_manifest(folder):
    style.use_style()
    style.save_figure(bars(), "01-old")
    for path in folder.glob("01-old.*"):
        path.unlink()
    style.save_figure(bars(), "01-new")
    assert "01-old" not in (folder / "manifest.csv").read_text(encoding="utf-8")


def test_panels_of_one_figure_are_saved_together(folder):
    style.use_style()
    figure = Figure()
    for title, ax in zip(("North", "South"), figure.subplots(1, 2), strict=True):
        ax.set_title(title)
        style.attach(ax, pd.DataFrame({"n": [len(title)]}))
    style.save_figure(figure, "02-panels")
    saved = pd.read_csv(folder / "02-panels.csv")
    assert saved.to_dict("list") == {"panel": ["North", "South"], "n": [5, 5]}


@pytest.mark.parametrize("name", ["bars", "1-bars", "01_bars", "01-Bars", "01-../bars", "01-"])
def test_a_figure_name_of_another_form_is_refused(folder, name):
    with pytest.raises(ValueError, match="is not two digits and words"):
        style.save_figure(bars(), name)


def test_a_figure_without_numbers_is_refused(folder):
    with pytest.raises(ValueError, match="'01-bare'"):
        style.save_figure(Figure().add_subplot(), "01-bare")
    assert not folder.exists()


def test_attached_numbers_are_a_copy_and_go_with_the_axes():
    frame = pd.DataFrame({"n": [1]})
    ax = style.attach(Figure().add_subplot(), frame)
    frame.loc[0, "n"] = 2
    assert style._DRAWN[ax].loc[0, "n"] == 1
    gone = weakref.ref(ax)
    del ax
    gc.collect()
    assert gone() is None


DRAW = """
import sys
from pathlib import Path
import pandas as pd
from matplotlib.figure import Figure
from govtext import style, tables
tables.figures_dir = lambda: Path(sys.argv[1])
style.use_style(language="zh")
ax = Figure().add_subplot()
ax.plot([1, 2], [0.1, 1 / 3], label="公开")
ax.legend()
style.save_figure(style.attach(ax, pd.DataFrame({"y": [0.1, 1 / 3]})), "03-line")
"""


def test_two_runs_give_the_same_bytes(tmp_path):
    for run, seed, zone in (("a", "1", "UTC"), ("b", "2", "Asia/Shanghai")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C"}
        subprocess.run([sys.executable, "-c", DRAW, str(tmp_path / run)], check=True, env=env)
    first, second = (
        {p.name: p.read_bytes() for p in (tmp_path / run).iterdir()} for run in ("a", "b")
    )
    assert set(first) == {"03-line.svg", "03-line.png", "03-line.csv", "manifest.csv"}
    assert first == second


@pytest.mark.parametrize("cell", ["=1+1", "+甲", "-", "@x", "\t=1", "＝1", "-1-1", "+1e9"])
def test_a_text_that_a_spreadsheet_would_compute_is_marked(cell):
    frame = pd.DataFrame({cell: [cell, None]})
    head, first = list(csv.reader(io.StringIO(style.csv_text(frame))))[:2]
    assert head == first == [f"'{cell}"]


def test_numbers_and_their_signs_stay():
    frame = pd.DataFrame({"x": [-1.5, 1 / 3], "text": ["-12", "+3.5"]})
    assert style.csv_text(frame) == "x,text\n-1.5,-12\n0.3333333333333333,+3.5\n"


def test_a_named_index_is_a_column_and_an_unnamed_one_is_not():
    frame = pd.DataFrame({"n": [1]}, index=pd.Index(["甲"], name="place"))
    assert style.csv_text(frame) == "place,n\n甲,1\n"
    assert style.csv_text(frame.reset_index(drop=True)) == "n\n1\n"


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_floats_come_back_exactly(values):
    text = style.csv_text(pd.DataFrame({"x": values}))
    assert [float(line) for line in text.splitlines()[1:]] == values


@given(st.lists(st.text(alphabet="=+-@'\",1a甲 ", min_size=1), min_size=1, max_size=5))
def test_no_cell_begins_a_formula_and_every_text_can_be_had_back(texts):
    read = list(csv.reader(io.StringIO(style.csv_text(pd.DataFrame({"t": texts})))))[1:]
    for text, (cell,) in zip(texts, read, strict=True):
        assert cell in (text, f"'{text}")
        assert not cell.startswith(("=", "@"))
