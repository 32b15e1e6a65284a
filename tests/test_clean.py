"""Cleaning: what is furniture goes with its rule, what is body stays, and nothing is lost."""

# One case a line: a Chinese character counts as two columns.
# ruff: noqa: E501, ISC004

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.model import Document, Page
from govtext.core.text import fold
from govtext.extract.clean import clean
from govtext.read.flow import Box, Flow
from tests.cases import every, examples

TITLE = "某县2013年政府信息公开工作年度报告"
BODY = "2013年，我县认真贯彻《政府信息公开条例》，主动公开政府信息356条。"
SIGNED = "某县人民政府\n2014年3月20日"


def cleaned(text: str) -> Document:
    return clean(Page(text, "txt", "utf-8", ""))


# --- lines that go ------------------------------------------------------------------------------

ABOVE_TITLE = [
    "首页 > 政务公开 > 政府信息公开年报",
    "首页>>信息公开>>年度报告",
    "当前位置：首页 > 信息公开 > 年报",
    "您现在的位置： 首页 » 政府信息公开 » 年度报告 » 正文",
    "您当前的位置：网站首页->政务公开->年报->正文",
    "您所在的位置: 首页 / 政府信息公开 / 政府信息公开年报",
    "所在位置：首页 - 政务公开 - 信息公开年报",
    "网站首页 | 政务公开 | 办事服务 | 互动交流 | 走进某县",
    "首页 新闻中心 政务公开 网上办事 政民互动",
    "首页",
    "设为首页 | 加入收藏 | 联系我们",
    "繁体 | 简体 | 无障碍浏览 | 长者模式",
    "首页\n政务公开\n办事服务\n互动交流\n当前位置：首页 > 年报",
    "今天是2014年3月20日 星期四\n当前位置：首页 > 政务公开",
    "索引号：000014349/2014-00012\n主题分类：政务公开\n发文机关：某县人民政府\n成文日期：2014年03月20日",
    "索 引 号： 000014349/2014-00012 主题分类： 政务公开 发布机构： 某县政府办 发布日期： 2014-03-20 文　　号： 无",
    "索引号：\n000014349/2014-00012\n主题分类：\n政务公开\n发文机关：\n某县人民政府办公室\n发布日期：\n2014-03-20",
    "信息分类：年度报告 / 综合政务 有效性：有效",
    f"标题: {TITLE}\n发布时间: 2014-03-20 00:00\n栏目: 年报\n==================== 正文 ====================",
    "您当前所在的位置：首页 > 信息公开目录 > 部门信息公开 > 水务局",
    "当前栏目：首页 > 年度报告",
    "位置： 首页 >> 政务公开",
    "某市人民政府门户网站",
    "首页 | 市情 | 政务 | 服务 | 互动",
    "欢迎访问某市水务局网站！ 今天是2017年1月12日 星期四",
    "欢迎您来到某市水务局",
    "首页\n要闻\n公开\n服务\n互动",
    "搜索\n热门搜索：社保 公积金\n当前位置： 首页 > 信息公开",
    "发布日期：2017-01-12 信息来源： 市水务局 点击数： 12 次",
    "索引号: 11330100/2017-0001 公开方式: 主动公开 公开日期: 2017-01-12 责任部门: 市水务局",
    "信息索引号 11330100/2017-0001 生成日期 2017-01-12 公开方式 主动公开",
    "【索引号】\n11330100\n【公开日期】\n2017-01-12",
    "发文机关： 某市水务局 成文日期： 2017年01月12日 标　　题： 某县2013年政府信息公开工作年度报告 文　　号： 主 题 词：",
    "无障碍 关怀版 | 登录 | 注册",
    "政府信息公开 > 法定主动公开内容 > 政府信息公开年报",
    "Home > 信息公开",
    "网站支持IPv6",
    "本网站已支持IPv6",
    "索 引 号 | 014416330/2018-04736 | 分 类 | 信息公开年报 综合政务，文秘工作 其他 |\n发布机构 | 县政府办 | 发文日期 | 2014-02-28 |\n文 号 | 有 效 性 |",
    "名称 | 某县2013年政府信息公开工作年度报告 | ||\n文件下载 | 某县2013年政府信息公开工作年度报告.doc | ||\n时效 |",
    "• 索 引 号：XM02100-0101\n  • 备注/文号：某府〔2014〕1号\n  • 公文生成日期：2014-01-04",
    "- 索引号: ks/2014-00017\n- 发布机构: 某县人民政府\n- 文号:\n- 时效性: 有效",
    "名称 某县2013年政府信息公开工作年度报告\n索引号 00000001/2014-00042 分类 年报\n发布机构 某县政府办 发文日期 2014-02-26\n文号 关键词\n时效",
    "信息公开元数据\n||||||||||||||||||||",
    "选择搜索类型\n请输入搜索",
    "文    号成文日期：2014-01-22发布日期：2014-01-22\n体    裁生效日期废止日期",
    "113307000025920705/2014-04367",
]

