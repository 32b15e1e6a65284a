"""The command line: what it prints, and the status it leaves with."""

import re
import signal as signals
import subprocess
import sys
import time

import pytest

from govtext.cli import main
from govtext.pipeline import assemble
from govtext.pipeline.build import build
from govtext.pipeline.tables import load
from tests.misdeeds import hang

TEXT = "某县2012年政府信息公开工作年度报告\n2012年,我县公开信息35条。\n"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_build(source, tmp_path, capsys):
    assert main(["build", str(source), "--out", str(tmp_path / "out")]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("1 reports read, 0 rejected, 0 files ignored, 1 numbers found")
    assert len(load(tmp_path / "out").reports) == 1


def test_strict_is_for_rejects(source, tmp_path):
    out = str(tmp_path / "out")
    assert main(["build", str(source), "--out", out, "--strict"]) == 0
    (source / "b.txt").write_bytes(b"")
    assert main(["build", str(source), "--out", out]) == 0
    assert main(["build", str(source), "--out", out, "--strict"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["build"], ["build", "x"], ["paint"], ["build", "x", "--out", "y", "--workers", "0"]],
)
def test_wrong_usage_is_2(arguments):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_a_missing_source_is_named(tmp_path, capsys):
    assert main(["build", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert "nowhere does not exist" in capsys.readouterr().err


def test_show(source, tmp_path, capsys):
    assert main(["show", str(source / "a.txt")]) == 0
    assert "35 item" in capsys.readouterr().out
    assert main(["show", str(source / "a.txt"), "--out", str(tmp_path / "page.html")]) == 0
    assert "35条" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_show_says_why_it_cannot(tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert main(["show", str(tmp_path / "a.pdf")]) == 1
    assert "PDF" in capsys.readouterr().err


def test_the_module_is_the_program():
    done = subprocess.run(
        [sys.executable, "-m", "govtext", "--help"], capture_output=True, text=True, check=True
    )
    for command in ("build", "show"):
        assert command in done.stdout


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_what_is_shown_is_a_file(tmp_path, capsys, name):
    assert main(["show", str(tmp_path / name)]) == 2
    assert "is no file" in capsys.readouterr().err


def test_a_reader_that_stops_early_is_no_failure_to_tell(source):
    code = "from govtext.cli import main; print(flush=True); input(); main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "show", str(source / "a.txt")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as shown:  # fmt: skip
        shown.stdout.readline()
        shown.stdout.close()
        _, said = shown.communicate(b"\n")
    assert said == b""


STOP = """
import sys
from govtext import cli
from govtext.pipeline import making
from tests.misdeeds import misread
making._read = misread
sys.exit(cli.main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize(("signal", "status"), [("SIGINT", 130), ("SIGTERM", 143)])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_build_that_is_stopped_loses_nothing(source, tmp_path, signal, status, workers):
    """It leaves no table and no process, though a file is being read that never ends."""
    (source / "hang.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-c", STOP, "build", source, "--out", out, "--workers", workers]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as building:
        assert b"2 files to read" in building.stdout.readline()
        while not any(path.stat().st_size for path in out.glob(".shards/*.spool")):
            time.sleep(0.05)
        building.send_signal(getattr(signals, signal))
        told, said = building.communicate(timeout=60)
    assert building.returncode == status
    assert b"Traceback" not in said
    assert b"Stopped with 1 of 2 files read" in told
    assert [path.name for path in out.iterdir()] == [".shards"]
    (source / "hang.txt").unlink()
    (source / "b.txt").write_text(TEXT, encoding="utf-8")
    lines = []
    build(source, out, progress=lines.append)
    assert lines[0] == "1 files to read; 1 are as they were"


def test_show_gives_up_in_time(source, capsys, monkeypatch):
    monkeypatch.setattr(assemble, "read_file", hang)
    assert main(["show", str(source / "a.txt"), "--seconds", "1"]) == 1
    # Four by the clock, where the machine is so busy that the process never has its one.
    assert re.search("more than [14] seconds", capsys.readouterr().err)


def test_more_time_can_be_given(source, tmp_path, capsys):
    assert main(["show", str(source / "a.txt"), "--seconds", "60"]) == 0
    assert main(["build", str(source), "--out", str(tmp_path / "out"), "--seconds", "60"]) == 0
    with pytest.raises(SystemExit):
        main(["show", str(source / "a.txt"), "--seconds", "none"])
    assert "no number of 1 or more" in capsys.readouterr().err


def test_strict_is_also_for_corrections(source, tmp_path):
    out = str(tmp_path / "out")
    (source / "corrections.csv").write_text("report,metric,value\nb,requests_received,1\n")
    assert main(["build", str(source), "--out", out]) == 0
    assert main(["build", str(source), "--out", out, "--strict"]) == 1


def test_two_builds_into_one_folder_are_told(source, tmp_path, capsys, monkeypatch):
    def refuse(*_, **__):
        raise BlockingIOError("another build is writing to it")

    monkeypatch.setattr(sys.modules["govtext.pipeline.build"], "build", refuse)
    assert main(["build", str(source), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == "govtext: another build is writing to it\n"
