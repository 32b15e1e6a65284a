"""Text reuse: what was planted is found where it was planted, and nothing else."""

import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govtext as gt
from govtext.analyse import reuse as text_reuse
from govtext.analyse.reuse import candidates, control, grams
from govtext.analyse.reuse.align import _common, align
from govtext.analyse.reuse.body import text_of
from govtext.pipeline import places, tables
from govtext.pipeline.build import build
from govtext.show import plots, style
from tests.cases import examples

# Common characters of the genre in random order: no two long strings of them are the same.
MARKS = "政府信息公开工作机关部门年度报告主动申请答复网站目录指南规定服务群众监督管理培训考核"


def prose(seed, size=400, numbers=True):
    """Sentences of random characters, each with a number."""
    draw = random.Random(seed)
    made = ""
    while len(made) < size:
        words = "".join(draw.choice(MARKS) for _ in range(draw.randint(14, 26)))
        number = f"{draw.randint(10, 9999)}件" if numbers else ""
        at = draw.randint(6, len(words) - 6)
        made += f"{words[:at]},{number}{words[at:]}。"
    return made


def made_study(*rows, sections=(), cells=(), **columns):
    """Study of reports (id, issuer, year, text), and the sections and cells given."""
    reports = [
        dict(zip(("report_id", "issuer", "year", "text"), row, strict=True))
        | {"issuer_short": row[1], "n_chars": len(row[3])}
        | columns
        for row in rows
    ]
    given = {"reports": reports, "sections": list(sections), "cells": list(cells)}
    frames = {name: tables.frame(name, given.get(name, [])) for name in tables.names()}
    return tables.Study(places.project() / "nowhere", **frames)


def two(first, second, issuers=("甲局", "乙局"), years=(2012, 2013)):
    """Study of two reports, `a` and `b`."""
    return made_study(("a", issuers[0], years[0], first), ("b", issuers[1], years[1], second))


def found_spans(study, **settings):
    passages = gt.reuse(study, **settings).passages
    return passages[["start_a", "end_a", "start_b", "end_b"]].to_numpy().tolist()


def near(found, planted, slack=3):
    return all(abs(one - other) <= slack for one, other in zip(found, planted, strict=True))


@given(st.integers(0, 10**6), st.integers(35, 200), st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=examples(60, 20))
def test_a_planted_passage_is_found_where_it_stands(seed, size, before, behind):
    passage = prose(seed, size).rstrip("。")
    texts = [
        prose(seed + 1, before) + "略" + passage + "前" + prose(seed + 2, behind),
        prose(seed + 3, behind) + "又" + passage + "后" + prose(seed + 4, before),
    ]
    study = two(*texts)
    ((a0, a1, b0, b1),) = found_spans(study)
    assert near((a0, a1), (texts[0].find(passage), texts[0].find(passage) + len(passage)), 1)
    assert near((b0, b1), (texts[1].find(passage), texts[1].find(passage) + len(passage)), 1)
    row = gt.reuse(study).passages.iloc[0]
    assert row["similarity"] > 0.95
    assert row["text"] == texts[1][b0:b1]
    assert not row["numbers_differ"]
    assert row["relation"] == "other"


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_unrelated_texts_share_nothing(seed, other):
    study = two(prose(f"a{seed}", 2000), prose(f"b{other}", 2000), issuers=("甲局", "甲局"))
    assert gt.reuse(study).passages.empty