BELOW_TITLE = [
    "来源：某县政府办公室 发布时间：2014-03-20 09:30 浏览次数：128",
    "发布时间：2014-03-20",
    "发布日期:2014年03月20日 来源:某县人民政府",
    "时间：2014-03-20 10:11:12  来源：办公室  点击：35",
    "2014-03-20 09:30 来源：某县政府网 【字号：大 中 小】",
    "2014-03-20 09:30:15",
    "信息来源：县政府办　　发布者：管理员　　阅读：57次",
    "[ 索引号 ] 000014349 [ 发布日期 ] 2014-03-20",
    "作者：办公室 编辑：张某 审核：李某",
    "【字体：大 中 小】【打印】【关闭】",
    "【字号：大 中 小】 【我要打印】 【关闭窗口】",
    "字体：[ 大 中 小 ]",
    "文字大小：[ 大 ][ 中 ][ 小 ] 背景色：",
    "字体大小： 大 中 小 打印 收藏 分享到：",
    "字号：",
    "T|T 打印本页",
    "浏览次数：128次",
    "浏览量：1024",
    "阅读(128)",
    "点击数：[ 35 ]",
    "分享到：",
    "分享到： 新浪微博 微信 QQ空间 人人网",
    "分享到：\n新浪微博\n微信\nQQ空间",
    "打印本页",
    "[打印] [关闭] [收藏]",
    "打印 分享 收藏",
    "我要纠错 【打印】 【关闭】",
    "扫一扫在手机打开当前页",
    "保护视力色： 字体： 大 中 小",
    "访问次数： 245 信息来源： 政府办 更新日期： 2014-3-20",
    "浏览次数：\n128\n字体：[大 中 小]",
    "责任编辑：办公室",
    "语音播报：",
    "发布时间：2017-01-12 10:00:00　来源：某市水务局　字体：【大 中 小】",
    "2017-01-12 来源： 市水务局",
    "发布时间: 2017年1月12日 访问量: 235 ",
    "字体显示：大 中 小",
    "【字体大小：大 中 小】",
    "字号：大 中 小 打印",
    "字体【大】【中】【小】 打印 关闭",
    "大 中 小",
    "A- A A+",
    "[ 打 印 ]",
    "打 印",
    "分享至：",
    "分享到 微信 微博 QQ空间",
    "扫码分享",
    "阅读次数：",
    "阅读： 次",
    "浏览：53",
    "发布人：admin",
    "日期：2017-01-12 作者： 来源： 点击：",
    "更新时间：2017-01-12 10:23 浏览次数： 次 打印本页 关闭窗口",
    "【信息时间：2017/1/12　阅读次数：】【打印】【关闭】",
    "信息时间：2017-01-12",
    "[发布日期：2017-01-12] [来源：市水务局] [点击：32]",
    "2017年01月12日 10:00 来源：水务局",
    "语音播报 打印 收藏 纠错",
    "听全文",
    "稿源：本站",
    "文章来源：本站原创 发布时间：2017-01-12 点击数： 【字体：小 大】",
    "责任编辑：水务局 阅读：1",
    "视力保护色： 【大 中 小】 【打印】",
]

