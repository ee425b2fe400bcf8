"""New actions of a plan, one or five thousand of them: written in the same number of statements but for their batches.

A row at a time, a plan of five thousand rows took minutes; so each kind of row is written for all actions together,
with the same refusals, and `write_action` is the case of one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery

from actions import timescales
from actions.changes.definition import (
    PARTS,
    MilestoneGiven,
    RoleGiven,
    StepGiven,
    agree_first_words,
    keep_rows,
    reader_of,
    reference_taken,
    refuse_two_leads,
    timescale_row,
    version_of,
)
from actions.models import (
    Action,
    ActionVersion,
    Cell,
    CrossReference,
    Objective,
    Plan,
    PlanColumn,
    Reading,
    Recommendation,
    Section,
    Timescale,
)
from actions.standing import refresh
from boards.models import Meeting, StrategicPriority

RELATED = [field.name for field in Action._meta.concrete_fields if field.is_relation]


@dataclass(frozen=True, kw_only=True)
class ActionGiven:
    """What a new action says, with everything that belongs to its definition.

    Args:
        reading: how its words about time are read, where a person has confirmed it; else they are read here.
        year_hint: the year that its days and months belong to where they name none.
        cells: {column: printed text}.
        reason: why it comes into a plan that the board has agreed already, and the `meeting` that agreed it.
        place: where it was read, for a refusal: “Plan, row 7”.
    """

    reference: str
    wording: str
    outcome: str = ""
    section: Section | None = None
    objective: Objective | None = None
    top_priority: bool = False
    limited: bool = False
    timescale: str = ""
    reading: timescales.Timescale | None = None
    year_hint: int | None = None
    roles: Sequence[RoleGiven] = ()
    priorities: Sequence[StrategicPriority] = ()
    steps: Sequence[StepGiven] = ()
    measures: Sequence[str] = ()
    milestones: Sequence[MilestoneGiven] = ()
    recommendations: Sequence[Recommendation] = ()
    cross_references: Sequence[str] = ()
    cells: Mapping[PlanColumn, str] | None = None
    reason: str = ""
    meeting: Meeting | None = None
    place: str = ""


def write_action(turn, plan, **said):
    """A new action at the end of its plan; it says what an `ActionGiven` takes. Raises as `write_actions` does."""
    return write_actions(turn, plan, [ActionGiven(**said)])[0]


def write_actions(turn, plan, given: Iterable[ActionGiven]) -> list[Action]:
    """New actions at the end of their plan, in this order, each with its first version.

    Args:
        turn: of the board, see `boards.audit.change`.
    Raises:
        ValidationError: a reference is taken, or an action has more than one lead at a time.
    """
    given = list(given)
    if not given:
        return []
    actions = _unwritten(plan, given)
    Timescale.objects.bulk_create(action.timescale for action in actions)
    Action.objects.bulk_create(actions)
    Reading.objects.bulk_create(
        Reading(board=plan.board, action=action, timescale=action.timescale, at=turn.at) for action in actions
    )
    _keep_words(turn, plan, actions, given)
    _keep_parts(plan, actions, given)
    turn.record_many(
        "action.added",
        [
            (
                action,
                {
                    "plan": plan,
                    "wording": one.wording,
                    "timescale": action.timescale.text,
                    "due": action.timescale.due,
                    "owners": [f"{role.owner} ({role.role})" for role in one.roles],
                    **({"reason": one.reason, "meeting": one.meeting} if one.reason else {}),
                },
            )
            for action, one in zip(actions, given, strict=True)
        ],
    )
    refresh(actions, on=turn.on, known_by=turn.at)
    return actions


def _unwritten(plan, given):
    last = plan.actions.order_by("position").last()
    taken = set(plan.actions.values_list("reference", flat=True))
    readers = {hint: reader_of(plan, hint) for hint in {one.year_hint for one in given}}
    actions = []
    for position, one in enumerate(given, start=last.position + 1 if last else 1):
        with _refused_at(one.place):
            if one.reference in taken:
                raise reference_taken(plan, one.reference)
            refuse_two_leads(one.roles)
            action = Action(
                board=plan.board,
                plan=plan,
                reference=one.reference,
                position=position,
                section=one.section,
                objective=one.objective,
                top_priority=one.top_priority,
                limited=one.limited,
                timescale=timescale_row(plan.board, one.reading or readers[one.year_hint](one.timescale)),
            )
            action.clean_fields(exclude=RELATED)
        taken.add(one.reference)
        actions.append(action)
    return actions


@contextmanager
def _refused_at(place) -> Iterator[None]:
    """A refusal says which row of a file it is about, where the action comes from one."""
    try:
        yield
    except ValidationError as refused:
        if not place:
            raise
        raise ValidationError(f"{place}: {' '.join(refused.messages)}") from refused


def _keep_words(turn, plan, actions, given):
    """The first version of each; what is written into an agreed plan is what the board agreed of it."""
    said = zip(actions, given, strict=True)
    versions = [version_of(turn, action, 1, one.wording, one.outcome, one.reason, one.meeting) for action, one in said]
    ActionVersion.objects.bulk_create(versions)
    begun = Action.objects.filter(plan=plan, version=None)
    begun.update(version=Subquery(ActionVersion.objects.filter(action=OuterRef("pk")).values("pk")[:1]))
    for action, version in zip(actions, versions, strict=True):
        action.version = version
    if plan.state == Plan.State.AGREED:
        agree_first_words(plan.actions.filter(first_version=None))
        for action in actions:
            action.first_due, action.first_version = action.timescale.due, action.version


def _keep_parts(plan, actions, given):
    board, pairs = plan.board, list(zip(actions, given, strict=True))
    parts = [({"board": board, "action": action, "since": action.version}, one) for action, one in pairs]
    readers = {hint: reader_of(plan, hint) for hint in {one.year_hint for one in given}}
    for kind in PARTS:
        rows = []
        for part, one in parts:
            rows += kind.rows(part, enumerate(getattr(one, kind.name), start=1), readers[one.year_hint])
        keep_rows(rows)
    CrossReference.objects.bulk_create(
        CrossReference(board=board, action=action, text=text) for action, one in pairs for text in one.cross_references
    )
    Cell.objects.bulk_create(
        Cell(**part, column=column, text=text) for part, one in parts for column, text in (one.cells or {}).items()
    )
