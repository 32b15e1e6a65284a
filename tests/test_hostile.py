"""Hostile input: text that is no text, changed files, odd names. Nothing is wrong in silence."""

from __future__ import annotations

import os
import quopri
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import govtext as gt
from govtext.core.model import UnreadableReport
from govtext.extract.identify.dates import FIRST_YEAR, LAST_YEAR, seen
from govtext.extract.identify.when import title_year
from govtext.pipeline import sources
from govtext.pipeline.build import build
from govtext.read import limits, read_bytes, sound
from govtext.read.escaped import unescaped
from govtext.read.misread import undone
from govtext.read.word import package
from tests.cases import WHOLE, every, examples
from tools.faults import mutate, texts
from tools.faults.case import REPORT, TRADITIONAL

OFFICIAL = "年月日申请公开信息条件政府工作报告全部我局认真本次主动办理答复收到情况制度"
PROSE = st.text(OFFICIAL + "0123456789，。、\n", min_size=60, max_size=200).filter(
    lambda text: sound.ideographs(text) > 40
)
NARROW = ("utf-8", "gb18030")
WIDE = ("utf-16-le", "utf-16-be")
KEEPS_ALL = [
    (written, read)
    for written in texts.WRITTEN
    for read in texts.READ
    if written != read
    and "\ufffd" not in texts.text_in(written).encode(written).decode(read, "replace")
]
MUTATIONS = int(os.environ.get("GOVTEXT_MUTATIONS", "100000" if WHOLE else "200"))
"""Files changed by chance that are read; the variable says how many."""
SLICES = 40 if WHOLE else 1


def text_of(data: bytes) -> str:
    return read_bytes(data).text


# --- text that is no text -------------------------------------------------------------------------


def test_there_are_misreadings_that_keep_every_character():
    assert len(KEEPS_ALL) >= 8


@every(("written", "read"), KEEPS_ALL)
def test_a_misreading_is_undone_and_told(written, read):
    text = texts.text_in(written)
    page = read_bytes(text.encode(written).decode(read).encode())
    assert page.text == text
    assert "(read as " in page.encoding
    assert page.repairs > 0


@every("pair", permutations(texts.WRITTEN, 2))
@every("at", [150, 151, 152, 153])
def test_each_part_of_a_file_is_read_by_its_own_encoding(pair, at):
    first, last = pair
    text = TRADITIONAL if "big5" in pair else REPORT
    page = read_bytes(text[:at].encode(first) + text[at:].encode(last))
    # A character beside the change may be read in two ways.
    assert page.text.startswith(text[: at - 2])
    assert page.text.endswith(text[at + 2 :])
    assert abs(len(page.text) - len(text)) <= 2
    assert " and " in page.encoding
    assert page.repairs > 0


@every("name", texts.ESCAPES)
def test_a_body_written_in_escapes_is_read(name):
    page = read_bytes(texts.ESCAPES[name](REPORT))
    assert REPORT.strip() in page.text
    assert page.repairs > 0


@every("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-32"])
@every("count", [1, 2, 3, 511, 4096])
def test_the_text_before_trailing_nul_bytes_is_good(encoding, count):
    page = read_bytes(REPORT.encode(encoding) + bytes(count))
    assert page.text.removesuffix("\ufffd" * (count == 1)) == REPORT, "one may be half a character"


@every("share", [1, 2, 3, 5])
@every("mark", "?\ufffd\ue123")
def test_a_text_of_lost_characters_is_a_reject(mark, share):
    lost = "".join(mark if n % share == 0 and x > "\x7f" else x for n, x in enumerate(REPORT))
    with pytest.raises(UnreadableReport, match="lost") as refused:
        read_bytes(lost.encode())
    assert refused.value.cause == "not_text"


@every("mark", "?\ufffd\ue123")
@every("encoding", ["utf-8", "utf-16"])
def test_a_report_with_some_damage_is_a_report(mark, encoding):
    damaged = "".join(mark if n % 20 == 0 else x for n, x in enumerate(REPORT))
    assert text_of(damaged.encode(encoding)) == damaged


def test_a_misread_text_of_which_much_is_lost_names_both_encodings():
    text = REPORT.encode().decode("gbk", "replace")
    with pytest.raises(UnreadableReport, match=r"lost|wrong encoding"):
        read_bytes(text.encode())