BEHIND_BODY = [
    "[打印本页] [关闭窗口]",
    "【打印】【关闭】",
    "【打印本页】　【关闭窗口】　【返回顶部】",
    "关闭",
    "打印",
    "关闭窗口",
    "返回顶部",
    "打印本页 | 关闭窗口 | 加入收藏",
    "[打印本页] [关闭窗口]\n政府信息公开年报",
    "分享到：",
    "分享到： 新浪微博 腾讯微博 微信 QQ空间",
    "分享到\n微信\n新浪微博\nQQ空间",
    "分享：",
    "上一篇：某县财政局2013年政府信息公开工作年度报告\n下一篇：没有了",
    "上一条：某局2012年年度报告 下一条：某局2014年年度报告",
    "上一篇\n某县财政局2013年年度报告\n下一篇\n某县民政局2013年年度报告",
    "相关链接：\n国务院\n省政府\n市政府",
    "相关阅读：\n某县2012年政府信息公开工作年度报告\n某县2011年政府信息公开工作年度报告",
    "相关稿件",
    "关联稿件:\n-\n扫一扫在手机打开当前页",
    "相关文章\n· 关于公开目录的通知 2014-03-01\n· 关于公开指南的通知 2014-02-01",
    "推荐阅读：",
    "扫一扫在手机打开当前页",
    "扫描二维码关注微信公众号",
    "用微信扫一扫 分享至朋友圈",
    "主办：某县人民政府 承办：某县信息中心",
    "主办单位：某县人民政府办公室\n技术支持：某某科技有限公司",
    "版权所有：某县人民政府 未经授权禁止转载",
    "Copyright © 2014 某县人民政府 All Rights Reserved",
    "某ICP备05012345号",
    "某ICP备05012345号-1 网站标识码：3412000012 某公网安备 34120002000123号",
    "网站地图 | 联系我们 | 关于我们 | 隐私声明",
    "建议使用1024*768分辨率浏览;IE8.0以上浏览器",
    "您是第 123456 位访问者",
    "责任编辑：办公室",
    "（责任编辑：张某）",
    "来源：某县人民政府网",
    "浏览次数：128 次",
    "附件下载",
    "附件下载：",
    "文件下载：",
    "- 3 -",
    "第 3 页 共 5 页",
    "我要纠错 打印 关闭",
    "浏览次数：35\n打印本页\n关闭窗口\n上一篇：某局年报\n下一篇：没有了\n版权所有：某县人民政府\n某ICP备05012345号",
    "版权所有：某县人民政府\n地址：某县中山路1号 邮编：230000\n电话：0550-1234567",
    "【 大 中 小 】【打印】【关闭】",
    "纠错",
    "[ 返回 ]",
    "打印本页 关闭窗口 返回顶部",
    "【打印此页】【关闭窗口】",
    "打印 | 关闭",
    "【关闭窗口】 【打印本页】 来源：",
    "[收藏] [打印] [关闭]",
    "分享到： 0",
    "分享到：QQ空间新浪微博腾讯微博人人网微信",
    "上一篇： 无 下一篇： 无",
    "上一条：关于甲的通知\n下一条：关于乙的通知",
    "上一篇：没有了！\n下一篇：没有了！",
    "< 上一篇\n下一篇 >",
    "相关附件：\n统计表.xls",
    "相关信息：",
    "相关文档\n· 甲\n· 乙",
    "热门推荐\n甲\n乙",
    "扫描二维码 分享到手机",
    "扫一扫，手机浏览",
    "微信扫一扫：分享",
    "版权所有 某市水务局 地址：某市某路1号 邮编：310000",
    "主办单位：某市水务局 技术支持：某市信息中心 浙ICP备12345678号",
    "Copyright 2017 某市水务局",
    "网站标识码：3301000001 浙公网安备33010002000001号",
    "联系我们 | 网站地图 | 网站声明",
    "关于我们|联系我们|网站地图|隐私保护",
    "Produced By 大汉网络 大汉版通发布系统",
    "政府网站找错",
    "友情链接：",
    "【返回顶部】",
    "返回列表",
    "[纠错] [打印] [关闭]",
    "本站访问量：123456",
    "您是第12345位访客",
    "稿件来源：市水务局",
    "浏览量：23",
    "点击数：23",
    "信息员：张某",
    "责编：张某 审核：李某",
    "（来源：市水务局）",
    "本文共1页 当前第1页",
    "第1页",
    "END",
    "打印版面",
    "打印本页关闭窗口",
    "TOP",
    "网页设计：某某公司",
    "为确保最佳浏览效果，建议您使用1024*768分辨率",
    "主管单位：某市人民政府",
    "党政机关 事业单位",
    "无障碍声明",
]


@every("line", ABOVE_TITLE)
def test_above_the_title(line):
    assert cleaned(f"{line}\n{TITLE}\n{BODY}\n{SIGNED}").text == f"{TITLE}\n{BODY}\n{SIGNED}"


@every("line", BELOW_TITLE)
def test_below_the_title(line):
    assert cleaned(f"{TITLE}\n{line}\n{BODY}\n{SIGNED}").text == f"{TITLE}\n{BODY}\n{SIGNED}"


