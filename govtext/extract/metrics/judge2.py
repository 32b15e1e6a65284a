"""Frames -> Observations: the metric whose row a frame fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dataclasses import replace

from govtext.core.model import Observation, Quantity
from govtext.extract.metrics import book, settle
from govtext.extract.metrics.frames import UNKNOWN, Frame
from govtext.extract.metrics.lexicon import SLOTS, Metric, metrics
from govtext.extract.metrics.none import zero_frames
from govtext.extract.metrics.reader import Reader
from govtext.extract.metrics.views import look

if TYPE_CHECKING:
    from govtext.core.model import Document, Section
    from govtext.extract.metrics.views import Text

_REJECT = {"change", "share", "per", "used", "sent", "kind"}
_ROWS = {row.row: row for rows in metrics().values() for row in rows}
_ZERO_THINGS = frozenset("request review lawsuit complaint fee press_conference interview npc_suggestion cppcc_proposal training meeting staff penalty coercion licence fee_item other_service budget".split())


def observe(document: Document, sections: tuple[Section, ...], quantities: tuple[Quantity, ...], *, year: int | None = None) -> tuple[Observation, ...]:
    if not sections or not document.text:
        return ()
    text = look(document, sections)
    reported = settle.report_year(text) if year is None else year
    reader = Reader(text.folded, sections, text.titles, quantities, reported)
    found: list[Observation] = []
    topic = ""
    for section, start, end, sentence, frames in reader.run():
        for frame in frames:
            quantity = quantities[frame.number]
            row = match(frame, quantity.unit, text, start, quantity.start, reported)
            if row is not None:
                found.append(_observation(row, frame, quantity, text))
        for token, frame in zero_frames(sentence, topic, "|".join(reader.title_things(section))):
            if section.part in ("problems", "plans") and frame.thing not in ("request", "review", "lawsuit", "complaint"):
                continue
            row = match(frame, None, text, start, token.start, reported)
            if row is not None:
                found.append(_zero(row, token, text))
        topic = sentence.topic.thing if sentence.topic.age == 0 else ""
    found = _alone(_once(found))
    found.sort(key=lambda each: (each.start, each.end, each.metric))
    return settle.settle(found, text, quantities)


def _alone(found: list[Observation]) -> list[Observation]:
    """Where a report gives no figure of what a row needs, it means another metric."""
    own = {each.metric for each in found if not settle._OWN.search(each.flags)}
    result = []
    for each in found:
        row = _ROWS[int(each.rule.partition(":")[2])]
        if row.drop:
            alone = {e.metric for e in found if not settle._OWN.search(e.flags) and not _ROWS[int(e.rule.partition(":")[2])].drop}
            if row.needs in alone:
                continue
        if row.needs and row.needs not in own:
            if row.alone:
                result.append(replace(each, metric=row.alone))
            continue
        result.append(each)
    return result


def _once(found: list[Observation]) -> list[Observation]:
    seen: set[tuple[str, int]] = set()
    result = []
    for each in found:
        if (each.metric, each.start) not in seen:
            seen.add((each.metric, each.start))
            result.append(each)
    return result


def match(frame: Frame, unit: str | None, text: Text, start: int, at: int, year: int | None) -> Metric | None:
    reject = _REJECT - ({"change"} if frame.by == "change" else set())
    if frame.by == "per_issue":
        reject = reject - {"per", "sent"}
    if frame.outcome or frame.act in ("granted", "partly_granted", "refused", "withdrawn"):
        reject = reject - {"kind"}
    if frame.thing == UNKNOWN or frame.marks & reject:
        return None
    if unit is None and frame.thing not in _ZERO_THINGS and not frame.channel:
        return None
    rows = metrics().get(frame.thing or "-", ())
    if not frame.thing and not (frame.channel or frame.outcome or frame.by):
        return None
    best: tuple[int, Metric] | None = None
    for row in rows:
        if unit is not None and unit not in row.units:
            continue
        score = _score(row, frame)
        if score is None or not _allowed(row, frame, unit):
            continue
        if year is not None and not row.since <= year <= row.until:
            continue
        if row.about and not _about(text, start, at, frame):
            continue
        if best is None or score > best[0]:
            best = (score, row)
    return best[1] if best else None


def _allowed(row: Metric, frame: Frame, unit: str | None) -> bool:
    if row.of and row.of != (frame.of or "-"):
        return False
    if row.carried == "yes" and frame.how.get("thing") not in ("before", "clause before"):
        return False
    if row.carried == "no" and "thing" in frame.how:
        return False
    return not (unit is None and frame.outcome == "on_time")


def _score(row: Metric, frame: Frame) -> int | None:
    score = 0
    for slot, allowed in zip(SLOTS[1:], row.slots[1:], strict=True):
        value = getattr(frame, slot)
        if allowed is None:
            score -= 1 if value else 0
            continue
        if value not in allowed:
            return None
        score += 1 if value else 0
    return score


def _about(text: Text, start: int, at: int, frame: Frame) -> bool:
    sentence = text.folded[start : at + 80].partition("。")[0] if "。" not in text.folded[start:at] else text.folded[at : at + 80].partition("。")[0]
    if any(word in sentence for word in ("无关", "无涉", "非信息公开", "非政府信息公开")):
        return False
    section = text.section_at(at)
    if frame.thing == "complaint" and "公开" not in sentence and "公开" not in text.folded[start:at]:
        return section.part == "review_litigation" or any("投诉" in t or "举报" in t for t in text.titles[section.section_id])
    begin = max(text.paragraph_start(at), at - 240)
    stop = text.folded.find("\n", at, at + 80)
    near = text.folded[begin : stop if stop >= 0 else at + 80]
    if "公开" in near or any(w in near for w in ("概述", "概况", "总体情况", "基本情况", "监督保障", "机构建设", "机构人员", "组织领导")):
        return True
    return any("公开" in t or "培训" in t or "机构" in t or "人员" in t or "经费" in t or "保障" in t or "会议" in t or "概述" in t or "概况" in t or "总体情况" in t or "基本情况" in t for t in text.titles[section.section_id]) or section.part in ("review_litigation",)


def _observation(row: Metric, frame: Frame, quantity: Quantity, text: Text) -> Observation:
    flags = [*sorted(frame.flags - ({"prior_year"} if frame.by == "previous" else set())), "repaired" if "repaired" in quantity.flags else ""]
    return Observation(
        row.metric, quantity.value, "number" if quantity.value is not None else "na",
        book.units_of_metrics()[row.metric], quantity.qualifier,
        text.section_at(quantity.start).section_id, quantity.start, quantity.end,
        text.quote(quantity.start, quantity.end), f"frame_metrics:{row.row}",
        ";".join(dict.fromkeys(filter(None, flags))),
    )


def _zero(row: Metric, token: object, text: Text) -> Observation:
    start, end = token.start, token.end
    return Observation(
        row.metric, 0.0, "zero_by_negation", book.units_of_metrics()[row.metric], "exact",
        text.section_at(start).section_id, start, end, text.quote(start, end),
        f"frame_metrics:{row.row}", "",
    )
