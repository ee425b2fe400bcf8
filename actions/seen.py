"""What a form showed of a draft: a mark of it, by which it is noticed that somebody else has changed it meanwhile.

Actions have the number of their version for that; what a plan is, its headings, sections, objectives and references
have none.
"""

import hashlib
import json

from django.core.exceptions import ValidationError

from boards.models import Event

PLAN = ("title", "starts", "ends", "overseen_by_id", "marking", "note")
HEADINGS = {
    "section": ("number", "title", "aim", "priority_id", "overseen_by_id"),
    "objective": ("number", "title", "section_id"),
}


def details(plan) -> str:
    """The mark of what a plan is and of who receives it."""
    received = sorted(plan.receivers.values_list("receiving_board", flat=True))
    return _mark([getattr(plan, name) for name in PLAN], received)


def heading(row) -> str:
    """The mark of a section or an objective."""
    return _mark([getattr(row, name) for name in HEADINGS[row._meta.model_name]])


def columns(plan) -> str:
    """The mark of a plan's own columns."""
    return _mark(list(plan.columns.values_list("pk", "heading", "field")))


def references(plan) -> str:
    """The mark of the actions of a plan in their order, with their references."""
    return _mark(list(plan.actions.order_by("position", "id").values_list("pk", "reference")))


def _mark(*facts):
    return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()[:16]


def refuse_stale(now: str, seen: str | None, row, verbs) -> None:
    """Nobody writes over what somebody else has written meanwhile without having seen it.

    Args:
        now: the mark of what it is; `seen` that of what the writer changed, where a form says.
        row: what it is about, and `verbs` those by which it changes: whoever did last is named.
    """
    if seen and seen != now:
        raise ValidationError(
            f"{last_writer(row, verbs)} has changed this meanwhile, so nothing is saved yet. What it is now and what "
            "you typed both stand on this page. Put the two together, and save again.",
            code="stale",
        )


def last_writer(row, verbs):
    """Who last changed something by one of these verbs; “Somebody” where the record does not say."""
    about = {"board": row.board_id, "subject_kind": row._meta.model_name, "subject_id": row.pk}
    last = Event.objects.filter(**about, verb__in=verbs).select_related("by").order_by("sequence").last()
    return (last and last.by) or "Somebody"
