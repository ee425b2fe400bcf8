"""Actions as a reader meets them in a list: one row each, made of what was fetched along and where the action stands.

One place turns actions into rows for plans, the overdue list and people's own work, in a number of queries that does
not grow with the list. No rule is made here: deadlines, rag, rounds and standing are asked.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch

from actions import rag
from actions.deadlines import OPEN, DateState, date_state
from actions.models import (
    Action,
    ActionPriority,
    ActionRecommendation,
    Cell,
    Evidence,
    Measure,
    Objective,
    OwnerRole,
    Plan,
    PlanColumn,
    Section,
    Status,
    Step,
    Update,
)
from actions.standing import standings
from actions.succession import Link, became, came_from
from boards.holders import Holding, holding, with_holders
from boards.models import Owner, Rating

Field = PlanColumn.Field


@dataclass(frozen=True)
class Part:
    """An owner's part in an action on the day, and who holds it."""

    owner: Owner
    role: str
    word: str
    holding: Holding


@dataclass(frozen=True)
class Travel:
    """Which way the lead's rating went since the period before: better, worse or same; and in words."""

    way: str
    words: str


@dataclass(frozen=True)
class ActionRow:
    """One action in a list, on one day.

    `step` is the step whose date comes before the action's own; `spoken` the lead's latest update, `heard` the latest
    in their own words; `joint` the joint leads' ratings that differ from the lead's.
    """

    action: Action
    parts: tuple[Part, ...]
    state: DateState
    step: Step | None
    moved: int
    passed_on: int
    heard: Update | None
    no_update: bool
    age: str
    travel: Travel | None
    disagreements: tuple[str, ...]
    spoken: Update | None
    joint: tuple[Update, ...]
    came: tuple[Link, ...]
    became: tuple[Link, ...]
    ancestors: frozenset[int]

    @property
    def came_words(self) -> str:
        """What it came from, in words that every reader of it may read."""
        return came_from(self.came)

    @property
    def became_words(self) -> str:
        return became(self.became, over=self.action.status not in OPEN)

    @property
    def status_words(self) -> str:
        """Its status; of one that goes on elsewhere, what became of it."""
        over = self.action.status == Status.WITHDRAWN
        return (over and self.became_words) or self.action.get_status_display()

    @property
    def plan(self) -> Plan:
        return self.action.plan

    @property
    def reference(self) -> str:
        return self.action.reference

    @property
    def promise(self) -> str:
        return self.action.version.wording

    @property
    def rating(self) -> Rating | None:
        return self.action.rating

    @property
    def lead(self) -> Part | None:
        return next((part for part in self.parts if part.role == OwnerRole.Role.LEAD), None)

    @property
    def others(self) -> list[tuple[str, list[Owner]]]:
        """Who else takes part, role by role."""
        rest = [part for part in self.parts if part.role != OwnerRole.Role.LEAD]
        return [(word, [part.owner for part in parts]) for word, parts in groupby(rest, key=lambda part: part.word)]

    @property
    def due_words(self) -> str:
        """The board's own words about time."""
        return self.action.timescale.text if self.action.timescale else ""

    @property
    def late(self) -> str:
        return self.state.words if self.state.is_overdue else ""

    @property
    def soon(self) -> str:
        return self.state.words if self.state.state == "due_soon" else ""

    @property
    def heard_from(self) -> Owner | None:
        """Whoever led when the lead was last heard, where somebody else does now."""
        return self._led_before(self.heard)

    @property
    def words_of(self) -> Owner | None:
        """Whose words the last ones are, where somebody else leads now."""
        return self._led_before(self.spoken)

    def _led_before(self, update):
        led_by = self.lead.owner.pk if self.lead else None
        return update.owner if update and update.owner_id != led_by else None

    @property
    def words(self) -> str:
        """What the lead last said."""
        if self.spoken is None:
            return ""
        return self.spoken.words or "Nothing has changed."


def age(heard_on: date | None, on: date) -> str:
    """How long ago the lead was last heard, in words."""
    if heard_on is None:
        return "never heard from"
    days = (on - heard_on).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


HAS_EVIDENCE = Exists(Evidence.objects.filter(action=OuterRef("pk")))


