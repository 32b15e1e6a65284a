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
from sklearn.metrics import cohen_kappa_score

from govtext import emphasis, rules, text
from govtext.emphasis import coding, measures
from govtext.model import RuleError

GOLD = Path(__file__).parent / "gold"
LEXICON = rules.load("lexicon")
OUTSIDE = (
    "Regulation 2007 art. ",
    "Regulation 2019 art. ",
    "official form ",
    "work plan vocabulary",
    "jieba 0.42.1 dictionary",
    "general vocabulary",
)
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
    gap = f"[^,\n]{{0,{coding.GAP}}}?"
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
        coding._lexicon.cache_clear()

    yield use
    coding._lexicon.cache_clear()


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
        ("建立" + "甲" * coding.GAP + "制度", True),
        ("建立" + "甲" * (coding.GAP + 1) + "制度", False),
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
    """Counted, not timed: terms tried on a hostile text of twice the length are twice as many."""
    tried = 0

    class Counting(str):
        __slots__ = ()

        def startswith(self, *args):  # type: ignore[override]
            nonlocal tried
            tried += 1
            return super().startswith(*args)

    counts = []
    emphasis.hits("")  # the lexicon is read with the true function
    monkeypatch.setattr(coding, "_folded", Counting)
    for size in (2_000, 4_000):
        tried = 0
        emphasis.hits(unit * (size // len(unit)))
        counts.append(tried)
    assert counts[1] <= 2.1 * counts[0] + 100


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
def coded() -> pd.DataFrame:
    frame = pd.DataFrame(False, index=range(104), columns=list(emphasis.theme_ids()))
    frame["report_id"] = ["a"] * 100 + ["b"] * 4
    frame["start"], frame["end"] = 0, 10
    frame.loc[:49, "fiscal"] = True
    frame.loc[[100, 101, 102], "plans"] = True
    return frame


def test_shares_are_those_counted_by_hand(coded: pd.DataFrame) -> None:
    counts = coded[list(emphasis.theme_ids())].astype(int) * 3
    found = measures.shares(coded, counts=counts).set_index(["report_id", "theme"])
    fiscal, plans = found.loc[("a", "fiscal")], found.loc[("b", "plans")]
    assert (fiscal["n_sentences"], fiscal["n_coded"], fiscal["share"]) == (100, 50, 0.5)
    assert (fiscal["n_chars"], fiscal["n_hits"], fiscal["per_1000"]) == (1000, 150, 150.0)
    assert (plans["n_coded"], plans["share"]) == (3, 0.75)
    assert found.loc[("a", "plans"), ["share", "share_low", "share_high"]].tolist() == [0, 0, 0]
    # The bootstrap of a share is a binomial: 0.5 ± 1.96 * sqrt(0.25 / 100).
    assert fiscal["share_low"] == pytest.approx(0.402, abs=0.02)
    assert fiscal["share_high"] == pytest.approx(0.598, abs=0.02)


def test_shares_repeat_and_do_not_depend_on_other_groups_or_order(coded: pd.DataFrame) -> None:
    whole = measures.shares(coded, n_boot=50)
    pd.testing.assert_frame_equal(whole, measures.shares(coded, n_boot=50))
    only = measures.shares(coded[coded["report_id"] == "b"], n_boot=50)
    pd.testing.assert_frame_equal(only, whole[whole["report_id"] == "b"].reset_index(drop=True))
    assert not whole.equals(measures.shares(coded, n_boot=50, seed=1))


def test_shares_by_part_without_resamples_have_null_bounds(coded: pd.DataFrame) -> None:
    found = measures.shares(coded.rename(columns={"report_id": "part"}), by="part", n_boot=0)
    assert found["share"].notna().all()
    assert found[["share_low", "share_high"]].isna().all(axis=None)
    with pytest.raises(ValueError, match="1 rows of hits for 104 sentences"):
        measures.shares(coded, counts=emphasis.count_hits(["甲"]))


def test_agreement_equals_values_computed_by_hand() -> None:
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
    assert all(r["source"].startswith((*OUTSIDE, "five reports", "genre")) for r in LEXICON)


def test_no_term_rests_on_a_single_sentence_of_the_five_reports(gold: pd.DataFrame) -> None:
    bodies = [folded(sentence) for sentence in gold["sentence"]]
    for r in LEXICON:
        times = sum(stands(r["term"], body) for body in bodies)
        assert times != 1 or r["source"].startswith(OUTSIDE), r["term"]
        assert times >= 2 or "five reports" not in r["source"], r["term"]


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
    assert table.loc["macro", "f1"] >= 0.85


def test_terms_drawn_from_the_other_four_reports_lose_little(
    gold: pd.DataFrame, coders, use_rows
) -> None:
    """Leave one report out: terms and phrases that the other four do not contain are dropped."""
    frame = emphasis.code_themes(gold["sentence"])
    drawn = frame.copy()
    for report in gold["report"].unique():
        mine = gold["report"] == report
        others = folded("\n".join(gold.loc[~mine, "sentence"]))
        use_rows([r for r in LEXICON if r["kind"] == "exclude" or stands(r["term"], others)])
        drawn.loc[mine] = emphasis.code_themes(gold.loc[mine, "sentence"]).to_numpy()
    full, less = (measures.agreement(f, *coders)["f1"].iloc[-1] for f in (frame, drawn))
    assert full - less < 0.10


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
