"""Reading: every encoding of Chinese gives the same text, and what is no text is named."""

# One case a line: a Chinese character counts as two columns.
# ruff: noqa: E501

from __future__ import annotations

import hashlib
import io
import os
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govtext.read as reading
from govtext.core import rules
from govtext.core.model import UnreadableReport
from govtext.read import read, read_bytes
from tests.cases import every, examples
from tools.pages.old_word import container

RAW = sorted((Path(__file__).parents[1] / "data" / "raw").glob("*.txt"))
SHORT = [
    "2012年申请0件。",
    "无",
    "年报",
    "某局2012年年报\n2012年申请0件。\n某局",
    "未收到政府信息公开申请。",
    "申请总数 条 0",
    "一、概述",
    "2013年1月5日",
    "政府信息公开",
    "ABC 公司申请 3 件",
    "满意率98\ue0102%",
]
TRADITIONAL = (
    "本局二〇一二年度政府資訊公開工作年度報告。本局依照規定主動公開資訊，並依申請提供資料，"
    "全年受理申請三件，均已辦理完畢。"
)
CHINESE = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@every("encoding", CHINESE)
@every("path", RAW)
def test_a_report_reads_the_same_in_every_encoding(path, encoding):
    text = path.read_bytes().decode("utf-8")
    page = read_bytes(text.encode(encoding))
    assert page.text == text
    assert page.repairs == 0


@pytest.mark.parametrize("encoding", ["gbk", "gb2312"])
@pytest.mark.parametrize("path", RAW, ids=lambda path: path.stem)
def test_a_report_reads_the_same_in_older_encodings(path, encoding):
    data = path.read_bytes().decode("utf-8").encode(encoding, errors="ignore")
    page = read_bytes(data)
    assert page.text == data.decode(encoding)
    assert page.repairs == 0


@every(
    ("text", "encoding"),
    [
        (text, encoding)
        for text in SHORT
        for encoding in CHINESE
        # Two or three characters without a mark can be anything.
        if len(text) > 3 or encoding not in {"utf-16-le", "utf-16-be"}
    ],
)
def test_a_short_text_reads_the_same(text, encoding):
    assert read_bytes(text.encode(encoding)).text == text


@every("encoding", ["big5", "big5hkscs", "utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16"])
@every("text", [TRADITIONAL, TRADITIONAL * 30, TRADITIONAL[:20]])
def test_traditional_characters(text, encoding):
    data = text.replace("〇", "零").encode(encoding)
    assert read_bytes(data).text == text.replace("〇", "零")


@pytest.mark.parametrize("path", RAW, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_bad_byte_is_repaired_and_counted(path, encoding):
    data = path.read_bytes().decode("utf-8").encode(encoding)
    middle = len(data) // 2
    page = read_bytes(data[:middle] + b"\xff" + data[middle:])
    assert 1 <= page.repairs <= 4
    assert page.text.count("\ufffd") >= page.repairs
    whole = data.decode(encoding)
    assert page.text[:500] == whole[:500]
    assert page.text[-500:] == whole[-500:]


@pytest.mark.parametrize("cut", [1, 2])
def test_a_text_cut_in_the_middle_of_a_character(cut):
    data = "2012年，我局收到申请3件。".encode() * 20 + "年".encode()[:cut]
    page = read_bytes(data)
    assert (page.encoding, page.repairs) == ("utf-8", 1)
    assert page.text.endswith("3件。\ufffd")


def test_a_short_text_with_one_bad_byte():
    page = read_bytes("2012年，我局收到申请3件".encode() + b"\xff" + "，均已答复。".encode())
    assert (page.encoding, page.repairs) == ("utf-8", 1)


def test_a_replacement_character_of_the_file_is_no_repair():
    assert read_bytes("公开\ufffd信息3条。".encode()).repairs == 0


@pytest.mark.parametrize("data", [b"ASCII only\n", b"0", b"<2012> 3 items", b"a\tb\r\nc\x0cd"])
def test_ascii(data):
    page = read_bytes(data)
    assert (page.text, page.encoding, page.repairs) == (data.decode("ascii"), "utf-8", 0)


@pytest.mark.parametrize("mark", ["\ue010", "\uf8ff", "\U000f0001", "\u200b", "\u2028", "\x0c"])
def test_unusual_characters_are_kept(mark):
    text = f"满意率98{mark}2%，公开信息3条。"
    assert read_bytes(text.encode()).text == text


@pytest.mark.parametrize("text", ["联通", "000一", "1月1日", "共3件"])
def test_characters_that_are_also_letters_of_utf_8(text):
    assert read_bytes(text.encode("gb18030")).text == text


@pytest.mark.parametrize("text", ["Größe: 3 Éléments", "Ответ: 3"])
def test_text_in_other_scripts(text):
    assert read_bytes(text.encode()).text == text


def test_line_ends_are_kept():
    assert read_bytes("甲\r\n乙\r丙\n丁".encode()).text == "甲\r\n乙\r丙\n丁"


def test_the_page_says_what_it_was():
    data = "公开信息3条。".encode("gb18030")
    page = read_bytes(data)
    assert (page.format, page.encoding) == ("txt", "gb18030")
    assert page.sha256 == hashlib.sha256(data).hexdigest()


# --- rejects ------------------------------------------------------------------------------------


def _zip(name: str = "report.txt", text: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, text)
    return stream.getvalue()


def _ole(*streams: str) -> bytes:
    return container(dict.fromkeys(streams, b""))


OTHER_KINDS = [
    (_zip(), "ZIP archive"),
    (_zip("xl/workbook.xml"), "XLSX"),
    (_zip("ppt/presentation.xml"), "PPTX"),
    (_zip("OFD.xml"), "OFD"),
    (_zip("mimetype", "application/vnd.oasis.opendocument.text"), "ODT"),
    (_zip("mimetype", "application/epub+zip"), "EPUB"),
    (_zip("mimetype", "text/plain"), "ZIP archive"),
    (b"PK\x05\x06" + bytes(18), "empty ZIP"),
    (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "OLE"),
    (_ole("Root", "Workbook"), "XLS"),
    (_ole("Book"), "XLS"),
    (_ole("PowerPoint Document"), "PPT"),
    (_ole("__properties_version1.0"), "MSG"),
    (_ole("Workbooks"), "OLE"),
    (b"{\\rtf1\\ansi\\ansicpg936 ...}", "RTF"),
    ("<?xml version='1.0'?><w:document>公开</w:document>".encode(), "XML"),
    (b"\x89PNG\r\n\x1a\n" + bytes(64), "PNG"),
    (bytes.fromhex("ffd8ffe000104a464946") + bytes(64), "JPEG"),
    (b"GIF89a" + bytes(64), "GIF"),
    (b"II*\0" + bytes(64), "TIFF"),
    (b"MM\0*" + bytes(64), "TIFF"),
    (b"BM" + bytes(64), None),
    (b"Rar!\x1a\x07\x00" + bytes(64), "RAR"),
    (bytes.fromhex("377abcaf271c") + bytes(64), "7z"),
    (bytes.fromhex("1f8b08") + bytes(64), "gzip"),
]


@every(("data", "kind"), OTHER_KINDS)
def test_another_kind_of_file_is_named(data, kind):
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data)
    if kind is None:
        assert caught.value.cause == "not_text"
    else:
        assert caught.value.cause == "unsupported_format"
        assert kind in caught.value.message