def with_rows(actions):
    """A queryset of listed actions with everything that `rows` reads off each of them fetched along."""
    steps = Step.objects.filter(until__isnull=True).select_related("timescale", "lead").order_by("position")
    roles = OwnerRole.objects.filter(until__isnull=True).prefetch_related(
        Prefetch("owner", with_holders(Owner.objects.all()))
    )
    return (
        actions.select_related("plan__board", "section__overseen_by", "objective", "version", "timescale", "rating")
        .annotate(has_evidence=HAS_EVIDENCE)
        .prefetch_related(Prefetch("owner_roles", roles), Prefetch("steps", steps))
    )


def rows(actions, ids, *, on, at) -> list[ActionRow]:
    """The rows of the actions with these ids, in that order.

    Args:
        actions: a queryset from `listing.listed`.
        at: the moment; nothing recorded later counts.
    """
    found = {action.pk: action for action in with_rows(actions.filter(pk__in=ids))}
    stood = standings(found.values(), on=on, known_by=at)
    return [row_of(found[pk], stood[pk], on) for pk in ids if pk in found]


def row_of(action, standing, on) -> ActionRow:
    """The row of an action fetched by `with_rows`, or made what it was on a day by `actions.as_at`."""
    alive = action.plan.state == Plan.State.AGREED and action.plan.as_at is None
    state = date_state(action.next_due, action.status, on, plan_alive=alive)
    return ActionRow(
        action=action,
        parts=_parts(action, on),
        state=state,
        step=_step_first(action),
        moved=len(standing.moves),
        passed_on=standing.passed_on,
        heard=standing.heard,
        no_update=action.no_update,
        age=age(action.heard_on, on),
        travel=_travel(standing),
        disagreements=tuple(_disagreements(action, on)) if alive else (),
        spoken=standing.update,
        joint=tuple(said for said in standing.joint.values() if said.rating_id != action.rating_id),
        came=standing.came,
        became=standing.became,
        ancestors=standing.ancestors,
    )


ROLE_ORDER = list(OwnerRole.Role)


def _parts(action, on):
    current = [role for role in action.owner_roles.all() if role.holds_on(on)]
    current.sort(key=lambda role: ROLE_ORDER.index(role.role))
    return tuple(Part(role.owner, role.role, role.get_role_display(), holding(role.owner, on)) for role in current)


def _step_first(action):
    if action.next_due is None or action.next_due == action.due:
        return None
    waiting = [step for step in action.steps.all() if step.done_on is None and step.due == action.next_due]
    return waiting[0] if waiting else None


def _travel(standing):
    now = standing.update
    if now is None or now.period is None:
        return None
    earlier = [said for said in standing.said if said.period and said.period.starts < now.period.starts]
    way = rag.travel(earlier[-1].rating, now.rating) if earlier else ""
    return Travel(way, f"{rag.TRAVEL[way]} {earlier[-1].period.label}") if way else None


def _disagreements(action, on):
    return rag.disagreements(
        status=action.status,
        rating=action.rating,
        next_due=action.next_due,
        heard_on=action.heard_on,
        timescale_kind=action.timescale.kind if action.timescale else "none",
        has_evidence=action.has_evidence,
        on=on,
        since=action.plan.agreed_on,
    )


@dataclass(frozen=True)
class Disagreeing:
    """An action whose rating, status, date and freshness do not fit together, in sentences."""

    action: Action
    sentences: tuple[str, ...]


def disagreeing(actions, on) -> list[Disagreeing]:
    """Those of these listed actions in use that disagree with the facts, in the plans' own order; one query."""
    found = []
    rated = actions.filter(plan__state=Plan.State.AGREED, plan__as_at__isnull=True)
    rated = rated.select_related("plan__board", "version", "timescale", "rating")
    for action in rated.annotate(has_evidence=HAS_EVIDENCE).order_by("plan", "position"):
        if not action.no_update and (sentences := _disagreements(action, on)):
            found.append(Disagreeing(action, tuple(sentences)))
    return found


@dataclass(frozen=True)
class Group:
    """Rows that stand under the same headings of a plan. `section` is None where it goes on from the group before."""

    section: Section | None
    objective: Objective | None
    rows: list[ActionRow]


