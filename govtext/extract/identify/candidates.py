"""Bodies that a report names as its own, the surest first: title, opening, signature, page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from govtext.core import regions, rules
from govtext.core.literals import begun, may_match
from govtext.core.text import fold
from govtext.extract.identify.dates import DATE
from govtext.extract.identify.evidence import Evidence, patterns
from govtext.extract.identify.heading import bodies_in, told_titles
from govtext.extract.identify.named import spoken_of
from govtext.extract.identify.names import Body, may_be_name, relative_at, take_apart

_PARAGRAPHS = 3
_OPENING = 1500
_PROSE = 20
_LONGEST_NAME = 40
_LAST_LINES = 12
_FIRST_LINES = 4
_SHORT = 30
"""Characters of a line under the title that may name the body."""
_SIGNED = 4000
"""Characters from the end of a line on that may hold a signature; a table may follow it."""
_STOP = re.compile("[。;:!?,]")
_BREAK = re.compile(r"[。,;:!?\s]")


@dataclass(frozen=True, slots=True)
class Voice:
    """How a report speaks of its own body: 我县 is a ``government`` of a place in 县 at a level."""

    kind: str = ""
    level: str = ""
    suffix: str = ""


def voice(evidence: Evidence) -> Voice:
    """Voice by the pronoun that a report uses the most; of equals the first of the rules."""
    text = "\n".join(evidence.folded)
    best, most = Voice(), 0
    for row in rules.load("pronouns"):
        found = _pronoun(row["pattern"]).findall(text)
        if len(found) > most:
            suffix = found[0][-1] if row["kind"] == "government" else ""
            best, most = Voice(row["kind"], row["level"], suffix), len(found)
    return best


def candidates(evidence: Evidence, title: str, title_source: str, speaker: Voice) -> Iterator[Body]:
    """Bodies, the surest first; none that the title or the report's own voice speaks against.

    A title that names a body which cannot be taken apart leaves only longer names of the same
    body: 某某站 in the title, 某县某某站 under the text.
    """
    source = title_source or "title"
    printed = [name for name in bodies_in(title) if not _is_pronoun(name)]
    taken = [body for name in printed if (body := take_apart(name, source))]
    # A name of nothing but a head, 街道办事处, is a kind of body and none.
    named = [body for body in taken if not _is_bare(body)]
    printed = [name for name in printed if may_be_name(name)]
    if named and (office := _publisher(named[0], evidence)):
        yield office
    yield from named[:1]
    found = bool(named)

    def may_be_it(body: Body) -> bool:
        return bool(named) or not printed or any(fold(each) in fold(body.name) for each in printed)

    for body in filter(may_be_it, _beside(evidence, speaker)):
        found = True
        yield body
    if not found:
        yield from filter(may_be_it, _named(evidence, speaker))


def _publisher(body: Body, evidence: Evidence) -> Body | None:
    """Office that the page names as the publisher, where the title names no more than its place.

    The report must speak as an office does (本单位), and nowhere of the whole place (全市).
    """
    text = "\n".join(evidence.folded)
    says = [any(row.search(text) for row in patterns(kind)) for kind in ("own_unit", "whole_place")]
    if body.office or body.zone or says != [True, False]:
        return None
    for value in evidence.labels("issuer_label"):
        found = _as_itself(take_apart(value.split(" ")[0], "furniture"))
        same = found and (found.places, found.unknown) == (body.places, body.unknown)
        if found and same and found.kind == "department":
            return found
    return None


def fuller(body: Body, others: Iterable[Body]) -> Body:
    """The body by the name in full that the report gives beside a short one: 发改委."""
    for other in others if body.kind == "department" else ():
        same = not body.places or not other.places or body.places[-1] == other.places[-1]
        alike = same and body.kind == other.kind and not other.unknown
        if alike and _is_short_for(body.office, other.office):
            return other if other.places or not body.places else body
    return body


def _is_short_for(short: str, full: str) -> bool:
    """True if a name is made of characters of another, in their order and with its first."""
    rest = iter(full)
    longer = len(short) < len(full) and short[:1] == full[:1] and not full.startswith(short)
    return longer and all(mark in rest for mark in short)


def _is_bare(body: Body) -> bool:
    """True for a head without a stem: 街道办事处, 管理委员会."""
    named = body.places or body.relative or body.zone or body.unknown
    return not named and any(row.fullmatch(body.office) for row in patterns("bare"))


def _beside(evidence: Evidence, speaker: Voice) -> Iterator[Body]:
    """Bodies named beside the title that say enough and may be the one that speaks."""
    for name in _stated(evidence):
        body = _as_itself(take_apart(name, "text"))
        sure = body and body.kind in ("department", "township")
        if body and _is_telling(body) and (sure or _fits(body, speaker)):
            yield body
    prose = [line for line in evidence.lines if len(line) > _PROSE][:_PARAGRAPHS]
    for name in (name for line in prose for name in _subject(line, evidence, speaker)):
        body = _as_itself(take_apart(name, "text"))
        if body and _is_telling(body) and _fits(body, speaker):
            yield body
    for name, source in _others(evidence):
        body = (
            _as_itself(take_apart(name, source))
            if source == "furniture"
            else take_apart(name, source)
        )
        if body and _is_telling(body) and _fits(body, speaker):
            yield body
    yield from _of_site(evidence, speaker)


def _of_site(evidence: Evidence, speaker: Voice) -> Iterator[Body]:
    """Body of the site; most reports on the site of a government are of its offices."""
    for body in filter(None, (take_apart(n, "html_meta") for n in evidence.told("meta_site"))):
        own = speaker.kind == "government" or body.kind not in ("government", "office")
        if own and _is_telling(body) and _fits(body, speaker):
            yield body


def _stated(evidence: Evidence) -> Iterator[str]:
    """Body that the opening says the report is of: 现公布某市教育局2012年政府信息公开年度报告."""
    opening = "\n".join(evidence.folded)[:_OPENING]
    for row in patterns("statement"):
        yield from (match["body"] for match in row.finditer(opening))


def _as_itself(body: Body | None) -> Body | None:
    """Body that speaks: the office of a government is then a department, not its hand."""
    if body and any(row.fullmatch(body.office) for row in patterns("own_office")):
        return replace(body, kind="department")
    return body


def _others(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Names beside the title and the opening, with the place where each was read."""
    yield from ((name, "signature") for name in _signatures(evidence))
    yield from ((line, "title") for line in evidence.lines[:_FIRST_LINES] if len(line) <= _SHORT)
    yield from ((value.split(" ")[0], "furniture") for value in evidence.labels("issuer_label"))
    text = "\n".join(evidence.folded)
    for row in (each for each in patterns("author") if may_match(each, text)):
        yield from ((match["body"], "text") for match in row.finditer(text))
    titles = (name for told in told_titles(evidence) for name in bodies_in(told))
    yield from ((name, "html_meta") for name in (*titles, *evidence.told("meta_issuer")))


