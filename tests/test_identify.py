"""Identity: invented reports of many kinds, each with what a careful reader would say of it."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtext.identify import identify
from govtext.model import Document, Identity, Page, Removal

LOCAL = ("issuer", "admin_level", "government_level", "province", "prefecture", "county")
BUREAU = "我局认真贯彻条例,稳步推进政府信息公开工作,我局主动公开政府信息120条。"
COUNTY = "我县认真贯彻条例,稳步推进政府信息公开工作,我县主动公开政府信息120条。"
CITY = "我市认真贯彻条例,稳步推进政府信息公开工作,我市主动公开政府信息120条。"
DISTRICT = "我区认真贯彻条例,稳步推进政府信息公开工作,我区主动公开政府信息120条。"
TOWN = "我镇认真贯彻条例,稳步推进政府信息公开工作,我镇主动公开政府信息120条。"
RULES = "根据《中华人民共和国政府信息公开条例》(以下简称《条例》)的规定,特编制本报告。"


@dataclass(frozen=True)
class Case:
    """A report, `|` between its lines, the furniture around it, and the identity expected."""

    text: str
    furniture: tuple[str, ...]
    expected: dict[str, str | int | None]


def case(text: str, *furniture: str, **fields: str | int | None) -> Case:
    """Give a case; `level` is body/government, `place` province/prefecture/county/code."""
    expected = dict(fields)
    for name, parts in (
        ("level", ("admin_level", "government_level")),
        ("place", ("province", "prefecture", "county", "region_code")),
    ):
        if name in expected:
            values = str(expected.pop(name)).split("/")
            expected |= dict(zip(parts, (value or None for value in values), strict=True))
    return Case(text, furniture, expected)


def document(text: str, furniture: tuple[str, ...] = ()) -> Document:
    """Give a cleaned document with lines for `|` and the furniture among its removals."""
    text = text.replace("|", "\n")
    page = Page(text, "txt", "utf-8", "")
    return Document(page, text, (), tuple(Removal(each, "byline", 0, 0) for each in furniture))


PROVINCES = [
    case(
        f"广东省人民政府2012年政府信息公开工作年度报告|{RULES}|一、概述|2012年,我省各级行政机关公开信息。",
        title="广东省人民政府2012年政府信息公开工作年度报告", issuer="广东省人民政府",
        issuer_short="广东省", level="province/province", place="广东省///440000", year=2012,
    ),
    case(
        f"广东省2010年政府信息公开工作年度报告|{RULES}|2010年,我省主动公开信息。",
        issuer="广东省人民政府", level="province/province", place="广东省///440000", year=2010,
    ),
    case(
        f"二〇一三年度湖南省水利厅政府信息公开年度报告|{RULES}|一、概述|我厅主动公开信息20条。",
        title="二〇一三年度湖南省水利厅政府信息公开年度报告", issuer="湖南省水利厅",
        level="department/province", place="湖南省///430000", year=2013,
    ),
    case(
        f"二○一○年度四川省财政厅政府信息公开年度报告|{RULES}|我厅主动公开信息20条。",
        issuer="四川省财政厅", level="department/province", place="四川省///510000", year=2010,
    ),
    case(
        f"二OO九年度四川省审计厅政府信息公开年度报告|{RULES}|我厅主动公开信息20条。",
        issuer="四川省审计厅", level="department/province", place="四川省///510000", year=2009,
    ),
    case(
        f"山东省人民政府办公厅2019年政府信息公开工作年度报告|{RULES}|一、总体情况|我厅主动公开。",
        issuer="山东省人民政府办公厅", level="department/province", place="山东省///370000", year=2019,
    ),
    case(
        f"广西壮族自治区教育厅2014年政府信息公开年度报告|{RULES}|我厅主动公开信息20条。",
        issuer="广西壮族自治区教育厅", level="department/province",
        place="广西壮族自治区///450000", year=2014,
    ),
    case(
        f"自治区财政厅2015年政府信息公开工作年度报告|根据《宁夏回族自治区政府信息公开办法》,编制本报告。|"
        f"我厅主动公开信息。|宁夏回族自治区财政厅|2016年3月1日",
        "来源:宁夏回族自治区财政厅",
        issuer="宁夏回族自治区财政厅", issuer_short="宁夏回族自治区财政厅",
        level="department/province", place="宁夏回族自治区///640000", year=2015,
        signed_on="2016-03-01",
    ),
    case(
        f"省水利厅2011年政府信息公开年度报告|{RULES}|根据《湖北省政府信息公开规定》和湖北省人民政府的要求,我厅公开。"
        "|湖北省水利厅|2012年3月9日",
        issuer="湖北省水利厅", level="department/province", place="湖北省///420000", year=2011,
        signed_on="2012-03-09",
    ),
    case(
        f"北京市2016年政府信息公开工作年度报告|{RULES}|2016年,我市主动公开信息。",
        issuer="北京市人民政府", level="province/province", place="北京市///110000", year=2016,
    ),
    case(
        f"天津市教育委员会2013年政府信息公开年度报告|{RULES}|我委主动公开信息。",
        issuer="天津市教育委员会", level="department/province", place="天津市///120000", year=2013,
    ),
    case(
        f"新疆生产建设兵团2018年政府信息公开工作年度报告|{RULES}|兵团各级行政机关主动公开信息。",
        issuer="新疆生产建设兵团", level="province/province",
        province="新疆维吾尔自治区", prefecture=None, region_code=None, year=2018,
    ),
    case(
        f"上海市人民政府2021年政府信息公开工作年度报告|{RULES}",
        issuer="上海市人民政府", level="province/province", place="上海市///310000", year=2021,
    ),
    case(
        f"内蒙古自治区人民政府关于2013年政府信息公开工作情况的报告|{RULES}|2013年,我区公开信息。",
        issuer="内蒙古自治区人民政府", issuer_short="内蒙古自治区", level="province/province",
        place="内蒙古自治区///150000", year=2013,
    ),
]

NATIONAL = [
    case(
        f"国家粮食局2018年政府信息公开工作年度报告|{RULES}|我局主动公开。",
        issuer="国家粮食局", level="department/national", place="///", year=2018,
    ),
    case(
        f"国家林业和草原局2018年政府信息公开工作年度报告|{RULES}|根据国务院办公厅要求,黑龙江省等地开展试点。",
        issuer="国家林业和草原局", level="department/national", place="///", year=2018,
    ),
    case(
        f"国家税务总局2015年政府信息公开工作年度报告|{RULES}",
        issuer="国家税务总局", level="department/national", place="///", year=2015,
    ),
    case(
        f"水利部2012年政府信息公开工作年度报告|{RULES}|我部公开信息。",
        issuer="水利部", level="department/national", place="///", year=2012,
    ),
    case(
        f"国家发展改革委2014年政府信息公开工作年度报告|{RULES}|我委公开信息。",
        issuer="国家发展改革委", level="department/national", place="///", year=2014,
    ),
    case(
        f"国务院国资委2014年政府信息公开工作年度报告|{RULES}",
        issuer="国务院国资委", level="department/national", place="///", year=2014,
    ),
    case(
        f"中国气象局2010年政府信息公开工作年度报告|{RULES}",
        issuer="中国气象局", level="department/national", place="///", year=2010,
    ),
    case(
        f"审计署2011年度政府信息公开工作报告|{RULES}|审计署南京特派办公开信息。",
        issuer="审计署", level="department/national", place="///", year=2011,
    ),
    case(
        f"中国人民银行2016年政府信息公开工作年度报告|{RULES}",
        issuer="中国人民银行", level="department/national", place="///", year=2016,
    ),
    case(
        f"海关总署2017年政府信息公开工作年度报告|{RULES}",
        issuer="海关总署", level="department/national", place="///", year=2017,
    ),
]

PREFECTURES = [
    case(
        f"赣州市2012年政府信息公开工作年度报告|{RULES}|2012年,{CITY}",
        issuer="赣州市人民政府", level="prefecture/prefecture", place="江西省/赣州市//360700",
        year=2012,
    ),
    case(
        f"赣州市人民政府|2012年政府信息公开工作年度报告|{RULES}|{CITY}",
        title="赣州市人民政府2012年政府信息公开工作年度报告", issuer="赣州市人民政府",
        level="prefecture/prefecture", place="江西省/赣州市//360700", year=2012,
    ),
    case(
        f"恩施土家族苗族自治州2014年政府信息公开年度报告|{RULES}|我州主动公开信息。",
        issuer="恩施土家族苗族自治州人民政府", level="prefecture/prefecture",
        place="湖北省/恩施土家族苗族自治州//422800", year=2014,
    ),
    case(
        f"恩施州教育局2014年政府信息公开年度报告|{RULES}|{BUREAU}",
        issuer="恩施州教育局", level="department/prefecture",
        place="湖北省/恩施土家族苗族自治州//422800", year=2014,
    ),
    case(
        f"海南州人民政府2015年政府信息公开年度报告|根据《青海省政府信息公开办法》,我州公开信息。",
        level="prefecture/prefecture", place="青海省/海南藏族自治州//632500", year=2015,
    ),
    case(
        f"锡林郭勒盟行政公署2011年政府信息公开年度报告|{RULES}|我盟公开信息。",
        level="prefecture/prefecture", place="内蒙古自治区/锡林郭勒盟//152500", year=2011,
    ),
    case(
        f"襄樊市2009年政府信息公开工作年度报告|{RULES}|{CITY}",
        level="prefecture/prefecture", place="湖北省/襄樊市//420600", year=2009,
    ),
    case(
        f"襄阳市财政局2012年政府信息公开工作年度报告|{RULES}|{BUREAU}",
        level="department/prefecture", place="湖北省/襄阳市//420600", year=2012,
    ),
    case(
        f"毕节地区2010年政府信息公开工作年度报告|{RULES}|全区各级行政机关公开信息。",
        level="prefecture/prefecture", place="贵州省/毕节地区//522400", year=2010,
    ),
    case(
        f"巢湖市2010年政府信息公开工作年度报告|{RULES}|{CITY}",
        level="prefecture/prefecture", place="安徽省/巢湖市//341400", year=2010,
    ),
    case(
        f"泉州市住房和城乡建设局（泉州市人民防空办公室）2019年政府信息公开工作年度报告|{RULES}|{BUREAU}",
        issuer="泉州市住房和城乡建设局（泉州市人民防空办公室）", level="department/prefecture",
        place="福建省/泉州市//350500", year=2019,
    ),
    case(
        f"泉州市公安局交警支队2014年政府信息公开工作年度报告|{RULES}|我支队公开信息。",
        issuer="泉州市公安局交警支队", level="department/prefecture",
        place="福建省/泉州市//350500", year=2014,
    ),
    case(
        f"昆明市国家税务局2013年度政府信息公开工作年度报告|{RULES}|{BUREAU}",
        level="department/prefecture", place="云南省/昆明市//530100", year=2013,
    ),
    case(
        f"江西省赣州市气象局2013年政府信息公开工作年度报告|{RULES}|{BUREAU}",
        level="department/prefecture", place="江西省/赣州市//360700", year=2013,
    ),
    case(
        f"国家税务总局赣州市税务局2019年政府信息公开工作年度报告|{RULES}|{BUREAU}",
        issuer="国家税务总局赣州市税务局", level="department/prefecture",
        place="江西省/赣州市//360700", year=2019,
    ),
    case(
        f"国家统计局赣州调查队2016年政府信息公开工作年度报告|{RULES}|我队公开信息。",
        issuer="国家统计局赣州调查队", level="department/prefecture",
        place="江西省/赣州市//360700", year=2016,
    ),
    case(
        f"国家统计局江苏调查总队2016年政府信息公开工作年度报告|{RULES}|我总队公开信息。",
        level="department/province", place="江苏省///320000", year=2016,
    ),
    case(
        f"南京海关2015年政府信息公开工作年度报告|{RULES}|南京海关公开信息。",
        issuer="南京海关", level="department/national", place="///", year=2015,
    ),
    case(
        f"赣州市第一人民医院2017年信息公开年度报告|{RULES}|我院公开信息。",
        issuer="赣州市第一人民医院", level="department/prefecture",
        place="江西省/赣州市//360700", year=2017,
    ),
    case(
        f"长沙市供销合作总社2014年政府信息公开年度报告|{RULES}|我社公开信息。",
        level="department/prefecture", place="湖南省/长沙市//430100", year=2014,
    ),
    case(
        f"乌鲁木齐市市场监督管理局2020年政府信息公开工作年度报告|{RULES}|{BUREAU}",
        issuer="乌鲁木齐市市场监督管理局", level="department/prefecture",
        place="新疆维吾尔自治区/乌鲁木齐市//650100", year=2020,
    ),
    case(
        f"市教育局2012年政府信息公开工作年度报告|{RULES}|根据《绵阳市政府信息公开规定》,{BUREAU}|"
        "绵阳市教育局|2013年3月5日",
        issuer="绵阳市教育局", issuer_short="绵阳市教育局", level="department/prefecture",
        place="四川省/绵阳市//510700", year=2012, signed_on="2013-03-05",
    ),
    case(
        f"教育局2012年政府信息公开工作年度报告|{RULES}|{BUREAU}|绵阳市教育局",
        issuer="绵阳市教育局", level="department/prefecture", place="四川省/绵阳市//510700",
        year=2012, signed_on=None,
    ),
    case(
        f"市场监督管理局2020年政府信息公开工作年度报告|{RULES}|{BUREAU}",
        "来源:涪陵区市场监督管理局", "首页 > 重庆市涪陵区人民政府",
        issuer="重庆市涪陵区市场监督管理局", level="department/county",
        place="重庆市//涪陵区/500102", year=2020,
    ),
    case(
        f"市教育局2012年政府信息公开工作年度报告|{RULES}|{BUREAU}",
        level="department/prefecture", place="///", year=2012,
    ),
    case(
        f"我局2012年政府信息公开工作年度报告|{RULES}|{BUREAU}",
        level="department/", place="///", year=2012,
    ),
    case(
        f"2012年政府信息公开工作年度报告|{RULES}|{BUREAU}|大理白族自治州林业局|二〇一三年三月二十六日",
        title="2012年政府信息公开工作年度报告", issuer="大理白族自治州林业局",
        level="department/prefecture", place="云南省/大理白族自治州//532900", year=2012,
        signed_on="2013-03-26",
    ),
    case(
        f"政府信息公开年报（2014年度）|{RULES}|{BUREAU}|六安市财政局|2015年2月10日",
        title="政府信息公开年报（2014年度）", level="department/prefecture",
        place="安徽省/六安市//341500", year=2014, signed_on="2015-02-10",
    ),
    case(
        f"政府信息公开年报|（2014年度）|{RULES}|{BUREAU}|六安市财政局|2015年2月10日",
        title="政府信息公开年报（2014年度）", level="department/prefecture", year=2014,
    ),
    case(
        f"2014年度政府信息公开工作年度报告（六安市财政局）|{RULES}|{BUREAU}",
        issuer="六安市财政局", level="department/prefecture", place="安徽省/六安市//341500", year=2014,
    ),
    case(
        f"六安市2014年度财政局政府信息公开工作年度报告|{RULES}|{BUREAU}",
        issuer="六安市财政局", level="department/prefecture", place="安徽省/六安市//341500", year=2014,
    ),
    case(
        f"关于六安市财政局2014年度政府信息公开工作情况的报告|{RULES}|{BUREAU}",
        issuer="六安市财政局", level="department/prefecture", place="安徽省/六安市//341500", year=2014,
    ),
    case(
        f"六安市财政局关于公布2014年度政府信息公开工作年度报告|{RULES}|{BUREAU}",
        issuer="六安市财政局", level="department/prefecture", place="安徽省/六安市//341500", year=2014,
    ),
    case(
        f"六安市人民政府信息公开2014年度报告|{RULES}|{CITY}",
        issuer="六安市人民政府", level="prefecture/prefecture", place="安徽省/六安市//341500", year=2014,
    ),
    case(
        f"市政府信息公开2014年度报告|{RULES}|根据六安市政府信息公开工作领导小组的安排,六安市各部门公开信息。{CITY}",
        issuer="六安市人民政府", level="prefecture/prefecture", place="安徽省/六安市//341500", year=2014,
    ),
    case(
        f"宿州市、县（区）政府信息公开工作2014年度报告|{RULES}|{CITY}",
        place="安徽省/宿州市//341300", level="prefecture/prefecture", year=2014,
    ),
]

COUNTIES = [
    case(
        f"北京市朝阳区2013年政府信息公开工作年度报告|{RULES}|{DISTRICT}",
        issuer="北京市朝阳区人民政府", issuer_short="朝阳区", level="county/county",
        place="北京市//朝阳区/110105", year=2013,
    ),
    case(
        f"上海市浦东新区2016年政府信息公开工作年度报告|{RULES}|{DISTRICT}",
        issuer="上海市浦东新区人民政府", level="county/county", place="上海市//浦东新区/310115", year=2016,
    ),
    case(
        f"重庆市万州区人民政府2017年政府信息公开工作年度报告|{RULES}|{DISTRICT}",
        level="county/county", place="重庆市//万州区/500101", year=2017,
    ),
    case(
        f"天津市滨海新区2018年政府信息公开工作年度报告|{RULES}|{DISTRICT}",
        level="county/county", place="天津市//滨海新区/120116", year=2018,
    ),
    case(
        f"昆山市2012年政府信息公开工作年度报告|根据苏州市人民政府的要求,{CITY}",
        issuer="苏州市昆山市人民政府", issuer_short="昆山市", level="county/county",
        place="江苏省/苏州市/昆山市/320583", year=2012,
    ),
    case(
        f"义乌市人民政府2012年政府信息公开工作年度报告|{RULES}|{CITY}",
        level="county/county", place="浙江省/金华市/义乌市/330782", year=2012,
    ),
    case(
        f"潜江市2015年政府信息公开年度报告|{RULES}|{CITY}",
        issuer="潜江市人民政府", level="county/county", place="湖北省//潜江市/429005", year=2015,
    ),
    case(
        f"长阳土家族自治县2014年政府信息公开年度报告|{RULES}|{COUNTY}",
        level="county/county", place="湖北省/宜昌市/长阳土家族自治县/420528", year=2014,
    ),
    case(
        f"阿拉善左旗2014年政府信息公开年度报告|{RULES}|我旗公开信息。",
        level="county/county", place="内蒙古自治区/阿拉善盟/阿拉善左旗/152921", year=2014,
    ),
    case(
        f"上虞市2012年政府信息公开年度报告|{RULES}|{CITY}",
        level="county/county", place="浙江省/绍兴市/上虞市/330682", year=2012,
    ),
    case(
        f"绍兴市上虞区2013年政府信息公开年度报告|{RULES}|{DISTRICT}",
        level="county/county", place="浙江省/绍兴市/上虞区/330604", year=2013,
    ),
    case(
        f"绍兴县2013年政府信息公开年度报告|{RULES}|{COUNTY}",
        level="county/county", place="浙江省/绍兴市/绍兴县/330621", year=2013,
    ),
    case(
        f"巢湖市2012年政府信息公开工作年度报告|{RULES}|{CITY}",
        level="county/county", place="安徽省/合肥市/巢湖市/340181", year=2012,
    ),
    case(
        f"鼓楼区2012年政府信息公开工作年度报告|{RULES}|{DISTRICT}",
        issuer_short="鼓楼区", level="county/county", province=None, prefecture=None,
        region_code=None, year=2012,
    ),
    case(
        f"鼓楼区2012年政府信息公开工作年度报告|根据徐州市人民政府《关于做好政府信息公开工作的意见》,{DISTRICT}",
        issuer="徐州市鼓楼区人民政府", level="county/county",
        place="江苏省/徐州市/鼓楼区/320302", year=2012,
    ),
    case(
        f"鼓楼区2012年政府信息公开工作年度报告|根据《江苏省政府信息公开办法》,{DISTRICT}",
        level="county/county", prefecture=None, region_code=None, year=2012,
    ),
    case(
        f"鼓楼区2012年政府信息公开工作年度报告|根据开封市人民政府办公室要求,{DISTRICT}|赴南京市学习一次。",
        level="county/county", place="河南省/开封市/鼓楼区/410204", year=2012,
    ),
    case(
        f"朝阳区2012年政府信息公开工作年度报告|{DISTRICT}|开展“北京奥运精神”宣讲,邀请北京大学教授授课。",
        level="county/county", province=None, region_code=None, year=2012,
    ),
    case(
        f"朝阳区2012年政府信息公开工作年度报告|按照长春市政府的统一部署,{DISTRICT}|赴北京市考察学习。",
        level="county/county", place="吉林省/长春市/朝阳区/220104", year=2012,
    ),
    case(
        f"西湖区教育局2012年政府信息公开工作年度报告|{BUREAU}|杭州市西湖区教育局|2013年1月15日",
        level="department/county", place="浙江省/杭州市/西湖区/330106", year=2012,
        signed_on="2013-01-15",
    ),
    case(
        f"西湖区教育局2012年政府信息公开工作年度报告|根据《江西省政府信息公开办法》和南昌市教育局要求,{BUREAU}",
        level="department/county", place="江西省/南昌市/西湖区/360103", year=2012,
    ),
    case(
        f"城关区2014年政府信息公开年报|{DISTRICT}",
        "首页 > 兰州市城关区人民政府 > 政府信息公开",
        level="county/county", place="甘肃省/兰州市/城关区/620102", year=2014,
    ),
    case(
        f"石家庄市新华区2014年政府信息公开年报|{DISTRICT}",
        level="county/county", place="河北省/石家庄市/新华区/130105", year=2014,
    ),
    case(
        f"新华区2014年政府信息公开年报|{DISTRICT}|市政府(平顶山市人民政府)网站公开信息。",
        level="county/county", place="河南省/平顶山市/新华区/410402", year=2014,
    ),
    case(
        f"桥西区2012年政府信息公开年报|按照张家口市委、市政府的要求,{DISTRICT}",
        level="county/county", place="河北省/张家口市/桥西区/130703", year=2012,
    ),
    case(
        f"河东区2012年政府信息公开年报|根据《天津市政府信息公开规定》,{DISTRICT}",
        level="county/county", place="天津市//河东区/120102", year=2012,
    ),
    case(
        f"普陀区2012年政府信息公开年报|舟山市人民政府要求,{DISTRICT}",
        level="county/county", place="浙江省/舟山市/普陀区/330903", year=2012,
    ),
    case(
        f"普陀区环保局2012年政府信息公开年报|根据《上海市政府信息公开规定》,{BUREAU}",
        level="department/county", place="上海市//普陀区/310107", year=2012,
    ),
    case(
        f"向阳区2012年政府信息公开年报|{DISTRICT}|鹤岗市政府网站开设专栏,根据《黑龙江省政府信息公开规定》办理。",
        level="county/county", place="黑龙江省/鹤岗市/向阳区/230402", year=2012,
    ),
    case(
        f"2015年长沙市岳麓区教育局政府信息公开工作年度报告|{RULES}|{BUREAU}",
        issuer="长沙市岳麓区教育局", level="department/county",
        place="湖南省/长沙市/岳麓区/430104", year=2015,
    ),
    case(
        f"岳麓区教育局2015年政府信息公开工作年度报告|根据长沙市人民政府《关于做好公开工作的通知》(长政办发〔2015〕3号),{BUREAU}",
        level="department/county", place="湖南省/长沙市/岳麓区/430104", year=2015,
        document_number=None,
    ),
    case(
        f"宁都县气象局2011年政府信息公开年度报告|根据中国气象局和江西省气象局要求,{BUREAU}",
        issuer="宁都县气象局", level="department/county", place="江西省/赣州市/宁都县/360730", year=2011,
    ),
    case(
        f"安岳县人民政府办公室2019年政府信息公开工作年度报告|{RULES}|我办公开信息。",
        issuer="安岳县人民政府办公室", level="department/county",
        place="四川省/资阳市/安岳县/512021", year=2019,
    ),
    case(
        f"安岳县2012年政府信息公开工作年度报告|{COUNTY}|安岳县人民政府办公室|2013年3月28日",
        level="county/county", place="四川省/资阳市/安岳县/512021", year=2012,
        signed_on="2013-03-28",
    ),
    case(
        f"2012年,安岳县认真贯彻《条例》,扎实推进政府信息公开工作,取得成效。|一、概述|{COUNTY}|"
        "安岳县政务公开办公室|2013年1月20日",
        title=None, issuer="资阳市安岳县人民政府", level="county/county",
        place="四川省/资阳市/安岳县/512021", year=2012, signed_on="2013-01-20",
    ),
    case(
        f"县财政局2012年政府信息公开工作年度报告|{BUREAU}|本报告电子版可在安岳县人民政府门户网站下载,"
        "如有疑问请与安岳县财政局办公室联系。",
        issuer="安岳县财政局", level="department/county", place="四川省/资阳市/安岳县/512021", year=2012,
    ),
    case(
        f"财政局2012年政府信息公开工作年度报告|{BUREAU}",
        "发布机构: 安岳县财政局",
        level="department/county", place="四川省/资阳市/安岳县/512021", year=2012,
    ),
    case(
        f"2012年度政府信息公开工作年度报告|{RULES}|一、概述|{BUREAU}",
        "发布机构: 安岳县财政局", "发布时间: 2013-03-28",
        issuer="安岳县财政局", level="department/county",
        place="四川省/资阳市/安岳县/512021", year=2012, signed_on=None,
    ),
    case(
        f"2012年度政府信息公开工作年度报告|{RULES}|一、概述|2012年{BUREAU}",
        level="department/", place="///", year=2012,
    ),
    case(
        f"2012年度政府信息公开工作年度报告|根据资阳市人民政府办公室要求,{COUNTY}|安岳县人民政府|2013年3月20日",
        issuer="资阳市安岳县人民政府", level="county/county",
        place="四川省/资阳市/安岳县/512021", year=2012, signed_on="2013-03-20",
    ),
    case(
        f"2012年度政府信息公开工作年度报告|资阳市人民政府印发通知以来,工作有序推进,我县高度重视。{COUNTY}|安岳县人民政府",
        issuer="资阳市安岳县人民政府", level="county/county",
        place="四川省/资阳市/安岳县/512021", year=2012, signed_on=None,
    ),
    case(
        f"阆中市教育和体育局（阆中市文化局）2019年政府信息公开工作年度报告|{BUREAU}",
        level="department/county", place="四川省/南充市/阆中市/511381", year=2019,
    ),
    case(
        f"市卫生局2012年政府信息公开工作年度报告|阆中市卫生局成立领导小组。{BUREAU}|阆中市卫生局",
        issuer="南充市阆中市卫生局", level="department/county", place="四川省/南充市/阆中市/511381",
        year=2012,
    ),
    case(
        f"2012年政府信息公开工作年度报告|如对报告有疑问,请与四川省安岳县农业局办公室联系。|{BUREAU}",
        level="department/county", place="四川省/资阳市/安岳县/512021", year=2012,
    ),
    case(
        f"长阳县水利局2014年政府信息公开年度报告|{BUREAU}",
        level="department/county", place="湖北省/宜昌市/长阳土家族自治县/420528", year=2014,
    ),
    case(
        f"莱芜区2019年政府信息公开工作年度报告|{DISTRICT}",
        level="county/county", place="山东省/济南市/莱芜区/370116", year=2019,
    ),
    case(
        f"神农架林区2014年政府信息公开年报|{DISTRICT}",
        level="county/county", place="湖北省//神农架林区/429021", year=2014,
    ),
    case(
        f"安徽省合肥市包河区2014年政府信息公开年报|{DISTRICT}|与江苏省、浙江省有关县区交流经验。",
        issuer="合肥市包河区人民政府", level="county/county", place="安徽省/合肥市/包河区/340111", year=2014,
    ),
]

TOWNSHIPS = [
    case(
        f"安岳县龙台镇人民政府2020年政府信息公开工作年度报告|{TOWN}",
        issuer="资阳市安岳县龙台镇人民政府", issuer_short="龙台镇", level="township/township",
        place="四川省/资阳市/安岳县/512021", year=2020,
    ),
    case(
        f"洪山区珞南街道办事处关于2016年度政府信息公开工作的报告|{RULES}|我街道公开信息。|武汉市洪山区珞南街道办事处",
        issuer="武汉市洪山区珞南街道办事处", issuer_short="珞南街道", level="township/township",
        place="湖北省/武汉市/洪山区/420111", year=2016,
    ),
    case(
        f"北京路街道办事处2012年政府信息公开年度报告|我街道公开信息。",
        "来源:乌鲁木齐市新市区北京路街道办事处",
        issuer="乌鲁木齐市新市区北京路街道办事处", issuer_short="北京路街道",
        level="township/township", place="新疆维吾尔自治区/乌鲁木齐市/新市区/650104", year=2012,
    ),
    case(
        f"龙台镇2020年政府信息公开工作年度报告|{TOWN}",
        level="township/township", place="///", year=2020,
    ),
    case(
        f"龙台镇2020年政府信息公开工作年度报告|按照安岳县委、县政府的部署,{TOWN}|安岳县政府网站设专栏。",
        issuer_short="龙台镇", level="township/township", place="四川省/资阳市/安岳县/512021", year=2020,
    ),
    case(
        f"城区街道2013年政府信息公开年度报告|我街道公开信息。|诸暨市城区街道办事处|2014年3月3日",
        level="township/township", place="浙江省/绍兴市/诸暨市/330681", year=2013,
        signed_on="2014-03-03",
    ),
    case(
        f"宜都市五眼泉乡人民政府2013年政府信息公开工作总结|我乡公开信息。",
        level="township/township", place="湖北省/宜昌市/宜都市/420581", year=2013,
    ),
    case(
        f"鄂温克族自治旗巴彦塔拉达斡尔民族乡2013年政府信息公开工作年报|我乡公开信息。",
        issuer_short="巴彦塔拉达斡尔民族乡", level="township/township",
        place="内蒙古自治区/呼伦贝尔市/鄂温克族自治旗/150724", year=2013,
    ),
    case(
        f"阿拉善左旗吉兰泰苏木2013年政府信息公开工作年报|我苏木公开信息。",
        level="township/township", place="内蒙古自治区/阿拉善盟/阿拉善左旗/152921", year=2013,
    ),
    case(
        f"乡镇2012年政府信息公开工作年度报告|{TOWN}",
        place="///", year=2012,
    ),
    case(
        f"浦东新区川沙新镇人民政府2012年政府信息公开年度报告|{TOWN}",
        level="township/township", place="上海市//浦东新区/310115", year=2012,
    ),
    case(
        f"2012年度政府信息公开工作报告|{TOWN}|句容市茅山镇人民政府|2013年1月9日",
        issuer_short="茅山镇", level="township/township", place="江苏省/镇江市/句容市/321183", year=2012,
        signed_on="2013-01-09",
    ),
    case(
        f"东莞市虎门镇2014年政府信息公开年度报告|{TOWN}",
        issuer="东莞市虎门镇人民政府", issuer_short="虎门镇", level="township/township",
        place="广东省/东莞市//441900", year=2014,
    ),
]

ZONES = [
    case(
        f"苏州工业园区2014年政府信息公开年度报告|{RULES}|园区公开信息。",
        level="county/county", place="江苏省/苏州市//320500", year=2014,
    ),
    case(
        f"芜湖市经济技术开发区管委会2014年政府信息公开年度报告|{DISTRICT}",
        issuer="芜湖市经济技术开发区管委会", admin_level="county",
        place="安徽省/芜湖市//340200", year=2014,
    ),
    case(
        f"芜湖高新区管委会2014年政府信息公开年度报告|{RULES}",
        issuer="芜湖高新区管委会", place="安徽省/芜湖市//340200", year=2014,
    ),
    case(
        f"芜湖经济技术开发区财政局2014年政府信息公开年度报告|{BUREAU}",
        admin_level="department", place="安徽省/芜湖市//340200", year=2014,
    ),
    case(
        f"高新区2014年政府信息公开年度报告|{DISTRICT}",
        province=None, prefecture=None, region_code=None, year=2014,
    ),
    case(
        f"高新区2014年政府信息公开年度报告|{DISTRICT}|绵阳市高新区管委会|2015年1月30日",
        place="四川省/绵阳市//510700", year=2014, signed_on="2015-01-30",
    ),
    case(
        f"西咸新区2017年政府信息公开工作年度报告|{RULES}|新区公开信息。",
        level="prefecture/prefecture", province="陕西省", region_code=None, year=2017,
    ),
    case(
        f"黄山风景区管委会2014年政府信息公开工作年度报告|{RULES}|黄山市黄山风景区管委会公开信息。",
        place="安徽省/黄山市//341000", year=2014,
    ),
    case(
        f"绵阳市风景名胜区管理局2014年政府信息公开工作年度报告|{BUREAU}",
        level="department/prefecture", place="四川省/绵阳市//510700", year=2014,
    ),
]

OPENING = "本报告由概述、主动公开情况组成。"
YEARS = [
    case(f"安岳县政府信息公开年报|根据2008年5月1日起施行的《条例》,{COUNTY}|2012年,我县公开信息。"
         "|2012年收到申请3件,2012年无复议。|安岳县人民政府|2013年3月28日", year=2012),
    case(f"安岳县政府信息公开年度报告|{RULES}本报告所列数据的统计期限自2015年1月1日起至2015年12月31日止。"
         "|与2014年相比增长。|2016年1月5日", year=2015, signed_on="2016-01-05"),
    case(f"安岳县政府信息公开年度报告|现将我县二〇一二年度政府信息公开工作情况报告如下:|与2011年、2010年相比,有所增长。",
         year=2012),
    case(f"安岳县政府信息公开年度报告|{RULES}截至2012年底,公开信息100条。|2013年工作计划", year=2012),
    case(f"安岳县2012年政府信息公开工作总结及2013年工作计划|{COUNTY}", year=2012),
    case(f"安岳县2012年政府信息公开工作总结和2013年工作打算|{COUNTY}", year=2012),
    case(f"安岳县政府信息公开年度报告|{RULES}", year=None),
    case("安岳县政府信息公开年度报告|根据2007年国务院令第492号公布、2008年5月1日施行的《条例》,编制本报告。", year=None),
    case(f"安岳县2012政府信息公开年度报告|{COUNTY}", year=2012),
    case(f"安岳县二零一四年政府信息公开年度报告|{COUNTY}", year=2014),
    case(f"安岳县二0一一年政府信息公开年度报告|{COUNTY}", year=2011),
    case(f"安岳县 2012 年政府信息公开年度报告|{COUNTY}", title="安岳县2012年政府信息公开年度报告",
         year=2012),
    case(f"安岳县２０１２年度政府信息公开年度报告|{COUNTY}", year=2012),
    case(f"安岳县政府信息公开年度报告|(2012年度)|{COUNTY}", year=2012),
    case(f"安岳县政府信息公开年度报告|{RULES}|2012年,我县主动公开信息。2012年无申请。比2011年多。", year=2012),
    case(f"安岳县政府信息公开工作年度报告|{RULES}根据国办发〔2012〕26号文件精神,2011年我县公开信息,2011年无诉讼。|"
         "安岳县人民政府|2012年3月20日", year=2011, document_number=None),
    case(f"安岳县政府信息公开工作年度报告|{RULES}|2012年我县公开信息,2012年无诉讼。|安岳县人民政府|2012年12月28日",
         year=2012, signed_on="2012-12-28"),
    case("2008年,安岳县贯彻《条例》,取得成效。|2008年公开信息。|2009年,我县将继续努力。|安岳县人民政府|二○○九年二月三日",
         year=2008, signed_on="2009-02-03", title=None),
    case(f"安岳县政府信息公开年度报告|{RULES}|今年以来,我县公开信息。|2013年3月28日", year=None,
         signed_on="2013-03-28"),
    case(f"安岳县二〇〇八年五月至十二月政府信息公开年度报告|{COUNTY}", year=2008),
    case(f"安岳县2008年5月1日至2009年4月30日政府信息公开年度报告|{COUNTY}", admin_level="county"),
    case(f"2013年安岳县政府信息公开工作年度报告|{COUNTY}2013年公开。|2014年3月9日", year=2013),
]

SIGNED = [
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|2013.3.26", signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|2013-03-26", signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|2013/3/26", signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|二O一三年三月二十六日",
         signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|二〇一三年元月八日",
         signed_on="2013-01-08"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府 2013年 3 月 26 日",
         signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府2013年3月26日", signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|２０１３年３月２６日", signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|2013年3月26日|安岳县人民政府",
         signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|安岳县监察局|安岳县公开办|2013年3月26日",
         signed_on="2013-03-26", level="county/county"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|2013年3月26日|附件:统计表|"
         + "|".join(f"指标{n} 条 {n}" for n in range(30)), signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|2013年3月26日|附件1:指标统计表",
         signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|（2013年3月26日）|{COUNTY}", signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|全部工作已于2013年3月26日完成。", signed_on=None),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|统计期限为2012年1月1日至2012年12月31日",
         signed_on=None),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|发布时间:2013年3月26日", signed_on=None),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}", "发布时间: 2013-03-28", signed_on=None),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|2013年3月", signed_on=None),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|2013年13月45日", signed_on=None),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|安岳县人民政府|2013年2月30日", signed_on=None),
    case(f"安岳县2012年政府信息公开年报|会议于|2012年4月5日|召开。{COUNTY}|工作继续推进。|安岳县人民政府|2013年3月26日",
         signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}|（安岳县人民政府 2013年3月26日）",
         signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报 {RULES} 一、概述 {COUNTY} 安岳县人民政府 2013年3月26日",
         title="安岳县2012年政府信息公开年报", signed_on="2013-03-26",
         place="四川省/资阳市/安岳县/512021"),
    case(f"安岳县2012年政府信息公开年报 {RULES} 一、概述 {COUNTY} 安岳县人民政府 2013年3月26日 附表: "
         + "主动公开信息数 条 6 " * 200, signed_on="2013-03-26"),
    case(f"安岳县2012年政府信息公开年报{RULES}一、概述{COUNTY}安岳县人民政府2013年3月26日",
         title="安岳县2012年政府信息公开年报", signed_on="2013-03-26", year=2012,
         place="四川省/资阳市/安岳县/512021"),
]

NUMBERS = [
    case(f"安岳县人民政府文件|安府发〔2013〕12号|安岳县人民政府关于2012年度政府信息公开工作情况的报告|市人民政府:|{COUNTY}",
         document_number="安府发〔2013〕12号", year=2012,
         title="安岳县人民政府关于2012年度政府信息公开工作情况的报告", level="county/county"),
    case(f"安府发[2013]12号|安岳县2012年政府信息公开年报|{COUNTY}", document_number="安府发[2013]12号"),
    case(f"安岳县2012年政府信息公开年报|安府发（2013）12号|{COUNTY}", document_number="安府发（2013）12号"),
    case(f"安岳县2012年政府信息公开年报|安府办函【2013】第 5 号|{COUNTY}",
         document_number="安府办函【2013】第5号"),
    case(f"安府发〔2013〕12号 签发人:某某|安岳县2012年政府信息公开年报|{COUNTY}",
         document_number="安府发〔2013〕12号"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}", "文号: 安府发〔2013〕12号",
         document_number="安府发〔2013〕12号"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}", "发文字号:安府发〔2013〕12号",
         document_number="安府发〔2013〕12号"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}", "索引号:0001 文号:安府发〔2013〕12号 主题:公开",
         document_number="安府发〔2013〕12号"),
    case(f"安岳县2012年政府信息公开年报|{COUNTY}", "文 号:无", document_number=None),
    case(f"安岳县2012年政府信息公开年报|根据《通知》(国办发〔2012〕26号)要求,{COUNTY}",
         document_number=None),
    case(f"安岳县2012年政府信息公开年报 安府发〔2013〕12号 {RULES} {COUNTY}",
         document_number="安府发〔2013〕12号", title="安岳县2012年政府信息公开年报"),
]

TITLES = [
    case(f"安岳县教育局|2012年度|政府信息公开工作年度报告|{RULES}|{BUREAU}",
         title="安岳县教育局2012年度政府信息公开工作年度报告", year=2012,
         level="department/county", place="四川省/资阳市/安岳县/512021"),
    case(f"关于安岳县教育局2012年度政府信息公开|工作情况的报告|{RULES}|{BUREAU}",
         title="关于安岳县教育局2012年度政府信息公开工作情况的报告", year=2012,
         level="department/county"),
    case(f"安岳县2012年政府信息公开年度报告（草案）|{COUNTY}",
         title="安岳县2012年政府信息公开年度报告（草案）", year=2012, level="county/county"),
    case(f"安岳县人民政府|政府信息公开工作年度报告|（2012年）|{COUNTY}",
         title="安岳县人民政府政府信息公开工作年度报告（2012年）", year=2012, level="county/county"),
    case(f"安岳县2012年政府信息公开年度报告|——以公开促落实|{COUNTY}",
         title="安岳县2012年政府信息公开年度报告", year=2012),
    case(f"安岳县政务公开工作2012年度报告|{COUNTY}", title="安岳县政务公开工作2012年度报告", year=2012,
         level="county/county"),
    case(f"安岳县2012年度政务信息公开工作总结|{COUNTY}", level="county/county", year=2012,
         title="安岳县2012年度政务信息公开工作总结"),
    case(f"一、主动公开政府信息情况|{COUNTY}", title=None, year=None),
    case(f"{RULES}|一、概述|{COUNTY}", title=None, admin_level="county", place="///"),
    case(f"安岳县|2012年政府信息公开|工作年度报告|{COUNTY}",
         title="安岳县2012年政府信息公开工作年度报告", level="county/county", year=2012),
    case(f"安岳县教育局2012年政府信息公开工作自查报告|{BUREAU}",
         title="安岳县教育局2012年政府信息公开工作自查报告", level="department/county", year=2012),
    case(f"2012年安岳县教育局信息公开年报|{BUREAU}", level="department/county", year=2012,
         issuer="安岳县教育局"),
    case(f"{RULES}|一、概述|{BUREAU}", "标题: 安岳县教育局2012年度政府信息公开年度报告",
         title="安岳县教育局2012年度政府信息公开年度报告", level="department/county", year=2012),
    case(f"四川省资阳市安岳县教育局2012年政府信息公开工作年度报告|{BUREAU}",
         issuer="四川省资阳市安岳县教育局", level="department/county",
         place="四川省/资阳市/安岳县/512021"),
    case(f"共青团安岳县委2012年政府信息公开工作年度报告|{RULES}",
         level="department/county", place="四川省/资阳市/安岳县/512021"),
    case(f"安岳县党务政务公开2012年度工作报告|{COUNTY}", level="county/county", year=2012),
    case(f"安岳县2012年政府信息公开工作年度报告|“安岳县2012年政府信息公开工作年度报告”由本府办公室编制。|{COUNTY}",
         level="county/county", title="安岳县2012年政府信息公开工作年度报告"),
]

FORMS = [
    case(f"安岳县2021年政府信息公开年报|{COUNTY}|信息内容 本年制发件数 本年废止件数 现行有效件数",
         form="table2021"),
    case(f"安岳县2019年政府信息公开年报|{COUNTY}|信息内容 本年新制作数量 本年新公开数量 对外公开总数量",
         form="table2019"),
    case(f"安岳县2015年政府信息公开年报|{COUNTY}|政府信息公开情况统计表|(一)收到申请数 件 3|(二)申请办结数 件 3",
         form="table2014"),
    case(f"安岳县2015年政府信息公开年报|{COUNTY}详见政府信息公开情况统计表。", form="prose"),
    case(f"安岳县2010年政府信息公开年报|{COUNTY}|指标名称 计量单位 年末统计|主动公开信息数 条 6",
         form="local_table"),
    case(f"安岳县2010年政府信息公开年报|{COUNTY}", form="prose"),
]

GROUPS = {
    "province": PROVINCES, "national": NATIONAL, "prefecture": PREFECTURES, "county": COUNTIES,
    "township": TOWNSHIPS, "zone": ZONES, "year": YEARS, "signed": SIGNED, "number": NUMBERS,
    "title": TITLES, "form": FORMS,
}  # fmt: skip
CASES = [
    pytest.param(each, id=f"{group}-{number}")
    for group, cases in GROUPS.items()
    for number, each in enumerate(cases)
]


@pytest.mark.parametrize("each", CASES)
def test_identity(each: Case) -> None:
    who = identify(document(each.text, each.furniture))
    got = {name: getattr(who, name) for name in each.expected}
    assert got == each.expected, who.reasons
