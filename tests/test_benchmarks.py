"""The benchmarks call what the verbs are called today, and keep and tell what they measured."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import baseline, builds, commands, hostile, measure
from benchmarks.measure import Figure
from benchmarks.sizes import SIZES, Size
from tests.cases import every
from tools import performance_page

FIGURES = [
    Figure("whole", "baseline's CPU over govtext's", 1.5, "times", 400, "reports", "1.4 to 1.6"),
    Figure("workers", "one worker, CPU a report", 40.0, "ms", 2_000, "reports"),
    Figure("workers", "two workers, wall a report", 24.0, "ms", 2_000, "reports"),
    Figure("workers", "parent's CPU a report, two workers", 2.0, "ms", 2_000, "reports"),
    Figure("found", "duplicates: recall", 0.987654, "share", 81, "true"),
]


@every("name", sorted(hostile.VERBS))
def test_every_verb_that_is_timed_runs(name):
    hostile.VERBS[name]("收到申请12件。")


def test_the_baseline_is_the_script_that_is_named(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("全年行政许可12件。\n收到申请3件。", encoding="utf-8")
    assert len(baseline.PATTERNS) == 80
    assert baseline.main(tmp_path / "in", tmp_path / "out") == 0
    assert {each.name for each in (tmp_path / "out").iterdir()} == {
        "words.parquet", "numbers.parquet"
    }  # fmt: skip


def test_a_run_is_measured_with_what_it_starts_and_its_failure_is_told():
    large = bytearray(300 * 2**20)
    used = measure.run([sys.executable, "-c", "sum(range(10**6))"])
    assert used.wall > 0
    assert used.cpu > 0
    assert 5 < used.peak < len(large) / 2**20
    with pytest.raises(RuntimeError, match="ended with 3"):
        measure.run([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="there is no /proc here")
def test_what_a_process_starts_is_measured_apart_from_it():
    worker = "x = bytearray(200 * 2**20); import time; time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {worker!r}])"
    used = measure.run([sys.executable, "-c", parent])
    assert used.peak < 100
    assert used.worker_peak > 200
    assert used.together > 200


def test_a_build_beside_the_baseline_counts_the_same_words(tmp_path):
    size = Size("one", rounds=1, whole=4, many=4, memory=(4,), pages=1, pdfs=1, hostile=False)
    told = {each.name: each for each in builds.Builds(size, tmp_path).beside_baseline()}
    assert told["reports with the same words"].value == 1
    assert told["baseline's CPU over govtext's"].value > 0
    assert all(each.n == 4 for each in told.values())


def test_a_killed_build_is_told_from_one_that_ended(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("某县2011年政府信息公开年度报告", encoding="utf-8")
    build = ("build", tmp_path / "in", "--out", tmp_path / "out")
    assert measure.killed(0.01, *build)
    assert not measure.killed(120, *build)


def test_figures_are_kept_as_they_were_measured_and_name_no_machine(tmp_path):
    measure.save(tmp_path / "results" / "quick.json", {"seconds": 61}, FIGURES)
    kept = json.loads((tmp_path / "results" / "quick.json").read_text(encoding="utf-8"))
    assert [Figure(**each) for each in kept["figures"]] == FIGURES
    assert set(kept["machine"]) == {
        "processor", "cores", "memory", "system", "python", "govtext"
    }  # fmt: skip
    assert kept["seconds"] == 61


def test_the_page_says_every_figure_with_its_n_and_reckons_a_million(tmp_path):
    folder = tmp_path / performance_page.RESULTS
    for size in ("quick", "full"):
        told = {"size": size, "seconds": 100, "load": 9.0}
        measure.save(folder / f"{size}.json", told, FIGURES)
    (tmp_path / "docs").mkdir()
    assert performance_page.write(tmp_path) == 0
    text = (tmp_path / performance_page.PLACE).read_text(encoding="utf-8")
    assert "SIZE=full" in text
    assert "9 processes wanted its cores" in text
    assert "| baseline's CPU over govtext's | 1.500 times | 400 reports | 1.4 to 1.6 |" in text
    assert "| duplicates: recall | 0.988 | 81 true |  |" in text
    assert "| one core | 11.1 |" in text
    assert "| two cores | 6.7 |" in text
    assert "| fifty workers | 0.56 | 2.00 ms × 1,000,000 in the parent" in text


def test_without_a_result_the_page_says_what_to_run(tmp_path):
    with pytest.raises(FileNotFoundError, match="make bench"):
        performance_page.kept(tmp_path)


def test_a_quick_run_measures_less_of_everything():
    quick, full = SIZES["quick"], SIZES["full"]
    assert max(quick.memory) < min(full.memory)
    assert quick.many < full.many
    assert full.whole == 400
    assert full.many == 2_000
    assert full.memory == (1_000, 10_000)


def test_what_a_folder_takes_is_counted_once(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(bytes(2**20))
    (tmp_path / "c").symlink_to(tmp_path / "a" / "b")
    assert commands.disk(tmp_path) == 1
