"""govtext.figures: drawings saved with their numbers, byte for byte the same."""

import csv
import gc
import hashlib
import io
import os
import subprocess
import sys
import weakref
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

import govtext as gt
from govtext.core import sheets
from govtext.show import figures, style

pytestmark = pytest.mark.usefixtures("settings_back")


def bars(title="Applications received", numbers=(3, 5)):
    """A figure as a plot function makes it: drawn, titled, its frame attached."""
    frame = pd.DataFrame({"place": ["甲市", "乙市"], "n": list(numbers)})
    ax = Figure().add_subplot()
    ax.bar(frame["place"], frame["n"])
    ax.set_title(title)
    return figures.attach(ax, frame)


def test_a_figure_is_saved_with_its_numbers_and_entered_in_the_manifest(figure_folder):
    style.use_style()
    figures.save_figure(bars(), "07-bars")
    figures.save_figure(bars("Second"), "01-bars")
    figures.save_figure(bars("Third"), "01-bars")
    assert pd.read_csv(figure_folder / "07-bars.csv").to_dict("list") == {
        "place": ["甲市", "乙市"],
        "n": [3, 5],
    }
    with (figure_folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["file"] for row in rows] == sorted(
        f"{name}.{kind}" for name in ("01-bars", "07-bars") for kind in ("csv", "png", "svg")
    )
    assert {row["title"] for row in rows} == {"Third", "Applications received"}
    assert rows[-1]["notebook"].startswith("07")
    for row in rows:
        assert (
            hashlib.sha256((figure_folder / row["file"]).read_bytes()).hexdigest() == row["sha256"]
        )
    assert sorted(p.name for p in figure_folder.iterdir()) == [
        *(r["file"] for r in rows),
        "manifest.csv",
    ]


def test_a_file_that_is_gone_leaves_the_manifest(figure_folder):
    style.use_style()
    figures.save_figure(bars(), "01-old")
    for path in figure_folder.glob("01-old.*"):
        path.unlink()
    figures.save_figure(bars(), "01-new")
    assert "01-old" not in (figure_folder / "manifest.csv").read_text(encoding="utf-8")


def test_panels_of_one_figure_are_saved_together(figure_folder):
    style.use_style()
    figure = Figure()
    for title, ax in zip(("North", "South"), figure.subplots(1, 2), strict=True):
        ax.set_title(title)
        figures.attach(ax, pd.DataFrame({"n": [len(title)]}))
    figures.save_figure(figure, "02-panels")
    saved = pd.read_csv(figure_folder / "02-panels.csv")
    assert saved.to_dict("list") == {"panel": ["North", "South"], "n": [5, 5]}


@pytest.mark.parametrize("name", ["bars", "1-bars", "01_bars", "01-Bars", "01-../bars", "01-"])
def test_a_figure_name_of_another_form_is_refused(figure_folder, name):
    with pytest.raises(ValueError, match="is not two digits and words"):
        figures.save_figure(bars(), name)


def test_a_figure_without_numbers_is_refused(figure_folder):
    with pytest.raises(ValueError, match="'01-bare'"):
        figures.save_figure(Figure().add_subplot(), "01-bare")
    assert not figure_folder.exists()


def test_attached_numbers_are_a_copy_and_go_with_the_axes():
    frame = pd.DataFrame({"n": [1]})
    ax = figures.attach(Figure().add_subplot(), frame)
    frame.loc[0, "n"] = 2
    assert figures._DRAWN[ax].loc[0, "n"] == 1
    gone = weakref.ref(ax)
    del ax
    gc.collect()
    assert gone() is None


def study_of(folder, name):
    """A study of one report, in a folder of its own."""
    (folder / "in").mkdir(parents=True)
    text = f"某某市{name}政府信息公开工作年度报告\n一、概述\n2013年,共收到申请12件。\n"
    (folder / "in" / "a.txt").write_text(text, encoding="utf-8")
    gt.build(folder / "in", folder / "out", progress=lambda line: None)
    return folder / "out"


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    return [study_of(tmp_path_factory.mktemp(name) / name, name) for name in ("one", "two")]


def saved(*folders):
    return [sorted(path.stem for path in folder.glob("figures/*.svg")) for folder in folders]


