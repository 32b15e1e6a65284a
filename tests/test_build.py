"""Build: every file is a report, a reject or litter; the same tables each time."""

import ast
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import govtext as gt
from govtext.core.model import Observation, Quantity, UnreadableReport
from govtext.pipeline import assemble, making, shard_files, sources
from govtext.pipeline.assemble import parse_quantities
from govtext.pipeline.build import Summary, build
from govtext.pipeline.tables import load, names
from govtext.read import TOOLS
from govtext.show.evidence import read_report
from tests.misdeeds import hang, misread

REPORT = (
    "某某市政府信息公开年报\n字体:大 中 小\n2013年,我市公开信息{n}条。\n一、概述\n"
    "全年收到政府信息公开申请12件。\n二、存在的问题\n公开不够及时。\n"
)


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    (source / "a.txt").write_text(REPORT.format(n=100), encoding="utf-8")
    (source / "sub" / "b.txt").write_text(REPORT.format(n=200), encoding="gb18030")
    (source / "a.htm").write_bytes(b"\x89PNG\r\n\x1a\n")
    (source / "empty.txt").write_bytes(b"")
    (source / ".DS_Store").write_bytes(b"x")
    return source


def run(source, out, **options):
    lines = []
    return build(source, out, progress=lines.append, **options), lines


def n_read(lines):
    """Number of files that a build has read, by what it said."""
    found = [re.match(r"([0-9,]+) files to read", line) for line in lines]
    return next((int(each[1]) for each in found if each), 0)


def test_found_is_reports_rejects_and_ignored(folder, tmp_path):
    summary, lines = run(folder, tmp_path / "out")
    assert summary == Summary(n_reports=2, n_rejects=2, n_ignored=1, n_quantities=4)
    study = load(tmp_path / "out")
    assert list(study.reports["report_id"]) == ["a.txt", "sub/b"]
    assert dict(zip(study.rejects["path"], study.rejects["cause"], strict=True)) == {
        "a.htm": "unsupported_format", "empty.txt": "empty",
    }  # fmt: skip
    assert n_read(lines) == 4
    assert sum("rejected" in line for line in lines) == 2
    assert str(summary).startswith("2 reports read, 2 rejected, 1 files ignored")


def test_every_number_walks_back(folder, tmp_path):
    run(folder, tmp_path / "out")
    study = load(tmp_path / "out")
    texts = study.reports.set_index("report_id")["text"]
    assert len(study.quantities) == 4
    for row in study.quantities.itertuples():
        assert texts[row.report_id][row.start : row.end] == row.text
    section = study.sections.set_index(["report_id", "section_id"])
    for row in study.quantities.itertuples():
        home = section.loc[(row.report_id, row.section_id)]
        assert home["start"] <= row.start < home["end"]


def test_nothing_is_read_twice(folder, tmp_path):
    first, _ = run(folder, tmp_path / "out")
    again, lines = run(folder, tmp_path / "out")
    assert again == first
    assert len(lines) == 1
    assert "Nothing has changed" in lines[0]
    (folder / "a.txt").write_text(REPORT.format(n=101), encoding="utf-8")
    assert n_read(run(folder, tmp_path / "out")[1]) == 1
    assert n_read(run(folder, tmp_path / "out", fresh=True)[1]) == 4


def test_a_lost_table_is_made_anew(folder, tmp_path):
    run(folder, tmp_path / "out")
    (tmp_path / "out" / "words.parquet").unlink()
    assert n_read(run(folder, tmp_path / "out")[1]) == 0, "it is made of the rows that are there"
    assert len(load(tmp_path / "out").words)


def test_workers_and_order_change_nothing(folder, tmp_path):
    run(folder, tmp_path / "one")
    run(folder, tmp_path / "two", workers=2)
    for name in names():
        first, second = ((tmp_path / d / f"{name}.parquet").read_bytes() for d in ("one", "two"))
        assert first == second


