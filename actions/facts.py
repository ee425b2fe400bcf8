"""What the page of one action shows beside its history, gathered in a fixed number of queries.

No rule lives here: where the action stands comes from `actions.reading`, who answers for it from `boards.holders`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Prefetch, Q, prefetch_related_objects

from actions.comparing import Change
from actions.models import (
    Action,
    ActionPriority,
    ActionRecommendation,
    ActionVersion,
    Cell,
    CrossReference,
    DateChange,
    Evidence,
    EvidenceSighting,
    Measure,
    Milestone,
    Objective,
    OwnerRole,
    PlanColumn,
    Step,
)
from actions.models.promises import in_definition
from actions.reading import ROLE_ORDER, ActionRow
from actions.saying import changed_between
from actions.steps import first_row
from actions.wordings import Piece, changed_words
from boards.holders import Holding, holding
from boards.labels import labels_of
from boards.models import Owner, SubGroup

Field = PlanColumn.Field

ELSEWHERE = {
    Field.REFERENCE,
    Field.STRAND,
    Field.SECTION,
    Field.OBJECTIVE,
    Field.ACTION,
    Field.STEPS,
    Field.LEAD,
    Field.SUPPORT,
    Field.ACCOUNTABLE,
    Field.TIMESCALE,
    Field.MEASURE,
    Field.OUTCOME,
    Field.RECOMMENDATION,
    Field.TOP_PRIORITY,
}
"""Columns whose words are parts of the action and stand on its page as such; what was printed in them is folded."""


@dataclass(frozen=True)
class OwnerFact:
    """One owner of an action: its part with its dates, who answers for it, and the owners in it when it is a group."""

    role: OwnerRole
    holding: Holding
    members: list[Owner]
    over: bool
    """Its part has ended."""
    coming: bool
    """Its part has not begun."""


@dataclass(frozen=True)
class Link:
    """A printed cross reference, with what it points to where the reader may open it."""

    text: str
    action: object
    objective: Objective | None


@dataclass(frozen=True)
class Kin:
    """Another action that this one came from or goes on in; without one where this reader may not open it, only its
    plan where that may be said."""

    reference: str
    plan: str
    action: Action | None


@dataclass(frozen=True)
class MilestoneFact:
    """A labelled date of an action. `passed` while the action is still to be done; nobody ticks a milestone."""

    row: Milestone
    passed: bool


@dataclass(frozen=True)
class StepFact:
    """A step of an action: when it was first due, where that is another day, and how often its date moved."""

    row: Step
    first_due: date | None
    moved: int


@dataclass(frozen=True)
class EvidenceFact:
    """A piece of evidence, and the ids of the people who have seen it."""

    row: Evidence
    seen_by: frozenset[int]


@dataclass(frozen=True)
class Facts:
    """Everything the page of an action says beside where it stands and its history."""

    owners: list[OwnerFact]
    overseen_by: SubGroup
    dates: list[DateChange]
    headings: dict[str, str]
    versions: list
    changed: list[Change]
    """What else than its words the action says otherwise than the board first agreed."""
    steps: list[StepFact]
    links: list[Link]
    milestones: list[MilestoneFact]
    printed: list[Cell]
    printed_only: list[Cell]
    evidence: list[EvidenceFact]
    came: list[Kin]
    became: list[Kin]

    @property
    def first_version(self):
        """What the board agreed, where the action no longer says that."""
        return self.versions[0] if len(self.versions) > 1 else None

    @property
    def since_first(self) -> tuple[Piece, ...]:
        """What changed from the first wording to the current; nothing where the words are the same."""
        return _reworded(self.versions[0], self.versions[-1])

    @property
    def rewordings(self) -> list[tuple[ActionVersion, tuple[Piece, ...]]]:
        """Each later version, and what it changed of the words of the one before; nothing where it left them."""
        return [(version, _reworded(before, version)) for before, version in pairwise(self.versions)]


def _reworded(before, after):
    return changed_words(before.wording, after.wording) if before.wording != after.wording else ()


def facts(row: ActionRow, on: date, *, readable, known_by: datetime | None = None) -> Facts:
    """The facts of one action.

    Args:
        row: from `actions.reading.rows`, or from `actions.as_at.rows` with the same `known_by`.
        readable: the actions this reader may open; a cross reference to another stands without a link.
        known_by: nothing recorded later counts.
    """
    action = row.action
    _fetch(action, known_by)
    cells = [cell for cell in action.cells.all() if cell.text.strip()]
    own = action.section.overseen_by if action.section else None
    kin = _kin(row, readable)
    older = kin.keys() & row.ancestors
    versions = _versions(action)
    return Facts(
        owners=_owners(action, on),
        overseen_by=own or action.plan.overseen_by,
        dates=_dates(action, older, on, known_by),
        headings={column.field: column.heading for column in reversed(list(action.plan.columns.all()))},
        versions=versions,
        changed=changed_between(versions[0], versions[-1], labels_of(action.board)) if len(versions) > 1 else [],
        steps=_steps(action),
        links=_links(action, readable),
        milestones=[MilestoneFact(found, _passed(found, row, on)) for found in action.milestones.all()],
        printed=[cell for cell in cells if cell.column.field in ELSEWHERE],
        printed_only=[cell for cell in cells if cell.column.field not in ELSEWHERE],
        evidence=[
            EvidenceFact(found, frozenset(sighting.by_id for sighting in found.sightings.all()))
            for found in action.evidence.all()
        ],
        came=[_named(kin.get(link.from_action), link, link.from_plan) for link in row.came],
        became=[_named(kin.get(link.to_action), link, link.to_plan) for link in row.became],
    )


def _kin(row, readable):
    """{id: action} of those it came from and goes on in that this reader may open; no query where there are none."""
    ids = {*row.ancestors, *(link.to_action for link in row.became)}
    if not ids:
        return {}
    return {action.pk: action for action in readable.filter(pk__in=ids).select_related("plan__board")}


def _named(action, link, plan):
    if action is None:
        return Kin("", "" if link.limited else plan, None)
    return Kin(action.reference, "" if link.within else plan, action)


def _dates(action, older, on, known_by):
    """How its date came about, and before that the dates of those it came from that this reader may open."""
    own = [change for change in action.date_changes.all() if change.step_id is None]
    if not older:
        return own
    known = Q() if known_by is None else Q(at__lte=known_by)
    before = DateChange.objects.filter(known, action__in=older, step__isnull=True, on__lte=on)
    before = list(before.select_related("agreed_by", "meeting", "action__plan"))
    for change in before:
        change.of = f"as action {change.action} of {change.action.plan}"
    return sorted([*before, *own], key=lambda change: (change.on, change.pk))


def _steps(action):
    """The steps that stand, each with what became of its date, as another row of it too."""
    dated = defaultdict(list)
    for change in action.date_changes.all():
        if change.step:
            dated[first_row(change.step)].append(change)
    return [_step(step, dated[first_row(step)]) for step in action.steps.all()]


def _step(step, changes):
    first = changes[0].from_due if changes else step.due
    for change in changes:
        if change.kind != DateChange.Kind.MOVED and first in (None, change.from_due):
            first = change.to_due
    moved = sum(change.kind == DateChange.Kind.MOVED for change in changes)
    return StepFact(step, first if first != step.due else None, moved)


def _versions(action):
    """From the one that the board agreed; those of the draft before it are history."""
    first = action.first_version_id
    return [version for version in action.versions.all() if first is None or version.pk >= first]


def _passed(milestone, row, on):
    due = milestone.timescale.due
    return bool(due and due < on and row.state.is_open)


def _fetch(action, known_by):
    now = in_definition(known_by)
    known = Q() if known_by is None else Q(at__lte=known_by)
    moves = DateChange.objects.filter(known)
    versions = ActionVersion.objects.filter(known).select_related("by", "meeting", "section", "objective")
    answers = ActionRecommendation.objects.filter(now).select_related("recommendation__source")
    prefetch_related_objects(
        [action],
        "plan__columns",
        "plan__overseen_by",
        "section__overseen_by",
        "owner_roles__owner__memberships__member",
        Prefetch("versions", versions),
        Prefetch("action_priorities", ActionPriority.objects.filter(now).select_related("priority")),
        Prefetch("measures", Measure.objects.filter(now)),
        Prefetch("milestones", Milestone.objects.filter(now).select_related("timescale")),
        Prefetch("action_recommendations", answers),
        Prefetch("cross_references", CrossReference.objects.select_related("target__plan__board", "objective")),
        Prefetch("cells", Cell.objects.filter(now).select_related("column").order_by("column__position")),
        Prefetch("date_changes", moves.select_related("agreed_by", "meeting", "step")),
        Prefetch("evidence", Evidence.objects.filter(known).select_related("by").order_by("-at", "-id")),
        Prefetch("evidence__sightings", EvidenceSighting.objects.filter(known).select_related("by")),
    )


def _owners(action, on):
    rows = sorted(
        action.owner_roles.all(), key=lambda row: (ROLE_ORDER.index(row.role), row.starts or date.min, row.pk)
    )
    return [
        OwnerFact(
            role=row,
            holding=holding(row.owner, on),
            members=[membership.member for membership in row.owner.memberships.all()],
            over=row.ends is not None and row.ends < on,
            coming=row.starts is not None and row.starts > on,
        )
        for row in rows
    ]


def _links(action, readable):
    rows = list(action.cross_references.all())
    may_open = set(readable.filter(pk__in=[row.target_id for row in rows]).values_list("pk", flat=True))
    return [Link(row.text, row.target if row.target_id in may_open else None, row.objective) for row in rows]
