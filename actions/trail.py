"""The audit trail read back as lines: of a board, a plan or an action, newest first.

Which events somebody may read is asked in actions.permissions; how one reads, in boards.sentences.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils.text import slugify
from django.utils.timezone import localtime

from actions.models import Action, Plan
from boards.models import Board, Event
from boards.redaction import details_of
from boards.sentences import kind_in_words, sentence
from cseplan.spreadsheet import csv_of

HEADINGS = ("When", "Who", "Kind", "About", "What happened")


class Line(NamedTuple):
    """One event as a reader meets it. `action` is the one it is about, where it is about one."""

    at: datetime
    by: str
    kind: str
    about: str
    action: Action | None
    sentence: str


def about(events, subject, actions):
    """Of these events, those about a board, a plan and what is in it, or an action.

    Args:
        actions: what the reader may read; a heading of a plan that stands over others alone is not told of.
    """
    if isinstance(subject, Board):
        return events.filter(board=subject)
    if isinstance(subject, Action):
        return events.filter(subject_kind="action", subject_id=subject.pk)
    parts = Q(subject_kind="plan", subject_id=subject.pk)
    read = actions.filter(plan=subject)
    over = Q(actions__isnull=True) | Q(actions__in=read)
    under = {
        "action": read,
        "section": subject.sections.filter(over),
        "objective": subject.objectives.filter(over),
        "round": subject.rounds.all(),
    }
    for kind, rows in under.items():
        parts |= Q(subject_kind=kind, subject_id__in=rows.values("pk"))
    return events.filter(parts)


def lines(events: Iterable[Event], hidden: frozenset[str] = frozenset()) -> Iterator[Line]:
    """Events, with their details fetched along, as lines; one query for all of them.

    Args:
        hidden: references of actions that this reader may not know of.
    """
    events = list(events)
    actions = Action.objects.select_related("plan__board").in_bulk(
        {event.subject_id for event in events if event.subject_kind == "action"}
    )
    told = details_of(events)
    for event in events:
        details = {name: _without(value, hidden) for name, value in told[event.pk].items()}
        action = actions.get(event.subject_id) if event.subject_kind == "action" else None
        yield Line(
            at=event.at,
            by=str(details.get("by") or ""),
            kind=kind_in_words(event.verb.split(".")[0]),
            about=f"Action {action.reference}" if action else str(details.get("subject") or ""),
            action=action,
            sentence=sentence(event, details),
        )


def _without(value, hidden):
    return [item for item in value if item not in hidden] if hidden and isinstance(value, list) else value


def as_csv(events, hidden) -> bytes:
    """Events as a table for a spreadsheet."""
    return csv_of(
        HEADINGS,
        (
            (f"{localtime(line.at):%Y-%m-%d %H:%M}", line.by, line.kind, line.about, line.sentence)
            for line in lines(events, hidden)
        ),
    )


def name_of(subject: Board | Plan | Action) -> str:
    """What a history is of, in words: the board, the plan, or “action 2.1 of” its plan."""
    return f"action {subject.reference} of {subject.plan}" if isinstance(subject, Action) else str(subject)


def file_name(subject: Board | Plan | Action) -> str:
    """Of the copy of a history."""
    if isinstance(subject, Action):
        return f"{subject.plan.slug}-action-{slugify(subject.reference) or subject.pk}-history.csv"
    return f"{subject.slug}-history.csv"
