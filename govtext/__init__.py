"""govtext: Chinese government information disclosure annual reports, read as data."""

from __future__ import annotations

from importlib import import_module
from inspect import isfunction
from types import ModuleType
from typing import Any

from govtext.core.calls import explained
from govtext.core.near import meant
from govtext.core.origin import carries

__version__ = "0.1.0"

# Imported when first used: `import govtext` costs nothing, and `gt.load()` no drawing.
_FUNCTIONS = {
    "audit": "analyse.audits",
    "audit_years": "analyse.panels",
    "bodies": "analyse.bodies",
    "breaks": "analyse.panels",
    "build": "pipeline.build",
    "code_themes": "analyse.emphasis.study",
    "codebook": "core.codebook",
    "compare": "analyse.builds",
    "contrast": "analyse.contrasts",
    "counted_things": "analyse.things",
    "coverage": "analyse.panels",
    "crosswalk": "core.codebook",
    "data_card": "show.export",
    "diff": "analyse.differences",
    "draw_sample": "validate",
    "dtm": "analyse.language.terms",
    "explain": "show.evidence",
    "export": "show.export",
    "funnel": "analyse.funnels",
    "join": "analyse.joining",
    "kwic": "analyse.emphasis.study",
    "load": "pipeline.tables",
    "missing": "analyse.panels",
    "panel": "analyse.panels",
    "own_rules": "pipeline.own",
    "own_sample": "study.sample",
    "parse_quantities": "pipeline.assemble",
    "rates": "analyse.panels",
    "read_report": "show.evidence",
    "save_figure": "show.figures",
    "score_sample": "validate",
    "sentences": "analyse.emphasis.study",
    "settings": "study.settings",
    "stated": "analyse.panels",
    "tokenize": "extract.words",
    "unmatched": "analyse.joining",
    "use_style": "show.style",
}
# A namespace is called like its main function: `gt.topics(study)` is `gt.topics.topics(study)`.
_NAMESPACES = {
    "corpus": "analyse.corpus",
    "duties": "analyse.duties",
    "emphasis": "analyse.emphasis.study",
    "language": "analyse.language.study",
    "plots": "show.plots",
    "reuse": "analyse.reuse.study",
    "tell": "show.tell",
    "topics": "analyse.topics.study",
    "validate": "validate",
}

__all__ = [
    "audit", "audit_years", "bodies", "breaks", "build", "code_themes", "codebook", "compare",
    "contrast", "corpus", "counted_things", "coverage", "crosswalk", "data_card", "diff",
    "draw_sample", "dtm", "duties", "emphasis", "explain", "export", "funnel", "join", "kwic",
    "language", "load", "missing", "own_rules", "own_sample", "panel", "parse_quantities", "plots",
    "rates", "read_report", "reuse", "save_figure", "score_sample", "sentences", "settings",
    "stated", "tell", "tokenize", "topics", "unmatched", "use_style", "validate",
]  # fmt: skip


class _Namespace:
    """The public names of a module; called, its main function."""

    def __init__(self, name: str, module: Any) -> None:
        self.__name__ = name
        self.__doc__ = module.__doc__
        self._module = module

    def __call__(self, *arguments: Any, **settings: Any) -> Any:
        """What the function of the namespace's own name gives."""
        function = getattr(self._module, self.__name__, None)
        if function is None:
            raise TypeError(f"gt.{self.__name__} is a namespace: {', '.join(dir(self))}")
        return _handing_on(function, f"gt.{self.__name__}")(*arguments, **settings)

    def __getattr__(self, name: str) -> Any:
        if name not in self._module.__all__:
            known = dir(self)
            raise AttributeError(
                f"gt.{self.__name__} has no {name!r}{meant(name, known)}; it has {', '.join(known)}"
            )
        return _handing_on(getattr(self._module, name), f"gt.{self.__name__}.{name}")

    def __dir__(self) -> list[str]:
        return sorted(self._module.__all__)


def _handing_on(found: Any, name: str) -> Any:
    """A function whose results know the study that they are made of, and whose errors explain.

    One of a study also takes `level`, `province`, `years` and `body`. Anything that is no function
    is given as it is.
    """
    if not isfunction(found):
        return found
    chosen = import_module("govtext.analyse.choosing").chosen
    return explained(carries(chosen(found)), name)


def __getattr__(name: str) -> Any:
    """Public names, imported when first used."""
    if name in _FUNCTIONS:
        found = getattr(import_module(f"govtext.{_FUNCTIONS[name]}"), name)
        handed = _FUNCTIONS[name].startswith(("analyse", "core", "show.export"))
        found = _handing_on(found, f"gt.{name}") if handed else explained(found, f"gt.{name}")
    elif name in _NAMESPACES:
        found = _Namespace(name, import_module(f"govtext.{_NAMESPACES[name]}"))
    else:
        near = meant(name, __all__)
        raise AttributeError(f"govtext has no {name!r}{near}; public names: {', '.join(__all__)}")
    globals()[name] = found
    for each, module in _NAMESPACES.items():  # a package imported on the way has taken its name
        if isinstance(globals().get(each), ModuleType):
            globals()[each] = _Namespace(each, import_module(f"govtext.{module}"))
    return found


def __dir__() -> list[str]:
    """Public names too that have not been imported yet, so that they can be completed."""
    return sorted({*globals(), *__all__})
