"""A study as static pages: made of its tables, whole or not at all, at addresses that stay."""

import re
import shutil
import sys

import pandas as pd
import pytest

from govtext.cli import main
from govtext.core.alone import alone
from govtext.core.model import Cell, Entry, Table, WrongUsage
from govtext.pipeline import tables
from govtext.pipeline.assemble import read_file
from govtext.pipeline.build import build
from govtext.show import evidence
from govtext.show.evidence import grids
from govtext.show.site import MARK, addresses, again, site
from tests import payloads
from tests import test_own_rules as own_rules

TEXT = "某区{year}年政府信息公开工作年度报告\n一、概述\n全年主动公开政府信息{n}条。\n"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "reports"
    folder.mkdir()
    for year, n in ((2012, 30), (2014, 1200)):
        (folder / f"{year}.txt").write_text(TEXT.format(year=year, n=n), encoding="utf-8")
    (folder / "form.html").write_text(payloads.FORM, encoding="utf-8")
    (folder / "prose.txt").write_text(payloads.PROSE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    build(folder, folder.parent / "tables", progress=lambda line: None)
    return folder


@pytest.fixture(scope="module")
def folder(source):
    return source.parent / "tables"


@pytest.fixture(scope="module")
def made(folder):
    site(folder, folder.parent / "site")
    return folder.parent / "site"


def read(made, address):
    return (made / address).read_text(encoding="utf-8")


def test_a_report_made_again_of_the_tables_is_the_one_that_was_read(source, folder):
    found = {each.report_id: each for each in again.reports(tables.load(folder))}
    for path in (source / "form.html", source / "prose.txt"):
        read, same = read_file(path, path.stem, path.name), found[path.stem]
        for name in ("observations", "quantities", "findings", "entries", "sections", "kind"):
            assert getattr(same, name) == getattr(read, name), name
        assert same.identity == read.identity
        assert same.document.text == read.document.text
        assert [each.text for each in same.document.removals] == [
            each.text for each in read.document.removals
        ]


def test_a_page_of_a_site_has_every_number_that_the_page_of_the_file_has(source, made):
    for path in (source / "form.html", source / "prose.txt"):
        ours = evidence.page(read_file(path, path.stem, path.name))
        there = read(made, addresses.report(path.stem))
        for pattern in (r'<mark id="(c\d+)"', r'<tr id="(\w+)"'):
            assert re.findall(pattern, there) == re.findall(pattern, ours)


def test_a_table_made_again_has_each_number_in_its_column(folder):
    report = next(each for each in again.reports(tables.load(folder)) if each.report_id == "form")
    one, other = report.document.tables
    for table in (one, other):
        last = [cell for cell in table.cells if cell.row == max(c.row for c in table.cells)]
        assert [cell.column for cell in last] == [0, 1, 2, 3, 4]
    assert [report.document.text[c.start : c.end] for c in other.cells][-5:] == [
        "1", "", "0", "0", "1",
    ]  # fmt: skip


def test_a_label_above_keeps_its_column(folder):
    """A merged cell stands in the first line that it covers only; numbers stay in their columns."""
    text = "处理\t公开\t4\t5\n不公开\t6\t\n"

    def cell(start, column):
        return Entry(1, "", 0, column, start, start + 1, "number", 1.0, "", "", "")

    starts = (text.index("4"), 2), (text.index("5"), 3), (text.index("6"), 2)
    entries = [cell(*each) for each in starts]
    (table,) = (grids.aligned(each, entries) for each in again._grids(text, entries))
    full = [each for each in table.cells if each.start < each.end]
    places = {text[each.start : each.end]: each.column for each in full}
    assert places == {"处理": 0, "公开": 1, "4": 2, "5": 3, "不公开": 1, "6": 2}


def test_rows_of_blank_cells_keep_their_columns_too():
    """Their cells share a place where the line has nothing between the marks that part them."""

    def entry(column, start, end):
        return Entry(1, "", 0, column, start, end, "number", 1.0, "", "", f"head {column % 2}")

    places = (
        (0, 0, 0, 2),
        (0, 1, 3, 5),
        (0, 2, 6, 7),
        (1, 0, 8, 10),
        (1, 1, 11, 11),
        (1, 2, 11, 11),
    )
    cells = [Cell(row, column, 1, 1, start, end) for row, column, start, end in places]
    blank = Entry(1, "", 1, 1, 11, 11, "blank", None, "", "", "head 0")
    table = grids.aligned(Table(0, 12, tuple(cells)), [entry(2, 6, 7), blank])
    assert [(each.row, each.column) for each in table.cells] == [
        (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (1, 3),
    ]  # fmt: skip


def test_the_pages_list_reports_bodies_metrics_and_what_is_missing(made):
    first = read(made, "index.html")
    assert len(re.findall("<tr>", first)) == 5
    assert "4 reports of 3 bodies, 2012–2021" in first
    coverage = read(made, "coverage.html")
    assert "empty.txt" in coverage, "rejects are told with their reason"
    assert "no report" in coverage
    metric = read(made, addresses.metric("proactive_total"))
    assert re.findall(r'data-value="(1200|30|35)"', metric)
    body = read(made, addresses.body("某区人民政府"))
    address = addresses.report("2014")
    assert re.search(rf'href="\.\./{address}#c\d+">1,200</a>', body)


def test_a_page_says_what_it_is_to_one_who_searches(made):
    for path in made.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert re.search("<title>.+?</title>", text), path
        assert re.search('<meta name="description" content=".+?">', text), path
        assert "Content-Security-Policy" in text


def test_addresses_are_safe_and_stay():
    ids = ["a/b", "a-b", "县/2012", "县/2013", "x" * 900, "..", "\\x80", "a/../b", ""]
    found = [addresses.report(each) for each in ids]
    assert len(set(found)) == len(ids)
    assert all(re.fullmatch(r"reports/[A-Za-z0-9_-]{1,60}\.html", each) for each in found)
    assert addresses.report("a/b") == "reports/a-b-c14cddc033f6.html"


def test_the_same_study_gives_the_same_bytes(folder, made, tmp_path):
    site(tables.load(folder), tmp_path / "again")
    once, twice = ({each.relative_to(place): each.read_bytes() for each in place.rglob("*.*")}
                   for place in (made, tmp_path / "again"))  # fmt: skip
    assert once == twice


def test_a_site_takes_the_place_of_the_old_one_whole(folder, tmp_path):
    out = tmp_path / "site"
    site(folder, out)
    (out / "reports/gone.html").write_text("of a report that is no more", encoding="utf-8")
    assert main(["site", str(folder), "--out", str(out), "--language", "zh"]) == 0
    assert not (out / "reports/gone.html").exists()
    assert 'lang="zh-Hans"' in read(out, "index.html")
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_an_error_leaves_the_old_site(folder, tmp_path, monkeypatch):
    out = tmp_path / "site"
    site(folder, out)
    before = read(out, "index.html")
    monkeypatch.setattr(evidence, "page", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        site(folder, out)
    assert read(out, "index.html") == before
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_one_makes_a_site_at_a_time(folder, tmp_path):
    told = pytest.raises(BlockingIOError, match=r"another site is being made in .*: process")
    with alone(tmp_path / ".site.site-lock"), told:
        site(folder, tmp_path / "site")
    assert site(folder, tmp_path / "site") > 3


def test_a_folder_of_other_things_is_left_alone(folder, tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUsage, match="holds other things than a site"):
        site(folder, tmp_path)
    assert main(["site", str(folder), "--out", str(folder)]) == 2
    assert (folder / "reports.parquet").exists()
    assert not (tmp_path / MARK).exists()
    site(folder, tmp_path / "site")
    (tmp_path / "site/CNAME").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUsage, match="CNAME"):
        site(folder, tmp_path / "site")
    with pytest.raises(WrongUsage, match=r"notes\.txt"):
        site(folder, tmp_path / "notes.txt")


def test_a_study_of_no_report_is_a_site_too(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/a.txt").write_bytes(b"")
    build(tmp_path / "reports", tmp_path / "tables", progress=lambda line: None)
    assert site(tmp_path / "tables", tmp_path / "site") == 3
    assert "a.txt" in read(tmp_path / "site", "coverage.html")


def test_a_removal_of_a_file_that_is_no_text_has_no_characters(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "tables")
    path = tmp_path / "tables/removals.parquet"
    frame = pd.read_parquet(path)
    assert len(frame)
    frame[["raw_start", "raw_end"]] = None
    frame.astype({"raw_start": "Int64", "raw_end": "Int64"}).to_parquet(path)
    pages = [evidence.page(each) for each in again.reports(tables.load(tmp_path / "tables"))]
    assert sum("the file is no plain text" in each for each in pages) == 1


def test_a_site_that_was_cut_off_between_two_renames_is_back(folder, tmp_path, monkeypatch):
    out = tmp_path / "site"
    site(folder, out)
    page = (out / "index.html").read_bytes()
    out.rename(tmp_path / ".site.old-site")

    def fail(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["govtext.show.site"], "_write", fail)
        with pytest.raises(OSError, match="disk full"):
            site(folder, out)
    assert (out / "index.html").read_bytes() == page


def test_a_site_names_a_metric_of_ones_own(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/a.txt").write_text(own_rules.REPORT, encoding="utf-8")
    tables_of = ("frame_terms", "frame_metrics", "codebook")
    own_rules._write(tmp_path / "rules", **{name: own_rules.ALL[name] for name in tables_of})
    say = {"progress": lambda line: None}
    build(tmp_path / "reports", tmp_path / "tables", rules=tmp_path / "rules", **say)
    site(tmp_path / "tables", tmp_path / "site")
    assert "open days for birds" in read(tmp_path / "site", "metrics.html")
    assert "open days for birds" in read(tmp_path / "site", addresses.report("a"))
