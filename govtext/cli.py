"""The command `govtext`: build, show, new, study, compare, export, site."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Any]

WRONG_USAGE = 2
_ENDINGS = (".xlsx", ".dta", ".csv", ".parquet", ".sqlite", ".tex")
_LANGUAGES = ("en", "zh")
STOPPED = 128  # and the number of the signal, as shells count


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status of the command line: 0 done, 1 failed, 2 wrong usage, 130 and 143 stopped."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    try:
        status = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output has seen enough: `govtext show FILE | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("govtext: stopped", file=sys.stderr)
        return STOPPED + signal.SIGINT
    except (ImportError, OSError, ValueError) as error:
        from govtext.core.letters import one_line
        from govtext.core.model import WrongUsage

        print(f"govtext: {one_line(_told(error))}", file=sys.stderr)
        return WRONG_USAGE if isinstance(error, FileNotFoundError | WrongUsage) else 1
    return status


def _told(error: Exception) -> str:
    """Sentence of an error; one of the system's own with the file and the next step."""
    if not isinstance(error, OSError) or error.filename is None:
        return str(error)
    if isinstance(error, PermissionError):
        return f"{error.filename}: no permission; choose another folder, or ask for the right to it"
    return f"{error.filename}: {error.strerror}; choose another place"


class _Parser(argparse.ArgumentParser):
    """A parser that names the command which a misspelt one is like."""

    def error(self, message: str) -> NoReturn:
        """Leave with 2; the last line says what is wrong and what may have been meant."""
        from govtext.core.near import meant

        found = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message)
        near = meant(found[1], re.findall(r"[\w-]+", found[2])) if found else ""
        super().error(message + near)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="govtext", description="Chinese government information disclosure reports as data."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_reading(commands)
    _add_studies(commands)
    _add_results(commands)
    return parser


def _add_reading(commands: Commands) -> None:
    build = commands.add_parser("build", help="read a folder of reports into tables")
    build.add_argument("source", metavar="SOURCE", help="a folder, a file or an address")
    build.add_argument("--out", required=True, metavar="DIR", help="for the tables")
    build.add_argument("--workers", type=_count, default=1, metavar="N", help="processes")
    build.add_argument("--cluster", metavar="ADDRESS", help="dask scheduler, tcp://HOST:PORT")
    build.add_argument("--cluster-without-tls", action="store_true", help="also not on loopback")
    build.add_argument("--rules", type=Path, metavar="DIR", help="your own terms and metrics")
    build.add_argument("--fresh", action="store_true", help="read everything anew")
    build.add_argument("--seconds", type=_count, metavar="N", help="most for a file (12)")
    build.add_argument("--follow-links", action="store_true", help="also out of SOURCE")
    build.add_argument("--strict", action="store_true", help="exit 1 if a file is rejected")
    build.set_defaults(run=_build)
    show = commands.add_parser("show", help="show one report with its sections and numbers")
    show.add_argument("file", type=Path, metavar="FILE")
    show.add_argument("--out", type=Path, metavar="PAGE.html", help="write a page instead")
    show.add_argument("--language", choices=_LANGUAGES, default="en", help="of the page's labels")
    show.add_argument("--rules", type=Path, metavar="DIR", help="your own terms and metrics")
    show.add_argument("--seconds", type=_count, metavar="N", help="most for the file (12)")
    show.set_defaults(run=_show)


def _add_studies(commands: Commands) -> None:
    new = commands.add_parser("new", help="make the folder of a study of your own")
    new.add_argument("folder", type=Path, metavar="FOLDER", help="empty, or not there yet")
    new.set_defaults(run=_new)
    study = commands.add_parser("study", help="make what has changed in such a folder")
    study.add_argument("folder", type=Path, metavar="FOLDER", help="made by govtext new")
    study.add_argument("--workers", type=_count, metavar="N", help="processes (all there are)")
    study.add_argument("--fresh", action="store_true", help="make everything anew")
    study.set_defaults(run=_study)


