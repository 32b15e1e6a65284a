"""Words: those of jieba with the domain dictionary, and nothing lost."""

import random
from functools import cache

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.core import rules
from govtext.extract import words
from govtext.extract.words import count, tokenize
from tests.accuracy import ROOT
from tests.cases import every, examples

SAMPLES = ROOT.parent / "shared" / "samples"
LATIN = "aBcxyZ0123456789.-_%&+#@/:"
MARKS = "。,、:;()《》“”·—…!?[]{}<>|~^*='\"\\$"
BLANKS = " \t\n\r\u3000\xa0\u2003\u200b\x00\x1c\x85\u2028"
RARE = "㐀䶵鿖鿿龥豈𠀀𪛖𫝀𮯠丽〇々ⅣαγЖ①１Ａ％\ue010\ufffd\ud800\udfff"
EMOJI = "😀👪🇨🇳❤️👨‍👩‍👧🀄"


def same(text):
    assert tokenize(text) == words._jieba().lcut(text)


@pytest.fixture(scope="module")
def reference():
    """jieba as it comes, with our terms added as its manual says."""
    found = jieba.Tokenizer()
    for row in rules.load("terms"):
        weighed = found.suggest_freq(row["word"])
        stated = int(row["frequency"]), int(row["known"])
        assert stated == (weighed, found.FREQ.get(row["word"], 0)), row["word"]
        found.add_word(row["word"])
    return found


def test_terms_of_the_genre_stay_whole():
    assert tokenize("推进政府信息公开条例") == ["推进", "政府信息公开条例"]
    for row in rules.load("terms"):
        assert row["word"] in tokenize(f"。{row['word']}。"), row["word"]


@given(st.text(alphabet="政府信息公开工作年报2012-1.5%abc,。 （\ue010\n"))
def test_nothing_is_lost(text):
    assert "".join(tokenize(text)) == text


def test_the_words_are_jiebas(reference):
    text = "认真贯彻实施条例,围绕中心、服务大局,全年受理网上咨询1.5万件。"
    assert tokenize(text) == reference.lcut(text)
    assert words._jieba().FREQ == reference.FREQ
    assert words._jieba().total == reference.total


@every(
    "text",
    (
        "2008-2009年",
        "http://www.gov.cn/a_b/t2012-03-01.htm",
        "1.5.6",
        "12.5%-13%",
        "a.b%",
        "T恤-A股",
    ),
)
def test_runs_of_letters_and_digits(text):
    same(text)


@every("text", ("半倒不移蒸湘区", "如弟户重道膨开开"))
def test_words_of_nearly_the_same_weight(text):
    """That the terms of the genre add to the sum of all weights alike decides here."""
    same(text)


@every(
    "text", ("C++和AT&T", "㐀㐁中国𠀀𠀁公开", "鿖鿖", "\ud800公开", "a\r\n\r b\r", "妩孓龥龦", "")
)
def test_characters_that_other_engines_see_otherwise(text):
    same(text)


def made(rng):
    """A string of up to thirty pieces: words of the dictionary and of ours, characters, noise."""
    pools = [*_known(), LATIN, MARKS, BLANKS, RARE, EMOJI]
    weights = [rng.choice((0, 1, 5)) for _ in pools]
    pieces = rng.choices(pools, weights if any(weights) else None, k=rng.randint(1, 30))
    return "".join(_noise(rng) if rng.random() < 0.01 else rng.choice(pool) for pool in pieces)


def _noise(rng):
    return chr(
        rng.choice((rng.randrange(0x250), rng.randrange(0x2000, 0xA000), rng.randrange(0x110000)))
    )


@cache
def _known():
    """Terms of the genre, words of the dictionary, characters that are common, and any."""
    weights = words._jieba().FREQ
    return (
        [row["word"] for row in rules.load("terms")],
        [word for word, weight in weights.items() if weight and len(word) > 1],
        [word for word, weight in weights.items() if weight > 1000 and len(word) == 1],
        [chr(number) for number in range(0x4E00, 0x9FD6)],
    )


def test_made_strings():
    rng = random.Random(14)
    for _ in range(examples(100_000, 2_000)):
        same(made(rng))


def test_texts_of_reports():
    folders = [ROOT / "data" / "raw", ROOT / "data" / "gold" / "reports"]
    for path in (path for folder in folders for path in sorted(folder.glob("*.txt"))):
        same(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports do not lie beside the project")
def test_texts_of_the_samples():
    found = sorted(SAMPLES.rglob("*.txt"))
    assert found
    for path in found:
        same(path.read_bytes().decode("utf-8", "replace"))


def test_jieba_cuts_where_the_fast_engine_is_not_installed(monkeypatch):
    monkeypatch.setattr(words, "find_spec", lambda name: None)
    words._cutter.cache_clear()
    try:
        assert words._cutter() == words._jieba().lcut
        assert tokenize("公开政府信息2008-2009") == ["公开", "政府信息", "2008", "-", "2009"]
    finally:
        words._cutter.cache_clear()


def test_a_dictionary_of_the_user_changes_nothing():
    before = tokenize("我们公开透明地办事流程图")
    jieba.add_word("办事流程图")
    assert tokenize("我们公开透明地办事流程图") == before


def test_count_leaves_marks_and_spaces_out():
    assert count("公开,公开 。、\n12件") == {"公开": 2, "12": 1, "件": 1}
    assert count("") == {}
