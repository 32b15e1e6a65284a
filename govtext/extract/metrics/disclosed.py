"""What is information disclosed where no word says so: lines put up, lines on a channel, sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtext.extract.metrics.draft import CARRIED, PUBLISHED
from govtext.extract.metrics.lexicon import units
from govtext.extract.metrics.slots import UNKNOWN

if TYPE_CHECKING:
    from govtext.extract.metrics.draft import Case

_LINES = frozenset(
    "information_item interpretation article normative_document regulation gazette_issue".split()
)
_NO_TEXTS = frozenset("visit visitor call inquiry mailbox_letter penalty licence training".split())
_SORTS = frozenset(("", UNKNOWN, "information_item", "article", "publicity", "other_document"))
"""What sorts of information can be of, before their sum."""
_TEXTS = frozenset("normative_document regulation".split())
_DISCLOSED = frozenset("website weibo wechat gazette other board press new_media".split())


def sum_of_disclosure(case: Case) -> bool:
    """A bare sum of lines below a heading on disclosure is its total."""
    draft, topic = case.draft, case.topic
    if draft.act not in ("", *PUBLISHED) or draft.outcome or draft.channel or draft.by:
        return False
    if "sum" not in case.before.marks or case.before.unknown or case.before.bodies:
        return False
    if case.telling.told != ("information_item",) or case.unit not in units("lines_only"):
        return False
    if topic.age == 0 and topic.thing not in _SORTS:
        return False
    draft.thing, draft.how["thing"] = "information_item", "heading"
    return True


def lines_of_a_channel(case: Case) -> bool:
    """Lines on a channel are of it, whatever texts were counted before."""
    draft, topic = case.draft, case.topic.thing
    if case.noun.things or case.noun.channels:
        return False
    by_unit = topic in _TEXTS and draft.channel and case.unit in units("lines_only")
    free = topic not in CARRIED and case.telling.told != ("request",)
    own = free and draft.channel in _DISCLOSED and draft.act in (*PUBLISHED, "")
    return bool(by_unit) or own


def put_up(case: Case) -> bool:
    """Lines that are put up are information, whatever no text was counted before."""
    draft, topic = case.draft, case.topic
    named = draft.channel in _DISCLOSED or topic.thing in _NO_TEXTS
    fitting = draft.act in PUBLISHED and named and case.unit in units("lines")
    if not fitting or topic.thing in _LINES or draft.outcome or case.before.unknown:
        return False
    if case.in_request or case.noun.things or case.noun.channels:
        return False
    draft.thing, draft.how["thing"] = "information_item", "doing"
    return True


def disclosed(case: Case) -> bool:
    """What is disclosed on the body's own initiative is information, if nothing says else."""
    published = case.before.weak and case.draft.act == "published"
    told = len(case.telling.told) == 1 and not case.topic.thing
    if not published or told or case.unit not in units("item_lines"):
        return False
    case.draft.thing, case.draft.how["thing"] = "information_item", "doing"
    return True
