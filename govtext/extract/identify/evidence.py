"""What a report and the page around it say of places and bodies, read once and asked often."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from govtext.core import model, regions, rules
from govtext.core.text import fold

_LONGEST_VALUE = 120
_NEAR = 12
_NEXT_LABEL = re.compile(r"\s[^\s:]{2,8}\s{0,4}:|\s{0,4}\|")


@dataclass(frozen=True)
class Evidence:
    """A cleaned report as identification asks for it; every view is made once, when first used."""

    document: model.Document
    within: str = ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Lines of the report that are not empty."""
        return tuple(line for line in self.document.text.split("\n") if line.strip())

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The same lines, folded."""
        return tuple(line for line in self.document.content.folded.split("\n") if line.strip())

    @cached_property
    def later(self) -> tuple[str, ...]:
        """The folded lines from the middle on, of all lines or of all characters, what is sooner.

        The rows of a table behind the signature are many lines of few characters.
        """
        ends = list(accumulate(map(len, self.folded)))
        middle = bisect_right(ends, ends[-1] // 2) if ends else 0
        return self.folded[min(middle, len(ends) // 2) :]

    @cached_property
    def witnesses(self) -> str:
        """All that the file says, folded; the page around the report and its head included."""
        around = (each.text for each in self.document.removals)
        return fold("\n".join([*self.lines, *around]))

    def prints(self, name: str) -> bool:
        """True if a name stands anywhere in the file."""
        return name in self.witnesses

    @cached_property
    def mentions(self) -> tuple[regions.NamedPlace, ...]:
        """Full names of places anywhere in the file, but not where others were only visited."""
        elsewhere = words("elsewhere")
        return tuple(
            each
            for each in regions.mentions(self.witnesses)
            if not self.witnesses[max(0, each.start - 2) : each.start].endswith(elsewhere)
        )

    @cached_property
    def weights(self) -> Counter[str]:
        """Weight of each name as that of the own or a superior place: 2 with an office behind."""
        counted: Counter[str] = Counter()
        for each in self.mentions:
            behind = self.witnesses[each.end : each.end + _NEAR]
            counted[each.name] += 2 if any(row.match(behind) for row in patterns("office")) else 1
        return counted

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """How often a name stands right behind another: 某市 and 某区 in 某市某区."""
        return Counter(
            (first.name, second.name)
            for first, second in zip(self.mentions, self.mentions[1:], strict=False)
            if first.end == second.start
        )

    def told(self, kind: str) -> Iterator[str]:
        """Values that the head of a web page gives under the names of a kind."""
        names = {word.lower() for word in words(kind)}
        for name, value in self.document.page.metadata:
            if name.lower() in names:
                yield value

    def labels(self, kind: str) -> Iterator[str]:
        """Values of the labels of a kind around the report, such as 发布机构: 某局."""
        for removal in self.document.removals:
            folded = fold(removal.text)
            for expression in _labels(kind):
                if match := expression.search(folded):
                    behind = folded[match.end() : match.end() + _LONGEST_VALUE]
                    length = min(_end_of_value(behind, row) for row in _value_ends())
                    yield removal.text[match.end() : match.end() + length].strip()


@cache
def patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """Expressions of the rows of a kind in `rules/identity.csv`, in their order."""
    return tuple(rules.pattern(row) for row in rules.load("identity") if row["kind"] == kind)


@cache
def words(kind: str) -> tuple[str, ...]:
    """Words of the rows of a kind in `rules/identity.csv`, in their order."""
    return tuple(row["pattern"] for row in rules.load("identity") if row["kind"] == kind)


@cache
def _labels(kind: str) -> tuple[re.Pattern[str], ...]:
    """Labels as they are printed: at the begin, behind a space, a bar or a time; spaced out."""
    spaced = (r"\s{0,4}".join(map(re.escape, word)) for word in words(kind))
    return tuple(
        re.compile(
            rf"(?:^|(?<=[\s0-9|•·●○◆■▪★*-])){word}\s{{0,4}}[:|]\s{{0,4}}|^{word}\s{{1,8}}(?=[^\s:|])"
        )
        for word in spaced
    )


def _value_ends() -> tuple[re.Pattern[str], ...]:
    return (_NEXT_LABEL, *patterns("label_end"))


def _end_of_value(text: str, mark: re.Pattern[str]) -> int:
    match = mark.search(text)
    return match.start() if match else len(text)
