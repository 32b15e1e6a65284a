"""tools.study: notebooks executed alike on every machine, and the study made anew."""

import errno
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.core import disk
from govtext.pipeline import progress
from govtext.study import execute, index, page
from govtext.study.running import Running, Stopped
from tests.test_progress import Terminal
from tools import check, lab, study

PROBE = [
    "import os, sys\nprint(os.path.samefile(sys.executable, os.environ['THIS_PYTHON']))",
    "print(os.path.basename(os.getcwd()))",
    "print('planted' in globals())",
    "import warnings\nwarnings.warn('careful')\nimport jieba\nprint(jieba.lcut('公开'))",
    "import pandas as pd\npd.DataFrame({'地': ['<script>alert(1)</script>']})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
]


def write(path: Path, *cells: str, prose: str = "# 题 Title") -> Path:
    import nbformat  # two seconds that no other test need wait for
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    notebook = new_notebook(cells=[new_markdown_cell(prose), *map(new_code_cell, cells)])
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The probe, run where another Jupyter and IPython are set up to lead it astray."""
    import nbformat

    folder = tmp_path_factory.mktemp("study")
    path = write(folder / "notebooks/01_probe.ipynb", *PROBE, prose="# 题\n<script>x()</script>")
    kernel = folder / "other/kernels/python3/kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps({"argv": ["false"], "display_name": "no", "language": "python"}))
    startup = folder / "ipython/profile_default/startup/00.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("planted = True")
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
        patch.setenv("JUPYTER_PATH", str(folder / "other"))
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        patch.setenv("THIS_PYTHON", sys.executable)
        assert execute.execute_all([path], folder / "out")
    return SimpleNamespace(
        path=path,
        said=said.getvalue(),
        notebook=nbformat.read(folder / "out/01-probe.ipynb", as_version=4),
        text=(folder / "out/01-probe.ipynb").read_text(encoding="utf-8"),
        page=(folder / "out/01-probe.html").read_text(encoding="utf-8"),
    )


def outputs(executed, cell: int) -> str:
    cells = [c for c in executed.notebook.cells if c.cell_type == "code"]
    return "".join(output.get("text", "") for output in cells[cell].outputs)


def test_it_runs_this_python_in_the_notebook_s_folder_without_the_reader_s_settings(executed):
    assert [outputs(executed, cell) for cell in range(3)] == ["True\n", "notebooks\n", "False\n"]


def test_progress_is_one_line_a_notebook(executed):
    assert re.fullmatch(r"  01_probe  6/6 cells  [0-9]+\.[0-9] s\n", executed.said)


def test_warnings_have_no_path_and_jieba_is_silent(executed):
    assert outputs(executed, 3) == "['公开']\nUserWarning: careful\n"


def test_no_time_and_no_place_of_this_machine_is_kept(executed):
    assert "execution" not in {key for cell in executed.notebook.cells for key in cell.metadata}
    assert sys.prefix not in executed.text
    assert set(executed.notebook.metadata) == {"kernelspec", "language_info"}
    ids = [cell.id for cell in executed.notebook.cells]
    assert ids == [f"cell-{n:03d}" for n in range(1, len(ids) + 1)]


def test_the_page_stands_alone_and_runs_nothing_found_in_data(executed):
    fetched = re.findall(
        r"<(?:script|img|link|iframe)\b[^>]*(?:src|href)=[\"'](?!data:)", executed.page
    )
    assert not fetched
    assert "<script>alert" not in executed.page
    assert "<script>x()" not in executed.page
    assert "&lt;script&gt;alert(1)" in executed.page
    assert '<img alt="No description' in executed.page
    assert "<h1" in executed.page
    assert "<th>" in executed.page


RUN = """
import sys
from pathlib import Path
from govtext.study.execute import execute_all
sys.exit(not execute_all([Path(sys.argv[1])], Path(sys.argv[2])))
"""


def test_another_run_elsewhere_gives_the_same_bytes(executed, tmp_path):
    one_core = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    settings = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LANG": "C", "LC_ALL": "C"}
    subprocess.run(
        [*one_core, sys.executable, "-c", RUN, str(executed.path), str(tmp_path)],
        check=True,
        env={**os.environ, **settings, "THIS_PYTHON": sys.executable},
    )
    again = {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir()}
    assert again == {"01-probe.ipynb": executed.text, "01-probe.html": executed.page}


def test_the_first_failing_cell_ends_it_and_is_named(tmp_path, capsys):
    import nbformat

    paths = [
        write(tmp_path / "notebooks/01_bad.ipynb", "1", "", "{}['places']", "2"),
        write(tmp_path / "notebooks/02_next.ipynb", "3"),
    ]
    assert not execute.execute_all(paths, tmp_path / "out")
    said = capsys.readouterr().out
    assert "notebooks/01_bad.ipynb, cell 2 of its code" in said
    assert "KeyError: 'places'" in said
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["01-bad.ipynb"]
    saved = nbformat.read(tmp_path / "out/01-bad.ipynb", as_version=4)
    assert [o.output_type for c in saved.cells[1:] for o in c.outputs] == [
        "execute_result",
        "error",
    ]


def test_a_kernel_that_dies_is_a_failure(tmp_path, capsys):
    path = write(tmp_path / "notebooks/03_dead.ipynb", "import os", "os._exit(1)")
    old = tmp_path / "out/03-dead.html"
    old.parent.mkdir()
    old.write_text("of a run before")
    assert not execute.execute_all([path], tmp_path / "out")
    said = capsys.readouterr().out
    assert "notebooks/03_dead.ipynb, cell 2 of its code" in said
    assert "Its process died" in said
    assert not old.exists(), "a page of another run must not lie beside it"


def test_a_cell_over_its_limit_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(execute, "SECONDS_A_CELL", 1)
    path = write(tmp_path / "notebooks/04_slow.ipynb", "1", "while True: pass")
    assert not execute.execute_all([path], tmp_path / "out")
    said = capsys.readouterr().out
    assert "notebooks/04_slow.ipynb, cell 2 of its code:\n  It took more than 1 seconds." in said


def test_a_full_disk_is_named_and_leaves_no_half_of_a_file(executed, tmp_path, monkeypatch, capsys):
    def ran(path, environment, running):
        return executed.notebook, None, 0.1

    def full(path, number):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(execute, "_timed", ran)
    with monkeypatch.context() as patch:
        patch.setattr(disk, "publish", full)
        assert not execute.execute_all([executed.path], tmp_path / "out")
    said = capsys.readouterr().out
    assert "FAILED notebooks/01_probe.ipynb: what came of it could not be written" in said
    assert "No space left on device" in said
    assert list((tmp_path / "out").iterdir()) == []
    assert execute.execute_all([executed.path], tmp_path / "out")


STOPPED = """
import os, signal, sys, threading, time
from pathlib import Path
from govtext.study.execute import execute_all
sign = Path(sys.argv[2], "sign")
def stop():
    while not sign.exists():
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=stop).start()
execute_all([Path(sys.argv[1])], Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name != "posix", reason="other systems have other signals")
def test_a_run_that_is_stopped_ends_its_kernels(tmp_path):
    cell = "import os, time; open(SIGN, 'w').write(str(os.getpid())); time.sleep(600)"
    sign = tmp_path / "sign"
    path = write(tmp_path / "notebooks/01_a.ipynb", cell.replace("SIGN", repr(str(sign))))
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, str(path), str(tmp_path)], capture_output=True, check=False
    )
    assert b"KeyboardInterrupt" in done.stderr
    assert time.monotonic() - start < 100
    with pytest.raises(ProcessLookupError):
        os.kill(int(sign.read_text()), 0)


