"""What a file of a plan says, whichever kind of file it is: its columns, and the text of each cell.

An action says what the plan printed of it, or, where it has been changed since, its definition written out: so a file
that nobody touched says what the plan says, and taking it in again compares the same texts. The columns are the plan's
own, in their order, and around them what every file needs beside: section, objective and reference before, status,
rating, circulation and the key of the row behind, each only where the plan has no column for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

import tablib
from django.db.models import Prefetch, prefetch_related_objects
from import_export import fields, resources, widgets

from actions import as_at, listing, reading
from actions.importing.columns import CIRCULATION, KEY
from actions.importing.tables import KEY_HEADING
from actions.models import (
    ActionPriority,
    ActionRecommendation,
    ActionVersion,
    Cell,
    CrossReference,
    DateChange,
    Measure,
    Milestone,
    Plan,
    PlanColumn,
)
from actions.models.promises import in_definition
from actions.reading import ActionRow
from boards.labels import labels_of
from boards.models import Rating
from boards.ratings import ratings_of
from cseplan.text import clean_text

Field = PlanColumn.Field

CIRCULATION_HEADING = "Circulation"
BULLET = "• "


@dataclass(frozen=True, eq=False)
class Column:
    """A column of the file: one of the plan's own (`own`), or one that the file adds.

    `field` is a PlanColumn.Field, KEY or CIRCULATION.
    """

    heading: str
    field: str
    own: PlanColumn | None = None


@dataclass(frozen=True)
class Line:
    """One action in the file: the text of each column, in order."""

    row: ActionRow
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Lines that stand together: of one section, or of one objective in it. Either may be none."""

    section: str
    aim: str
    objective: str
    lines: list[Line]


@dataclass(frozen=True)
class Sheet:
    """Everything that a file of a plan says.

    `day` is the day it shows and `past` whether that was asked for; `ratings` are the steps of the board's scale;
    `dataset` holds the headings and the texts, a row for each of `lines`.
    """

    plan: Plan
    day: date
    past: bool
    made_at: datetime
    columns: list[Column]
    lines: list[Line]
    ratings: list[Rating]
    dataset: tablib.Dataset
    known_by: datetime | None = None
    """Of a past day: nothing recorded later counts."""

    @property
    def file_name(self) -> str:
        """Without the suffix: the plan's address, which has no sign in it that a disk could mind, and the day."""
        return f"{self.plan.slug}-{'as-at-' if self.past else ''}{self.day}"

    @property
    def facts(self) -> str:
        """What the plan is, in a line of sentences."""
        plan = self.plan
        state = {
            Plan.State.DRAFT: "Draft, not yet agreed",
            Plan.State.AGREED: f"Agreed {_day(plan.agreed_on)}",
            Plan.State.CLOSED: f"Closed {_day(plan.closed_on)}",
        }[plan.state]
        runs = f" Runs from {_day(plan.starts)} to {_day(plan.ends)}." if plan.starts and plan.ends else ""
        record = f" Record of an old plan, as at {_day(plan.as_at)}." if plan.as_at else ""
        return f"{state}. Overseen by {plan.overseen_by}.{runs}{record} As at {_day(self.day)}."

    def groups(self) -> list[Group]:
        """The lines under the plan's headings, in its own order."""
        found = []
        for (section, objective), lines in groupby(self.lines, key=lambda line: _headings(line.row)):
            aim = section.aim if section else ""
            found.append(Group(str(section or ""), aim, str(objective or ""), list(lines)))
        return found


def _headings(row):
    return row.action.section, row.action.objective


def _day(day):
    return f"{day:%-d %B %Y}" if day else ""


# From the database


def sheet_of(plan: Plan, actions, *, on: date, at: datetime) -> Sheet:
    """The plan as it is today, with those of these actions that are in it; the same number of queries for any number.

    Args:
        actions: what the reader may read, from `actions.permissions.readable`, or `command_line_reads`.
    """
    listed = listing.listed(actions, [plan], on).order_by("position", "id")
    rows = reading.rows(listed, list(listed.values_list("pk", flat=True)), on=on, at=at)
    return _sheet(plan, rows, day=on, past=False, at=at, known_by=None)


def sheet_as_at(past: as_at.Past, actions, *, at: datetime) -> Sheet:
    """The plan as it stood on a past day.

    Args:
        past: from `as_at.past_of`.
        actions: those of the plan that the reader may read, of `Action.ever_written`.
    """
    return _sheet(past.plan, as_at.rows(actions, past), day=past.on, past=True, at=at, known_by=past.known_by)


def _sheet(plan, rows, *, day, past, at, known_by):
    _fetch_parts([row.action for row in rows], known_by)
    columns = columns_of(plan, rows)
    lines = [Line(row, tuple(_texts(row, columns))) for row in rows]
    dataset = PlanResource(columns).export(lines)
    return Sheet(plan, day, past, at, columns, lines, ratings_of(plan.board).current, dataset, known_by)


