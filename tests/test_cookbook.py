"""The cookbook: ten tasks of three lines at most, which `test_docs` runs and compares."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = [DOCS / "cookbook.md", DOCS / "cookbook.zh.md"]
MOST = 3


def blocks(text, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_ten_tasks_of_three_lines_at_most_show_what_they_give(page):
    tasks = re.split(r"^## \d+\. ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert len(tasks) == 10
    for task in tasks:
        (code,) = blocks(task, "python")
        (said,) = blocks(task, "text")
        assert len(code.splitlines()) <= MOST, code
        assert said.strip()


def test_both_languages_show_the_same():
    first, second = (page.read_text(encoding="utf-8") for page in PAGES)
    for kind in ("sh", "python", "text"):
        assert blocks(first, kind) == blocks(second, kind)