def in_groups(found: list[ActionRow]) -> list[Group]:
    """Rows in the plan's own order, under its own headings."""
    groups, last = [], None
    for (section, objective), under in groupby(found, key=lambda row: (row.action.section, row.action.objective)):
        groups.append(Group(section if section != last else None, objective, list(under)))
        last = section
    return groups


# As the board printed it

LIVING = (Field.STATUS, Field.PROGRESS, Field.RATING)
"""Columns that say how it goes: what is on the record comes before what was once printed."""

GROUPING = (Field.SECTION, Field.OBJECTIVE)
"""Columns that stand as headings above the rows they span."""

LISTS = (Field.STEPS, Field.MEASURE)


@dataclass(frozen=True)
class PrintedCell:
    """One cell of the plan: its column, and its lines of text. A rating is shown as a tag instead."""

    column: PlanColumn
    lines: tuple[str, ...]

    @property
    def is_list(self) -> bool:
        return self.column.field in LISTS and len(self.lines) > 1

    @property
    def is_promise(self) -> bool:
        return self.column.field == Field.ACTION


def with_cells(actions):
    """A queryset with what `printed` reads off each action fetched along."""
    current = {"until__isnull": True}
    return actions.prefetch_related(
        Prefetch("cells", Cell.objects.filter(**current)),
        Prefetch("measures", Measure.objects.filter(**current)),
        Prefetch("action_priorities", ActionPriority.objects.filter(**current).select_related("priority")),
        Prefetch(
            "action_recommendations",
            ActionRecommendation.objects.filter(**current).select_related("recommendation"),
        ),
    )


def printed(row, columns) -> list[PrintedCell]:
    """The cells of one action in the plan's own columns."""
    texts = texts_of(row, columns)
    return [
        PrintedCell(column, tuple(line for line in text.splitlines() if line.strip()))
        for column, text in zip(columns, texts, strict=True)
    ]


def texts_of(row, columns, lines_of=None) -> list[str]:
    """What the plan says of one action in each of these columns: as printed, or from the definition where nothing is
    kept.

    Args:
        lines_of: how the definition is written out, given the row and a field; `defined` where nothing else is given.
    """
    kept = {cell.column_id: cell.text for cell in row.action.cells.all()}
    texts = []
    for column in columns:
        text = "\n".join((lines_of or defined)(row, column.field))
        told = column.field in LIVING and text.strip()
        texts.append(kept[column.pk] if kept.get(column.pk) and not told else text)
    return texts


def defined(row, field) -> list[str]:
    """What the definition of an action, or the record of it, says in a column of this field, line by line."""
    action = row.action
    return {
        Field.REFERENCE: lambda: [action.reference],
        Field.STRAND: lambda: [str(part.priority) for part in action.action_priorities.all()],
        Field.SECTION: lambda: [str(action.section or "")],
        Field.OBJECTIVE: lambda: [str(action.objective or "")],
        Field.ACTION: lambda: row.promise.splitlines(),
        Field.STEPS: lambda: [step.text for step in action.steps.all()],
        Field.LEAD: lambda: _names(row, OwnerRole.Role.LEAD, OwnerRole.Role.JOINT_LEAD),
        Field.SUPPORT: lambda: _names(row, OwnerRole.Role.SUPPORT),
        Field.ACCOUNTABLE: lambda: _names(row, OwnerRole.Role.ACCOUNTABLE),
        Field.TIMESCALE: lambda: [row.due_words],
        Field.STATUS: lambda: [row.status_words],
        Field.PROGRESS: lambda: [row.words] if row.spoken else [],
        Field.MEASURE: lambda: [measure.text for measure in action.measures.all()],
        Field.OUTCOME: lambda: action.version.outcome.splitlines(),
        Field.RECOMMENDATION: lambda: [
            " and ".join(str(part.recommendation.number) for part in action.action_recommendations.all())
        ],
        Field.TOP_PRIORITY: lambda: ["Top priority"] if action.top_priority else [],
    }.get(field, list)()


def _names(row, *roles):
    return [part.owner.name for part in row.parts if part.role in roles]
