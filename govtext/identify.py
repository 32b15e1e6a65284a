"""Document -> Identity: who reports, for which place and year; null and a reason where unsettled.

Cheap and sure first: the title, then the opening sentence, the signature, the page around the
report. A name that several places bear is settled by other places that the report names, or not
at all. Not promised: the full name of a body that the report only abbreviates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from govtext import regions, rules
from govtext.model import Document, Identity
from govtext.regions import Region
from govtext.text import chinese_number, fold, key

_TITLE_LINES = 12
_LONGEST_TITLE = 80
_OPENING = 600
_CLOSING = 12
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_DIGIT = "0-9〇○零一二三四五六七八九"
_YEAR = re.compile(rf"(?<![0-9])([{_DIGIT}]{{4}})\s?年")
_DATE = re.compile(
    rf"([{_DIGIT}]{{4}})\s?年\s?([{_DIGIT}十]{{1,3}})\s?月\s?([{_DIGIT}十]{{1,3}})\s?日"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}\s?[\[(]\s?20[0-9]{2}\s?[\])]\s?第?\s?[0-9]{1,4}\s?号")
_SUBJECT = re.compile(rf"(?:{_YEAR.pattern}(?:度|来|以来)?)?,?([^,。;:]{{2,30}})")
_LABEL = re.compile(r"\s?([^:\s]{2,6})\s{0,4}:\s{0,4}(\S.{0,80})")


@dataclass(frozen=True, slots=True)
class _Body:
    """The name of a body taken apart: the places that it begins with, its kind and the rest."""

    name: str
    chain: tuple[str, ...]
    kind: str
    rest: str
    relative: str = ""
    source: str = ""


def identify(document: Document) -> Identity:
    """Identity of a report.

    Parameters
    ----------
    document : Document
        The cleaned report; what cleaning removed is a witness too.

    Returns
    -------
    Identity
        Every field that the report settles; `sources` says where each was read, `reasons` why a
        field is null.
    """
    lines = [line for line in document.text.split("\n") if line]
    title, title_source = _title(document, lines)
    signed_on = _signed_on(lines)
    year, year_source = _year(title or "", lines, signed_on)
    known = Identity(
        title=title,
        year=year,
        signed_on=signed_on,
        document_number=_document_number(document, lines),
        form=_form(document.text),
    )
    sources = {"title": title_source, "year": year_source, "form": "text"}
    sources |= {"signed_on": "text", "document_number": "text"}
    reasons = {"title": "no title is printed", "year": "no year is stated as the one reported on"}
    reasons |= {"signed_on": "no date stands apart at the end or under the title"}
    reasons |= {"document_number": "no document number stands above the body"}
    known, where, why = _who(document, known, lines)
    filled = {name for name in Identity.__dataclass_fields__ if getattr(known, name) is not None}
    return replace(
        known,
        sources={name: text for name, text in (sources | where).items() if name in filled},
        reasons={name: text for name, text in (reasons | why).items() if name not in filled},
    )


# --- title, year, date, number, form -------------------------------------------------------------


def _title(document: Document, lines: list[str]) -> tuple[str | None, str]:
    """Title as printed, its lines joined."""
    for index, line in enumerate(lines[:_TITLE_LINES]):
        label = _title_in(line)
        if not label:
            if len(line) > _LONGEST_TITLE:
                break
            continue
        above = lines[index - 1] if index else ""
        return (_join(above, label) if _goes_before(above, label) else label), "title"
    for name, value in _labels(document):
        if name in _words("title_label") and rules.is_title(key(value)):
            return "".join(value.split()), "furniture"
    return None, ""


def _join(above: str, label: str) -> str:
    """One title from two lines, without the spaces at the break."""
    return "".join(above.split()) + label


def _title_in(line: str) -> str:
    """Title that a line is, or begins with where the lines of the file were lost."""
    words = line[: 2 * _LONGEST_TITLE].split()
    whole = "".join(words)
    if len(line) <= _LONGEST_TITLE and rules.is_title(key(whole)):
        return whole
    for count in range(min(len(words) - 1, 6), 0, -1):
        label = "".join(words[:count])
        if len(label) <= _LONGEST_TITLE and rules.is_title(key(label)):
            return label
    return ""


def _goes_before(above: str, label: str) -> bool:
    """True if the line above begins the title: the label names no body of its own."""
    folded = fold(above)
    if not above or len(above) > 40 or re.search("[。;:!?]", folded) or _NUMBER.search(folded):
        return False
    return not _prefix(label) and bool(_body(_prefix(above), "title"))


def _prefix(title: str) -> str:
    """What stands before the year, the subject or the kind of a title: the body that reports."""
    folded = fold(title)
    ends = [match.start() for row in _rows("title_end") for match in [row.search(folded)] if match]
    return title[: min(ends, default=len(title))].strip(" 《<\"'")


def _year(title: str, lines: list[str], signed_on: str | None) -> tuple[int | None, str]:
    """Year reported on, from the surest place that states one."""
    signed = int(signed_on[:4]) if signed_on else None
    stated = _years(fold(title))
    if stated:
        return stated[-1], "title"
    opening = fold("\n".join(lines))[:_OPENING]
    for row in _rows("period"):
        match = row.search(opening)
        if match and _to_year(match["year"]):
            return _to_year(match["year"]), "text"
    counts = Counter(_years(fold("\n".join(lines))))
    first = next(iter(_years(opening)), None)
    if first and first in (signed, signed and signed - 1, counts.most_common(1)[0][0]):
        if signed == first and counts[first - 1] > counts[first]:
            return first - 1, "text"
        return first, "text"
    return None, ""


def _years(text: str) -> list[int]:
    found = (_to_year(match[1]) for match in _YEAR.finditer(text))
    return [year for year in found if year]


def _to_year(numeral: str) -> int | None:
    value = int(numeral) if numeral.isascii() and numeral.isdigit() else chinese_number(numeral)
    return value if value and _FIRST_YEAR <= value <= _LAST_YEAR else None


def _signed_on(lines: list[str]) -> str | None:
    """Date that stands apart at the end, or on a line of its own under the title (ISO 8601)."""
    for line in reversed(lines[-_CLOSING:]):
        folded = fold(line)
        for match in reversed(list(_DATE.finditer(folded[-2000:]))):
            window = folded[-2000:]
            before, behind = window[: match.start()], window[match.end() :]
            if _stands_apart(before, behind):
                return _iso(match)
    for line in lines[1:6]:
        date = _DATE.fullmatch(fold(line).strip(" ()"))
        if date:
            return _iso(date)
    return None


def _stands_apart(before: str, behind: str) -> bool:
    """True if a date is no part of a sentence: alone on its line, or behind a name and a space."""
    if (behind and behind[0] not in " )") or re.match(r"\s*[^\s]{0,12}[。,;]", behind):
        return False
    return not before.strip() or before[-1] == " " or (len(before) <= 30 and "," not in before)


def _iso(match: re.Match[str]) -> str | None:
    numbers = [int(part) if part.isascii() else chinese_number(part) for part in match.groups()]
    year, month, day = (number or 0 for number in numbers)
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _document_number(document: Document, lines: list[str]) -> str | None:
    """Number of the report as a document, where it stands on a line of its own near the title."""
    for line in lines[:_TITLE_LINES]:
        if _NUMBER.fullmatch(fold(line).strip(" ()")):
            return "".join(line.split()).strip("()（）")
    for name, value in _labels(document):
        if name in _words("number_label") and _NUMBER.fullmatch(fold(value).strip()):
            return "".join(value.split())
    return None


def _form(text: str) -> str:
    """Form of the report, by the labels that only its table prints."""
    label = key(text)
    needed: dict[str, int] = {}
    for row in rules.load("forms"):
        form = row["form"]
        needed.setdefault(form, int(row["needed"]))
        needed[form] -= row["marker"] in label
        if row["needed"] == "1" and row["marker"] in label:
            needed[form] = 0
    return next((form for form, left in needed.items() if left <= 0), "prose")


# --- who and where -------------------------------------------------------------------------------


def _who(
    document: Document, known: Identity, lines: list[str]
) -> tuple[Identity, dict[str, str], dict[str, str]]:
    """Body, levels and place, with where each was read and why a field is null."""
    witnesses = _witnesses(document, lines)
    body = next(_bodies(document, known, lines), None)
    pronoun = _pronoun(lines)
    if body is None:
        why = "neither title, opening nor signature names a body that can be placed"
        return replace(known, **pronoun), {}, dict.fromkeys(_PLACE, why)
    place, reason = _place(body, known.year, witnesses)
    level, government = _levels(body, place, pronoun)
    named = replace(
        known,
        **_chain(place, known.year),
        admin_level=level,
        government_level=government,
        issuer=_issuer(body, place),
        issuer_short=_short(body, place),
    )
    zone = _zone(body)
    if zone and not place:
        named = replace(named, province=zone["province"], prefecture=zone["name"])
    where = dict.fromkeys(_PLACE, body.source) | {"region_code": "region table"}
    why = dict.fromkeys(_PLACE, reason or f"{body.name} has none")
    return named, where, why


_PLACE = (
    "issuer", "issuer_short", "admin_level", "government_level",
    "province", "prefecture", "county", "region_code",
)  # fmt: skip


def _witnesses(document: Document, lines: list[str]) -> str:
    """All that the file says, the page around the report included."""
    return "\n".join([*lines, *(removal.text for removal in document.removals)])


def _labels(document: Document) -> Iterator[tuple[str, str]]:
    """Labels and values that stood around the report, such as 发布机构: 某局."""
    for removal in document.removals:
        match = _LABEL.match(fold(removal.text))
        if match:
            yield key(match[1]), match[2].strip()


def _bodies(document: Document, known: Identity, lines: list[str]) -> Iterator[_Body]:
    """Names of the reporting body, the surest first; only those that can be taken apart."""
    candidates = [(_prefix(known.title or ""), "title"), (_between(known.title or ""), "title")]
    prose = [line for line in lines if len(line) > 20][:3]
    candidates += [(name, "text") for line in prose for name in _subjects(line, document.text)]
    candidates += [(name, "signature") for name in _signatures(lines)]
    candidates += [
        (value.split(" ")[0], "furniture")
        for name, value in _labels(document)
        if name in _words("issuer_label")
    ]
    department = _pronoun(lines).get("admin_level") == "department"
    for name, source in candidates:
        body = _body(name, source)
        if body and not (department and body.kind == "government" and source != "title"):
            yield body


def _between(title: str) -> str:
    """Body named behind the year: 2012年度某局政府信息公开工作报告."""
    match = _YEAR.search(fold(title))
    return _prefix(title[match.end() :].lstrip("度")) if match and not match.start() else ""


def _subjects(line: str, text: str) -> Iterator[str]:
    """Places and bodies that open a paragraph: 2016年,某区认真落实..."""
    folded = fold(line)
    match = _SUBJECT.match(folded)
    if not match:
        return
    start = match.start(match.lastindex or 0)
    position = start
    while name := regions.name_at(line, position):
        position += len(name)
    if position > start:
        yield line[start:position] + _office_at(line, position, text)


def _office_at(line: str, position: int, text: str) -> str:
    """The rest of a body's name behind its place; that of a department must stand twice."""
    for kind, expression in _kinds():
        match = expression.match(fold(line[position : position + 16]))
        if not match or kind not in ("government", "department"):
            continue
        office = line[position : position + match.end()]
        if kind == "government" or text.count(office) > 1:
            return office
    return ""