def test_progress_goes_cell_by_cell(monkeypatch):
    screen, now = Terminal(), SimpleNamespace(time=0.0)
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(progress.time, "monotonic", lambda: now.time)
    told = Running(3)
    for cell in (1, 2, 3):
        now.time += 1
        told.at(Path("03_metrics.ipynb"), cell, 12)
    told.at(Path("04_audit.ipynb"), 1, 5)
    assert screen.getvalue().split("\r")[1:] == [
        f"  0 of 3 notebooks, 03_metrics {cell}/12" for cell in (1, 2, 3)
    ]
    told.stop()
    assert screen.getvalue().endswith(" \r")
    with pytest.raises(Stopped):
        told.at(Path("04_audit.ipynb"), 2, 5)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    log = Running(3)
    for cell in range(130):
        now.time += 1
        log.at(Path("03_metrics.ipynb"), cell, 200)
    assert sys.stdout.getvalue().splitlines() == [
        "  0 of 3 notebooks, 03_metrics 59/200", "  0 of 3 notebooks, 03_metrics 119/200",
    ]  # fmt: skip


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A checkout with old results, and a build that writes one table."""
    for file in OLD:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("old", encoding="utf-8")

    def build(source, out, **_):
        assert (source / "2012.txt").is_file()
        out.mkdir(parents=True)
        (out / "reports.parquet").write_text("new", encoding="utf-8")
        return SimpleNamespace(n_reports=5, n_rejects=1, n_ignored=2, n_quantities=34)

    module = ModuleType("govtext.pipeline.build")
    module.build = build
    monkeypatch.setitem(sys.modules, "govtext.pipeline.build", module)
    monkeypatch.delenv("GOVTEXT_STUDY", raising=False)
    return tmp_path


OLD = (
    "data/raw/2012.txt", "data/bodies.csv", "data/processed/old", "figures/01-old.svg",
    "build/notebooks/01-old.ipynb", "build/lab/01_mine.ipynb",
)  # fmt: skip
DRAW = """
import os
from pathlib import Path
study = Path(os.environ["GOVTEXT_STUDY"])
assert (study / "reports.parquet").read_text() == "new"
assert (study / "bodies.csv").is_file()
(study / "figures").mkdir()
(study / "figures" / "01-a.svg").touch()
"""


def files(root):
    return {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}


def old_results(root):
    """Whether all that stood there stands there still."""
    return all((root / file).read_text(encoding="utf-8") == "old" for file in OLD)


def test_the_study_is_made_anew_and_summed_up(root, capsys):
    write(root / "notebooks/01_a.ipynb", DRAW)
    for name in ("scratch", "01_a.nbconvert", "01_a-Copy1"):
        write(root / f"notebooks/{name}.ipynb", "1 / 0")
    assert study.run(root) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith(
        "Done: 5 reports read, 1 rejected, 2 other files ignored; 34 numbers found; "
        "1 notebooks executed; 1 figures written; "
    )
    assert files(root) == {
        "data/raw/2012.txt", "data/bodies.csv", "data/processed/reports.parquet",
        "figures/01-a.svg", "notebooks/01_a.ipynb", "notebooks/scratch.ipynb",
        "notebooks/01_a.nbconvert.ipynb", "notebooks/01_a-Copy1.ipynb",
        "build/notebooks/01-a.ipynb", "build/notebooks/01-a.html", "build/lab/01_mine.ipynb",
        "build/notebooks/index.html", "build/record.json",
    }  # fmt: skip
    told = json.loads((root / "build/record.json").read_text(encoding="utf-8"))
    assert told["python"] == ".".join(map(str, sys.version_info[:3]))
    assert told["seconds"] > 0
    assert {"pandas", "matplotlib"} <= set(told["packages"])


def test_the_index_leads_to_every_notebook_and_figure(tmp_path):
    path = write(tmp_path / "notebooks/01_a.ipynb", "1", prose="# 1 <题>\n\nOne `word`. Two.")
    figures = tmp_path / "figures"
    figures.mkdir()
    rows = "file,title\n01-b.png,A <b> & c\n01-b.svg,x\n02-c.png,y\n"
    (figures / "manifest.csv").write_text(rows, encoding="utf-8")
    index.write([path], tmp_path / "build/notebooks", figures)
    html = (tmp_path / "build/notebooks/index.html").read_text(encoding="utf-8")
    assert '<h2><a href="01-a.html">1 &lt;题&gt;</a></h2><p>One word.</p>' in html
    assert re.findall(r'src="([^"]*)" alt="([^"]*)"', html) == [
        ("../../figures/01-b.png", "A &lt;b&gt; &amp; c")
    ]
    assert "<script" not in html
    assert "://" not in html


def test_another_study_that_is_named_leaves_the_project_s_alone(root, monkeypatch, capsys):
    """`make study` makes the project's own study, and says so."""
    mine = root / "mine"
    mine.mkdir()
    monkeypatch.setenv("GOVTEXT_STUDY", str(mine))
    write(root / "notebooks/01_a.ipynb", DRAW)
    assert study.run(root) == 0
    assert "This makes the project's own study; GOVTEXT_STUDY" in capsys.readouterr().out
    assert (root / "figures/01-a.svg").is_file()
    assert not files(mine)


