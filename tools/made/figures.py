"""What a body did in a year, as numbers: the planted effects, and what the forms make of them.

`Effects` reads the table of effects; `Ledger` goes with one body through its years, because what is
carried over at the end of a year is carried in at the start of the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import exp
from typing import TYPE_CHECKING

from tools.forms import Report, labels
from tools.forms.filled import Key, Number
from tools.made import chance
from tools.made.tables import load

if TYPE_CHECKING:
    from random import Random

    from tools.made.bodies import Body
    from tools.made.tables import Row

Numbers = dict[str, Number]
Cells = dict[Key, Number]
MIDDLE = 2014
_ASKING = labels.APPLICANTS[:-1]
_WHO = (0.82, 0.09, 0.01, 0.02, 0.03, 0.03)
_CHANNELS = ("in_person", "fax", "online", "letter")
_OUTCOMES = ("upheld", "corrected", "other", "pending")
_LEFT_OVER = 0.05
_FEE = 20


@dataclass(frozen=True)
class Effects:
    """Planted effects: `of` is a sum of the sizes that hold for a body in a year."""

    rows: tuple[Row, ...]

    def of(self, measure: str, body: Body, year: int) -> float:
        """Log or log odds of a measure."""
        times = {"all": 1, body.level: 1, "per_year": year - MIDDLE}
        return sum(
            float(row["size"]) * times.get(row["group"], 0)
            for row in self.rows
            if row["measure"] == measure
        )

    def leaning(self, body: Body, year: int) -> dict[str, float]:
        """Weights of themes that are moved, by their names."""
        names = {row["theme"] for row in load("themes")} & {row["measure"] for row in self.rows}
        moved = {name: exp(self.of(name, body, year)) for name in names}
        if body.theme:
            moved[body.theme] = 3 * moved.get(body.theme, 1)
        return moved


@dataclass
class Ledger:
    """The numbers of one body over its years, in order."""

    body: Body
    effects: Effects
    rng: Random
    size: float = 0
    open_requests: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_ASKING, 0))
    in_force: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Draw what the body brings along: its size, and the rules that are in force."""
        self.size = self.rng.gauss(0, 0.7)
        self.in_force = {"rules": self._rules(30), "normative": self.rng.randint(5, 120)}

    def year(self, year: int, form: str) -> tuple[Numbers, Report | None]:
        """What prose may say of a year, and the filled form, where it has one."""
        rng, numbers = self.rng, Numbers()
        received = chance.poisson(rng, exp(self._log("requests", year) + self.size))
        official = form in ("table2019", "table2021")
        cells = self._requests(received, form, year) if official else {}
        numbers |= self._disclosed(year) | self._staff() | self._courts(received, year)
        if official:
            cells |= self._items(form) | self._cases(numbers)
            issued = cells["normative_new_made" if form == "table2019" else "normative_issued", ""]
            numbers |= {
                "normative_documents_issued": issued,
                "normative_documents_disclosed": issued,
                "requests_received": cells["requests_received", "total"],
                "requests_carried_over_in": cells["requests_carried_over_in", "total"],
                "requests_carried_over_out": cells["requests_carried_over_out", "total"],
                "requests_completed": cells["results_total", "total"],
                "replies_total": cells["results_total", "total"],
                "replies_granted": cells["result_granted", "total"],
                "replies_partial": cells["result_partial", "total"],
            }
        else:
            numbers |= self._replies(received, form, year)
        numbers["fees_collected"] = _FEE * chance.binomial(rng, int(received) // 4, 0.2)
        if form in labels.LISTS:
            numbers |= _without_pending(numbers)
            cells = _listed(form, numbers)
        return numbers, self._form(form, year, cells) if cells else None

    def granted(self, year: int) -> float:
        """The share of requests that are granted, as planted."""
        return chance.share(self.effects.of("granted", self.body, year))

    def _log(self, measure: str, year: int) -> float:
        return self.effects.of(measure, self.body, year)

    def _rules(self, most: int) -> int:
        high = self.body.level in ("province", "prefecture")
        return self.rng.randint(0, most) if high else 0

    def _disclosed(self, year: int) -> Numbers:
        rng = self.rng
        total = 5 + chance.poisson(rng, exp(self._log("items", year) + self.size))
        issued = rng.randint(0, 40)
        return {
            "proactive_total": total,
            "normative_documents_issued": issued,
            "normative_documents_disclosed": min(total, chance.binomial(rng, issued, 0.8)),
            "disclosed_via_website": chance.binomial(rng, total, 0.85),
            "disclosed_via_gazette": chance.binomial(rng, total, 0.04),
            "disclosed_via_weibo": chance.binomial(rng, total, 0.1),
            "disclosed_via_wechat": chance.binomial(rng, total, 0.12),
            "disclosed_via_other": chance.binomial(rng, total, 0.1),
            "website_visits": rng.randint(2_000, 900_000),
            "hot_topics_responded": rng.randint(0, 40),
            "press_conferences": rng.randint(0, 12),
            "press_conferences_by_leaders": 0,
            "online_interviews": rng.randint(0, 20),
            "online_interviews_by_leaders": 0,
            "policy_interpretations": rng.randint(0, 120),
            "responses_weibo_wechat": rng.randint(0, 30),
            "responses_other": rng.randint(0, 30),
            "mailbox_letters": (letters := rng.randint(0, 900)),
            "mailbox_letters_resolved": chance.binomial(rng, letters, 0.95),
            "npc_suggestions": rng.randint(0, 90),
            "cppcc_proposals": rng.randint(1, 120),
        }

    def _staff(self) -> Numbers:
        rng = self.rng
        full, part = rng.randint(0, 12), rng.randint(1, 60)
        trainings = rng.randint(0, 9)
        return {
            "disclosure_offices": rng.randint(1, 30),
            "reading_points": rng.randint(0, 25),
            "staff_full_time": full,
            "staff_part_time": part,
            "staff_total": full + part,
            "budget": 1_000 * rng.randint(0, 400),
            "meetings": rng.randint(0, 12),
            "trainings": trainings,
            "trainees": trainings * rng.randint(12, 80),
            "complaints_total": rng.choice((0, 0, 0, 1, 2)),
        }

    def _courts(self, received: int, year: int) -> Numbers:
        rng, numbers = self.rng, Numbers()
        corrected = chance.share(self._log("corrected", year))
        for court, rate in zip(labels.COURTS, (0.06, 0.02, 0.015), strict=True):
            cases = chance.binomial(rng, received, rate)
            weights = (0.65 * (1 - corrected), corrected, 0.15, 0.1)
            parts = chance.split(rng, cases, weights)
            numbers |= {f"{court}_{name}": n for name, n in zip(_OUTCOMES, parts, strict=True)} | {
                f"{court}_total": cases
            }
        for name in (*_OUTCOMES, "total"):
            numbers[f"litigation_{name}"] = (
                numbers[f"litigation_direct_{name}"] + numbers[f"litigation_after_review_{name}"]
            )
        return numbers

    def _replies(self, received: int, form: str, year: int) -> Numbers:
        """Replies of the years before 2019: all of the year, nothing is carried over."""
        rng = self.rng
        granted = chance.binomial(rng, received, self.granted(year))
        kinds = ("partial", "refused", "not_existing", "not_this_body", "clarification",
                 "other_channel")  # fmt: skip
        weights = (2, 2, 3, 2, 0.5, 0.5)
        if form == "local_table":
            weights = (2, 5, 0, 0, 0, 0)
        parts = chance.split(rng, received - granted, weights)
        numbers: Numbers = {f"replies_{kind}": n for kind, n in zip(kinds, parts, strict=True)}
        public = chance.binomial(rng, granted, 0.2) if form == "table2014" else 0
        late = chance.binomial(rng, received, 0.04)
        refusals = [row[0] for row in labels.LISTS["table2014"] if row[0].startswith("refused_")]
        channels = chance.split(rng, received, (3, 0.3, 5, 1.5))
        causes = chance.split(rng, int(numbers["replies_refused"]), [1] * len(refusals))
        return numbers | {
            "requests_received": received,
            "replies_total": received,
            "replies_granted": granted - public,
            "replies_already_public": public,
            "requests_completed": received,
            "requests_completed_on_time": received - late,
            "requests_completed_extended": late,
            **dict(zip(refusals, causes, strict=True)),
            **{f"requests_received_{c}": n for c, n in zip(_CHANNELS, channels, strict=True)},
        }

    def _requests(self, received: int, form: str, year: int) -> Cells:
        """Table 3: what comes in and what goes out of a year, column by column."""
        rng, cells = self.rng, Cells()
        groups = (*labels.RESULTS, labels.OTHER[form])
        results = [metric for _, rows in groups for metric, _ in rows]
        granted = self.granted(year)
        rest = [rng.random() ** 3 for _ in results[1:]]
        weights = [granted, *((1 - granted) * each / sum(rest) for each in rest)]
        for who, new in zip(_ASKING, chance.split(rng, received, _WHO), strict=True):
            carried = self.open_requests[who]
            later = chance.binomial(rng, new + carried, _LEFT_OVER)
            total = new + carried - later
            self.open_requests[who] = later
            parts = chance.split(rng, total, weights)
            ends = (new, carried, later, total)
            metrics = (*(metric for metric, _ in labels.ENDS), labels.TOTAL[0])
            column = dict(zip((*metrics, *results), (*ends, *parts), strict=True))
            cells |= {(metric, who): number for metric, number in column.items()}
        for metric in (*(metric for metric, _ in labels.ENDS), labels.TOTAL[0], *results):
            cells[metric, "total"] = sum(cells[metric, who] for who in _ASKING)
        return cells

    def _items(self, form: str) -> Cells:
        """Table 2: what is issued, decided, collected and bought."""
        cells = Cells()
        for _, things, heads in labels.ARTICLE_20[form]:
            for thing in things:
                for head in heads:
                    cells[f"{thing}_{head}", ""] = self._item(thing, head, cells)
        if form == "table2019":
            for thing in ("rules", "normative"):
                cells[f"{thing}_new_disclosed", ""] = cells[f"{thing}_new_made", ""]
        return cells

    def _item(self, thing: str, head: str, cells: Cells) -> Number:
        rng = self.rng
        if thing in self.in_force:
            made = self._rules(4) if thing == "rules" else rng.randint(0, 20)
            if head == "repealed":
                return chance.binomial(rng, self.in_force[thing], 0.04)
            if head in ("in_force", "disclosed_total"):
                new = cells.get((f"{thing}_issued", ""), cells.get((f"{thing}_new_made", ""), 0))
                gone = cells.get((f"{thing}_repealed", ""), 0)
                self.in_force[thing] = max(0, self.in_force[thing] + int(new - gone))
                return self.in_force[thing]
            return made
        if head == "items_change":
            return rng.choice((0, 0, rng.randint(-30, 30)))
        if head == "amount":
            return Decimal(rng.randint(0, 4_000_000)) / 100
        return rng.randint(0, 10 ** rng.randint(0, 4))

    def _cases(self, numbers: Numbers) -> Cells:
        return {
            (f"{court}_{outcome}", ""): numbers[f"{court}_{outcome}"]
            for court in labels.COURTS
            for outcome in labels.OUTCOMES
        }

    def _form(self, form: str, year: int, cells: Cells) -> Report:
        rng = self.rng
        zero = rng.choice(("0", "0", "0", "0", "", "/", "—"))
        return Report(form, year, cells, zero, signs=rng.choice(("+-", "+-", "增减")))


def _without_pending(numbers: Numbers) -> Numbers:
    """Cases of a form that has no row for those that are pending: they stand among the others."""
    found = Numbers()
    for court in (*labels.COURTS, "litigation"):
        found[f"{court}_other"] = numbers[f"{court}_other"] + numbers[f"{court}_pending"]
        found[f"{court}_pending"] = 0
    return found


def _listed(form: str, numbers: Numbers) -> Cells:
    cells: Cells = {}
    for metric, _, _ in labels.LISTS[form]:
        if metric in labels.MONEY:
            cells[metric, ""] = Decimal(int(numbers[metric])) / 10_000
        elif metric:
            cells[metric, ""] = numbers[metric]
    return cells