def _signatures(lines: list[str]) -> Iterator[str]:
    """Names that stand with the date at the end, or on the line above it."""
    for line in reversed(lines[-_CLOSING:]):
        if len(line) <= 30 and not re.search("[。;:!?,]", fold(line)):
            yield _DATE.sub("", fold(line)).strip()
        else:
            match = re.search(rf"\s(\S{{3,30}})\s{{1,4}}{_DATE.pattern}", fold(line)[-400:])
            if match:
                yield match[1]


def _body(name: str, source: str) -> _Body | None:
    """A body's name taken apart, or None where it names neither a place nor a known kind."""
    name = "".join(name.split())
    chain: list[str] = []
    rest = name
    while found := regions.name_at(rest, 0):
        chain.append(found)
        rest = rest[len(found) :]
    zone = next((row["name"] for row in rules.load("zones") if rest.startswith(row["name"])), "")
    for kind, expression in _kinds():
        match = expression.fullmatch(fold(rest[len(zone) :]))
        if match:
            relative = "" if chain or zone else _relative(rest)
            return _Body(name, tuple(chain), kind, rest, relative, source)
    if zone == rest and zone:
        return _Body(name, tuple(chain), "zone", rest, "", source)
    if chain and not rest:
        return _Body(name, tuple(chain), "government", rest, "", source)
    return None


