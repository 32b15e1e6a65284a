"""Exports read back by the programs that they are for: equal, labelled, and nothing runs."""

import json
import sqlite3
import sys
from contextlib import closing

import pandas as pd
import pyarrow.parquet as pq
import pytest

import govtext as gt
from govtext.cli import main
from govtext.core import rules
from govtext.show.export import KINDS, describe, latex, stata, workbook

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "＝1"]
PLAIN = ["公开", 'said "so", twice\nand again', "", "a|b & c_d%", "12"]


@pytest.fixture
def frame():
    texts = [*FORMULAS, *PLAIN]
    return pd.DataFrame({
        "body": texts,
        "year": pd.array([2014, None] * (len(texts) // 2), dtype="Int64"),
        "value": [1.5, float("nan")] * (len(texts) // 2),
        "status": ["number", "absent"] * (len(texts) // 2),
        "break": [True, False] * (len(texts) // 2),
        "a name that is much longer than Stata takes one": range(len(texts)),
    })  # fmt: skip


def test_a_workbook_holds_the_frame_its_labels_and_no_formula(frame, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `export` is not installed")
    path = gt.export(frame, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["data", "codebook", "metrics"]
    sheet = book["data"]
    assert [cell.value for cell in sheet[1]] == list(frame.columns)
    assert "reports" in sheet["A1"].comment.text
    for cell, text in zip(sheet["A"][1:], frame["body"], strict=True):
        assert cell.data_type != "f"
        assert (cell.value or "").replace("\r", "") == text.replace("\r", "")
        assert cell.quotePrefix == (text in FORMULAS)
    back = pd.read_excel(path)
    assert list(back["value"].fillna(-1)) == list(frame["value"].fillna(-1))
    assert list(back["year"].fillna(-1)) == list(frame["year"].fillna(-1))


def test_a_workbook_has_the_same_bytes_each_time(frame, tmp_path):
    pytest.importorskip("openpyxl", reason="the extra `export` is not installed")
    first, second = (gt.export(frame, tmp_path / f"{name}.xlsx") for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_a_text_that_no_cell_holds_is_cut_and_says_so(tmp_path):
    pytest.importorskip("openpyxl", reason="the extra `export` is not installed")
    path = gt.export(pd.DataFrame({"text": ["长" * 40_000, "a\x00b"]}), tmp_path / "a.xlsx")
    long, control = pd.read_excel(path)["text"]
    assert len(long) == workbook.LONGEST
    assert long.endswith("(cut: Excel holds no more)")
    assert control == "a\ufffdb"


def test_more_rows_than_a_sheet_holds_are_an_error_that_names_another_way(tmp_path):
    pytest.importorskip("openpyxl", reason="the extra `export` is not installed")
    with pytest.raises(ValueError, match=r"1,048,576 rows .* \.parquet"):
        gt.export(pd.DataFrame({"n": range(workbook.ROWS)}), tmp_path / "a.xlsx")


def test_stata_reads_values_and_labels(frame, tmp_path):
    path = gt.export(frame, tmp_path / "a.dta")
    assert path.read_bytes()[:64].startswith(b"<stata_dta><header><release>118</release>")
    with pd.read_stata(path, iterator=True) as reader:
        back = reader.read()
        labels, values = reader.variable_labels(), reader.value_labels()
    assert list(back["body"]) == list(frame["body"])
    assert list(back["status"].astype(str)) == list(frame["status"])
    assert list(back["year"].fillna(-1)) == list(frame["year"].fillna(-1))
    assert list(back["value"].fillna(-1)) == list(frame["value"].fillna(-1))
    assert labels["body"] == "body that reports, under one name in all years"
    assert "number" in values["status"].values()
    assert {0: "no", 1: "yes"} in values.values()


def test_stata_as_pyreadstat_reads_it(frame, tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat", reason="pyreadstat is not installed")
    back, meta = pyreadstat.read_dta(str(gt.export(frame, tmp_path / "a.dta")))
    assert list(back["body"]) == list(frame["body"])
    assert meta.column_names_to_labels["year"] == "year reported on"
    assert set(meta.variable_value_labels["status"].values()) == {"number", "absent"}


def test_stata_takes_every_name_once():
    long = "disclosed_on_request_" + "x" * 30
    names = stata.renamed(["break", "end", "2014", long + "a", long + "b", "年度", "a b"])
    assert len(set(names.values())) == len(names)
    assert all(len(name) <= 32 for name in names.values())
    assert names["break"] == "break_"


def test_csv_is_what_excel_opens(frame, tmp_path):
    path = gt.export(frame, tmp_path / "a.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(path, keep_default_na=False)["body"]
    assert list(back[: len(FORMULAS)]) == [f"'{text}" for text in FORMULAS]
    assert list(back[len(FORMULAS) :]) == PLAIN


def test_parquet_says_what_its_columns_mean(frame, tmp_path):
    path = gt.export(frame, tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(path), frame)
    about = pq.read_schema(path).field("status").metadata
    assert b"absent: not stated" in about[b"codes"]


def test_latex_prints_every_character_and_breaks_long_tables(frame, tmp_path):
    text = gt.export(frame, tmp_path / "a.tex").read_text(encoding="utf-8")
    assert r"a\textbar{}b \& c\_d\%" in text
    assert text.count(r"\toprule") == text.count(r"\bottomrule") == 1
    assert "ctex" in text
    assert all(line.endswith(r"\\") for line in text.splitlines() if " & " in line)
    long = gt.export(pd.DataFrame({"n": range(99)}), tmp_path / "b.tex")
    assert r"\begin{longtable}{r}" in long.read_text(encoding="utf-8")
    assert latex.escaped("\\{}") == r"\textbackslash{}\{\}"


def test_a_study_is_searched_in_sqlite(study, tmp_path):
    path = gt.export(study, tmp_path / "a.sqlite")
    sentences = gt.sentences(study)
    with closing(sqlite3.connect(path)) as database:
        ask = database.execute
        tables = {name for (name,) in ask("select name from sqlite_master where type = 'table'")}
        assert {"reports", "panel", "sentences", "codebook", "metrics"} <= tables
        (sql,) = ask("select sql from sqlite_master where name = 'sentences_fts'").fetchone()
        assert 'content="sentences"' in sql  # by which Datasette knows its search
        for word in ("公开", "依申请公开", "信"):
            (found,) = ask(
                "select count(*) from sentences where rowid in "
                "(select rowid from sentences_fts where sentences_fts match ?)", [f'"{word}"']
            ).fetchone()  # fmt: skip
            assert found == sentences["sentence"].str.contains(word).sum() > 0
        (n,) = ask("select count(*) from observations").fetchone()
        assert n == len(study.observations)


def test_tables_of_a_study_as_duckdb_reads_them(study, tmp_path):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    path = gt.export(study, tmp_path / "a.parquet", table="findings")
    back = duckdb.sql(f"select * from '{path}'").df()
    assert len(back) == len(study.findings)
    assert list(back["statement"]) == list(study.findings["statement"])


@pytest.mark.parametrize("suffix", sorted(KINDS))
def test_the_command_exports_a_study_with_all_beside_it(study_folder, tmp_path, capsys, suffix):
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl", reason="the extra `export` is not installed")
    out = tmp_path / f"mine{suffix}"
    assert main(["export", str(study_folder), str(out)]) == 0
    for name in ("mine-codebook.csv", "mine-card.md", "mine-card.html", "datapackage.json"):
        assert (tmp_path / name).stat().st_size > 100
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    panel = next(each for each in described["resources"] if each["name"] == "mine-panel")
    fields = {each["name"]: each for each in panel["schema"]["fields"]}
    assert fields["value"] == {"name": "value", "type": "number", "description": "value"}


def test_a_description_keeps_other_exports(frame, tmp_path):
    gt.export(frame, tmp_path / "a.csv")
    gt.export(frame, tmp_path / "b.csv")
    gt.export(frame, tmp_path / "b.csv")
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert [each["path"] for each in described["resources"]] == ["a.csv", "b.csv"]


def test_one_panel_and_one_table_are_chosen(study, tmp_path):
    path = gt.export(study, tmp_path / "a.csv", panel="requests_received")
    assert set(pd.read_csv(path)["series"]) == {"requests_received"}
    path = gt.export(study, tmp_path / "b.csv", table="rejects")
    assert list(pd.read_csv(path).columns) == ["path", "cause", "message"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.xls"], "can end in .xlsx"),
        (["a.csv", "--table", "report"], "did you mean 'reports'"),
        (["a.csv", "--panel", "requests_recieved"], "did you mean 'requests_received'"),
        (["nowhere/a.csv"], "nowhere is no folder"),
    ],
)
def test_wrong_usage_is_one_sentence(study_folder, tmp_path, capsys, arguments, said):
    out, *more = arguments
    assert main(["export", str(study_folder), str(tmp_path / out), *more]) == 2
    assert said in capsys.readouterr().err


def test_a_missing_package_is_named_with_its_command(frame, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ImportError, match="pip install openpyxl"):
        gt.export(frame, tmp_path / "a.xlsx")


def test_every_column_that_is_exported_has_a_label(study):
    frames = {
        "panel": gt.panel(study), "rates": gt.rates(study), "coverage": gt.coverage(study),
        "stated": gt.stated(study), "sentences": gt.sentences(study), "kwic": gt.kwic(study),
        "bodies": gt.bodies(study), "audit_years": gt.audit_years(study),
        "labels": gt.corpus.labels(study),
    }  # fmt: skip
    frames |= {name: getattr(study, name) for name in ("reports", "observations", "themes")}
    rows = describe.codebook(frames)
    assert list(rows.loc[rows["label"] == "", "column"]) == []


def test_every_code_of_the_tables_is_explained(study):
    frames = {"panel": gt.panel(study), "rates": gt.rates(study), "coverage": gt.coverage(study)}
    frames |= {"reports": study.reports, "observations": study.observations}
    known = {row["column"] for row in rules.load("codes")}
    for name, frame in frames.items():
        for each in describe.columns(frame, name):
            values = set(frame[each.name].dropna()) - {""} if each.name in known else set()
            assert each.codes or not values, (name, each.name, values)


def test_the_card_counts_what_is_there(study, tmp_path):
    path = gt.data_card(study, tmp_path)
    card = path.read_text(encoding="utf-8")
    assert f"{len(study.reports)} reports were read" in card
    for heading in ("missing", "rejected", "trusted", "Versions", "Codebook", "How to cite"):
        assert heading in card
    assert "gt.draw_sample" in card
    page = (tmp_path / "data-card.html").read_text(encoding="utf-8")
    assert "<script" not in page
    sample = gt.draw_sample(study, 5).assign(right="yes")
    assert "Measured by hand" in gt.data_card(study, tmp_path, sample=sample).read_text(
        encoding="utf-8"
    )