def test_a_failing_notebook_fails_the_study_and_leaves_the_last_results(root, capsys):
    write(root / "notebooks/01_a.ipynb", DRAW)
    write(root / "notebooks/02_b.ipynb", "1 / 0")
    assert study.run(root) == 1
    said = capsys.readouterr().out
    assert "Done" not in said
    assert "as far as it came" in said
    assert old_results(root)
    assert (root / "build/draft/notebooks/02-b.ipynb").is_file()


def test_a_failing_build_leaves_the_last_results(root, monkeypatch):
    def build(source, out, **_):
        raise OSError("disk full")

    monkeypatch.setattr(sys.modules["govtext.pipeline.build"], "build", build)
    with pytest.raises(OSError, match="disk full"):
        study.run(root)
    assert old_results(root)


def test_results_set_aside_by_a_run_that_was_killed_are_back(root):
    aside = root / "build/draft/old/data"
    aside.mkdir(parents=True)
    (root / "data/processed").rename(aside / "processed")
    write(root / "notebooks/01_a.ipynb", "1 / 0")
    assert study.run(root) == 1
    assert old_results(root)


def test_nothing_is_deleted_where_there_is_nothing_to_read(root, capsys):
    shutil.rmtree(root / "data/raw")
    assert study.run(root) == 1
    assert "no folder data/raw" in capsys.readouterr().out
    assert (root / "figures/01-old.svg").is_file()


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<style>b{color:red}</style>x", "x"),
        ('<p style="padding: 2px; position: fixed">x</p>', '<p style="padding: 2px;">x</p>'),
        ('<a href="javascript:x()">x</a>', "<a>x</a>"),
        ('<mark onclick="x()">5件</mark>', "<mark>5件</mark>"),
        ("<iframe src='a'></iframe>", "&lt;iframe src='a'&gt;&lt;/iframe&gt;"),
        ('<ol class="a" data-x="y"><li>1</li></ol>', '<ol class="a"><li>1</li></ol>'),
    ],
)
def test_sanitise(html, clean):
    assert page.sanitise(html) == clean


