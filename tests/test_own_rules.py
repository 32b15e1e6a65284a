"""A scholar's own rules: what each table adds, what a bad row says, and which builds have them."""

from __future__ import annotations

import ast
import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import govtext as gt
from govtext.core import rules
from govtext.core.model import Document, Page, Section, Segment
from govtext.core.rules import RuleError
from govtext.extract import metrics, numerals
from govtext.pipeline import own, sources

REPORT = """青禾县2015年政府信息公开工作年度报告

一、概述
2015年,全县举办湿地观鸟开放日8场。发布惠民明白纸36份。县里推进候鸟保护和湿地修复,巡护鸟类栖息地。
新设越冬地监测点。

二、依申请公开情况
本年度收到政府信息公开申请5件。
"""
TERM = {"term": "湿地观鸟开放日", "fills": "thing=bird_day", "source": "mine", "note": ""}
METRIC = {
    "rule": "bird_days", "metric": "bird_days", "thing": "bird_day", "units": "events",
    "example": "全年举办湿地观鸟开放日6场。", "counter_example": "全年举办招聘会6场。",
    "source": "mine", "note": "",
}  # fmt: skip
BOOK = {
    "id": "bird_days", "zh": "观鸟开放日场次", "en": "open days for birds", "part": "proactive",
    "unit": "event", "kind": "count", "definition": "Open days for birds.", "source": "mine",
    "note": "",
}  # fmt: skip
THEME = {
    "id": "birds", "zh": "鸟类", "en": "birds", "definition": "birds and where they live",
    "source": "mine", "note": "",
}  # fmt: skip
WORDS = "湿地 候鸟 鸟类 栖息地 观鸟 越冬地 鸟岛 护鸟 鹤类 天鹅".split()
LEXICON = [
    {"term": word, "theme": "birds", "kind": "term", "source": "mine", "note": ""} for word in WORDS
]
ALL = {
    "frame_terms": [TERM],
    "frame_metrics": [METRIC],
    "codebook": [BOOK],
    "themes": [THEME],
    "lexicon": LEXICON,
    "stopwords": [{"word": "观鸟", "list": "genre", "source": "mine", "note": ""}],
    "body_names": [{"short": "鸟保站", "full": "鸟类保护站", "source": "mine", "note": ""}],
}


