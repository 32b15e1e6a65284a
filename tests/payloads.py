"""Reports whose every place holds what must not come to life, for pages, exports and browsers."""

FORMULA = "=HYPERLINK(1)"
SCRIPT = "<script>document.title='alive'</script>"
IMAGE = "<img src=//planted.example/x onerror=document.title='alive'>"
LINK = "<a href=javascript:alert(1)>点</a>"
STEER = "\x1b[31m\x1b]0;alive\x07"
TURNED = "\u202e"
HIDDEN = "\u200b\u2066\u200f\ufeff"
LATEX = r"\input{/etc/passwd}"
TITLE = f"某县{TURNED}{SCRIPT}2021年政府信息公开工作年度报告"

PROSE = (
    f"{TITLE}\n{FORMULA}{IMAGE}\n"
    f"一、概述{SCRIPT}{TURNED}\n"
    f"全年主动公开政府信息35条,其中网站公开30条{IMAGE}。{LINK}{LATEX}{HIDDEN}\n"
    f"{FORMULA}共召开新闻发布会3次{STEER}\n"
    "二、依申请公开情况\n"
    f"全年共收到申请27件{TURNED},其中当面申请11件、网上申请10件、信函申请5件。另有挂图4幅。\n"
    "三、收费情况\n未收费。\n"
    f"某县人民政府{SCRIPT}\n2022年1月20日\n"
)
"""Numbers of every kind, a sum that does not hold, and payloads in title, heading and sentence."""

FORM = (
    "<html><body><h1>某市2021年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
    "<p>本年共收到申请5件。</p><p>四、政府信息公开行政复议、行政诉讼情况</p><table>"
    "<tr><td colspan=5>行政复议</td></tr>"
    "<tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr>"
    "<tr><td>2</td><td>1</td><td>0</td><td>0</td><td>4</td></tr></table><table>"
    "<tr><td colspan=5>未经复议直接起诉</td></tr>"
    "<tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr>"
    "<tr><td>1</td><td></td><td>0</td><td>0</td><td>1</td></tr></table></body></html>"
)
"""A form whose reviews do not add up, and whose lawsuits have a blank cell."""

NAME = "=cmd<img src=x onerror=alert(1)>.txt"
"""Name of a file; Windows takes no such one."""
