"""What an action says: written the first time, and written again as a new version with its parts.

A draft and an agreed plan are written by the same hand: each change is a version, so that what was shown on any day
can be shown again. What an agreed plan asks beside that (a reason) is asked in actions.changes.plans.
"""

from collections.abc import Mapping
from datetime import date
from itertools import count, pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, Q, Subquery

from actions import timescales
from actions.changes import same
from actions.models import (
    Action,
    ActionPriority,
    ActionRecommendation,
    ActionVersion,
    Cell,
    Measure,
    Milestone,
    OwnerRole,
    Plan,
    PlanColumn,
    Reading,
    Step,
    Timescale,
)
from actions.standing import refresh
from actions.steps import first_row
from boards.models import Owner

Field = PlanColumn.Field

IN_DRAFT = "The plan was a draft."
"""Why a version follows another before the board has agreed the plan."""

NOTHING: Mapping[int, Any] = MappingProxyType({})


class RoleGiven(NamedTuple):
    """An owner and the part they take in an action, with dates where the plan gives them."""

    owner: Owner
    role: str
    starts: date | None = None
    ends: date | None = None


class StepGiven(NamedTuple):
    """A step as written, with an owner and words about time of its own where it has them.

    `was` is the row of the step, where it stands already and may say something else now; `misread` says that its
    words about time had been read wrongly, so that another date is no move.
    """

    text: str
    lead: Owner | None = None
    timescale: str = ""
    was: int | None = None
    misread: bool = False


class MilestoneGiven(NamedTuple):
    """A labelled date as written; `was` is its row, where it stands already."""

    label: str
    timescale: str
    was: int | None = None


def reader_of(plan, year_hint=None):
    """How this plan's words about time are read: the function from words to a `timescales.Timescale`."""
    year = year_hint or (plan.starts and plan.starts.year)
    start_month = plan.board.quarter_start_month
    return lambda text: timescales.read(text, year_hint=year, year_start_month=start_month, anchor=plan.agreed_on)


def timescale_row(board, reading):
    """A reading of a board's words about time as a row that is still to be written."""
    return Timescale(
        board=board,
        text=reading.text,
        kind=reading.kind,
        start=reading.start,
        due=reading.due,
        review_months=reading.review_months,
        doubts=list(reading.doubts),
    )


def keep_timescale(board, reading):
    """A reading of a board's words about time as a row."""
    row = timescale_row(board, reading)
    row.save()
    return row


def read_as(action, timescale, at):
    """From this moment on, an action has this reading of its words about time."""
    Reading.objects.create(board_id=action.board_id, action=action, timescale=timescale, at=at)
    Action.objects.filter(pk=action.pk).update(timescale=timescale)


def version_of(turn, action, number, wording, outcome, reason="", meeting=None):
    """What an action says from now on, under the headings it has, still to be written."""
    return ActionVersion(
        board_id=action.board_id,
        action=action,
        number=number,
        section=action.section,
        objective=action.objective,
        reference=action.reference,
        top_priority=action.top_priority,
        wording=wording,
        outcome=outcome,
        reason=reason,
        meeting=meeting,
        at=turn.at,
        by=turn.by,
    )


def _keep_version(turn, action, *said):
    version = version_of(turn, action, *said)
    version.save()
    Action.objects.filter(pk=action.pk).update(version=version)
    action.version = version
    return version


def agree_first_words(actions):
    """From here on these words, and these dates where there was none before, are what the board agreed."""
    due = Subquery(Timescale.objects.filter(pk=OuterRef("timescale")).values("due")[:1])
    actions.filter(first_due=None).update(first_due=due)
    actions.update(first_version=F("version"))


def _role_rows(part, numbered, read, was=NOTHING):
    return [OwnerRole(**part, **role._asdict()) for _, role in numbered]


def _priority_rows(part, numbered, read, was=NOTHING):
    return [ActionPriority(**part, priority=priority) for _, priority in numbered]


def _recommendation_rows(part, numbered, read, was=NOTHING):
    return [ActionRecommendation(**part, recommendation=one) for _, one in numbered]


def _measure_rows(part, numbered, read, was=NOTHING):
    return [Measure(**part, position=number, text=text) for number, text in numbered]


def _step_rows(part, numbered, read, was=NOTHING):
    return [
        Step(
            **part,
            position=number,
            text=step.text,
            lead=step.lead,
            timescale=(own := _read_again(part, step, read, was.get(number))),
            due=own and own.due,
            first_id=first_row(was[number]) if number in was else None,
        )
        for number, step in numbered
    ]


