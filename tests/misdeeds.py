"""What a file may do to the process that reads it: functions that a test has run there.

They have a module of their own that imports little: a process may have a few seconds to start.
"""

import os
import re
import signal
import sys
import time

from govtext.core.model import UnreadableReport
from govtext.pipeline import inside


def hang(*_: object) -> None:
    re.match("(a|a)*b", "a" * 60)


def swell(_: object = None) -> None:
    hoard = []
    while True:
        hoard.append(bytes(10_000_000))


def die(_: object = None) -> None:
    os._exit(7)


def break_down(_: object = None) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def refuse(_: object = None) -> None:
    raise UnreadableReport("empty", "The file holds no text.")


class NoPickle(Exception):
    def __init__(self, one, two):
        super().__init__(one)


def fail(_: object = None) -> None:
    raise NoPickle("one", "two")


def much(_: object = None) -> bytes:
    return bytes(inside.LARGEST_ANSWER + 1)


def function(_: object = None) -> object:
    return lambda: None


def chatter(_: object = None) -> str:
    print("this is no answer", flush=True)
    os.write(1, b"nor is this")
    return sys.stdin.read() if sys.stdin else ""


def number(_: object = None) -> int:
    return os.getpid()


def modules(_: object = None) -> list[str]:
    return list(sys.modules)


def act(name: str) -> object:
    return globals()[name]()


def slowly(item: int) -> int:
    time.sleep(0.1 if item == 0 else 0)
    return item


def misread(asked):
    """Reading of a build, with a fault, a hang and a breakdown in it by the name of the file."""
    from govtext.pipeline.making import _read

    acts = {"fault": fail, "hang": hang, "crash": die, "bomb": swell}
    return acts.get(asked[0].report_id, _read)(asked)
