"""The fault corpus: every file ends as a report, a reject or ignored, as its table says."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from govtext.core import rules
from govtext.pipeline.build import build
from tests.cases import WHOLE
from tools.faults import write

QUICK = 8
"""Of so many cases one is tried in `make test`, and all of them in `make fuzz`."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Folder of the corpus with its tables, built once."""
    folder = tmp_path_factory.mktemp("faults") / "corpus"
    cases = write.all_cases(slow=WHOLE)
    chosen = [case for number, case in enumerate(cases) if WHOLE or number % QUICK == 0]
    write.write(folder, chosen)
    build(folder / write.FILES, folder / write.TABLES, progress=lambda line: None)
    return folder


def test_every_case_ends_as_expected(corpus):
    assert list(write.faults_of(corpus)) == []


def test_a_case_that_ends_otherwise_is_told(corpus, monkeypatch):
    """Else the test above could not fail."""
    rows = [row | {"outcome": "reject scanned"} for row in write.expected(corpus)]
    monkeypatch.setattr(write, "expected", lambda folder: rows)
    assert len(list(write.faults_of(corpus))) == len(rows)


def test_the_corpus_is_as_broad_as_it_says():
    cases = list(write.all_cases())
    assert len(cases) > 600
    assert len(Counter(case.fault.split("/")[0] for case in cases)) > 20
    assert len({case.path for case in cases}) == len(cases)


def test_every_outcome_is_one_of_those_known():
    causes = {row["cause"] for row in rules.load("causes")}
    kinds = {row["kind"] for row in rules.load("kinds")}
    for case in write.all_cases():
        for outcome in case.outcome.split(" or "):
            name, _, of = outcome.partition(" ")
            known = {"reject": causes, "kind": kinds, "year": {"null"}}.get(name, set())
            assert name in ("report", "repaired", "ignored", "reject", "kind", "year"), case.path
            assert not of or of in known or of.isdigit(), case.path


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and sockets of Unix")
def test_links_out_of_a_folder_are_followed_when_asked(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "out/deep").mkdir(parents=True)
    for place in ("out/a.txt", "out/deep/b.txt"):
        (tmp_path / place).write_text(write.texts.REPORT, encoding="utf-8")
    (folder / "file.txt").symlink_to(tmp_path / "out/a.txt")
    (folder / "folder").symlink_to(tmp_path / "out/deep")
    (folder / "round").symlink_to(folder)
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "manifest.csv").symlink_to("nowhere")
    said = []
    done = build(folder, tmp_path / "tables", progress=said.append)
    assert (done.n_reports, done.n_rejects) == (0, 5)
    assert any("--follow-links" in line for line in said)
    done = build(folder, tmp_path / "tables", progress=said.append, follow_links=True)
    assert (done.n_reports, done.n_rejects) == (2, 3)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="this system has no /proc")
def test_what_the_system_shows_of_itself_is_no_folder_of_reports(tmp_path):
    with pytest.raises(ValueError, match="of the system"):
        build("/proc/self", tmp_path / "tables", progress=lambda line: None)


@pytest.mark.skipif(os.mkdir not in os.supports_dir_fd, reason="no folder deeper than a path here")
def test_a_folder_deeper_than_a_path_can_be_is_one_reject(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(write.texts.REPORT, encoding="utf-8")
    here = os.open(tmp_path / "in", os.O_RDONLY)
    for _ in range(90):
        os.mkdir("d" * 60, dir_fd=here)
        below = os.open("d" * 60, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("b.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    done = build(tmp_path / "in", tmp_path / "tables", progress=lambda line: None)
    assert (done.n_reports, done.n_rejects) == (1, 1)