def _relative(name: str) -> str:
    """Level of the government that a name only points to: 市建委, 县财政局."""
    for row in rules.load("relatives"):
        if rules.pattern(row).match(name):
            return row["level"]
    return ""


def _place(body: _Body, year: int | None, witnesses: str) -> tuple[Region | None, str]:
    """Lowest place that the body belongs to, or None and the reason."""
    if body.kind == "national":
        return None, "a body of the national government"
    if body.chain:
        return _settle(body.chain, year, witnesses)
    if _zone(body) or body.kind == "zone":
        return None, f"{body.name} is a functional zone, which GB/T 2260 does not know"
    if body.kind == "township":
        before = _place_before(body.name, witnesses)
        if before:
            return _settle((before,), year, witnesses)
        return _dominant(("county",), year, witnesses)
    levels = {"prefecture": ("prefecture", "county")}.get(body.relative, (body.relative,))
    for level in levels:
        place, reason = _dominant((level,), year, witnesses)
        if place and (level == body.relative or place.name.endswith(body.name[:1])):
            return place, ""
    return None, f"{body.name} names no place, and the report none often enough"


def _settle(chain: tuple[str, ...], year: int | None, witnesses: str) -> tuple[Region | None, str]:
    """The place that the last name of a chain means, settled by the names around it."""
    name = chain[-1]
    found = regions.named(name, year) or regions.named(name)
    if len(found) > 1:
        around = set(chain[:-1]) or {mention.name for mention in regions.mentions(witnesses)}
        scores = {
            place: sum(above.name in around for above in regions.ancestors(place, year))
            for place in found
        }
        best = max(scores.values())
        found = tuple(place for place in found if scores[place] == best and best)
    if len(found) == 1:
        return found[0], ""
    return None, f"{name} is the name of several places, and the report does not say which"