@every("line", BEHIND_BODY)
def test_behind_the_signature(line):
    assert cleaned(f"{TITLE}\n{BODY}\n{SIGNED}\n{line}").text == f"{TITLE}\n{BODY}\n{SIGNED}"


@every("line", BEHIND_BODY)
def test_behind_the_body_without_a_signature(line):
    assert cleaned(f"{TITLE}\n\n{BODY}\n\n{line}\n").text == f"{TITLE}\n{BODY}"


# --- lines that stay ----------------------------------------------------------------------------

BODY_LINES = [
    "来源于网站的申请占九成，其余为信函。",
    "来源广泛的意见建议共35条",
    "数据来源：县统计局",
    "打印机、复印机等设备全部到位。",
    "打印公开指南500份，发放到村",
    "关闭不合格网站3家，整合2家。",
    "关闭僵尸网站",
    "首页设置“政府信息公开”专栏，点击量达3万次。",
    "首页改版，增设公开专栏",
    "分享经验做法，开展业务交流。",
    "分享会2场",
    "附件：某县政府信息公开情况统计表",
    "附件：1.某县政府信息公开情况统计表\n2.某县政府信息公开目录",
    "附件1：2013年统计表.xls",
    "附：统计表",
    "相关部门积极配合，形成合力。",
    "相关信息已在网站公开",
    "上一年度结转申请2件。",
    "上一篇年度报告提出的问题已整改。",
    "下一步，我县将继续推进政府信息公开。",
    "下一步工作打算",
    "推荐先进单位3个",
    "扫码办理事项30项",
    "二维码公示牌已设置",
    "主办建议12件，协办提案5件。",
    "主办单位责任明确，承办单位办理及时",
    "完成ICP备案3家",
    "版权登记信息12条",
    "联系地址：某县中山路1号\n邮编：230000\n联系电话：0550-1234567",
    "联系人：张某 电话：0550-1234567",
    "电子邮箱：xxgk@example.gov.cn",
    "浏览次数达到12万次",
    "点击量120万次，同比增长两成",
    "阅读量超过10万次的文章3篇",
    "网站访问量 1200000 次",
    "返回修改3件",
    "收藏单位公开馆藏信息",
    "微信",
    "微信公众号发布信息35条。",
    "政务微博",
    "政务微博 35 条",
    "大中小企业政策发布",
    "时间紧、任务重的工作已经完成",
    "日期、文号、标题要素齐全",
    "位置：县政务服务中心一楼",
    "第三页所列事项已公开。",
    "2/3以上的单位设立了查阅点",
    "3/12",
    "政务公开 信息公开 两手抓",
    "（此件公开发布）",
    "抄送：县委办公室，县人大办公室。",
    "特此报告",
    "特此报告。",
    "发文单位12家",
    "编辑简报24期",
    "作者座谈会2次",
    "简体字印刷材料300份",
    "人气活动5场",
    "责任编辑队伍建设",
    "联系我们的群众共300人",
    "网站地图服务升级",
    "技术支持单位到场培训2次",
    "建议使用规范文书",
    "栏目：共设8个，更新及时",
    "浏览器兼容性改造完成",
    "联系电话：0571-1234567 传真：0571-7654321",
    "网站首页改版1次",
    "打印复印费用全免",
    "打印费0元",
    "微信公众号",
    "热点信息12条",
    "最新信息",
    "相关内容",
    "附件1\n统计表",
    "附件2：",
    "附：政府信息公开情况统计表",
    "（联系人：张某，电话：0571-1234567）",
    "此报告。",
    "以上报告，请审阅。",
    "某市水务局办公室",
    "主题词：信息公开 年度报告",
    "抄送：市政府办公室",
    "共印20份",
    "无",
    "（无）",
    "责任编辑3人",
    "新浪微博发布信息30条",
    "新浪微博\n30",
    "合计\n120",
    "说明：以上数据截至12月31日",
    "注：数据来源于统计表",
    "单位负责人：张某 审核人：李某 填报人：王某",
    "单位负责人：张某\n审核人：李某\n填报人：王某\n联系电话：0571-1234567\n填报日期：2017年1月12日",
    "填报单位：某市水务局",
    "单位：件",
    "2017年1月12日印发",
    "政务公开",
    "办事服务指南50册",
    "网站",
]


