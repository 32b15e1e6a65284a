"""Whose figure and of when: what a sentence has said of years, bodies and plans before a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.tokens import TERM, YEAR, Token

if TYPE_CHECKING:
    from collections.abc import Sequence


class Scope:
    """State of one sentence, fed token by token."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.named = ""
        self.clause_only = False
        self.prior = self.cumulative = self.target = self.other = False
        self._before: Token | None = None
        self._since: int | None = None
        self._until = False

    def clause(self, mark: str) -> None:
        if mark == ";":
            self.prior = self.target = self.other = self.clause_only = False
        if self.clause_only:
            self.prior = self.clause_only = False
        self._before = None

    def see(self, token: Token) -> None:
        if token.kind == YEAR:
            self._year(token)
        elif token.kind == TERM and "scope" in token.fills:
            self._term(token)
        if token.kind in (TERM, YEAR) or token.text.strip():
            self._before = token

    def _year(self, token: Token) -> None:
        compared = self._before is not None and self._before.text in ("比", "较", "与", "同", "和", "由", "从", "相比")
        until = self._before is not None and self._before.text.endswith(("至", "到")) or self._before is not None and self._before.text in ("截至", "截止", "至", "到", "截至到", "到了")
        if self.year is None or until:
            if until and self._since is not None and self._since < (self.year or 0):
                self.cumulative = True
            return
        if token.index == self.year:
            self.prior = self.target = self.cumulative = False
            self._since = token.index
        elif token.index < self.year:
            self._since = token.index
            self.prior, self.clause_only = True, compared
        else:
            self.target = True

    def _term(self, token: Token) -> None:
        value = token.fills["scope"]
        if value == "until":
            self._until = True
        elif value == "own_year":
            self._until = False
            if token.text in ("全年", "年内", "年度", "全年共"):
                return
            self.prior = self.cumulative = self.target = False
        elif value == "prior_year":
            self.prior = True
            self.clause_only = True
        elif value == "cumulative":
            if self.year == 2008 and token.text != "历年":
                return
            if token.text in ("累计", "累积") and not self._until and not (self._since is not None and self.year and self._since < self.year):
                return
            self.cumulative, self.prior = True, False
        elif value == "target":
            self.target = True
        elif value == "other_body":
            self.other = True

    def number(self, token: Token) -> None:
        if self.clause_only:
            self.prior = self.clause_only = False
        self._before = token

    def flags(self, right: Sequence[Token]) -> set[str]:
        found = set()
        if self.cumulative:
            found.add("cumulative")
        elif self.prior:
            found.add("prior_year")
        if self.target:
            found.add("target")
        if self.other:
            found.add("other_body")
        return found
