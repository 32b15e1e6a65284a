"""A package that only an export needs: imported, or named with the command that installs it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_EXTRA = "export"


def package(name: str, why: str) -> Any:
    """The module of an optional package.

    Raises
    ------
    ImportError
        If it is not installed; the message says how to install it.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(
            f"{why} needs the package {name}, which is not installed: pip install {name}, or all "
            f"that exports need, from the folder of the checkout: pip install '.[{_EXTRA}]'"
        ) from error
