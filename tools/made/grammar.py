"""A frame and a speaker -> a sentence, with its themes and the numbers that it states.

A frame of `frames.csv` holds slots in braces. `{word}` is filled by a row of `words.csv`, which may
hold slots itself and lends its themes; `{=metric}` states the body's number of the year,
`{<metric}` that of the year before; `{n}`, `{nn}` and `{nnn}` are numbers that mean nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from tools.made.tables import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from random import Random

    from tools.made.tables import Row

_SLOT = re.compile(r"\{([^}]+)\}")
_RANGES = {"n": (2, 60), "nn": (60, 990), "nnn": (1_000, 90_000), "month": (1, 11), "day": (2, 27)}
# Characters of invented places; no two of the first and second make a county of today.
_FIRST = "青松柏桂兰荷莲槐桐杉枫榆桃梨杏竹柳芦蒲苇沙石岩溪涧泉潭湾浦汀渚堤坝桥渡亭塔楼阁云霞"
_SECOND = "坪坞垭岭坡岗沟峪洼塘堰渠埠圩垸墩台坛庄屯营寨堡集店铺窑坊井田园圃苑畈冲坳嘴咀头背"
_PLACES = ("社区", "村", "片区", "园区", "街道", "居委会")


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that a sentence states: `scope` is own, or prior for that of the year before."""

    metric: str
    value: int | Decimal
    scope: str


@dataclass(slots=True)
class Sentence:
    """A sentence with what is known of it; of the metric `denied` it says that there was none."""

    text: str
    themes: frozenset[str] = frozenset()
    stated: tuple[Stated, ...] = ()
    denied: str = ""


@dataclass(frozen=True)
class Speaker:
    """What fills the slots that no table fills: the report's own words, numbers and leanings."""

    rng: Random
    words: Mapping[str, str]
    numbers: Mapping[str, int | Decimal]
    before: Mapping[str, int | Decimal]
    leaning: Mapping[str, float]
    repeats: float = 0
    thousands: bool = False
    _themes: dict[str, tuple[list[str], list[float]]] = field(default_factory=dict)

    def theme(self, part: str) -> str:
        """A theme to speak of in a part of the report."""
        if part not in self._themes:
            rows = [row for row in load("themes") if row["part"] == part]
            weights = [float(row["weight"]) * self.leaning.get(row["theme"], 1) for row in rows]
            self._themes[part] = ([row["theme"] for row in rows], list(accumulate(weights)))
        names, sums = self._themes[part]
        return self.rng.choices(names, cum_weights=sums)[0]


def speak(template: str, speaker: Speaker, part: str, themes: str = "") -> Sentence:
    """The sentence that a template makes."""
    said: set[str] = set(themes.split())
    stated: list[Stated] = []
    text = _filled(template, speaker, part, said, stated)
    return Sentence(text, frozenset(said), tuple(stated))


def place_name(rng: Random) -> str:
    """An invented place below a county."""
    return rng.choice(_FIRST) + rng.choice(_SECOND) + rng.choice(_PLACES)


def stem(rng: Random) -> str:
    """An invented name of a town, without its last character."""
    return rng.choice(_FIRST) + rng.choice(_SECOND)


def _filled(
    template: str, speaker: Speaker, part: str, said: set[str], stated: list[Stated]
) -> str:
    out = []
    for literal, slot in _parts(template):
        out.append(literal)
        if not slot:
            continue
        if slot[0] in "=<":
            out.append(_number(slot, speaker, stated))
        elif slot == "local":
            out.append(place_name(speaker.rng))
        elif slot in _RANGES:
            out.append(str(speaker.rng.randint(*_RANGES[slot])))
        elif slot in speaker.words:
            out.append(speaker.words[slot])
        else:
            row = speaker.rng.choice(_rows(slot, speaker.theme(part) if slot == "deed" else ""))
            said.update(row["themes"].split())
            out.append(_filled(row["text"], speaker, part, said, stated))
    return "".join(out)


def _number(slot: str, speaker: Speaker, stated: list[Stated]) -> str:
    metric, _, unit = slot[1:].partition(":")
    value = (speaker.numbers if slot[0] == "=" else speaker.before)[metric]
    stated.append(Stated(metric, value, "own" if slot[0] == "=" else "prior"))
    if unit == "wan":
        return f"{value / 10_000:g}"
    return f"{value:,.0f}" if speaker.thousands else f"{value:.0f}"


@cache
def _parts(template: str) -> tuple[tuple[str, str], ...]:
    """Literals of a template, each with the slot behind it."""
    pieces = _SLOT.split(template)
    return tuple(zip(pieces[::2], [*pieces[1::2], ""], strict=True))


@cache
def metrics_of(template: str) -> tuple[str, ...]:
    """Slots of a template that state numbers."""
    return tuple(slot for _, slot in _parts(template) if slot[:1] in ("=", "<") and slot)


@cache
def _rows(slot: str, theme: str) -> Sequence[Row]:
    rows = [row for row in load("words") if row["slot"] == slot]
    rows = [row for row in rows if not theme or theme in row["themes"].split()]
    if not rows:
        message = f"no row of words.csv fills {{{slot}}}" + f" for {theme}" * bool(theme)
        raise KeyError(message)
    return rows
