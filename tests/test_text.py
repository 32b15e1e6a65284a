"""Text functions: folding is one to one, numerals read back, sentences lose nothing."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.text import COUNTING, Text, chinese_number, fold, key, sentences, stops


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("（１２件）", "(12件)"),
        ("２０１２．５％", "2012.5%"),
        ("一\u3000二\xa0三\u2003四", "一 二 三 四"),
        ("某发〔2015〕3号【附】", "某发[2015]3号[附]"),
        ("“甲”—‘乙’", "\"甲\"-'乙'"),
        ("一、二。三；", "一、二。三;"),
        ("12²⑫Ⅳ", "12²⑫Ⅳ"),
        ("98\ue0102%", "98\ue0102%"),
        ("行\n行", "行\n行"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_keeps_every_place(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_clean_text_passes_unchanged():
    for text in ("政府信息公开", "annual report 2012", "Привет", "مرحبا", "한국어"):
        assert fold(text) == text


@pytest.mark.parametrize(
    ("label", "compared"),
    [(" 附 件：\n", "附件:"), ("ＩＣＰ备", "icp备"), ("", ""), ("\u3000", "")],
)
def test_key(label, compared):
    assert key(label) == compared


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10), ("二十五", 25), ("三百二十", 320), ("一百零五", 105), ("一千零五十", 1050),
        ("两百", 200), ("十二万", 120_000), ("二百万", 2_000_000), ("三千二百万零五", 32_000_005),
        ("一亿三千万", 130_000_000), ("一亿零五万", 100_050_000), ("二〇一二", 2012),
        ("二○一二", 2012), ("零", 0), ("一万零三十", 10_030),
    ],
)  # fmt: skip
def test_chinese_number(numeral, value):
    assert chinese_number(numeral) == value


@pytest.mark.parametrize(
    "numeral", ["", "万", "三百五", "三万五", "五五百", "第一", "12", "一" * 25]
)
def test_what_is_no_chinese_number(numeral):
    assert chinese_number(numeral) is None


def _numeral(value: int) -> str:
    """The numeral of a number below ten thousand, as it is written in full."""
    digits, units, out = "零一二三四五六七八九", ["千", "百", "十", ""], ""
    for place, unit in zip(f"{value:04}", units, strict=True):
        out += digits[int(place)] + (unit if place != "0" else "")
    while "零零" in out:
        out = out.replace("零零", "零")
    return out.strip("零") or "零"


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_chinese_number_reads_what_is_written(high, low):
    assert chinese_number(_numeral(high)) == high
    if low == 0:
        assert chinese_number(f"{_numeral(high)}万") == high * 10_000
    elif low < 1000 and low > 9:
        assert chinese_number(f"{_numeral(high)}万零{_numeral(low)}") == high * 10_000 + low


def test_sentences_end_at_stops_and_lines():
    text = "甲公开了信息。 乙受理申请;丙无\n\n“丁?”是的!!"
    assert [text[a:b] for a, b in sentences(text)] == [
        "甲公开了信息。", "乙受理申请;", "丙无", "“丁?", "”是的!!",
    ]  # fmt: skip


@given(st.text(alphabet="甲乙。；;！!？?\n ，1"))
def test_sentences_lose_nothing_but_space(text):
    spans = list(sentences(text))
    assert all(a < b for a, b in spans)
    assert spans == sorted(spans)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())


def test_traditional_characters_are_compared_as_simplified_ones():
    assert (
        fold("政府信息公開工作年度報告，受理申請１２件") == "政府信息公开工作年度报告,受理申请12件"
    )


def test_no_simplified_character_is_changed():
    """The table holds characters that GB 2312 lacks only, each mapped to one that it has."""
    for row in rules.load("traditional"):
        for traditional, simplified in zip(row["traditional"], row["simplified"], strict=True):
            assert simplified.encode("gb2312")
            with pytest.raises(UnicodeEncodeError):
                traditional.encode("gb2312")


def test_a_text_is_folded_and_parted_once():
    content = Text("甲受理１２件；乙１件。\n丙")
    assert content.folded == "甲受理12件;乙1件。\n丙"
    assert content.folded is content.folded
    assert content.sentences is content.sentences
    assert [content.text[a:b] for a, b in content.sentences] == ["甲受理１２件；", "乙１件。", "丙"]
    assert [content.text[a:b] for a, b in content.periods] == ["甲受理１２件；乙１件。", "丙"]


def test_what_is_made_from_a_text_is_not_sent_with_it():
    content = Text("一、" * 500)
    before = len(pickle.dumps(content))
    assert content.folded
    assert content.sentences
    assert len(pickle.dumps(content)) == before
    assert pickle.loads(pickle.dumps(content)) == content


def test_a_text_without_some_of_it_keeps_its_places():
    content = Text("甲１件\n乙２件")
    assert content.without([(1, 5), (0, 2)]).text == "   \n ２件"
    assert content.text == "甲１件\n乙２件"


@pytest.mark.parametrize(
    ("level", "pieces"),
    [
        ("period", ["收到1,234件,答复3件;其中:甲", "乙"]),
        ("sentence", ["收到1,234件,答复3件", "其中:甲", "乙"]),
        ("clause", ["收到1,234件", "答复3件", "其中:甲", "乙"]),
    ],
)
def test_a_stretch_ends_at_the_marks_of_its_level(level, pieces):
    assert stops(level).split("收到1,234件,答复3件;其中:甲。乙") == pieces


def test_numbers_of_headings_are_counted_in_one_to_ten():
    assert [chinese_number(mark) for mark in COUNTING] == list(range(1, 11))
