"""The READMEs and the documentation: what they show is run, what they say is measured."""

import csv
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

import govtext as gt
from govtext.cli import _parser
from govtext.pipeline import sandbox
from tests import accuracy, doc_examples
from tests.cases import WHOLE
from tools import check, docs, readme, reference_page

ROOT = Path(__file__).resolve().parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
# A Chinese page has the blocks of its English one, to the character but for comments: see below.
SHOWN = [
    page
    for page in doc_examples.pages()
    if doc_examples.examples(page) and not page.name.endswith(".zh.md")
]


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: str(page.relative_to(ROOT)))
@pytest.mark.skipif(sys.platform == "win32", reason="the shell lines are those of a Unix system")
def test_the_examples_of_a_page_run_and_print_what_it_says(page, monkeypatch, settings_back):
    # Processes that stay from an earlier test are in another folder.
    monkeypatch.setattr(sys.modules["govtext.pipeline.build"], "sandbox", sandbox)
    for block, said in doc_examples.run(page):
        if block[1] == "python":
            assert doc_examples.plain(said) == (block[3] or "").strip("\n"), block[2]


def test_the_readmes_say_what_was_measured():
    assert check.check_readme(ROOT) == check.Verdict()


def test_what_is_kept_as_measured_is_measured():
    with accuracy.SCORES.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["by"] == "make accuracy"]
    kept = [(row["corpus"], row["what"], row["score"], row["n"], row["of"]) for row in rows]
    assert kept == accuracy.scores(), "run make accuracy"


def test_a_moved_score_would_be_seen(tmp_path):
    """The tables of the READMEs follow the scores that are kept."""
    assert readme._score({"score": "0.968", "n": "63"}, "count") == "61 / 63"
    assert readme._score({"score": "0.864", "n": "210"}, "count", "{n} passages") == (
        "0.864 (210 passages)"
    )
    assert readme._score(None, "count") == "–"


def _shape(page: Path) -> dict[str, object]:
    """What two languages of a page must share: levels of headings, code, links, numbers."""
    text = page.read_text(encoding="utf-8")
    code = re.findall(r"```.*?```", text, re.DOTALL)
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    tables = [line for line in prose.splitlines() if line.startswith("|")]
    return {
        "headings": [len(mark) for mark in re.findall(r"^(#+) ", prose, re.MULTILINE)],
        "code": [re.sub(r"#.*", "", block) for block in code],
        "numbers": [re.findall(r"\d[\d.,/ ]*\d|\d", line) for line in tables],
        "rows": [line.count("|") for line in tables],
    }


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("README.md", "README.zh.md"),
        ("docs/tutorial.md", "docs/tutorial.zh.md"),
        ("docs/cookbook.md", "docs/cookbook.zh.md"),
    ],
)
def test_the_chinese_page_is_in_step_with_the_english_one(english, chinese):
    first, second = _shape(ROOT / english), _shape(ROOT / chinese)
    for what, found in first.items():
        assert second[what] == found, what


def _targets(page: Path) -> list[str]:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"\]\(([^)\s]+)\)", text)


@pytest.mark.parametrize(
    "page",
    [
        *sorted(ROOT.glob("*.md")),
        *sorted(ROOT.glob("docs/*.md")),
        *sorted(ROOT.glob("docs/methods/*.md")),
    ],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_links_within_the_repository_hold(page):
    for target in _targets(page):
        place, _, anchor = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        path = (page.parent / place).resolve() if place else page
        assert path.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.*)", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {_anchor(head) for head in heads}, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_command_that_a_readme_names_is_there(page):
    text = page.read_text(encoding="utf-8")
    targets = re.search(r"\.PHONY: (.*)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    named = re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)
    assert {"study", "test", "check", "accuracy", "lab", "docs"} <= set(named)
    assert set(named) <= set(targets[1].split())
    commands = {action.dest: action for action in _parser()._actions if action.choices}
    known = set().union(*(action.choices for action in commands.values()))
    assert set(re.findall(r"govtext (build|show|new|study|export|site|compare)\b", text)) <= known


def test_what_describes_the_repository_is_in_step_with_it():
    assert check.check_crate(ROOT) == check.Verdict()
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    zenodo = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"version: {gt.__version__}\n" in cited
    assert zenodo["version"] == gt.__version__
    assert f'title: "{zenodo["title"]}"\n' in cited
    assert "version" in project["dynamic"]
    assert f"## {gt.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not WHOLE, reason="make fuzz builds it, as make docs does")
def test_the_documentation_builds_without_a_warning_and_asks_for_nothing():
    assert docs.write(ROOT) == 0
    pages = list((ROOT / docs.PLACE).rglob("*.html"))
    asked = r"""<(?:script|img|link|iframe)\b[^>]*(?:src|href)=["'](?:https?:)?//"""
    assert not [page for page in pages if re.search(asked, page.read_text(encoding="utf-8"))]


def test_every_public_name_is_in_the_reference(tmp_path):
    assert check.check_reference(ROOT) == check.Verdict()
    text = "".join(reference_page.pages(ROOT).values())
    for name in gt.__all__:
        assert f".. autofunction:: {name}\n" in text or f"## `gt.{name}`\n" in text