@given(st.text(alphabet="<>/scriptSCRIPT \"'=onx&;甲\n", max_size=60))
def test_nothing_that_runs_passes(html):
    assert not re.search(r"<\s*/?\s*script|<[^>]*\son\w+\s*=", page.sanitise(html), re.IGNORECASE)


def test_the_study_named_is_found_from_the_folder_of_the_notebooks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOVTEXT_STUDY", "mine")
    with execute._clean_environment() as environment:
        assert environment["GOVTEXT_STUDY"] == str(tmp_path.resolve() / "mine")
    monkeypatch.delenv("GOVTEXT_STUDY")
    with execute._clean_environment() as environment:
        assert "GOVTEXT_STUDY" not in environment


@pytest.fixture
def desk(tmp_path):
    """A checkout with two notebooks, and working copies of them."""
    for name in ("01_a", "02_b"):
        write(tmp_path / f"notebooks/{name}.ipynb", "1 + 1")
    write(tmp_path / "notebooks/01_a.nbconvert.ipynb", "1 + 1")
    lab.working_copies(tmp_path)
    return tmp_path


def edit(path, *cells):
    """Save other cells with their outputs, as the laboratory does."""
    import nbformat

    made = nbformat.read(write(path, *cells), as_version=4)
    for cell in made.cells[1:]:
        cell.outputs = [nbformat.v4.new_output("stream", text="2")]
        cell.execution_count = 7
        cell.metadata["trusted"] = True
    made.metadata = {"language_info": {"name": "python", "version": "3.99"}}
    nbformat.write(made, path)


def source(path):
    import nbformat

    return [cell.source for cell in nbformat.read(path, as_version=4).cells[1:]]


