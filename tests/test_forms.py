"""Statistics tables: every rule on its labels, cells, whole forms drawn in grids, damaged grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.model import Document, Observation, Section, Segment
from govtext.extract import forms
from govtext.extract.forms import catalogue, cells, tables, values
from govtext.read.flow import Box, Flow
from tests.cases import every
from tests.forms_maker import FORMS, Report, content_of, reports
from tools.pages import Cell, Grid, Paragraph

LABELS = [
    (axis, row)
    for axis, name in (("row", "form_rows"), ("column", "form_columns"))
    for row in rules.load(name)
]
APPLICANTS = [row["id"] for row in rules.load("form_columns") if row["applicant"]]
HEAD3 = [
    [("", 2, 1), ("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]

Rows = Sequence[Sequence[str | tuple[str, int, int]]]


def _document(*blocks: Rows | str) -> Document:
    """Document with these grids, a cell as its text or with the rows and columns it covers."""
    flow = Flow()
    for block in blocks:
        if isinstance(block, str):
            flow.line(block)
            continue
        made = [[Cell(each) if isinstance(each, str) else Cell(*each) for each in row]
                for row in block]  # fmt: skip
        _add(flow, Grid(tuple(map(tuple, made))))
    return _whole(flow)


def _add(flow: Flow, grid: Grid) -> None:
    flow.table(
        Box(row, column, cell.rows, cell.columns, cell.text) for row, column, cell in grid.placed()
    )


def _whole(flow: Flow) -> Document:
    page = flow.page("html", "utf-8", b"")
    return Document(page, page.text, (Segment(0, 0, len(page.text)),), (), page.tables)


def _drawn(report: Report) -> Document:
    flow = Flow()
    for block in content_of(report):
        if isinstance(block, Paragraph):
            flow.line(block.text)
        else:
            _add(flow, block)
    return _whole(flow)


def _observed(document: Document) -> list[Observation]:
    sections = (Section("1", None, 1, "", "", "other", 0, len(document.text)),)
    entries = forms.table_entries(document)
    return list(forms.table_observations(entries, document, sections))


def _said(document: Document) -> dict[tuple[str, str], float | None]:
    return {(each.metric, each.applicant): each.value for each in _observed(document)}


def _reasons(document: Document) -> list[str]:
    return [each.reason for each in forms.table_entries(document) if each.reason]


# Rules


@every(("axis", "row"), LABELS)
def test_every_label_fits_its_example_and_variants_and_not_its_counter_example(
    axis: str, row: rules.Row
) -> None:
    variants = row["variants"].split("|")
    assert len(variants) >= 3
    for text in (row["example"], *variants):
        found = catalogue.match(axis, text, row["family"], row.get("group", ""))
        assert found is not None, text
        assert found.id == row["id"], text
        assert not found.group or catalogue.match(axis, text, row["family"], "") is not found
    others = [each.id for each in catalogue.matches(axis, row["counter_example"])
              if each.family == row["family"]]  # fmt: skip
    assert row["id"] not in others


@pytest.mark.parametrize("row", rules.load("form_values"), ids=lambda row: row["example"])
def test_every_word_in_place_of_a_number_fits(row: rules.Row) -> None:
    pattern = rules.pattern(row)
    for text in (row["example"], *row["variants"].split("|")):
        assert pattern.fullmatch(values.fold(text).lower())
        assert row["means"] != "unnamed" or values.is_unnamed(text)
    assert not pattern.fullmatch(values.fold(row["counter_example"]).lower())


def test_labels_are_unique_and_belong_to_a_table() -> None:
    seen = [(axis, row["family"], row["id"]) for axis, row in LABELS]
    assert len(seen) == len(set(seen))
    families = {row["kind"]: row["family"] for row in rules.load("form_tables")}
    for _, row in LABELS:
        assert {families[kind] for kind in row["kinds"].split()} == {row["family"]}
    for family in set(families.values()):
        assert catalogue.opens(family) <= {each.id for each in catalogue.labels("row", family)}


def test_every_form_that_a_table_is_of_is_known() -> None:
    known = {row["form"] for row in rules.load("forms")}
    named = {form for row in rules.load("form_tables") for form in row["forms"].split()}
    assert named == known


def test_the_tables_hold_the_metrics_that_the_codebook_says() -> None:
    where = {"table2_2019", "table2_2021", "table3", "table3_2019", "table3_2021", "table4",
             "table2014"}  # fmt: skip
    wanted = {row["id"] for row in rules.load("codebook") if where & set(row["where"].split(";"))}
    cells_of = {row["metric"] for row in rules.load("form_cells")}
    rows = {row["metric"] for row in rules.load("form_rows") if row["metric"]}
    assert wanted <= cells_of | rows
    known = {row["id"] for row in rules.load("codebook")}
    assert cells_of | rows <= known


def test_no_cell_is_given_two_metrics_and_all_are_of_known_labels() -> None:
    rows = rules.load("form_cells")
    places = [(row["family"], row["row"], row["column"]) for row in rows]
    assert len(places) == len(set(places))
    assert len({row["metric"] for row in rows}) == len(rows)
    for family, row, column in places:
        assert row in {each.id for each in catalogue.labels("row", family)}
        assert column in {each.id for each in catalogue.labels("column", family)}


# Labels


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("（七） 总　计", "总计"),
        ("三、（三）不予公开", "不予公开"),
        ("其中：1．当面申请数", "当面申请数"),
        ("规章（设区的市填写）", "规章"),
        ("2009年度", "2009年度"),
        ("（部分）", "(部分)"),
    ],
)
def test_core_of_a_label(text: str, bare: str) -> None:
    assert catalogue.core(text) == bare


def test_a_label_that_holds_its_groups_is_its_last_piece() -> None:
    found = catalogue.match("row", "（三）不予公开-1.属于国家秘密", "table3")
    assert found is not None
    assert found.metric == "denied_state_secret"


def test_a_slip_or_a_cut_in_a_long_label_is_forgiven_and_in_a_short_one_is_not() -> None:
    for text in ("没有现戍信息需要另行制作", "1.申请人无正当理由逾期不补"):
        assert catalogue.match("row", text, "table3") is not None
    assert catalogue.match("row", "行政许司", "table2") is None
    assert catalogue.match("row", "某同意公开答复数", "statistics") is None


def test_the_same_label_is_what_was_opened_before() -> None:
    for group in ("reviews", "litigation"):
        found = catalogue.match("row", "（二）被依法纠错数", "statistics", group)
        assert found is not None
        assert found.metric == f"{group}_corrected"
    assert catalogue.match("row", "（二）被依法纠错数", "statistics") is None


# Cells


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0", 0, ""),
        ("１２", 12, ""),
        ("1，234", 1234, ""),
        ("12.5", 12.5, ""),
        ("22（其中修订16件）", 22, ""),
        ("360000元", 360000, "元"),
        ("98.4 万元", 98.4, "万元"),
        ("\xa03件。", 3, "件"),
        ("三", 3, ""),
        ("十二件", 12, "件"),
        ("8①", 8, ""),
    ],
)
def test_cells_with_a_number(text: str, value: float, unit: str) -> None:
    found = values.value_of(text)
    assert (found.status, found.value, found.unit) == ("number", value, unit)


@pytest.mark.parametrize("text", ["/", "—", "——", "－", "无", "不适用", "N/A"])
def test_cells_marked_as_without_number(text: str) -> None:
    assert values.value_of(text) == values.Value("na")


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b"])
def test_blank_is_not_zero(text: str) -> None:
    assert values.value_of(text) == values.Value("blank")


@pytest.mark.parametrize(
    "text",
    ["1 234", "1,23", "-3", "12%", "约12", "1\ufffd2", "22（16）", "00", "一", "3/1", "2笔 9元"],
)
def test_cells_that_can_be_read_in_two_ways_are_not_read(text: str) -> None:
    found = values.value_of(text)
    assert (found.status, found.value) == ("unread", None)
    assert found.reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+1036", 1036), ("-3", -3), ("减1", -1), ("增 2", 2), ("增3减1", 2), ("+3/-1", 2),
        ("0/0", 0), ("3/0", 3), ("0/2", -2), ("无变化", 0), ("－1，803", -1803),
    ],
)  # fmt: skip
def test_changes_have_a_sign(text: str, value: float) -> None:
    found = values.value_of(text, signed=True)
    assert (found.status, found.value) == ("number", value)


@pytest.mark.parametrize("text", ["3/1", "1 234", "3减"])
def test_changes_that_could_be_two(text: str) -> None:
    assert values.value_of(text, signed=True).status == "unread"


def test_an_o_for_a_zero_is_a_repair() -> None:
    assert values.value_of("1O") == values.Value("number", 10.0, flags="repaired")


@given(st.text(max_size=40))
def test_any_cell_is_read_or_has_a_reason(text: str) -> None:
    for signed in (False, True):
        found = values.value_of(text, signed=signed)
        assert (found.value is not None) is (found.status == "number")
        assert bool(found.reason) is (found.status == "unread")


@given(st.integers(0, 10**12), st.sampled_from(["", "件", "条"]))
def test_a_number_is_read_as_printed(number: int, unit: str) -> None:
    for text in (f"{number}{unit}", f"{number:,}{unit}"):
        assert values.value_of(text).value == number


# Whole forms


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_cell_of_a_form_is_read(form: str) -> None:
    @settings(max_examples=15)
    @given(reports(form))
    def check(report: Report) -> None:
        found = [each for each in _observed(_drawn(report)) if "cumulative" not in each.flags]
        said = {(each.metric, each.applicant): (each.status, each.value) for each in found}
        assert len(said) == len(found)
        assert said == report.cells()

    check()


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        ("table2021", ["table2_2021", "table3_2021", "table4"]),
        ("table2019", ["table2_2019", "table3_2019", "table4"]),
        ("table2014", ["table2014"]),
        ("local_table", ["local_table"]),
    ],
)
def test_a_table_is_known_by_its_labels(form: str, kinds: list[str]) -> None:
    @settings(max_examples=3)
    @given(reports(form))
    def check(report: Report) -> None:
        entries = forms.table_entries(_drawn(report))
        assert list(dict.fromkeys(each.kind for each in entries)) == kinds
        numbers = [each.table for each in entries]
        assert numbers == sorted(numbers)
        assert set(numbers) == set(range(1, len(kinds) + 1))

    check()


def test_a_report_may_mix_two_forms() -> None:
    old = [["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
           ["规章", "1", "2", "3"], ["规范性文件", "4", "5", "6"]]  # fmt: skip
    new = [*HEAD3, ["（六）其他处理", *"0000000"], ["3.其他", *"1000001"]]
    entries = forms.table_entries(_document(old, new))
    assert list(dict.fromkeys(each.kind for each in entries)) == ["table2_2019", "table3_2021"]


# Grids


def _table3(*rows: Sequence[str | tuple[str, int, int]]) -> Document:
    return _document([*HEAD3, *rows])


def test_a_row_is_read_with_its_label_column_and_quote() -> None:
    found = _observed(_table3(["一、本年新收政府信息公开申请数量", *"5000005"]))
    first, last = found[0], found[-1]
    assert (first.metric, first.applicant) == ("requests_received", "natural_person")
    assert (last.applicant, last.value, last.source) == ("total", 5.0, "table")
    assert last.row_label == "一、本年新收政府信息公开申请数量"
    assert last.column_label == "总计"
    assert last.quote == "一、本年新收政府信息公开申请数量 5"
    assert last.rule == "table3.received"


def test_the_name_of_a_row_may_be_that_of_a_column() -> None:
    rows = [("（六）其他处理", 2, 1), "3.其他", *"3000003"], ["2.逾期不缴费", *"0000000"]
    head = [[("", 2, 2), *HEAD3[0][1:]], HEAD3[1]]
    said = _said(_document([*head, *rows, [("（七）总计", 1, 2), *"3000003"]]))
    assert said["other_other", "natural_person"] == 3
    assert said["results_total", "total"] == 3
    assert ("other_results", "total") not in said


def test_blank_cells_stay_blank() -> None:
    found = _observed(_table3(["（七）总计", "4", "", "", "", "", "", ""]))
    assert [each.status for each in found] == ["number", *["blank"] * 6]
    assert [each.value for each in found] == [4, *[None] * 6]


def test_a_cell_too_few_is_not_guessed() -> None:
    document = _table3(["（一）予以公开", *"500005"])
    assert _said(document) == {}
    assert set(_reasons(document)) == {cells.RAGGED}


def test_a_column_that_the_form_has_not_is_kept_without_metric() -> None:
    head = [
        [("", 2, 1), ("自然人", 2, 1), ("法人或其他组织", 1, 6), ("总计", 2, 1)],
        [*HEAD3[1], "小计"],
    ]
    document = _document([*head, ["（一）予以公开", *"51000012"[:7], "6"]])
    said = _said(document)
    assert [said["result_granted", each] for each in APPLICANTS] == [5, 1, 0, 0, 0, 0, 6]
    assert _reasons(document) == [cells.UNKNOWN_COLUMN]


def test_a_row_that_the_form_has_not_is_kept_without_metric() -> None:
    document = _table3(["（一）予以公开", *"1000001"], ["（八）另行处理", *"2000002"])
    entries = [each for each in forms.table_entries(document) if each.row_label == "（八）另行处理"]
    assert [each.value for each in entries] == [2, 0, 0, 0, 0, 0, 2]
    assert {(each.metric, each.reason) for each in entries} == {("", cells.UNKNOWN_ROW)}


def test_a_subtotal_of_a_group_has_no_metric() -> None:
    document = _table3(["（三）不予公开", *"1000001"], ["1.属于国家秘密", *"1000001"])
    assert set(_reasons(document)) == {tables.NO_CELL}
    assert {metric for metric, _ in _said(document)} == {"denied_state_secret"}


def test_a_table_goes_on_in_the_next_one() -> None:
    first = [*HEAD3, ["（一）予以公开", *"1000001"]]
    second = [["（七）总计", *"1000001"], ["四、结转下年度继续办理", *"2000002"]]
    entries = forms.table_entries(_document(first, second))
    assert {each.table for each in entries} == {1}
    assert _said(_document(first, second))["requests_carried_over_out", "total"] == 2


def test_heads_hold_in_the_next_table_only_where_its_rows_go_on() -> None:
    first = [*HEAD3, ["（七）总计", *"1000001"]]
    again = [["（一）予以公开", *"1000002"]]
    said = _said(_document(first, again))
    assert ("result_granted", "total") not in said


def test_a_label_torn_over_two_rows_is_put_together() -> None:
    document = _table3(
        ["5.要求行政机关确认或重新出", *"1000001"],
        ["具已获取信息", "", "", "", "", "", "", ""],
        ["6.另行说明", *"0000000"],
    )
    assert _said(document)["unprocessed_reconfirm", "natural_person"] == 1
    labels = {each.row_label for each in forms.table_entries(document)}
    assert "具已获取信息" not in labels


def test_numbers_below_their_label_are_its_own() -> None:
    document = _table3([("（一）予以公开", 1, 8)], ["", *"3000003"])
    assert _said(document)["result_granted", "total"] == 3


def test_without_heads_the_sums_say_what_the_columns_are() -> None:
    rows = [["（一）予以公开", *"5100006"], ["（二）部分公开", *"0020002"]]
    assert _said(_document(rows))["result_granted", "enterprise"] == 1
    rows[1][-1] = "3"
    assert _said(_document(rows)) == {}
    assert set(_reasons(_document(rows))) == {cells.NO_HEAD}


def test_a_form_whose_merged_cells_are_lost_is_read_in_its_order() -> None:
    rows = [["自然人", "法人或其他组织", "总计"], HEAD3[1], ["（一）予以公开", *"5100006"]]
    assert _said(_document(rows))["result_granted", "total"] == 6


@pytest.mark.parametrize("labels", [OUTCOMES, list("维纠其未总")])
def test_table_4_needs_its_heads(labels: list[str]) -> None:
    document = _document(
        [
            [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
            [*((each, 2, 1) for each in labels), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
            labels * 2,
            [*"100121001200000"],
        ]
    )
    said = _said(document)
    assert (("reviews_total", "") in said) is (labels == OUTCOMES)
    if said:
        assert said["litigation_direct_pending", ""] == 1
        assert said["litigation_after_review_total", ""] == 0


def test_table_4_with_its_blocks_as_rows() -> None:
    document = _document(
        [
            ["", *OUTCOMES],
            ["行政复议", *"10012"],
            ["未经复议直接起诉", *"01001"],
            ["复议后起诉", *"00000"],
        ]
    )
    said = _said(document)
    assert said["reviews_total", ""] == 2
    assert said["litigation_direct_corrected", ""] == 1


def test_table_4_as_a_list() -> None:
    rows = [[("行政复议", 5, 1), OUTCOMES[0], "1"]]
    rows += [[name, number] for name, number in zip(OUTCOMES[1:], "0012", strict=True)]
    said = _said(_document(rows))
    assert [said[f"reviews_{each}", ""] for each in ("upheld", "pending", "total")] == [1, 1, 2]


@pytest.mark.parametrize(
    "titles",
    [
        ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"),
        ("（一）行政复议", "（二）未经复议直接起诉", "（三）复议后起诉"),
    ],
)
def test_table_4_in_a_grid_for_each_block_under_its_title(titles: tuple[str, ...]) -> None:
    numbers = ["10012", "01001", "00000"]
    blocks = [each for title, row in zip(titles, numbers, strict=True)
              for each in (title, [OUTCOMES, [*row]])]  # fmt: skip
    said = _said(_document("四、政府信息公开行政复议、行政诉讼情况", *blocks))
    assert said["reviews_total", ""] == 2
    assert said["litigation_direct_corrected", ""] == 1
    assert said["litigation_after_review_total", ""] == 0


def test_a_grid_of_outcomes_without_a_title_is_of_no_block() -> None:
    document = _document("四、政府信息公开行政复议、行政诉讼情况", [OUTCOMES, [*"10012"]])
    assert _said(document) == {}
    assert set(_reasons(document)) == {cells.UNKNOWN_ROW}


def test_a_row_stands_among_those_of_its_group_in_a_grid_of_its_own() -> None:
    fee = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    rows = [*HEAD3, ["（二）部分公开", *"0000000"], ["3.其他", *"3000003"]]
    assert ("other_other", "total") not in _said(_document(rows))
    rows[2] = [fee, *"1000001"]
    assert _said(_document(rows))["other_other", "total"] == 3


# Table 2


def test_the_unit_of_a_head_may_stand_among_remarks() -> None:
    rows = [
        ["信息内容", "采购项目数量", "采购总金额（万元，保留两位小数）"],
        ["政府集中采购", "2", "3.25"],
    ]
    assert _said(_document(rows))["procurement_amount", ""] == 32500


def test_cells_are_counted_off_where_their_widths_differ_from_the_heads() -> None:
    document = _document(
        [
            ["信息内容", "上一年项目数量", ("本年增/减", 1, 2), "处理决定数量"],
            ["行政许可", ("7", 1, 2), "-1", "30"],
        ]
    )
    said = _said(document)
    assert said["licensing_items_previous", ""] == 7
    assert said["licensing_items_change", ""] == -1
    assert said["licensing_decisions", ""] == 30


def test_the_same_row_counts_items_in_one_form_and_money_in_the_other() -> None:
    old = [["信息内容", "上一年项目数量", "本年增/减"], ["行政事业性收费", "4", "减1"]]
    new = [["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "12.5"]]
    assert _said(_document(old)) == {("fee_items_previous", ""): 4, ("fee_items_change", ""): -1}
    assert _said(_document(new)) == {("fee_amount", ""): 125000}
    assert [each.unit for each in _observed(_document(new))] == ["yuan"]
    new[1][1] = "360000元"
    assert _said(_document(new)) == {("fee_amount", ""): 360000}


def test_an_amount_without_a_unit_is_not_read_unless_it_is_none() -> None:
    head = ["信息内容", "采购项目数量", "采购总金额"]
    document = _document([head, ["政府集中采购", "3", "120"]])
    assert _said(document) == {("procurement_items", ""): 3}
    assert _reasons(document) == [tables.NO_UNIT]
    zero = _document([head, ["政府集中采购", "0", "0"]])
    assert _said(zero)["procurement_amount", ""] == 0


def test_two_numbers_in_one_cell_go_by_their_units() -> None:
    head = ["信息内容", "采购项目数量", "采购总金额"]
    document = _document([head, ["政府集中采购", ("2笔/984元", 1, 2)]])
    assert _said(document) == {("procurement_items", ""): 2, ("procurement_amount", ""): 984}
    for each in _observed(document):
        assert document.text[each.start : each.end] in {"2笔", "984元"}


def test_a_mark_over_several_columns_holds_for_each_and_a_number_does_not() -> None:
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    document = _document([head, ["规章", ("/", 1, 3)], ["行政规范性文件", ("3", 1, 3)]])
    assert [each.status for each in _observed(document)] == ["na"] * 3
    assert _reasons(document) == [cells.MERGED]


def test_a_count_has_no_decimals() -> None:
    document = _document([["信息内容", "本年处理决定数量"], ["行政许可", "1.5"]])
    assert _said(document) == {}
    assert _reasons(document) == [tables.BROKEN_COUNT]


def test_heads_with_remarks_and_rows_of_no_form() -> None:
    document = _document(
        [
            ["信息内容", "本年新制作数量（件）", "本年新 公开数量", "对外公开总数量（含历年）"],
            ["规章（设区的市填写）", "0", "0", "0"],
            ["另外主动公开的文件", "8", "8", "9"],
            ["规范性文件", "2", "2", "19"],
        ]
    )
    assert _said(document)["normative_disclosed_total", ""] == 19
    assert _reasons(document) == [cells.UNKNOWN_ROW] * 3


# Lists


def test_a_list_without_heads_and_with_numbers_before_its_labels() -> None:
    rows = [["1", "一、主动公开情况", "—", ""], ["2", "（一）主动公开政府信息数", "条", "65"],
            ["3", "另行统计的信息数", "条", "4"], ["4", "（一）收到申请数", "件", "7"]]  # fmt: skip
    document = _document(rows)
    assert _said(document) == {("proactive_total", ""): 65, ("requests_received", ""): 7}
    assert cells.UNKNOWN_ROW in _reasons(document)


def test_a_figure_of_all_years_is_not_of_the_year() -> None:
    rows = [["指标名称", "计量单位", "2009年度", "历年累计"], ["主动公开信息数", "条", "6", "21"]]
    found = _observed(_document(rows))
    assert [(each.value, each.flags) for each in found] == [(6, ""), (21, "cumulative")]


def test_of_two_years_the_earlier_is_flagged() -> None:
    rows = [["指标名称", "单位", "2010年", "2011年"], ["申请总数", "条", "6", "21"]]
    found = _observed(_document(rows))
    assert [(each.value, each.flags) for each in found] == [(6, "prior_year"), (21, "")]


def test_accepted_requests_are_the_received_ones_where_no_others_are_given() -> None:
    head = ["指标名称", "计量单位", "年末统计"]
    alone = [head, ["受理依申请公开信息总数", "条", "3"]]
    assert _said(_document(alone)) == {("requests_received", ""): 3}
    both = [*alone, ["收到申请数", "条", "5"]]
    assert _said(_document(both)) == {("requests_accepted", ""): 3, ("requests_received", ""): 5}


def test_money_of_a_list_is_in_the_unit_beside_it() -> None:
    rows = [["统计指标", "单位", "统计数"], ["（四）政府信息公开专项经费", "元", "5000"],
            ["七、依申请公开信息收取的费用", "万元", "0.2"]]  # fmt: skip
    assert _said(_document(rows)) == {("budget", ""): 5000, ("fees_collected", ""): 2000}


def test_two_lists_side_by_side() -> None:
    head = ["统计指标", "单位", "统计数"]
    rows = [[*head, *head], ["主动公开政府信息数", "条", "8", "四、行政复议数量", "件", "2"]]
    assert _said(_document(rows)) == {("proactive_total", ""): 8, ("reviews_total", ""): 2}


# Tables of a report together


def test_a_table_printed_twice_is_restated_or_in_conflict() -> None:
    rows = [["信息内容", "本年处理决定数量"], ["行政处罚", "3"], ["行政强制", "4"]]
    again = [rows[0], rows[1], ["行政强制", "5"]]
    found = _observed(_document(rows, again))
    assert [each.flags for each in found] == ["", "", "restated", "conflict"]
    assert [each.table for each in forms.table_entries(_document(rows, again))] == [1, 1, 2, 2]


def test_a_table_that_no_form_knows_is_kept_and_a_layout_is_not() -> None:
    document = _document([["股室", "信息数"], ["甲股", "12"], ["乙股", "30"]])
    entries = forms.table_entries(document)
    assert [(each.kind, each.metric, each.value) for each in entries] == [
        ("", "", 12),
        ("", "", 30),
    ]
    layout = _document([["导航", "全年工作情况如下。" * 20]])
    assert forms.table_entries(layout) == ()


def test_an_empty_form_gives_its_tables_and_not_a_number() -> None:
    report = Report("table2021", 2022, {}, "")
    blank = replace(report, numbers=_Nothing())
    entries = forms.table_entries(_drawn(blank))
    assert len(entries) == 200
    assert {each.status for each in entries} == {"blank"}
    assert {each.kind for each in entries} == {"table2_2021", "table3_2021", "table4"}
    assert all(each.metric for each in entries)


class _Nothing(dict[tuple[str, str], int]):
    """Numbers of a form that no one filled in."""

    def __missing__(self, key: tuple[str, str]) -> int:
        return 0


def test_spans_are_those_of_the_tables_and_leave_prose_alone() -> None:
    rows = [["信息内容", "本年处理决定数量"], ["行政处罚", "3"]]
    document = _document("全年主动公开信息12条。", rows, "无其他需要报告的事项。")
    (start, end), *others = forms.spans(forms.table_entries(document), document)
    assert not others
    assert document.text[start:end].split() == ["信息内容", "本年处理决定数量", "行政处罚", "3"]


def test_every_entry_stands_where_it_says() -> None:
    @settings(max_examples=5)
    @given(reports("table2019"))
    def check(report: Report) -> None:
        document = _drawn(report)
        for each in forms.table_entries(document):
            text = document.text[each.start : each.end]
            assert values.value_of(text, signed=True).status == each.status or not text

    check()