@every("line", BODY_LINES)
@every("place", ["opening", "middle", "tail"])
def test_a_body_line_stays(line, place):
    text = {
        "opening": f"{TITLE}\n{BODY}\n{line}\n一、概述\n{BODY}\n{SIGNED}",
        "middle": f"{TITLE}\n{BODY}\n一、概述\n{BODY}\n{line}\n{BODY}\n{SIGNED}",
        "tail": f"{TITLE}\n{BODY}\n一、概述\n{BODY}\n{line}\n{SIGNED}",
    }[place]
    document = cleaned(text)
    assert document.text == text
    assert document.removals == ()


# Tables whose cells stand on lines of their own, and other endings that only look like furniture.
ENDINGS = [
    "附表\n统计指标\n单位\n统计数\n一、主动公开情况\n——\n——\n（一）主动公开政府信息数\n条\n356\n"
    "3.政务微博公开政府信息数\n条\n35\n4.政务微信公开政府信息数\n条\n0",
    "渠道\n条数\n网站\n300\n微博\n20\n微信\n36\n公报\n0",
    "政务新媒体\n新增\n3\n关闭\n2\n现有\n5",
    "指标\n数值\n访问量\n120000\n下载\n35\n打印\n12\n收藏\n3",
    "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n0\n0\n0\n0\n0\n-\n-\n-",
    "规章\n0\n0\n0\n行政规范性文件\n3\n1/2\n-3\n",
    "六、其他需要报告的事项\n无",
    "六、其他需要报告的事项\n我县无其他需要报告的事项",
    "联系单位：某县政务公开办\n地址：某县中山路1号\n邮编：230000\n电话：0550-1234567",
    "某县人民政府办公室\n二〇一四年三月二十日",
    "某县财政局\n2014.3.20",
    "（盖章）\n某县人民政府\n2014年3月20日",
    "附件：\n1.统计表\n2.指南",
    "附件下载情况\n12次",
    "序号\n项目\n1\n相关信息\n2\n相关文件\n3\n最新信息",
    "项目\n数量\n网站访问\n高\n微信\n低\n分享\n中",
    "项目 数量\n网站 30\n微信 15",
    "评价\n好",
    "| 指标 | 数 |\n|---|---|\n| 公开 | 3 |",
]


@every("ending", ENDINGS)
def test_an_ending_stays(ending):
    text = f"{TITLE}\n{BODY}\n{ending}".rstrip("\n")
    assert cleaned(text).text == text


@every("ending", ENDINGS)
@every("foot", ["[打印本页] [关闭窗口]", "关闭", "上一篇：某局年报\n下一篇：没有了"])
def test_an_ending_stays_above_buttons(ending, foot):
    text = f"{TITLE}\n{BODY}\n{ending}".rstrip("\n")
    assert cleaned(f"{text}\n{foot}").text == text


@pytest.mark.parametrize(
    "foot",
    [
        "某县人民政府\n2014年3月20日\n[打印本页] [关闭窗口]\n某县人民政府网站 年度报告",
        "某县人民政府\n[关闭窗口]\n2014年3月20日",
        "[打印本页] [关闭窗口]\n某县人民政府\n2014年3月20日",
    ],
)
def test_a_signature_stays_among_buttons(foot):
    text = cleaned(f"{TITLE}\n{BODY}\n{foot}").text
    assert text == f"{TITLE}\n{BODY}\n{SIGNED}"


# --- whole pages --------------------------------------------------------------------------------

