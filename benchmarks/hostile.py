"""`python -m benchmarks.hostile`: a hostile input twice as long takes about twice the time.

Prints for each verb and input its length, the CPU seconds that it and one twice as long take, and
their ratio, which should stay at or below 2.3. Inputs begin at 10,000 characters and grow until the
time can be measured; what is printed depends on the machine, so no test asserts it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from govtext.core.model import Document, Page, Section, Segment
from govtext.extract import audit, clean, identify, metrics, numerals, outline, themes

LENGTH, LONGEST = 10_000, 160_000
LEAST = 0.1
ROUNDS = 3
HIGHEST = 2.3
PIECES = (
    "未收到", "复议诉讼", "公开", "收到申请12件,", "主动公开信息", "培训,", "12件、", "其中", "(",
    "1.", "网站公报12条,", "分别为1件、2件", "2010年累计", "第1.1.1", "百分之", "\ue010", "一、",
    "(一)", "。", "当前位置:首页>", "关闭\n", "市", "江苏省", "2012年3月6日 ", "占45.5%,",
    "其中网络申请12件、", "一、概述\n",
)  # fmt: skip


def parsed(text: str) -> tuple[Document, tuple[Section, ...]]:
    """Document of a text as it stands, in one section."""
    section = Section("0", None, 0, "", "", "overview", 0, len(text))
    page = Page(text, "txt", "utf-8", "")
    return Document(page, text, (Segment(0, 0, len(text)),), ()), (section,)


def observed(text: str) -> None:
    """Quantities and observations of a text."""
    metrics.prose_observations(*parsed(text), numerals.parse(text))


VERBS: dict[str, Callable[[str], object]] = {
    "clean": lambda text: clean.clean(Page(text, "txt", "utf-8", "")),
    "outline": lambda text: outline.outline(parsed(text)[0]),
    "identify": lambda text: identify.identify(parsed(text)[0]),
    "metrics": observed,
    "audit": lambda text: audit.audit(*parsed(text), numerals.parse(text), ()),
    "themes": lambda text: themes.code([text]),
}


def seconds(verb: Callable[[str], object], text: str) -> float:
    """Least CPU seconds that a verb takes for a text."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        verb(text)
        spent.append(time.process_time() - start)
    return min(spent)


def main() -> int:
    above = 0
    for name, verb in VERBS.items():
        seconds(verb, "收到申请12件。" * 20)
        for piece in PIECES:
            length = LENGTH
            while (once := seconds(verb, piece * (length // len(piece)))) < LEAST:
                if length >= LONGEST:
                    break
                length *= 2
            twice = seconds(verb, piece * (2 * length // len(piece)))
            ratio = twice / once if once else 0.0
            verdict = "holds" if twice <= HIGHEST * once or twice < LEAST else "ABOVE"
            above += verdict == "ABOVE"
            times = f"{once:6.3f} s {twice:6.3f} s {ratio:5.2f}"
            print(f"{name:<9}{piece!r:<22}{length:>7} {times} {verdict}")
    print(f"{above} of {len(VERBS) * len(PIECES)} above {HIGHEST}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
