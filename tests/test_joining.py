"""Other data beside a panel: codes are followed through changes, and what is left is told."""

import pandas as pd
import pytest

import govtext as gt
from govtext.analyse import joining
from govtext.core import region_changes, regions, rules

CHANGES = rules.load("region_changes")


def _of(kind):
    """A change of a kind after which nothing more is known of the place."""
    ended = {row["before"] for row in CHANGES}
    return next(row for row in CHANGES if row["kind"] == kind and row["after"] not in ended)


def _frame(*codes, year=2012):
    return pd.DataFrame({"region_code": codes, "year": year, "value": range(len(codes))})


def test_every_code_that_ended_has_its_changes():
    rows = rules.load("regions")
    ended = {row["code"] for row in rows} - {r["code"] for r in rows if not r["valid_to"]}
    assert {row["before"] for row in CHANGES} == ended
    for row in CHANGES:
        first = min(int(r["valid_from"]) for r in rows if r["code"] == row["after"])
        assert first <= int(row["year"]) or row["kind"] == "divided", row
        last = max(int(r["valid_to"]) for r in rows if r["code"] == row["before"])
        assert last + 1 == int(row["year"])


def test_the_same_place_is_one_to_one():
    for row in CHANGES:
        if row["kind"] == "same":
            assert row["after"] in list(region_changes.later(row["before"]))
            assert row["before"] in list(region_changes.earlier(row["after"]))


@pytest.mark.parametrize("kind", ["same", "merged", "divided"])
def test_codes_are_followed_forward(kind):
    change = _of(kind)
    other = pd.DataFrame({"region_code": [change["after"]], "people": [7]})
    made = gt.join(_frame(change["before"]), other)
    expected = {"same": "later_code", "merged": "merged", "divided": "divided"}[kind]
    assert list(made["matched"]) == [expected]
    assert made["people"].notna().all() == (kind != "divided")
    left = gt.unmatched(made)
    assert (kind == "same") == left.empty
    if kind != "same":
        assert change["after"] in left.loc[left["side"] == "frame", "reason"].iloc[0]


def test_codes_are_followed_backward():
    change = _of("same")
    other = pd.DataFrame({"region_code": [change["before"]], "people": [7]})
    made = gt.join(_frame(change["after"]), other)
    assert list(made["matched"]) == ["earlier_code"]
    assert list(made["place_code"]) == [change["before"]]


def test_places_of_a_merger_are_not_added_up():
    change = _of("merged")
    other = pd.DataFrame({"region_code": [change["before"]], "people": [7]})
    made = gt.join(_frame(change["after"]), other)
    assert list(made["matched"]) == ["not_matched"]


def test_years_of_a_file_in_gb18030(tmp_path):
    path = tmp_path / "gdp.csv"
    path.write_bytes(
        "代码,年份,产值\n110000,2012,5.5\n110000,2013,6\n999999,2012,1\n".encode("gb18030")
    )
    made = gt.join(_frame("110000", None, "310000"), path, on="代码", year="年份")
    assert list(made["matched"]) == ["same_code", "no_code", "not_matched"]
    assert made["产值"].iloc[0] == 5.5
    left = gt.unmatched(made)
    assert list(left["side"]) == ["frame", "frame", "other", "other"]
    assert "no table of places has this code" in left["reason"].iloc[-1]
    assert regions.coded("310000").name in set(left["place"])


def test_a_column_of_both_keeps_both_and_nothing_given_changes():
    frame, other = _frame("110000"), pd.DataFrame({"region_code": [110000], "value": ["x"]})
    before = frame.copy(), other.copy()
    made = gt.join(frame, other)
    assert (made["value"].iloc[0], made["value_other"].iloc[0]) == (0, "x")
    pd.testing.assert_frame_equal(frame, before[0])
    pd.testing.assert_frame_equal(other, before[1])
    assert pd.concat([made, made]).shape[0] == 2  # what is noted does not stand in the way


@pytest.mark.parametrize(
    ("value", "code"),
    [(110101, "110101"), ("110101.0", "110101"), ("11", "110000"), ("1101", "110100"),
     ("110101000000", "110101"), ("110101001000", ""), ("x", ""), (float("nan"), "")],
)  # fmt: skip
def test_codes_as_data_write_them(value, code):
    assert joining.code_of(value) == code


def test_two_rows_of_one_place_are_an_error():
    other = pd.DataFrame({"region_code": ["110000", "110000"], "year": [2012, 2013]})
    with pytest.raises(ValueError, match=r"two rows for 110000; give year="):
        gt.join(_frame("110000"), other)
    assert len(gt.join(_frame("110000"), other, year="year")) == 1


@pytest.mark.parametrize("name", ["panel", "rates", "coverage", "stated", "audit_years"])
def test_every_frame_of_the_panels_says_where_a_body_is(study, name):
    frame = getattr(gt, name)(study)
    assert {"region_code", "province", "prefecture", "county", "admin_level"} <= set(frame)


def test_a_panel_keeps_its_rows(study):
    panel = gt.panel(study, "requests_received")
    codes = sorted(set(panel["region_code"].dropna()))
    made = gt.join(panel, pd.DataFrame({"region_code": codes, "n": range(len(codes))}))
    assert len(made) == len(panel)
    assert set(made["matched"]) <= {"same_code", "no_code"}
