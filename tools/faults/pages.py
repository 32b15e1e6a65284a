"""Pages that are no page, and years at their edges: cases that stand in tables."""

# One case a line: a Chinese character counts as two columns.
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from tools.faults.case import Case, rows

_CODE = re.compile(r"\\u([0-9a-f]{4})")


def cases() -> Iterator[Case]:
    """Every page of `pages.csv`, also as GBK, and every text of `years.csv`."""
    for row in rows("pages"):
        for encoding, suffix in (("utf-8", "html"), ("gb18030", "htm")):
            markup = row["markup"].replace('charset="utf-8"', f'charset="{encoding}"')
            data = markup.encode(encoding, "replace")
            path = f"no page/{row['name']}, {encoding}.{suffix}"
            yield Case(path, partial(bytes, data), row["outcome"], row["why"], "")
    for row in rows("years"):
        text = _CODE.sub(lambda code: chr(int(code[1], 16)), row["text"]).replace("|", "\n")
        data = text.encode()
        yield Case(f"years/{row['name']}.txt", partial(bytes, data), row["outcome"], row["why"], "")
        lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        page = f'<html><head><meta charset="utf-8"></head><body>{lines}</body></html>'.encode()
        yield Case(
            f"years/{row['name']}.html", partial(bytes, page), row["outcome"], row["why"], ""
        )