PAGES = [
    ("three lines", "某局2012年年度报告\n2012年申请0件。\n某局", None),
    ("one sentence", "2012年未收到申请。", None),
    (
        "no stop at all",
        "某局2012年年度报告\n一、概述\n全年公开信息12条\n二、申请\n无\n某局\n2013年1月5日",
        None,
    ),
    ("a title alone", TITLE, None),
    ("a title twice", f"{TITLE}\n{TITLE}\n{BODY}", f"{TITLE}\n{BODY}"),
    (
        "a title in two lines, printed twice",
        f"某县人民政府\n2013年政府信息公开工作年度报告\n某县人民政府\n2013年政府信息公开工作年度报告\n{BODY}",
        f"某县人民政府\n2013年政府信息公开工作年度报告\n{BODY}",
    ),
    (
        "a title above the byline and once more",
        f"{TITLE}\n来源：某县 发布时间：2014-03-20\n{TITLE}\n{BODY}",
        f"{TITLE}\n{BODY}",
    ),
    (
        "a title again in the annex",
        f"{TITLE}\n{BODY}\n附表\n{TITLE}\n指标\n数值",
        None,
    ),
    (
        "a heading that repeats the title",
        f"{TITLE}\n一、{TITLE}\n{BODY}",
        None,
    ),
    (
        "a browser's title above",
        f"{TITLE}_某县人民政府\n{TITLE}\n{BODY}",
        f"{TITLE}\n{BODY}",
    ),
    (
        "a catalogue record with the title",
        f"索引号：0001-2014\n名　　称：{TITLE}\n{TITLE}\n{BODY}",
        f"{TITLE}\n{BODY}",
    ),
    (
        "one line, archive",
        f"当前位置： 首页政务公开政府信息公开年报 {TITLE} 来源：某县 时间：2014-03-20 00:00 --> "
        f"微信 微博 QQ空间 全真版 文字版 文件下载 相关链接： {BODY} 一、概述 {BODY} 某县人民政府 "
        "2014年3月20日 附件下载",
        f"{TITLE}\n{BODY} 一、概述 {BODY} 某县人民政府 2014年3月20日",
    ),
    (
        "one line, trail with marks",
        f"您当前的位置：首页 > 政务公开 > 年度报告 {TITLE} 发布日期：2014-03-20 来源：县政府办 "
        f"字体：[大 中 小] {BODY}一、概述 {BODY}某县人民政府2014年3月20日 【打印】 【关闭】",
        f"{TITLE}\n{BODY}一、概述 {BODY}某县人民政府2014年3月20日",
    ),
    (
        "one line, buttons and neighbours at the end",
        f"{TITLE} {BODY} 某县人民政府 2014年3月20日 [打印本页] [关闭窗口] 上一篇：某局年报 下一篇：没有了",
        f"{TITLE} {BODY} 某县人民政府 2014年3月20日",
    ),
    (
        "one line, site foot at the end",
        f"{TITLE} {BODY} 某县人民政府 2014年3月20日 版权所有：某县人民政府 某ICP备05012345号",
        f"{TITLE} {BODY} 某县人民政府 2014年3月20日",
    ),
    (
        "an empty source before the prose",
        f"{TITLE} 来源： 时间：2014-03-20 09:30 {BODY}",
        f"{TITLE}\n{BODY}",
    ),
    (
        "a page with everything",
        f"某县人民政府\n首页\n政务公开\n办事服务\n当前位置：首页 > 年报\n索引号：0001\n发文机关：某县\n{TITLE}\n"
        f"发布时间：2014-03-20 09:30\n来源：某县\n字体：[大 中 小]\n分享到：\n微信\n新浪微博\n{BODY}\n一、概述\n"
        f"{BODY}\n{SIGNED}\n【打印】【关闭】\n上一篇：甲\n下一篇：乙\n相关链接：\n国务院\n主办：某县\n"
        "某ICP备05012345号",
        f"{TITLE}\n{BODY}\n一、概述\n{BODY}\n{SIGNED}",
    ),
    ("page numbers in the middle", f"{TITLE}\n{BODY}\n- 2 -\n{BODY}", f"{TITLE}\n{BODY}\n{BODY}"),
    (
        "a document number and an addressee",
        f"{TITLE}\n某政发〔2014〕5号\n市人民政府：\n{BODY}",
        None,
    ),
    ("a table of contents", f"{TITLE}\n目录\n一、概述\n二、主动公开情况\n一、概述\n{BODY}", None),
    ("a long first paragraph that names its source", f"{TITLE}\n来源：{BODY}", None),
    ("a date below the title", f"{TITLE}\n（2014年3月20日）\n{BODY}", None),
    ("prose above a line like the mark of an archive", f"{BODY}\n====== 正文 ======\n{BODY}", None),
    ("Markdown", f"# {TITLE}\n\n## 一、概述\n\n{BODY}", f"# {TITLE}\n## 一、概述\n{BODY}"),
]


@every(("name", "page", "text"), PAGES)
def test_page(name, page, text):
    assert cleaned(page).text == (page if text is None else text)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029", "\n\n\n"])
def test_line_ends_of_every_kind(end):
    lines = ["首页 > 年报", TITLE, BODY, "关闭"]
    assert cleaned(end.join(lines)).text == f"{TITLE}\n{BODY}"


def test_private_use_and_damaged_characters_stay():
    text = f"{TITLE}\n满意率98\ue0102%，公开\U000f0001信\ufffd息3条。"
    assert cleaned(text).text == text


def test_an_empty_page_gives_an_empty_document():
    document = cleaned(" \n\u3000\n")
    assert (document.text, document.segments, document.removals) == ("", (), ())


