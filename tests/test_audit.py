"""Identities in prose: what is called broken is broken, what holds is found, doubt is said."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext import audit, numerals, outline, rules
from govtext.build import read_file
from govtext.model import Document, Finding, Observation, Page, Segment
from govtext.text import key

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
FLOOR_KINDS = ("sum", "share", "average", "restatement")

# Kind, verdict, difference (left less right; null for any), text. `silent` means that nothing of
# this kind is called broken or said to hold. All invented.
CASES: tuple[tuple[str, str, float | None, str], ...] = (
    # sums: a total and its parts behind 其中
    ("sum", "holds", 0, "全年共收到政府信息公开申请27件,其中当面申请11件、信函申请16件。"),
    ("sum", "broken", -1, "全年共收到政府信息公开申请27件,其中当面申请12件、信函申请16件。"),
    ("sum", "holds", 0, "本年度受理申请50件，其中网络申请３０件，信函申请１５件，传真申请5件。"),
    ("sum", "broken", 2, "本年度收到申请50件,其中网络申请30件,信函申请15件,传真申请3件。"),
    ("sum", "silent", None, "全年主动公开信息860条,其中政策文件类120条、财政信息90条。"),
    ("sum", "silent", None, "全年收到申请50件,其中网络申请30件。"),
    ("sum", "silent", None, "全年收到申请50件,其中网络申请20件、信函申请10件等。"),
    ("sum", "silent", None, "全年收到申请50件,其中主要为网络申请32件、信函申请14件。"),
    ("sum", "silent", None, "公开信息300条,其中网站公开280条、微信公开260条、微博公开90条。"),
    ("sum", "silent", None, "在主动公开的65条信息中,全文电子化57条,为民办实事类13条。"),
    ("sum", "holds", 0, "受理27件,其中区政府受理15件、部门受理12件,当面申请11件、信函申请16件。"),
    ("sum", "broken", 1, "受理27件,其中区政府受理15件、部门受理11件,当面申请11件、信函申请16件。"),
    ("sum", "holds", 0, "制作信息425条,其中主动公开148条,依申请公开182条,不予公开95条。"),
    ("sum", "holds", 0, "收到申请8件。其中:公民申请6件;法人申请2件。"),
    ("sum", "broken", 40, "全年共受理群众诉求1540件。其中:热线受理1200件;信箱受理260件;来访40件。"),
    ("sum", "holds", 0, "共受理诉求1500件。其中:热线受理1200件,已办结1190件;信箱受理300件。"),
    ("sum", "silent", None, "共受理诉求1500件。其中:热线受理200件;信箱受理100件。"),
    ("sum", "holds", 0, "共有工作人员45人,其中专职2人,兼职43人。"),
    ("sum", "broken", 1, "共有工作人员45人,其中专职2人,兼职42人。"),
    ("sum", "holds", 0, "收到申请一百零五件,其中网上申请八十件,书面申请二十五件。"),
    # sums: brackets
    ("sum", "holds", 0, "行政复议办结7件(4件维持,2件终止,1件被纠错)。"),
    ("sum", "broken", -1, "行政复议办结7件（4件维持，3件终止，1件被纠错）。"),
    ("sum", "broken", 1, "设立查阅点20处(政务大厅5处、图书馆8处、档案馆6处)。"),
    ("sum", "silent", None, "设立查阅点20处(政务大厅5处、图书馆8处等)。"),
    ("sum", "silent", None, "收到申请30件(较上年增加5件,减少信函申请2件)。"),
    ("sum", "silent", None, "归纳工作制度30项(55个细项)。"),
    ("sum", "holds", 0, "公开环保信息38条(其中环评信息18条、监测信息20条)。"),
    ("sum", "silent", None, "公开环保信息38条(其中环评信息18条)。"),
    ("sum", "silent", None, "公开信息100条(网站80条、微信60条)。"),
    # sums: respectively, in all, other, colons
    ("sum", "holds", 0, "收到申请60件,网络、信函、当面申请分别为40件、15件、5件。"),
    ("sum", "broken", 3, "收到申请60件,其中网络、信函、当面申请分别为40件、12件、5件。"),
    ("sum", "holds", 0, "当面申请11件、信函申请16件,合计27件。"),
    ("sum", "broken", 1, "当面申请11件、信函申请16件,合计28件。"),
    ("sum", "holds", 0, "收到复议申请9件:维持5件,纠错1件,其他3件。"),
    ("sum", "broken", -1, "收到复议申请9件:维持5件,纠错2件,其他3件。"),
    ("sum", "holds", 0, "答复申请90件,其中同意公开60件,不同意公开20件,其他10件。"),
    ("sum", "broken", 2, "答复申请90件,其中同意公开60件,不同意公开20件,其他8件。"),
    ("sum", "holds", 0, "发放资料3.2万份,其中折页2万份,手册1.2万份。"),
    ("sum", "holds", -20, "受理咨询1500余件,其中电话1200余件,现场320件。"),
    ("sum", "holds", 0, "受理咨询近1500件,其中电话咨询900余件,现场咨询600多件。"),
    ("sum", "holds", 0, "召开会议12次,其中常务会议8次,专题会议4次。"),
    ("sum", "silent", None, "召开会议12次,培训3期,参训400人次,其中部门200人次。"),
    # sums: parts in the sentences behind
    ("sum", "holds", 0, "全年共收到申请27件。申请涉及内容:征地16件、规划6件、财政5件。"),
    ("sum", "holds", 0, "全年共收到申请27件,均已答复。从申请方式看,当面11件,信函16件。"),
    ("sum", "silent", None, "全年共收到申请27件。申请涉及内容:征地16件、规划6件。"),
    (
        "sum",
        "broken",
        -2,
        "四、依申请公开情况\n全年受理申请27件,均已按时答复。\n"
        "答复情况。同意公开14件,要求补正4件,不予公开2件,非本机关掌握4件,信息不存在3件,撤销申请2件。",
    ),
    (
        "sum",
        "holds",
        0,
        "三、依申请公开情况\n全年受理申请27件,均已按时答复。\n"
        "答复情况:同意公开14件,要求补正4件,不予公开2件,非本机关掌握4件,信息不存在3件。",
    ),
    (
        "sum",
        "silent",
        None,
        "三、依申请公开情况\n本年受理申请27件,上年结转4件。\n"
        "答复情况:同意公开14件,要求补正4件,不予公开6件,信息不存在5件。",
    ),
    ("sum", "holds", 0, "全年收到申请70件,办结69件,1件结转下年度办理。"),
    ("sum", "holds", 0, "新收申请100件,上年结转5件,办结103件,结转下年度2件。"),
    ("sum", "broken", 1, "新收申请100件,上年结转5件,办结102件,结转下年度2件。"),
    ("sum", "silent", None, "收到申请70件,办结71件。"),
    # sums: what is no part
    ("sum", "silent", None, "收到申请30件,其中网络申请25件,比上年增加5件。"),
    ("sum", "silent", None, "2015年收到申请30件,其中上年同期为28件,增加2件。"),
    ("sum", "silent", None, "累计公开信息5000条,其中2016年公开700条,2015年公开620条。"),
    ("sum", "silent", None, "公开信息40条,其中部门10个,街道6个。"),
    ("sum", "silent", None, "计划明年公开信息100条,其中财政信息30条、其他信息60条。"),
    ("sum", "silent", None, "发布微博300条、微信200条,共举办活动10次。"),
    ("sum", "silent", None, "公开行政许可20项,其中涉及企业12项、涉及群众15项。"),
    ("sum", "holds", 0, "公开信息200条,其中机构信息50条,政策信息150条,其中解读30条。"),
    ("sum", "silent", None, "收到申请15件,受理15件,办结15件。收到投诉3件、建议9件。"),
    ("sum", "silent", None, "各乡镇公开信息:甲镇30条、乙镇42条、丙镇18条。"),
    # sums: money and people
    ("sum", "holds", 0, "拨付资金120万元,其中省级80万元,市级40万元。"),
    ("sum", "silent", None, "拨付资金120万元,其中省级80万元,市级30万元。"),
    ("sum", "holds", 0, "培训人员300人次,其中领导干部60人次,一般干部240人次。"),
    ("sum", "holds", 0, "被提起行政诉讼5件,其中维持3件、驳回1件、尚未审结1件。"),
    ("sum", "broken", 1, "被提起行政诉讼16件,其中维持13件、纠错1件、尚未审结1件。"),
    ("sum", "holds", 0, "收到申请35件(网上申请20件、信函申请15件),全部办结。"),
    ("sum", "holds", 0, "收到申请40件,按申请主体分,公民申请33件,法人申请7件。"),
    # shares
    ("share", "holds", 0, "办理建议185件,解决或基本解决162件,占87.6%。"),
    ("share", "broken", 1, "办理建议185件,解决或基本解决162件,占88.6%。"),
    ("share", "holds", 0, "收到申请100件,其中网络申请60件,占60%;信函申请40件,占40%。"),
    ("share", "broken", 5, "收到申请100件,其中网络申请60件,占60%;信函申请40件,占45%。"),
    ("share", "holds", 0, "收到申请300件,其中网络申请200件,占总数的66.67%。"),
    ("share", "silent", None, "收到申请300件,其中网络申请200件,占66.6%。"),
    ("share", "silent", None, "发布信息200条,占全市发布总量的15%。"),
    ("share", "silent", None, "公开信息100条,同比增长60%。"),
    ("share", "holds", 0, "热线受理800件,办结760件,办结率95%。"),
    ("share", "broken", 1, "热线受理800件,办结760件,办结率96%。"),
    ("share", "holds", 0, "热线受理800件,办结760件,办结率达95.0％。"),
    ("share", "silent", None, "热线受理800件,办结760件,按时办结率100%。"),
    ("share", "silent", None, "热线受理800件,办结760件,满意率98%。"),
    ("share", "holds", 0, "收到申请290件,已全部予以答复,答复率100%。"),
    ("share", "silent", None, "收到申请27件,办结26件,1件结转下年,办结率100%。"),
    ("share", "holds", 0, "信息总数425条,其中主动公开信息148条。主动公开的信息占34.82%。"),
    ("share", "silent", None, "收到申请27余件,办结20件,办结率80%。"),
    ("share", "holds", 0, "办理提案180件,解决173件,占96 %。"),
    ("share", "holds", 0, "办理提案180件,采纳60件,采纳率三成以上。"),
    ("share", "silent", None, "共答复60件,其中公开45件,占收到申请数的60%。"),
    ("share", "holds", 0, "收到申请80件,其中公开20件(占25%),部分公开8件(占10%)。"),
    ("share", "broken", 2, "收到申请80件,其中公开20件(占27%),部分公开8件(占10%)。"),
    ("share", "holds", 0, "发放问卷500份,回收480份,回收率为96%。"),
    ("share", "holds", 0, "收到政协提案12件,答复12件,答复率百分之百。"),
    # averages
    ("average", "holds", None, "全年网站总点击量为219万次。日均点击量为6000次。"),
    ("average", "broken", None, "全年网站总点击量为219万次。日均点击量为6232次。"),
    ("average", "broken", None, "全年独立访客67万人次,每日平均独立访客1909人次。"),
    ("average", "holds", None, "全年网站访问量36.5万人次,平均每天访问量1000人次。"),
    ("average", "silent", None, "网站自6月开通以来访问量20万人次,日均访问量1000人次。"),
    ("average", "silent", None, "全年网站访问量80万人次,单日最高访问量9000人次。"),
    ("average", "silent", None, "全年热线接听电话2.5万次,每个工作日平均接听电话100次。"),
    ("average", "holds", None, "全年发布信息2400条,月均发布信息200条。"),
    ("average", "broken", None, "全年发布信息2400条,月均发布信息250条。"),
    ("average", "silent", None, "全年发布信息2400条,日均浏览量300次。"),
    ("average", "holds", None, "全年访问量近110万人次,日均访问量3000余人次。"),
    ("average", "silent", None, "累计访问量5000万人次,日均访问量3000人次。"),
    # restatements
    ("restatement", "broken", None, "一、概述\n截至目前,以我局名义制定的文件全部公开,更新其他信息530项。"
     "\n二、主动公开\n截至目前,以我局名义制定的文件全部公开,更新其他信息600余项。"),
    ("restatement", "holds", None, "一、概述\n通过公众平台受理群众咨询达1万余件。"
     "\n二、主动公开\n通过公众平台受理群众咨询达1.5万件。"),
    ("restatement", "broken", 2, "一、概述\n全年共收到政府信息公开申请100件。"
     "\n三、依申请公开\n2015年,我局共收到政府信息公开申请98件。"),
    ("restatement", "holds", 0, "一、概述\n全年共收到政府信息公开申请98件。"
     "\n三、依申请公开\n2015年,我局共收到政府信息公开申请98件。"),
    ("restatement", "silent", None, "一、概述\n全市共收到政府信息公开申请100件。"
     "\n三、依申请公开\n2015年,市政府办公室共收到政府信息公开申请9件。"),
    ("restatement", "silent", None, "2014年共收到政府信息公开申请100件。"
     "\n2015年共收到政府信息公开申请98件。"),
    ("restatement", "silent", None, "市长信箱受理群众来信970份。\n电子信箱受理信件1822件。"),
    ("restatement", "silent", None, "县教育局召开专题会议2次。\n县民政局召开专题会议3次。"),
    ("restatement", "silent", None, "(一)教育。通过县政府网站公开信息120条。"
     "\n(二)卫生。通过县政府网站公开信息90条。"),
    ("restatement", "silent", None, "一季度共收到政府信息公开申请10件。\n二季度共收到政府信息公开申请12件。"),
    ("restatement", "holds", 0, "我局有12个内设科室,负责行业管理。\n全局内设12个科室均已公开职责。"),
    ("restatement", "holds", 0, "认领率、回复率均达到100%。\n省平台受理30件,认领率、回复率均达到100%。"),
    # impossible values
    ("impossible", "broken", None, "全年热线办结率达104%。"),
    ("impossible", "broken", None, "群众满意率为102.5%。"),
    ("impossible", "silent", None, "全年公开信息同比增长120%。"),
    ("impossible", "silent", None, "完成年度任务的130%。"),
    ("impossible", "broken", None, "公开信息100条,其中财政信息120条。"),
    ("impossible", "silent", None, "公开信息100条,其中财政信息20条。"),
    ("impossible", "silent", None, "召开会议3次,公开信息100条,其中培训会5次。"),
    ("impossible", "broken", None, "上年无结转申请,本年收到申请50件,办结申请52件。"),
    ("impossible", "silent", None, "收到申请50件,办结申请52件(含上年结转2件)。"),
    ("impossible", "broken", None, "收到申请20件,均已答复,共答复申请23件。"),
    ("impossible", "silent", None, "收到申请20件,答复申请20件。"),
    # lists
    ("list", "holds", 0, "建立了主动公开、依申请公开、保密审查、责任追究等4项工作制度。"),
    ("list", "silent", None, "建立了主动公开、依申请公开、保密审查等12项工作制度。"),
    ("list", "holds", 0, "设置了红榜、黑榜、档案三个子栏目。"),
    ("list", "silent", None, "对办理依据、办理程序、收费标准实行了“四公开”。"),
    ("list", "holds", 0, "对办理依据、办理程序、收费标准、监督电话实行了“四公开”。"),
)  # fmt: skip


def _document(text: str) -> Document:
    return Document(Page(text, "txt", "utf-8", ""), text, (Segment(0, 0, len(text)),), ())


def _audit(text: str, observations: tuple[Observation, ...] = ()) -> tuple[Finding, ...]:
    document = _document(text)
    return audit.audit(document, outline.outline(document), numerals.parse(text), observations)


@cache
def _kinds() -> dict[str, str]:
    return {row["id"]: row["kind"] for row in rules.load("identities")}


def _of_kind(found: tuple[Finding, ...], kind: str) -> list[Finding]:
    return [each for each in found if _kinds()[each.identity] == kind]


@pytest.mark.parametrize(("kind", "verdict", "delta", "text"), CASES, ids=[c[3] for c in CASES])
def test_invented_statement(kind, verdict, delta, text):
    found = _of_kind(_audit(text), kind)
    verdicts = {each.verdict for each in found}
    if verdict == "silent":
        assert not verdicts & {"holds", "broken"}, found
        return
    assert verdict in verdicts, found
    if verdict == "holds":
        assert "broken" not in verdicts, found
    if delta is not None:
        assert any(each.verdict == verdict and each.delta == pytest.approx(delta, abs=1e-3)
                   for each in found) or kind == "share", found  # fmt: skip


def score_audits() -> dict[str, list[str]]:
    """Gold rows by what was said of them, matched by kind and overlap of their quotes.

    `broken_missed`, `holding_missed`: rows without a finding; `broken_found`, `holding_found`;
    `false_broken`: findings called broken that no broken row of the gold overlaps.
    """
    scores: dict[str, list[str]] = {
        name: [] for name in ("broken_found", "broken_missed", "holding_found", "holding_missed")
    } | {"false_broken": [], "unsure_found": [], "unsure_missed": []}
    for name in sorted({row["report"] for row in _gold()}):
        report, found = _report(name)
        rows = [row for row in _gold() if row["report"] == name]
        places = [_place(report, row["quote"]) for row in rows]
        for row, (start, end) in zip(rows, places, strict=True):
            near = [each for each in found if each.start < end and start < each.end]
            label = {"broken": "broken", "holds": "holding"}.get(row["verdict"], "unsure")
            kinds = {row["kind"]} if label == "broken" else set(_kinds().values())
            hit = any(each.verdict == row["verdict"] and _kinds()[each.identity] in kinds
                      for each in near)  # fmt: skip
            scores[f"{label}_{'found' if hit else 'missed'}"].append(row["statement"])
        broken = [place for row, place in zip(rows, places, strict=True)
                  if row["verdict"] == "broken"]  # fmt: skip
        scores["false_broken"] += [
            each.statement
            for each in found
            if each.verdict == "broken" and not any(a < each.end and each.start < b for a, b in broken)
        ]
    return scores


@cache
def _gold() -> tuple[dict[str, str], ...]:
    with (GOLD / "audits.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def _report(name):
    with (GOLD / "files.csv").open(encoding="utf-8", newline="") as stream:
        wanted = {row["report"]: row["sha256"] for row in csv.DictReader(stream)}[name]
    for path in sorted((ROOT / "data" / "raw").iterdir()):
        if path.suffix == ".txt":
            report = read_file(path, path.stem, path.name)
            if report.document.page.sha256 == wanted:
                return report, audit.audit(report.document, report.sections, report.quantities, ())
    raise FileNotFoundError(name)


def _place(report, quote: str) -> tuple[int, int]:
    """Where a quote stands in the cleaned text, spaces aside."""
    places = [at for at, mark in enumerate(report.document.text) if not mark.isspace()]
    bare = "".join(report.document.text[at] for at in places)
    start = bare.index("".join(quote.split()))
    return places[start], places[start + len("".join(quote.split())) - 1] + 1


def test_every_broken_sum_share_average_and_restatement_of_the_gold_is_found():
    wanted = [row["statement"] for row in _gold()
              if row["verdict"] == "broken" and row["kind"] in FLOOR_KINDS]  # fmt: skip
    assert wanted
    assert [each for each in wanted if each not in score_audits()["broken_found"]] == []


def test_nothing_that_holds_is_called_broken():
    assert score_audits()["false_broken"] == []


def test_most_holding_rows_of_the_gold_are_found():
    scores = score_audits()
    assert len(scores["holding_found"]) >= 22, scores["holding_missed"]


def test_what_the_text_leaves_open_is_left_open():
    assert score_audits()["unsure_missed"] == []