def _fetch_parts(actions, known_by):
    """The parts of a definition that `reading` does not fetch for a list, as they stood."""
    stood = in_definition(known_by)
    prefetch_related_objects(
        actions,
        Prefetch("cells", Cell.objects.filter(stood)),
        Prefetch("measures", Measure.objects.filter(stood)),
        Prefetch("action_priorities", ActionPriority.objects.filter(stood).select_related("priority")),
        Prefetch("action_recommendations", ActionRecommendation.objects.filter(stood).select_related("recommendation")),
    )


def fetch_record(actions: Sequence, known_by: datetime | None) -> None:
    """What only a complete file says of actions: milestones, cross references, versions and moves of the date."""
    known = {"at__lte": known_by} if known_by else {}
    moves = DateChange.objects.filter(step__isnull=True, **known).order_by("at", "id")
    prefetch_related_objects(
        actions,
        Prefetch("milestones", Milestone.objects.filter(in_definition(known_by)).select_related("timescale")),
        Prefetch("cross_references", CrossReference.objects.order_by("id")),
        Prefetch("versions", ActionVersion.objects.filter(**known).select_related("section", "objective", "meeting")),
        Prefetch("date_changes", moves),
    )


# Columns


def columns_of(plan: Plan, rows: Iterable[ActionRow]) -> list[Column]:
    """The plan's own columns in their order, with those that a file needs and the plan does not print."""
    own = [Column(column.heading, column.field, column) for column in plan.columns.all()]
    printed, labels = {column.field for column in own}, labels_of(plan.board)
    actions = [row.action for row in rows]
    before = [
        (labels.section.One, Field.SECTION, any(action.section_id for action in actions)),
        (labels.objective.One, Field.OBJECTIVE, any(action.objective_id for action in actions)),
        (Field.REFERENCE.label, Field.REFERENCE, plan.prints_references),
        (Field.ACTION.label, Field.ACTION, True),
    ]
    behind = [
        (Field.STATUS.label, Field.STATUS, True),
        (Field.RATING.label, Field.RATING, True),
        (CIRCULATION_HEADING, CIRCULATION, any(action.limited for action in actions)),
        (KEY_HEADING, KEY, True),
    ]
    taken = {column.heading.casefold() for column in own}

    def added(wanted):
        for heading, field, is_needed in wanted:
            if is_needed and field not in printed:
                yield Column(beside(heading) if heading.casefold() in taken else heading, field)

    return [*added(before), *own, *added(behind)]


def added_headings(board) -> dict[str, str]:
    """{heading: what is under it} of every column that a file of a plan of this board may have beside the plan's."""
    labels = labels_of(board)
    found = {
        labels.section.One: Field.SECTION, labels.objective.One: Field.OBJECTIVE, CIRCULATION_HEADING: CIRCULATION,
        **{field.label: field for field in (Field.REFERENCE, Field.ACTION, Field.STATUS, Field.RATING)},
    }  # fmt: skip
    found |= {beside(heading): field for heading, field in found.items()}
    return {heading: str(field) for heading, field in found.items()}


def beside(heading: str) -> str:
    """A heading that the plan has given to a column of its own already."""
    return f"{heading} (cseplan)"


# Texts


def _texts(row, columns):
    own = [column.own for column in columns if column.own]
    printed = dict(zip(own, reading.texts_of(row, own, lines_of), strict=True))
    moved = _moved_to(row.action)
    for column in columns:
        if column.field == Field.TIMESCALE and moved:
            yield moved
        elif column.own:
            yield printed[column.own]
        else:
            yield "\n".join(lines_of(row, column.field))


def _moved_to(action):
    """The date of an action, as people write it, where it is no longer what the board's words about time say."""
    said = action.timescale.due if action.timescale else None
    return _day(action.due) if action.due and action.due != said else ""


def lines_of(row: ActionRow, field: str) -> list[str]:
    """What an action says in a column of this field, where its printed text does not stand: in lines, as `defined`
    says it, with a bullet before each of several steps or measures."""
    action = row.action
    if field == KEY:
        return [str(action.pk)]
    if field == CIRCULATION:
        return ["Limited circulation"] if action.limited else []
    if field == Field.RATING:
        return [action.rating.word] if action.rating else []
    if field == Field.STATUS:
        return [action.get_status_display()]
    lines = reading.defined(row, field)
    return [f"{BULLET}{line}" for line in lines] if field in reading.LISTS and len(lines) > 1 else lines


# The model side, by django-import-export


class Words(widgets.Widget):
    """The text of a cell. What no file may hold and no reader sees is gone, as it goes from whatever comes in."""

    def render(self, value, obj=None, **kwargs):
        return clean_text(value)


class CellField(fields.Field):
    """A column of the file, under the heading of its board."""

    def __init__(self, number, column):
        super().__init__(column_name=column.heading, widget=Words(), readonly=True)
        self.number = number

    def get_value(self, instance):
        return instance.texts[self.number]


class PlanResource(resources.Resource):
    """The lines of a plan as a table, its fields made from the columns of the file."""

    def __init__(self, columns: Sequence[Column]):
        super().__init__()
        self.fields = {f"column_{number}": CellField(number, column) for number, column in enumerate(columns)}