def test_hash_seed_time_zone_and_locale_change_nothing(folder, tmp_path):
    for number, more in enumerate(
        ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LANG": "C"})
    ):
        command = [
            sys.executable,
            "-m",
            "govtext",
            "build",
            str(folder),
            "--out",
            str(tmp_path / str(number)),
        ]
        subprocess.run(command, check=True, env=os.environ | more, capture_output=True)
    for path in (path for path in (tmp_path / "0").iterdir() if path.is_file()):
        assert path.read_bytes() == (tmp_path / "1" / path.name).read_bytes(), path.name


def test_a_manifest_overrides_and_says_so(folder, tmp_path):
    (folder / "manifest.csv").write_text(
        "file,issuer,year\na.txt,某某市人民政府,2012\n", encoding="utf-8"
    )
    run(folder, tmp_path / "out")
    reports = load(tmp_path / "out").reports.set_index("report_id")
    assert reports.loc["a.txt", "year"] == 2012
    assert reports.loc["a.txt", "issuer"] == "某某市人民政府"
    assert "year=manifest" in reports.loc["a.txt", "identity_source"]
    assert reports.loc["sub/b", "year"] == 2013


def test_the_same_report_twice_is_marked(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text(REPORT.format(n=5), encoding="utf-8")
    (source / "b.txt").write_text(
        "首页 > 年报\n" + REPORT.format(n=5).replace("\n", "\r\n\r\n"), encoding="utf-8"
    )
    run(source, tmp_path / "out")
    reports = load(tmp_path / "out").reports.set_index("report_id")
    assert reports["duplicate_of"].fillna("").to_dict() == {"a": "", "b": "a"}


@pytest.mark.parametrize("workers", [1, 3])
def test_what_goes_wrong_with_a_file_is_one_reject(tmp_path, monkeypatch, workers):
    monkeypatch.setattr(making, "_read", misread)
    source = tmp_path / "source"
    source.mkdir()
    for number, name in enumerate(("a", "bomb", "crash", "d", "fault", "hang", "z")):
        (source / f"{name}.txt").write_text(REPORT.format(n=number), encoding="utf-8")
    done, lines = run(source, tmp_path / "out", workers=workers, seconds=2)
    assert (done.n_reports, done.n_rejects, done.n_ignored) == (3, 4, 0)
    study = load(tmp_path / "out")
    assert list(study.reports["report_id"]) == ["a", "d", "z"]
    assert study.reports["duplicate_of"].isna().all()
    causes = dict(zip(study.rejects["path"], study.rejects["cause"], strict=True))
    bomb = causes.pop("bomb.txt")
    assert bomb == "too_much_memory" if sys.platform == "linux" else bomb
    assert causes == {"crash.txt": "crashed", "fault.txt": "failed", "hang.txt": "too_slow"}
    assert "NoPickle: one" in study.rejects.set_index("path").loc["fault.txt", "message"]
    assert [line.split(":")[0].strip() for line in lines if "rejected" in line] == [
        "bomb.txt", "crash.txt", "fault.txt", "hang.txt",
    ]  # fmt: skip


def test_more_time_is_another_build(folder, tmp_path):
    run(folder, tmp_path / "out")
    assert "Nothing has changed" in run(folder, tmp_path / "out")[1][0]
    assert n_read(run(folder, tmp_path / "out", seconds=60)[1]) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names of any bytes")
def test_a_name_that_is_not_utf8_is_written_out(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / os.fsdecode(b"\xff.txt")).write_text(REPORT.format(n=5), encoding="utf-8")
    run(source, tmp_path / "out")
    assert load(tmp_path / "out").reports["path"][0] == r"\xff.txt"


def test_one_file_can_be_the_source(folder, tmp_path):
    summary, _ = run(folder / "a.txt", tmp_path / "out")
    assert summary.n_reports == 1


def test_the_out_folder_in_the_source_is_no_source(folder):
    run(folder, folder / "out")
    summary, _ = run(folder, folder / "out", fresh=True)
    assert summary.n_reports + summary.n_rejects == 4


def test_wrong_arguments_are_named(folder, tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        build(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(ValueError, match="workers is 0"):
        build(folder, tmp_path / "out", workers=0)


def test_read_report(folder):
    reading = read_report(folder / "a.txt")
    assert reading.text.startswith("某某市政府信息公开年报\n2013年")
    assert list(reading.sections["title"]) == ["", "概述", "存在的问题"]
    assert reading.identity.set_index("field")["value"]["year"] == 2013
    assert len(reading.quantities) == 2
    assert "12件" in reading._repr_html_()
    assert "2 numbers" in repr(reading)
    with pytest.raises(AttributeError, match="colour"):
        _ = reading.colour
    with pytest.raises(UnreadableReport, match="no text"):
        read_report(folder / "empty.txt")


def test_parse_quantities():
    frame = parse_quantities("受理申请１２件，办结率97.5%。")
    assert list(frame["value"]) == [12, 97.5]
    assert list(parse_quantities("").columns) == list(frame.columns)


def correct(folder, *lines, encoding="utf-8"):
    text = "\n".join(["report,metric,applicant,value,who,why", *lines]) + "\n"
    (folder / "corrections.csv").write_text(text, encoding=encoding)


def own(out, report="a.txt"):
    """Observations of a report, by metric."""
    table = load(out).observations
    return table[table["report_id"] == report].set_index("metric")


def test_a_correction_takes_the_place_of_what_was_read(folder, tmp_path):
    out = tmp_path / "out"
    run(folder, out)
    before = own(out).loc["requests_received"]
    assert (before["value"], before["flags"]) == (12, "")
    correct(folder, "a.txt,requests_received,,21,某某,数字倒置")
    assert "Nothing has changed" not in run(folder, out)[1][0]
    after = own(out).loc["requests_received"]
    assert (after["value"], after["status"], after["flags"]) == (21, "number", "corrected")
    for name in ("quote", "start", "end", "rule", "section_id"):
        assert after[name] == before[name], "what was read can still be seen"
    assert own(out, "sub/b").loc["requests_received", "value"] == 12
    found = gt.stated(load(out)).set_index(["report_id", "metric"])
    assert found.loc[("a.txt", "requests_received"), "value"] == 21


def test_corrections_survive_every_rebuild(folder, tmp_path):
    out = tmp_path / "out"
    correct(folder, "a.txt,requests_received,,21,,")
    summaries = [run(folder, out)[0], run(folder, out, fresh=True)[0]]
    assert summaries[0] == summaries[1] == run(folder, out)[0]
    assert own(out).loc["requests_received", "value"] == 21
    assert "Nothing has changed" in run(folder, out)[1][0]
    correct(folder, "a.txt,requests_received,,22,,")
    assert n_read(run(folder, out)[1]) == 1
    assert own(out).loc["requests_received", "value"] == 22
    (folder / "corrections.csv").unlink()
    run(folder, out, workers=2)
    assert own(out).loc["requests_received", "value"] == 12


def test_a_correction_can_add_and_withdraw(folder, tmp_path):
    correct(
        folder,
        "sub/b.txt,trainings,,3,某某,附件第二页",
        "sub/b,requests_received,,,某某,他机关的数字",
        "a.txt,results_total,total,0,,附表",
        encoding="gb18030",
    )
    done, _ = run(folder, tmp_path / "out")
    assert done.n_rejects == 2
    table = own(tmp_path / "out", "sub/b")
    added = table.loc["trainings"]
    assert (added["value"], added["flags"], added["unit"]) == (3, "corrected", "event")
    assert (added["start"], added["end"], added["rule"]) == (0, 0, "corrections.csv")
    assert added["quote"] == "附件第二页 (某某)"
    gone = table.loc["requests_received"]
    assert gone["value"] != gone["value"]
    assert (gone["status"], gone["flags"]) == ("na", "corrected")
    assert own(tmp_path / "out").loc["results_total", "applicant"] == "total"
    study = load(tmp_path / "out")
    order = study.observations[["report_id", "start"]]
    assert order.equals(order.sort_values(["report_id", "start"]))


def test_only_the_years_own_mentions_are_corrected(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    text = "2012年收到政府信息公开申请7件。2013年,收到政府信息公开申请12件。"
    (source / "a.txt").write_text(REPORT.format(n=5) + text, encoding="utf-8")
    correct(source, "a,requests_received,,21,,")
    run(source, tmp_path / "out")
    rows = own(tmp_path / "out", "a").loc[["requests_received"]]
    flags = dict(zip(rows["value"], rows["flags"], strict=True))
    assert flags[7] == "prior_year"
    assert set(flags) == {7, 21}
    assert list(rows.loc[rows["value"] == 21, "flags"]) == ["corrected", "restated;corrected"]
    found = gt.stated(load(tmp_path / "out")).set_index("metric")
    assert found.loc["requests_received", "value"] == 21


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nowhere,requests_received,,1,,", "There is no report 'nowhere'"),
        ("empty,requests_received,,1,,", "no report 'empty'"),
        ("a.txt,colour,,1,,", "no metric 'colour'"),
        ("a.txt,requests_received,,many,,", "Value is 'many'"),
        ("a.txt,requests_received,,nan,,", "Value is 'nan'"),
        ("a.txt,requests_received,nobody,1,,", "no applicant 'nobody'"),
        ("a.txt,trainings,,,,", "no trainings of its own"),
        ("sub/b,requests_received,,9,,", "already corrects"),
    ],
)
def test_a_line_that_cannot_be_applied_is_a_reject(folder, tmp_path, line, said):
    correct(folder, "sub/b,requests_received,,8,,", "", line)
    done, lines = run(folder, tmp_path / "out")
    assert (done.n_reports, done.n_rejects, done.n_ignored) == (2, 2, 1), "the files"
    assert done.n_unapplied == 1
    assert str(done).endswith(", 1 corrections not applied")
    rejects = load(tmp_path / "out").rejects.set_index("cause")
    bad = rejects.loc["bad_correction"]
    assert said in bad["message"]
    assert bad["path"] == "corrections.csv line 4"
    assert lines[-1] == f"  {bad['path']}: rejected. {bad['message']}"
    assert own(tmp_path / "out", "sub/b").loc["requests_received", "value"] == 8


@pytest.mark.parametrize("data", [b"\xff\xff\xff", b"name,value\na,1\n"])
def test_corrections_that_are_none_do_not_stop_the_run(folder, tmp_path, data):
    (folder / "corrections.csv").write_bytes(data)
    done, _ = run(folder, tmp_path / "out")
    assert (done.n_reports, done.n_rejects, done.n_unapplied) == (2, 2, 1)
    assert "corrections.csv" in set(load(tmp_path / "out").rejects["path"])


def test_one_file_takes_its_own_corrections_only(folder, tmp_path):
    correct(folder, "a,requests_received,,21,,", "sub/b,requests_received,,22,,")
    done, _ = run(folder / "a.txt", tmp_path / "out")
    assert (done.n_reports, done.n_rejects) == (1, 0)
    assert own(tmp_path / "out", "a").loc["requests_received", "value"] == 21


def test_rows_are_in_the_order_of_their_report_ids(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    for name in ("a-b.txt", "a.txt", "a b.txt"):
        (source / name).write_text(REPORT.format(n=len(name)), encoding="utf-8")
    run(source, tmp_path / "out")
    ids = list(load(tmp_path / "out").reports["report_id"])
    assert ids == sorted(ids) == ["a", "a b", "a-b"]


def test_the_out_folder_is_known_by_any_name(folder, monkeypatch):
    monkeypatch.chdir(folder)
    run(".", folder / "out")
    summary, _ = run(".", folder / "out", fresh=True)
    assert summary.n_reports + summary.n_rejects == 4


def test_a_manifest_row_that_says_nothing_is_named(folder, tmp_path):
    rows = "file,year\na.txt,二〇一二\nlost.txt,2012\n"
    (folder / "manifest.csv").write_text(rows, encoding="utf-8")
    _, lines = run(folder, tmp_path / "out")
    assert "lost.txt, which is not there" in "".join(lines)
    assert "'二〇一二', which is no number" in "".join(lines)
    assert load(tmp_path / "out").reports.set_index("report_id").loc["a.txt", "year"] == 2013


def test_the_year_of_a_manifest_says_which_figures_are_earlier(tmp_path):
    (tmp_path / "in").mkdir()
    text = "某县政府信息公开工作年度报告\n一、依申请公开情况\n2015年共收到政府信息公开申请12件。\n"
    (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "in" / "manifest.csv").write_text("file,year\na.txt,2016\n", encoding="utf-8")
    run(tmp_path / "in", tmp_path / "out")
    observations = load(tmp_path / "out").observations
    assert "prior_year" in observations["flags"][0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_in_the_folder_is_a_reject(folder, tmp_path):
    os.mkfifo(folder / "pipe.txt")
    summary, _ = run(folder, tmp_path / "out")
    assert summary.n_rejects == 3


def total(done):
    return done.n_reports + done.n_rejects + done.n_ignored


def write(source, *names):
    for number, name in enumerate(names):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(REPORT.format(n=number), encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_links_that_lead_nowhere_are_rejects(folder, tmp_path):
    (folder / "broken.txt").symlink_to("nowhere")
    (folder / "itself.txt").symlink_to("itself.txt")
    done, _ = run(folder, tmp_path / "out")
    assert (total(done), done.n_reports) == (7, 2)
    causes = load(tmp_path / "out").rejects.set_index("path")["cause"]
    assert causes["broken.txt"] == causes["itself.txt"] == "not_opened"


def test_a_folder_and_a_file_that_may_not_be_read_are_rejects(folder, tmp_path):
    write(folder, "locked.txt", "closed/c.txt")
    (folder / "locked.txt").chmod(0)
    (folder / "closed").chmod(0)
    try:
        if os.access(folder / "locked.txt", os.R_OK) or os.access(folder / "closed", os.R_OK):
            pytest.skip("this user may read everything")
        done, _ = run(folder, tmp_path / "out")
    finally:
        (folder / "closed").chmod(0o700)
        (folder / "locked.txt").chmod(0o600)
    assert total(done) == 7
    causes = load(tmp_path / "out").rejects.set_index("path")["cause"]
    assert causes["locked.txt"] == causes["closed"] == "not_opened"


def test_a_file_that_vanishes_is_a_reject(folder, tmp_path, monkeypatch):
    walked = sources.walk(folder)
    monkeypatch.setattr(sources, "walk", lambda source, **_: walked)
    (folder / "sub" / "b.txt").unlink()
    done, _ = run(folder, tmp_path / "out")
    assert total(done) == len(walked)
    assert (
        load(tmp_path / "out").rejects.set_index("path").loc["sub/b.txt", "cause"] == "not_opened"
    )


def test_names_that_are_alike_but_for_their_suffix_are_all_read(tmp_path):
    write(tmp_path / "in", "a.txt", "a.text", "a", "b.txt", "sub/b.txt")
    done, _ = run(tmp_path / "in", tmp_path / "out")
    assert done.n_reports == total(done) == 5
    assert load(tmp_path / "out").reports["report_id"].is_unique


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names of any bytes")
def test_names_written_alike_are_each_its_own(tmp_path):
    write(tmp_path / "in", r"\xff.txt", r"\\xff.txt", os.fsdecode(b"\xff.txt"))
    done, _ = run(tmp_path / "in", tmp_path / "out")
    assert done.n_reports == total(done) == 3
    assert load(tmp_path / "out").reports["path"].is_unique


def test_the_tables_may_not_lie_beside_the_reports(folder):
    with pytest.raises(ValueError, match="a folder of their own"):
        run(folder, folder)
    assert total(run(folder / "sub", folder)[0]) == 1, "the folder above is no source"
    assert total(run(folder / "a.txt", folder / "sub")[0]) == 1


def test_a_great_many_rows_are_written_in_time(folder, tmp_path, monkeypatch):
    """A group of rows ends with its shard or with its size; the tables are the same."""
    run(folder, tmp_path / "one")
    monkeypatch.setattr(shard_files, "_GROUP", 1)
    run(folder, tmp_path / "two")
    one, two = load(tmp_path / "one"), load(tmp_path / "two")
    assert all(getattr(one, name).equals(getattr(two, name)) for name in names())


def test_copies_are_marked_whatever_the_number_of_workers(tmp_path):
    text = "".join(f"{n}月公开政府信息{n * 37}条,其中主动公开{n * 11}条。\n" for n in range(1, 12))
    text = REPORT.format(n=5) + text
    (tmp_path / "in" / "mirror").mkdir(parents=True)
    (tmp_path / "in" / "b.txt").write_text(text, encoding="utf-8")
    (tmp_path / "in" / "c.txt").write_text(text.replace("37", "38"), encoding="utf-8")
    (tmp_path / "in" / "a.md").write_text(text.replace("\n", "\n\n"), encoding="gb18030")
    (tmp_path / "in" / "mirror" / "x.txt").write_text(text + "上一篇没有了\n", encoding="utf-8")
    for workers in (1, 3):
        run(tmp_path / "in", tmp_path / str(workers), workers=workers)
        reports = load(tmp_path / str(workers)).reports.set_index("report_id")
        copies = reports["duplicate_of"].fillna("").to_dict()
        assert copies == {"a": "", "b": "a", "c": "", "mirror/x": "a"}


HOLD = """
import sys
from govtext.pipeline.build import build
def wait(line):
    print(flush=True)
    sys.stdin.read()
build(sys.argv[1], sys.argv[2], progress=wait)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no lock of a folder there")
def test_of_two_builds_into_one_folder_the_second_is_refused(folder, tmp_path):
    out = tmp_path / "out"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder, out], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        first.stdout.readline()
        with pytest.raises(BlockingIOError, match="another build is writing to"):
            run(folder, out)
        assert run(folder, tmp_path / "elsewhere")[0].n_reports == 2
        first.kill()
    assert run(folder, out)[0].n_reports == 2


def test_a_report_that_takes_too_long_does_not_hold_the_notebook(folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(assemble, "read_file", hang)
        with pytest.raises(UnreadableReport, match=r"more than [28] seconds"):
            read_report(folder / "a.txt", seconds=2)
    assert "某某市" in read_report(folder / "a.txt").text


def test_a_path_is_that_of_this_process(folder, monkeypatch):
    for place in (folder, folder / "sub"):
        monkeypatch.chdir(place)
        name = next(iter(sorted(place.glob("*.txt")))).name
        assert "某某市" in read_report(name).text


def test_no_two_files_share_a_report_id(tmp_path):
    """Also where a name without its suffix is the whole name of another file."""
    for name in ("a.txt", "a.htm", "a.txt.txt", "b.txt"):
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text("某县2012年政府信息公开工作年度报告\n公开信息3条。\n")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    found = load(tmp_path / "out").reports
    assert list(found["report_id"]) == ["a.htm", "a.txt", "a.txt.txt", "b"]


def test_a_link_to_a_folder_is_named_and_not_followed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "a.txt").write_text("某县2012年政府信息公开工作年度报告\n")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "else")
    summary = build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    assert (summary.n_reports, summary.n_rejects) == (0, 1)
    assert list(load(tmp_path / "out").rejects["path"]) == ["linked"]


def broken(out, report):
    found = load(out).findings
    return set(
        found.loc[(found["report_id"] == report) & (found["verdict"] == "broken"), "identity"]
    )


PARTS = (
    "某县2013年政府信息公开工作年度报告\n一、依申请公开情况\n"
    "2013年,共收到政府信息公开申请40件,其中:网络申请12件;信函申请16件;其他申请9件。\n"
)


def test_findings_are_made_on_corrected_numbers(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("a", "b"):
        (source / f"{name}.txt").write_text(PARTS, encoding="utf-8")
    run(source, out)
    assert broken(out, "a") == broken(out, "b") != set()
    correct(source, "a,requests_received,,37,某某,数字有误")
    for workers in (1, 2):
        run(source, out, workers=workers, fresh=True)
        assert broken(out, "a") == set()
        assert broken(out, "b") != set()
        held = load(out).findings.query("report_id == 'a' and verdict == 'holds'")
        assert 37 in set(held["left"])
        assert "37件" in "".join(held["statement"]), "the sentence has the number that counts"


def test_a_number_that_was_withdrawn_is_no_evidence(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text(PARTS, encoding="utf-8")
    correct(source, "a,requests_received,,,某某,看不清")
    run(source, out)
    assert broken(out, "a") == set()


def test_a_rounded_number_that_was_corrected_is_as_exact_as_the_correction():
    whole = Quantity(0, 5, "1.4万件", 14000.0, "件", "approx")
    read = Observation(
        "requests_received", 13990.0, "number", "item", "exact", "0", 0, 5, "", "", "corrected"
    )
    (seen,) = assemble._audited([whole], [read])
    assert (seen.value, seen.text, seen.qualifier) == (13990, "13990件", "exact")


PLACED = "{place}人民政府2013年政府信息公开工作年度报告\n一、概述\n2013年公开信息5条。\n"


def placed(tmp_path, place, columns, cells):
    """Row of the table of reports, and lines said, for a report with a row of a manifest."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(PLACED.format(place=place), encoding="utf-8")
    (source / "manifest.csv").write_text(f"file,{columns}\na.txt,{cells}\n", encoding="utf-8")
    lines = run(source, tmp_path / "out")[1]
    row = load(tmp_path / "out").reports.iloc[0]
    fields = {name: row[name] for name in ("province", "prefecture", "county", "region_code")}
    where = {name: value if isinstance(value, str) else None for name, value in fields.items()}
    return where, row, [line for line in lines if "manifest.csv" in line]


JINAN = {"province": "山东省", "prefecture": "济南市", "county": "历下区", "region_code": "370102"}


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("region_code", "370102"),
        ("county", "历下区"),
        ("prefecture,county", "济南市,历下区"),
        ("province,region_code", "山东,370102"),
    ],
)
def test_the_whole_place_follows_what_a_manifest_says_of_it(tmp_path, columns, cells):
    where, row, lines = placed(tmp_path, "广州市天河区", columns, cells)
    assert where == JINAN
    assert f"{columns.split(',')[-1]}=manifest" in row["identity_source"]
    assert not lines


def test_of_a_prefecture_there_is_no_county(tmp_path):
    where, row, _ = placed(tmp_path, "广州市天河区", "region_code", "370100")
    assert where == JINAN | {"county": None, "region_code": "370100"}
    assert "county=manifest.csv places the report in 济南市" in row["identity_reason"]
    assert "government_level=read as" not in row["identity_reason"]


def test_a_place_read_lower_down_stays_where_the_manifest_agrees(tmp_path):
    where, _, lines = placed(tmp_path, "济南市历下区", "province", "山东省")
    assert where == JINAN
    assert not lines


def test_a_name_of_several_places_leaves_the_code_open(tmp_path):
    where, row, lines = placed(tmp_path, "广州市天河区", "county", "鼓楼区")
    assert where == {"province": None, "prefecture": None, "county": "鼓楼区", "region_code": None}
    assert "region_code=鼓楼区 is the name of several places" in row["identity_reason"]
    assert "鼓楼区 is the name of several places" in lines[0]


@pytest.mark.parametrize(
    ("columns", "cells", "field", "said"),
    [
        (
            "county,region_code",
            "天河区,370102",
            "county",
            "天河区 is not that of region_code",
        ),
        (
            "issuer,region_code",
            "天河区人民政府,370102",
            "issuer",
            "天河区, and the place is 历下区",
        ),
        ("year,region_code", "1970,370102", "region_code", "was not in force in 1970"),
    ],
)
def test_columns_of_a_manifest_that_contradict_each_other_are_named(
    tmp_path, columns, cells, field, said
):
    where, row, lines = placed(tmp_path, "广州市天河区", columns, cells)
    assert where == JINAN, "the code counts"
    reasons = dict(pair.split("=", 1) for pair in row["identity_reason"].split("; "))
    assert said in reasons[field]
    assert len(lines) == 1
    assert said in lines[0]


def test_a_code_that_is_none_is_ignored_and_named(tmp_path):
    where, row, lines = placed(tmp_path, "济南市历下区", "region_code", "999999")
    assert where == JINAN
    assert "region_code '999999'; it is ignored" in row["identity_reason"]
    assert "region_code '999999'; it is ignored" in lines[0]


def test_a_place_below_the_government_that_was_read_is_named(tmp_path):
    _, row, _ = placed(tmp_path, "广州市", "region_code", "370102")
    reason = "government_level=read as prefecture, and manifest.csv gives the county"
    assert reason in row["identity_reason"]


def test_another_version_of_a_reader_is_another_build(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run(folder, out)
    known = sources.version
    monkeypatch.setattr(sources, "version", lambda name: known(name) + "1" * (name == "pdfplumber"))
    assert n_read(run(folder, out)[1]) == 4
    assert "Nothing has changed" in run(folder, out)[1][0]


@pytest.mark.skipif(sys.platform == "win32", reason="a program is made of a script")
def test_a_program_installed_since_is_another_build(folder, tmp_path, monkeypatch):
    out, programs = tmp_path / "out", tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    run(folder, out)
    for text in ("#!/bin/sh\n", "#!/bin/sh\nexit 0\n"):
        (programs / "antiword").write_text(text, encoding="utf-8")
        (programs / "antiword").chmod(0o755)
        assert n_read(run(folder, out)[1]) == 4
        assert "Nothing has changed" in run(folder, out)[1][0]


def test_every_package_that_a_table_goes_through_is_in_the_fingerprint():
    names = packages_distributions()
    package = Path(gt.__file__).parent
    used = {
        dist
        for room in ("core", "read", "extract", "pipeline")
        for path in (package / room).rglob("*.py")
        # They measure tables that stand, show how far a build is, ask others to read, bring bytes.
        if path.name not in ("intervals.py", "progress.py", "cluster.py", "remote.py")
        for top in imported(path) - set(sys.stdlib_module_names) - {"govtext"}
        for dist in names[top]
    }
    assert used <= set(sources.PACKAGES)
    assert "jieba" in used


def imported(path):
    """Top-level names of the modules that a file imports anywhere."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_every_program_that_a_reader_calls_is_in_the_fingerprint():
    package = Path(gt.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in (package / "read").rglob("*.py"))
    assert set(re.findall(r'which\("(\w+)"\)', text)) == set(TOOLS)


def test_the_last_line_counts_what_is_no_annual_report(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text(REPORT.format(n=100), encoding="utf-8")
    for name in ("b", "c"):
        text = f"关于做好年度报告编制工作的通知\n各有关单位:\n{name}\n"
        (source / f"{name}.txt").write_text(text, encoding="utf-8")
    (source / "d.txt").write_text("某地景色宜人。\n", encoding="utf-8")
    summary = build(source, tmp_path / "out", progress=lambda _: None)
    assert str(summary).endswith("; 2 no annual reports (2 notice); 1 doubtful")
    reports = load(tmp_path / "out").reports.set_index("report_id")
    assert list(reports["kind"]) == ["annual_report", "notice", "notice", "annual_report"]
    assert list(reports["kind_doubtful"]) == [False, False, False, True]
    assert reports["kind_reason"].str.len().min() > 0


def test_a_manifest_gives_the_kind_and_the_place_of_a_folder(tmp_path):
    source = tmp_path / "in"
    (source / "north").mkdir(parents=True)
    text = "北街街道2025年政府信息公开工作年度报告\n2025年街道公开信息165条。\n"
    (source / "north" / "a.txt").write_text(text, encoding="utf-8")
    notice = "关于做好年度报告编制工作的通知\n各有关单位:\n"
    (source / "b.txt").write_text(notice, encoding="utf-8")
    (source / "c.txt").write_text(notice + "请报送。", encoding="utf-8")
    rows = "file,region_code,kind\nnorth/,620702,\nb.txt,,annual_report\nc.txt,,letter\nsouth/,620702,\n"  # noqa: E501
    (source / "manifest.csv").write_text(rows, encoding="utf-8")
    said = []
    build(source, tmp_path / "out", progress=said.append)
    reports = load(tmp_path / "out").reports.set_index("report_id")
    assert reports.loc["north/a", "region_code"] == "620702"
    assert "region_code=folder" in reports.loc["north/a", "identity_source"]
    assert (reports.loc["b", "kind"], reports.loc["b", "kind_reason"]) == (
        "annual_report",
        "manifest",
    )
    assert reports.loc["c", "kind"] == "notice"
    assert any("'letter', which is none of annual_report, blank_form" in line for line in said)
    assert any("names south/, which is not there" in line for line in said)
