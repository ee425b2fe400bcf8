"""What lines of the access log are about, where plans and actions are concerned."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import localtime

from actions.models import (
    Action,
    DateRequest,
    Evidence,
    Import,
    Objective,
    Offer,
    Plan,
    Recommendation,
    RecommendationSource,
    Section,
    Submission,
)
from boards.access import KINDS, names
from boards.models import Holder, Invitation, Owner, Seat, StrategicPriority, SubGroup, User


def register():
    """Tell the access log what the addresses of plans and actions name; what is below an action is about the action."""
    names("plan", lambda parts: _plans(parts).first())
    names("action", lambda parts: _actions(parts).filter(pk=parts["action"]).first())
    for part, heading in (("section", Section), ("objective", Objective)):
        names(part, _of_plan(part, heading))
    names("source", lambda parts: _sources(parts).first())
    names("recommendation", lambda parts: _recommendations(parts).first())
    names("file", lambda parts: _files(parts).first())
    for part, model in (
        ("asked", DateRequest),
        ("evidence", Evidence),
        ("offer", Offer),
        ("submission", Submission),
    ):
        names(part, _below(part, model))


def _plans(parts):
    return Plan.objects.select_related("board").filter(board__slug=parts["board"], slug=parts["plan"])


def _actions(parts):
    return Action.objects.select_related("board").filter(plan__in=_plans(parts))


def _sources(parts):
    return RecommendationSource.objects.select_related("board").filter(board__slug=parts["board"], pk=parts["source"])


def _recommendations(parts):
    return Recommendation.objects.filter(source__in=_sources(parts), pk=parts["recommendation"])


def _files(parts):
    return Import.objects.filter(board__slug=parts["board"], pk=parts["file"])


def _of_plan(part, model):
    return lambda parts: model.objects.filter(plan__in=_plans(parts), pk=parts[part]).first()


def _below(part, model):
    return lambda parts: _actions(parts).filter(
        pk=parts["action"], pk__in=model.objects.filter(pk=parts[part]).values("action")
    ).first()  # fmt: skip


OF_BOARDS = (
    User, Invitation, StrategicPriority, Seat, SubGroup, Owner, Holder, Section, Objective, RecommendationSource,
    Recommendation, Import,
)  # fmt: skip
"""What else a line may be about; each is called as it is printed."""


class Line(NamedTuple):
    """One line of the access log in words. `page` is which page or file it was."""

    at: datetime
    by: User | None
    kind: str
    about: str
    page: str
    outcome: str


HEADINGS = ("When", "Who", "What", "About", "Page or file", "Outcome")


def as_lines(lines) -> list[tuple[str, ...]]:
    """Lines of the access log as a table to take away, under HEADINGS."""
    return [
        (
            f"{localtime(line.at):%Y-%m-%d %H:%M}",
            str(line.by or "cseplan, on the server"),
            line.kind,
            line.about,
            line.page,
            line.outcome,
        )
        for line in in_words(lines)
    ]


def in_words(lines) -> list[Line]:
    """Lines of the access log in words; a query for each kind of thing that they are about."""
    ids = defaultdict(set)
    for line in lines:
        ids[line.subject_kind].add(line.subject_id)
    plans = Plan.objects.in_bulk(ids["plan"])
    actions = Action.objects.select_related("plan").in_bulk(ids["action"])
    told = {
        (kind, pk): str(row)
        for model in OF_BOARDS
        if (kind := model._meta.model_name) in ids
        for pk, row in model.objects.in_bulk(ids[kind]).items()
    }
    told |= {("plan", pk): plan.title for pk, plan in plans.items()}
    told |= {("action", pk): f"Action {row.reference}, {row.plan.title}" for pk, row in actions.items()}
    return [
        Line(
            line.at,
            line.by,
            KINDS.get(line.what, line.what),
            told.get((line.subject_kind, line.subject_id), ""),
            line.subject,
            line.get_outcome_display(),
        )
        for line in lines
    ]