def _place_before(name: str, witnesses: str) -> str:
    """County whose name stands right before a township's, anywhere in the file."""
    stem = name[:2]
    for mention in regions.mentions(witnesses):
        behind = witnesses[mention.end : mention.end + 2]
        if behind == stem and any(each.level == "county" for each in regions.named(mention.name)):
            return mention.name
    return ""


def _dominant(
    levels: tuple[str, ...], year: int | None, witnesses: str
) -> tuple[Region | None, str]:
    """The one place of a level that a report names, or names far more often than any other."""
    counts: Counter[str] = Counter()
    for mention in regions.mentions(witnesses):
        if len(mention.name) > 2 or "prefecture" not in levels:
            if any(each.level in levels for each in regions.named(mention.name, year)):
                counts[mention.name] += 1
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] < 3 * ranked[1][1]):
        return None, "the report names no place often enough to tell"
    return _settle((ranked[0][0],), year, witnesses)


def _levels(
    body: _Body, place: Region | None, pronoun: dict[str, str]
) -> tuple[str | None, str | None]:
    """Level of the body, and of the government that it belongs to."""
    zone = _zone(body)
    government = place.level if place else (zone["level"] if zone else None)
    if body.kind == "national":
        return "department", "national"
    if body.kind == "township":
        return "township", "township"
    government = government or body.relative or pronoun.get("government_level")
    if body.kind == "department":
        return "department", government or None
    return government or None, government or None


def _chain(place: Region | None, year: int | None) -> dict[str, str]:
    """Province, prefecture, county and code of a place."""
    if place is None:
        return {}
    names = {each.level: each.name for each in (*regions.ancestors(place, year), place)}
    return names | {"region_code": place.code}


def _zone(body: _Body) -> rules.Row | None:
    return next((row for row in rules.load("zones") if row["name"] in body.name), None)


def _issuer(body: _Body, place: Region | None) -> str | None:
    """Full name of the body, with the places above a county."""
    if place is None:
        return body.name or None
    above = [each.name for each in regions.ancestors(place)[1:]] if place.level == "county" else []
    own = "".join([*above, place.name])
    if body.kind == "government":
        return own + _words("government")[0]
    if body.kind == "township" or not body.chain:
        rest = body.rest[1:] if body.relative else body.rest
        return own + rest
    return body.name


def _short(body: _Body, place: Region | None) -> str | None:
    """Name of the body as people say it, without the word for its office."""
    own = place.name if place else ""
    if body.kind == "government":
        return own or body.name
    if body.kind == "township":
        return re.sub("|".join(_words("township_office")), "", body.rest) or body.rest
    return own + body.rest[1:] if body.relative else body.name


def _pronoun(lines: list[str]) -> dict[str, str]:
    """Levels that the report's word for itself implies: 我县, 我局."""
    text = "\n".join(lines)
    counts = {
        row["pattern"]: len(rules.pattern(row).findall(text)) for row in rules.load("pronouns")
    }
    best = max(rules.load("pronouns"), key=lambda row: counts[row["pattern"]])
    if not counts[best["pattern"]]:
        return {}
    fields = ("admin_level", "government_level")
    return {name: best[name] for name in fields if best[name]}


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], rules.pattern(row)) for row in rules.load("bodies"))


@cache
def _rows(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(rules.pattern(row) for row in rules.load("identity") if row["kind"] == kind)


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(row["pattern"] for row in rules.load("identity") if row["kind"] == kind)