def _subject(line: str, evidence: Evidence, speaker: Voice) -> Iterator[str]:
    """Place or body that opens a paragraph: 2016年,某区认真落实..."""
    folded = fold(line)
    begins = (row.match(folded) for row in patterns("subject_before"))
    start = position = max((begin.end() for begin in begins if begin), default=0)
    while name := regions.name_at(line, position):
        position += len(name)
    if position > start and any(row.match(folded, position) for row in patterns("subject_behind")):
        yield line[start:position]
        return
    own = (row.match(folded, position) for row in patterns("own_office"))
    yield from (line[start : each.end()] for each in own if each)
    if speaker.kind in ("department", "township") or position == start:
        heads = (row.match(folded, position) for row in patterns("subject_head"))
        yield from (line[start : each.end("body")] for each in heads if each)
    yield from _offices(line, start, position, evidence)


def _offices(line: str, start: int, position: int, evidence: Evidence) -> Iterator[str]:
    """Bodies whose office begins here: named twice, or with a word such as 市 for its place."""
    folded = fold(line)
    points = position == start and bool(relative_at(folded[position:]))
    for end in range(position + 2, min(position + _LONGEST_NAME // 2, len(line))):
        if not points and evidence.document.text.count(line[position:end]) < 2:
            return
        body = take_apart(line[start:end], "text")
        if body and (position > start or _is_sure(body)) and _behind_office(folded, end):
            yield line[start:end]


def _named(evidence: Evidence, speaker: Voice) -> Iterator[Body]:
    """Bodies that the prose speaks of as its own."""
    for each in spoken_of(evidence):
        body = each if speaker.kind == "government" else _as_itself(each) or each
        party = any(row.fullmatch(each.office) for row in patterns("party"))
        if not party and not _is_bare(each) and _is_telling(body) and _fits(body, speaker):
            yield body


def _is_sure(body: Body) -> bool:
    """True if a body that opens a sentence without its place is one: 某街道办事处, 市教育局."""
    department = body.kind == "department" and bool(body.relative) and len(body.office) > 1
    return body.kind == "township" or department


def _behind_office(line: str, end: int) -> bool:
    return any(row.match(line, end) for row in patterns("subject_behind"))


def _signatures(evidence: Evidence) -> Iterator[str]:
    """Names that stand with a date near the end, or on a line of their own there."""
    for line in reversed(evidence.folded[-_LAST_LINES:]):
        end = line[-_SIGNED:]
        for match in reversed(list(DATE.finditer(end))):
            before = end[max(0, match.start() - 2 * _LONGEST_NAME) : match.start()].rstrip()
            yield _BREAK.split(before)[-1].strip(" ()")
        if len(line) <= _LONGEST_NAME and not _STOP.search(line):
            yield DATE.sub("", line).strip(" ()")


def _is_telling(body: Body) -> bool:
    """True if a name beside the title says enough: any short line may end like an office."""
    if _is_pronoun(body.name):
        return False
    placed = bool(body.places or body.relative or body.zone or body.unknown)
    return placed or body.kind in ("national", "township")


def _fits(body: Body, speaker: Voice) -> bool:
    """True if a body may be the one that speaks: 我局 is no government, 我县 no city."""
    if not speaker.kind:
        return True
    if speaker.kind != "government":
        kinds = {"department": ("department", "office", "national", "seat", "school")}
        return body.kind in kinds.get(speaker.kind, (speaker.kind,))
    named = body.places[-1] if body.places else body.relative
    place = body.zone or body.unknown or named
    return body.kind in ("government", "office") and _ends_in(place, speaker.suffix)


def _ends_in(place: str, suffix: str) -> bool:
    """True if a place, or the full name of a short one, ends in the word of a pronoun."""
    full = {each.name for each in regions.named(place)} if regions.is_alias(place) else {place}
    return any(name.endswith(suffix) for name in full)


def _is_pronoun(name: str) -> bool:
    return any(_pronoun(row["pattern"]).fullmatch(name) for row in rules.load("pronouns"))


@cache
def _pronoun(pattern: str) -> re.Pattern[str]:
    return rules.pattern({"pattern": begun(pattern)})
