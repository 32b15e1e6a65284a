# ruff: noqa: E501 -- a case a line, and Chinese characters are wide
"""Identities in prose: what is called broken is broken, what holds is found, doubt is said."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtext.core import rules
from govtext.core.model import Document, Finding, Frame, Observation, Page, Segment
from govtext.extract import audit, numerals, outline
from govtext.pipeline.assemble import read_file
from tests.cases import every, examples

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "data" / "gold"
FLOOR_KINDS = ("sum", "share", "average", "restatement")

# Kind, verdict, difference (left less right; null for any), text. `silent` means that nothing of
# this kind is called broken or said to hold. All invented.
CASES: tuple[tuple[str, str, float | None, str], ...] = (
    # a total and its parts behind 其中
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
    # parts brackets
    ("sum", "holds", 0, "行政复议办结7件(4件维持,2件终止,1件被纠错)。"),
    ("sum", "broken", -1, "行政复议办结7件（4件维持，3件终止，1件被纠错）。"),
    ("sum", "broken", 1, "设立查阅点20处(政务大厅5处、图书馆8处、档案馆6处)。"),
    ("sum", "silent", None, "设立查阅点20处(政务大厅5处、图书馆8处等)。"),
    ("sum", "silent", None, "收到申请30件(较上年增加5件,减少信函申请2件)。"),
    ("sum", "silent", None, "归纳工作制度30项(55个细项)。"),
    ("sum", "holds", 0, "公开环保信息38条(其中环评信息18条、监测信息20条)。"),
    ("sum", "silent", None, "公开环保信息38条(其中环评信息18条)。"),
    ("sum", "silent", None, "公开信息100条(网站80条、微信60条)。"),
    # parts respectively, in all, other, colons
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
    ("sum", "broken", -2, "全年收到申请58件,其中甲县受理20件、乙县受理20件,其他申请20件。"),
    ("sum", "silent", None, "全年收到申请58件,其中甲县受理20件、乙县受理10件,其他工作12件。"),
    ("sum", "silent", None, "召开会议12次,培训3期,参训400人次,其中部门200人次。"),
    ("sum", "not_assessable", None, "全年接待超过50万人次,其中甲馆超过1万人次,乙馆超过2万人次。"),
    # parts parts in the sentences behind
    ("sum", "holds", 0, "全年共收到申请27件。申请涉及内容:征地16件、规划6件、财政5件。"),
    ("sum", "holds", 0, "全年共收到申请27件,均已答复。从申请方式看,当面11件,信函16件。"),
    ("sum", "silent", None, "全年共收到申请27件。申请涉及内容:征地16件、规划6件。"),
    (
        "sum",
        "broken",
        -2,
        ("四、依申请公开情况\n全年受理申请27件,均已按时答复。\n"
        "答复情况。同意公开14件,要求补正4件,不予公开2件,非本机关掌握4件,信息不存在3件,撤销申请2件。"),
    ),
    (
        "sum",
        "holds",
        0,
        ("三、依申请公开情况\n全年受理申请27件,均已按时答复。\n"
        "答复情况:同意公开14件,要求补正4件,不予公开2件,非本机关掌握4件,信息不存在3件。"),
    ),
    (
        "sum",
        "silent",
        None,
        ("三、依申请公开情况\n本年受理申请27件,上年结转4件。\n"
        "答复情况:同意公开14件,要求补正4件,不予公开6件,信息不存在5件。"),
    ),
    ("sum", "holds", 0, "全年收到申请70件,办结69件,1件结转下年度办理。"),
    ("sum", "holds", 0, "新收申请100件,上年结转5件,办结103件,结转下年度2件。"),
    ("sum", "broken", 1, "新收申请100件,上年结转5件,办结102件,结转下年度2件。"),
    ("sum", "silent", None, "收到申请70件,办结71件。"),
    # parts what is no part
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
    # money and people
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
    ("share", "silent", None, "全年受理申请800件,办结760件,到期办结率100%。"),
    ("sum", "silent", None, "发布量由2013年的112条增加到2014年的188条,在上级网站发布51条,总计239条。"),
    ("sum", "silent", None, "栏目由原来的8个增加到16个。其中,新增政务类4个,服务类2个,互动类2个。"),
    ("share", "silent", None, "全年受理申请800件,答复760件,应答复率100%。"),
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
    ("average", "holds", None, "全年网站总点击量为292万次。日均点击量为8000次。"),
    ("average", "broken", None, "全年网站总点击量为292万次。日均点击量为8300次。"),
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
    ("restatement", "broken", None, ("一、概述\n截至目前,以我局名义制定的文件全部公开,更新其他信息530项。"
     "\n二、主动公开\n截至目前,以我局名义制定的文件全部公开,更新其他信息600余项。")),
    ("restatement", "holds", None, ("一、概述\n通过公众平台受理群众咨询达1万余件。"
     "\n二、主动公开\n通过公众平台受理群众咨询达1.5万件。")),
    ("restatement", "broken", 2, ("一、概述\n全年共收到政府信息公开申请100件。"
     "\n三、依申请公开\n2015年,我局共收到政府信息公开申请98件。")),
    ("restatement", "holds", 0, ("一、概述\n全年共收到政府信息公开申请98件。"
     "\n三、依申请公开\n2015年,我局共收到政府信息公开申请98件。")),
    ("restatement", "silent", None, ("一、概述\n全市共收到政府信息公开申请100件。"
     "\n三、依申请公开\n2015年,市政府办公室共收到政府信息公开申请9件。")),
    ("restatement", "silent", None, ("2014年共收到政府信息公开申请100件。"
     "\n2015年共收到政府信息公开申请98件。")),
    ("restatement", "silent", None, "市长信箱受理群众来信970份。\n电子信箱受理信件1822件。"),
    ("restatement", "silent", None, "县教育局召开专题会议2次。\n县民政局召开专题会议3次。"),
    ("restatement", "silent", None, ("(一)教育。通过县政府网站公开信息120条。"
     "\n(二)卫生。通过县政府网站公开信息90条。")),
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


# Whole sentences as reports put them; `fine` means that nothing at all is called broken.
SENTENCES: tuple[tuple[str, str], ...] = (
    ("fine", "2016年,全县共主动公开政府信息12563条,其中县政府门户网站公开6532条,政务微博公开2310条,政务微信公开1890条,其他方式公开1831条。"),
    ("fine", "全年主动公开政府信息3205条。其中,通过政府网站公开2980条,通过政务微博公开420条,通过政务微信公开511条。"),
    ("holds", "2017年,我局共受理依申请公开35件,其中网络申请28件,信函申请7件。35件申请均按期答复,其中属于已主动公开范围8件,同意公开答复15件,不同意公开答复3件,不属于本行政机关公开5件,申请信息不存在4件。"),
    ("broken", "2017年,我局共受理依申请公开35件,其中网络申请28件,信函申请7件。35件申请均按期答复,其中属于已主动公开范围8件,同意公开答复15件,不同意公开答复3件,不属于本行政机关公开5件,申请信息不存在6件。"),
    ("fine", "全市行政机关共收到政府信息公开申请1203件,其中当面申请210件,网络申请560件,信函申请433件;办结1187件,其中按时办结1150件,延期办结37件;答复1187件。"),
    ("holds", "全市行政机关共收到政府信息公开申请1203件,其中当面申请210件,网络申请560件,信函申请433件;办结1187件,其中按时办结1150件,延期办结37件。"),
    ("broken", "全市共收到政府信息公开申请1203件,其中当面申请210件,网络申请560件,信函申请423件;办结1187件,其中按时办结1150件,延期办结37件。"),
    ("fine", "召开新闻发布会12场,其中主要负责同志参加3场。在线访谈20次,其中主要负责同志参加5次。政策解读稿件发布45篇。"),
    ("fine", "2020年,县政府网站发布信息4520条,比2019年增加320条,增长7.6%。"),
    ("fine", "全年培训3次,培训人员260人次;其中县级培训1次,乡镇培训2次,培训人员分别为60人次、200人次。"),
    ("fine", "受理行政复议案件5件,其中维持3件,驳回1件,另有1件正在审理。行政诉讼案件2件,均驳回诉讼请求。"),
    ("holds", "受理行政复议案件5件,其中维持3件,驳回1件,另有1件正在审理。"),
    ("fine", "收到申请56件,较上年减少4件,其中自然人申请50件,商业企业申请6件。全部按期办结,其中予以公开20件,部分公开5件,不予公开11件,无法提供15件,不予处理3件,其他处理2件。"),
    ("fine", "截至2015年底,累计主动公开政府信息32560条,其中2015年新增5230条。"),
    ("fine", "全区共有政府信息公开查阅点32个,其中区级3个,街道(镇)12个,社区(村)17个,配备工作人员45人,其中专职12人,兼职33人。"),
    ("holds", "全区共有政府信息公开查阅点32个,其中区级3个,街道(镇)12个,社区(村)17个。"),
    ("broken", "全区共有政府信息公开查阅点32个(区级3个,街道12个,社区18个)。"),
    ("fine", "市长热线受理群众来电12560个,办结12300个,办结率97.9%,群众满意率98.5%。"),
    ("broken", "市长热线受理群众来电12560个,办结12300个,办结率99.5%,群众满意率98.5%。"),
    ("fine", "办理人大代表建议86件、政协提案120件,办复率100%,满意率99%,其中A类85件,占41.3%。"),
    ("fine", "公开建议提案答复206件,公开率达100%。其中建议86件,提案120件。"),
    ("fine", "共公开各类信息1560条,其中概况信息15条,占1%;政策法规120条,占7.7%;工作动态1200条,占76.9%;其他225条,占14.4%。"),
    ("holds", "共公开各类信息1560条,其中概况信息15条,占1%;政策法规120条,占7.7%;工作动态1200条,占76.9%;其他225条,占14.4%。"),
    ("broken", "共公开各类信息1560条,其中概况信息15条,占1%;政策法规120条,占7.7%;工作动态1200条,占76.9%;其他225条,占24.4%。"),
    ("fine", "门户网站全年访问量达1256万人次,日均访问量3.4万人次。"),
    ("fine", "网站访问量达1256万人次,日均点击量8.4万次。"),
    ("fine", "公开财政专项资金信息58条,涉及资金3.2亿元,其中民生资金1.1亿元,涉农资金0.9亿元。"),
    ("fine", "全年编发简报24期,其中被市级采用12篇。"),
    ("fine", "在收到的86件申请中,涉及征地拆迁类52件,占60.5%;涉及规划类20件,占23.3%;涉及财政类14件,占16.3%。"),
    ("fine", "一是主动公开。全年公开信息1020条,其中财政信息110条,规划信息200条,人事信息50条。二是依申请公开。收到申请3件,已答复3件。"),
    ("fine", "2015年,县本级共收到申请15件,各乡镇、县直部门共收到申请42件,全县合计57件。"),
    ("fine", "全年收到政府信息公开申请20件(含上年度结转2件),办结19件,结转1件。"),
    ("fine", "本年度收到申请20件,办结21件(其中1件为上年结转)。"),
    ("fine", "政府公报发行12期,每期3000份,全年共发行36000份,其中免费赠阅30000份。"),
    ("fine", "梳理行政权力事项3215项,其中行政许可256项、行政处罚2310项、行政强制120项、行政征收15项、行政给付10项、行政裁决3项、行政确认85项、行政奖励45项、其他行政权力371项。"),
    ("holds", "梳理行政权力事项3215项,其中行政许可256项、行政处罚2310项、行政强制120项、行政征收15项、行政给付10项、行政裁决3项、行政确认85项、行政奖励45项、其他行政权力371项。"),
    ("broken", "梳理行政权力事项3215项,其中行政许可256项、行政处罚2310项、行政强制120项、行政征收15项、行政给付10项、行政裁决3项、行政确认85项、行政奖励45项、其他行政权力361项。"),
    ("fine", "网上咨询受理各类咨询1560条,答复1548条,答复率99.2%,按时答复率100%。"),
    ("fine", "发放调查问卷500份,收回有效问卷486份,满意和基本满意的470份,满意率96.7%。"),
    ("fine", "发放调查问卷500份,收回有效问卷486份,满意率96.7%。"),
    ("fine", "全年共发布微博1183条、微信611条,共计1794条。"),
    ("holds", "全年共发布微博1183条、微信611条,共计1794条。"),
    ("broken", "全年发布微博1183条、微信611条,共计1784条。"),
    ("fine", "县政府网站设置栏目56个,其中一级栏目8个,二级栏目32个。开设专题12个,新增3个。"),
    ("fine", "办理各类申请110件次,同比下降12%,其中公民申请102件次,占92.7%,法人或其他组织申请8件次,占7.3%。"),
    ("fine", "12345热线受理诉求5.6万件,按时办结率99.8%,满意率97.5%。网上信访办结率达到105件,占80%。"),
    ("holds", "已答复40件,其中同意公开32件,不予公开3件,信息不存在5件,另有2件正在办理之中。"),
    ("holds", "已答复40件,其中同意公开32件,不予公开3件,信息不存在5件,此外还有2件顺延到下年度。"),
    ("broken", "行政复议办结40件,其中维持32件,纠正3件,驳回7件,另有2件终止。"),
    ("fine", "全年共收到政府信息公开申请87件,答复85件,另2件按规定正在办理中。答复率97.7%。"),
    ("fine", "新增主动公开文件35件,其中政府文件12件、政府办文件23件;废止文件40件,其中政府文件18件,政府办文件22件。"),
    ("fine", "全局共有政务公开工作人员6人,其中专职1人,兼职6人。"),
    ("fine", "行政诉讼15件,一审12件,二审3件;其中驳回10件,撤诉2件,未审结3件。"),
    ("fine", "政府门户网站主动公开政府信息2536条,比去年的1832条增加了704条。"),
    ("fine", "共受理投诉举报320件,其中电话举报210件,来信举报80件,网络举报50件,涉及食品180件,药品140件。"),
    ("fine", "政务大厅办件量36.5万件,日均办件1500件。"),
    ("fine", "各镇(街道)公开信息2103条,县直部门公开信息5412条,合计公开信息7515条。"),
    ("fine", "完成政策解读30篇,其中图文解读25篇,视频解读10篇,专家解读5篇。"),
    ("fine", "共举办新闻发布会8场,其中,市政府新闻办5场,各部门5场(含联合举办2场)。"),
    ("fine", "答复申请43件,其中,予以公开20件(占46.5%);部分公开3件(占7%);不予公开8件(占18.6%);其他12件(占27.9%)。"),
    ("fine", "我局共收到政府信息公开申请10件。我局下属单位共收到政府信息公开申请3件。"),
    ("fine", "三、依申请公开情况\n2018年,本机关收到申请12件。\n(一)申请方式。网络申请10件,信函申请2件。\n(二)办理结果。同意公开6件,不予公开2件,信息不存在5件。"),
    ("fine", "2012年共收到申请15件,2013年共收到申请20件,合计38件次。"),
    ("holds", "公开规章13件(含新制定5件,修改4件,废止4件),公开规范性文件42件。"),
    ("fine", "公开规章13件(含新制定5件,修改4件)。"),
    ("fine", "本年收到申请100件,上年结转5件,受理95件,结转下年度2件。"),
    ("fine", "网站总访问量5000万人次,日均访问量1.2万人次。"),
    ("fine", "收到申请100件,其中网络申请60件,占60%;信函申请38件,占38%。"),
    ("fine", "受理申请100件,办结98件,其余2件正在办理,办结率100%。"),
    ("fine", "县政府常务会议研究议题120个,其中邀请利益相关方列席12次。"),
    # what follows the outcomes of requests is no outcome
    ("holds", "办结申请60件,其中:予以公开30件,占50%;不予公开10件,占16.67%;无法提供20件,占33.33%;引起的行政复议案件2件、行政诉讼案件7件。"),
    ("fine", "办结申请60件,其中:予以公开30件;不予公开10件;无法提供20件;引起的行政复议案件2件、行政诉讼案件7件。"),
    # a part with a share of its own is no base of the next
    ("fine", "予以公开258件,占33.9%;不予公开35件,占4.34%;无法提供265件,占32.9%。"),
    ("fine", "公开信息224条,较去年下降7.8%。其中,机构职能类信息13条,占比5.8%;规划计划类信息1条,占比0.5%。"),
    # requests in, carried in, outcomes and carried out: a flow told by outcomes is left alone
    ("fine", "本年新收政府信息公开申请56件,上年结转3件,予以公开20件,部分公开5件,无法提供30件,其他处理2件,结转下年度继续办理2件。"),
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


@every(("kind", "verdict", "delta", "text"), CASES)
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


@every(("verdict", "text"), SENTENCES)
def test_sentence_of_the_genre(verdict, text):
    found = _audit(text)
    verdicts = {each.verdict for each in found}
    assert ("broken" in verdicts) == (verdict == "broken"), found
    assert verdict == "fine" or verdict in verdicts, found


@pytest.mark.parametrize(
    "text",
    [
        "检索费1.1元、邮寄费2.2元，合计3.3元。",
        "全年收取费用3.3元，其中检索费1.1元、邮寄费2.2元。",
        "全年收取费用0.7元（检索0.1元、复制0.2元、邮寄0.4元）。",
    ],
)
def test_money_is_added_in_decimals(text):
    """As floats 1.1 and 2.2 make 3.3000000000000003."""
    (found,) = _of_kind(_audit(text), "sum")
    assert (found.verdict, found.delta) == ("holds", 0)
    assert found.left == found.right


def test_a_share_is_compared_in_decimals():
    """12.5 is just one unit of the last printed digit from 12.4: no rounding and no cut makes it."""
    found = _of_kind(_audit("受理申请8件，同意公开1件，占12.4%。"), "share")
    assert [each.verdict for each in found] == ["broken"]


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
            if each.verdict == "broken"
            and not any(a < each.end and each.start < b for a, b in broken)
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


@pytest.mark.parametrize(
    "path", sorted((GOLD / "reports").glob("*.txt")), ids=lambda each: each.stem
)
def test_nothing_of_the_invented_reports_is_called_broken(path):
    report = read_file(path, path.stem, path.name)
    assert [each.statement for each in report.findings if each.verdict == "broken"] == []


def test_most_holding_rows_of_the_gold_are_found():
    scores = score_audits()
    assert len(scores["holding_found"]) >= 20, scores["holding_missed"]


def test_what_the_text_leaves_open_is_left_open():
    assert score_audits()["unsure_missed"] == []


# A total, its parts and how the genre joins them; the parts name all there is, or some word says so.
FRAMES = (
    ("全年收到申请{total}件,其中{parts},其他申请{last}件。", "、"),
    ("行政复议办结{total}件({parts},{last}件终止)。", ","),
    ("全年共受理来电来信{total}件。其中:{parts};来信{last}件。", ";"),
    ("{parts}、其他{last}件,合计{total}件。", "、"),
    ("设立查阅点{total}件({parts}、图书馆{last}件)。", "、"),
    ("收到申请{total}件:{parts},其余{last}件。", ","),
)
NAMES = ("甲县", "乙县", "丙县", "丁县", "戊县", "己县")
FILLERS = (
    "召开领导小组会议3次。",
    "一年来,各项工作稳步推进。",
    "编发简报12期。",
    "培训干部60人次。",
)
counts = st.lists(st.integers(20, 900), min_size=2, max_size=6)


def _listed(frame: tuple[str, str], parts: list[int], total: int) -> str:
    pattern, mark = frame
    named = mark.join(f"{name}受理{part}件" for name, part in zip(NAMES, parts[:-1], strict=False))
    return pattern.format(total=total, parts=named, last=parts[-1])


@given(st.sampled_from(FRAMES), counts)
def test_a_planted_sum_that_holds_is_found(frame, parts):
    found = _of_kind(_audit(_listed(frame, parts, sum(parts))), "sum")
    assert "holds" in {each.verdict for each in found}, found
    assert "broken" not in {each.verdict for each in found}, found


@given(st.sampled_from(FRAMES), counts, st.sampled_from([-3, -2, -1, 1, 2, 3]))
def test_a_planted_sum_that_is_off_is_found_with_its_difference(frame, parts, off):
    total = sum(parts) + off
    found = _of_kind(_audit(_listed(frame, parts, total)), "sum")
    close = abs(off) / total <= 0.05
    hit = [each for each in found if each.verdict == "broken"]
    assert hit or not close, found
    assert all(each.left == total and each.delta == off for each in hit), found
    assert "holds" not in {each.verdict for each in found}, found


@given(st.integers(50, 5000), st.data(), st.integers(0, 2))
def test_a_printed_share_is_checked_to_its_last_digit(total, data, decimals):
    part = data.draw(st.integers(1, total))
    share = 100 * part / total
    text = f"办理建议{total}件,解决{part}件,占{share:.{decimals}f}%。"
    assert "broken" not in {each.verdict for each in _audit(text)}
    wrong = share + 3
    text = f"办理建议{total}件,解决{part}件,占{wrong:.{decimals}f}%。"
    assert (wrong > 100) or "broken" in {each.verdict for each in _audit(text)}


@given(st.permutations(FILLERS), st.integers(0, 3))
def test_other_paragraphs_and_their_order_change_nothing(fillers, place):
    frames = [_listed(frame, [40, 30, 50], 121) for frame in FRAMES]
    alone = [each.statement for text in frames for each in _audit(text)]
    for text, expected in zip(frames, [_audit(text) for text in frames], strict=True):
        around = [*fillers[:place], text, *fillers[place:]]
        found = _audit("\n".join(around))
        assert [each.statement for each in found] == [each.statement for each in expected]
    assert alone


@given(
    st.text(alphabet="其中分别为合计共占率日均0123456789.,万余件条%()、;:。\n\ue010", max_size=200)
)
@settings(max_examples=examples(300, 100))
def test_it_never_raises_and_its_spans_lie_in_the_text(text):
    for each in _audit(text):
        assert 0 <= each.start < each.end <= len(text)
        assert each.statement
        if each.left is not None and each.right is not None:
            assert each.delta == pytest.approx(each.left - each.right, abs=1e-3)


@pytest.mark.parametrize(
    "unit",
    ["其中网络申请12件、", "共收到申请27件(其中15件,12件),", "占45.5%,", "日均访问量300次,", "收到申请5件。",
     "(((12件", "甲、乙、", "通过平台受理咨询12件。\n", "市长信箱受理来信12件。\n", "12件"],
)  # fmt: skip
def test_a_hostile_text_is_audited_to_its_end(unit):
    text = (unit * (40_000 // len(unit) + 1))[:40_000]
    document, quantities = _document(text), numerals.parse(text)
    for each in audit.audit(document, (), quantities, ()):
        assert 0 <= each.start < each.end <= len(text)


def _cell(
    metric: str, value: float | None, applicant: str = "total", flags: str = ""
) -> Observation:
    status = "blank" if value is None else "number"
    return Observation(
        metric, value, status, "request", "exact", "1", 5, 6, "", "form", flags, applicant, "table",
        None, metric,
    )  # fmt: skip


def _flow(new: float, before: float | None, done: float, after: float, flags: str = ""):
    values = (new, before, done, after)
    names = ("requests_received", "requests_carried_over_in", "results_total",
             "requests_carried_over_out")  # fmt: skip
    cells = tuple(_cell(*pair, flags=flags) for pair in zip(names, values, strict=True))
    return [each for each in _audit("表格在此,无文字。", cells) if each.identity == "form_flow"]


@pytest.mark.parametrize(
    ("cells", "verdict", "delta"),
    [
        ((100, 5, 103, 2), "holds", 0),
        ((100, 5, 102, 2), "broken", 1),
        ((100, None, 100, 0), "not_assessable", None),
        # a table that prints no zero leaves its zeros blank
        ((100, None, 98, 2), "holds", 0),
        ((100, None, 97, 2), "broken", 1),
        ((None, None, None, None), None, None),
    ],
)
def test_the_identity_printed_on_the_form(cells, verdict, delta):
    expected = [(verdict, delta)] if verdict else []
    assert [(each.verdict, each.delta) for each in _flow(*cells)] == expected


def test_cells_split_by_a_sum_are_no_evidence_for_it():
    assert [each.verdict for each in _flow(100, 5, 102, 2, "glued_cells")] == ["not_assessable"]


def test_applicants_make_the_total_of_their_row():
    kinds = (
        "natural_person",
        "enterprise",
        "research",
        "ngo",
        "legal_service",
        "other_organisation",
    )
    cells = tuple(_cell("result_granted", 2, kind) for kind in kinds)
    found = _audit("表。", (*cells, _cell("result_granted", 13)))
    assert [(each.identity, each.verdict, each.delta) for each in found] == [
        ("form_applicants", "broken", 1)
    ]


def test_pending_reviews_are_no_form_of_2014():
    outcomes = {"reviews_upheld": 2, "reviews_corrected": 1, "reviews_other": 0}
    cells = [_cell(name, value, "") for name, value in outcomes.items()]
    cells.append(_cell("reviews_total", 4, ""))
    pending = _cell("reviews_pending", 1, "")
    assert [each.identity for each in _audit("表。", tuple(cells))] == ["form_reviews_2014"]
    found = _audit("表。", (*cells, pending))
    assert [(each.identity, each.verdict) for each in found] == [("form_reviews", "holds")]


@pytest.mark.parametrize(("value", "broken"), [(3, False), (-1, True), (2.5, True)])
def test_a_count_is_a_whole_number(value, broken):
    found = _audit("表。", (_cell("result_granted", value),))
    assert [each.identity for each in found] == (["form_count"] if broken else [])
    assert _audit("表。", (_cell("licensing_items_change", -1, ""),)) == ()


def test_a_part_is_no_more_than_its_whole():
    whole = _cell("press_conferences", 3, "")
    for value, verdict in ((2, "holds"), (3, "holds"), (4, "broken")):
        found = _audit("表。", (whole, _cell("press_conferences_by_leaders", value, "")))
        assert [(each.identity, each.verdict) for each in found] == [
            ("form_conferences_part", verdict)
        ]


def _told(metric: str, text: str, flags: str = "") -> Observation:
    quantity = numerals.parse(text)[0]
    return Observation(
        metric, quantity.value, "number", "request", quantity.qualifier, "1", quantity.start,
        quantity.end, text, "rule", flags,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("收到申请100件", "holds"),
        ("收到申请105件", "holds"),  # with those carried in
        ("收到申请102件", "broken"),
        ("收到申请100余件", "holds"),
        ("收到申请近100件", "holds"),
        ("收到申请200余件", "not_assessable"),  # a bound claims no total
        ("收到申请约900件", "not_assessable"),
        ("收到申请的有1件", "not_assessable"),  # one of several
        ("其中网上收到申请1件", "not_assessable"),
        ("收到申请50件以上", "holds"),
    ],
)
def test_prose_is_held_against_the_table(said, verdict):
    cells = (_cell("requests_received", 100), _cell("requests_carried_over_in", 5))
    told = _told("requests_received", said)
    found = [each for each in _audit(said, (told, *cells)) if each.identity.startswith("prose_")]
    assert [each.verdict for each in found] == [verdict]
    assert (found[0].start, found[0].end) == (told.start, told.end)


def test_a_mention_beside_one_that_agrees_is_left_open():
    text = "全县收到申请100件。"
    right, wrong = _told("requests_received", text), _told("requests_received", "收到申请40件")
    found = _audit(text, (right, wrong, _cell("requests_received", 100)))
    verdicts = [each.verdict for each in found if each.identity.startswith("prose_")]
    assert sorted(verdicts) == ["holds", "not_assessable"]


@pytest.mark.parametrize("flag", ["prior_year", "target", "other_body", "cumulative", "component"])
def test_what_is_no_value_of_the_year_is_not_held_against_the_table(flag):
    told = _told("requests_received", "收到申请40件", flag)
    found = _audit("收到申请40件", (told, _cell("requests_received", 100)))
    assert not [each for each in found if each.identity.startswith("prose_")]


def test_a_partial_count_does_not_break_the_table():
    text = "其他申请均已转办,年度办理答复的有1件。"
    told = _told("replies_total", text)
    found = _audit(text, (told, _cell("results_total", 35)))
    assert [(each.identity, each.verdict) for each in found] == [
        ("prose_replies_total", "not_assessable")
    ]
    whole = _told("replies_total", "全年答复申请1件。")
    found = _audit("全年答复申请1件。", (whole, _cell("results_total", 35)))
    assert [each.verdict for each in found] == ["broken"]


@pytest.mark.parametrize(
    ("said", "rest"), [("全年主动公开信息35条", "holds"), ("全年主动公开信息36条", "broken")]
)
def test_the_number_of_a_part_in_a_report_with_a_table_breaks_nothing(tmp_path, said, rest):
    path = tmp_path / "a.md"
    path.write_text(
        f"# 云岭县2015年政府信息公开工作年度报告\n\n一、主动公开情况\n\n{said}。"
        "公开财政类信息3条,人事类信息2条。\n\n"
        "二、附表\n\n| 指标 | 单位 | 数量 |\n|---|---|---|\n| 主动公开信息数 | 条 | 35 |\n"
        "| 收到依申请公开信息总数 | 条 | 0 |\n",
        encoding="utf-8",
    )
    report = read_file(path, "a", "a.md")
    found = [each for each in report.findings if each.identity.startswith("prose_")]
    assert [each.verdict for each in found] == [rest]


@pytest.mark.parametrize(("scope", "held"), [("own_year", True), ("part", False)])
def test_a_part_is_not_held_against_the_total_of_a_table(scope, held):
    told = _told("result_partial", "部分公开1件")
    told = replace(told, metric="replies_partial")
    slots = ("request", "partly_granted", "", "", "")
    frame = Frame(told.start, told.end, *slots, scope, told.metric, "rule", "")
    cells = (_cell("result_partial", 35),)
    document = _document("部分公开1件")
    found = audit.audit(document, (), (), (told, *cells), (frame,))
    assert [each.verdict for each in found] == (["broken"] if held else [])


def test_an_open_cell_says_nothing_of_the_prose():
    told = _told("requests_received", "收到申请40件")
    found = _audit("收到申请40件", (told, _cell("requests_received", None)))
    assert not [each for each in found if each.identity.startswith("prose_")]


def test_a_statement_names_each_label_once():
    kinds = ("natural_person", "enterprise", "research", "ngo", "legal_service")
    cells = [
        replace(_cell("result_granted", 2, kind), row_label="（一）予以公开") for kind in kinds
    ]
    cells.append(replace(_cell("result_granted", 0, "other_organisation"), column_label="其他"))
    cells.append(
        replace(_cell("result_granted", 10), row_label="（一）予以公开", column_label="总计")
    )
    (found,) = _audit("表。", tuple(cells))
    assert found.statement == (
        "（一）予以公开 总计 10 is 10, and natural_person 2 + enterprise 2 + research 2 + ngo 2 + "
        "legal_service 2 + 其他 0 make 10: they agree."
    )


def test_a_number_of_an_earlier_year_is_no_part_of_a_sum():
    text = "收到申请27件,其中当面申请12件、信函申请16件。"
    first = numerals.parse(text)[1]
    flagged = replace(
        _cell("requests_received_in_person", 12, ""), start=first.start, end=first.end,
        flags="prior_year", source="text",
    )  # fmt: skip
    assert _of_kind(_audit(text), "sum")[0].verdict == "broken"
    assert "broken" not in {each.verdict for each in _audit(text, (flagged,))}


def test_every_identity_has_both_statements_and_every_word_compiles():
    for row in rules.load("identities"):
        assert row["statement_en"].strip(), row["id"]
    for row in rules.load("audit_words"):
        assert rules.pattern(row)
        assert not any(endless in row["pattern"] for endless in (".*", ".+")), row["pattern"]
