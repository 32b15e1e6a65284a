"""How far a build is: on a terminal, in a log, in a notebook."""

import io
import sys
from types import SimpleNamespace

import pytest

from govtext.pipeline import progress
from govtext.pipeline.progress import Progress

READ = {"path": "a.txt", "kind": "annual_report"}
REFUSED = {"path": "b.txt", "cause": "empty", "message": "The file holds no text."}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """The time, which passes only where a test says so."""
    now = SimpleNamespace(time=0.0)
    monkeypatch.setattr(progress.time, "monotonic", lambda: now.time)
    return now


def test_a_log_has_a_line_a_minute(clock):
    lines = []
    told = Progress(lines.append)
    with told.of(1000, 900):
        for _ in range(300):
            clock.time += 0.5
            told.file(READ)
    assert lines == [
        "900 files to read; 100 are as they were",
        "220 of 1,000 files, 2.0 a second, 6 min left, 0 rejected",
        "340 of 1,000 files, 2.0 a second, 6 min left, 0 rejected",
    ]


def test_rejects_are_named_until_there_are_many(clock):
    lines = []
    told = Progress(lines.append)
    with told.of(50, 50):
        for _ in range(50):
            told.file(REFUSED)
    named = "  b.txt: rejected. The file holds no text."
    assert lines.count(named) == progress._NAMED
    assert lines[-1] == "  More is rejected; the table of rejects names all."
    assert str(told).endswith("50 rejected")


def test_a_terminal_has_one_line_that_is_rewritten(clock, monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    told = Progress()
    with told.of(3, 3):
        for entry in (READ, REFUSED, READ):
            clock.time += 1
            told.file(entry)
    assert screen.getvalue().count("\n") == 2, "what is to read, and the reject"
    assert "2 of 3 files, 1.0 a second, 1 s left, 1 rejected" in screen.getvalue()
    *_, last, end = screen.getvalue().split("\r")
    assert last.strip() == end == "", "the line is empty at the end"


def test_a_notebook_has_a_bar(clock, monkeypatch):
    class ZMQInteractiveShell:
        pass

    bars = []

    class Bar:
        def __init__(self, **settings):
            self.n, self.settings, self.closed = settings["initial"], settings, False
            bars.append(self)

        def set_postfix(self, **said):
            self.said = said

        def update(self, more):
            self.n += more

        def close(self):
            self.closed = True

    shell = SimpleNamespace(get_ipython=ZMQInteractiveShell)
    monkeypatch.setitem(sys.modules, "IPython", shell)
    monkeypatch.setattr("tqdm.auto.tqdm", Bar)
    told = Progress()
    with told.of(10, 2):
        told.file(READ)
        told.file(REFUSED)
    (bar,) = bars
    assert (bar.settings["total"], bar.n, bar.closed) == (10, 10, True)
    assert bar.said["rejected"] == 1
    assert not bar.settings["disable"]
    monkeypatch.setenv("TQDM_DISABLE", "1")
    told = Progress()
    with told.of(1, 1):
        told.file(READ)
    assert bars[1].settings["disable"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_who_stops_a_build_is_told_how_to_go_on(clock, stop):
    lines = []
    told = Progress(lines.append)

    def file():
        with told.of(10, 10):
            told.file(READ)
            raise stop

    with pytest.raises(stop):
        file()
    assert lines[-1] == (
        "Stopped with 1 of 10 files read. They are kept: the same command goes on from here."
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (99, "99 s"), (100, "2 min"), (5940, "99 min"), (12_060, "3 h 21 min")],
)
def test_durations(seconds, said):
    assert progress._duration(seconds) == said


def test_an_analysis_shows_its_steps_and_takes_the_line_back(clock, monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    for _ in progress.through(range(3), "Comparing", 3):
        clock.time += 1
    assert "Comparing: 2 of 3, 1 s left" in screen.getvalue()
    assert "\n" not in screen.getvalue()
    *_, last, end = screen.getvalue().split("\r")
    assert last.strip() == end == "", "the line is empty at the end"


def test_an_analysis_in_a_log_says_a_line_a_minute_where_errors_go(clock, capsys):
    for _ in progress.through(range(4), "Comparing", 4):
        clock.time += 50
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "Comparing: 2 of 4, 2 min left\nComparing: 4 of 4, 0 s left\n"