def _write(folder: Path, **tables: list[dict[str, str]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _read(text: str, year: int | None = 2015):
    document = Document(Page(text, "txt", "utf-8", ""), text, (Segment(0, 0, len(text)),), ())
    sections = (Section("0", None, 0, "", "", "overview", 0, len(text)),)
    return metrics.read_prose(document, sections, numerals.parse(document.content), year=year)[1]


def _words(figure) -> str:
    """All words that a figure shows, on one line."""
    from matplotlib.text import Text

    return " ".join(" ".join(each.get_text() for each in figure.findobj(Text)).split())


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Folder of two reports with rules beside them."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    (folder / "b.txt").write_text(REPORT.replace("8场", "9场").replace("2015", "2016"), "utf-8")
    _write(folder / "rules", **ALL)
    return folder


@pytest.fixture(scope="module")
def study(reports, tmp_path_factory):
    """Study of them, read by two processes."""
    out = tmp_path_factory.mktemp("tables")
    summary = gt.build(reports, out, 2, progress=lambda _: None)
    assert (summary.n_reports, summary.n_rejects, summary.n_ignored) == (2, 0, 0)
    return gt.load(out)


def test_an_own_term_makes_a_missed_number_found(tmp_path):
    sentence = "全年发布惠民明白纸36份。"
    assert not [each for each in _read(sentence) if each.metric == "policy_interpretations"]
    term = TERM | {"term": "惠民明白纸", "fills": "thing=interpretation"}
    with gt.own_rules(_write(tmp_path / "rules", frame_terms=[term])):
        (found,) = _read(sentence)
    assert (found.metric, found.value) == ("policy_interpretations", 36)
    assert found.rule.endswith(" own:惠民明白纸")
    assert not _read(sentence)


def test_none_of_an_own_thing_is_stated(tmp_path):
    with gt.own_rules(_write(tmp_path / "rules", **ALL)):
        (found,) = _read("全年没有举办湿地观鸟开放日。")
    assert (found.metric, found.status) == ("bird_days", "zero_by_negation")


@pytest.mark.parametrize("text", ["举办8场湿地观鸟开放日活动。", "举办湿地观鸟开放日活动8场。"])
def test_a_general_noun_behind_an_own_thing_does_not_take_its_number(tmp_path, text):
    with gt.own_rules(_write(tmp_path / "rules", **ALL)):
        (found,) = _read(text)
    assert (found.metric, found.value) == ("bird_days", 8)


def test_two_processes_give_an_own_metric_with_its_label_and_rule(study):
    mine = study.observations[study.observations["metric"] == "bird_days"]
    assert list(mine["value"]) == [8, 9]
    assert set(mine["rule"]) == {"own:bird_days"}
    assert set(mine["unit"]) == {"event"}
    ours = study.observations[study.observations["metric"] == "requests_received"]
    assert not ours["rule"].str.startswith(rules.OWN_MARK).any()
    book = gt.codebook(study).set_index("id")
    assert book.loc["bird_days", "en"] == "open days for birds"
    assert "bird_days" not in set(gt.codebook()["id"])


def test_the_analyses_of_a_study_know_its_own_metrics(study):
    panel = gt.panel(study, "bird_days")
    assert list(panel["value"].dropna()) == [8, 9]
    assert "bird_days" in gt.stated(study).to_csv()
    assert "open days for birds" in _words(gt.plots.panel(panel).figure)


def test_an_own_theme_of_ten_terms_is_measured(study):
    assert study.themes["birds"].sum() > 0
    shares = gt.emphasis.theme_shares(study)
    mine = shares[shares["theme"] == "birds"]
    assert len(mine) == 2
    assert (mine["share"] > 0).all()
    assert len(shares["theme"].unique()) == len(rules.load("themes")) + 1
    assert set(gt.kwic(study, "birds")["term"]) <= set(WORDS)
    assert len(gt.kwic(study, "birds"))
    assert "birds" in set(gt.emphasis.theme_ranges(study)["theme"])
    assert "birds" in set(gt.emphasis.substance(study)["theme"])


def test_an_own_theme_has_its_label_in_a_drawing(study):
    axes = gt.plots.substance(gt.emphasis.substance(study))
    assert any(tick.get_text().startswith("birds (") for tick in axes.get_yticklabels())


def test_people_did_not_code_an_own_theme(study):
    assert "birds" not in set(gt.emphasis.coder_agreement(study)["theme"])


def test_ours_alone_are_in_force_outside(study):
    assert rules.own() is None
    assert "birds" not in gt.code_themes(["保护候鸟"])
    with gt.own_rules(study.folder / "own_rules"):
        assert gt.code_themes(["保护候鸟"])["birds"].all()
    assert "birds" not in gt.code_themes(["保护候鸟"])


def test_an_own_stop_word_tells_no_topic(study):
    import pandas as pd

    from govtext.analyse.topics.corpus import documents_of

    paragraphs = pd.DataFrame({"report_id": ["a"], "text": ["x"]})
    with gt.own_rules(study.folder / "own_rules"):
        (left,) = documents_of(paragraphs, lambda _: ["观鸟", "湿地"])
    assert left == ["湿地"]
    assert list(documents_of(paragraphs, lambda _: ["观鸟", "湿地"])) == [["观鸟", "湿地"]]


def test_an_own_short_name_of_a_body_has_its_full_one(tmp_path):
    text = REPORT.replace("青禾县2015年", "青禾县鸟保站2015年")
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.txt").write_text(text, encoding="utf-8")
    gt.build(tmp_path / "r", tmp_path / "without", progress=lambda _: None)
    assert gt.load(tmp_path / "without").reports["issuer_full"].isna().all()
    folder = _write(tmp_path / "names", body_names=ALL["body_names"])
    gt.build(tmp_path / "r", tmp_path / "with", rules=folder, progress=lambda _: None)
    (full,) = gt.load(tmp_path / "with").reports["issuer_full"]
    assert full.endswith("鸟类保护站")


def test_an_own_kind_of_body(tmp_path):
    row = {
        "kind": "department", "pattern": r"\S{1,6}护鸟驿", "example": "某湖护鸟驿",
        "counter_example": "护鸟驿道", "source": "mine", "note": "",
    }  # fmt: skip
    from govtext.extract.identify import names

    assert names._kind("东湖护鸟驿") == ""
    with gt.own_rules(_write(tmp_path / "rules", bodies=[row])):
        assert names._kind("东湖护鸟驿") == "department"


def test_an_own_row_replaces_ours_and_that_is_said(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    row = next(row for row in rules.load("frame_metrics") if row["rule"] == "requests_received")
    mine = dict(row) | {
        "units": "persons", "example": "收到政府信息公开申请5人次。",
        "counter_example": "收到政府信息公开申请5件。", "source": "mine",
    }  # fmt: skip
    _write(tmp_path / "rules", frame_metrics=[mine])
    said = []
    gt.build(tmp_path, tmp_path / "out", progress=said.append)
    assert any("frame_metrics.csv line 2 replaces the row of govtext for requests_received" in each
               for each in said)  # fmt: skip
    assert "requests_received" not in set(gt.load(tmp_path / "out").observations["metric"])


def test_an_excluded_term_of_ours_codes_nothing(tmp_path):
    (ours,) = [row for row in rules.load("lexicon") if row["term"] == "部门预算"]
    row = {"term": "部门预算", "theme": "", "kind": "exclude", "source": "mine", "note": ""}
    assert gt.code_themes(["公开部门预算"])[ours["theme"]].all()
    with gt.own_rules(_write(tmp_path / "rules", lexicon=[row])):
        assert not gt.code_themes(["公开部门预算"])[ours["theme"]].any()


def test_a_build_is_done_anew_when_the_rules_change(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    folder, out = tmp_path / "rules", tmp_path / "out"
    said = []

    def build(**settings):
        said.clear()
        gt.build(tmp_path, out, progress=said.append, **settings)
        return not any("Nothing has changed" in each for each in said)

    _write(folder, frame_terms=[TERM], frame_metrics=[METRIC], codebook=[BOOK])
    assert build()
    assert not build()
    _write(folder, codebook=[BOOK | {"en": "days of birds"}])
    assert build()
    assert gt.codebook(gt.load(out)).set_index("id").loc["bird_days", "en"] == "days of birds"
    for path in folder.glob("*.csv"):
        path.unlink()
    assert build()
    assert "bird_days" not in set(gt.load(out).observations["metric"])
    assert "bird_days" not in set(gt.codebook(gt.load(out))["id"])
    assert build(rules=_write(tmp_path / "elsewhere", stopwords=ALL["stopwords"]))
    assert not gt.load(out).rejects.size


def test_a_folder_of_rules_is_no_report_and_a_folder_of_reports_no_rules(tmp_path):
    _write(tmp_path / "rules", frame_terms=[TERM])
    (tmp_path / "rules" / "README.md").write_text("mine", encoding="utf-8")
    assert sources.documents(tmp_path) == []
    for path in (tmp_path / "rules").iterdir():
        path.unlink()
    (tmp_path / "rules" / "a.txt").write_text(REPORT, encoding="utf-8")
    assert [path.name for path in sources.documents(tmp_path)] == ["a.txt"]


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("frame_terms", {"fills": "thin=bird_day"}, "fills is 'thin=bird_day'; it must be slot"),
        ("frame_terms", {"fills": "thing=Vogel"}, "fills is 'thing=Vogel'"),
        ("frame_terms", {"fills": "scope=mine"}, "'cumulative'"),
        ("frame_terms", {"term": ""}, "term is ''; it must be filled in"),
        ("frame_terms", {"source": ""}, "source is ''; it must be filled in"),
        ("frame_metrics", {"rule": "Bird days"}, "rule is 'Bird days'; it must be a name"),
        ("frame_metrics", {"metric": "birds"}, "add a row to codebook.csv"),
        ("frame_metrics", {"thing": "bird"}, "add a term to frame_terms.csv"),
        ("frame_metrics", {"act": "helt"}, "act is 'helt'"),
        ("frame_metrics", {"units": "shows"}, "add a row to unit_groups.csv"),
        ("frame_metrics", {"about": "maybe"}, "about is 'maybe'; it must be 'yes', empty"),
        ("frame_metrics", {"since": "today"}, "since is 'today'; it must be a year or empty"),
        ("frame_metrics", {"needs": "nothing"}, "needs is 'nothing'"),
        ("frame_metrics", {"example": "召开会议6次。"}, "a sentence that gives bird_days"),
        ("frame_metrics", {"example": "湿地很美。"}, "it holds no number that counts"),
        ("frame_metrics", {"counter_example": METRIC["example"]}, "does not give bird_days"),
        ("codebook", {"id": "2birds"}, "id is '2birds'; it must be a name"),
        ("codebook", {"part": "birds"}, "part is 'birds'; it must be 'fees'"),
        ("codebook", {"unit": "bird"}, "unit is 'bird'"),
        ("codebook", {"kind": "sum"}, "kind is 'sum'; it must be 'amount'"),
        ("codebook", {"zh": ""}, "zh is ''; it must be filled in"),
        ("themes", {"id": "section"}, "a column of the tables is called so"),
        ("themes", {"id": "fish"}, "add rows for it to lexicon.csv"),
        ("lexicon", {"theme": "fish"}, "add a row to themes.csv"),
        ("lexicon", {"kind": "word"}, "kind is 'word'; it must be 'exclude', 'phrase', 'term'"),
        ("lexicon", {"kind": "exclude"}, "theme is 'birds'; it must be empty"),
        ("lexicon", {"kind": "phrase"}, "of a phrase, two parts"),
        ("lexicon", {"term": "鸟"}, "two characters or more"),
        ("stopwords", {"list": "mine"}, "list is 'mine'; it must be 'form', 'function', 'genre'"),
        ("stopwords", {"word": ""}, "word is ''"),
        ("body_names", {"full": ""}, "full is ''"),
    ],
)  # fmt: skip
def test_a_bad_row_says_file_line_and_what_is_allowed(tmp_path, table, change, said):
    rows = [dict(ALL[table][0]) | change, *ALL[table][1:]]
    folder = _write(tmp_path / "rules", **(ALL | {table: rows}))
    with pytest.raises(RuleError) as error:
        own.read(folder)
    assert f"{folder / table}.csv line 2: " in str(error.value)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "bird"}, "kind is 'bird'"),
        ({"pattern": "("}, "a regular expression of Python"),
        ({"example": "某局"}, "a name that the pattern fits"),
        ({"counter_example": "某湖护鸟驿"}, "a name that the pattern does not fit"),
    ],
)
def test_a_bad_kind_of_body(tmp_path, change, said):
    row = {
        "kind": "department", "pattern": r"\S{1,6}护鸟驿", "example": "某湖护鸟驿",
        "counter_example": "", "source": "mine", "note": "",
    }  # fmt: skip
    with pytest.raises(RuleError, match=r"bodies\.csv line 2: ") as error:
        own.read(_write(tmp_path / "rules", bodies=[row | change]))
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("frame_terms", "term,fills,source\n", "line 1: it has no column note"),
        ("frame_terms", "term,fills,source,note,more\n", "line 1: it has a column 'more'"),
        ("frame_terms", "term,term,fills,source,note\n", "line 1: it has a column twice"),
        ("frame_terms", "term,fills,source,note\n甲,thing=a,b\n", "line 2: it has not 4 cells"),
        ("frame_terms", "term,fills,source,note\n甲乙,thing=a,b,\n甲乙,thing=c,b,\n", "line 3: "),
        ("frame_term", "term,fills,source,note\n", "is no file of rules"),
        ("regions", "term,fills,source,note\n", "is no file of rules"),
    ],
)
def test_a_bad_file(tmp_path, name, text, said):
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=said):
        own.read(tmp_path)


