"""Words: those of jieba with the domain dictionary, and nothing lost."""

import jieba
from hypothesis import given
from hypothesis import strategies as st

from govtext.core import rules
from govtext.extract.words import count, tokenize


def test_terms_of_the_genre_stay_whole():
    assert tokenize("推进政府信息公开条例") == ["推进", "政府信息公开条例"]
    for row in rules.load("terms"):
        assert row["word"] in tokenize(f"。{row['word']}。"), row["word"]


@given(st.text(alphabet="政府信息公开工作年报2012-1.5%abc,。 （\ue010\n"))
def test_nothing_is_lost(text):
    assert "".join(tokenize(text)) == text


def test_the_words_are_jiebas():
    reference = jieba.Tokenizer()
    for row in rules.load("terms"):
        reference.add_word(row["word"])
    text = "认真贯彻实施条例,围绕中心、服务大局,全年受理网上咨询1.5万件。"
    assert tokenize(text) == reference.lcut(text)


def test_a_dictionary_of_the_user_changes_nothing():
    before = tokenize("我们公开透明地办事流程图")
    jieba.add_word("办事流程图")
    assert tokenize("我们公开透明地办事流程图") == before


def test_count_leaves_marks_and_spaces_out():
    assert count("公开,公开 。、\n12件") == {"公开": 2, "12": 1, "件": 1}
    assert count("") == {}
