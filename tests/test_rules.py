"""Rule files: every one loads, names its sources, and does not contradict itself."""

import ast
import csv
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from unicodedata import category

import pytest

from govtext.core import rules
from govtext.core.rules import RuleError
from govtext.core.text import fold
from tests.cases import every

RULES = Path(str(files("govtext"))) / "rules"
KEYS = {
    "bodies": ("kind", "pattern"), "causes": ("cause",), "codebook": ("id",),
    "columns": ("table", "column"), "labels": ("key",), "litter": ("pattern",),
    "region_aliases": ("alias", "code"), "regions": ("code", "valid_from"),
    "signatures": ("begins",),
    "stopwords": ("word", "list"), "terms": ("word",), "zones": ("name",),
    "titles": ("pattern",), "parts": ("part",), "headings": ("match", "pattern", "kind"),
    "frame_metrics": ("rule",), "frame_terms": ("term",), "frame_words": ("name",),
    "unit_groups": ("group",), "identities": ("id",), "themes": ("id",),
    "derived": ("rate", "form"),
    "marks": ("pattern",), "furniture": ("zone", "scope", "pattern"),
}  # fmt: skip


@every("name", rules.names())
def test_every_rule_has_a_source(name):
    rows = rules.load(name)
    assert rows
    assert all(row["source"].strip() for row in rows), f"{name} has rows without a source"


@every("name", sorted(KEYS))
def test_no_rule_contradicts_another(name):
    seen = [tuple(row[column] for column in KEYS[name]) for row in rules.load(name)]
    assert len(seen) == len(set(seen)), [one for one in seen if seen.count(one) > 1]


@pytest.mark.parametrize(
    "name", ["bodies", "furniture", "litter", "marks", "parts", "pronouns", "relatives", "titles"]
)
def test_every_pattern_compiles_and_is_bounded(name):
    for row in rules.load(name):
        assert rules.pattern(row)
        for endless in (".*.*", ".+.*", ".*.+"):
            assert endless not in row["pattern"], row["pattern"]


def test_rules_are_written_for_spreadsheets():
    for path in RULES.glob("*.csv"):
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf"), path.name
        assert b"\r" not in data, path.name