def _milestone_rows(part, numbered, read, was=NOTHING):
    return [
        Milestone(
            **part,
            position=number,
            label=stone.label,
            timescale=_read_again(part, stone, read, was.get(number)) or timescale_row(part["board"], read("")),
        )
        for number, stone in numbered
    ]


def _read_again(part, one, read, before):
    """The words about time of a step or milestone as a row; the same words are read as they were."""
    if before and before.timescale and before.timescale.text == one.timescale:
        return before.timescale
    return timescale_row(part["board"], read(one.timescale)) if one.timescale else None


def keep_rows(rows):
    """Write parts of one kind, and first the words about time that they have of their own."""
    if rows:
        own = [row.timescale for row in rows if getattr(row, "timescale", None)]
        Timescale.objects.bulk_create(timescale for timescale in own if timescale.pk is None)
        type(rows[0]).objects.bulk_create(rows)
    return rows


def refuse_taken(plan, reference, action=None):
    """A reference is used once in a plan."""
    others = plan.actions.exclude(pk=action.pk) if action else plan.actions
    if others.filter(reference=reference).exists():
        raise reference_taken(plan, reference)


def reference_taken(plan, reference):
    """The refusal of a second action with one reference."""
    said = f"{plan.title} already has an action {reference}. Give this one another reference."
    return ValidationError({"reference": said})


def refuse_two_leads(roles):
    leads = [role for role in roles if role.role == OwnerRole.Role.LEAD]
    leads.sort(key=lambda lead: lead.starts or date.min)
    if any((one.ends or date.max) >= (following.starts or date.min) for one, following in pairwise(leads)):
        raise ValidationError({"owners": "An action has one lead at a time. Make the others joint leads."})


SAID_IN = {
    "wording": Field.ACTION,
    "outcome": Field.OUTCOME,
    "section": Field.SECTION,
    "objective": Field.OBJECTIVE,
    "reference": Field.REFERENCE,
    "top_priority": Field.TOP_PRIORITY,
    "priorities": Field.STRAND,
    "steps": Field.STEPS,
    "measures": Field.MEASURE,
    "milestones": Field.TIMESCALE,
    "recommendations": Field.RECOMMENDATION,
}
"""In which column a plan prints what."""

ROLE_COLUMNS = {
    OwnerRole.Role.LEAD: Field.LEAD,
    OwnerRole.Role.JOINT_LEAD: Field.LEAD,
    OwnerRole.Role.SUPPORT: Field.SUPPORT,
    OwnerRole.Role.ACCOUNTABLE: Field.ACCOUNTABLE,
}

PLACED = ("section", "objective", "reference", "top_priority")
"""What a version says of an action that stands on the action itself too."""


def write_version(turn, action, *, reason, meeting=None, also=(), redated=False, cells=None, **now):
    """Another version of an action: what is given changes, all else goes on. Records it, as `action.reworded` where
    its words change and as `action.changed` where something else does.

    Args:
        also: what else of it has been changed in this turn, in sentences: enough for a version by itself, so that the
            number of the version tells whether anything is otherwise.
        redated: its words about time are among that.
        cells: {column: text} that the plan prints of it from now on; an empty text is none.
        now: any of wording, outcome, section, objective, reference, top_priority, and the parts roles, priorities,
            steps, measures, milestones and recommendations, each whole and in order, as for `write_action`.
    Returns:
        the version, or None where all this is what the action says already.
    """
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("version__section", "version__objective", "plan__board")
        .get(pk=action.pk)
    )
    before = action.version
    differs = [name for name in PLACED if name in now and getattr(before, name) != now[name]]
    parts = [part for part in PARTS if part.name in now and part.differs(action, now[part.name])]
    worded = {name: now[name] for name in ("wording", "outcome") if name in now and now[name] != getattr(before, name)}
    cells = _other_cells(action, cells or {})
    if not (differs or parts or worded or also or cells):
        return None
    if "reference" in differs:
        refuse_taken(action.plan, now["reference"], action)
    if "roles" in now:
        refuse_two_leads(now["roles"])
    told = [*also, *(_told(name, getattr(before, name), now[name]) for name in differs)]
    for name in differs:
        setattr(action, name, now[name])
    action.full_clean(exclude=("version", "first_version", "last_update", "rating"))
    action.save(update_fields=differs)
    outcome = worded.get("outcome", before.outcome)
    wording = worded.get("wording", before.wording)
    version = _keep_version(turn, action, before.number + 1, wording, outcome, reason, meeting)
    fields = {SAID_IN[name] for name in (*differs, *worded)} | ({Field.TIMESCALE} if redated else set())
    for part in parts:
        fields.update(_fields_of(part, action, now[part.name]))
        told += part.renew(turn, action, version, now[part.name])
    told += _print(action, version, fields, cells)
    if "outcome" in worded:
        told.append(_told("outcome", before.outcome, outcome))
    turn.record(
        "action.reworded" if "wording" in worded else "action.changed",
        action,
        before=before.wording,
        after=wording,
        also=told,
        reason=reason,
        meeting=meeting,
        draft=action.plan.state == Plan.State.DRAFT,
    )
    refresh([action], on=turn.on, known_by=turn.at)
    return version