def test_an_own_group_of_units(tmp_path):
    group = {"group": "bird_units", "units": "场", "source": "mine", "note": ""}
    tables = ALL | {"unit_groups": [group], "frame_metrics": [METRIC | {"units": "bird_units"}]}
    with gt.own_rules(_write(tmp_path / "rules", **tables)):
        assert [each.metric for each in _read("举办湿地观鸟开放日8场。")] == ["bird_days"]
        assert not _read("举办湿地观鸟开放日8期。")


def test_a_file_of_a_chinese_spreadsheet_is_read(tmp_path):
    text = "term,fills,source,note\r\n惠民明白纸,thing=interpretation,自拟,\r\n"
    (tmp_path / "frame_terms.csv").write_bytes(text.encode("gb18030"))
    with gt.own_rules(tmp_path):
        assert [each.value for each in _read("全年发布惠民明白纸36份。")] == [36]


def test_a_build_leaves_the_rules_of_a_scholar_where_they_are(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    folder = _write(tmp_path / "out" / "rules", frame_terms=[TERM])
    gt.build(tmp_path / "a.txt", tmp_path / "out", rules=folder, progress=lambda _: None)
    gt.build(tmp_path / "a.txt", tmp_path / "out", progress=lambda _: None)
    assert (folder / "frame_terms.csv").is_file()
    assert not (tmp_path / "out" / own.KEPT).exists()


def test_no_folder_of_rules(tmp_path):
    with pytest.raises(FileNotFoundError, match="is no folder"):
        gt.build(tmp_path, tmp_path / "out", rules=tmp_path / "none")


def test_the_command_reads_with_own_rules(reports, tmp_path):
    from govtext import cli

    page = tmp_path / "page.html"
    for more in ([], ["--rules", str(reports / "rules")]):
        assert cli.main(["show", str(reports / "a.txt"), "--out", str(page), *more]) == 0
        assert "bird_days = 8 event" in page.read_text(encoding="utf-8")
    arguments = ["build", str(reports / "a.txt"), "--out", str(tmp_path / "out")]
    assert cli.main([*arguments, "--rules", str(reports / "rules")]) == 0
    assert "bird_days" in set(gt.load(tmp_path / "out").observations["metric"])


def test_own_rules_are_in_force_in_their_thread_only(study):
    with gt.own_rules(study.folder / "own_rules"), ThreadPoolExecutor(1) as threads:
        assert threads.submit(rules.own).result() is None
        assert rules.own() is not None


def test_two_studies_at_once_keep_their_own_rules(study, tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    gt.build(tmp_path, tmp_path / "out", progress=lambda _: None)
    other = gt.load(tmp_path / "out")
    assert "birds" not in set(gt.emphasis.theme_shares(other)["theme"])
    assert "birds" in set(gt.emphasis.theme_shares(study)["theme"])


def test_an_error_in_a_block_leaves_ours_in_force(study):
    with pytest.raises(ZeroDivisionError), gt.own_rules(study.folder / "own_rules"):
        raise ZeroDivisionError
    assert rules.own() is None


def test_nothing_made_of_own_rows_is_kept_for_good():
    package = Path(rules.__file__).parents[1]
    functions = [
        node
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    loading = [each for each in functions if _loads_own(each)]
    assert len(loading) > 10
    assert not [
        each.name
        for each in loading
        if any(ast.unparse(mark) in {"cache", "functools.cache"} for mark in each.decorator_list)
    ]


def _loads_own(function: ast.FunctionDef) -> bool:
    loaded = {f"rules.load('{name}')" for name in rules.KEYS}
    return any(isinstance(node, ast.Call) and ast.unparse(node) in loaded
               for node in ast.walk(function))  # fmt: skip
