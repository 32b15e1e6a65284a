"""Duplicates: the same report in other clothes is found, its neighbours are not taken for it."""

import random
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.pipeline import duplicates
from govtext.pipeline.assemble import read_file

BODY = "某某市水务局"
WORDS = (
    "主动公开", "政府信息", "依申请公开", "门户网站", "工作机制", "领导小组", "重点领域",
    "便民服务", "监督检查", "业务培训", "新闻发布", "意见征集", "档案馆", "图书馆", "查阅点",
    "保密审查", "公开指南", "公开目录", "行政许可", "财政预算", "水利工程", "防汛抗旱", "水资源",
    "政策解读", "责任分工", "河道",
)  # fmt: skip


NOTHING = MappingProxyType({})


def sentences(seed: int, count: int = 60) -> list[str]:
    """Sentences of words in random order, each with a number."""
    draw = random.Random(seed)
    return [f"{''.join(draw.sample(WORDS, 6))}{draw.randint(10, 9999)}件。" for _ in range(count)]


def report(year: int = 2013, seed: int = 1, *, body: str = BODY, count: int = 60) -> str:
    paragraphs = "\n".join(sentences(seed, count))
    return f"{body}{year}年政府信息公开工作年度报告\n{year}年,本局公开如下。\n{paragraphs}\n"


@pytest.fixture
def read(tmp_path):
    def read(text, name="a", **identity):
        path = tmp_path / f"{name}.txt"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        found = read_file(path, name, path.name)
        return replace(found, identity=replace(found.identity, **identity))

    return read


def found(reports, fetched=None):
    """What each report repeats; the ids of the texts that were asked for are added to `fetched`."""
    texts = {each.report_id: each.document.text for each in reports}

    def text_of(report_id):
        if fetched is not None:
            fetched.append(report_id)
        return texts[report_id]

    sketches = {each.report_id: duplicates.sketch(each) for each in reports}
    return duplicates.find(lambda: sorted(sketches.items()), text_of)


@pytest.fixture
def repeats(read):
    """True if the second text repeats the first; fields of identity may be set for either."""

    def repeats(first, second, one=NOTHING, other=NOTHING):
        same = found([read(first, "a", **one), read(second, "b", **other)])
        assert same in ({}, {"b": "a"})
        return bool(same)

    return repeats


def wrapped(text: str) -> str:
    return "\n".join(
        line[at : at + 40] for line in text.split("\n") for at in range(0, len(line), 40)
    )