def test_the_record_of_an_archive_is_kept_as_removals():
    document = cleaned(f"标题: {TITLE}\n发布机构: 某县\n====== 正文 ======\n{BODY}")
    assert [removal.text for removal in document.removals][:2] == [
        f"标题: {TITLE}",
        "发布机构: 某县",
    ]


# --- every rule ---------------------------------------------------------------------------------

FURNITURE = rules.load("furniture")


def _matches(row: rules.Row, text: str) -> bool:
    expression = rules.pattern(row, flags=re.IGNORECASE)
    if row["scope"] == "span":
        return expression.search(fold(text)) is not None
    if row["scope"] in {"control", "token"}:
        return any(expression.fullmatch(cell) for cell in re.split(r"[\s\[\]|:]+", fold(text)))
    return expression.fullmatch(fold(text)) is not None


@every("row", FURNITURE)
def test_a_rule_matches_its_example(row):
    assert _matches(row, row["example"])


@every("row", FURNITURE)
def test_a_rule_spares_its_counter_example(row):
    assert not _matches(row, row["counter_example"])


REMOVING = [
    row for row in FURNITURE if row["scope"] in {"line", "control", "from", "to", "header", "page"}
]


@every("row", REMOVING)
def test_an_example_is_removed_and_a_counter_example_kept(row):
    def page(line: str) -> str:
        above = line if row["zone"] in {"head", "any", "body"} else ""
        below = line if row["zone"] in {"tail", "any", "body"} else ""
        return f"{above}\n{TITLE}\n{BODY}\n{SIGNED}\n{below}"

    assert cleaned(page(row["example"])).text == f"{TITLE}\n{BODY}\n{SIGNED}"
    kept = row["counter_example"]
    text = f"{TITLE}\n{BODY}\n{kept}\n{BODY}\n{kept}\n{SIGNED}"
    assert cleaned(text).text == text


def test_no_two_rules_share_a_pattern():
    seen = [(row["zone"], row["scope"], row["pattern"]) for row in FURNITURE]
    assert len(seen) == len(set(seen))


# --- properties ---------------------------------------------------------------------------------

_PROSE = st.sampled_from(
    [
        BODY,
        "（一）组织领导。我局成立了领导小组。",
        "二、依申请公开情况",
        "全年收到申请3件，均按时答复。",
        "1.网站公开。公开信息12条；",
        "附表",
        "统计指标 单位 统计数",
        "条",
        "35",
        "微信",
        TITLE,
        SIGNED,
    ]
)
_FURNITURE = st.sampled_from(sorted({*ABOVE_TITLE, *BELOW_TITLE, *BEHIND_BODY}))
_NOISE = st.text("一二、。(（）1关闭打印来源：> \u3000\t\u200b\ue010首页-=[]*#A\x00😀", max_size=30)
_PAGES = st.lists(st.one_of(_PROSE, _FURNITURE, _NOISE), max_size=30)
_ENDS = st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\f", " ", ""])


@st.composite
def _text(draw):
    return "".join(line + draw(_ENDS) for line in draw(_PAGES))


def _solid(text: str) -> str:
    return "".join(mark for mark in text if fold(mark) != " " and mark != "\n")


@given(_text())
@settings(max_examples=examples(300, 75))
def test_kept_and_removed_are_all_there_was_in_order(text):
    document = cleaned(text)
    pieces = [(removal.raw_start, removal.text) for removal in document.removals]
    pieces += [
        (segment.raw_start, document.text[segment.start : segment.start + segment.length])
        for segment in document.segments
    ]
    pieces.sort()
    assert all(text[start : start + len(piece)] == piece for start, piece in pieces)
    assert _solid("".join(piece for _, piece in pieces)) == _solid(text)
    assert all(a + len(one) <= b for (a, one), (b, _) in pairwise(pieces))


@given(_text())
@settings(max_examples=examples(200, 60))
def test_every_character_leads_back_to_itself(text):
    document = cleaned(text)
    for position, mark in enumerate(document.text):
        start, end = document.raw_span(position, position + 1)
        if mark != "\n":
            assert text[start:end] == mark


@given(_text())
@settings(max_examples=examples(300, 75))
def test_cleaning_twice_removes_nothing_more(text):
    once = cleaned(text)
    again = cleaned(once.text)
    assert again.text == once.text
    assert again.removals == ()


