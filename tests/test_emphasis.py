"""Themes: the matching, the lexicon as data, and what the coding is worth against two coders."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.analyse.emphasis import drawn, learned, measures, robust, substance
from govtext.core import rules, text
from govtext.core.rules import RuleError
from govtext.extract import themes as emphasis

GOLD = Path(__file__).parents[1] / "data" / "gold"
LEXICON = rules.load("lexicon")
OUTSIDE = re.compile(
    r"Regulation 20(?:07|19) art\. [0-9]+|official form 20(?:14|19|21)|jieba 0\.42\.1 dictionary"
    r"|work plan (20(?:1[2-9]|2[0-5])) 国办发〔\1〕[0-9]+号"
    r"|notice (?:中发|中办发|国发|国办发|国办函|国办秘函|国办公开办函)〔20[0-9]{2}〕[0-9]+号"
    r"|law [\u4e00-\u9fff]+ [0-9]{4}(?: art\. [0-9]+)?"
)
"""A source outside the reports: one that names its document."""
PART_OF_TITLE = {
    "问题": "problems",
    "下一步": "plans",
    "依申请": "on_request",
    "复议": "review_litigation",
    "收费": "fees",
}


def folded(string: str) -> str:
    return text.fold(string).lower()


def frame_of(codes: pd.Series) -> pd.DataFrame:
    ids = list(emphasis.theme_ids())
    return pd.DataFrame(
        [[theme in code.split(";") for theme in ids] for code in codes], columns=ids
    )


def stands(term: str, body: str) -> bool:
    """Whether a term, or a phrase within its bounds, stands in a text."""
    gap = f"[^,\n]{{0,{emphasis.GAP}}}?"
    return bool(re.search(gap.join(map(re.escape, folded(term).split("…"))), body))


@pytest.fixture(scope="module")
def gold() -> pd.DataFrame:
    return pd.read_csv(GOLD / "themes.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def coders(gold: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return frame_of(gold["themes_a"]), frame_of(gold["themes_b"])


@pytest.fixture
def use_rows(monkeypatch: pytest.MonkeyPatch):
    """Function that puts other rows in the place of the lexicon, until the test ends."""
    load = rules.load

    def use(rows) -> None:
        monkeypatch.setattr(rules, "load", lambda name: rows if name == "lexicon" else load(name))
        emphasis._lexicon.cache_clear()

    yield use
    emphasis._lexicon.cache_clear()


def row(term: str, theme: str, kind: str = "term"):
    return MappingProxyType(
        {"term": term, "theme": theme, "kind": kind, "source": "test", "note": ""}
    )


# Matching


def test_longest_term_counts_and_covers_what_is_inside(use_rows) -> None:
    use_rows([row("公开", "proactive"), row("依申请公开", "on_request"), row("申请", "service")])
    assert emphasis.hits("依申请公开,公开") == [
        (0, 5, "依申请公开", "on_request"),
        (6, 8, "公开", "proactive"),
    ]


def test_terms_that_only_overlap_both_count(use_rows) -> None:
    use_rows([row("信息公开", "proactive"), row("公开渠道", "platform")])
    assert [hit[2] for hit in emphasis.hits("信息公开渠道")] == ["信息公开", "公开渠道"]


def test_exclusion_covers_and_codes_nothing(use_rows) -> None:
    use_rows([row("环境", "environment"), row("营商环境", "", "exclude")])
    assert emphasis.hits("优化营商环境") == []
    assert emphasis.hits("环境与营商环境") == [(0, 2, "环境", "environment")]


def test_a_term_may_have_several_themes(use_rows) -> None:
    use_rows([row("信箱", "platform"), row("信箱", "participation")])
    assert [hit[3] for hit in emphasis.hits("信箱")] == ["participation", "platform"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("建立了工作制度", True),
        ("建立制度", True),
        ("建立" + "甲" * emphasis.GAP + "制度", True),
        ("建立" + "甲" * (emphasis.GAP + 1) + "制度", False),
        ("建立队伍，落实制度", False),
        ("建立税收制度", False),
        ("制度建立", False),
    ],
)
def test_phrase_stays_within_its_clause_and_outside_exclusions(
    use_rows, sentence: str, found: bool
) -> None:
    use_rows([row("建立…制度", "institution", "phrase"), row("税收制度", "", "exclude")])
    assert bool(emphasis.hits(sentence)) is found


def test_width_and_case_do_not_matter_and_offsets_are_those_of_the_sentence(use_rows) -> None:
    use_rows([row("app", "platform")])
    assert emphasis.hits("İ政务ＡＰＰ与App") == [
        (3, 6, "app", "platform"),
        (7, 10, "app", "platform"),
    ]


@pytest.mark.parametrize(
    "bad",
    [
        row("公开", "openness"),
        row("公开", ""),
        row("公开", "proactive", "exclude"),
        row("公开", "proactive", "regex"),
        row("公", "proactive"),
        row("公开…信息", "proactive"),
        row("公开信息", "proactive", "phrase"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(use_rows, bad) -> None:
    use_rows([bad])
    with pytest.raises(RuleError, match="lexicon row"):
        emphasis.hits("公开")


FRAGMENTS = [part for r in LEXICON for part in r["term"].split("…")]
SENTENCES = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from([*"的了，12一（ＡİxX公开", "\ue010"])),
    max_size=12,
).map("".join)


@given(SENTENCES)
def test_every_hit_is_where_it_says(sentence: str) -> None:
    for start, end, term, theme in emphasis.hits(sentence):
        first, *second = term.split("…")
        assert theme in emphasis.theme_ids()
        assert folded(sentence[start:end]).startswith(first)
        assert folded(sentence[start:end]).endswith(second[0] if second else first)
        assert second or end - start == len(term)


@given(SENTENCES, st.sampled_from([" ", "　 ", "甲乙"]))
def test_what_stands_before_moves_the_hits_and_nothing_else(sentence: str, before: str) -> None:
    moved = [
        (a - len(before), b - len(before), t, th)
        for a, b, t, th in emphasis.hits(before + sentence)
    ]
    assert moved == emphasis.hits(sentence)


FURNITURE = [
    "[打印本页] [关闭窗口]",
    "扫一扫在手机打开当前页",
    "首页 > ",
    "文字大小:[ ] 背景色:",
    "- 3 -",
]


@settings(max_examples=30, deadline=None)
@given(st.lists(SENTENCES, max_size=3), SENTENCES, st.lists(st.sampled_from(FURNITURE), max_size=3))
def test_other_sentences_and_furniture_do_not_change_a_sentence(before, sentence, after) -> None:
    alone = emphasis.code_themes([sentence])
    among = emphasis.code_themes([*before, sentence, *after])
    assert among.iloc[len(before)].tolist() == alone.iloc[0].tolist()
    assert not among.iloc[len(before) + 1 :].to_numpy().any()


@pytest.mark.parametrize(
    "unit", ["公开", "进一步", "政府信息公开申请", "存在问题", "建立制度", "甲"]
)
def test_work_grows_with_length_only(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: words found in a hostile text of twice the length are twice as many."""
    counts = []
    words = emphasis._words
    monkeypatch.setattr(emphasis, "_words", lambda text: counts.append(len(words(text))) or [])
    for size in (2_000, 4_000):
        emphasis.hits(unit * (size // len(unit)))
    assert counts[1] <= 2.1 * counts[0] + 100


TEXTS = st.lists(st.one_of(SENTENCES, st.sampled_from([*"。；;\n ?!A"])), max_size=8).map("".join)


@given(TEXTS, st.sets(st.sampled_from([folded(r["term"]) for r in LEXICON])))
def test_a_text_is_coded_in_one_pass_as_its_sentences_one_by_one(words: str, without) -> None:
    content = text.Text(words)
    sentences = [words[start:end] for start, end in content.sentences]
    assert emphasis.code(content, without=without) == emphasis.code(sentences, without=without)


@settings(deadline=None)
@given(SENTENCES, st.sets(st.sampled_from([folded(r["term"]) for r in LEXICON])))
def test_the_terms_found_are_those_that_a_plain_search_finds(sentence: str, without) -> None:
    line = re.sub("[A-Z]", lambda match: match.group().lower(), text.fold(sentence))
    reach, plain = 0, []
    terms = {folded(r["term"]) for r in LEXICON if r["kind"] != "phrase"} - without
    for start in range(len(line)):
        end = max((start + len(t) for t in terms if line.startswith(t, start)), default=0)
        if end > reach:
            plain.append((start, end, line[start:end]))
            reach = end
    found = emphasis.matches(sentence, without=without)
    assert [each for each in found if "…" not in each[2]] == plain


# The frames


def test_code_themes_gives_one_boolean_column_a_theme_in_order() -> None:
    frame = emphasis.code_themes(iter(["公开部门预算", "甲"]))
    assert tuple(frame.columns) == emphasis.theme_ids()
    assert set(frame.dtypes) == {np.dtype(bool)}
    assert frame.loc[0, ["proactive", "fiscal", "plans"]].tolist() == [True, True, False]
    assert not frame.loc[1].any()
    assert emphasis.code_themes([]).shape == (0, 18)


def test_parts_carry_problems_and_plans_below_a_shared_heading() -> None:
    sentences = ["一、存在的问题及改进措施", "甲。", "下一步,做好以下工作。", "乙。", "丙。"]
    frame = emphasis.code_themes(sentences, parts=["problems"] * 4 + ["fees"])
    assert frame["problems"].tolist() == [True, True, False, False, False]
    assert frame["plans"].tolist() == [True, False, True, True, False]
    assert frame["on_request"].tolist() == [False] * 4 + [True]


def test_parts_must_be_as_many_as_sentences() -> None:
    with pytest.raises(ValueError, match="zip"):
        emphasis.code_themes(["甲", "乙"], parts=["other"])


def test_count_hits_counts_each_match() -> None:
    counts = emphasis.count_hits(["公开预算,公开决算", ""])
    assert counts.loc[0, ["proactive", "fiscal"]].tolist() == [2, 2]
    assert counts.loc[1].sum() == 0


@pytest.fixture
def counted() -> pd.DataFrame:
    frame = pd.DataFrame(False, index=range(104), columns=list(emphasis.theme_ids()))
    frame["report_id"] = ["a"] * 100 + ["b"] * 4
    frame["start"], frame["end"] = 0, 10
    frame.loc[:49, "fiscal"] = True
    frame.loc[[100, 101, 102], "plans"] = True
    return frame


def test_shares_are_those_counted_by_hand(counted: pd.DataFrame) -> None:
    counts = counted[list(emphasis.theme_ids())].astype(int) * 3
    found = measures.shares(counted, counts=counts).set_index(["report_id", "theme"])
    fiscal, plans = found.loc[("a", "fiscal")], found.loc[("b", "plans")]
    assert (fiscal["n_sentences"], fiscal["n_coded"], fiscal["share"]) == (100, 50, 0.5)
    assert (fiscal["n_chars"], fiscal["n_hits"], fiscal["per_1000"]) == (1000, 150, 150.0)
    assert (plans["n_coded"], plans["share"]) == (3, 0.75)
    none = found.loc[("a", "plans")]
    # Wilson by hand: none of 100, and half of 100, with z = 1.96.
    assert (none["share"], none["share_low"]) == (0, 0)
    assert none["share_high"] == pytest.approx(1.96**2 / (100 + 1.96**2), abs=1e-4)
    assert fiscal["share_low"] == pytest.approx(0.4038, abs=1e-4)
    assert fiscal["share_high"] == pytest.approx(0.5962, abs=1e-4)
    # Garwood: no hit in 1,000 characters is at most 3.689 per 1,000.
    assert (none["per_1000"], none["per_1000_low"]) == (0, 0)
    assert none["per_1000_high"] == pytest.approx(3.6889, abs=1e-4)


def test_shares_repeat_and_do_not_depend_on_other_groups_or_order(counted: pd.DataFrame) -> None:
    hits = counted[list(emphasis.theme_ids())].astype(int)
    whole = measures.shares(counted, counts=hits, n_boot=50)
    pd.testing.assert_frame_equal(whole, measures.shares(counted, counts=hits, n_boot=50))
    own = counted["report_id"] == "b"
    only = measures.shares(counted[own], counts=hits[own], n_boot=50)
    pd.testing.assert_frame_equal(only, whole[whole["report_id"] == "b"].reset_index(drop=True))
    assert not whole.equals(measures.shares(counted, counts=hits, n_boot=50, seed=1))


def test_shares_by_part_without_resamples_have_null_bounds(counted: pd.DataFrame) -> None:
    parts, hits = counted.rename(columns={"report_id": "part"}), counted[list(emphasis.theme_ids())]
    found = measures.shares(parts, by="part", counts=hits, n_boot=0)
    assert found["share"].notna().all()
    assert found[["per_1000_low", "per_1000_high"]].isna().all(axis=None)
    with pytest.raises(ValueError, match="1 rows of hits for 104 sentences"):
        measures.shares(counted, counts=emphasis.count_hits(["甲"]))


def test_agreement_equals_values_computed_by_hand() -> None:
    from sklearn.metrics import cohen_kappa_score  # a second that no other test need wait for

    """Kappa: 20 both yes, 15 both no, 5 and 10 not equal: (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    first = pd.DataFrame({"plans": [True] * 25 + [False] * 25})
    second = pd.DataFrame({"plans": [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15})
    ours = pd.DataFrame({"plans": [True] * 16 + [False] * 33 + [True]})
    table = measures.agreement(ours, first, second).set_index("theme")
    assert table.loc["plans", "kappa_ab"] == pytest.approx(0.4)
    assert table.loc["plans", ["n_agreed", "n"]].tolist() == [35, 20]
    assert table.loc["plans", "precision"] == pytest.approx(16 / 17)
    assert table.loc["plans", "recall"] == pytest.approx(16 / 20)
    assert table.loc["plans", "f1"] == pytest.approx(32 / 37)
    assert table.loc["plans", "kappa_a"] == pytest.approx(
        cohen_kappa_score(ours["plans"], first["plans"])
    )
    assert table.loc["macro", "f1"] == table.loc["plans", "f1"]


def test_agreement_is_null_where_undefined() -> None:
    none = pd.DataFrame({"plans": [False, False]})
    table = measures.agreement(none, none, none)
    assert table[["precision", "recall", "f1", "kappa_a"]].isna().all(axis=None)
    with pytest.raises(ValueError, match="not the same"):
        measures.agreement(none, none, none.head(1))


# The lexicon as data


def test_no_row_stands_twice_and_none_contradicts_another() -> None:
    keys = [(folded(r["term"]), r["theme"]) for r in LEXICON]
    assert len(keys) == len(set(keys))
    excluded = {term for term, theme in keys if not theme}
    assert not excluded & {term for term, theme in keys if theme}


def test_every_row_does_what_it_says() -> None:
    """The term itself has its theme; an excluded one has none of the terms inside it."""
    for r in LEXICON:
        found = emphasis.hits(r["term"].replace("…", "甲乙"))
        if r["kind"] == "exclude":
            assert not [hit for hit in found if "…" not in hit[2]], r["term"]
        else:
            assert (folded(r["term"]), r["theme"]) in {hit[2:] for hit in found}, r["term"]


def test_every_exclusion_excludes_something() -> None:
    coded = {part for r in LEXICON if r["theme"] for part in folded(r["term"]).split("…")}
    for r in LEXICON:
        if r["kind"] == "exclude":
            assert any(part in folded(r["term"]) for part in coded), r["term"]


def test_every_theme_has_terms_and_every_row_a_source() -> None:
    ids = set(emphasis.theme_ids())
    assert len(ids) == 18
    assert {r["theme"] for r in LEXICON} == ids | {""}
    vague = {r["source"] for r in LEXICON if not OUTSIDE.fullmatch(r["source"])}
    assert vague == {"five reports", "genre"}


def test_no_term_rests_on_a_single_sentence_of_the_five_reports(gold: pd.DataFrame) -> None:
    bodies = [folded(sentence) for sentence in gold["sentence"]]
    for r in LEXICON:
        if not OUTSIDE.fullmatch(r["source"]):
            times = sum(stands(r["term"], body) for body in bodies)
            assert times >= 2 if r["source"] == "five reports" else times == 0, r["term"]


def test_words_said_to_be_in_the_dictionary_are_there() -> None:
    spec = importlib.util.find_spec("jieba")
    assert spec is not None
    assert spec.origin is not None
    lines = (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    words = {line.split(" ")[0] for line in lines}
    said = {r["term"] for r in LEXICON if "jieba" in r["source"]}
    assert said
    assert said <= words


# What the coding is worth


def parts_of(gold: pd.DataFrame) -> list[str]:
    """Part of each sentence, from the top headings of the annotated outlines."""
    titles = pd.read_csv(GOLD / "outlines.csv", keep_default_na=False)
    top = titles[titles["level"] == 1]
    heads = {(r.report, f"{r.number}{r.title}"): r.title for r in top.itertuples()}
    parts, part, report = [], "other", ""
    for sentence in gold.itertuples():
        title = heads.get((sentence.report, sentence.sentence.rstrip("。")))
        if title is not None or sentence.report != report:
            words = [p for word, p in PART_OF_TITLE.items() if title and word in title]
            part, report = (words[0] if words else "other"), sentence.report
        parts.append(part)
    return parts


def test_agrees_with_the_coders_on_bare_sentences(gold: pd.DataFrame, coders) -> None:
    table = measures.agreement(emphasis.code_themes(gold["sentence"]), *coders).set_index("theme")
    assert table.loc["macro", "f1"] >= 0.80
    common = table[(table["n"] >= 20) & ~table.index.isin(["plans", "macro"])]
    assert common[["kappa_a", "kappa_b"]].min(axis=None) >= 0.65


def test_parts_make_plans_reliable(gold: pd.DataFrame, coders) -> None:
    """Most plans are imperatives that only their heading tells from what was done."""
    frame = emphasis.code_themes(gold["sentence"], parts=parts_of(gold))
    table = measures.agreement(frame, *coders).set_index("theme")
    common = table[(table["n"] >= 20) & (table.index != "macro")]
    assert common[["kappa_a", "kappa_b"]].min(axis=None) >= 0.65
    assert table.loc["macro", "f1"] >= 0.84


@pytest.fixture(scope="module")
def coded(gold: pd.DataFrame) -> pd.DataFrame:
    return gold.rename(columns={"report": "report_id"}).assign(part=parts_of(gold))


@pytest.mark.parametrize(("sourced", "most"), [(False, 0.10), (True, 0.05)])
def test_terms_drawn_from_the_other_four_reports_lose_little(
    coded: pd.DataFrame, coders, sourced: bool, most: float
) -> None:
    table = drawn.leave_report_out(coded, *coders, sourced=sourced)
    assert list(table["report_id"]) == [*sorted(set(coded["report_id"])), "all"]
    assert (table["gap"] < most).all()
    assert (table["gap"] > 0).any(), "terms of one report only were left out"


def test_a_drawn_term_stands_in_another_report(use_rows) -> None:
    use_rows([row("预算", "fiscal"), row("土地", "land_housing"), row("信箱", "platform")])
    drawn._sources.cache_clear()
    frame = pd.DataFrame(
        {"report_id": list("aab"), "part": "other", "sentence": ["预算土地", "预算", "土地信箱"]}
    )
    codes = drawn.drawn_codes(frame)
    drawn._sources.cache_clear()
    assert codes["land_housing"].tolist() == [True, False, True]
    assert not codes[["fiscal", "platform"]].any(axis=None)


# What hangs on one term


@pytest.fixture
def two_reports() -> pd.DataFrame:
    sentences = ["公开预算。", "公开决算。", "公开。", "土地。", "预算。", "预算和土地。"]
    return pd.DataFrame(
        {"report_id": list("aaabbb"), "part": list("xyxyxy"), "sentence": sentences}
    )


def test_shares_without_each_term_are_those_of_coding_anew(two_reports, use_rows) -> None:
    rows = [
        row("公开", "proactive"), row("预算", "fiscal"), row("决算", "fiscal"),
        row("土地", "land_housing"),
    ]  # fmt: skip
    use_rows(rows)
    table = robust.leave_term_out(two_reports).set_index(["report_id", "theme"])
    fiscal = table.loc[("a", "fiscal")]
    assert fiscal["n_terms"] == 4
    assert (fiscal["n_coded"], fiscal["share"]) == (2, pytest.approx(2 / 3))
    assert (fiscal["share_low"], fiscal["share_high"]) == (pytest.approx(1 / 3), fiscal["share"])
    assert (fiscal["rank"], fiscal["rank_low"], fiscal["rank_high"]) == (2, 1, 2)
    assert table.loc[("a", "proactive"), "term"] == "公开"
    for kept in range(len(rows)):
        use_rows(rows[:kept] + rows[kept + 1 :])
        anew = emphasis.code_themes(two_reports["sentence"])
        for report in "ab":
            share = anew[two_reports["report_id"] == report].mean()
            own = table.loc[report]
            assert (own["share_low"] <= share + 1e-9).all()
            assert (share <= own["share_high"] + 1e-9).all()


def test_conclusions_name_the_terms_that_overturn_them(two_reports, use_rows) -> None:
    use_rows([row("公开", "proactive"), row("预算", "fiscal"), row("决算", "fiscal")])
    table = robust.conclusions(two_reports).set_index(["kind", "group", "theme"])
    first = table.loc[("top", "a", "proactive")]
    assert (first["other"], first["margin"], first["terms"]) == ("fiscal", 1, "公开")
    assert table.loc[("top", "b", "fiscal"), "terms"] == "预算"
    assert ("part", "x", "fiscal") not in table.index, "a tie is no conclusion"
    assert table["n_overturning"].le(3).all()


def test_a_longer_term_left_out_lets_the_shorter_count() -> None:
    assert [hit[2] for hit in emphasis.hits("依申请公开")] == ["依申请公开"]
    left = emphasis.hits("依申请公开", without=("依申请公开",))
    assert left
    assert "依申请公开" not in {hit[2] for hit in left}


def test_a_phrase_can_be_left_out(use_rows) -> None:
    use_rows([row("建立…制度", "institution", "phrase")])
    assert emphasis.code_themes(["建立制度"])["institution"].all()
    assert not emphasis.code_themes(["建立制度"], without=("建立…制度",))["institution"].any()


# The coder that learns


@pytest.fixture(scope="module")
def lessons() -> pd.DataFrame:
    fiscal = [f"公开{name}预算" for name in ("部门", "单位", "年度", "学校", "本级", "镇级")]
    land = [f"发布{name}征地公告" for name in ("东村", "西村", "南村", "北村", "前村", "后村")]
    themes = ["fiscal"] * 6 + ["land_housing"] * 6
    reports = list("abcabc" * 2)
    return pd.DataFrame({"report_id": reports, "sentence": fiscal + land, "themes": themes})


def test_the_coder_learns_what_it_was_shown_and_nothing_else(lessons: pd.DataFrame) -> None:
    coder = learned.train(lessons, tokenize=list)
    assert coder.themes == ("fiscal", "land_housing")
    codes = coder.code(["公开医院预算", "发布中村征地公告"])
    assert codes["fiscal"].tolist() == [True, False]
    assert codes["land_housing"].tolist() == [False, True]
    assert tuple(codes.columns) == emphasis.theme_ids()
    assert coder.code([]).empty


def test_the_coder_is_the_same_each_time(lessons: pd.DataFrame) -> None:
    first, again = (learned.train(lessons, tokenize=list) for _ in range(2))
    for theme in first.themes:
        assert (first._models[theme].coef_ == again._models[theme].coef_).all()


def test_a_coder_of_the_other_reports_never_saw_its_own(lessons: pd.DataFrame) -> None:
    seen = learned.cross_code(lessons, tokenize=list)
    assert (seen["fiscal"] == (lessons["themes"] == "fiscal")).all()
    only = lessons.assign(report_id=["a"] * 6 + ["b"] * 6)
    assert not learned.cross_code(only, tokenize=list).any(axis=None), (
        "one theme each: none to tell"
    )
    with pytest.raises(ValueError, match="two reports"):
        learned.cross_code(lessons[lessons["report_id"] == "a"], tokenize=list)


def test_where_the_coders_differ_nothing_is_learned(lessons: pd.DataFrame) -> None:
    two = lessons.rename(columns={"themes": "themes_a"}).assign(themes_b="")
    assert learned.train(two, tokenize=list).themes == ()


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pd.DataFrame({"sentence": ["甲"]}), "themes_a, themes_b"),
        (pd.DataFrame({"sentence": [], "themes": []}), "no sentence"),
        (pd.DataFrame({"sentence": ["甲"], "themes": ["colour"]}), "no theme colour"),
    ],
)
def test_lessons_that_cannot_be_learned_are_refused(frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        learned.train(frame, tokenize=list)


def test_the_lexicon_does_better_than_what_was_learned(coded: pd.DataFrame, coders) -> None:
    """The default coder is chosen by this: both know only the other reports."""
    frames = (drawn.drawn_codes(coded), learned.cross_code(coded, tokenize=list))
    lexicon, machine = (measures.agreement(f, *coders)["f1"].iloc[-1] for f in frames)
    assert lexicon > machine + 0.1


# Substance, candour, promises


@pytest.mark.parametrize("r", rules.load("specifics"), ids=lambda r: r["kind"])
def test_patterns_of_specifics_find_their_example_only(r) -> None:
    found = substance.specifics([r["example"], r["counter_example"]])[r["kind"]]
    assert found.tolist() == [True, False]


def test_a_place_is_a_full_name_that_is_known() -> None:
    assert substance.specifics(["在合肥市公布", "在全市公布"])["place"].tolist() == [True, False]


@pytest.fixture
def told() -> pd.DataFrame:
    sentences = ["公开预算3份", "公开预算", "个别单位不重视", "财政局不及时", "2025年6月底前建成"]
    frame = pd.DataFrame(False, index=range(5), columns=list(emphasis.theme_ids()))
    frame.loc[:1, "fiscal"] = True
    frame.loc[2:3, "problems"] = True
    frame.loc[4, "plans"] = True
    frame["report_id"], frame["start"], frame["end"] = list("aabbb"), 0, 10
    frame["n_quantities"] = [1, 0, 0, 0, 0]
    return pd.concat([frame, substance.specifics(sentences)], axis=1)


def test_substance_counted_by_hand(told: pd.DataFrame) -> None:
    table = substance.substance(told).set_index("theme")
    fiscal = table.loc["fiscal"]
    assert (fiscal["n_sentences"], fiscal["emphasis"], fiscal["per_1000"]) == (2, 0.4, 50)
    assert (fiscal["n_specific"], fiscal["specificity"]) == (1, 0.5)
    assert fiscal["specificity_low"] == pytest.approx(0.0945, abs=0.001)
    assert pd.isna(fiscal["one_out_low"]), "one report only"
    everything = table.loc["all"]
    assert (everything["n_specific"], everything["n_reports"]) == (3, 2)
    assert (everything["one_out_low"], everything["one_out_high"]) == (0.5, pytest.approx(2 / 3))
    assert pd.isna(table.loc["approval", "specificity"])


def test_candour_tells_a_named_body_from_some_units(told: pd.DataFrame) -> None:
    table = substance.candour(told).set_index("report_id")
    assert (table.loc["b", "n_problems"], table.loc["b", "characters"]) == (2, pytest.approx(2 / 3))
    assert (table.loc["b", "concrete"], table.loc["b", "vague"]) == (0.5, 0.5)
    assert pd.isna(table.loc["a", "concrete"])


def test_a_promise_with_a_date_can_be_checked(told: pd.DataFrame) -> None:
    table = substance.promises(told).set_index("report_id")
    assert (table.loc["b", "n_plans"], table.loc["b", "checkable"]) == (1, 1)
    assert pd.isna(table.loc["a", "checkable"])


def test_codes_invented_sentences_of_other_bodies_and_years() -> None:
    """Written as officials elsewhere would write, with themes given before the coder saw them."""
    invented = pd.read_csv(GOLD / "emphasis_invented.csv", keep_default_na=False)
    truth = frame_of(invented["themes"])
    assert truth.sum().min() >= 6
    table = measures.agreement(emphasis.code_themes(invented["sentence"]), truth, truth)
    assert table["f1"].iloc[-1] >= 0.85


def test_shares_of_no_sentence_have_the_same_columns():
    ids = list(emphasis.theme_ids())
    one = pd.DataFrame({"report_id": ["a"], "start": [0], "end": [5]} | dict.fromkeys(ids, False))
    counts = pd.DataFrame(0, index=[0], columns=ids)
    full = measures.shares(one, counts=counts, n_boot=2)
    bare = measures.shares(one.iloc[:0], counts=counts.iloc[:0])
    assert bare.empty
    assert list(bare.columns) == list(full.columns)