def test_the_laboratory_opens_working_copies(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(
        lab.lab.subprocess,
        "run",
        lambda command, **_: asked.append(command) or SimpleNamespace(returncode=0),
    )
    before = {path: path.read_bytes() for path in desk.glob("notebooks/*")}
    assert lab.run(desk) == 0
    assert str(desk / "build/lab") in asked[0]
    settings = desk / "build/lab/.lab/settings/@jupyterlab/apputils-extension"
    told = (settings / "notification.jupyterlab-settings").read_text(encoding="utf-8")
    assert json.loads(told) == {"checkForUpdates": False, "fetchNews": "false"}
    assert sorted(p.name for p in (desk / "build/lab").glob("*.ipynb")) == [
        "01_a.ipynb",
        "02_b.ipynb",
    ]
    for path in (desk / "build/lab").glob("*.ipynb"):
        edit(path, "1 + 1")
    assert {path: path.read_bytes() for path in desk.glob("notebooks/*")} == before


def test_a_working_copy_with_a_change_is_kept_and_any_other_follows(desk, capsys):
    edit(desk / "build/lab/01_a.ipynb", "1 + 2")
    edit(desk / "build/lab/02_b.ipynb", "1 + 1")
    for name in ("01_a", "02_b"):
        write(desk / f"notebooks/{name}.ipynb", "1 + 3")
    lab.working_copies(desk)
    assert "build/lab/01_a.ipynb has changes of yours and is kept" in capsys.readouterr().out
    assert source(desk / "build/lab/01_a.ipynb") == ["1 + 2"]
    assert source(desk / "build/lab/02_b.ipynb") == ["1 + 3"]


def test_a_run_without_a_change_keeps_its_outputs(desk):
    edit(desk / "build/lab/01_a.ipynb", "1 + 1")
    saved = (desk / "build/lab/01_a.ipynb").read_bytes()
    lab.working_copies(desk)
    assert (desk / "build/lab/01_a.ipynb").read_bytes() == saved


def test_a_change_is_brought_back_without_its_outputs(desk, capsys):
    other = (desk / "notebooks/02_b.ipynb").read_bytes()
    edit(desk / "build/lab/01_a.ipynb", "1 + 2")
    edit(desk / "build/lab/02_b.ipynb", "1 + 1")
    edit(desk / "build/lab/09_new.ipynb", "9")
    assert lab.keep(desk) == 0
    assert source(desk / "notebooks/01_a.ipynb") == ["1 + 2"]
    assert source(desk / "notebooks/09_new.ipynb") == ["9"]
    for name in ("01_a", "09_new"):
        text = (desk / f"notebooks/{name}.ipynb").read_text(encoding="utf-8")
        assert not any(word in text for word in ("3.99", "trusted", '"text": "2"', "7,"))
        assert list(check.notebook_faults(desk / f"notebooks/{name}.ipynb")) == []
    assert (desk / "notebooks/02_b.ipynb").read_bytes() == other, "nothing was changed there"
    capsys.readouterr()
    assert lab.keep(desk) == 0
    assert capsys.readouterr().out == "", "once is enough"


def test_a_change_on_both_sides_is_left_to_a_person(desk, capsys):
    edit(desk / "build/lab/01_a.ipynb", "1 + 2")
    write(desk / "notebooks/01_a.ipynb", "1 + 3")
    assert lab.keep(desk) == 1
    assert "compare it with build/lab by hand" in capsys.readouterr().out
    assert source(desk / "notebooks/01_a.ipynb") == ["1 + 3"]
    assert source(desk / "build/lab/01_a.ipynb") == ["1 + 2"]


def test_the_pictures_of_a_page_tell_what_they_show():
    import nbformat

    picture = nbformat.v4.new_output("display_data", {"image/png": "aGk="})
    source = 'ax = gt.plots.coverage(frame)\ngt.save_figure(ax, "01-coverage")'
    cells = [nbformat.v4.new_code_cell(source, outputs=[picture]),
             nbformat.v4.new_code_cell("1 + 1", outputs=[nbformat.v4.new_output(
                 "display_data", {"image/png": "aGk="})])]  # fmt: skip
    notebook = nbformat.v4.new_notebook(cells=cells)
    page.describe(notebook, {"01-coverage": 'Reports & "bodies"'})
    text = page.page(notebook, "01")
    told = [html.unescape(said) for _, said in re.findall(r"""<img alt=(['"])(.*?)\1""", text)]
    assert told[0] == 'Reports & "bodies"'
    assert notebook.cells[1].outputs[0].metadata == {}
