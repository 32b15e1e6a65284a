"""What the official forms print: the labels of their rows and columns, each with its metric."""

from __future__ import annotations

APPLICANTS = ("natural_person", "enterprise", "research", "ngo", "legal_service",
              "other_organisation", "total")  # fmt: skip
FORMS = {"table2021": (2021, 2025), "table2019": (2019, 2020), "table2014": (2014, 2018),
         "local_table": (2009, 2013)}  # fmt: skip
COUNTS = {"table2021": (10, 175, 15), "table2019": (22, 161, 15)}
"""Cells with a value in tables 2, 3 and 4."""
MONEY = {"fee_amount", "procurement_amount", "fees_collected", "budget"}
KINDS = (("natural_person", "自然人"), ("enterprise", "商业企业"), ("research", "科研机构"),
          ("ngo", "社会公益组织"), ("legal_service", "法律服务机构"),
          ("other_organisation", "其他"))  # fmt: skip
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RECEIVED = ("requests_received", "一、本年新收政府信息公开申请数量")
CARRIED_IN = ("requests_carried_over_in", "二、上年结转政府信息公开申请数量")
CARRIED_OUT = ("requests_carried_over_out", "四、结转下年度继续办理")
ENDS = (RECEIVED, CARRIED_IN, CARRIED_OUT)
TOTAL = ("results_total", "（七）总计")
RESULTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("（一）予以公开", (("result_granted", ""),)),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (("result_partial", ""),)),
    ("（三）不予公开", (
        ("denied_state_secret", "1.属于国家秘密"),
        ("denied_other_law", "2.其他法律行政法规禁止公开"),
        ("denied_security_stability", "3.危及“三安全一稳定”"),
        ("denied_third_party", "4.保护第三方合法权益"),
        ("denied_internal", "5.属于三类内部事务信息"),
        ("denied_process", "6.属于四类过程性信息"),
        ("denied_enforcement_file", "7.属于行政执法案卷"),
        ("denied_registry_query", "8.属于行政查询事项"))),
    ("（四）无法提供", (
        ("unable_not_held", "1.本机关不掌握相关政府信息"),
        ("unable_needs_creation", "2.没有现成信息需要另行制作"),
        ("unable_unclear", "3.补正后申请内容仍不明确"))),
    ("（五）不予处理", (
        ("unprocessed_petition", "1.信访举报投诉类申请"),
        ("unprocessed_repeat", "2.重复申请"),
        ("unprocessed_publication", "3.要求提供公开出版物"),
        ("unprocessed_mass", "4.无正当理由大量反复申请"),
        ("unprocessed_reconfirm", "5.要求行政机关确认或重新出具已获取信息"))),
)  # fmt: skip
OTHER = {
    "table2019": ("（六）其他处理", (("other_results", ""),)),
    "table2021": ("（六）其他处理", (
        ("other_no_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        ("other_fee_unpaid",
         "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        ("other_other", "3.其他"))),
}  # fmt: skip
THINGS = {"rules": "规章", "normative": "规范性文件", "licensing": "行政许可",
           "other_services": "其他对外管理服务事项", "penalties": "行政处罚",
           "coercion": "行政强制", "fee": "行政事业性收费",
           "procurement": "政府集中采购"}  # fmt: skip
HEADS = {"new_made": "本年新制作数量", "new_disclosed": "本年新公开数量",
          "disclosed_total": "对外公开总数量", "issued": "本年制发件数", "repealed": "本年废止件数",
          "in_force": "现行有效件数", "items_previous": "上一年项目数量",
          "items_change": "本年增/减", "decisions": "处理决定数量",
          "items": "采购项目数量"}  # fmt: skip
ITEMS = ("items_previous", "items_change", "decisions")
ARTICLE_20: dict[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    "table2019": (
        ("一", ("rules", "normative"), ("new_made", "new_disclosed", "disclosed_total")),
        ("五", ("licensing", "other_services"), ITEMS),
        ("六", ("penalties", "coercion"), ITEMS),
        ("八", ("fee",), ITEMS[:2]),
        ("九", ("procurement",), ("items", "amount"))),
    "table2021": (
        ("一", ("rules", "normative"), ("issued", "repealed", "in_force")),
        ("五", ("licensing",), ("decisions",)),
        ("六", ("penalties", "coercion"), ("decisions",)),
        ("八", ("fee",), ("amount",))),
}  # fmt: skip
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
COURTS = ("reviews", "litigation_direct", "litigation_after_review")
OUTCOME_HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

STATISTICS = (
    "||一、主动公开情况",
    "proactive_total|条|（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
    "normative_documents_disclosed|条|其中：主动公开规范性文件数",
    "normative_documents_issued|件|制发规范性文件总数",
    "||（二）通过不同渠道和方式公开政府信息的情况",
    "disclosed_via_gazette|条|1.政府公报公开政府信息数",
    "disclosed_via_website|条|2.政府网站公开政府信息数",
    "disclosed_via_weibo|条|3.政务微博公开政府信息数",
    "disclosed_via_wechat|条|4.政务微信公开政府信息数",
    "disclosed_via_other|条|5.其他方式公开政府信息数",
    "||二、回应解读情况",
    "hot_topics_responded|次|（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）",
    "||（二）通过不同渠道和方式回应解读的情况",
    "press_conferences|次|1.参加或举办新闻发布会总次数",
    "press_conferences_by_leaders|次|其中：主要负责同志参加新闻发布会次数",
    "online_interviews|次|2.政府网站在线访谈次数",
    "online_interviews_by_leaders|次|其中：主要负责同志参加政府网站在线访谈次数",
    "policy_interpretations|篇|3.政策解读稿件发布数",
    "responses_weibo_wechat|次|4.微博微信回应事件数",
    "responses_other|次|5.其他方式回应事件数",
    "||三、依申请公开情况",
    "requests_received|件|（一）收到申请数",
    "requests_received_in_person|件|1.当面申请数",
    "requests_received_fax|件|2.传真申请数",
    "requests_received_online|件|3.网络申请数",
    "requests_received_letter|件|4.信函申请数",
    "requests_completed|件|（二）申请办结数",
    "requests_completed_on_time|件|1.按时办结数",
    "requests_completed_extended|件|2.延期办结数",
    "replies_total|件|（三）申请答复数",
    "replies_already_public|件|1.属于已主动公开范围数",
    "replies_granted|件|2.同意公开答复数",
    "replies_partial|件|3.同意部分公开答复数",
    "replies_refused|件|4.不同意公开答复数",
    "refused_state_secret|件|其中：涉及国家秘密",
    "refused_trade_secret|件|涉及商业秘密",
    "refused_privacy|件|涉及个人隐私",
    "refused_security|件|危及国家安全、公共安全、经济安全和社会稳定",
    "refused_not_government_information|件|不是《条例》所指政府信息",
    "refused_other_law|件|法律法规规定的其他情形",
    "replies_not_this_body|件|5.不属于本行政机关公开数",
    "replies_not_existing|件|6.申请信息不存在数",
    "replies_clarification|件|7.告知作出更改补充数",
    "replies_other_channel|件|8.告知通过其他途径办理数",
    "reviews_total|件|四、行政复议数量",
    "reviews_upheld|件|（一）维持具体行政行为数",
    "reviews_corrected|件|（二）被依法纠错数",
    "reviews_other|件|（三）其他情形数",
    "litigation_total|件|五、行政诉讼数量",
    "litigation_upheld|件|（一）维持具体行政行为或者驳回原告诉讼请求数",
    "litigation_corrected|件|（二）被依法纠错数",
    "litigation_other|件|（三）其他情形数",
    "complaints_total|件|六、举报投诉数量",
    "fees_collected|万元|七、依申请公开信息收取的费用",
    "||八、机构建设和保障经费情况",
    "disclosure_offices|个|（一）政府信息公开工作专门机构数",
    "reading_points|个|（二）设置政府信息公开查阅点数",
    "staff_total|人|（三）从事政府信息公开工作人员数",
    "staff_full_time|人|1.专职人员数（不包括政府公报及政府网站工作人员数）",
    "staff_part_time|人|2.兼职人员数",
    "budget|万元|（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
    "||九、政府信息公开会议和培训情况",
    "meetings|次|（一）召开政府信息公开工作会议或专题会议数",
    "trainings|次|（二）举办各类培训班数",
    "trainees|人次|（三）接受培训人员数",
)  # fmt: skip
LOCAL = (
    "proactive_total|条|主动公开信息数",
    "disclosed_via_website|条|其中：1．政府网站公开",
    "disclosed_via_gazette|条|2．政府公报公开",
    "requests_received|条|申请总数",
    "requests_received_in_person|条|其中：1．当面申请数",
    "requests_received_fax|条|2．传真申请数",
    "requests_received_online|条|3．网上申请数",
    "requests_received_letter|条|4．信函申请数",
    "replies_total|条|对申请的答复总数",
    "replies_granted|条|其中：1．同意公开答复数",
    "replies_partial|条|2．同意部分公开答复数",
    "replies_refused|条|3．否决公开答复总数",
    "reviews_total|件|行政复议数",
    "litigation_total|件|行政诉讼数",
)
LISTS = {
    "table2014": tuple(tuple(row.split("|")) for row in STATISTICS),
    "local_table": tuple(tuple(row.split("|")) for row in LOCAL),
}
SUMS = {
    "replies_refused": "refused_",
    "requests_received": "requests_received_",
    "requests_completed": "requests_completed_",
    "replies_total": "replies_",
    "reviews_total": "reviews_",
    "litigation_total": "litigation_",
    "staff_total": "staff_",
}
"""Totals of the statistics tables, each the sum of the rows whose metric begins so."""
PARTS = {
    "normative_documents_disclosed": "proactive_total",
    "press_conferences_by_leaders": "press_conferences",
    "online_interviews_by_leaders": "online_interviews",
}
"""Rows behind 其中 that are no more than the row above them."""
