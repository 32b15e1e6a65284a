"""A study -> static pages: every report, body and metric, from a folder without a server.

The pages are made from the tables of a study; no report is read again. They fetch nothing, and run
nothing but the script that sorts and filters their tables.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from govtext.core import disk, origin
from govtext.core.alone import alone
from govtext.core.model import WrongUsage
from govtext.pipeline import tables
from govtext.show import evidence
from govtext.show.evidence.look import checked
from govtext.show.site import addresses, again, frame, lists, metrics
from govtext.show.site.contents import Contents

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from govtext.pipeline.tables import Study

__all__ = ["site"]

MARK = "govtext-site.txt"
"""File that says that a folder is a site and may be made anew."""
_FOLDERS = ("reports", "bodies", "metrics")


def site(
    study: Study | str | os.PathLike[str], folder: str | os.PathLike[str], language: str = "en"
) -> int:
    """Number of pages of a site that were written to a folder, in place of the one there.

    Parameters
    ----------
    study : Study or path
        As `load` gives, or the folder of its tables.
    folder : path
        Empty, not there yet, or a site, which is made anew. The site appears there when it is
        whole; on an error what stood there stays.
    language : {"en", "zh"}
        Of the labels; the reports stay as they are.

    Raises
    ------
    WrongUsage
        If the folder holds anything else than a site.
    BlockingIOError
        If another process is making a site there.
    ValueError
        If the language is none of these.
    """
    checked(language)
    out = Path(folder).resolve()
    if others := _others(out):
        raise WrongUsage(
            f"{folder} holds other things than a site ({', '.join(others[:3])}); choose a folder "
            "that is empty or not there"
        )
    of = study if isinstance(study, tables.Study) else tables.load(study)
    out.parent.mkdir(parents=True, exist_ok=True)
    with _alone(out):
        if (before := _before(out)).exists() and not out.exists():  # cut off between two renames
            before.replace(out)
        draft = out.with_name(f".{out.name}.new-site")
        shutil.rmtree(draft, ignore_errors=True)
        try:
            number: int = _write(of.read("reports", ["report_id"]), of, draft, language)
            _stand(draft, out)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return number


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep others from making a site at the same place."""
    with ExitStack() as stack:
        try:
            stack.enter_context(alone(out.with_name(f".{out.name}.site-lock")))
        except BlockingIOError as error:
            raise BlockingIOError(f"another site is being made in {out}: {error}") from None
        yield


def _others(out: Path) -> list[str]:
    """What stands at a place and is none of a site: nothing of it may be lost."""
    if not out.is_dir():
        return [out.name] if out.exists() else []
    there = sorted(each.name for each in out.iterdir())
    ours = {MARK, *frame.PAGES.values(), *_FOLDERS} if MARK in there else set()
    return [name for name in there if name not in ours]


@origin.carries
def _write(_: object, study: Study, draft: Path, language: str) -> int:
    """Number of pages written; what is given first brings the own rules of the study with it."""
    for name in _FOLDERS:
        (draft / name).mkdir(parents=True)
    number = 0
    for address, text in _pages(study, language):
        (draft / address).write_text(text, encoding="utf-8", newline="\n")
        number += 1
    (draft / MARK).write_text("Made by govtext site; it is replaced when made anew.\n", "utf-8")
    return number


def _pages(study: Study, language: str) -> Iterator[tuple[str, str]]:
    of = Contents.of(study, language)
    yield frame.PAGES["reports"], lists.reports(of)
    yield frame.PAGES["coverage"], lists.coverage(of)
    yield frame.PAGES["metrics"], metrics.metrics(of)
    for name in of.values:
        yield addresses.metric(name), metrics.metric(of, name)
    values = of.values_by_body()
    for name in of.bodies:
        yield addresses.body(name), lists.body(of, name, values.get(name, ()))
    above = frame.bar(language)
    for report in again.reports(study):
        yield addresses.report(report.report_id), evidence.page(report, language, above=above)


def _before(out: Path) -> Path:
    return out.with_name(f".{out.name}.old-site")


def _stand(draft: Path, out: Path) -> None:
    """Have a finished site stand at its name.

    Pages are not flushed one by one, which would take longer than to make them: after a power cut
    make them anew.
    """
    before = _before(out)
    shutil.rmtree(before, ignore_errors=True)
    if out.exists():
        out.replace(before)
    draft.replace(out)
    disk.sync(out.parent)
    shutil.rmtree(before, ignore_errors=True)