def _add_results(commands: Commands) -> None:
    compare = commands.add_parser("compare", help="what moved between two builds, by which rule")
    compare.add_argument("old", type=Path, metavar="OLD", help="folder of tables")
    compare.add_argument("new", type=Path, metavar="NEW", help="folder of tables")
    compare.set_defaults(run=_compare)
    export = commands.add_parser("export", help="a study for Excel, Stata, LaTeX, SQL")
    export.add_argument("study", type=Path, metavar="STUDY", help="folder of the tables")
    export.add_argument("out", type=Path, metavar="OUT", help="ends in " + " ".join(_ENDINGS))
    of = export.add_mutually_exclusive_group()
    of.add_argument("--table", metavar="NAME", help="one table of the study")
    of.add_argument("--panel", metavar="SERIES", help="one series or metric, by body and year")
    export.set_defaults(run=_export)
    site = commands.add_parser("site", help="a study as pages, a page a report, without a server")
    site.add_argument("study", type=Path, metavar="STUDY", help="folder of the tables")
    site.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the pages")
    site.add_argument("--language", choices=_LANGUAGES, default="en", help="of the labels")
    site.set_defaults(run=_site)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of 1 or more")
    return int(text)


def _build(options: argparse.Namespace) -> int:
    from govtext.pipeline import sandbox
    from govtext.pipeline.build import build

    # Asked to end, a build says how to go on, as at Ctrl-C.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(STOPPED + number))
    start = time.monotonic()
    summary = build(
        options.source,
        options.out,
        options.workers,
        fresh=options.fresh,
        seconds=options.seconds or sandbox.SECONDS,
        rules=options.rules,
        cluster=options.cluster,
        cluster_without_tls=options.cluster_without_tls,
        follow_links=options.follow_links,
    )
    print(f"{summary}; {time.monotonic() - start:.1f} s; tables in {options.out}")
    return 1 if options.strict and summary.n_rejects + summary.n_unapplied else 0


def _new(options: argparse.Namespace) -> int:
    from govtext import study

    folder = options.folder
    study.new(folder)
    print(f"{folder} is a study. Copy your reports into {folder / 'reports'}, then run")
    print(f"  govtext study {folder}    or make in {folder}")
    print(f"{folder / 'README.md'} says what else can be put there.")
    return 0


def _study(options: argparse.Namespace) -> int:
    from govtext import study
    from govtext.study.execute import processors

    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(STOPPED + number))
    workers = options.workers or processors()
    return study.run(options.folder, workers=workers, fresh=options.fresh)


def _compare(options: argparse.Namespace) -> int:
    from govtext.analyse.builds import compare, lines

    for line in lines(compare(options.old, options.new)):
        print(line)
    return 0


def _show(options: argparse.Namespace) -> int:
    from govtext.core import rules
    from govtext.pipeline import home, own
    from govtext.pipeline.written import Written

    if not options.file.is_file():
        raise FileNotFoundError(f"{options.file} is no file: FILE is a report")
    folder = Written.of(options.file, home.above(options.file), options.rules).rules
    mine = own.read(folder) if folder else own.Found()
    with rules.using(mine.own):
        return _shown(options)


def _shown(options: argparse.Namespace) -> int:
    from govtext.core import disk
    from govtext.core.letters import one_line
    from govtext.core.model import UnreadableReport
    from govtext.pipeline import sandbox
    from govtext.pipeline.assemble import read_apart
    from govtext.show import evidence

    try:
        report = read_apart(options.file, seconds=options.seconds or sandbox.SECONDS)
    except UnreadableReport as error:
        print(f"govtext: {one_line(f'{options.file}: {error.message}')}", file=sys.stderr)
        return 1
    if options.out is None:
        print(evidence.plain(report), end="")
    else:
        disk.write(options.out, evidence.page(report, options.language))
        print(f"{options.out} shows {len(report.quantities)} numbers")
    return 0


def _export(options: argparse.Namespace) -> int:
    from govtext.core.near import meant
    from govtext.pipeline import tables
    from govtext.show.export import export

    if options.out.suffix.lower() not in _ENDINGS:
        return _wrong(f"OUT is {options.out}; it can end in {', '.join(_ENDINGS)}")
    if options.table and options.table not in tables.names():
        near = meant(options.table, tables.names())
        known = ", ".join(tables.names())
        return _wrong(f"there is no table {options.table!r}{near}; there are {known}")
    study = tables.load(options.study)
    try:
        path = export(study, options.out, table=options.table, panel=options.panel)
    except KeyError as error:
        return _wrong(str(error.args[0]))
    except ImportError as error:
        print(f"govtext: {error}", file=sys.stderr)
        return 1
    print(f"{path} with its codebook, data card and datapackage.json beside it")
    return 0


def _site(options: argparse.Namespace) -> int:
    from govtext.show.site import site

    number = site(options.study, options.out, options.language)
    print(f"{number:,} pages; open {options.out / 'index.html'}")
    return 0


def _wrong(sentence: str) -> int:
    print(f"govtext: {sentence}", file=sys.stderr)
    return WRONG_USAGE