def _other_cells(action, cells):
    """Those of these texts that are not what the plan prints already."""
    rows = Cell.objects.filter(action=action, until__isnull=True, column__in=list(cells)) if cells else ()
    standing = {row.column_id: row.text for row in rows}
    return {column: text for column, text in cells.items() if standing.get(column.pk, "") != text}


def _print(action, version, fields, cells):
    """What the plan printed stands until the action says something else there. Returns sentences for the trail."""
    over = Q(column__in=list(cells)) | Q(column__field__in=fields)
    standing = Cell.objects.filter(over, action=action, until__isnull=True).select_related("column")
    before = {cell.column_id: cell.text for cell in standing}
    standing.update(until=version)
    part = {"board": action.board, "action": action, "since": version}
    Cell.objects.bulk_create(Cell(**part, column=column, text=text) for column, text in cells.items() if text)
    return [
        f"{column.heading}: from {before.get(column.pk) or 'nothing'} to {text or 'nothing'}"
        for column, text in cells.items()
        if column.field not in SAID_IN.values()
    ]


def _fields_of(part, action, given):
    """The columns in which a part is printed; of owners, those whose part is another from now on."""
    if part.name != "roles":
        return {SAID_IN[part.name]}
    stand = {part.row_says(row) for row in part.standing(action)}
    wanted = {part.given_says(one) for one in given}
    return {ROLE_COLUMNS[role] for _, role, *_ in stand ^ wanted}


def _told(name, before, after):
    """“Section: from 1.0 Prevent to 2.0 Pursue”, for the trail."""
    if isinstance(after, bool):
        return f"{_in_words(name)}: {'yes' if after else 'no'}"
    before, after = str(before or "").strip() or "nothing", str(after or "").strip() or "nothing"
    return f"{_in_words(name)}: from {before} to {after}"


def _in_words(name):
    return name.replace("_", " ").capitalize()


class _Part(NamedTuple):
    """How one kind of part is compared and written again.

    What stands and is wanted still stands on, with what was said of it: a step keeps its tick. In a draft a part also
    keeps its place only while it has the same one; in an agreed plan what is new comes after what stands where the
    order allows it, and what is the same but worded or dated otherwise (actions.changes.same) takes its place.
    """

    name: str
    model: type
    row_says: object
    given_says: object
    rows: object
    called: object = None

    def standing(self, action):
        rows = self.model.objects.filter(action=action, until__isnull=True)
        return list(rows.order_by("position", "id") if self.ordered else rows.order_by("id"))

    @property
    def ordered(self):
        return any(field.name == "position" for field in self.model._meta.concrete_fields)

    def differs(self, action, given):
        stand, wanted = [self.row_says(row) for row in self.standing(action)], [self.given_says(one) for one in given]
        return stand != wanted if self.ordered else sorted(map(str, stand)) != sorted(map(str, wanted))

    def renew(self, turn, action, version, given):
        """End what is no longer wanted, write what is new. Returns sentences for the trail."""
        standing, draft = self.standing(action), action.plan.state == Plan.State.DRAFT
        kept = self._kept(standing, given)
        again = {} if draft else self._again(standing, given, kept)
        places = self._places(standing, given, kept | again)
        if self.ordered and (draft or places != sorted(places)):
            places = list(range(1, len(given) + 1))
            moved = {place: row for place, row in kept.items() if row.position != places[place]}
            kept = {place: row for place, row in kept.items() if place not in moved}
            again |= moved if self.called and not draft else {}
        stands = {row.pk for row in kept.values()}
        ended = [row for row in standing if row.pk not in stands]
        self.model.objects.filter(pk__in=[row.pk for row in ended]).update(until=version)
        new = [place for place in range(len(given)) if place not in kept]
        part, read = {"board": action.board, "action": action, "since": version}, reader_of(action.plan)
        numbered = [(places[place], given[place]) for place in new]
        rows = keep_rows(self.rows(part, numbered, read, {places[place]: row for place, row in again.items()}))
        written = dict(zip(new, rows, strict=True))
        told = [same.settle(turn, row, written[place], given[place], version) for place, row in again.items()]
        gone = [row for row in ended if row not in again.values()]
        return [*filter(None, told), *self._told(gone, [given[place] for place in new if place not in again])]

    def _kept(self, standing, given):
        """{place in `given`: the row that says just that}"""
        left, kept = list(standing), {}
        for place, one in enumerate(given):
            row = next((row for row in left if self.row_says(row) == self.given_says(one)), None)
            if row is not None:
                left.remove(row)
                kept[place] = row
        return kept

    def _again(self, standing, given, kept):
        if not self.called:
            return {}
        rows = [row for row in standing if row not in kept.values()]
        return same.found_again(rows, given, kept, self.called)

    def _places(self, standing, given, found):
        """Where each of these would stand if what is there already keeps its place and what is new comes after it."""
        if not self.ordered:
            return [0] * len(given)
        after = count(1 + max((row.position for row in standing), default=0))
        return [found[place].position if place in found else next(after) for place in range(len(given))]

    def _told(self, ended, new):
        gone, come = [_words(row) for row in ended], [_words(one) for one in new]
        return [
            f"{_in_words(self.name)}: {'; '.join(words)} {what}"
            for words, what in (
                ([w for w in gone if w not in come], "no longer"),
                ([w for w in come if w not in gone], "new"),
            )
            if words
        ]