def test_the_rule_files_are_those_that_are_described():
    """A table that was deleted fails here, and so does one that nobody described."""
    text = (RULES / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z0-9_]+)\.csv`", text)) == set(rules.names())


def test_the_rule_files_are_those_that_are_read():
    """A table that no code reads is dead, but for the list of causes that rejects are held to."""
    text = "".join(path.read_text(encoding="utf-8") for path in RULES.parent.rglob("*.py"))
    asked = set(re.findall(r"""\bload\(\s*["']([a-z0-9_]+)["']""", text))
    assert asked <= set(rules.names())
    dead = [name for name in rules.names() if not re.search(rf"""["']{name}["']""", text)]
    assert dead == ["causes"]


FRAMES = RULES.parent / "extract" / "metrics"
# Values that no row of a metric asks for and no rule of filling names. They keep what they name
# from being taken for something else.
NAMED_ONLY = {
    "thing": {"account", "call_and_letter", "fee_notice", "follower", "inspection",
              "recipient", "satisfaction_service", "visit_new_media"},
    "act": {"assisted", "invested"}, "by": {"deputy"}, "link": {"object"},
}  # fmt: skip
MADE_BY_RULES = {"channel": {"several"}}


def _code():
    return "".join(path.read_text(encoding="utf-8") for path in sorted(FRAMES.glob("*.py")))


def _fills():
    """Values that terms fill, by slot."""
    found = {}
    for row in rules.load("frame_terms"):
        for slot, _, value in (pair.partition("=") for pair in row["fills"].split()):
            found.setdefault(slot, set()).add(value)
    return found


def _asked(slot):
    """Values of a slot that rows of metrics ask for."""
    rows = rules.load("frame_metrics")
    cells = [value for row in rows for value in row.get(slot, "").split("|")]
    return set(cells) - {"", "-", "*"}


def _known_to(code, value):
    return re.search(rf"""["' ]{value}["' ]""", code) is not None


def test_no_term_is_written_in_two_ways():
    terms = [fold(row["term"]).lower() for row in rules.load("frame_terms")]
    assert [term for term, times in Counter(terms).items() if times > 1] == []


def test_every_value_that_a_term_fills_is_used():
    code = _code()
    for slot, values in _fills().items():
        unused = {each for each in values - _asked(slot) if not _known_to(code, each)}
        assert unused == NAMED_ONLY.get(slot, set()), slot


def test_every_value_that_a_metric_asks_for_is_filled():
    fills = _fills()
    for slot in ("thing", "act", "channel", "outcome", "by"):
        unfilled = _asked(slot) - fills[slot]
        assert unfilled == MADE_BY_RULES.get(slot, set()), slot
    assert _asked("of") <= fills["thing"]


def test_every_list_of_words_and_group_of_units_is_used():
    code = _code()
    lists = {row["name"] for row in rules.load("frame_words")}
    ranks = {name for name in lists if name.startswith("rank_")}
    assert {name for name in lists - ranks if not _known_to(code, name)} == set()
    assert set(re.findall(r'\bwords\("([a-z_]+)"\)', code)) <= lists
    groups = {row["group"] for row in rules.load("unit_groups")}
    used = _asked("units") | set(re.findall(r'\bunits\("([a-z_]+)"\)', code))
    looks = {name for name in groups if name.startswith("look_")}
    assert groups - looks == used
    assert {name.removeprefix("look_") for name in looks} <= _fills()["thing"] - _asked("thing")


def test_cells_of_metrics_are_of_closed_lists():
    # `weak` is read as empty.
    closed = {"about": {"", "yes"}, "carried": {"", "yes", "no", "weak"}, "drop": {"", "yes"}}
    for row in rules.load("frame_metrics"):
        for column, values in closed.items():
            assert row[column] in values, row["rule"]
        assert not row["alone"] or row["needs"], row["rule"]
        assert all(re.fullmatch("(20[0-9]{2})?", row[each]) for each in ("since", "until"))


def test_no_two_rows_of_metrics_hold_the_same_frame():
    """Two metrics with the same slots, units and years would be told apart by chance."""
    rows = rules.load("frame_metrics")
    same = ("act", "channel", "outcome", "by", "of", "units", "about", "carried", "needs")
    for number, one in enumerate(rows):
        for other in rows[:number]:
            if one["metric"] == other["metric"] or any(one[each] != other[each] for each in same):
                continue
            things = set(one["thing"].split("|")) & set(other["thing"].split("|"))
            years = [(int(row["since"] or 0), int(row["until"] or 9999)) for row in (one, other)]
            apart = years[0][1] < years[1][0] or years[1][1] < years[0][0]
            assert apart or not things, (one["rule"], other["rule"])


def test_an_unknown_file_is_named():
    with pytest.raises(RuleError, match="nothing"):
        rules.load("nothing")


def test_a_bad_pattern_is_named():
    with pytest.raises(RuleError, match=r"\(甲"):
        rules.pattern({"pattern": "(甲"})


def test_a_short_row_is_named(tmp_path, monkeypatch):
    folder = tmp_path / "rules"
    folder.mkdir()
    with (folder / "short.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["a", "source", "note"], ["1", "x"]])
    monkeypatch.setattr(rules, "files", lambda package: tmp_path)
    with pytest.raises(RuleError, match="line 2"):
        rules.shipped.__wrapped__("short")


def test_rows_cannot_be_changed():
    with pytest.raises(TypeError):
        rules.load("labels")[0]["en"] = "x"


@pytest.mark.parametrize(
    ("label", "is_one"),
    [
        ("某县2011年政府信息公开工作年度报告", True),
        ("某市人民政府关于2014年度政务公开工作完成情况的报告", True),
        ("2013年政府信息公开年报", True),
        ("一、主动公开政府信息情况", False),
        ("主动公开政府信息情况", False),
        ("关于做好政府信息公开年度报告编制工作的通知", False),
        ("全年公开信息12条。", False),
    ],
)
def test_titles(label, is_one):
    assert rules.is_title(label) is is_one


HOUSE = RULES.parent
# Single marks in a class of characters: a row each would only hide which ones are meant.
PUNCTUATION = set(
    "，。；：、！？·…—《》〈〉「」『』【】〔〕“”‘’（）［］％○◯﹪﹒﹔﹕﹐﹙﹚﹝﹞﹣①⑳⑴⒇㈠㈩|"
)
_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and source of every string of a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    with path.open("rb") as stream:
        for token in tokenize.tokenize(stream.readline):
            kind = tokenize.tok_name[token.type]
            if kind in {"STRING", "FSTRING_MIDDLE"} and token.start[0] not in docstrings:
                yield token.start[0], token.string


def _chinese(text: str) -> set[str]:
    """Chinese characters and numerals; marks of punctuation may stand in a class of characters."""
    return {mark for mark in _CHINESE.findall(text) if category(mark)[0] not in "PS"}


def test_no_module_holds_a_chinese_word():
    """Words, numerals and units are rows of the rules, where they can be read and changed."""
    found = {
        f"{path.relative_to(HOUSE)}:{line}: {text}"
        for path in sorted(HOUSE.rglob("*.py"))
        for line, text in _strings(path)
        if _chinese(text)
    }
    assert not found


def test_a_chinese_word_in_a_module_would_be_seen(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        '"""说明"""\n\n\ndef f():\n    """说明"""\n    return "其中" + f"{1}件" + "。"\n',
        encoding="utf-8",
    )
    seen = [_chinese(text) for _, text in _strings(module)]
    assert [each for each in seen if each] == [{"其", "中"}, {"件"}]
