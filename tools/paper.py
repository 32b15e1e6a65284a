"""`make paper`: the study as one PDF, `build/paper/govtext.pdf`, set by typst.

Prose, figures and tables are those of the executed notebooks, numbered through; the code stays in
the notebooks. No time and no place of this machine is in it: two runs write the same bytes.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from selectolax.lexbor import LexborHTMLParser

from govtext import __version__
from govtext.show import style
from tools.sheet import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

PLACE = "build/paper/govtext.pdf"
_SAVED = re.compile(r'save_figure\(\w+, "([0-9]{2}-[a-z0-9-]+)"')
_FIGURE, _MARK = re.compile(r"\bFigure ([0-9]+)\b"), "\ue000"
"""A figure that prose names by its number in the notebook; what stands around it when it is set."""
_WIDE, _WIDEST = 7, 14
"""Columns from which on a table is set smaller, and above which on a page on its side."""
_FITS, _MOST, _NARROW = 90, 60, 0x2E80
"""Letters that fit a line; how much of a cell widens its column; the last narrow character."""
_PRELUDE = """\
#set document(title: {title}, date: none)
#set page(paper: "a4", margin: (x: 2cm, y: 2.2cm), numbering: "1")
#set text(font: ("Libertinus Serif", "Noto Sans SC"), size: 10pt, lang: "en")
#set par(justify: true)
#set heading(numbering: none)
#set table(stroke: none, inset: (x: 3pt, y: 3pt), align: left)
#show table: set par(justify: false)
#show figure: set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: set text(size: 9pt)
#show raw: set text(font: ("DejaVu Sans Mono", "Noto Sans SC"), size: 8pt)
#show heading.where(level: 1): it => pagebreak(weak: true) + it
#align(center)[#text(size: 20pt, {title}) #v(0.5em) govtext {version}]
#v(1em)
{about}
#outline(depth: 2)
#outline(title: "Figures", target: figure.where(kind: image))
#outline(title: "Tables", target: figure.where(kind: table))
"""
_ABOUT = (
    "The notebooks of the study as they were executed, without their code. Each figure names the "
    "function that drew it and the file of the numbers drawn; each table names what it shows. "
    "make study and make paper write this file again, byte for byte."
)
_TITLE = "Five annual reports on government information disclosure, read as data"


def write(root: Path) -> int:
    """Exit status: 0, or 1 where the notebooks have not been executed."""
    copies = sorted((root / "build/notebooks").glob("*.ipynb"))
    if not copies:
        print("no executed notebooks in build/notebooks: make study first")
        return 1
    data = pdf(copies, root / "figures")
    path = root / PLACE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"{PLACE}: {len(data) / 2**20:.1f} MB")
    return 0


def pdf(copies: list[Path], figures: Path) -> bytes:
    """Bytes of the PDF of executed notebooks with the figures of a folder."""
    package = find_spec("zhplot")  # found, not imported: importing it changes matplotlib
    assert package is not None
    assert package.origin is not None
    head = _PRELUDE.format(title=_string(_TITLE), about=_text(_ABOUT), version=__version__)
    with tempfile.TemporaryDirectory() as folder:
        for path in figures.glob("*.svg"):
            shutil.copy(path, folder)
        body = (part for copy in copies for part in _notebook(copy, _titles(figures)))
        source = Path(folder, "paper.typ")
        source.write_text("\n\n".join([head, *body]), encoding="utf-8")
        fonts = [str(Path(package.origin).parent / "fonts")]
        compiler = typst.Compiler(root=folder, font_paths=fonts, ignore_system_fonts=True)
        made = compiler.compile(input=str(source), format="pdf", timestamp=0)
    assert isinstance(made, bytes)
    return made


def _titles(figures: Path) -> dict[str, tuple[str, str]]:
    """Title of each file, and what tells it to who does not see it."""
    found = read_rows(figures / "manifest.csv")
    titles = {row["file"]: " ".join(row["title"].split()) for row in found}
    return {
        row["file"]: (titles[row["file"]], row.get("alt") or titles[row["file"]]) for row in found
    }


def _notebook(copy: Path, titles: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Parts of a notebook as typst: its prose, and what its cells gave."""
    from nbconvert.filters import markdown2html

    heading, drawn = "", 0
    cells = json.loads(copy.read_text(encoding="utf-8"))["cells"]
    figures = sum(len(_SAVED.findall("".join(cell["source"]))) for cell in cells)
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            found = re.findall(r"^#+ (.*)", source, re.MULTILINE)
            heading = re.sub(r"[*`]", "", found[-1]) if found else heading
            named = re.sub(_FIGURE, lambda one: _reference(copy, one, figures), source)
            yield _html(markdown2html(named))
        else:
            for figure in _figures(source, titles):
                drawn += 1
                yield f"{figure} <{copy.stem[:2]}-{drawn}>"
            yield from _outputs(cell, source, heading)


def _reference(copy: Path, found: re.Match[str], figures: int) -> str:
    """A figure that a notebook counts among its own, by its number in all of the paper."""
    own = int(found[1])
    return f"{_MARK}{copy.stem[:2]}-{own}{_MARK}" if own <= figures else found[0]


def _figures(source: str, titles: dict[str, tuple[str, str]]) -> Iterator[str]:
    for name in _SAVED.findall(source):
        title, alt = titles.get(f"{name}.svg", (name, name))
        drawn = re.search(r"gt\.plots\.\w+", source)
        origin = f"{drawn[0] if drawn else ''} figures/{name}.csv".strip()
        image = f'image("{name}.svg", width: 100%, alt: {_string(alt)})'
        small = f"text(size: 7pt, raw({_string(origin)}))"
        yield f"#figure(stack(spacing: 4pt, {image}, {small}), caption: [{_text(title)}])"