def test_only_garbled_lines_are_read_anew():
    lines = REPORT.splitlines()
    half = [*lines[:8], *(line.encode().decode("latin-1") for line in lines[8:])]
    page = read_bytes("\n".join(half).encode())
    assert page.text == REPORT.strip()


@every("pair", [("utf-8", "latin-1"), ("gb18030", "latin-1")])
def test_a_misread_word_file_is_read_as_it_was_written(pair):
    lines = [line.encode(pair[0]).decode(pair[1]) for line in REPORT.splitlines()]
    page = read_bytes(mutate.word_file(lines))
    assert page.text.split() == REPORT.split()
    assert "(read as " in page.encoding
    assert page.repairs > 0


def test_quoted_printable_with_soft_breaks():
    assert quopri.encodestring(REPORT.encode()) != REPORT.encode()
    assert text_of(quopri.encodestring(REPORT.encode())) == REPORT


def test_the_letters_of_another_script_are_no_garbled_text():
    both = "གཞུང་གི་ཡིག་ཆ། གཞུང་གི་ཡིག་ཆ། 政府信息公开年度报告\n" * 20
    for text in (
        both,
        "Größe: 3 Éléments. " * 20,
        "Ответ на запрос: 3. " * 20,
        "གཞུང་གི་ཡིག་ཆ། " * 20,
    ):
        assert text_of(text.encode()) == text


@every("end", ["</style\x01", "</stile>", "</style", "<style>", "/style>"])
def test_a_broken_end_of_a_style_does_not_take_the_body_with_it(end):
    page = f"<html><head><style>p{{}}{end}</head><body><p>{REPORT}</p></body></html>"
    assert "15件" in text_of(page.encode())


def test_a_script_that_writes_markup_stays_a_script():
    script = "<script>document.write('<p>脚本</p>' + '</styl' + 'e>');</script>"
    assert "脚本" not in text_of(f"<html><body>{script}<p>{REPORT}</p></body></html>".encode())


# --- properties -----------------------------------------------------------------------------------


@settings(max_examples=examples(2_000, 150))
@given(st.lists(st.one_of(st.binary(max_size=40), PROSE.map(str.encode)), max_size=4).map(b"".join))
def test_any_bytes_are_a_page_or_a_reject(data):
    try:
        page = read_bytes(data)
    except UnreadableReport:
        return
    assert page.text.strip()
    assert page.repairs >= 0


@settings(max_examples=examples(500, 40))
@given(PROSE, st.sampled_from([*NARROW, *WIDE, "utf-16", "utf-8-sig"]))
def test_prose_reads_the_same_in_every_encoding(text, encoding):
    assert text_of(text.encode(encoding)) == text


@settings(max_examples=examples(500, 60))
@given(PROSE)
def test_sound_prose_is_never_read_anew(text):
    assert undone(text) is None
    assert unescaped(text) is None


@settings(max_examples=examples(300, 25))
@given(PROSE, st.sampled_from([("utf-8", "latin-1"), ("gb18030", "latin-1"), ("utf-8", "cp437")]))
def test_a_misreading_of_any_prose_is_undone(text, pair):
    written, read = pair
    found = undone(text.encode(written).decode(read))
    assert found
    assert found[0] == text


@settings(max_examples=examples(300, 40))
@given(PROSE, st.sampled_from(sorted(texts.ESCAPES)))
def test_escapes_of_any_prose_are_read(text, name):
    assume(name not in ("hz", "quoted-printable", "bytes of Python", "u, one line"))
    found = unescaped(texts.ESCAPES[name](text).decode())
    assert found
    assert found[0] == text


@settings(max_examples=examples(300, 40))
@given(PROSE, st.sampled_from(NARROW), st.integers(1, 2_000))
def test_padding_changes_nothing(text, encoding, count):
    assert text_of(text.encode(encoding) + bytes(count)) == text


@settings(max_examples=examples(2_000, 120))
@given(st.sampled_from([*NARROW, "utf-16", "utf-8-sig"]), st.integers(0), st.integers(0, 255))
def test_one_changed_byte_of_a_text_is_never_a_reject(encoding, place, value):
    data = bytearray(REPORT.encode(encoding))
    data[place % len(data)] = value
    assert len(text_of(bytes(data))) > len(REPORT) // 2


@settings(max_examples=examples(2_000, 60))
@given(st.sampled_from(["modern", "br", "gbk_lying"]), st.integers(0), st.integers(0, 255))
def test_one_changed_byte_of_a_page_is_never_a_reject(style, place, value):
    source = mutate.page(style)
    data = bytearray(source)
    data[place % len(data)] = value
    assert text_of(bytes(data))


