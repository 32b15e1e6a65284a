"""`python -m benchmarks.baseline FOLDER OUT`: what a scholar's own script does with texts.

jieba cuts every line, the terms of the genre added; eighty patterns look for a number behind a
word; pandas counts and writes Parquet. It knows nothing of titles, sections, forms or flags.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

import jieba
import pandas as pd

TERMS = Path(__file__).resolve().parent.parent / "govtext" / "rules" / "terms.csv"
THINGS = (
    "主动公开政府信息|公开政府信息", "发布信息|公布信息", "规范性文件", "政府公报|公报",
    "政府网站|门户网站", "政务微博|微博", "政务微信|微信公众号", "其他方式|其他渠道",
    "访问量|点击量|浏览量", "公众关注热点|重大舆情|社会热点", "新闻发布会", "在线访谈|网上访谈",
    "政策解读|解读稿件", "回应事件", "收到申请|受理申请",
    "政府信息公开申请|依申请公开|信息公开申请", "当面申请|现场申请", "传真申请",
    "网络申请|网上申请", "信函申请|书面申请", "办结", "按时办结|按期办结", "延期办结|延期答复",
    "答复", "同意公开|予以公开", "部分公开", "不同意公开|不予公开", "国家秘密", "商业秘密",
    "个人隐私", "社会稳定", "第三方合法权益", "内部事务信息", "过程性信息", "行政执法案卷",
    "行政查询事项", "信息不存在|不存在", "不属于本行政机关|非本机关", "更改补充|补正", "其他途径",
    "不掌握相关政府信息|不掌握", "另行制作", "不明确", "信访举报投诉", "重复申请", "公开出版物",
    "大量反复申请", "重新出具", "逾期不补正|逾期未补正", "未按收费通知", "结转下年度|结转下年",
    "上年结转|上年度结转", "行政复议", "结果维持|维持", "结果纠正|纠错", "尚未审结|未审结",
    "行政诉讼", "未经复议直接起诉|直接起诉", "复议后起诉", "举报投诉", "收取费用|收费", "专门机构",
    "查阅点|查阅场所", "工作人员", "专职人员|专职", "兼职人员|兼职", "专项经费|工作经费",
    "工作会议|专题会议", "培训班|业务培训", "接受培训人员|参训|受训", "热线", "信箱|来信",
    "满意率|满意度", "人大代表建议|人大建议", "政协提案|政协委员提案", "行政许可", "行政处罚",
    "行政强制", "收费金额", "采购金额|采购总金额",
)  # fmt: skip
NUMBER = r"[^。；\d]{0,12}?(\d[\d,.]*)\s*(条|件|次|篇|期|场|人次|人|个|万元|元|%)?"
PATTERNS = [re.compile(f"(?:{thing}){NUMBER}") for thing in THINGS]


def main(folder: Path, out: Path) -> int:
    jieba.setLogLevel(60)
    with TERMS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            jieba.add_word(row["word"], int(row["frequency"]) if row["frequency"] else None)
    words, numbers = [], []
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = Counter(word for line in text.split("\n") for word in jieba.lcut(line))
        words += [(path.stem, word, n) for word, n in found.items()]
        for thing, pattern in zip(THINGS, PATTERNS, strict=True):
            numbers += [(path.stem, thing, *each) for each in pattern.findall(text)]
    out.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(words, columns=["report", "word", "n"]).to_parquet(out / "words.parquet")
    frame = pd.DataFrame(numbers, columns=["report", "thing", "value", "unit"])
    frame.to_parquet(out / "numbers.parquet")
    return 0


if __name__ == "__main__":
    assert len(PATTERNS) == 80, len(PATTERNS)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
