"""Limits: what hangs, takes all memory or breaks down costs one item, and leaves no process."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from govtext.core import rules
from govtext.core.model import UnreadableReport
from govtext.pipeline import inside, sandbox, tables
from tests.misdeeds import (
    act,
    break_down,
    chatter,
    die,
    fail,
    function,
    hang,
    modules,
    much,
    number,
    refuse,
    slowly,
    swell,
)  # fmt: skip

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


@pytest.fixture
def crew():
    with sandbox.Workers(2) as crew:
        yield crew


def is_gone(pid: int) -> bool:
    """True once a process has ended; it is waited for a little."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_a_result_comes_back(crew):
    assert crew.run(divmod, 7, 2) == (3, 1)


def test_an_exception_is_raised_with_where_it_came_from(crew):
    with pytest.raises(ZeroDivisionError) as caught:
        crew.run(divmod, 7, 0)
    assert "Traceback" in caught.value.__notes__[0]
    assert crew.run(divmod, 7, 2) == (3, 1)


def test_a_refusal_keeps_its_cause(crew):
    with pytest.raises(UnreadableReport) as caught:
        crew.run(refuse)
    assert (caught.value.cause, caught.value.message) == ("empty", "The file holds no text.")


def test_an_exception_that_cannot_be_pickled_is_told(crew):
    with pytest.raises(RuntimeError, match="NoPickle: one"):
        crew.run(fail)


@pytest.mark.parametrize(
    ("what", "cause", "said"),
    [
        (hang, "too_slow", "more than 2 seconds"),
        (die, "crashed", "status 7"),
        (much, "too_large", f"{inside.LARGEST_ANSWER:,} are kept"),
        pytest.param(swell, "too_much_memory", "1,000,000,000 bytes", marks=LINUX),
        pytest.param(break_down, "crashed", "SIGSEGV", marks=UNIX),
    ],
)
def test_what_goes_beyond_the_limits_is_refused_and_the_next_is_read(crew, what, cause, said):
    with pytest.raises(UnreadableReport, match=said) as caught:
        crew.run(what, seconds=2 if what is hang else 60)
    assert caught.value.cause == cause
    assert cause in {row["cause"] for row in rules.load("causes")}
    assert crew.run(divmod, 7, 2) == (3, 1)


def test_waiting_is_limited_too(crew):
    with pytest.raises(
        UnreadableReport, match=f"more than {0.5 * sandbox._WAIT:g} seconds"
    ) as caught:
        crew.run(time.sleep, 3600, seconds=0.5)
    assert caught.value.cause == "too_slow"
    assert crew.run(divmod, 7, 2) == (3, 1)


def test_a_result_that_cannot_be_pickled_is_a_fault(crew):
    with pytest.raises((AttributeError, TypeError, RuntimeError), match="pickle"):
        crew.run(function)
    assert crew.run(divmod, 7, 2) == (3, 1)


def test_a_process_makes_rows_without_pandas(crew):
    """It would cost each process 50 MB."""
    batch = crew.run(tables.batch, "rejects", {"path": ["a.txt"]})
    assert batch.num_rows == 1
    assert "pandas" not in crew.run(modules)


def test_what_is_printed_is_no_answer_and_nothing_is_asked(crew):
    assert crew.run(chatter) == ""


def test_a_process_stays_until_it_has_read_enough(crew, monkeypatch):
    first = crew.run(number)
    assert crew.run(number) == first != os.getpid()
    monkeypatch.setattr(sandbox, "_FILES", 3)
    assert crew.run(number) == first
    assert crew.run(number) != first


def test_results_come_in_order_whatever_happens(crew):
    wanted = ["number", "hang", "refuse", "die", "number", "fail", "number"]
    found = list(crew.map(act, wanted, seconds=2))
    assert [getattr(each, "cause", type(each).__name__) for each in found] == [
        "int", "too_slow", "empty", "crashed", "int", "RuntimeError", "int",
    ]  # fmt: skip
    assert list(crew.map(act, [])) == []


@pytest.mark.parametrize("workers", [1, 3])
def test_the_slow_does_not_overtake(workers):
    with sandbox.Workers(workers) as crew:
        assert list(crew.map(slowly, range(20))) == list(range(20))


def test_items_are_taken_as_results_are(crew):
    """A million files must not be read before the first is written."""
    taken = []

    def items():
        for item in range(100):
            taken.append(item)
            yield item

    results = crew.map(slowly, items())
    for done in range(1, 50):
        next(results)
        assert len(taken) <= done + 2 * (1 + sandbox._AHEAD)
    results.close()
    assert len(taken) < 60


@UNIX
def test_none_is_left_when_the_work_is_stopped():
    """Neither an idle process nor one that hangs."""
    with sandbox.Workers(2) as crew:
        idle = crew.run(number)
        results = crew.map(act, ["number", "hang", "hang", "hang"], seconds=3600)
        busy = next(results)
    assert all(is_gone(pid) for pid in {idle, busy, *(w._process.pid for w in crew._all)})
    with pytest.raises(RuntimeError, match="stopped"):
        crew.run(number)


@UNIX
def test_an_interrupted_answer_is_not_the_next_one(crew):
    first = crew.run(number)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        crew.run(hang)
    timer.join()
    assert is_gone(first)
    assert crew.run(divmod, 7, 2) == (3, 1)


ORPHAN = """
import sys
from govtext.pipeline import sandbox
from tests.misdeeds import number
print(sandbox.run(number), flush=True)
sys.stdin.read()
"""


@UNIX
def test_the_process_ends_with_the_one_that_asks():
    command = [sys.executable, "-c", ORPHAN]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asking:
        pid = int(asking.stdout.readline())
        os.kill(pid, 0)  # it is there
        asking.kill()
        asking.wait()
        assert is_gone(pid)


@UNIX
def test_work_that_nobody_waits_for_ends_by_itself():
    """A reader killed outright cannot end what hangs; the system does."""
    command = [
        sys.executable, "-c",
        "from govtext.pipeline import inside; inside._limit_time(0.2)\nwhile True: pass",
    ]  # fmt: skip
    done = subprocess.run(command, check=False, timeout=60)
    assert done.returncode == -signal.SIGPROF


def test_a_script_that_is_not_guarded_may_read(tmp_path):
    """The caller's script must not be run again in the process that reads."""
    script = tmp_path / "script.py"
    script.write_text("from govtext.pipeline import sandbox\nprint(sandbox.run(divmod, 7, 2))\n")
    (tmp_path / "pickle.py").write_text("raise SystemExit('a file beside the reports was run')\n")
    done = subprocess.run(
        [sys.executable, "-P", str(script)],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "(3, 1)\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_copy_of_this_process_has_its_own():
    mine = sandbox.run(number)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, str(sandbox.run(number)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(reading, 20)) != mine
    assert sandbox.run(number) == mine
