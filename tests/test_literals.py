"""Literals of expressions: no match does without them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.literals import begun, literals, may_match
from govtext.extract.forms import catalogue

PATTERNS = [
    each.pattern.pattern
    for axis in ("row", "column")
    for each in catalogue.labels(axis)
    if "(?<" not in each.pattern.pattern
]


@given(st.data(), st.sampled_from(PATTERNS))
def test_every_match_of_a_label_holds_its_literals(data: st.DataObject, pattern: str) -> None:
    text = data.draw(st.from_regex(pattern))
    match = re.search(pattern, text)
    assert match
    for strings, reach in literals(pattern):
        assert any(0 <= match.group().find(each) <= reach for each in strings)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("公开", [({"公开"}, 0)]),
        ("(?:政府)?公开(?:的)?件数", [({"公开"}, 2), ({"件数"}, 5)]),
        ("公开|申请件?", [({"公开", "申请"}, 0)]),
        ("[一二]件(?:公开){2,3}", [({"一件", "二件"}, 0), ({"公开"}, 2)]),
        ("(?<!不)公开(?!日)", [({"公开"}, 0)]),
        ("[0-9]{1,3}件", [({"件"}, 3)]),
        ("公开|[0-9]", []),
        ("(?:公开)*", []),
        (".", []),
        ("(?i:SiteID)[0-9]", []),
        ("(?i:SiteID)码?公开", [({"公开"}, 7)]),
    ],
)
def test_literals_of_an_expression(pattern: str, found: list[tuple[set[str], int]]) -> None:
    assert literals(pattern) == tuple(found)


WORDS = [row["pattern"] for row in rules.load("qualifiers") if row["place"] != "inside"]
CONTEXTS = [row["pattern"] for row in rules.load("numeral_contexts")]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(WORDS).flatmap(lambda pattern:
            st.from_regex(re.sub(r"\(\?<.*?\)", "", pattern), fullmatch=True)),
        st.text("不超过约近有了12件¦第一条一个批数量为位 ", max_size=4),
    ),
    max_size=6,
).map("".join)  # fmt: skip


@given(TEXTS, st.lists(st.sampled_from([*WORDS, *CONTEXTS]), min_size=1, max_size=4).map("|".join))
def test_what_looks_at_its_first_character_first_matches_the_same(text: str, pattern: str) -> None:
    assert [each.span() for each in re.finditer(begun(pattern), text)] == [
        each.span() for each in re.finditer(pattern, text)
    ]


@pytest.mark.parametrize(
    ("expression", "marks"),
    [
        ("a?b|[一-三]公", "ab一-三"),
        ("(?:^| )(?:条|件)", r"\ 件条"),
        (r"[-\]]x", r"\-\]"),
        ("(?<=甲)乙", "乙"),
        *((each, "") for each in ("(?:公开)*", "", "[^a]b", ".", r"\d件", "(?i:a)b", "a|")),
    ],
)
def test_what_an_expression_begins_with(expression: str, marks: str) -> None:
    assert begun(expression) == (f"(?=[{marks}])(?:{expression})" if marks else expression)


@pytest.mark.parametrize(
    ("pattern", "text", "may"),
    [
        ("请(?:直接)?与.{2,40}?联系", "请与某县财政局联系", True),
        ("请(?:直接)?与.{2,40}?联系", "请与某县财政局办公室", False),
        ("公开|申请", "申请", True),
        ("[0-9]+", "", True),
        ("(?i)SiteID", "siteid", True),
        ("(?i:SiteID)", "siteid", True),
    ],
)
def test_what_may_match(pattern: str, text: str, may: bool) -> None:
    assert may_match(re.compile(pattern), text) == may


@given(
    st.data(),
    st.sampled_from(
        [
            re.compile(row["pattern"])
            for row in rules.load("identity")
            if row["kind"] in {"author", "index_number", "postcode"}
        ]
    ),
)
def test_what_matches_may_match(data: st.DataObject, expression: re.Pattern[str]) -> None:
    plain = re.sub(r"\(\?<?[!=].*?\)", "", expression.pattern)
    assert may_match(expression, data.draw(st.from_regex(plain, fullmatch=True)))
