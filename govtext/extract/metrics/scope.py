"""Whose figure and of when: what a sentence has said of years, bodies and plans before a number."""

from __future__ import annotations

from govtext.extract.metrics.lexicon import words
from govtext.extract.metrics.tokens import Kind, Token

FIRST_YEAR = 2008
"""The Regulation took effect on 1 May 2008: what is counted from then on is that year's own."""


class Scope:
    """What holds of the numbers of one sentence; it is fed token by token."""

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._prior = self._cumulative = self._target = self._other = False
        self._compared = self._guided = False
        self._until = self._late = False
        self._since: int | None = None
        self._before = ""

    def clause(self, mark: str) -> None:
        """A clause begins, behind a mark: what was compared with stays in the one before."""
        if mark == ";":
            self._prior = self._target = self._other = self._compared = False
        self._end_comparison()
        if self._guided:
            self._other = self._guided = False
        self._before = ""

    def see(self, *tokens: Token) -> None:
        """Tokens are read, one behind the other."""
        for token in tokens:
            if token.kind == Kind.YEAR:
                self._name(token.ref)
            elif token.kind == Kind.TERM and "scope" in token.fills:
                self._say(token)
            self._before = token.text

    def number(self, token: Token) -> None:
        """A number is read: only the first behind what it is compared with is of that year."""
        self._end_comparison()
        self._before = token.text

    def own(self) -> None:
        """What is carried over names another year and is this year's own."""
        self._prior = self._target = False

    def flags(self) -> set[str]:
        """Flags of a number that stands here."""
        named = {
            "cumulative": self._cumulative,
            "prior_year": self._prior and not self._cumulative,
            "target": self._target,
            "other_body": self._other,
        }
        return {flag for flag, holds in named.items() if holds}

    def _end_comparison(self) -> None:
        if self._compared:
            self._prior = self._compared = False

    def _name(self, year: int) -> None:
        """A year is named."""
        before = self._before
        until = before in words("until") or before[-1:] in words("until_end")
        if self._year is None or until:
            earlier = self._since is not None and self._since < (self._year or 0)
            if until and earlier and not self._late:
                self._cumulative = True
        elif year > self._year:
            self._target = True
        else:
            self._since = year
            self._prior = year < self._year
            self._compared = self._prior and before in words("compared")
            if not self._prior:
                self._target = self._cumulative = False

    def _say(self, token: Token) -> None:
        """A term says of when or whose."""
        value = token.fills["scope"]
        if value == "until":
            self._until = True
        elif value == "own_year":
            self._until = False
            if token.text not in words("whole_year"):
                self._prior = self._cumulative = self._target = False
        elif value == "prior_year":
            self._prior = self._compared = True
        elif value == "cumulative":
            self._sum(token.text)
        elif value == "late":
            self._late, self._prior = True, False  # 2012年12月至2013年11月 is a year of its own
        elif value == "target":
            self._target = True
        else:
            whole = token.text[0] in words("whole_place")
            self._guided = not whole and not self._other and self._before in words("guided")
            self._other = True

    def _sum(self, word: str) -> None:
        """A word of sums is read."""
        if self._counts_from_before(word):
            self._cumulative, self._prior = True, False

    def _counts_from_before(self, word: str) -> bool:
        """True if a word of sums means years before, and not the months of this one."""
        if self._year == FIRST_YEAR:
            return word in words("always_cumulative")
        if word not in words("cumulative_weak"):
            return True
        earlier = self._since is not None and self._year is not None and self._since < self._year
        return self._until or earlier