_BODIES = st.lists(
    st.sampled_from(
        [
            BODY,
            "一、概述",
            "（一）组织领导。我局成立了领导小组。",
            "全年收到申请3件，均按时答复。",
            "下一步，我局将继续推进。",
            "附件：统计表",
            "二、依申请公开情况",
        ]
    ),
    min_size=1,
    max_size=8,
)


@given(_BODIES)
def test_a_text_without_furniture_passes_unchanged(body):
    text = "\n".join([TITLE, *body, SIGNED])
    document = cleaned(text)
    assert document.text == text
    assert document.removals == ()


def _examples(zone: str) -> list[str]:
    """Examples of the rules that take out whole lines."""
    scopes = {"line", "control", "to", "from", "page"}
    return [
        row["example"]
        for row in FURNITURE
        if row["zone"] in (zone, "any", "body") and row["scope"] in scopes
    ]


@given(
    st.lists(st.sampled_from(ABOVE_TITLE + _examples("head")), max_size=3),
    st.lists(st.sampled_from(BELOW_TITLE + _examples("head")), max_size=3),
    _BODIES,
    st.lists(st.sampled_from(BEHIND_BODY + _examples("tail")), max_size=4),
)
@settings(max_examples=examples(300, 75))
def test_furniture_around_a_body_leaves_it_as_it_was(above, below, body, behind):
    text = "\n".join([TITLE, BODY, *body, SIGNED])
    page = "\n".join([*above, TITLE, *below, BODY, *body, SIGNED, *behind])
    assert cleaned(page).text == text


# --- hostile text ---------------------------------------------------------------------------------------

HOSTILE = ["[", "(", "首页", ">", "大 中 小 ", "打印", "来源:", " ", "=", "相关链接:\n", "关闭\n", "条\n", "-\n",
           "当前位置:", "时间:2014-03-20 ", "版权所有", "首页 > ", "微信 ", "上一篇:", "某县年报\n", "。", "a"]  # fmt: skip


@pytest.mark.parametrize("mark", HOSTILE)
def test_hostile_text_is_cleaned_to_its_end(mark):
    page = mark * (100_000 // len(mark))
    document = cleaned(page)
    removed = "".join(removal.text for removal in document.removals)
    assert len("".join(page.split())) == len("".join((document.text + removed).split()))


def test_the_record_of_a_catalogue_goes_as_a_whole_and_the_lines_below_it_too():
    """A table above the body of which one row is known to be a record is one; the data stay."""
    flow = Flow()
    flow.line("某县财政局2022年政府信息公开工作年度报告")
    flow.table([Box(0, 0, 1, 1, "索引号"), Box(0, 1, 1, 1, "000014349/2023-00012"),
                Box(1, 0, 1, 1, "名"), Box(1, 1, 1, 1, "某县财政局年报")])  # fmt: skip
    flow.line("来源：某县财政局 时间：2023-01-20 15:07")
    flow.line("一、总体情况")
    flow.line("全年公开信息3条。")
    flow.table([Box(0, 0, 1, 1, "规章"), Box(0, 1, 1, 1, "0"), Box(1, 0, 1, 1, "规范性文件"),
                Box(1, 1, 1, 1, "")])  # fmt: skip
    document = clean(flow.page("html", "utf-8", b""))
    assert document.text.split("\n") == [
        "某县财政局2022年政府信息公开工作年度报告", "一、总体情况", "全年公开信息3条。",
        "规章\t0", "规范性文件",
    ]  # fmt: skip
    (table,) = document.tables
    cells = [document.text[cell.start : cell.end] for cell in table.cells]
    assert cells == ["规章", "0", "规范性文件", ""]
    assert document.text[table.start : table.end] == "规章\t0\n规范性文件"


def test_what_the_markup_names_as_furniture_goes_wherever_it_stands():
    flow = Flow()
    for number in range(300):
        flow.line(f"栏目{number}", furniture="navigation")
    flow.line("来源：某县财政局 时间：2023-01-20 15:07")
    flow.line("某县财政局2022年政府信息公开工作年度报告")
    flow.line("一、总体情况")
    flow.line("分享", furniture="share")
    flow.line("全年公开信息3条。")
    document = clean(flow.page("html", "utf-8", b""))
    assert document.text.split("\n") == [
        "某县财政局2022年政府信息公开工作年度报告", "一、总体情况", "全年公开信息3条。"
    ]  # fmt: skip
    assert len(document.removals) == 302
    assert document.raw_span(0, 4) is None
