"""How passages with their answers are scored: each number by its place, value and metric."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from govtext.core.model import Observation, Report
from govtext.pipeline.assemble import read_file

ALIKE = Path(__file__).parents[1] / "data" / "gold" / "frames" / "alike.csv"
NOT_OWN = {"prior_year", "cumulative", "target", "other_body"}
SLOTS = ("thing", "act", "channel", "outcome", "scope")
_NEAR = 12  # characters: a number may be quoted with its unit or its noun
_NUMBER = re.compile(r"^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[)）]")


@dataclass
class Scores:
    """Counts over passages; `slots` has for each slot the right ones and all."""

    hits: int = 0
    missed: int = 0
    extra: int = 0
    look_alikes: int = 0
    slots: dict[str, list[int]] = field(default_factory=dict)
    wrong: list[object] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.extra)


def score(rows: list[dict[str, Any]], folder: Path) -> Scores:
    """Score passages: each is read as a section of a report of its year."""
    scores = Scores()
    for row in rows:
        report, base = _read(row, folder)
        answers = [(*_span(row["text"], each, base), each) for each in row["numbers"]]
        found = [each for each in report.observations if _is_own(each) and each.start >= base]
        missed = [each for each in answers if not _answered(each, found, scores)]
        extra = [each for each in found if not any(_same(each, *one) for one in answers)]
        scores.extra += len(extra)
        scores.look_alikes += row["kind"] == "lookalike" and bool(extra)
        if extra or any(_is_asked(one[2]) for one in missed):
            scores.wrong.append((row["id"], missed, [(e.metric, e.value) for e in extra]))
        for answer in answers:
            _slots(answer, report, scores)
    return scores


def _read(row: dict[str, Any], folder: Path) -> tuple[Report, int]:
    heading = "二、" + _NUMBER.sub("", row["section"]) if row["section"] else "一、概述"
    title = f"云岭县{row.get('year') or 2015}年政府信息公开工作年度报告"
    path = folder / "page.txt"
    path.write_text("\n".join([title, "", heading, row["text"]]), encoding="utf-8")
    report = read_file(path, "page", path.name)
    return report, report.document.text.rfind(row["text"][:8])


def _span(text: str, answer: dict[str, Any], base: int) -> tuple[int, int]:
    place = -1
    for _ in range(answer.get("nth", 1)):
        place = text.find(answer["quote"], place + 1)
    return base + place, base + place + len(answer["quote"])


def _is_own(each: Observation) -> bool:
    return not NOT_OWN & set(each.flags.split(";"))


def _is_asked(answer: dict[str, Any]) -> bool:
    optional = answer.get("optional") or "" in answer.get("ok", [])
    return bool(answer["metric"]) and answer["scope"].split("|")[0] not in NOT_OWN and not optional


def _same(each: Observation, start: int, end: int, answer: dict[str, Any]) -> bool:
    near = each.start < end + _NEAR and each.end > start - _NEAR
    right = each.metric in [answer["metric"], *answer.get("ok", [])]
    return near and right and each.value == (answer["value"] or 0)


def _answered(
    answer: tuple[int, int, dict[str, Any]], found: list[Observation], scores: Scores
) -> bool:
    if not answer[2]["metric"] or answer[2]["scope"].split("|")[0] in NOT_OWN:
        return True
    if any(_same(each, *answer) for each in found):
        scores.hits += 1
        return True
    scores.missed += _is_asked(answer[2])
    return False


def _slots(answer: tuple[int, int, dict[str, Any]], report: Report, scores: Scores) -> None:
    """Whether the frame that stands nearest has what the readers say of each slot."""
    start, end, said = answer
    frames = [each for each in report.frames if each.start < end + _NEAR and each.end > start]
    if not frames:
        right = dict.fromkeys(SLOTS, False)
    else:
        frame = min(frames, key=lambda each: abs(each.start - start))
        right = {slot: _agrees(slot, getattr(frame, slot), said.get(slot) or "") for slot in SLOTS}
    right["whole"] = all(right.values())
    for slot, holds in right.items():
        counted = scores.slots.setdefault(slot, [0, 0])
        counted[0] += holds
        counted[1] += 1


def _agrees(slot: str, value: str, said: str) -> bool:
    """True if a value of the engine is, or means, one of the answers of the readers."""
    answers = set(said.split("|"))
    return any(each in answers or _alike()[slot, each] & answers for each in value.split("|"))


@cache
def _alike() -> defaultdict[tuple[str, str], set[str]]:
    """Names that the readers had for a value of the engine, by slot and value."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    with ALIKE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[row["slot"], row["engine"]].add(row["readers"])
    return found
