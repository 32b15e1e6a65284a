"""tools.wheel: what is published holds the library, all of it, and nothing else."""

import zipfile
from pathlib import Path

from tools import wheel


def test_a_wheel_that_lacks_a_file_or_holds_a_foreign_one_is_found(tmp_path):
    for name in ("govtext/__init__.py", "govtext/rules/a.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    made = tmp_path / "a.whl"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("govtext/__init__.py", "")
        archive.writestr("tests/test_a.py", "")
    assert wheel.wheel_faults(made, tmp_path) == [
        "a.whl lacks govtext/rules/a.csv", "a.whl holds tests/test_a.py"
    ]  # fmt: skip


def test_wheel_and_sdist_hold_the_library():
    root = Path(__file__).parents[1]
    made, source = wheel.build(root)
    assert wheel.wheel_faults(made, root) == []
    assert wheel.sdist_faults(made, source) == []
