"""Questions of the field as calls: two reports, missing ones, breaks, audit, emphasis, reuse."""

from inspect import isfunction, signature

import numpy as np
import pandas as pd
import pytest

import govtext as gt
from govtext.analyse import groups
from govtext.analyse.choosing import CHOICES
from govtext.analyse.panels.breaks import _median_bounds
from govtext.extract.themes import theme_ids
from govtext.pipeline.tables import Study, names
from tools.made.study import perfect
from tools.made.write import REPORTS, write

FIRST = """云岭县人民政府2019年政府信息公开工作年度报告
一、总体情况
我县高度重视政府信息公开工作,成立了领导小组。
2019年,我县主动公开政府信息120条。
本年度召开座谈会,听取各方意见。
二、依申请公开
2019年,共收到申请10件。
"""
SECOND = """云岭县人民政府2020年政府信息公开工作年度报告
一、总体情况
我县高度重视政府信息公开工作,成立了领导小组。
2020年,我县主动公开政府信息150条。
全年举办培训班,邀请专家授课。
二、依申请公开情况
2020年,共收到申请10件。
"""


def written(folder, **texts):
    """A study of some texts, by the names of their files."""
    (folder / "in").mkdir()
    for name, text in texts.items():
        (folder / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    gt.build(folder / "in", folder / "out", progress=lambda line: None)
    return gt.load(folder / "out")


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    return written(tmp_path_factory.mktemp("two"), a=FIRST, b=SECOND)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Tables of 45 made reports of some bodies over years, and a few that are none."""
    folder = tmp_path_factory.mktemp("made")
    write(45, folder, seed=11)
    gt.build(folder / REPORTS, folder / "out", progress=lambda line: None)
    return gt.load(folder / "out")


@pytest.fixture(scope="module")
def many():
    """A perfect reading of 400 made documents, without any files."""
    return perfect(400, seed=7)


def test_two_reports_side_by_side(two):
    found = gt.diff("a", "b", study=two)
    said = found[(found["kind"] == "sentence") & found["after"].notna()].set_index("after")
    kept = said.loc["我县高度重视政府信息公开工作,成立了领导小组。"]
    assert (kept["change"], kept["part"]) == ("kept", "overview")
    changed = said.loc["2020年,我县主动公开政府信息150条。"]
    assert changed["before"] == "2019年,我县主动公开政府信息120条。"
    assert (changed["change"], changed["note"]) == ("changed", "differs in numbers alone")
    assert said.loc["全年举办培训班,邀请专家授课。", "change"] == "added"
    gone = found[(found["kind"] == "sentence") & (found["change"] == "dropped")]
    assert list(gone["before"]) == ["本年度召开座谈会,听取各方意见。"]
    sections = found[found["kind"] == "section"]
    assert dict(zip(sections["after"], sections["change"], strict=True)) == {
        "总体情况": "kept", "依申请公开情况": "changed",
    }  # fmt: skip
    numbers = found[found["kind"] == "number"].set_index("metric")
    assert numbers.loc["proactive_total", "difference"] == 30
    assert numbers.loc["requests_received", "change"] == "kept"
    text = dict(zip(two.reports["report_id"], two.reports["text"], strict=True))
    spans = said[["start_after", "end_after"]].astype(int).itertuples()
    assert all(text["b"][start:end] == sentence for sentence, start, end in spans)


def test_two_reports_are_given_as_files_readings_or_ids(two):
    paths = [two.folder.parent / "in" / f"{name}.txt" for name in "ab"]
    by_id = gt.diff("a", "b", study=two)
    pd.testing.assert_frame_equal(gt.diff(*paths), by_id, check_dtype=False)
    readings = [gt.read_report(path) for path in paths]
    pd.testing.assert_frame_equal(gt.diff(*readings), by_id, check_dtype=False)
    with pytest.raises(KeyError, match="no report 'c'"):
        gt.diff("a", "c", study=two)
    with pytest.raises(TypeError, match="given as a int"):
        gt.diff(1, 2)


def test_a_report_beside_itself_is_all_kept(made):
    name = made.reports["report_id"].iloc[0]
    found = gt.diff(name, name, study=made)
    assert set(found["change"]) == {"kept"}
    assert set(found["kind"]) == {"section", "sentence", "number"}
    assert (found["difference"].dropna() == 0).all()


def test_what_one_report_states_and_the_other_does_not_is_no_difference_from_zero(tmp_path):
    study = written(tmp_path, a=FIRST, b=SECOND.replace("共收到申请10件", "稳妥办理申请"))
    row = gt.diff("a", "b", study=study).query("metric == 'requests_received'").iloc[0]
    assert row["change"] == "dropped"
    assert np.isnan(row["difference"])


def of_a_study():
    """Every public function whose first argument is a study, by the name that it is called by."""
    for name in gt.__all__:
        thing = getattr(gt, name)
        inside = [] if isfunction(thing) else [(f"{name}.{each}", getattr(thing, each))
                                               for each in dir(thing)]  # fmt: skip
        for called, function in [(name, thing)] if isfunction(thing) else inside:
            first = next(iter(signature(function).parameters), "") if isfunction(function) else ""
            if first in ("study", "panel_or_study"):
                yield called, function


# The name alone tells a case: where a function lies in memory differs from process to process.
@pytest.mark.parametrize(
    ("name", "function"), list(of_a_study()), ids=[name for name, _ in of_a_study()]
)
def test_every_call_of_a_study_takes_the_same_choices(name, function):
    if name.startswith(("validate.", "draw_sample", "score", "own_sample", "data_card")):
        pytest.skip("what samples and cards are of is the whole study")
    assert set(CHOICES) <= set(signature(function).parameters), name


def test_choices_are_those_of_filter(made):
    county = made.filter(level="county", years=range(2010, 2014))
    pd.testing.assert_frame_equal(
        gt.panel(made, "requests_received", level="county", years=range(2010, 2014)),
        gt.panel(county, "requests_received"),
    )
    pd.testing.assert_frame_equal(
        gt.stated(made, level="county", years=range(2010, 2014)), gt.stated(county)
    )
    frame = gt.panel(made)
    pd.testing.assert_frame_equal(
        gt.rates(frame, "granted", level="county").reset_index(drop=True),
        gt.rates(made, "granted", level="county").reset_index(drop=True),
    )


def test_a_body_is_chosen_by_the_name_that_joins_its_reports(made):
    first, second = gt.bodies(made)["name"].iloc[:2]
    joined = pd.DataFrame({"name": [first, second], "body": ["joined", "joined"]})
    found = gt.panel(made, "requests_received", body="joined", names=joined)
    assert set(found["body"]) == {"joined"}
    assert set(found["issuer"].dropna()) == {first, second}
    with pytest.raises(ValueError, match="did you mean 'joined'"):
        gt.panel(made, "requests_received", body="joind", names=joined)


def test_missing_reports_are_those_between_and_those_that_are_listed(made, tmp_path):
    frame = made.reports[made.reports["kind"] == "annual_report"]
    issuer = frame["issuer"].value_counts().index[0]
    own = frame[(frame["issuer"] == issuer) & frame["duplicate_of"].isna()].sort_values("year")
    inner, last = own["report_id"].iloc[1], own["report_id"].iloc[-1]
    fewer = made.only(set(made.reports["report_id"]) - {inner, last})
    whole = gt.missing(made)
    found = gt.missing(fewer)
    gone = found[found["body"] == issuer]
    assert len(found) == len(whole) + 1
    assert list(gone["year"]) == [own["year"].iloc[1]], "nothing is expected behind the last"
    assert gone["last_before"].iloc[0] == own["year"].iloc[0]
    assert set(gone["expected"]) == {"between its reports"}
    year = int(own["year"].iloc[-1])
    (tmp_path / "manifest.csv").write_text(f"file,issuer,year\nx.txt,{issuer},{year}\n", "utf-8")
    listed = pd.DataFrame({"name": ["某某局"], "body": ["某某局"]})
    more = gt.missing(fewer, source=tmp_path, names=listed)
    assert more.loc[more["expected"] == "manifest.csv", "year"].tolist() == [year]
    assert set(more.loc[more["expected"] == "bodies.csv", "body"]) == {"某某局"}
    shares = gt.missing(fewer, by="all").iloc[0]
    assert shares["n_missing"] == len(found)
    assert shares["share"] == pytest.approx(len(found) / shares["n_expected"])


def test_breaks_are_of_bodies_that_have_both_sides(many):
    found = gt.breaks(many, "requests_received", by=("all", "level"))
    whole = found[found["by"] == "all"]
    assert list(whole["year"]) == [2014, 2019, 2021]
    frame = gt.panel(many, "requests_received")
    known = frame[frame["value"].notna()]
    for row in whole.itertuples():
        before = known[known["year"].between(row.year - 2, row.year - 1)]
        after = known[known["year"].between(row.year, row.year + 1)]
        both = set(before["body"]) & set(after["body"])
        assert row.n_bodies == len(both) > 12
        assert row.low <= row.ratio <= row.high
        assert row.low < np.exp(0.05) < row.high, "planted: 5% a year"
        assert row.n_reports_after == frame.query(
            "report_id.notna() and @row.year <= year <= @row.year + 1 and ~body.str.startswith('?')"
        )["report_id"].nunique()  # fmt: skip
    with pytest.raises(ValueError, match="a break lies between years"):
        gt.breaks(many, by="year")


def test_an_interval_of_a_median_needs_six_and_holds_it():
    assert np.isnan(_median_bounds(np.arange(5.0))).all()
    generator = np.random.default_rng(1)
    for n in (6, 11, 40):
        bounds = [_median_bounds(generator.lognormal(0, 1, n)) for _ in range(800)]
        assert np.mean([low <= 1 <= high for low, high in bounds]) > 0.935


def test_the_audit_keeps_the_readings_doubt_apart(made):
    findings = made.findings.copy()
    flows = findings.index[findings["verdict"].eq("holds") & findings["identity"].eq("form_flow")]
    findings.loc[flows[::9], "verdict"] = "broken"
    made = with_tables(made, findings=findings)
    found = gt.audit(made)
    assert len(found) == len(made.findings)
    broken = found[found["verdict"] == "broken"]
    assert set(broken["fault"]) == {"report"}
    row = broken.iloc[0]
    flagged = made.observations.copy()
    inside = (
        (flagged["report_id"] == row["report_id"])
        & (flagged["start"] >= row["start"]) & (flagged["end"] <= row["end"])
    )  # fmt: skip
    flagged.loc[inside, "flags"] = "repaired"
    again = gt.audit(with_tables(made, observations=flagged))
    same = again[(again["report_id"] == row["report_id"]) & (again["start"] == row["start"])]
    assert "reading" in set(same["fault"])
    assert (again["fault"] == "reading").sum() >= 1
    by_form = gt.audit(made, by=["all", "form"])
    whole = by_form[by_form["by"] == "all"].iloc[0]
    assert whole["n_broken"] == len(broken)
    assert whole["n_faulty"] == broken["report_id"].nunique()
    assert by_form.loc[by_form["by"] == "form", "n_checks"].sum() == whole["n_checks"]


def with_tables(study, **tables):
    """The same study with other tables."""
    frames = {name: tables.get(name, getattr(study, name)) for name in names()}
    return Study(study.folder, **frames)


SENTENCES = [
    "县政府办公室统筹协调全县信息公开工作,各乡镇和部门明确分管领导与具体经办人员。",
    "全县建立了发布前保密审查制度,凡拟公开的文件均须经科室初审和分管领导签字后方可上网。",
    "依托行政服务中心、图书馆和档案馆设立查阅场所,方便群众就近查询有关规范性文件。",
    "监察部门会同考核办定期抽查各单位栏目更新情况,对逾期未更新的单位予以书面通报。",
]


def test_kept_text_is_told_from_year_to_year(tmp_path):
    body = "云岭县人民政府{year}年政府信息公开工作年度报告\n一、总体情况\n{text}\n"
    new = [
        "今年新建便民大厅并在大厅设置公共查阅点,配备专职人员为来访群众提供查询和打印服务。",
        "通过开展专题培训和知识竞赛,全系统干部对条例的理解有了很大提高,办理质量稳步上升。",
    ]
    study = written(
        tmp_path,
        a=body.format(year=2011, text="\n".join(SENTENCES)),
        b=body.format(year=2012, text="\n".join([*SENTENCES[:2], *new])),
        c=body.format(year=2014, text="\n".join([*SENTENCES[:2], *new])),
    )
    found = gt.reuse.kept(study).set_index("report_id")
    assert list(found["report_before"]) == ["a", "b"]
    assert found.loc["b", "kept"] == pytest.approx(0.5, abs=0.12)
    assert found.loc["c", "kept"] == found.loc["c", "carried"] == 1.0
    assert found.loc["c", "year_before"] == 2012
    means = gt.reuse.kept(study, by="all").set_index("measure")
    assert means.loc["kept", "mean"] == pytest.approx(found["kept"].mean())


def test_emphasis_by_group_is_tested_over_bodies(many):
    """Themes that were planted to move by the year do; before 2019, for the forms move them too."""
    few = many.filter(years=range(2008, 2019))
    means = few.themes.groupby("report_id")[list(theme_ids())].mean().reset_index()
    long = means.melt("report_id", var_name="theme", value_name="share")
    shares = gt.corpus.labels(gt.corpus.counted(few)).merge(long, on="report_id")
    found = gt.emphasis.theme_groups(few, shares, by=("all", "year", "level"))
    tests = found[found["by"] != "all"].drop_duplicates(["by", "theme"]).set_index(["by", "theme"])
    by_year = tests.loc["year"]
    assert by_year.loc["policy_interpretation", "estimate"] > 0
    assert by_year.loc["institution", "estimate"] < 0
    assert by_year.loc[["policy_interpretation", "institution"], "p"].max() < 0.01
    assert (tests.loc["level", "p_holm"] > 0.05).sum() >= 15, "no theme was planted to go with it"
    whole = found[found["by"] == "all"].set_index("theme")["mean"]
    assert whole["problems"] == pytest.approx(shares.query("theme == 'problems'")["share"].mean())
    fewer = gt.emphasis.theme_groups(few, shares, by="all", level="county")
    assert fewer["n_reports"].max() < shares["report_id"].nunique()


CALLS = {
    "rates": lambda study, **by: gt.rates(study, ["granted"], **by),
    "panel": lambda study, **by: gt.panel(study, "requests_received", **by),
    "stated": gt.stated,
    "missing": gt.missing,
    "audit": gt.audit,
    "contents": gt.duties.statutory_contents,
    "kept": gt.reuse.kept,
    "themes": gt.emphasis.theme_groups,
}


@pytest.mark.parametrize("name", CALLS)
def test_by_means_the_same_in_every_call_and_has_a_figure(made, name, settings_back):
    gt.use_style("en")
    few = made.filter(years=range(2010, 2014))
    found = CALLS[name](few, by=groups.KINDS)
    assert set(found["by"]) == set(groups.KINDS)
    size = next(each for each in ("n_reports", "n", "n_expected") if each in found)
    whole = found[found["by"] == "all"]
    for kind in groups.KINDS[1:]:  # the groups of a kind are the whole, taken apart
        own = found[found["by"] == kind]
        assert own[size].sum() == whole[size].sum()
        title = gt.plots.by_group(own).figure.get_suptitle()
        assert any(mark.isdigit() for mark in title)
    with pytest.raises(ValueError, match=r"by is 'levle' \(did you mean 'level'\?\)"):
        CALLS[name](few, by="levle")


def test_a_figure_of_groups_draws_what_the_call_gives(made, settings_back):
    gt.use_style("en")
    frame = gt.rates(made, "granted")
    drawn = gt.plots.drawn(gt.plots.rates_over_years(frame, by="level"))
    called = gt.rates(made, "granted", by=("all", "level"))
    pd.testing.assert_frame_equal(drawn, called, check_dtype=False)
    contents = gt.duties.statutory_contents(made)
    drawn = gt.plots.drawn(gt.plots.duties(contents, by="form"))
    called = gt.duties.statutory_contents(made, by=("all", "form"))
    pd.testing.assert_frame_equal(drawn, called, check_dtype=False)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A study of one report, and one of a file that says nothing."""
    texts = (FIRST, "没有名称的文件\n一些文字。\n")
    return [written(tmp_path_factory.mktemp("small"), a=text) for text in texts]


@pytest.mark.parametrize("name", CALLS)
def test_a_small_study_gets_a_figure_that_says_so(small, name, settings_back):
    gt.use_style("zh")
    for study in small:
        ax = gt.plots.by_group(CALLS[name](study, by=("all", "year")))
        ax.figure.canvas.draw()
    gt.plots.breaks(gt.breaks(study, "requests_received")).figure.canvas.draw()