def _words(part):
    """A part, as a row or as given, in words."""
    match part:
        case str():
            return part
        case RoleGiven():
            return f"{part.owner} ({OwnerRole.Role(part.role).label.lower()})"
        case StepGiven():
            return part.text
        case MilestoneGiven():
            return part.label or part.timescale
        case ActionPriority():
            return str(part.priority)
        case ActionRecommendation():
            return str(part.recommendation)
    return str(part)


def roles_of(action):
    """Who stands in the current definition, as `write_version` takes them."""
    rows = OwnerRole.objects.filter(action=action, until__isnull=True).select_related("owner").order_by("id")
    return [RoleGiven(row.owner, row.role, row.starts, row.ends) for row in rows]


def said_in(version):
    """What an action said in one of its versions, as `write_version` takes it."""
    began = Q(action=version.action_id, since__number__lte=version.number)
    stood = began & (Q(until__isnull=True) | Q(until__number__gt=version.number))
    roles = OwnerRole.objects.filter(stood).select_related("owner").order_by("id")
    steps = Step.objects.filter(stood).select_related("lead", "timescale").order_by("position", "id")
    stones = Milestone.objects.filter(stood).select_related("timescale").order_by("position", "id")
    answers = ActionRecommendation.objects.filter(stood).select_related("recommendation").order_by("id")
    return {
        **{name: getattr(version, name) for name in (*PLACED, "wording", "outcome")},
        "roles": [RoleGiven(row.owner, row.role, row.starts, row.ends) for row in roles],
        "priorities": [
            row.priority for row in ActionPriority.objects.filter(stood).select_related("priority").order_by("id")
        ],
        "steps": [StepGiven(row.text, row.lead, row.timescale.text if row.timescale else "") for row in steps],
        "measures": list(Measure.objects.filter(stood).order_by("position", "id").values_list("text", flat=True)),
        "milestones": [MilestoneGiven(row.label, row.timescale.text) for row in stones],
        "recommendations": [row.recommendation for row in answers],
    }


PARTS = (
    _Part(
        "roles",
        OwnerRole,
        lambda row: (row.owner_id, row.role, row.starts, row.ends),
        lambda one: (one.owner.pk, one.role, one.starts, one.ends),
        _role_rows,
    ),
    _Part("priorities", ActionPriority, lambda row: row.priority_id, lambda one: one.pk, _priority_rows),
    _Part(
        "steps",
        Step,
        lambda row: (row.text, row.lead_id, row.timescale.text if row.timescale else ""),
        lambda one: (one.text, one.lead and one.lead.pk, one.timescale),
        _step_rows,
        lambda step: step.text,
    ),
    _Part("measures", Measure, lambda row: row.text, lambda one: one, _measure_rows),
    _Part(
        "milestones",
        Milestone,
        lambda row: (row.label, row.timescale.text),
        lambda one: (one.label, one.timescale),
        _milestone_rows,
        lambda stone: stone.label,
    ),
    _Part(
        "recommendations",
        ActionRecommendation,
        lambda row: row.recommendation_id,
        lambda one: one.pk,
        _recommendation_rows,
    ),
)
