"""Nothing that stands in a report is live in what govtext makes of it, and nothing is fetched.

The payloads of `tests/payloads.py` stand in title, issuer, file name, heading and sentence.
"""

import ast
import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govtext as gt
from govtext.core import letters
from govtext.pipeline import tables
from govtext.pipeline.assemble import read_file
from govtext.pipeline.build import build
from govtext.pipeline.progress import Progress
from govtext.show import evidence
from govtext.show.evidence import look
from govtext.show.site import site
from govtext.study import page
from tests import payloads

ROOT = Path(__file__).parents[1]
ISSUER = f"{payloads.FORMULA}某县{payloads.SCRIPT}{payloads.TURNED}{payloads.STEER}{payloads.LATEX}"
RAW = re.compile(r"<(script|img|iframe|object|embed|svg|style|link|base|form|a)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Tables of three reports with payloads in every place that a report can fill."""
    place = tmp_path_factory.mktemp("inert")
    source = place / "reports"
    source.mkdir()
    name = payloads.NAME if os.name == "posix" else "a.txt"
    (source / name).write_text(payloads.PROSE, encoding="utf-8")
    (source / "b.html").write_text(payloads.FORM, encoding="utf-8")
    (source / "c.txt").write_bytes(b"")
    build(source, place / "tables", progress=lambda line: None)
    _plant(place / "tables/reports.parquet", {"title": payloads.TITLE, "issuer": ISSUER})
    _plant(place / "tables/sections.parquet", {"title": f"{payloads.FORMULA}{payloads.IMAGE}"})
    _plant(place / "tables/rejects.parquet", {"path": payloads.NAME, "message": payloads.TITLE})
    return place / "tables"


def _plant(path, cells):
    frame = pd.read_parquet(path)
    assert len(frame), "there is nothing to plant in"
    for column, text in cells.items():
        frame[column] = text
    frame.to_parquet(path)


@pytest.fixture(scope="module")
def study(folder):
    return tables.load(folder)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(payloads.PROSE, encoding="utf-8")
    return read_file(path, "a", payloads.NAME)


def test_the_payloads_reach_the_tables(study):
    """Else the tests below would hold of nothing."""
    assert payloads.SCRIPT in "".join(study.reports["text"])
    assert payloads.STEER in "".join(study.reports["text"])
    assert study.observations["quote"].str.contains("=HYPERLINK").any()
    assert (study.findings["verdict"] == "broken").sum() == 2


def test_no_cell_of_a_workbook_runs_or_links(study, tmp_path):
    pytest.importorskip("openpyxl", reason="the extra `export` is not installed")
    path = gt.export(study, tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert any("HYPERLINK(1)" in text for text in parts.values())
    for text in sheets:
        assert "<f>" not in text
        assert "<f " not in text
        assert "<hyperlink" not in text
    assert not any("externalLink" in name or "vbaProject" in name for name in parts)
    assert "\x1b" not in "".join(parts.values())


@pytest.mark.parametrize("table", ["reports", "sections", "observations", "rejects"])
def test_no_cell_of_a_csv_is_a_formula(study, tmp_path, table):
    path = gt.export(study, tmp_path / "a.csv", table=table)
    text = path.read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any(payloads.FORMULA in cell or payloads.SCRIPT in cell for cell in cells)
    starts = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert all(re.fullmatch(r"-[0-9.e+-]+", cell) for cell in starts), starts


def test_a_stata_file_holds_text_alone(study, tmp_path):
    path = gt.export(study, tmp_path / "a.dta", table="rejects")
    assert list(pd.read_stata(path)["path"]) == [payloads.NAME]


def test_latex_has_no_command_of_a_report(study, tmp_path):
    path = gt.export(study, tmp_path / "a.tex", table="rejects")
    text = path.read_text(encoding="utf-8")
    assert "cmd" in text
    path = gt.export(study, tmp_path / "b.tex", panel="proactive_total")
    panel = path.read_text(encoding="utf-8")
    assert "passwd" in panel
    for made in (text, panel):
        assert not re.search(r"\\(input|write|include|openin|immediate|catcode|def)\b", made)
        assert "\x1b" not in made
        assert "^^" not in made


def test_a_database_has_no_view_or_trigger_of_a_report(study, tmp_path):
    path = gt.export(study, tmp_path / "a.sqlite")
    with closing(sqlite3.connect(path)) as base:
        kinds = {kind for (kind,) in base.execute("select type from sqlite_master")}
        titles = base.execute("select title from reports").fetchall()
        made = " ".join(sql or "" for (sql,) in base.execute("select sql from sqlite_master"))
    assert kinds <= {"table", "index"}
    assert {title for (title,) in titles} == {payloads.TITLE}
    assert "script" not in made


def test_the_data_card_escapes_what_it_tells(study, tmp_path):
    card = gt.data_card(study, tmp_path)
    for path in (card, card.with_suffix(".html")):
        text = path.read_text(encoding="utf-8")
        assert "alert(1)" in text, path
        assert not re.search(r"<(script|img)\b", text), path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_and_a_notebook_hold_no_tag_of_a_report(report, language):
    for made in (evidence.page(report, language), evidence.fragment(report, language)):
        tags = {each.lower() for each in RAW.findall(made)}
        assert tags <= {"a", "style", "base"}
        assert "javascript:" not in re.sub(r"&lt;.*?&gt;", "", made)
        assert not re.search(r'\bon[a-z]+="', made)
        assert not letters.HIDDEN.search(made), "what is not seen is shown as what it is"
        assert "U+202E" in made
        assert "U+001B" in made


def test_a_notebook_is_the_same_when_its_page_is_cleaned(report):
    """The cleaner of exported pages finds nothing to take out: there is nothing live."""
    cleaned = page.sanitise(evidence.fragment(report))
    for word in ("35条", "U+202E", payloads.FORMULA):
        assert word in cleaned
    assert "<script" not in cleaned
    assert len(re.findall("<mark", cleaned)) == len(re.findall("<mark", evidence.fragment(report)))


def test_a_site_holds_one_script_and_no_tag_of_a_report(study, tmp_path):
    site(study, tmp_path / "site")
    paths = list((tmp_path / "site").rglob("*.html"))
    assert len(paths) > 8
    for path in paths:
        text = path.read_text(encoding="utf-8")
        in_reports = path.parent.name == "reports"
        assert len(re.findall("<script", text)) == (0 if in_reports else 1), path
        bare = re.sub(r"<script>.*?</script>|<style>.*?</style>", "", text, flags=re.DOTALL)
        assert not re.search(r"<(script|img|iframe|object|embed|base|form|link)\b", bare), path
        assert not re.search(r"https?://|javascript:(?!alert)", bare), path
        assert not letters.HIDDEN.search(bare), path
        assert re.fullmatch(r"[A-Za-z0-9_-]+\.html", path.name)


def test_a_terminal_is_not_steered(report, capsys):
    lines = evidence.plain(report)
    Progress(print).reject(f"a{payloads.STEER}{payloads.TURNED}.txt", f"因{payloads.STEER}")
    lines += capsys.readouterr().out
    assert "alive" in lines
    assert not letters.HIDDEN.search(lines)


def test_an_error_does_not_steer_a_terminal(tmp_path):
    from govtext.cli import main

    with pytest.MonkeyPatch.context() as patch:
        told = io.StringIO()
        patch.setattr(sys, "stderr", told)
        assert main(["show", str(tmp_path / f"a{payloads.STEER}{payloads.TURNED}.txt")]) == 2
    assert "U+001B" in told.getvalue()
    assert not letters.HIDDEN.search(told.getvalue())


@pytest.mark.usefixtures("settings_back")
def test_the_title_of_a_figure_is_text(figure_folder):
    frame = pd.DataFrame({"x": [1, 2], "y": [3, 4]})
    from govtext.show import figures, style

    gt.use_style()
    import matplotlib.pyplot as plt

    ax = plt.figure().subplots()
    ax.plot(frame["x"], frame["y"])
    ax.set_title(style.escape(f"{payloads.TITLE}{payloads.LATEX}$x$ --><script>"))
    gt.save_figure(figures.attach(ax, frame), "01-planted")
    drawn = (figure_folder / "01-planted.svg").read_text(encoding="utf-8")
    assert "<script" not in drawn
    assert not letters.HIDDEN.search(drawn)


def test_no_file_is_a_pickle(folder, tmp_path, study):
    site(study, tmp_path / "site")
    made = [path for place in (folder, tmp_path) for path in place.rglob("*") if path.is_file()]
    assert made
    for path in made:
        assert path.suffix not in {".pkl", ".pickle", ".joblib", ".npy"}, path
        assert not re.match(rb"\x80[\x02-\x05]", path.read_bytes()[:2]), path


def test_pickles_pass_between_own_processes_only():
    pipes = {"govtext/pipeline/inside.py", "govtext/pipeline/sandbox.py"}
    ways = {"pickle", "joblib", "dill", "shelve", "marshal", "read_pickle", "to_pickle"}
    users = set()
    for path in sorted((ROOT / "govtext").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if any(way in text for way in ways) else ():
            names = {each.name for each in node.names} if isinstance(node, ast.Import) else set()
            names |= {node.module} if isinstance(node, ast.ImportFrom) else set()
            names |= {node.attr} if isinstance(node, ast.Attribute) else set()
            if names & ways:
                users.add(path.relative_to(ROOT).as_posix())
    assert users == pipes


_CLOSED = """
import os, socket, sys
def tell(what):
    with open(os.environ["TOLD"], "a", encoding="utf-8") as log:
        log.write(what + "\\n")
tell(f"process {os.getpid()}")
def refuse(name):
    def call(*arguments, **settings):
        if arguments and getattr(arguments[0], "family", None) == getattr(socket, "AF_UNIX", 0):
            return real[name](*arguments, **settings)
        tell(f"network {name} {arguments[1:]!r}")
        raise OSError("the network is closed")
    return call
real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto", "bind")}
for name in real:
    setattr(socket.socket, name, refuse(name))
socket.getaddrinfo = socket.create_connection = refuse("getaddrinfo")
"""
_STEPS = """
import sys
from govtext.cli import main
source, out = sys.argv[1:]
steps = [
    ["build", source, "--out", out + "/tables"],
    ["show", source + "/a.txt", "--out", out + "/a.html"],
    ["site", out + "/tables", "--out", out + "/site"],
]
for step in steps:
    assert main(step) == 0, step
"""


def test_build_show_and_site_never_touch_the_network(tmp_path):
    """Neither this process nor one that it starts: each says that it came, and what it asked."""
    source = tmp_path / "reports"
    source.mkdir()
    for name in "abc":
        text = payloads.PROSE.replace("35", str(ord(name)))
        (source / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "sitecustomize.py").write_text(_CLOSED, encoding="utf-8")
    told = tmp_path / "told.txt"
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path, "TOLD": str(told)}
    command = [sys.executable, "-c", _STEPS, str(source), str(tmp_path)]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    lines = told.read_text(encoding="utf-8").splitlines()
    assert len([each for each in lines if each.startswith("process")]) > 1, "the sandbox came too"
    assert [each for each in lines if each.startswith("network")] == []
    assert (tmp_path / "site/index.html").exists()


def test_the_closed_network_is_noticed(tmp_path):
    """What the test above relies on."""
    (tmp_path / "sitecustomize.py").write_text(_CLOSED, encoding="utf-8")
    told = tmp_path / "told.txt"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "TOLD": str(told)}
    code = "import urllib.request as u; u.urlopen('http://127.0.0.1:9/')"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, check=False, env=environment, capture_output=True)
    assert done.returncode
    assert "network" in told.read_text(encoding="utf-8")


def test_a_data_package_is_json_and_no_more(study, tmp_path):
    gt.export(study, tmp_path / "a.csv", table="rejects")
    known = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert [each["path"] for each in known["resources"]] == ["a.csv"]


ODD = f"<>&\"'=公3件\t\n{payloads.TURNED}{payloads.HIDDEN}\x1b\u2028a/;"


@given(st.text(st.sampled_from(ODD) | st.characters()))
def test_any_text_is_shown_as_what_it_is(text):
    made = look.shown(text)
    assert not letters.HIDDEN.search(made)
    bare = re.sub(r'<code class="hidden" title="[^"<>]+">(U\+[0-9A-F]+)</code>', r"\1", made)
    assert not set("<>\"'") & set(bare)
    kept = letters.HIDDEN.sub(lambda found: letters.code(found[0]), text)
    assert unescape(bare) == kept


@given(st.text(max_size=60))
def test_a_line_for_a_terminal_is_one_line(text):
    line = letters.one_line(text)
    assert len(line.splitlines()) <= 1
    assert not letters.HIDDEN.search(line)
    assert "\t" not in line