SAME = {
    "as it is": lambda text: text,
    "other spaces": lambda text: text.replace("。", "。 　").replace("\n", "\r\n\r\n"),
    "other widths": lambda text: text.translate({code: code + 0xFEE0 for code in range(48, 58)}),
    "no title": lambda text: text.split("\n", 1)[1],
    "title of a site": lambda text: (
        "信息公开年报 - 某某市水务局门户网站\n" + text.split("\n", 1)[1]
    ),
    "words around it": lambda text: (
        f"当前位置 首页 政务公开 年报\n这里是欢迎词和天气预报\n{text}"
        "上一篇没有了\n下一篇通知公告\n访问量共有12345人次\n"
    ),
    "cut short": lambda text: text[: int(len(text) * 0.97)],
    "lines as printed": wrapped,
}
OTHER = {
    "next year's, all numbers new": lambda text: report(2014, 2),
    "next year's, nine tenths kept": lambda text: "\n".join(
        line if at % 10 else line.replace("1", "2").replace("3", "4")
        for at, line in enumerate(text.replace("2013年", "2014年").split("\n"))
    ),
    "next year's, numbers kept": lambda text: text.replace("2013年", "2014年"),
    "one number corrected": lambda text: text.replace("件。", "7件。", 1),
    "another body's": lambda text: text.replace(BODY, "某某市林业局"),
    "half of it": lambda text: text[: len(text) // 2],
    "same numbers, other words": lambda text: (
        text.replace("公开", "报送").replace("信息", "材料").replace("服务", "办理")
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", SAME)
@pytest.mark.parametrize("count", [12, 60])
def test_the_same_report_is_found(repeats, how, count):
    text = report(count=count)
    assert repeats(text, SAME[how](text))
    assert repeats(SAME[how](text), text)


@pytest.mark.parametrize("how", OTHER)
@pytest.mark.parametrize("count", [12, 60])
def test_another_report_is_none(repeats, how, count):
    text = report(count=count)
    assert OTHER[how](text) != text
    assert not repeats(text, OTHER[how](text))
    assert not repeats(OTHER[how](text), text)


def test_a_form_that_says_nothing_is_no_copy_of_another_body_s(repeats):
    """Offices of one city print the same page with their names and a row of noughts."""
    page = "一、概述\n{0}高度重视政府信息公开工作。\n" + "".join(
        f"{place}、{word}。收到申请0件,办结0件。\n" for place, word in enumerate(WORDS)
    )
    text = "政府信息公开工作年度报告\n" + page
    assert not repeats(text.format("甲局"), text.format("乙局"))
    assert repeats(text.format("甲局"), text.format("甲局"))


def test_fields_that_differ_outweigh_numbers_that_do_not(repeats):
    text, known = report(), {"issuer": BODY, "year": 2013, "region_code": "150100"}
    more = text + "欢迎各界人士继续关心和支持。\n"
    assert repeats(text, more, known, known)
    assert repeats(text, more, known, known | {"issuer": None, "region_code": None})
    assert repeats(text, more, known, known | {"issuer": BODY.removeprefix("某某市")})
    for other in ({"issuer": "某某市林业局"}, {"year": 2012}, {"region_code": "150200"}):
        assert not repeats(text, more, known, known | other)


def test_of_a_report_with_few_numbers_the_body_must_be_known(repeats):
    text, known = report(count=4), {"issuer": BODY, "year": 2013, "title": None}
    more = text + "欢迎各界人士继续关心和支持。\n"
    unknown = known | {"issuer": None}
    assert repeats(text, more, known, known)
    assert repeats(text, more, known | {"title": "年报", "year": None}, known | {"title": "年 报"})
    assert not repeats(text, more, known, unknown)
    assert not repeats(text, more, unknown | {"title": "年报"}, unknown | {"title": "年报"})


def test_the_first_is_the_original_of_all_whatever_the_order(read):
    texts = [
        report(),
        report() + "关闭窗口\n",
        report(2014, 2),
        report(),
        "打印\n" + report(2014, 2),
    ]
    reports = [read(text, str(at)) for at, text in enumerate(texts)]
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        assert found(reports) == {"1": "0", "3": "0", "4": "2"}


def test_without_text_there_is_nothing_to_repeat(read):
    one, other = (
        replace(each, document=replace(each.document, text=""))
        for each in (read(report(), "a"), read(report(), "b"))
    )
    assert duplicates.sketch(one) == b""
    assert found([one, other]) == {}


def test_a_title_that_a_crowd_shares_costs_no_more(read, monkeypatch):
    """Comparing is bounded; the same text is found all the same."""
    compared = []
    monkeypatch.setattr(duplicates, "_MOST_ALIKE", 5)
    monkeypatch.setattr(duplicates, "_may_repeat", lambda *pair: compared.append(pair))
    crowd = [read(report(seed=seed, count=3), f"{seed:02}") for seed in range(20)]
    assert found([*crowd, read(report(seed=19, count=3), "again")]) == {"again": "19"}
    assert len(compared) <= 20 * 2 * 5


def test_few_texts_are_asked_for(read):
    """A neighbour with the same numbers is told apart by its sketch, a stranger by nothing."""
    rest = report()
    for word in WORDS:
        rest = rest.replace(word, word[::-1])
    strangers = [read(report(seed=seed), str(seed)) for seed in range(2, 9)]
    fetched = []
    assert found([read(report(), "0"), read(rest, "1"), *strangers], fetched) == {}
    assert fetched == []
    more = read(report() + "欢迎各界人士继续关心和支持。\n", "9")
    assert found([read(report(), "0"), read(rest, "1"), *strangers, more], fetched) == {"9": "0"}
    assert sorted(fetched) == ["0", "9"]


def test_a_sketch_is_small_and_always_the_same(read):
    first, again = (duplicates.sketch(read(report(count=100), name)) for name in "ab")
    assert first == again
    assert len(first) < 1000


@given(st.lists(st.integers(0, 30)), st.lists(st.integers(100, 130)))
def test_numbers_added_are_few_and_none_is_lost(numbers, more):
    one, both = (duplicates.array("d", sorted(each)) for each in (numbers, numbers + more))
    few = len(more) <= max(3, 0.05 * len(both))
    assert duplicates._same_numbers(one, both) == duplicates._same_numbers(both, one) == few
    if numbers and more:
        other = duplicates.array("d", sorted(numbers[1:] + more[:1]))
        assert not duplicates._same_numbers(one, other)


def test_the_sample_tells_how_much_two_texts_share():
    """Within the doubt that is given to it, for texts of any likeness."""
    ours = sentences(1, 100)
    theirs = sentences(2, 100)
    for kept in (0, 25, 50, 75, 95, 100):
        texts = ["".join(ours), "".join(ours[:kept] + theirs[kept:])]
        grams = [{each[at : at + 6] for at in range(len(each))} for each in texts]
        hashes = [duplicates._shingles(text).tolist() for text in texts]
        assert [len(each) for each in hashes] == [len(each) for each in grams]
        assert len({*hashes[0]} & {*hashes[1]}) == len(grams[0] & grams[1])
        share = len(grams[0] & grams[1]) / len(grams[0] | grams[1])
        one, other = (frozenset(each[: duplicates._SAMPLE]) for each in hashes)
        assert abs(duplicates._likeness(one, other) - share) < duplicates._DOUBT