@given(st.integers(0, 10**6))
@settings(max_examples=examples(30, 10))
def test_new_numbers_hide_nothing(seed):
    passage = "截至年底{}年,全县主动公开政府信息{}条,其中门户网站发布{}条,政务微博{}条,其他{}条"
    draw = random.Random(seed)
    old = passage.format("2012", *(draw.randint(10, 99999) for _ in range(4)))
    new = passage.format("二〇一三", "１,234", "1.5万", *(draw.randint(10, 99) for _ in range(2)))
    texts = [f"{prose(seed + n, 300)}略{each}前" for n, each in enumerate((old, new))]
    found = gt.reuse(two(*texts, issuers=("甲局", "甲局"))).passages
    assert len(found) == 1
    row = found.iloc[0]
    assert row["numbers_differ"]
    assert row["similarity"] == 1
    for text, passage in ((texts[0][row["start_a"] : row["end_a"]], old), (row["text"], new)):
        assert passage in text
        assert len(text) < len(passage) + 8
    assert row["relation"] == "own"


@given(st.integers(0, 10**6), st.integers(1, 3))
@settings(max_examples=examples(40, 15))
def test_a_few_changed_characters_hide_nothing(seed, changes):
    passage = prose(seed, 150)
    edited = list(passage)
    for number in range(changes):
        edited[30 + 35 * number] = "改"
    texts = [f"{prose(seed + 1)}略{passage}", f"{prose(seed + 2)}又{''.join(edited)}"]
    ((a0, a1, b0, b1),) = found_spans(two(*texts))
    assert near((a0, a1, b0, b1), (texts[0].find(passage), len(texts[0]),
                                   texts[1].find("又") + 1, len(texts[1])))  # fmt: skip
    similarity = gt.reuse(two(*texts)).passages["similarity"].iloc[0]
    assert 1 - 2 * changes / 100 < similarity < 1


@given(st.integers(0, 10**6), st.integers(60, 100))
@settings(max_examples=examples(40, 15))
def test_an_inserted_sentence_leaves_both_halves(seed, size):
    before, behind, more = (prose(seed + n, size) for n in range(3))
    texts = [before + behind, before + more + behind]
    found = found_spans(two(*texts))
    assert len(found) == 2
    assert near(found[0], (0, len(before), 0, len(before)), 8)
    assert near(found[1], (len(before), len(texts[0]), len(before + more), len(texts[1])), 8)


@given(st.integers(0, 10**6))
@settings(max_examples=examples(30, 10))
def test_who_is_first_makes_no_difference(seed):
    common = prose(seed, 120)
    texts = [prose(seed + 1) + common, common + prose(seed + 2)]
    forth = found_spans(two(*texts))
    back = [[*row[2:], *row[:2]] for row in found_spans(two(*texts[::-1]))]
    assert forth == back
    assert forth


def crowd(n_bodies=7, years=(2012, 2013)):
    """Reports of some bodies, with a sentence of all, and half of each carried on."""
    stock = prose("stock", 80, numbers=False)
    rows = []
    for body in range(n_bodies):
        kept = prose(f"kept {body}", 300)
        for year in years:
            text = f"{prose(f'{body} {year}', 300)}\n{stock}\n{kept}"
            rows.append((f"{body}-{year}", f"{body}局", year, text))
    return made_study(*rows), stock


def test_the_order_of_the_reports_makes_no_difference():
    study, _ = crowd()
    turned = replace(study, reports=study.reports.iloc[::-1])
    first, again = gt.reuse(study), gt.reuse(turned)
    for name in ("passages", "boilerplate", "shares", "pairs"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(again, name))


def test_boilerplate_is_told_by_itself():
    study, stock = crowd()
    found = gt.reuse(study)
    assert set(found.passages["relation"]) == {"own"}
    assert len(found.boilerplate) == len(study.reports)
    assert (found.boilerplate["n_bodies"] == 7).all()
    for text in found.boilerplate["text"]:
        assert stock.rstrip("。") in text or text in stock
    few = gt.reuse(study, min_bodies=8)
    assert few.boilerplate.empty
    assert "other" in set(few.passages["relation"])
    assert few.shares["boilerplate"].isna().all()
    assert few.shares["reason"].str.contains("fewer than 8 bodies").all()


