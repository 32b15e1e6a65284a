"""A body and a year -> a made report: its content, and all that is true of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tools.forms import grids, labels
from tools.made.grammar import Sentence, metrics_of, speak
from tools.made.tables import load
from tools.pages import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from tools.forms import Report
    from tools.made.bodies import Body
    from tools.made.grammar import Speaker
    from tools.made.tables import Row
    from tools.pages import Content

MARK = "本报告为程序生成的示例，不是任何机关的真实报告。"
"""What stands on every page of every file."""
_TITLES = (
    "{body}{year}年政府信息公开工作年度报告",
    "{body}{year}年度政府信息公开工作报告",
    "{year}年{body}政府信息公开工作年度报告",
    "{body}{year}年政府信息公开年度报告",
    "{body}关于{year}年度政府信息公开工作情况的报告",
)
_OPENINGS = (
    "根据《中华人民共和国政府信息公开条例》，现公布{body}{year}年政府信息公开工作年度报告。",
    (
        "按照《中华人民共和国政府信息公开条例》规定，编制{body}{year}年度政府信息公开工作年度报告。"
        "{body}所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    ),
    "现将{body}{year}年政府信息公开工作情况报告如下。",
)
_NUMBERS = "一二三四五六七八九十"
_SURE, _OFTEN, _TRAP = 0.9, 0.6, 0.3
_ALWAYS = ("proactive", "requests", "replies", "reviews", "lawsuits", "fees")
_NOTHING = "{body}无其他需要报告的事项。"
_ANNEX = "附件：{year}年度政府信息公开情况统计表"


@dataclass(slots=True)
class Passage:
    """A paragraph with its sentences; `taken_from` is the report it was taken over from."""

    part: str
    sentences: list[Sentence]
    general: bool = True
    taken_from: str = ""

    @property
    def text(self) -> str:
        """The paragraph as it is printed."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass
class MadeReport:
    """A report and all that is true of it."""

    report_id: str
    body: Body
    year: int
    form: str
    title: str
    signed_on: str
    filled: Report | None
    granted: float
    passages: list[Passage] = field(default_factory=list)
    content: Content = ()
    kind: str = "annual_report"
    duplicate_of: str = ""
    suffix: str = ".txt"


def form_of(body_style: float, year: int) -> str:
    """The form that a body fills in a year; before 2019 it is a matter of its habits."""
    for form in ("table2021", "table2019"):
        if labels.FORMS[form][0] <= year <= labels.FORMS[form][1]:
            return form
    if year < labels.FORMS["table2014"][0]:
        return "local_table" if body_style < 0.5 else "prose"
    return "table2014" if body_style < 0.7 else "prose"


def fill(report: MadeReport, speaker: Speaker, size: int, earlier: Iterable[Passage]) -> None:
    """Write the report: about `size` characters of prose, some passages taken over."""
    outline = "official" if report.form in ("table2019", "table2021") else "free"
    rows = [row for row in load("outline") if row["outline"] == outline]
    whole = sum(int(row["share"]) for row in rows)
    kept = {part: [each for each in earlier if each.part == part] for part in _parts(rows)}
    opening = speaker.rng.choice(_OPENINGS).format_map(speaker.words)
    blocks: list[Paragraph | Grid] = [
        Paragraph(report.title, 1), Paragraph(MARK), Paragraph(opening),
    ]  # fmt: skip
    report.passages.append(Passage("", [Sentence(each) for each in _cut(opening)], general=False))
    counts = [0, 0]
    for row in rows:
        if (level := int(row["level"])) > 0:
            counts = [counts[0] + 1, 0] if level == 1 else [counts[0], counts[1] + 1]
            heading = speaker.rng.choice(row["headings"].split("|"))
            blocks.append(Paragraph(_numbered(counts, level) + heading, level + 1))
        if row["part"].startswith("table"):
            assert report.filled is not None
            blocks.append(getattr(grids, row["part"])(report.filled))
            continue
        budget = size * int(row["share"]) // whole
        for passage in _written(row, report, speaker, budget, kept.get(row["part"], [])):
            report.passages.append(passage)
            blocks.append(Paragraph(passage.text))
    report.content = (*blocks, *_end(report))


