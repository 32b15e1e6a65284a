"""How a sentence becomes frames: lexicon, tokens, clauses, slots, scope, none, judge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.model import Document, Frame, Page, Section, Segment
from govtext.extract import metrics, numerals
from govtext.extract.metrics import lexicon
from govtext.extract.metrics.behind import right_slots
from govtext.extract.metrics.clauses import clauses, items, split
from govtext.extract.metrics.scope import Scope
from govtext.extract.metrics.slots import UNKNOWN, left_slots
from govtext.extract.metrics.tokens import Kind, Token, tokens, years

CACHED = (
    lexicon.lexicon, lexicon.words, lexicon.units, lexicon.metrics, lexicon.metric_rules,
    lexicon.units_of_thing,
)  # fmt: skip


def _tokens(text: str) -> list[Token]:
    known = lexicon.lexicon()
    return tokens(text, (0, len(text)), known.find(text), numerals.parse(text), 0)


def _frames(text: str, part: str = "overview", year: int = 2012) -> list[Frame]:
    """Frames of a text below the title of a report, placed as in the text."""
    title = f"{year}年政府信息公开工作年度报告\n"
    full = title + text
    sections = (
        Section("0", None, 0, "", "", "overview", 0, len(title)),
        Section("1", None, 1, "", "", part, len(title), len(full)),
    )
    document = Document(Page(full, "txt", "utf-8", ""), full, (Segment(0, 0, len(full)),), ())
    frames, _ = metrics.read_prose(document, sections, numerals.parse(full))
    return [each for each in frames if each.start >= len(title)]


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[rules.Row]]]:
    """Rows of rule files to read in place of those that are there."""
    instead: dict[str, list[rules.Row]] = {}
    load = rules.load

    def read(name: str) -> object:
        return instead.get(name) or load(name)

    for each in CACHED:
        each.cache_clear()
    monkeypatch.setattr(rules, "load", read)
    yield instead
    for each in CACHED:
        each.cache_clear()


def _first_row(**cells: str) -> list[rules.Row]:
    first, *others = rules.load("frame_metrics")
    return [{**first, **cells}, *others]


def test_a_term_that_stands_there_twice_is_an_error(changed: dict[str, list[rules.Row]]) -> None:
    row = dict(rules.load("frame_terms")[0])
    changed["frame_terms"] = [row, row | {"fills": "act=held"}]
    with pytest.raises(rules.RuleError, match=rf"{row['term']}.*twice"):
        lexicon.lexicon()


def test_a_group_of_units_that_is_not_there_is_an_error(
    changed: dict[str, list[rules.Row]],
) -> None:
    changed["frame_metrics"] = _first_row(units="bushels")
    with pytest.raises(rules.RuleError, match=r"'bushels'; there are .*money"):
        lexicon.metrics()


def test_a_metric_that_no_codebook_has_is_an_error(changed: dict[str, list[rules.Row]]) -> None:
    changed["frame_metrics"] = _first_row(metric="moons")
    with pytest.raises(rules.RuleError, match="'moons'"):
        lexicon.metrics()


def test_a_list_of_words_that_is_not_there_is_an_error() -> None:
    with pytest.raises(rules.RuleError, match=r"'verbs'.*there are .*copula"):
        lexicon.words("verbs")


def test_cells_of_a_metric(changed: dict[str, list[rules.Row]]) -> None:
    cells = {"act": "held|-", "channel": "*", "outcome": "-", "since": "2019", "until": ""}
    changed["frame_metrics"] = _first_row(rule="first", **cells)
    row = lexicon.metric_rules()["first"]
    assert row.slots[:3] == (frozenset({"held", ""}), None, frozenset({""}))
    assert (row.since, row.until) == (2019, 9999)


def test_a_thing_is_counted_in_its_units() -> None:
    assert lexicon.fits("press_conference", "场")
    assert not lexicon.fits("press_conference", "篇")
    assert lexicon.fits("a thing that no row knows", "篇")


def test_the_longest_term_is_the_token() -> None:
    found = _tokens("收到政府信息公开申请12件")
    named = [each.text for each in found if each.kind == Kind.TERM]
    assert named == ["收到", "政府信息公开申请"]
    assert [each.text for each in found if each.kind == Kind.NUMBER] == ["12件"]


def test_tokens_are_in_order_and_do_not_overlap() -> None:
    text = "2012年全区收到申请12件,其中当面申请3件,均已按时办结"
    found = _tokens(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[each.start : each.end] == each.text for each in found)


def test_years_in_both_kinds_of_digits() -> None:
    text = "2012年和二〇一一年,12年"
    assert [year for year, _, _ in years(text)] == [2012, 2011]


def test_a_clause_has_its_numbers() -> None:
    found = clauses(_tokens("收到申请12件,办结9件;结转3件"))
    assert [each.before for each in found] == ["", ",", ";"]
    assert [len(each.numbers) for each in found] == [1, 1, 1]


def test_a_label_and_its_number_are_one_clause_over_an_aside() -> None:
    label, *_ = clauses(_tokens("行政复议(含两级)10件"))
    assert [each.text for each in label.tokens] == ["行政复议", "10件"]


def test_what_stands_between_two_numbers_belongs_to_one() -> None:
    (clause,) = clauses(_tokens("网站发布信息96条和公告9条"))
    (_, behind), (before, _) = split(clause)
    assert [each.text for each in behind] == []
    assert "公告" in [each.text for each in before]


def test_a_joiner_parts_items() -> None:
    found = items(_tokens("行政复议、行政诉讼和投诉"))
    assert len(found) == 3


def test_the_nearest_noun_is_what_is_counted() -> None:
    near = left_slots(_tokens("发布政策解读"))
    assert (near.thing, near.act) == ("interpretation", "published")
    assert left_slots(_tokens("发布政府信息,购置电脑")).thing == UNKNOWN


def test_several_channels_are_none_of_them_alone() -> None:
    assert left_slots(_tokens("通过政府网站发布信息")).channel == "website"
    assert left_slots(_tokens("通过政府网站、政府公报发布信息")).channel == "several"


def test_the_noun_behind_a_number_and_what_is_said_of_it() -> None:
    noun, said = right_slots(_tokens("申请为网上提交"))
    assert noun.thing == "request"
    assert said.channel == "online"


def _flags_before(text: str) -> set[str]:
    said = Scope(2012)
    for token in _tokens(text):
        if token.kind == Kind.NUMBER:
            said.number(token)
        elif token.kind == Kind.MARK:
            said.clause(token.text)
        else:
            said.see(token)
    return said.flags()


@pytest.mark.parametrize(
    ("before", "flags"),
    [
        ("2012年", set()),
        ("2011年", {"prior_year"}),
        ("2013年", {"target"}),
        ("自2008年以来,累计", {"cumulative"}),
        ("全国", {"other_body"}),
        ("比2011年的600条有所增长,", set()),
        ("按照国务院办公厅的部署", {"other_body"}),
        ("按照国务院办公厅的部署,", set()),
        ("国务院办公厅通报,", {"other_body"}),
    ],
)
def test_whose_figure_and_of_when(before: str, flags: set[str]) -> None:
    assert _flags_before(before) == flags


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("未收到政府信息公开申请。", "request"),
        ("政府信息公开申请一件也没有。", "request"),
        ("没有发生政府信息公开行政复议案件。", "review"),
        ("未收取任何费用。", "fee"),
    ],
)
def test_none_fills_the_frame_of_a_number(text: str, thing: str) -> None:
    (frame,) = [each for each in _frames(text) if each.none]
    assert frame.thing == thing
    assert frame.metric


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("收到政府信息公开申请比上年增加12件。", "a change"),
        ("新购电脑35台。", "no thing of the codebook"),
        ("召开新闻发布会,发放材料35份。", "sent to others"),
        ("举办消防演练培训班3期。", "one sort"),
        ("公开政府信息96条,其中工作动态71条。", "no metric of the codebook"),
    ],
)
def test_a_number_that_is_no_observation_says_why(text: str, reason: str) -> None:
    last = _frames(text, part="other")[-1]
    assert last.metric == ""
    assert reason in last.reason


@pytest.mark.parametrize(
    ("year", "metric"), [(2016, "refused_state_secret"), (2020, "denied_state_secret")]
)
def test_the_year_tells_metrics_of_two_forms_apart(year: int, metric: str) -> None:
    text = f"{year}年公开申请答复中,涉及国家秘密2件。"
    assert [each.metric for each in _frames(text, "on_request", year)] == [metric]


def test_what_was_carried_says_from_where() -> None:
    first, second = _frames("收到政府信息公开申请12件,办结9件。")
    assert (first.thing, second.thing) == ("request", "request")
    how = {each.slot: each.how for each in second.evidence}
    assert how["thing"] == "before"
    assert {each.slot: each.how for each in first.evidence}["thing"] == ""


PIECES = (
    "收到 申请 公开 12件 3% ， 。 ； ： 未 无 复议 诉讼 分别为 均 2010年 累计 （ 、 网站 \ue010"
    " 费用 培训 热线 其中 上年 全国 电脑 35台 的 元 不少于"
).split(" ")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join))
def test_reading_never_fails_and_says_what_it_rests_on(text: str) -> None:
    full = f"2012年政府信息公开工作年度报告\n{text}"
    section = Section("0", None, 0, "", "", "overview", 0, len(full))
    document = Document(Page(full, "txt", "utf-8", ""), full, (Segment(0, 0, len(full)),), ())
    frames, found = metrics.read_prose(document, (section,), numerals.parse(full))
    for frame in frames:
        assert 0 <= frame.start < frame.end <= len(full)
        assert bool(frame.metric) != bool(frame.reason)
        for each in frame.evidence:
            if each.start is None or each.end is None:
                assert each.how or frame.none  # what is denied has no place of its own yet
            else:
                assert 0 <= each.start < each.end <= len(full)
                assert getattr(frame, each.slot, each.value) == each.value
    assert {(each.start, each.rule) for each in found} <= {(one.start, one.rule) for one in frames}


def test_a_one_behind_a_denial_is_no_number() -> None:
    frames = _frames("全年未收到一起信息公开投诉。", part="review_litigation")
    assert {(each.metric, each.none) for each in frames} == {
        ("complaints_total", True), ("", False)
    }  # fmt: skip


def test_what_there_was_none_of_has_its_words() -> None:
    text = "全年未收到政府信息公开申请。"
    (frame,) = _frames(text, part="on_request")
    thing = next(each for each in frame.evidence if each.slot == "thing")
    assert thing.start is not None
    assert thing.end is not None
    assert thing.end - thing.start == len("政府信息公开申请")


@pytest.mark.parametrize(
    "text", ["查处泄露国家秘密案件2件。", "重新出具证明12份。", "办理侵犯商业秘密案件3件。"]
)
def test_words_of_outcomes_say_nothing_of_requests_elsewhere(text: str) -> None:
    assert {each.metric for each in _frames(text)} == {""}


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("收到信息公开行政复议申请3件,申请人撤回申请1件。", ["reviews_total", "reviews_other"]),
        ("收到公开申请3件。本年度办理答复的有1件。", ["requests_received", ""]),
        ("上年收到申请5件,6件转入2013年。", ["requests_received", "requests_carried_over_out"]),
        ("将申请转至相关部门3件。", [""]),
        ("信息公开复议由31件降到18件。", ["reviews_total", "reviews_total"]),
        (
            "收到公开申请80件。另有5件申请因下旬才收到结转下年度继续办理。",
            ["requests_received", "requests_carried_over_out"],
        ),
        ("举办政务公开培训班3期。聘请青禾社区的监督员32名。", ["trainings", ""]),
        ("举办政务公开培训班3期。新增技能培训补贴对象362名。", ["trainings", ""]),
        ("举办政务公开培训班3期,信息员32名参加。", ["trainings", "trainees"]),
        ("回应公众关注热点12次。整治扬尘处置问题31个。", ["hot_topics_responded", ""]),
        ("公开政府信息960条。公开审计整改方面的信息373条。", ["proactive_total", ""]),
        ("主动公开各方面的信息960条。", ["proactive_total"]),
    ],
)
def test_what_is_said_before_decides(text: str, metrics: list[str]) -> None:
    assert [each.metric for each in _frames(text)] == metrics


def test_a_sum_of_channels_is_of_none_of_them() -> None:
    text = "网站发布信息483条,微信推送信息261条,合计发布量744条。"
    assert _frames(text, part="proactive")[-1].metric == "proactive_total"
