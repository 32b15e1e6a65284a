"""Analyses of a whole study: they add up, and they are the same each time."""

import pytest

import govtext as gt
from govtext.core import sheets
from govtext.pipeline.build import build
from govtext.pipeline.tables import load


def test_theme_shares_by_report(study):
    frame = gt.emphasis.theme_shares(study)
    assert set(frame["report_id"]) == set(study.reports["report_id"])
    sentences = study.themes.groupby("report_id").size()
    for report, rows in frame.groupby("report_id"):
        assert (rows["n_sentences"] == sentences[report]).all()
        assert rows["share"].between(0, 1).all()
        assert (rows["share_low"] <= rows["share"]).all()
        assert (rows["share"] <= rows["share_high"]).all()


def test_theme_shares_by_part(study):
    frame = gt.emphasis.theme_shares(study, by="part")
    assert frame.drop_duplicates("part")["n_sentences"].sum() == len(study.themes)
    with pytest.raises(ValueError, match="colour"):
        gt.emphasis.theme_shares(study, by="colour")


def test_the_lexicon_against_the_coders(study):
    frame = gt.emphasis.coder_agreement(study).set_index("theme")
    assert frame.loc["macro", "f1"] >= 0.80
    large = frame[(frame["n"] >= 20) & (frame.index != "macro")]
    assert large[["kappa_a", "kappa_b"]].min().min() >= 0.65


def test_without_coders_no_agreement_is_stated(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("某县年报\n我县公开信息3条。\n", encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    frame = gt.emphasis.coder_agreement(load(tmp_path / "out"))
    assert (frame["n_agreed"] == 0).all()
    assert frame[["f1", "kappa_ab"]].isna().all(axis=None)


def test_code_themes():
    frame = gt.code_themes(["公开部门预算和三公经费。", "今天天气好。"])
    assert frame.loc[0, "fiscal"]
    assert not frame.loc[1].any()


def test_every_score_has_its_words(study):
    found = gt.kwic(study)
    texts = dict(zip(study.reports["report_id"], study.reports["text"], strict=True))
    for row in found.to_dict("records"):
        text = texts[row["report_id"]]
        assert row["hit"] == text[row["start"] : row["end"]].replace("\n", " ")
        assert text[: row["start"]].replace("\n", " ").endswith(row["left"])
        assert text[row["end"] :].replace("\n", " ").startswith(row["right"])
    for theme in ("problems", "fiscal"):
        spans = study.themes[study.themes[theme]]
        own = found[found["theme"] == theme]
        for row in spans.to_dict("records"):
            same = own["report_id"] == row["report_id"]
            assert (same & own["start"].between(row["start"], row["end"] - 1)).any()
        assert gt.kwic(study, theme).equals(own.reset_index(drop=True))


def test_kwic_of_a_string_says_where_a_longer_term_covers_it(study):
    found = gt.kwic(study, "公开", width=3)
    assert set(found["hit"]) == {"公开"}
    assert found["left"].str.len().max() == 3
    assert set(found["theme"]) >= {"", "proactive"}
    assert gt.kwic(study, "乌有之词").empty
    for what, width in (("", 3), ("公开", -1)):
        with pytest.raises(ValueError, match="width"):
            gt.kwic(study, what, width=width)


def test_kwic_is_written_for_a_spreadsheet(study, tmp_path):
    frame = gt.kwic(study, "fiscal").assign(left="=1+1")
    sheets.write(frame, tmp_path / "kwic.csv")
    assert {row["left"] for row in sheets.read(tmp_path / "kwic.csv")} == {"'=1+1"}


def test_sentences_of_the_two_coders(study):
    coded = gt.emphasis.coded_sentences(study)
    assert len(coded) == len(study.themes)
    table = gt.emphasis.compare_coders(coded)
    assert list(table["coder"].unique()) == ["lexicon", "drawn", "learned"]
    macro = table[table["theme"] == "macro"].set_index("coder")["f1"]
    assert macro["lexicon"] >= macro["drawn"] > macro["learned"]
    coder = gt.emphasis.train_coder(coded)
    own = gt.code_themes(coded["sentence"], parts=list(coded["part"]), coder=coder)
    assert own["proactive"].sum() > 0
    assert (gt.emphasis.leave_report_out(coded)["gap"] < 0.10).all()


def test_quantities_are_counted_in_their_sentence(study):
    table = gt.emphasis.substance(study).set_index("theme")
    assert table.loc["all", "n_sentences"] == len(study.themes)
    assert table.loc["all", "n_quantities"] <= len(study.quantities)
    assert table.loc["all", "n_quantities"] > 0.9 * len(study.quantities)
    for frame in (gt.emphasis.candour(study), gt.emphasis.promises(study)):
        assert set(frame["report_id"]) == set(study.reports["report_id"])


def test_ranges_hold_the_shares(study):
    ranges = gt.emphasis.theme_ranges(study)
    shares = gt.emphasis.theme_shares(study).set_index(["report_id", "theme"])["share"]
    own = ranges.set_index(["report_id", "theme"])["share"]
    assert own.sub(shares).abs().max() < 1e-9
    claims = gt.emphasis.theme_conclusions(study)
    assert claims["margin"].ne(0).all()
    assert ((claims["terms"] == "") == (claims["n_overturning"] == 0)).all()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("sentence", ["", "我县公开信息3条。"])
def test_emphasis_of_a_study_with_little_in_it_is_drawn(tmp_path, language, sentence):
    (tmp_path / "in").mkdir()
    text = f"某县年报\n{sentence}\n" if sentence else ""  # an empty file is a reject
    (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    little = load(tmp_path / "out")
    gt.use_style(language)
    coded = gt.emphasis.coded_sentences(little)
    axes = [
        gt.plots.theme_ranges(gt.emphasis.theme_ranges(little)),
        gt.plots.substance(gt.emphasis.substance(little)),
        gt.plots.coders(gt.emphasis.compare_coders(coded)),
    ]
    for ax in axes:
        ax.figure.draw_without_rendering()
    n = 1 if sentence else 0
    assert len(gt.emphasis.candour(little)) == len(gt.emphasis.promises(little)) == n
    assert gt.emphasis.leave_report_out(coded)["f1"].isna().all()
    assert len(gt.emphasis.theme_conclusions(little)) >= n


def test_marks_of_the_figures_are_the_numbers_of_the_tables(study):
    gt.use_style("en")
    table = gt.emphasis.substance(study)
    ax = gt.plots.substance(table)
    drawn = {x for points in ax.collections[:1] for x, _ in points.get_offsets()}
    themes = table[table["theme"] != "all"]
    assert drawn == {100 * value for value in themes["emphasis"]}
