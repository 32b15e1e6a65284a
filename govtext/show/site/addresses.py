"""Where each page of a site lies: addresses that stay the same from build to build.

An address is made of letters, digits, `-` and `_` only, so that every disk and server takes it; it
ends in a digest of the whole id, so that no two ids share one.
"""

from __future__ import annotations

import re
from hashlib import sha256

_SHOWN = 40
_DIGEST = 12


def report(report_id: str) -> str:
    """Address of the page of a report."""
    return f"reports/{_name(report_id)}.html"


def body(name: str) -> str:
    """Address of the page of a body."""
    return f"bodies/{_name(name)}.html"


def metric(name: str) -> str:
    """Address of the page of a metric."""
    return f"metrics/{_name(name)}.html"


def _name(whole: str) -> str:
    """Last letters and digits of an id with its digest."""
    readable = re.sub(r"[^A-Za-z0-9_]+", "-", whole)[-_SHOWN:].strip("-")
    digest = sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    return f"{readable}-{digest}" if readable else digest
