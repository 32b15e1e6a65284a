"""Documents that are no annual report: notices, plans, guides, news and regulations of a body."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tools.made.grammar import Speaker, speak
from tools.made.report import MARK, MadeReport
from tools.made.tables import load
from tools.pages import Paragraph

if TYPE_CHECKING:
    from random import Random


def document(report_id: str, beside: MadeReport, rng: Random) -> MadeReport:
    """A document of another kind, of the same body and year as a report."""
    row = rng.choice(load("kinds"))
    words = {
        "we": beside.body.we, "body": beside.body.full(beside.year), "year": str(beside.year),
        "next_year": str(beside.year + 1), "place_of": beside.body.place.name,
    }  # fmt: skip
    for part in ("general", "plans"):
        words[part] = rng.choice([each["text"] for each in load("frames") if each["part"] == part])
    speaker = Speaker(rng, words, {}, {}, {})
    said = [speak(row[each], speaker, "overview").text for each in ("title", "text")]
    text = speak(said[1], speaker, "overview").text
    return replace(
        beside, report_id=report_id, kind=row["kind"], title=said[0], form="", filled=None,
        signed_on="", passages=[],
        content=(Paragraph(said[0], 1), Paragraph(MARK), Paragraph(text)),
    )  # fmt: skip
