"""Glued digits: what the sums settle is right, and what they leave open stays open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.extract.forms.equations import Equation
from govtext.extract.forms.run_together_digits import EMPTY, ColumnGroup, split_digits
from tests.cases import examples

SEVEN = (ColumnGroup(7, has_total=True),)
BLOCKS = (ColumnGroup(5, has_total=True),) * 3
# Rows 0 and 1 come in, rows 2 to 4 add up to row 5, and row 6 stays.
FLOW = (Equation((0, 1), (5, 6)), Equation((2, 3, 4), (5,)))


def cells(row: list[str], way: tuple[tuple[int, int] | None, ...]) -> list[str | None]:
    """Cells of a way as texts: "" for a blank one, None for one left open."""
    digits = "".join(row)
    return [None if span is None else "" if span == EMPTY else digits[slice(*span)] for span in way]


@pytest.mark.parametrize(
    ("row", "groups", "expected"),
    [
        (["640020470"], SEVEN, "64 0 0 2 0 4 70"),
        (["0000000"], SEVEN, "0 0 0 0 0 0 0"),
        (["3", "0", "0", "0", "0", "0", "4"], SEVEN, "3 0 0 0 0 0 4"),
        (["10203120001200000"], BLOCKS, "1 0 2 0 3 12 0 0 0 12 0 0 0 0 0"),
        (["000"], (ColumnGroup(3),), "0 0 0"),
        (["1230"], (ColumnGroup(1),), "1230"),
    ],
)
def test_one_split_remains(row: list[str], groups: tuple[ColumnGroup, ...], expected: str) -> None:
    (way,) = split_digits([row], groups)
    assert cells(row, way) == expected.split()


def test_no_number_reaches_over_a_space() -> None:
    rows = [["0000000"], ["500000", "5"]]
    assert cells(rows[1], split_digits(rows, SEVEN)[1]) == list("5000005")


def test_two_numbers_that_rise() -> None:
    assert cells(["714"], split_digits([["714"]], (ColumnGroup(2, rises=True),))[0]) == ["7", "14"]
    assert split_digits([["1519"]], (ColumnGroup(2, rises=True),)) == (
        (None, None),
    )  # 1 519 or 15 19
    assert cells(["900"], split_digits([["900"]], (ColumnGroup(2, rises=True),))[0]) == [None, None]


def test_three_numbers_without_sums_stay_open() -> None:
    assert split_digits([["693665"]], (ColumnGroup(3),)) == ((None, None, None),)


def test_what_all_splits_share_is_given() -> None:
    row = ["112000013"]  # 1 and 12, or 11 and 2
    assert cells(row, split_digits([row], SEVEN)[0]) == [None, None, "0", "0", "0", "0", "13"]


def test_columns_decide_between_splits() -> None:
    row = ["112000013"]  # 1 12 or 11 2
    alone = split_digits([row], SEVEN)[0]
    assert alone[0] is None
    rows = [row, ["0"] * 7, ["1"] + ["0"] * 5 + ["1"], ["0", "12"] + ["0"] * 4 + ["12"]]
    rows += [["0"] * 7, ["1", "12", "0", "0", "0", "0", "13"], ["0"] * 7]
    assert cells(row, split_digits(rows, SEVEN, FLOW)[0]) == ["1", "12", "0", "0", "0", "0", "13"]


def test_sums_that_cannot_hold_settle_nothing() -> None:
    assert split_digits([["640020471"]], SEVEN) == ((None,) * 7,)


def test_columns_that_contradict_leave_what_the_rows_settle() -> None:
    rows = [["2000002"], ["0000000"], ["1000001"], ["0000000"], ["0000000"], ["5000005"], ["0"] * 7]
    assert cells(rows[0], split_digits(rows, SEVEN, FLOW)[0]) == list("2000002")


def test_a_blank_cell_may_be_any_but_the_total() -> None:
    rows = [["8", "8"], ["2", "1", "3"], ["5", "5"], ["0"] * 7]
    ways = split_digits(rows, SEVEN)
    assert [cells(row, way)[6] for row, way in zip(rows, ways, strict=True)] == ["8", "3", "5", "0"]
    assert all(way[:6] == (None,) * 6 for way in ways[:3])


def test_no_total_where_some_row_may_have_none() -> None:
    assert split_digits([["8", "8"], ["2", "1", "3"], ["5"], ["4", "4"]], SEVEN)[0] == (None,) * 7


@pytest.mark.parametrize("digits", ["1" * 100_000, "0" * 100_000, "1234567890" * 5, "1" * 50])
def test_hostile_digits_are_left_open(digits: str) -> None:
    assert split_digits([[digits]] * 25, SEVEN)[0] == (None,) * 7


def test_too_many_rows_are_left_open() -> None:
    assert set(split_digits([["0000000"]] * 5_000, SEVEN)) == {(None,) * 7}


number = st.integers(0, 9) | st.integers(0, 400) | st.just(0)


@settings(max_examples=examples(150, 50), deadline=None)
@given(st.lists(st.lists(number, min_size=6, max_size=6), min_size=5, max_size=5))
def test_tables_with_true_sums_are_never_read_wrong(parts: list[list[int]]) -> None:
    *results, stays, carried = parts
    total = [sum(column) for column in zip(*results, strict=True)]
    comes = [a + b - min(a + b, c) for a, b, c in zip(total, stays, carried, strict=True)]
    carried = [a + b - c for a, b, c in zip(total, stays, comes, strict=True)]
    table = [[*row, sum(row)] for row in (comes, carried, *results, total, stays)]
    rows = [["".join(map(str, row))] for row in table]
    for row, way, truth in zip(rows, split_digits(rows, SEVEN, FLOW), table, strict=True):
        for text, value in zip(cells(row, way), truth, strict=True):
            assert text in (None, str(value))


@settings(max_examples=examples(150, 50), deadline=None)
@given(st.lists(st.lists(number, min_size=4, max_size=4), min_size=3, max_size=3))
def test_blocks_with_true_sums_are_never_read_wrong(blocks: list[list[int]]) -> None:
    truth = [str(value) for block in blocks for value in (*block, sum(block))]
    (way,) = split_digits([["".join(truth)]], BLOCKS)
    found = cells(["".join(truth)], way)
    assert all(text in (None, value) for text, value in zip(found, truth, strict=True))


@settings(max_examples=examples(60, 25), deadline=None)
@given(st.lists(st.text("0123456789", min_size=1, max_size=30), min_size=1, max_size=9))
def test_any_digits_give_a_cell_for_each_column(digits: list[str]) -> None:
    rows = [[each] for each in digits]
    ways = split_digits(rows, SEVEN, [Equation((0,), (len(rows) - 1,))])
    for row, way in zip(rows, ways, strict=True):
        assert len(way) == 7
        assert all(text is None or text == "0" or text[:1] != "0" for text in cells(row, way))
