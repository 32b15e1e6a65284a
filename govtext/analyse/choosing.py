"""Fewer reports for one question: `level`, `province`, `years` and `body`, the same in every call.

A function of a study takes them all, as `chosen` says. They choose the reports before anything is
counted or compared, as `study.filter` does.
"""

from __future__ import annotations

from functools import wraps
from inspect import Parameter, cleandoc, signature
from typing import TYPE_CHECKING, Any

from govtext.core.near import listed, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pandas as pd

    from govtext.pipeline.tables import Study

CHOICES = ("level", "province", "years", "body")
"""What reports can be chosen by, in every call that is given a study."""
_OF_STUDIES = ("study", "panel_or_study")
_COLUMNS = {"level": "admin_level", "province": "province", "years": "year", "body": "body"}
_TOLD = """

Other Parameters
----------------
level, province, years, body : optional
    Only some reports, by one of each or several: ``level="county"``,
    ``years=range(2014, 2019)``, ``body="..."`` (as `bodies` calls it, or any name in `reports`).
    The reports are chosen first: what is left out is neither counted nor compared with.
"""


def chosen(function: Callable[..., Any]) -> Callable[..., Any]:
    """Same function, which also takes `level`, `province`, `years` and `body` if it takes a study.

    Its own settings of these names stay its own.
    """
    told = signature(function)
    names = list(told.parameters)
    choices = [each for each in CHOICES if each not in names]
    if not names or names[0] not in _OF_STUDIES:
        return function

    @wraps(function)
    def call(*arguments: Any, **settings: Any) -> Any:
        given = {name: settings.pop(name, None) for name in choices}
        asked = {name: value for name, value in given.items() if value is not None}
        if asked and arguments:
            arguments = (_fewer(arguments[0], asked, settings.get("names")), *arguments[1:])
        elif asked and names[0] in settings:
            settings[names[0]] = _fewer(settings[names[0]], asked, settings.get("names"))
        return function(*arguments, **settings)

    more = [Parameter(name, Parameter.KEYWORD_ONLY, default=None) for name in choices]
    own = [each for each in told.parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
    rest = [each for each in told.parameters.values() if each.kind is Parameter.VAR_KEYWORD]
    call.__signature__ = told.replace(parameters=[*own, *more, *rest])  # type: ignore[attr-defined]
    call.__doc__ = cleandoc(function.__doc__ or "") + _TOLD
    return call


def _fewer(given: Any, asked: dict[str, Any], names: Any) -> Any:
    """A study, or a frame of bodies and years, with the reports that are asked for."""
    if not hasattr(given, "filter") or not hasattr(given, "folder"):
        return _rows(given, asked)
    rest = {name: value for name, value in asked.items() if name != "body"}
    study: Study = given.filter(**rest) if rest else given
    return _of_bodies(study, asked["body"], names) if "body" in asked else study


def _of_bodies(study: Study, body: str | Collection[str], names: Any) -> Study:
    """Study with the reports of some bodies, by what `bodies` calls them or by a printed name."""
    from govtext.analyse import bodies

    columns = sorted({*bodies.COLUMNS, "issuer_short", "issuer_full"})
    reports = study.read("reports", columns)
    called = reports["report_id"].map(bodies.called(reports, study.folder, names))
    every = reports[["issuer", "issuer_short", "issuer_full"]].assign(called=called)
    wanted = _several(body)
    _demand(wanted, {str(each) for column in every for each in every[column].dropna().unique()})
    of_them = set(called[every.isin(wanted).any(axis=1)].dropna())
    return study.only(reports.loc[called.isin(of_them), "report_id"])


def _rows(frame: pd.DataFrame, asked: dict[str, Any]) -> pd.DataFrame:
    """Rows of a frame that are of all that is asked for."""
    for name, value in asked.items():
        wanted, column = _several(value), _COLUMNS[name]
        if name != "years":
            _demand(wanted, set(frame[column].dropna().astype(str)))
        frame = frame[frame[column].isin(wanted)]
    return frame


def _several(value: Any) -> list[Any]:
    return [value] if isinstance(value, str | int) else list(value)


def _demand(wanted: Collection[Any], there: set[str]) -> None:
    for each in wanted:
        if each not in there:
            raise ValueError(
                f"no report is of {each!r}{meant(each, there)}; there are "
                f"{listed(sorted(there), each)}"
            )