def _parts(rows: Iterable[Row]) -> list[str]:
    return [row["part"] for row in rows]


def _numbered(counts: list[int], level: int) -> str:
    number = _NUMBERS[counts[level - 1] - 1]
    return f"{number}、" if level == 1 else f"（{number}）"


def _end(report: MadeReport) -> Iterator[Paragraph | Grid]:
    """Signature and date, and a statistics table behind them."""
    if report.signed_on:
        year, month, day = report.signed_on.split("-")
        yield Paragraph(report.body.full(report.year))
        yield Paragraph(f"{year}年{int(month)}月{int(day)}日")
    if report.form in labels.LISTS and report.filled is not None:
        yield Paragraph(_ANNEX.format(year=report.year))
        yield grids.listed(report.filled)


def _written(
    row: Row, report: MadeReport, speaker: Speaker, budget: int, earlier: list[Passage]
) -> Iterator[Passage]:
    """Passages of a part: what it states, and general prose until the budget is spent."""
    part, rng = row["part"], speaker.rng
    facts = [_said(frame, speaker, part) for frame in _facts(row["facts"], report, speaker)]
    if part == "fees" and not facts:
        facts = [Sentence(_NOTHING.format_map(speaker.words))]
    rng.shuffle(facts)
    while facts:
        few, facts = facts[:3], facts[3:]
        budget -= sum(len(each.text) for each in few)
        yield Passage(part, few, general=False)
    names = part if part in ("problems", "plans") else "general"
    frames = [frame for frame in load("frames") if frame["part"] == names]
    while budget > 0:
        if earlier and rng.random() < speaker.repeats:
            passage = earlier.pop(rng.randrange(len(earlier)))
        else:
            chosen = rng.sample(frames, min(len(frames), rng.randint(3, 6)))
            passage = Passage(part, [_said(frame, speaker, part) for frame in chosen])
        budget -= len(passage.text)
        yield passage


def _facts(parts: str, report: MadeReport, speaker: Speaker) -> Iterator[Row]:
    """One frame of every group of facts that the report may state."""
    groups: dict[str, list[Row]] = {}
    for frame in load("frames"):
        if frame["part"] in parts.split() and _may(frame, report.year, speaker):
            groups.setdefault(frame["group"], []).append(frame)
    for name, frames in groups.items():
        odds = _TRAP if name.startswith("trap") else _SURE if name in _ALWAYS else _OFTEN
        if speaker.rng.random() < odds:
            yield speaker.rng.choice(frames)


def _may(frame: Row, year: int, speaker: Speaker) -> bool:
    """True if the numbers of the year are such that the frame can be said."""
    if not int(frame["since"] or 0) <= year <= int(frame["until"] or 9999):
        return False
    if frame["zero"]:
        return speaker.numbers[frame["zero"]] == 0
    slots = [slot[1:].partition(":")[0] for slot in metrics_of(frame["text"])]
    if not slots:
        return True
    before = [slot[1:] for slot in metrics_of(frame["text"]) if slot[0] == "<"]
    return speaker.numbers.get(slots[0], 0) > 0 and all(speaker.before.get(each) for each in before)


def _said(frame: Row, speaker: Speaker, part: str) -> Sentence:
    sentence = speak(frame["text"], speaker, part, frame["themes"])
    if frame["zero"]:
        sentence.denied = frame["zero"]
    return sentence


def _cut(text: str) -> list[str]:
    return [f"{each}。" for each in text.split("。") if each]


def title(rng: Random, body: str, year: int) -> str:
    """A title in one of the usual wordings."""
    return rng.choice(_TITLES).format(body=body, year=year)