def test_shares_add_up_and_are_null_where_nothing_can_be_told():
    study, stock = crowd()
    shares = gt.reuse(study).shares.set_index("report_id")
    parts = shares[["as_boilerplate", "as_own_past", "as_others", "as_new"]].sum(axis=1)
    assert (parts == shares["n_chars"]).all()
    first, later = shares[shares["year"] == 2012], shares[shares["year"] == 2013]
    assert first["own_past"].isna().all()
    assert first["reason"].eq("own_past: no earlier report of the body").all()
    assert later["own_past"].between(0.5, 0.65).all()
    assert later["as_new"].max() < first["as_new"].min()
    expected = len(stock) / shares["n_chars"]
    assert np.allclose(shares["boilerplate"], expected, atol=0.01)


def test_a_body_alone_has_no_others_and_an_unknown_one_no_past():
    alone = gt.reuse(two(prose(1), prose(1), issuers=("甲局", "甲局"))).shares
    assert alone["others"].isna().all()
    assert alone["own_past"].tolist()[1] == 1
    found = gt.reuse(two(prose(1), prose(1), issuers=(None, "甲局")))
    assert found.passages["relation"].tolist() == ["unknown"]
    assert found.shares.set_index("report_id").loc["a", ["own_past", "others"]].isna().all()


@pytest.mark.parametrize(("within", "relations"), [("body", {"own"}), ("others", {"other"})])
def test_only_what_is_asked_is_compared(within, relations):
    rows = [(f"{body}{year}", f"{body}局", year, prose(1)) for body in "甲乙" for year in (1, 2)]
    found = gt.reuse(made_study(*rows), within=within)
    assert set(found.passages["relation"]) == relations
    assert found.shares["reason"].str.contains("not asked").all()


def test_copies_are_left_out():
    study = two(prose(1), prose(1))
    study = replace(study, reports=study.reports.assign(duplicate_of=[None, "a"]))
    found = gt.reuse(study)
    assert found.passages.empty
    assert len(found.shares) == 1


def cell(report, text, label, value):
    start = text.index(label) + len(label)
    return {
        "report_id": report, "table": 1, "row": 0, "column": 0, "start": start,
        "end": start + len(value), "row_label": label, "column_label": "统计指标单位统计数",
    }  # fmt: skip


def test_tables_and_headings_are_nobody_s_text():
    table = "\n".join(
        ("统计指标单位统计数", "主动公开政府信息数（不同渠道公开相同信息计1条）12",
         "政府网站公开政府信息数（不含转载）45", "收到申请数（含当面传真网络信函）67")
    )  # fmt: skip
    heading = "四、因政府信息公开申请行政复议、提起行政诉讼的情况以及其他需要一并说明的有关情况"
    texts = [f"{prose(n, 200)}\n{heading}\n{table}\n{prose(n + 5, 200)}" for n in (1, 2)]
    assert len(found_spans(two(*texts))) >= 1
    sections, cells = [], []
    for report, text in zip("ab", texts, strict=True):
        at = text.index(heading)
        shared = {"report_id": report, "part": "other", "section_id": "1", "parent_id": None}
        sections.append(
            shared | {"level": 1, "number": "四、", "title": heading[2:], "start": at,
                      "end": len(text)}
        )  # fmt: skip
        cells += [
            cell(report, text, label, value)
            for label, value in (("计1条）", "12"), ("（不含转载）", "45"), ("信函）", "67"))
        ]
    rows = [(name, f"{name}局", 2012, text) for name, text in zip("ab", texts, strict=True)]
    study = made_study(*rows, sections=sections, cells=cells)
    assert found_spans(study) == []
    plain = gt.reuse(made_study(*rows)).shares["n_chars"]
    left_out = len(heading) + len(table.replace("\n", ""))
    assert (plain - gt.reuse(study).shares["n_chars"] == left_out).all()


