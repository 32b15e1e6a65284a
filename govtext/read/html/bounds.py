"""Markup -> markup that a parser takes whole, in a time that grows with its length only.

Three things hang every HTML parser: a tag with some 100,000 attributes, elements nested as deep,
and text styles that are opened and never closed, which each block opens again. A comment, a title
or an XML tag that does not end hides all that follows. Nothing left out here is text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from govtext.core.model import UnreadableReport
from govtext.read import limits

_MOST_TAGS = limits.raised(1_500_000)
_FEW_TAGS = 2_000
_DEEPEST = 1_000
_MOST_ATTRIBUTES = 200
_MOST_REOPENED = 500_000
_LEAST_STYLES = 8
_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][a-zA-Z0-9:]{0,20}))")
_VALUE = r"""[\s/]++[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
_ATTRIBUTE = re.compile(_VALUE)
_MANY_ATTRIBUTES = re.compile(f"<[a-zA-Z][^\\s<>/]*+(?:{_VALUE}){{{_MOST_ATTRIBUTES}}}+")
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea")}
_SELF_CLOSED = re.compile(
    r"<(script|style|title|textarea|iframe|a|b|i|span|font|div|p|td|th)\b([^<>]{0,2000})/>",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^<>]{0,200}>[^<]{0,2000}(?=<)", re.IGNORECASE)
_PLAIN = re.compile("<plaintext", re.IGNORECASE)
_UNNESTED = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
    "track wbr p li td th tr tbody thead tfoot dd dt option optgroup html head body".split()
)
_STYLES = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_LONGEST_SCRIPT = 20_000
_OPENED = re.compile(r"<(script|style|title|textarea)\b[^<>]{0,2000}>", re.IGNORECASE)
_QUOTED = re.compile("<[a-zA-Z][^<>]{0,2000}<?>")
_INSIDE_NONE = re.compile(r"<(?:/?head|body|meta|link|div|p|h1|table)\b", re.IGNORECASE)


def _end_of(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Expressions of the end of an element, and of one with a wrong or missing mark."""
    end = f"</{name}>"
    places = [at for at in range(len(end)) if at != 1 or name != "script"]  # scripts write scripts
    wrong = "|".join(f"{end[:at]}.?{end[at + 1 :]}" for at in places)
    return re.compile(rf"</{name}\s*>", re.IGNORECASE), re.compile(wrong, re.IGNORECASE)


_ENDS = {name: _end_of(name) for name in ("script", "style", "title", "textarea")}


def bounded(markup: str) -> str:
    """Markup with the same text that no parser hangs on.

    Raises
    ------
    UnreadableReport
        With cause ``too_large`` for more tags than any page has.
    """
    count = markup.count("<")
    if count > _MOST_TAGS:
        raise UnreadableReport(
            "too_large", f"The page has {count:,} tags; {_MOST_TAGS:,} are read."
        )
    markup = _ended(_mended(markup))
    if _MANY_ATTRIBUTES.search(markup):
        markup = "".join(_without_attributes(markup))
    return "".join(_without_depth(markup, count)) if count > _FEW_TAGS else markup


def _ended(markup: str) -> str:
    """Markup whose comments, title and XML tags end."""
    last = markup.rfind("-->") + 1
    markup = markup[:last] + markup[last:].replace("<!--", " ")
    start = markup[:2000].lower()
    if start.lstrip().startswith("<?xml"):
        markup = _SELF_CLOSED.sub(r"<\1\2></\1>", markup)
    if "<title" in start and "</title" not in markup.lower():
        markup = _TITLE.sub(r"\g<0></title>", markup, count=1)
    return _PLAIN.sub("<pre", markup) if "<plaintext" in markup else markup


def _mended(markup: str) -> str:
    """Markup in which a script, style or title ends at its own end, if one mark of that is wrong.

    A browser would take all behind it for a part of the script.
    """
    pieces: list[str] = []
    position = 0
    while opening := _OPENED.search(markup, position):
        name = opening[1].lower()
        exact, near = _ENDS[name]
        end = exact.search(markup, opening.end())
        stop = end.start() if end else len(markup)
        wrong = near.search(markup, opening.end(), min(stop, opening.end() + _LONGEST_SCRIPT))
        broken = wrong is not None and _INSIDE_NONE.search(markup, wrong.end(), stop)
        if wrong and broken:
            pieces += (markup[position : wrong.start()], f"</{name}>")
            position = wrong.end()
        else:
            pieces.append(markup[position : end.end() if end else stop])
            position = end.end() if end else stop
    return _quoted("".join([*pieces, markup[position:]]))


def _quoted(markup: str) -> str:
    """Markup in which no value takes the tags behind it with it, for a quote that is lost."""
    if markup.count('"') % 2 == 0:
        return markup
    for tag in _QUOTED.finditer(markup):
        if tag.group().count('"') % 2:
            end = markup.find('"', tag.end())
            if "<" in markup[tag.end() : end if end >= 0 else len(markup)]:
                return f'{markup[: tag.end() - 1]}">{markup[tag.end() :]}'
    return markup


def _tags(markup: str) -> Iterator[re.Match[str]]:
    """Where each tag begins, but those in comments, scripts, styles and text fields."""
    position = 0
    while match := _TAG.search(markup, position):
        position = match.end()
        if match[1]:
            position = max(position, markup.find("-->", position - 2))
            continue
        yield match
        if match[3].lower() in _RAW and not match[2]:
            end = _RAW[match[3].lower()].search(markup, position)
            position = end.start() if end else len(markup)


def _without_attributes(markup: str) -> Iterator[str]:
    """Pieces of the markup, of each tag no more attributes than any has."""
    done = 0
    for tag in _tags(markup):
        if tag.start() < done:
            continue
        count, position, kept = 0, tag.end(), tag.end()
        while match := _ATTRIBUTE.match(markup, position):
            count, position = count + 1, match.end()
            kept = position if count <= _MOST_ATTRIBUTES else kept
        if count > _MOST_ATTRIBUTES:
            yield markup[done:kept]
            done = position
    yield markup[done:]


def _without_depth(markup: str, count: int) -> Iterator[str]:
    """Pieces of the markup, without the tags of elements nested deeper than in any page."""
    most_styles = max(_LEAST_STYLES, _MOST_REOPENED // count)
    nested: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    depth = styles = done = 0
    for tag in _tags(markup):
        name = tag[3].lower()
        if name in _UNNESTED or tag.start() < done:
            continue
        if tag[2]:
            drop = dropped[name] > 0
            closed = not drop and nested[name] > 0
            dropped[name] -= drop
            nested[name] -= closed
            depth, styles = depth - closed, styles - (closed and name in _STYLES)
        else:
            drop = depth >= _DEEPEST or (name in _STYLES and styles >= most_styles)
            dropped[name] += drop
            nested[name] += not drop
            depth, styles = depth + (not drop), styles + (not drop and name in _STYLES)
        if drop:
            yield markup[done : tag.start()]
            done = markup.find(">", tag.end()) + 1 or len(markup)
    yield markup[done:]