@every(
    "text",
    ["<2012年>公开信息3条。", "GIF8号文件公开信息3条。", "II*类信息3条。", "MM公司申请3件。", "PK赛3场，公开信息3条。",
     "BM类3条。", "rar!格式3件。", "<某县>年报", "%年报", "{某县年报}", "<附件>统计表", "<header>"[:1] + "公开>3条。"],
)  # fmt: skip
@every("encoding", ["utf-8", "gb18030", "utf-16"])
def test_prose_with_an_odd_beginning_is_read(text, encoding):
    assert read_bytes(text.encode(encoding)).text == text


NOISE = [
    bytes(range(256)) * 40,
    zlib.compress("公开信息".encode() * 500) * 3,
    bytes(1000) + b"\x01\x02\x03" * 300,
    b"\x7fELF" + bytes(range(1, 200)) * 20,
    bytes((7 * index * index + 13) % 256 for index in range(5000)),
]


@pytest.mark.parametrize("data", NOISE, ids=range(len(NOISE)))
def test_noise_is_no_text(data):
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data)
    assert caught.value.cause == "not_text"


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", bytes(20),
                                  "\u3000\n".encode(), "\u3000\n".encode("utf-16")])  # fmt: skip
def test_nothing_is_named_empty(data):
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data)
    assert caught.value.cause == "empty"


def test_a_missing_file(tmp_path):
    with pytest.raises(UnreadableReport) as caught:
        read(tmp_path / "none.txt")
    assert caught.value.cause == "not_opened"


def test_a_folder(tmp_path):
    with pytest.raises(UnreadableReport) as caught:
        read(tmp_path)
    assert caught.value.cause == "not_opened"


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 10)
    path = tmp_path / "large.txt"
    path.write_text("公开信息3条。" * 3, encoding="utf-8")
    with pytest.raises(UnreadableReport) as caught:
        read(path)
    assert caught.value.cause == "too_large"


def test_a_file_is_read_as_its_bytes(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes("公开信息3条。".encode("gb18030"))
    assert read(path) == read_bytes(path.read_bytes())


def test_every_cause_is_in_the_list():
    known = {row["cause"] for row in rules.load("causes")}
    folder = Path(reading.__file__).parents[1]
    used = {
        part.split('"')[1]
        for path in folder.rglob("*.py")
        for part in path.read_text(encoding="utf-8").split("UnreadableReport(")[1:]
        if part.lstrip().startswith('"')
    }
    assert used
    assert used <= known


@given(st.binary(max_size=300))
@settings(max_examples=examples(300, 100))
def test_any_bytes_are_a_page_or_a_named_reject(data):
    known = {row["cause"] for row in rules.load("causes")}
    cause = ""
    text = ""
    try:
        text = read_bytes(data).text
    except UnreadableReport as error:
        cause = error.cause
    assert cause in known if cause else text.strip()


@given(
    st.text("年月日申请公开信息条件政府工作报告一二三0123456789，。、\n", min_size=4, max_size=60)
)
@settings(max_examples=examples(300, 100))
def test_official_prose_in_gb18030(text):
    if not text.strip():
        return
    assert read_bytes(text.encode("gb18030")).text == text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(UnreadableReport, match="pipe") as refused:
        read(tmp_path / "a.txt")
    assert refused.value.cause == "not_opened"
