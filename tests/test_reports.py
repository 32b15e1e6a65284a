"""The floors: what the five shipped reports must give, against the gold."""

import re

from tests import accuracy


def test_every_floor_holds():
    """All that do not hold are shown, each with what it misses."""
    measures = accuracy.measures()
    assert measures
    below = ["\n".join([str(each), *each.misses]) for each in measures if not each.holds]
    assert below == [], "\n".join(below)


def test_the_gold_covers_the_shipped_reports():
    assert len(accuracy.reports()) == len(accuracy.gold("files")) == 5


def test_every_number_stands_where_it_says():
    for report in accuracy.reports().values():
        for quantity in report.quantities:
            assert report.document.text[quantity.start : quantity.end] == quantity.text
            a, b = report.document.raw_span(quantity.start, quantity.end)
            assert report.document.page.text[a:b] == quantity.text


def test_sections_cover_every_character_once():
    for report in accuracy.reports().values():
        position = 0
        for section in report.sections:
            assert section.start == position < section.end
            position = section.end
        assert position == len(report.document.text)


def test_removed_and_kept_are_all_there_was():
    for report in accuracy.reports().values():
        page = report.document.page.text
        marks = [""] * len(page)
        for removal in report.document.removals:
            assert page[removal.raw_start : removal.raw_end] == removal.text
            marks[removal.raw_start : removal.raw_end] = removal.text
        for segment in report.document.segments:
            end = segment.start + segment.length
            kept = report.document.text[segment.start : end]
            marks[segment.raw_start : segment.raw_start + segment.length] = kept
        assert re.sub(r"\s", "", "".join(marks)) == re.sub(r"\s", "", page)
