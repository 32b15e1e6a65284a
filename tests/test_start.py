"""Start-up: what is not used is not imported, and a first answer comes at once."""

import subprocess
import sys

import pytest

import govtext as gt
from tests.cases import every

ARROW = {"numpy", "pandas", "pyarrow"}
DRAWING = {"matplotlib", "scipy", "sklearn"}
WORDS = {"jieba", "rjieba"}
READERS = {"pdfminer", "pdfplumber", "selectolax"}
HEAVY = ARROW | DRAWING | WORDS | READERS
HELP = "from govtext.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
PARSE = "import govtext as gt; gt.parse_quantities('受理12件')"


def ask(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout


@every(
    ("code", "needed"),
    (
        (HELP, set()),
        ("import govtext as gt; dir(gt)", set()),
        ("import govtext.pipeline.build", set()),
        ("import govtext as gt; gt.read_report", set()),
        ("import govtext as gt; gt.tokenize('公开')", {"rjieba"}),
        (PARSE, ARROW),
    ),
)
def test_only_what_is_used_is_imported(code, needed):
    told = ask(f"{code}\nimport sys; print(*sorted({HEAVY!r} & set(sys.modules)))")
    assert set(told.splitlines()[-1].split()) <= needed


def test_every_public_name_is_listed_before_it_is_used():
    assert set(ask("import govtext as gt; print(*dir(gt))").split()) >= set(gt.__all__)
    for name in gt.__all__:
        assert getattr(gt, name) is not None, name


def spent(code):
    """Least seconds of processor time of three processes that run the code."""
    resource = pytest.importorskip("resource", reason="this system does not tell what was spent")

    def whole():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    times = []
    for _ in range(3):
        before = whole()
        ask(code)
        times.append(whole() - before)
    return min(times)


def test_a_first_answer_comes_at_once():
    assert spent(HELP) < 20 * max(spent("pass"), 0.01)
    assert spent(PARSE) < 1.7 * spent("import pandas")


def test_a_namespace_stays_one_when_its_package_is_imported_first():
    code = "import govtext as gt; gt.draw_sample; print(type(gt.validate).__name__)"
    assert ask(code).strip() == "_Namespace"
