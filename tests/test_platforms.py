"""Other systems, as far as they can be held here: calls that only some have, names, encodings.

Nothing here has run on Windows or a Mac.
"""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from govtext.pipeline import places
from govtext.pipeline.build import build
from govtext.pipeline.tables import load
from govtext.show.site import addresses
from tests.cases import every
from tests.test_shards import put, tree

ROOT = places.project()
CODE = sorted(ROOT.glob("govtext/**/*.py"))
OF_POSIX = {
    "os": {
        "O_DIRECTORY", "WNOHANG", "chown", "chroot", "fork", "geteuid", "getgid", "getloadavg",
        "getpgid", "getpgrp", "getuid", "killpg", "lchown", "mkfifo", "mknod", "nice",
        "posix_fadvise", "posix_fallocate", "pread", "pwrite", "sched_getaffinity", "sched_yield",
        "setpgid", "setsid", "setuid", "statvfs", "sync", "sysconf", "uname", "wait3", "wait4",
        "waitid",
    },
    "signal": {
        "ITIMER_PROF", "ITIMER_REAL", "SIGALRM", "SIGHUP", "SIGKILL", "SIGPROF", "SIGQUIT",
        "SIGUSR1", "SIGUSR2", "SIGXCPU", "SIGXFSZ", "alarm", "pause", "pthread_sigmask",
        "setitimer", "sigwait",
    },
}  # fmt: skip
MODULES = {"fcntl", "grp", "msvcrt", "pty", "pwd", "resource", "syslog", "termios", "tty", "winreg"}
SIGNS = re.compile(r"hasattr|getattr|os\.name|sys\.platform")


def unguarded(tree):
    """Lines that use what not every system has, where nothing asked before."""
    found = []

    def look(node, guarded):
        guarded = guarded or asks(node)
        found.extend([] if guarded else (f"{node.lineno}: {name}" for name in of_one(node)))
        for child in ast.iter_child_nodes(node):
            look(child, guarded)

    look(tree, guarded=False)
    return found


def asks(node):
    """Whether what stands in a node runs only where the system has it."""
    if isinstance(node, ast.If | ast.IfExp):
        return bool(SIGNS.search(ast.unparse(node.test)))
    handlers = node.handlers if isinstance(node, ast.Try) else ()
    return any(each.type and "ImportError" in ast.unparse(each.type) for each in handlers)


def of_one(node):
    """Names in a node that one system has and another has not."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return [ast.unparse(node)] if node.attr in OF_POSIX.get(node.value.id, ()) else []
    if isinstance(node, ast.Import):
        return [each.name for each in node.names if each.name in MODULES]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module in MODULES else []


def test_nothing_that_one_system_has_is_used_unasked():
    used = {
        path.relative_to(ROOT).as_posix(): lines
        for path in CODE
        if (lines := unguarded(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert used == {}


@every(
    ("code", "found"),
    (
        ("import fcntl", ["1: fcntl"]),
        ("def f():\n    os.killpg(1, signal.SIGKILL)", ["2: os.killpg", "2: signal.SIGKILL"]),
        ("if os.name == 'posix':\n    os.killpg(1, 9)", []),
        ("try:\n    import fcntl\nexcept ImportError:\n    pass", []),
        ("os.getpid()", []),
    ),
)
def test_the_test_sees_what_it_looks_for(code, found):
    assert unguarded(ast.parse(code)) == found


def test_every_text_is_opened_with_its_encoding():
    ruff = [sys.executable, "-m", "ruff", "check", "--preview", "--select", "PLW1514", "--isolated"]
    done = subprocess.run(
        [*ruff, "--output-format=concise", "govtext", "tools", "benchmarks"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


WITHOUT = """
import os, signal, sys
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[name] = None
for name in ("O_DIRECTORY", "killpg", "sched_getaffinity", "getuid", "fork"):
    vars(os).pop(name, None)
for name in ("setitimer", "ITIMER_PROF", "SIGPROF", "SIGALRM"):
    vars(signal).pop(name, None)
def refuse(*_, **__):
    raise OSError("no links here")
os.link = os.symlink = refuse
from govtext.pipeline import sandbox
from govtext.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_system_without_what_posix_has_gives_the_same_tables(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    for number in range(4):
        put(source, f"{number}.txt", number)
    (source / "一.txt").write_bytes((source / "0.txt").read_bytes())
    build(source, tmp_path / "here", progress=lambda line: None)
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT, "build", source, "--out", tmp_path / "there"],
            env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        put(source, "0.txt", 9)
    put(source, "0.txt", 9)
    build(source, tmp_path / "here", progress=lambda line: None)
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    assert len(load(tmp_path / "there").reports) == 5


IDS = (
    "CON",
    "con",
    "nul.txt",
    "LPT1",
    "a.",
    "a ",
    "a",
    "A",
    "a:b",
    "a/b",
    "a\\b",
    "a?",
    "..",
    "é",
    "é",
)


def test_no_page_has_a_name_that_a_disk_refuses_or_takes_for_another():
    found = [Path(addresses.report(each)).name for each in IDS]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+\.html", name) for name in found)
    assert not any(re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)\..*", name) for name in found)
    assert len({name.casefold() for name in found}) == len(set(IDS))


def test_no_file_of_ours_has_a_name_that_windows_refuses():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [each for each in done.stdout.decode().split("\0") if each]
    if not names:
        pytest.skip("no checkout")
    parts = {part for name in names for part in name.split("/")}
    assert not [each for each in parts if re.search(r'[<>:"\\|?*]|[. ]$', each)]
    assert len({name.casefold() for name in names}) == len(names)