MAKERS = {
    "01-coverage": lambda study: gt.plots.coverage(gt.coverage(study)),
    "01-years": lambda study: gt.plots.coverage_map(gt.coverage(study)),
    "02-density": lambda study: gt.plots.density(gt.corpus.parts(study).query("share >= 0")),
    "03-panel": lambda study: gt.plots.panel(gt.panel(study, "requests_received")),
    "05-themes": lambda study: gt.plots.themes(gt.emphasis.theme_shares(study)),
    "07-quantification": lambda study: gt.plots.quantification(gt.language.quantification(study)),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_figure_goes_to_the_study_that_it_draws(two, name, figure_folder):
    """Whatever was loaded since, and whatever the default study is."""
    first, last = (gt.load(folder) for folder in two)
    gt.save_figure(MAKERS[name](first), name)
    assert name in saved(two[0])[0]
    assert name not in saved(two[1])[0]
    assert not figure_folder.exists()
    gt.save_figure(MAKERS[name](last), name)
    assert name in saved(two[1])[0]


def test_a_study_can_be_named_for_a_figure_made_by_hand(two, figure_folder):
    style.use_style()
    figures.save_figure(bars(), "09-bars", study=gt.load(two[0]))
    assert [("09-bars" in names) for names in saved(*two)] == [True, False]
    assert not figure_folder.exists()
    figures.save_figure(bars(), "09-bars")
    assert (figure_folder / "09-bars.svg").is_file(), "no study is known: it is the default one's"


def test_a_figure_of_two_studies_has_to_say_whose_it_is(two):
    first, last = (gt.load(folder) for folder in two)
    figure = Figure()
    for study, ax in zip((first, last), figure.subplots(1, 2), strict=True):
        gt.plots.density(gt.corpus.parts(study), ax=ax)
    with pytest.raises(ValueError, match="draws several studies: add study="):
        gt.save_figure(figure, "09-both")
    gt.save_figure(figure, "09-both", study=last)
    assert "09-both" in saved(two[1])[0]


def test_no_path_is_in_what_is_saved_of_the_default_study(two, monkeypatch):
    monkeypatch.setenv("GOVTEXT_STUDY", str(two[0]))
    frame = gt.coverage(gt.load())
    assert frame.attrs == {"study": ""}
    gt.save_figure(gt.plots.coverage(frame), "09-default")
    assert "09-default" in saved(two[0])[0]


DRAW = """
import pandas as pd
from matplotlib.figure import Figure
from govtext.show import figures, style
style.use_style(language="zh")
ax = Figure().add_subplot()
ax.plot([1, 2], [0.1, 1 / 3], label="公开")
ax.legend()
figures.save_figure(figures.attach(ax, pd.DataFrame({"y": [0.1, 1 / 3]})), "03-line")
"""


def test_two_runs_give_the_same_bytes(tmp_path):
    for run, seed, zone in (("a", "1", "UTC"), ("b", "2", "Asia/Shanghai")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C"}
        env["GOVTEXT_STUDY"] = str(tmp_path / run)
        subprocess.run([sys.executable, "-c", DRAW], check=True, env=env)
    first, second = (
        {p.name: p.read_bytes() for p in (tmp_path / run / "figures").iterdir()} for run in "ab"
    )
    assert set(first) == {"03-line.svg", "03-line.png", "03-line.csv", "manifest.csv"}
    assert first == second


@pytest.mark.parametrize("cell", ["=1+1", "+甲", "-", "@x", "\t=1", "＝1", "-1-1", "+1e9"])
def test_a_text_that_a_spreadsheet_would_compute_is_marked(cell):
    frame = pd.DataFrame({cell: [cell, None]})
    head, first = list(csv.reader(io.StringIO(sheets.csv_text(frame))))[:2]
    assert head == first == [f"'{cell}"]


def test_numbers_and_their_signs_stay():
    frame = pd.DataFrame({"x": [-1.5, 1 / 3], "text": ["-12", "+3.5"]})
    assert sheets.csv_text(frame) == "x,text\n-1.5,-12\n0.3333333333333333,+3.5\n"


def test_a_named_index_is_a_column_and_an_unnamed_one_is_not():
    frame = pd.DataFrame({"n": [1]}, index=pd.Index(["甲"], name="place"))
    assert sheets.csv_text(frame) == "place,n\n甲,1\n"
    assert sheets.csv_text(frame.reset_index(drop=True)) == "n\n1\n"


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_floats_come_back_exactly(values):
    text = sheets.csv_text(pd.DataFrame({"x": values}))
    assert [float(line) for line in text.splitlines()[1:]] == values


@given(st.lists(st.text(alphabet="=+-@'\",1a甲 ", min_size=1), min_size=1, max_size=5))
def test_no_cell_begins_a_formula_and_every_text_can_be_had_back(texts):
    read = list(csv.reader(io.StringIO(sheets.csv_text(pd.DataFrame({"t": texts})))))[1:]
    for text, (cell,) in zip(texts, read, strict=True):
        assert cell in (text, f"'{text}")
        assert not cell.startswith(("=", "@"))


def test_a_figure_for_print_is_a_pdf_too_and_its_bytes_do_not_change(figure_folder):
    style.use_style(width="column", quality="print")
    made = []
    for _ in range(2):
        figures.save_figure(bars(), "01-bars")
        made.append((figure_folder / "01-bars.pdf").read_bytes())
    assert made[0] == made[1]
    with pytest.raises(ValueError, match="quality is 'best'; it can be 'screen' or 'print'"):
        style.use_style(quality="best")


def test_the_manifest_names_the_table_and_the_function(figure_folder):
    style.use_style()
    frame = pd.DataFrame({"report_id": ["a"], "label_en": "a", "label_zh": "a", "level": 1, "n": 2})
    gt.save_figure(gt.plots.headings(frame), "02-headings")
    with (figure_folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["table"] for row in rows} == {"02-headings.csv"}
    assert {row["function"] for row in rows} == {"gt.plots.headings"}


def groups_frame():
    return pd.DataFrame({"by": "year", "group": ["2013", "2014"], "theme": ["plans", "fiscal"],
                         "share": [0.25, 0.5], "n_reports": [4, 6]})  # fmt: skip


SAID = {
    "en": "Two groups (10 reports). Drawn: 2 rows, 2 themes, 2 groups. "
    "share: from 25.0% (2013, plans) to 50.0% (2014, fiscal).",
    "zh": "Two groups (10 reports)。绘有:2行、2个主题、2个组。"
    "比例:从25.0% (2013, plans)到50.0% (2014, fiscal)。",
}


@pytest.mark.parametrize("language", SAID)
def test_a_figure_tells_what_it_shows_in_every_file(figure_folder, language):
    said = SAID[language]
    style.use_style(language, quality="print")
    ax = Figure().add_subplot()
    ax.set_title("Two groups (10\nreports)" if language == "en" else "Two groups (10 \nreports)")
    figures.save_figure(figures.attach(ax, groups_frame()), "05-groups")
    svg = (figure_folder / "05-groups.svg").read_text(encoding="utf-8")
    assert f"<desc>{said}</desc>" in svg
    assert "<title>Two groups (10 reports)</title>" in svg
    assert svg.index('role="img"') < svg.index("<title>") < svg.index("<metadata>")
    told = Image.open(figure_folder / "05-groups.png").info
    assert (told["Title"], told["Description"]) == ("Two groups (10 reports)", said)
    assert b"/Subject" in (figure_folder / "05-groups.pdf").read_bytes()
    assert set(figures.described(figure_folder).values()) == {said}


def test_what_a_figure_shows_cannot_break_its_file(figure_folder):
    style.use_style()
    ax = Figure().add_subplot()
    ax.set_title("a < b & </title> \\$x")
    frame = pd.DataFrame({"theme": ["<script>", "x"], "share": [0.1, 0.2]})
    figures.save_figure(figures.attach(ax, frame), "05-odd")
    root = ET.parse(figure_folder / "05-odd.svg").getroot()
    title, desc = root[0].text, root[1].text
    assert title == "a < b & </title> $x"
    assert "10.0% (<script>)" in desc


def test_every_figure_tells_how_many_it_draws():
    from govtext.show import alt

    empty = pd.DataFrame({"share": pd.Series([], dtype=float)})
    assert alt.text("Nothing", empty) == "Nothing. Drawn: 0 rows."
    same = pd.DataFrame({"year": [2013, None], "n": [3.0, None]})
    assert alt.text("Some", same).endswith("Years: 2013 to 2013. number: 3 (2013) throughout; "
                                           "without a value: 1.")  # fmt: skip
