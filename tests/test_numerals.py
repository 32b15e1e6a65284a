"""Quantities: what is one, what it says, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.model import Quantity
from govtext.core.text import fold
from govtext.extract import numerals
from govtext.extract.numerals import parse
from tests.cases import every, examples

# text; span, value, unit, qualifier of each quantity, in order
ACCEPTED = [
    # plain counts, people, events, amounts, rates
    ("全年主动公开信息356条。", [("356条", 356, "条", "exact")]),
    ("办理答复申请7件，其中网上申请5件", [("7件", 7, "件", "exact"), ("5件", 5, "件", "exact")]),
    ("设立查阅点12处", [("12处", 12, "处", "exact")]),
    ("印发简报24期、宣传册800册", [("24期", 24, "期", "exact"), ("800册", 800, "册", "exact")]),
    ("配备专职人员3名、兼职人员8人", [("3名", 3, "名", "exact"), ("8人", 8, "人", "exact")]),
    ("培训320人次", [("320人次", 320, "人次", "exact")]),
    ("听证会9场次", [("9场次", 9, "场次", "exact")]),
    ("抽检860批次农产品", [("860批次", 860, "批次", "exact")]),
    ("专项经费25000元", [("25000元", 25000, "元", "exact")]),
    ("按时办结率99.5%", [("99.5%", 99.5, "%", "exact")]),
    ("误差率为3‰", [("3‰", 3, "‰", "exact")]),
    ("公开率比上年提高5.2个百分点", [("5.2个百分点", 5.2, "个百分点", "exact")]),
    ("访问量增长3.5倍", [("3.5倍", 3.5, "倍", "exact")]),
    ("测评得分95.5分", [("95.5分", 95.5, "分", "exact")]),
    (
        "征收土地120亩、房屋3.2万平方米",
        [("120亩", 120, "亩", "exact"), ("3.2万平方米", 32000, "平方米", "exact")],
    ),
    ("采购2笔/98000元", [("2笔", 2, "笔", "exact"), ("98000元", 98000, "元", "exact")]),
    ("不予公开0件", [("0件", 0, "件", "exact")]),
    (
        "订阅量达到56648，总阅读量3240。",
        [("56648", 56648, "", "exact"), ("3240", 3240, "", "exact")],
    ),
    ("部分公开7，占4.6%", [("7", 7, "", "exact"), ("4.6%", 4.6, "%", "exact")]),
    ("用户咨询电话5512345转3201", []),
    ("召开联席会议4次会议", [("4次", 4, "次", "exact")]),
    ("政务新媒体23家", [("23家", 23, "家", "exact")]),
    ("答复30人大代表提问", []),
    ("成立15个体系建设小组", [("15个", 15, "个", "exact")]),
    ("公开15条信息，15项目标任务", [("15条", 15, "条", "exact"), ("15项", 15, "项", "exact")]),
    ("组织人员密集场所检查15件次日通报", [("15件", 15, "件", "exact")]),
    ("培训（15人（次））", [("15人（次）", 15, "人(次)", "exact")]),
    # spaces, widths, separators
    ("受理申请 45 件，办结 45 件", [("45 件", 45, "件", "exact"), ("45 件", 45, "件", "exact")]),
    ("占比 91 %", [("91 %", 91, "%", "exact")]),
    ("满意率９７．５％", [("９７．５％", 97.5, "%", "exact")]),
    ("办理（１２件）", [("１２件", 12, "件", "exact")]),
    ("经费1,234万元", [("1,234万元", 12340000, "元", "exact")]),
    ("信息1，234，567条", [("1，234，567条", 1234567, "条", "exact")]),
    ("经费12,345.6元", [("12,345.6元", 12345.6, "元", "exact")]),
    ("公开信息 1.2 万条", [("1.2 万条", 12000, "条", "exact")]),
    # list commas never join two numbers
    ("涉及区县3,5件已办结", [("5件", 5, "件", "exact")]),
    ("自2013,15件申请", [("15件", 15, "件", "exact")]),
    ("编号1,2345件", [("2345件", 2345, "件", "exact")]),
    # multipliers
    ("发布信息26万条", [("26万条", 260000, "条", "exact")]),
    ("经费3.5亿元", [("3.5亿元", 350000000, "元", "exact")]),
    ("经费1亿3千万元", [("1亿3千万元", 130000000, "元", "exact")]),
    ("投资一亿三千万元", [("一亿三千万元", 130000000, "元", "exact")]),
    ("投资5百万元", [("5百万元", 5000000, "元", "exact")]),
    ("投资3千5百万元", [("3千5百万元", 35000000, "元", "exact")]),
    ("投资2万亿元", [("2万亿元", 2e12, "元", "exact")]),
    ("经费1.1万元", [("1.1万元", 11000, "元", "exact")]),
    ("产值8.29亿美元", [("8.29亿美元", 829000000, "美元", "exact")]),
    ("收缴物品15千克", [("15千克", 15, "公斤", "exact")]),
    # 余 多 几 来 and +
    ("接听电话3万余次", [("3万余次", 30000, "次", "approx")]),
    ("接听电话3余万次", [("3余万次", 30000, "次", "approx")]),
    ("发放资料500余份", [("500余份", 500, "份", "approx")]),
    ("筹资20多万元", [("20多万元", 200000, "元", "approx")]),
    ("走访80多户", [("80多户", 80, "户", "approx")]),
    ("走访十几户", [("十几户", 10, "户", "approx")]),
    ("走访10几户", [("10几户", 10, "户", "approx")]),
    ("十来个窗口", [("十来个", 10, "个", "approx")]),
    ("阅读量10万+次", [("10万+次", 100000, "次", "at_least")]),
    ("解答咨询140 余 次", [("140 余 次", 140, "次", "approx")]),
    # words before the numeral
    ("培训近300人", [("300人", 300, "人", "approx")]),
    ("培训约300人", [("300人", 300, "人", "approx")]),
    ("约占30%", [("30%", 30, "%", "approx")]),
    ("将近200件", [("200件", 200, "件", "approx")]),
    ("接近90%", [("90%", 90, "%", "approx")]),
    ("大约90件", [("90件", 90, "件", "approx")]),
    ("最近3件申请", [("3件", 3, "件", "exact")]),
    ("网上预约15次", [("15次", 15, "次", "exact")]),
    ("满意率不低于95%", [("95%", 95, "%", "at_least")]),
    ("每月不少于2条", [("2条", 2, "条", "at_least")]),
    ("超过500人次", [("500人次", 500, "人次", "at_least")]),
    ("超500人次", [("500人次", 500, "人次", "at_least")]),
    ("访问量突破60万次", [("60万次", 600000, "次", "at_least")]),
    ("逾5000条", [("5000条", 5000, "条", "at_least")]),
    ("至少3次", [("3次", 3, "次", "at_least")]),
    ("达到95%", [("95%", 95, "%", "exact")]),
    ("共达95件", [("95件", 95, "件", "exact")]),
    ("不超过50字", [("50字", 50, "字", "at_most")]),
    ("不足10件", [("10件", 10, "件", "at_most")]),
    ("差错率低于2%", [("2%", 2, "%", "at_most")]),
    ("不超5万元", [("5万元", 50000, "元", "at_most")]),
    ("准确率≥99%", [("99%", 99, "%", "at_least")]),
    ("至多2次", [("2次", 2, "次", "at_most")]),
    ("超过60余件", [("60余件", 60, "件", "at_least")]),
    # words behind it
    ("答复率95%以上", [("95%以上", 95, "%", "at_least")]),
    ("答复率达到95%及以上", [("95%及以上", 95, "%", "at_least")]),
    ("近90%以上", [("90%以上", 90, "%", "at_least")]),
    ("差错率5%以下", [("5%以下", 5, "%", "at_most")]),
    ("控制在10件以内", [("10件以内", 10, "件", "at_most")]),
    ("每季40条左右", [("40条左右", 40, "条", "approx")]),
    # the multiplier alone
    ("参与近万人次", [("近万人次", 10000, "人次", "approx")]),
    ("上千份资料", [("上千份", 1000, "份", "approx")]),
    ("资料百余份", [("百余份", 100, "份", "approx")]),
    ("浏览过万次", [("过万次", 10000, "次", "at_least")]),
    ("浏览逾百万人次", [("逾百万人次", 1000000, "人次", "at_least")]),
    ("千余万元", [("千余万元", 10000000, "元", "approx")]),
    # Chinese numerals
    ("采取两种形式", [("两种", 2, "种", "exact")]),
    ("分为三个小组", [("三个", 3, "个", "exact")]),
    ("公布六项指标", [("六项", 6, "项", "exact")]),
    ("出版公报十二期", [("十二期", 12, "期", "exact")]),
    ("接待来访三百二十件", [("三百二十件", 320, "件", "exact")]),
    ("受理一百一十件", [("一百一十件", 110, "件", "exact")]),
    ("培训一万一千人次", [("一万一千人次", 11000, "人次", "exact")]),
    ("接待来访一百零五人", [("一百零五人", 105, "人", "exact")]),
    ("发放两百余件", [("两百余件", 200, "件", "approx")]),
    ("开会十余次", [("十余次", 10, "次", "approx")]),
    ("资金十余万元", [("十余万元", 100000, "元", "approx")]),
    ("资金一点五万元", [("一点五万元", 15000, "元", "exact")]),
    ("出台二十条措施", [("二十条", 20, "条", "exact")]),
    ("参加二人", [("二人", 2, "人", "exact")]),
    ("举办了一次专题讲座", [("一次", 1, "次", "exact")]),
    ("召开一次推进会", [("一次", 1, "次", "exact")]),
    ("推出一档访谈", [("一档", 1, "档", "exact")]),
    ("新增一个专栏", [("一个", 1, "个", "exact")]),
    ("收到一件申请", [("一件", 1, "件", "exact")]),
    ("设有专职人员一名，", [("一名", 1, "名", "exact")]),
    # shares in words
    ("群众满意率百分之九十八", [("百分之九十八", 98, "%", "exact")]),
    ("满意率百分之九十八点五以上", [("百分之九十八点五以上", 98.5, "%", "at_least")]),
    ("完成百分之百", [("百分之百", 100, "%", "exact")]),
    ("完成近百分之90", [("百分之90", 90, "%", "approx")]),
    ("差错千分之三", [("千分之三", 3, "‰", "exact")]),
    ("网办率9成", [("9成", 90, "%", "exact")]),
    ("网办率九成以上", [("九成以上", 90, "%", "at_least")]),
    # ranges
    ("占30%-40%", [("30%", 30, "%", "at_least"), ("40%", 40, "%", "at_most")]),
    ("每次5件至8件", [("5件", 5, "件", "at_least"), ("8件", 8, "件", "at_most")]),
    ("由15%提高到20%", [("15%", 15, "%", "exact"), ("20%", 20, "%", "exact")]),
    # no unit
    ("独立用户数达45万。", [("45万", 450000, "", "exact")]),
    ("服务60余万群众", [("60余万", 600000, "", "approx")]),
    ("行政复议数为0。", [("0", 0, "", "exact")]),
    ("收到申请数：15，", [("15", 15, "", "exact")]),
    # signs and list marks
    ("支出同比增长-3.5%", [("-3.5%", -3.5, "%", "exact")]),
    ("3.15件申请均已答复", [("15件", 15, "件", "exact")]),
    ("4．12名干部参训", [("12名", 12, "名", "exact")]),
    ("人均办件3.5件", [("3.5件", 3.5, "件", "exact")]),
    ("1.5万件", [("1.5万件", 15000, "件", "exact")]),
    ("“办事热线”受理66件", [("66件", 66, "件", "exact")]),
    ("开通12345热线，受理88件", [("88件", 88, "件", "exact")]),
    ("4A级景区3个", [("3个", 3, "个", "exact")]),
    ("目前14个部门", [("14个", 14, "个", "exact")]),
]

REJECTED = [
    # dates, years, times
    "2013年", "２０１３年度", "二〇一三年", "二○一三年", "12月", "3月5日", "三月五日",
    "2008-2009年度", "2021—2035年", "2021-01-27", "2012.3.26", "9:00至17:30", "8时30分",
    "上午9点", "近五年", "90年代", "二〇一三年三月二十六日", "第三季度", "四个季度", "一季度",
    # durations and time limits
    "7天", "75 天", "10个月", "三个月", "20个工作日", "十五个工作日", "15 个 工作日内",
    "24小时", "7×24小时", "两天", "30日内", "3个多月", "两周", "5个小时", "三年行动", "半年",
    "40分钟", "一个月", "3个自然日",
    # ranks and ordinals
    "第一位", "第 10 次", "第三期", "第2名", "前10名", "前三位", "位列全省3位", "500强", "三级",
    "市县两级", "三等奖", "5星级", "二级指标", "二期工程", "三期工程", "一期建设",
    "第十五、十六条",
    # documents, articles, meetings
    "〔2015〕19号", "第二十条", "第20条第1款", "令第711号", "十七届四次会议", "十九届三次全会",
    "二届2次职代会", "十九大", "党的20大", "三中全会", "第35次常务会议", "第二十条第（五）项",
    # list marks
    "1.", "（一）", "(12)", "①", "一是", "一、", "2、加强", "三、依申请公开",
    # telephones, addresses, codes
    "0591-23163551", "12345热线", "95105151等热线", "邮编：350400", "14层", "6楼", "128号",
    "主楼三层", "501室", "http://www.example.cn/t20100512_80646.htm", "ISO9001", "PM2.5", "SO2",
    "5G", "4A级", "2.0版", "12路", "A4纸", "GB/T 2260",
    # names and slogans
    "十二五", "五证", "“四议两公开”", "“五合一”", "“四个公开”", "一站式", "一把手", "一次性",
    "第一时间", "三公经费", "一体化", "两会", "四个意识", "三个代表", "三定", "一件事一次办",
    "“最多跑一次”", "最多跑一次", "一窗受理", "双随机一公开", "二维码", "五位一体", "一网通办",
    "八项规定", "一户一策", "三重一大", "六稳六保", "《关于稳增长二十条措施的通知》",
    "“三项制度”", "三个到位", "“十万群众看变化”", "高效办成一件事", "只跑一次",
    # generic Chinese numerals
    "是一项长期的工作", "一个时期", "一批", "一些", "一定", "一种", "每一个环节", "进一步",
    "统一", "同一个", "几个月", "一方面", "十分重要", "第一个", "一系列", "这一项",
    "每季度召开一次", "零件", "千方百计", "百姓", "万元", "（单位：万元）", "百分点",
    "亿元以上", "五台山", "五家渠市", "千家万户", "四套班子", "八一路", "三五成群", "二次供水",
    # no value
    "数十件", "几十人", "几百份", "若干件", "数百万元", "三五个", "三百五个", "二〇一二个",
    # parts of ranges and fractions
    "3至5个", "3-5个", "10～20件", "三至五次", "三分之二", "1/3", "3万-5万元",
    # table cells and codes
    "640020470", "条 6 其中：1．网站公开 条 6", "信息数 条 57 个人", "0 0 3 个人隐私",
    "行政处罚1282行政强制42第", "0000000三、", "007件", "00个", "信息处理费 0",
    # numbers without unit
    "55部门", "共100", "2015", "1,234",
    # lost or absurd
    "1234567890123456件", "1234567890123456.78件", "2.3.4", "12²", "98.%",
    # every change of rank, formula, or turn of speech that is no count
    "前进了三名", "较上年上升5位", "3+2个", "紧密结合在一起", "一条一条", "每半年一次，",
    "建立一户一档",
]  # fmt: skip


@every(("text", "expected"), ACCEPTED)
def test_a_quantity_is_read_with_span_value_unit_and_qualifier(
    text: str, expected: list[tuple[str, float, str, str]]
) -> None:
    assert [(q.text, q.value, q.unit, q.qualifier) for q in parse(text)] == expected


@every("text", REJECTED)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert parse(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "flags"),
    [
        ("答复率97\ue0105%", 97.5, "repaired"),
        ("答复率97\uf06e5％", 97.5, "repaired"),
        ("答复率97\ufffd5%", 97.5, "repaired"),
        ("答复率97\ufffd\ufffd25%", 97.25, "repaired"),
        ("答复率97\U000f00115%", 97.5, "repaired"),
        # 9.7 and 97 are both rates; 197.5 is none, and so is 100.5
        ("答复率9\ue0107%", None, "damaged"),
        ("答复率197\ue0105%", None, "damaged"),
        ("答复率100\ue0105%", None, "damaged"),
        # counts and amounts may be of any size
        ("办结12\ue0105件", None, "damaged"),
        ("经费12\ue0105万元", None, "damaged"),
        ("办结12\ufffd件", None, "damaged"),
        ("答复率9\ue0107\ue0105%", None, "damaged"),
    ],
)
def test_a_lost_mark_is_a_decimal_point_only_where_nothing_else_makes_a_rate(
    text: str, value: float | None, flags: str
) -> None:
    (quantity,) = parse(text)
    assert (quantity.value, quantity.flags) == (value, flags)
    assert quantity.text == text.removeprefix("答复率").removeprefix("办结").removeprefix("经费")


def test_a_number_beside_a_lost_mark_is_not_cut_short() -> None:
    assert parse("答复率98.\ue0105%") == ()
    assert [q.value for q in parse("\uf0b7 受理98件")] == [98]


@given(st.characters(categories=["Co", "Cn", "Lo", "So", "Nd"]))
def test_the_marks_taken_for_lost_are_the_private_use_ones(mark: str) -> None:
    (quantity, *_) = parse(f"12{mark}5件") or [Quantity(0, 0, "", 0, "")]
    damaged = quantity.flags == "damaged"
    private = "\ue000" <= mark <= "\uf8ff" or mark >= "\U000f0000"
    assert damaged == (private or mark == "\ufffd")


def test_nothing_is_read_across_a_stop_or_line() -> None:
    assert [q.text for q in parse("受理15件。办结12件；\n答复9\n件")] == ["15件", "12件"]


def test_offsets_count_the_characters_of_the_text() -> None:
    text = "  一、概述\n\n全年受理１２ 件；\t答复近万人次。\n"
    assert [(q.start, q.end) for q in parse(text)] == [(12, 16), (20, 24)]
    assert [text[q.start : q.end] for q in parse(text)] == ["１２ 件", "近万人次"]


# Properties

PIECES = [
    *"0123456789０９一二两三十百千万亿零点第前近约超每余多几来件条次个名元人%‰年月天届级成半",
    *"，,、.．·:：；。（）()“”《》-—~至到/+ \t\n\u3000\ue010\ufffd\U000f0001a²②¦",
    *("百分之", "人次", "万元", "个工作日", "以上", "左右", "不超过", "开展了", "数为", "公开"),
]
PROSE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=examples(400, 120))
@given(PROSE | st.text(max_size=40))
def test_spans_are_exact_ordered_and_disjoint(text: str) -> None:
    end = 0
    for quantity in parse(text):
        assert end <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        assert (quantity.value is None) == (quantity.flags == "damaged")
        end = quantity.end


@settings(max_examples=examples(400, 120))
@given(
    PROSE | st.text("统一二三十百万亿两名件项次第其中近余多个%。,0123456789 百分之", max_size=20)
)
def test_no_quantity_is_missed_where_a_numeral_cannot_count(text: str) -> None:
    found = parse(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numerals, "_may_count", bool)
        assert parse(text) == found


@settings(max_examples=examples(300, 100))
@given(PROSE, PROSE, PROSE)
def test_other_sentences_change_nothing(before: str, text: str, after: str) -> None:
    alone = parse(text)
    shift = len(before) + 1
    inner = [
        (q.start - shift, q.end - shift, q.value, q.unit, q.qualifier, q.flags)
        for q in parse(f"{before}。{text}。{after}")
        if shift <= q.start < shift + len(text)
    ]
    assert inner == [(q.start, q.end, q.value, q.unit, q.qualifier, q.flags) for q in alone]


def chinese(number: int) -> str:
    """Chinese numeral of a number below 10**8, written place by place."""
    for worth, mark in ((10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= worth:
            head, rest = divmod(number, worth)
            gap = "零" if 0 < rest < worth // 10 else ""
            return chinese(head) + mark + gap + (chinese(rest) if rest else "")
    return "零一二三四五六七八九"[number]


WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
FORMS: dict[str, Callable[[int], str]] = {
    "plain": str,
    "commas": lambda number: f"{number:,}",
    "wide": lambda number: str(number).translate(WIDE),
    "wide commas": lambda number: f"{number:,}".translate(WIDE),
    "spaced": lambda number: f"{number} ",
    "myriads": lambda number: f"{number / 10**4:.4f}".rstrip("0").rstrip(".") + "万",
    "Chinese": chinese,
}
MARKINGS = [
    ("受理{}{}", "exact"),
    ("受理{}余{}", "approx"),
    ("受理{}多{}", "approx"),
    ("受理近{}{}", "approx"),
    ("受理约{}{}", "approx"),
    ("受理{}{}左右", "approx"),
    ("受理{}{}以上", "at_least"),
    ("受理超过{}{}", "at_least"),
    ("受理不少于{}{}", "at_least"),
    ("受理不超过{}{}", "at_most"),
    ("受理{}{}以内", "at_most"),
]


@settings(max_examples=examples(400, 120))
@given(
    st.integers(2, 10**8 - 1),
    st.sampled_from(sorted(FORMS)),
    st.sampled_from(MARKINGS),
    st.sampled_from(["件", "条", "人次", "项", "元"]),
)
def test_a_quantity_reads_back_in_each_way_of_writing(
    number: int, form: str, marking: tuple[str, str], unit: str
) -> None:
    sentence, qualifier = marking
    written = FORMS[form](number)
    # Two of a thing is 两 before its measure word.
    written = "两" if written == "二" else written
    (quantity,) = parse(f"今年{sentence.format(written, unit)}。")
    assert (quantity.value, quantity.unit, quantity.qualifier) == (number, unit, qualifier)
    assert quantity.text.startswith(written)


@given(st.decimals(0, 100, places=2), st.sampled_from(["%", "％", " %", "‰"]))
def test_a_rate_reads_back(rate: object, sign: str) -> None:
    (quantity,) = parse(f"办结率为{rate}{sign}，")
    assert (quantity.value, quantity.unit) == (float(str(rate)), fold(sign).strip())


# The rule files

KINDS = {"count", "event", "people", "amount", "rate"}
UNITS = [row for row in rules.load("units") if row["kind"] != "share"]


@every("row", UNITS)
def test_each_unit_makes_a_quantity_exactly_if_its_kind_does(row: rules.Row) -> None:
    found = [(q.text, q.value, q.unit) for q in parse(f"共15{row['unit']}。")]
    expected = (f"15{row['unit']}", 15.0 * int(row["factor"]), row["base"])
    assert found == ([expected] if row["kind"] in KINDS else [])


@every("row", UNITS)
def test_a_chinese_numeral_needs_a_unit_that_takes_one(row: rules.Row) -> None:
    found = [q.value for q in parse(f"共三{row['unit']}。")]
    assert found == ([3.0 * int(row["factor"])] if row["chinese"] != "none" else [])


def test_rule_rows_use_known_words_and_stand_once() -> None:
    units = [row["unit"] for row in rules.load("units")]
    assert len(set(units)) == len(units)
    assert units == [fold(unit) for unit in units]
    assert {row["chinese"] for row in rules.load("units")} <= {"none", "two", "one"}
    words = [(row["place"], row["pattern"]) for row in rules.load("qualifiers")]
    assert len(set(words)) == len(words)
    assert {place for place, _ in words} == {
        "before",
        "bare",
        "inside",
        "after",
        "between",
        "range",
    }
    assert {row["qualifier"] for row in rules.load("qualifiers") if row["qualifier"]} == {
        "approx",
        "at_least",
        "at_most",
    }
    for row in rules.load("numeral_contexts"):
        assert "¦" in row["pattern"]
        assert row["verdict"] in {"reject", "one", "sole", "bare", "negative"}
        assert row["numeral"] in {"any", "arabic", "chinese"}


@pytest.mark.parametrize(
    "unit", ["1", "1,", "一百", "%", "1件", "1\ue010", "“", "《a", "近万次", "1 "]
)
def test_a_hundred_thousand_hostile_characters_are_read_to_their_end(unit: str) -> None:
    text = (unit * 100_000)[:99_990] + "。受理15件。"
    assert [q.value for q in parse(text)][-1] == 15


def test_a_count_behind_a_count_is_no_cell_behind_its_unit():
    assert [each.value for each in parse("2022 年培训 1 次 60 人。")] == [1, 60]
    assert parse("举办培训班数 次 60 人。") == ()