def test_no_passage_runs_across_a_table():
    before, behind = prose(1, 100), prose(2, 100)
    texts = [f"{before}表{n}{n}{behind}" for n in (3, 4)]
    cells = [cell(name, text, "表", text[len(before) + 1 : len(before) + 3])
             for name, text in zip("ab", texts, strict=True)]  # fmt: skip
    rows = [(name, f"{name}局", 2012, text) for name, text in zip("ab", texts, strict=True)]
    assert len(found_spans(made_study(*rows))) == 1
    found = found_spans(made_study(*rows, cells=cells))
    assert len(found) == 2
    assert found[0][1] <= len(before) < found[1][0]


@pytest.mark.parametrize("change", [{"within": "x"}, {"method": "x"}, {"min_chars": 5},
                                    {"min_bodies": 1}])  # fmt: skip
def test_an_unknown_wish_is_an_error(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        gt.reuse(two("甲", "乙"), **change)


@pytest.mark.parametrize(
    "text", ["", "年", "\U0001f600 \u3000" * 50, "重" * 3000, "0" * 3000, "甲1" * 999]
)
def test_texts_that_are_none_break_nothing(text):
    found = gt.reuse(two(text, text, issuers=("甲局", "甲局")))
    assert found.shares["reused"].dropna().between(0, 1).all()
    assert found.passages.empty != text.startswith(("重", "0", "甲"))


@pytest.mark.parametrize("method", ["exact", "minhash"])
def test_sentences_of_another_body_are_found_by_both_methods(method):
    shared = prose("shared", 300)
    rows = [(f"{n}", f"{n}局", 2012, prose(n, 1500)) for n in range(30)]
    rows[3] = (*rows[3][:3], rows[3][3] + shared)
    rows[20] = (*rows[20][:3], shared + rows[20][3])
    pairs = gt.reuse(made_study(*rows), method=method).pairs
    assert pairs[["report_a", "report_b"]].to_numpy().tolist() == [["20", "3"]]
    assert pairs["n_chars"].item() == pytest.approx(300, abs=25)


@given(st.integers(0, 10**6))
@settings(max_examples=examples(20, 8))
def test_winnowing_misses_no_run_of_its_length(seed):
    draw = random.Random(seed)
    length = grams.SIZE + grams.WINDOW - 1
    run = [draw.randint(1, 50) for _ in range(length)]
    chosen = []
    for _ in range(2):
        rest = [[draw.randint(1, 50) for _ in range(draw.randint(0, 40))] for _ in range(2)]
        found = grams.grams(np.array(rest[0] + run + rest[1], np.uint32))
        chosen.append({int(each) for each in found[grams.winnow(found)]})
    assert chosen[0] & chosen[1]


def test_a_gram_over_a_break_is_none():
    symbols = np.arange(1, 40, dtype=np.uint32)
    symbols[20] = 0
    found = grams.grams(symbols)
    assert np.flatnonzero(found == grams.NONE).tolist() == list(range(20 - grams.SIZE + 1, 21))


def test_grams_are_counted_by_body_in_any_number_of_passes(monkeypatch):
    every = [text_of(f"{n}", f"{n % 4}", 2012, prose("same", 200)) for n in range(8)]
    once = grams.in_bodies(every, 3)
    assert set(once[1].tolist()) == {4}
    monkeypatch.setattr(grams, "_AT_ONCE", 100)
    again = grams.in_bodies(every, 3)
    assert (once[0] == again[0]).all()
    assert (once[1] == again[1]).all()
    assert not len(grams.in_bodies(every, 5)[0])


def test_a_crowd_costs_no_square(monkeypatch):
    every = [text_of(f"{n}", f"{n}", 2012, prose("same", 100)) for n in range(200)]
    own = [grams.grams(each.symbols) for each in every]
    assert len(candidates.by_fingerprint(every, own)) < 2 * len(every)
    same = [text_of(f"{n}", "甲局", 2012, "") for n in range(200)]
    assert len(candidates.of_one_body(same)) <= 30 * len(same)


@given(st.text("甲乙丙", max_size=8), st.text("甲乙丙", max_size=8))
def test_common_subsequence(one, other):
    def slow(a, b):
        if not a or not b:
            return 0
        if a[0] == b[0]:
            return 1 + slow(a[1:], b[1:])
        return max(slow(a[1:], b), slow(a, b[1:]))

    assert _common(list(map(ord, one)), list(map(ord, other))) == slow(one, other)


@given(st.text("甲乙丙丁戊", max_size=300), st.text("甲乙丙丁戊", max_size=300))
def test_what_is_aligned_is_as_alike_as_stated(one, other):
    a, b = (text_of(name, name, 1, text) for name, text in (("a", one), ("b", one[:150] + other)))
    index = [grams.index(grams.grams(each.symbols)) for each in (a, b)]
    for each in align(a, b, *index, least=16):
        assert 16 <= each.equal <= min(each.a1 - each.a0, each.b1 - each.b0)
        assert 0.5 <= each.similarity <= 1
        own = (text.symbols[low:high].tolist()
               for text, low, high in ((a, each.a0, each.a1), (b, each.b0, each.b1)))  # fmt: skip
        if each.similarity == 1:
            assert next(own) == next(own)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two years of a body, read from files: the second keeps half of its sentences."""
    folder = tmp_path_factory.mktemp("in")
    kept = "我局主动公开部门预算和三公经费,接受群众监督,并在门户网站设立专栏逐项列出各类收支。"
    for year in (2012, 2013):
        own = prose(f"year {year}", 300).replace("。", "。\n")
        text = f"某某市财政局{year}年政府信息公开工作年度报告\n一、概述\n{own}{kept}\n二、问题\n"
        (folder / f"{year}.txt").write_text(text + prose(f"more {year}", 200), encoding="utf-8")
    build(folder, folder / "out", progress=lambda line: None)
    return tables.load(folder / "out"), kept


def test_the_study_without_its_reused_sentences(built):
    study, kept = built
    found = gt.reuse(study)
    rest = gt.reuse.without_reused(study, found)
    before, after = (each.reports.set_index("report_id")["text"] for each in (study, rest))
    assert after["2012"] == before["2012"]
    assert kept[:-1] not in after["2013"]
    assert len(after["2013"]) == len(before["2013"])
    gone = [at for at, mark in enumerate(before["2013"]) if after["2013"][at] != mark]
    place = before["2013"].index(kept)
    assert set(gone) == set(range(place, place + len(kept)))
    assert len(study.themes) - len(rest.themes) == 1
    assert study.words["n"].sum() > rest.words["n"].sum()
    assert "三公经费" not in set(rest.words[rest.words["report_id"] == "2013"]["word"])
    assert gt.emphasis.theme_shares(rest)["n_sentences"].notna().all()
    same = gt.reuse.without_reused(study, found, sources=["others"])
    assert same.reports.equals(study.reports)
    with pytest.raises(ValueError, match="nobody"):
        gt.reuse.without_reused(study, found, sources=["nobody"])


def test_the_control_states_the_change_and_no_interval_of_two_reports(built):
    study, _ = built
    frame = gt.reuse.reuse_control(study, gt.reuse(study)).set_index("name")
    fiscal = frame.loc["fiscal"]
    assert fiscal["n_all"] - fiscal["n_rest"] == 1
    assert fiscal["share"] == pytest.approx(2 / fiscal["n_all"])
    assert fiscal["share_rest"] == pytest.approx(1 / fiscal["n_rest"])
    assert fiscal["difference"] < 0
    assert frame[["low", "high"]].isna().all(axis=None)
    with pytest.raises(ValueError, match="words"):
        gt.reuse.reuse_control(study, gt.reuse(study), "words")


def test_topics_are_compared_by_the_characters_of_paragraphs(study):
    longest = study.reports.sort_values("n_chars").tail(1)
    again = longest.assign(report_id="later", year=2030)
    sections = study.sections[study.sections["report_id"].isin(longest["report_id"])]
    study = replace(
        study,
        reports=pd.concat([study.reports, again], ignore_index=True),
        sections=pd.concat([study.sections, sections.assign(report_id="later")]),
    )
    found = gt.reuse(study, within="body")
    assert found.shares.set_index("report_id").loc["later", "own_past"] > 0.99
    frame = gt.reuse.reuse_control(study, found, "topics", k=4)
    assert frame[["share", "share_rest"]].sum().round(4).eq(1).all()
    assert (frame["n_rest"] < frame["n_all"]).all()
    assert frame["difference"].abs().max() > 0.01
    assert frame["top_words"].str.split().str.len().eq(10).all()


def test_the_bootstrap_over_reports():
    names = [f"r{n}" for n in range(control.FEWEST) for _ in range(4)]
    units = pd.DataFrame({"report_id": names, "reused": [False, False, False, True] * 10,
                          "weight": 1.0})  # fmt: skip
    values = pd.DataFrame({"same": 1.0, "lost": [0.0, 0, 0, 1] * 10})
    frame = text_reuse.contrast(units, values).set_index("name")
    assert frame.loc["same", ["difference", "low", "high"]].tolist() == [0, 0, 0]
    assert frame.loc["lost", ["share", "share_rest", "low", "high"]].tolist() == [0.25, 0, -0.25,
                                                                                 -0.25]  # fmt: skip
    one = text_reuse.contrast(units.assign(reused=True), values)
    assert one[["share_rest", "low", "high"]].isna().all(axis=None)
    fewer = text_reuse.contrast(units[:-4], values[:-4])
    assert fewer["low"].isna().all()


@pytest.mark.parametrize("language", style.LANGUAGES)
def test_the_figures_are_the_numbers(language):
    style.use_style(language)
    study, _ = crowd()
    found = gt.reuse(study)
    ax = plots.reused(found.shares, by="report")
    widths = sum(bar.get_width() for bar in ax.patches)
    assert widths == pytest.approx(100 * len(found.shares))
    heat = plots.reused_pairs(found.pairs, found.shares, by="report")
    heat.figure.canvas.draw()
    drawn = heat.images[0].get_array()
    assert np.ma.masked_invalid(drawn).count() == len(found.pairs) == 7
    row = found.pairs.iloc[0]
    order = list(found.shares["report_id"])
    place = order.index(row["report_b"]), order.index(row["report_a"])
    assert drawn[place] == pytest.approx(100 * row["share"])


def test_a_hundred_reports_are_drawn_without_a_crowd_of_names():
    style.use_style("en")
    rows = [(f"{n:03d}", "甲局", 1900 + n, prose(n // 2, 60)) for n in range(100)]
    found = gt.reuse(made_study(*rows))
    heat = plots.reused_pairs(found.pairs, found.shares, by="report")
    assert np.ma.masked_invalid(heat.images[0].get_array()).count() == len(found.pairs) == 50
    assert not len(heat.get_xticks())
    assert not plots.reused_pairs(found.pairs, found.shares).lines  # all are of one body


def test_who_repeats_whom_is_a_line_from_the_earlier_body_to_the_later():
    style.use_style("en")
    found = gt.reuse(crowd()[0])
    drawn = gt.plots.drawn(plots.reused_pairs(found.pairs, found.shares, by="all"))
    between = found.pairs[found.pairs["relation"] == "other"]
    assert drawn["n_pairs"].sum() == len(between)
    assert (drawn["first"] != drawn["second"]).all()


def test_nothing_to_draw_is_drawn():
    style.use_style("en")
    found = gt.reuse(two("", ""))
    assert plots.reused(found.shares).get_title(loc="left")
    assert plots.reused_pairs(found.pairs, found.shares).get_title(loc="left")
