"""What filled which slot of a number, and why none."""

import pytest

import govtext as gt


@pytest.fixture
def reading(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "云岭县2013年政府信息公开工作年度报告\n\n一、主动公开情况\n"
        "全年通过县政府门户网站发布政府信息96条。举办趣味运动会3场。",
        encoding="utf-8",
    )
    return gt.read_report(path)


def test_every_slot_has_its_words(reading):
    start = reading.text.index("96条")
    told = gt.explain(reading, start).set_index("slot")
    assert told.loc["thing", ["value", "text"]].tolist() == ["information_item", "政府信息"]
    assert told.loc["channel", ["value", "text"]].tolist() == ["website", "县政府门户网站"]
    assert told.loc["metric", ["value", "text"]].tolist() == ["disclosed_via_website", "96条"]
    for row in told[told["how"] == ""].dropna(subset=["start"]).itertuples():
        assert reading.text[row.start : row.end] == row.text


def test_a_number_without_a_metric_says_why(reading):
    told = gt.explain(reading, reading.text.index("3场")).set_index("slot")
    assert told.loc["metric", "value"] == ""
    assert told.loc["metric", "how"]


def test_where_no_number_stands_the_nearest_are_named(reading):
    near = reading.text.index("96条")
    with pytest.raises(ValueError, match=rf"no number .* at 0; .* {near}"):
        gt.explain(reading, 0)


def test_quantities_carry_their_slots_and_the_page_says_them(reading):
    row = reading.quantities.set_index("text").loc["96条"]
    assert (row["thing"], row["act"], row["channel"]) == (
        "information_item",
        "published",
        "website",
    )
    assert (row["scope"], row["metric"]) == ("own_year", "disclosed_via_website")
    assert "channel=website (县政府门户网站)" in reading._repr_html_()
