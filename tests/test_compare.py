"""What moved between two builds: added, gone, changed, and by which rule."""

import shutil

import pandas as pd
import pytest

import govtext as gt
from govtext.analyse.builds import lines
from govtext.cli import main
from govtext.pipeline.build import build
from tests.test_build import REPORT, correct


@pytest.fixture
def builds(tmp_path):
    """A source, and a function that builds it as it is into a folder."""
    source = tmp_path / "source"
    source.mkdir()
    for name in ("a", "b"):
        (source / f"{name}.txt").write_text(REPORT.format(n=100), encoding="utf-8")

    def made(name):
        build(source, tmp_path / name, progress=lambda line: None)
        return tmp_path / name

    return source, made


def told(moved):
    names = ["report_id", "metric", "change", "old_value", "new_value"]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row) for row in moved[names].to_numpy()
    ]


def test_builds_that_say_the_same_share_all(builds):
    _, made = builds
    moved = gt.compare(made("old"), gt.load(made("new")))
    assert moved.empty
    assert list(lines(moved)) == ["0 added, 0 gone, 0 changed"]


def test_a_correction_is_a_change_with_its_rule(builds, capsys):
    source, made = builds
    old = made("old")
    correct(source, "a,requests_received,,21,,", "b,trainings,,3,,", "b,requests_received,,,,")
    new = made("new")
    moved = gt.compare(old, new)
    assert told(moved) == [
        ("a", "requests_received", "changed", 12, 21),
        ("b", "requests_received", "changed", 12, None),
        ("b", "trainings", "added", None, 3),
    ]
    assert moved["new_rule"][2] == "corrections.csv"
    assert list(moved["new_status"]) == ["number", "na", "number"]
    assert [row[2] for row in told(gt.compare(new, old))] == ["changed", "changed", "gone"]
    rule = gt.load(old).observations.set_index("metric")["rule"]["requests_received"].iloc[0]
    assert main(["compare", str(old), str(new)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"changed a  requests_received: 12 -> 21  [{rule}]",
        f"changed b  requests_received: 12 -> na  [{rule}]",
        "added   b  trainings: - -> 3  [corrections.csv]",
        "1 added, 0 gone, 2 changed",
    ]


def test_what_only_stands_elsewhere_has_not_changed(builds):
    source, made = builds
    old = made("old")
    text = REPORT.format(n=100).replace("一、概述\n", "一、概述\n本年度工作平稳有序。\n")
    (source / "a.txt").write_text(text, encoding="utf-8")
    assert gt.compare(old, made("new")).empty


def test_of_two_mentions_the_one_that_changed_is_told(builds):
    source, made = builds
    text = REPORT.format(n=100) + "全年收到政府信息公开申请{n}件。\n"
    (source / "a.txt").write_text(text.replace("{n}", "13"), encoding="utf-8")
    old = made("old")
    (source / "a.txt").write_text(text.replace("{n}", "14"), encoding="utf-8")
    moved = gt.compare(old, made("new"))
    assert ("a", "requests_received", "changed", 13, 14) in told(moved)
    assert 12 not in set(moved.loc[moved["old_flags"] == moved["new_flags"], "old_value"])


def test_a_report_that_is_gone_takes_its_observations(builds):
    source, made = builds
    old = made("old")
    (source / "b.txt").unlink()
    moved = gt.compare(old, made("new"))
    assert set(moved["report_id"]) == {"b"}
    assert set(moved["change"]) == {"gone"}
    assert moved["new_value"].isna().all()


def test_a_folder_without_tables_is_named(builds, tmp_path, capsys):
    _, made = builds
    shutil.rmtree(tmp_path / "nowhere", ignore_errors=True)
    assert main(["compare", str(made("old")), str(tmp_path / "nowhere")]) == 2
    assert "nowhere is no folder of tables" in capsys.readouterr().err
