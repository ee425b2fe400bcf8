"""A plan and its actions as they stood on a past day, by what had been recorded until a moment.

The rows are those of actions.reading, made from actions whose caches and parts are put back to what they were; nothing
of that is ever saved. Rights, limited circulation, headings and the names of things are those of today; who held an
owner goes by the dates of the holders.
"""

from copy import copy
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q

from actions.deadlines import OPEN
from actions.listing import Counted, count_up, counts_as
from actions.models import (
    ActionVersion,
    DateChange,
    Evidence,
    OwnerRole,
    Plan,
    Reading,
    Step,
)
from actions.models.promises import in_definition
from actions.reading import ActionRow, row_of
from actions.rounds import added_after, last_asked
from actions.standing import Standing, standings
from actions.succession import earliest
from boards.holders import with_holders
from boards.models import Event, Owner
from boards.ratings import ratings_of


class Past(NamedTuple):
    """A plan with the state it had on a day, by what had been recorded until a moment; when it had been agreed."""

    plan: Plan
    on: date
    known_by: datetime
    agreed_at: datetime | None


def past_of(plan: Plan, *, on: date, known_by: datetime) -> Past | None:
    """The plan as it stood; None when nothing of it had been written."""
    done = dict(
        Event.objects.filter(
            board=plan.board_id, subject_kind="plan", subject_id=plan.pk, verb__in=("plan.agreed", "plan.closed")
        ).values_list("verb", "at")
    )
    first = Event.objects.filter(subject_kind="plan", subject_id=plan.pk).order_by("sequence").first()
    if first is not None and first.at > known_by:
        return None
    was = copy(plan)
    closed = plan.closed_on and _held(done.get("plan.closed"), plan.closed_on, on, known_by)
    agreed = plan.agreed_on and _held(done.get("plan.agreed"), plan.agreed_on, on, known_by)
    if not closed:
        was.closed_on, was.state = None, Plan.State.AGREED
    if not agreed:
        was.agreed_on, was.state = None, Plan.State.DRAFT
    return Past(was, on, known_by, done.get("plan.agreed") if agreed else None)


def _held(recorded, day, on, known_by):
    """Whether something had happened: by when it was recorded, or by its day where nobody recorded it."""
    return recorded <= known_by if recorded else day <= on


def _written(actions, known_by):
    first = ActionVersion.objects.filter(action=OuterRef("pk"), number=1, at__lte=known_by)
    return actions.filter(Exists(first), Q(removed_at__isnull=True) | Q(removed_at__gt=known_by))


def rows(actions, past: Past) -> list[ActionRow]:
    """The rows of those of these actions of a plan that had been written, as they stood, in its order; the number of
    queries is the same however many."""
    plan, on, known_by, agreed_at = past
    found = list(_with_parts(_written(actions, known_by), known_by))
    for action in found:
        _define(action, plan)
    stood = standings(found, on=on, known_by=known_by)
    asked = last_asked([plan], on, known_by).get(plan.pk)
    changes = DateChange.objects.filter(action__in=found, step__isnull=True, on__lte=on, at__lte=known_by)
    moved: dict[int, list] = {}
    for change in changes.order_by("on", "id"):
        moved.setdefault(change.action_id, []).append(change)
    for action in found:
        inherited = [(link.at, link.first_due) for link in stood[action.pk].came if link.first_due]
        action.first_due = _first_due(action, moved.get(action.pk, ()), agreed_at, inherited)
        _remember(action, stood[action.pk], asked)
    return [row_of(action, stood[action.pk], on) for action in found]


def _with_parts(actions, known_by):
    parts, known = in_definition(known_by), {"at__lte": known_by}
    versions = ActionVersion.objects.filter(**known).select_related("section__overseen_by", "objective")
    roles = OwnerRole.objects.filter(parts).prefetch_related(Prefetch("owner", with_holders(Owner.objects.all())))
    return (
        actions.select_related("timescale")
        .annotate(has_evidence=Exists(Evidence.objects.filter(action=OuterRef("pk"), **known)))
        .prefetch_related(
            Prefetch("versions", versions.order_by("number"), to_attr="known_versions"),
            Prefetch("readings", Reading.objects.filter(**known).select_related("timescale"), to_attr="known_readings"),
            Prefetch("owner_roles", roles),
            Prefetch("steps", Step.objects.filter(parts).select_related("timescale", "lead")),
        )
        .order_by("position", "id")
    )


def _define(action, plan):
    """Give an action the plan, wording, reading and parts that it had."""
    action.plan = plan
    action.version = version = action.known_versions[-1]
    action.section, action.objective = version.section, version.objective
    action.reference, action.top_priority = version.reference, version.top_priority
    if action.known_readings:
        action.timescale = action.known_readings[-1].timescale
    for part in (*action.owner_roles.all(), *action.steps.all()):
        part.until = None


def _first_due(action, changes, agreed_at, inherited):
    """What agreement fixed, and what it came from, a first date or a correction made of it, in the order in which it
    happened."""
    first, drafted = None, action.plan.state == Plan.State.DRAFT
    happened = [(at, 1, day) for at, day in inherited] + [(change.at, 2, change) for change in changes]
    if not drafted:
        # What was written into a plan after its agreement is what the board agreed of it.
        written = action.known_versions[0].at
        agreed = written if agreed_at is None else max(agreed_at, written)
        happened.append((agreed, 0, _due_read(action, agreed_at and agreed)))
    for _, kind, what in sorted(happened, key=lambda one: one[:2]):
        if kind < 2:
            first = earliest(first, what)
        elif what.kind != DateChange.Kind.MOVED and first in (None, what.from_due):
            first = what.to_due
    return first


def _due_read(action, at):
    """The due date that its words were read as at a moment."""
    readings = [row.timescale for row in action.known_readings if at is None or row.at <= at]
    timescale = readings[-1] if readings else action.timescale
    return timescale.due if timescale else None


def _remember(action, stood: Standing, asked):
    """Put the caches of an action back to where it stood."""
    for name, value in stood.caches.items():
        setattr(action, name, value)
    for step in action.steps.all():
        step.done_on = stood.steps_done.get(step.pk)
    plan = action.plan
    waited_for = plan.state == Plan.State.AGREED and plan.as_at is None and stood.status in OPEN
    answered = asked and any(said.period and said.period.starts >= asked.starts for said in stood.said)
    owed = asked and not added_after(action.known_versions[0], asked)
    action.no_update = bool(waited_for and owed and not answered)


def counted(found: list[ActionRow], board) -> list[Counted]:
    """How many of these rows count as what, for a bar."""
    return count_up(map(_counts_as, found), ratings_of(board))


def _counts_as(row):
    code = row.rating.code if row.rating else None
    return counts_as(row.action.status, bool(row.became), row.no_update, code)