@settings(max_examples=examples(500, 60))
@given(st.text(max_size=200))
def test_marks_that_nobody_sees_are_gone_at_once(text):
    assert seen(seen(text)) == seen(text)


@settings(max_examples=examples(500, 80))
@given(st.text("0123456789〇一二三年度报告总结和计划 \u200b-", max_size=40))
def test_a_title_names_a_year_that_can_be_or_none(title):
    found = title_year(title)
    assert found is None or FIRST_YEAR <= found <= LAST_YEAR
    assert title_year(seen(title)) == found


NAMES = st.text(st.sampled_from("\\xf/a年\udcff\udcfe"), min_size=1, max_size=8).filter(
    lambda name: not name.startswith("/") and not name.endswith("/") and "//" not in name
)


@settings(max_examples=examples(500, 80))
@given(st.lists(NAMES, unique=True, max_size=8))
def test_every_file_has_a_name_of_its_own(names):
    paths = [Path("root") / name for name in names]
    assume(len(set(paths)) == len(paths))
    named = sources.named(paths, Path("root"))
    assert list(named.values()) == paths
    assert all(name.encode() for name in named), "each is UTF-8"


@settings(max_examples=examples(20, 2), deadline=None)
@given(st.permutations(["a.txt", "b.txt", "sub/c.txt"]), st.sampled_from([1, 2]))
def test_the_order_of_files_and_the_workers_change_nothing(names, workers):
    """The folder is made in another order each time, which a walk would show."""
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in names:
            path = folder / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(REPORT.replace("15", str(10 + ord(path.stem))), encoding="utf-8")
        build(folder / "in", folder / "out", workers=workers, progress=lambda line: None)
        tables = {
            path.name: path.read_bytes() for path in sorted((folder / "out").glob("*.parquet"))
        }
    first = _FIRST.setdefault("tables", tables)
    assert tables == first


_FIRST: dict[str, dict[str, bytes]] = {}


# --- files changed by chance ----------------------------------------------------------------------


def test_a_changed_file_is_the_same_for_its_number():
    assert mutate.mutated("html", 3) == mutate.mutated("html", 3) != mutate.mutated("html", 4)


@pytest.mark.parametrize("part", range(SLICES))
def test_no_changed_file_ends_without_a_cause(part):
    asked = list(mutate.numbered(MUTATIONS))[part::SLICES]
    assert list(mutate.undeclared(asked)) == []


def test_a_word_file_in_an_unknown_encoding_is_damaged():
    with pytest.raises(UnreadableReport, match="no XML") as refused:
        package.parse(b"<?xml version='1.0' encoding='UTF-9'?><a/>")
    assert refused.value.cause == "damaged"


def test_a_page_of_a_pdf_without_numbers_for_its_size_is_damaged():
    with pytest.raises(UnreadableReport) as refused:
        read_bytes(mutate.small_pdf().replace(b"[0 0 595 842]", b"[0 0 5 /b 5 842]"))
    assert refused.value.cause == "damaged"


# --- limits ---------------------------------------------------------------------------------------


def test_every_cap_can_be_raised(monkeypatch):
    monkeypatch.setenv(limits.NAME, "4")
    assert limits.raised(10) == 40
    monkeypatch.setenv(limits.NAME, "")
    assert limits.raised(10) == 10


@every("said", ["0", "-1", "x", "1e9", "nan"])
def test_a_factor_that_is_none_is_refused(said):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(limits.NAME, said)
        with pytest.raises(ValueError, match="from 1 to 1000"):
            limits.factor()


def test_what_is_too_large_says_how_to_allow_it():
    page = b"<html><body><p>" + b"<b>" * 1_500_001
    with pytest.raises(UnreadableReport, match="GOVTEXT_LIMITS=4") as refused:
        read_bytes(page)
    assert refused.value.cause == "too_large"


def test_a_file_of_a_mark_or_two_is_no_report(tmp_path):
    (tmp_path / "in").mkdir()
    for name, text in (("mark", "|"), ("lost", "?\n"), ("word", "报告")):
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out", progress=lambda line: None)
    found = gt.load(tmp_path / "out").reports
    assert found["kind"].to_list() == ["not_a_report"] * 3
    assert found["kind_reason"].str.startswith("it holds").all()