def _outputs(cell: dict[str, Any], source: str, heading: str) -> Iterator[str]:
    for output in cell["outputs"]:
        data = output.get("data", {})
        if "text/html" in data:
            caption = f"{_text(heading)} #text(size: 8pt)[#raw({_string(_shown(source))})]"
            yield from _tables("".join(data["text/html"]), caption)
        elif "text/plain" in data and "image/png" not in data:
            yield f"#raw({_string(''.join(data['text/plain']))}, block: true)"


def _shown(source: str) -> str:
    """What the last line of a cell shows: the function of govtext, or the name of a frame."""
    node: ast.AST = ast.parse(source).body[-1]
    words: list[str] = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            words.insert(0, node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            words, node = [], node.func
        elif isinstance(node, ast.Expr | ast.Subscript | ast.Starred):
            words, node = [], node.value
        else:
            return ""
    return ".".join([node.id, *words])


def _html(text: str) -> str:
    tree = LexborHTMLParser(text)
    for mark in tree.css("a.anchor-link, style"):
        mark.decompose()
    return "".join(map(_block, _children(tree.body)))


def _children(node: LexborNode | None) -> Iterator[LexborNode]:
    if node is not None:
        yield from node.iter(include_text=True)


def _block(node: LexborNode) -> str:
    tag = node.tag or ""
    if tag in ("h1", "h2", "h3", "h4"):
        return f"\n\n#heading(level: {tag[1]})[{_inline(node)}]\n\n"
    if tag in ("ul", "ol"):
        items = "".join(f"[{_inline(each)}], " for each in _children(node) if each.tag == "li")
        return f"\n\n#{'list' if tag == 'ul' else 'enum'}({items})\n\n"
    if tag == "pre":
        return f"\n\n#raw({_string(node.text())}, block: true)\n\n"
    if tag == "table":
        return f"\n\n{_table(node)}\n\n"
    if tag == "-text":
        return _inline_one(node) if node.text_content and node.text_content.strip() else ""
    return f"\n\n{_inline(node)}\n\n"


def _inline(node: LexborNode) -> str:
    return "".join(map(_inline_one, _children(node)))


def _inline_one(node: LexborNode) -> str:
    tag = node.tag or ""
    if tag == "-text":
        return _text(re.sub(r"\s+", " ", node.text_content or ""))
    if tag == "code":
        return f"#raw({_string(node.text())})"
    if tag in ("strong", "b", "em", "i"):
        return f"#{'strong' if tag in ('strong', 'b') else 'emph'}[{_inline(node)}]"
    if tag == "a" and (node.attributes.get("href") or "").startswith("http"):
        return f"#link({_string(node.attributes['href'] or '')})[{_inline(node)}]"
    if tag == "br":
        return " #linebreak() "
    return _inline(node)


def _tables(html: str, caption: str) -> Iterator[str]:
    tree = LexborHTMLParser(html)
    for node in tree.css("table"):
        if node.css("tbody tr"):
            figure = f"#figure({_table(node)[1:]}, kind: table, caption: [{caption}])"
            wide = (
                len(node.css("thead tr")[0].css("th")) > _WIDEST if node.css("thead tr") else False
            )
            yield f"#page(flipped: true)[{figure}]" if wide else figure
        else:
            yield f"{caption}: none."
    if not tree.css("table"):
        yield _html(html)


def _table(node: LexborNode) -> str:
    """A table whose columns are as wide as their texts ask for; a very wide one on its side."""
    rows = [row.css("th, td") for row in node.css("tr")]
    heads, width = len(node.css("thead tr")), max((len(row) for row in rows), default=1)
    lines = ["".join(map(_cell, row)) for row in rows]
    top = f"table.header({''.join(lines[:heads])}table.hline(stroke: 0.5pt)), " if heads else ""
    size = "8pt" if width < _WIDE else "6.5pt"
    made = (
        f"text(size: {size}, table(columns: ({_widths(rows, width)}), {top}"
        f"{''.join(lines[heads:])}table.hline(stroke: 0.5pt)))"
    )
    return f"#{made}"


def _widths(rows: list[list[LexborNode]], width: int) -> str:
    """Widths of the columns: by the longest word and, less than in proportion, the longest cell."""
    longest = [
        max((_room(row[place].text()) for row in rows if place < len(row)), default=1)
        for place in range(width)
    ]
    if sum(longest) < _FITS:
        return "auto, " * width
    return "".join(f"{max(3, min(each, _MOST)) ** 0.7:.1f}fr, " for each in longest)


def _room(text: str) -> int:
    """Columns that a text takes where a Chinese character takes two."""
    return sum(2 if ord(mark) > _NARROW else 1 for mark in " ".join(text.split()))


def _cell(node: LexborNode) -> str:
    text = " ".join(node.text(separator=" ").split())
    number = re.fullmatch(r"[-−]?[\d.,]+(?:e[-+]?\d+)?|–", text)
    strong = ", weight: 700" if node.tag == "th" else ""
    # A long name may break behind its marks.
    shown = re.sub(r"([-_/])(?=\w)", "\\1\u200b", text)
    cell = f"text({_string(shown)}{strong})"
    return f"align(right, {cell}), " if number else f"{cell}, "


def _text(text: str) -> str:
    """Text as typst shows it: a string, so that no mark in it is a command."""
    parts = enumerate(text.split(_MARK))
    return "".join(
        f"#ref(label({_string(part)}));" if at % 2 else f"#{_string(part)};"
        for at, part in parts
        if part
    )


def _string(text: str) -> str:
    """String of typst; what the font lacks is written as its number."""
    parts = re.split(r"([\n\u200b])", text)
    shown = (part if part in "\n\u200b" else style.printable(part) for part in parts)
    return json.dumps("".join(shown), ensure_ascii=False)
