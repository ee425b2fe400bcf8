"""What becomes of an action beside being done: split, merged, replaced, carried over into another plan, or withdrawn.

Its words, reason and history stay; what takes its place says where it came from. What travels is said in
actions.succession, what happens to the two in actions.changes.arriving.
"""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError

from actions import timescales
from actions.changes.adding import write_action
from actions.changes.arriving import arrive, end
from actions.changes.definition import MilestoneGiven, StepGiven, roles_of
from actions.changes.order import put_beside, put_in_order
from actions.changes.plans import add_objective, add_section, refuse_unless_in_use
from actions.deadlines import OPEN
from actions.models import Action, Decision, Plan, PlanColumn, Succession
from actions.succession import earliest, placed
from boards.audit import change
from boards.changes import meeting_of

Kind = Succession.Kind
OWN_TEXT = (PlanColumn.Field.EXTRA, PlanColumn.Field.NOTES)
"""Columns whose printed words are kept nowhere else."""


def split_action(*, action, into: Sequence[Mapping], reason, by, at, meeting=None):
    """One action of an agreed plan becomes two or more of the same plan.

    Args:
        into: of each new action, what `actions.changes.adding.write_action` takes; what is left out is as it was.
    """
    if len(into) < 2:
        raise ValidationError("Write at least two actions for it to be split into.")
    with change(action.board, by=by, at=at) as turn:
        (action,) = _refuse_unless_open(turn, [action], reason)
        new: list[Action] = []
        for said in into:
            new.append(_write(turn, action.plan, [action, *new], said))
        return _succeed(turn, Kind.SPLIT, [action], new, reason, meeting)


def replace_action(*, action, reason, by, at, meeting=None, **said):
    """Another action of the same plan takes the place of one; `said` is what it says, as for `split_action`."""
    with change(action.board, by=by, at=at) as turn:
        (action,) = _refuse_unless_open(turn, [action], reason)
        return _succeed(
            turn, Kind.REPLACED, [action], [_write(turn, action.plan, [action], said)], reason, meeting
        )[0]  # fmt: skip


def merge_actions(*, actions, reason, by, at, into=None, meeting=None, plan=None, **said):
    """Several actions of a board become one.

    Args:
        into: an action that is there already; without one, a new one is written into `plan`, which is that of the
            first action unless another is given, and `said` is what it says.
    """
    if len({action.board_id for action in actions}) > 1:
        raise ValidationError("These actions belong to two boards. Only actions of one board are put together.")
    with change(actions[0].board, by=by, at=at) as turn:
        if into is None and len(actions) < 2:
            raise ValidationError("Choose at least one other action to merge it with.")
        if into is not None and into.pk in {action.pk for action in actions}:
            raise ValidationError({"into": "An action cannot be merged into itself. Choose another."})
        actions = _refuse_unless_open(turn, actions, reason)
        if len({action.limited for action in actions}) > 1:
            raise ValidationError(MIXED)
        if into is None:
            into = _write(turn, _refuse_other_plan(plan or actions[0].plan, actions[0]), actions, said)
        else:
            into = _refuse_as_successor(into, actions)
        return _succeed(turn, Kind.MERGED, actions, [into], reason, meeting)[0]


MIXED = (
    "Some of these actions are of limited circulation and others are not. Merge them only with their like, so that "
    "nothing becomes known, or hidden, by it."
)


def carry_over(*, action, plan, reason, by, at, meeting=None, headings=True, **said):
    """An action goes on in another plan of its board, saying what it says now: its words, owners and strands, the
    steps not done, measures, recommendations, and the dates still to come.

    Args:
        plan: a draft, or an agreed plan.
        headings: whether a section or objective that a draft has not is added to it.
        said: what it says otherwise there, as for `write_action`.
    """
    with change(action.board, by=by, at=at) as turn:
        (action,) = _refuse_unless_open(turn, [action], reason)
        plan = _refuse_other_plan(plan, action)
        if plan.pk == action.plan_id:
            raise ValidationError({"plan": f"Action {action} is in {plan} already. Choose another plan."})
        section, objective = _headings(turn, action, plan, headings)
        new = _write(turn, plan, [action], {"section": section, "objective": objective, **said})
        return _succeed(turn, Kind.CARRIED, [action], [new], reason, meeting)[0]


def withdraw_action(*, action, reason, by, at, meeting=None):
    """An action is not to be done any more. It stays in its plan, with its history and why."""
    with change(action.board, by=by, at=at) as turn:
        (action,) = _refuse_unless_open(turn, [action], reason)
        end(turn, action, Decision.Kind.WITHDRAW, "action.withdrawn", "Withdrawn.", reason, meeting, by=by)
    return action


# Refusals


def _refuse_unless_open(turn, actions, reason):
    """The actions as they are now; only what is still to be done, and goes on nowhere else yet, can go on elsewhere."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why, for those who read it later."})
    wanted = [action.pk for action in actions]
    rows = Action.objects.select_for_update(of=("self",)).select_related(
        "board", "plan__board", "version", "timescale", "section", "objective", "rating"
    )
    found = {action.pk: action for action in rows.filter(pk__in=wanted)}
    for pk in wanted:
        action = found[pk]
        refuse_unless_in_use(action)
        if action.status not in OPEN:
            raise ValidationError(
                f"Action {action} is {action.get_status_display().lower()}, so nothing of it is left to be done."
            )
        if placed(Action.objects.filter(pk=pk)).exists():
            raise ValidationError(f"It is settled already what becomes of action {action}. Its page says what.")
    return [found[pk] for pk in dict.fromkeys(wanted)]


def _refuse_other_plan(plan, action):
    """The plan as it is now, when an action may go on in it."""
    plan = Plan.objects.select_related("board").get(pk=plan.pk)
    if plan.board_id != action.board_id:
        raise ValidationError({"plan": f"{plan} belongs to another board. Choose a plan of {action.board}."})
    if plan.state == Plan.State.CLOSED or plan.as_at:
        raise ValidationError({"plan": f"{plan} is no longer worked on. Choose a draft, or a plan in use."})
    return plan


def _refuse_as_successor(into, actions):
    into = Action.objects.select_related("board", "plan__board", "timescale", "rating").get(pk=into.pk)
    if into.board_id != actions[0].board_id:
        raise ValidationError({"into": "That action belongs to another board. Choose one of this board."})
    _refuse_other_plan(into.plan, actions[0])
    if into.limited != actions[0].limited:
        raise ValidationError({"into": MIXED})
    if into.status not in OPEN or placed(Action.objects.filter(pk=into.pk)).exists():
        raise ValidationError({"into": f"Action {into} is not open any more. Choose one that is still to be done."})
    return into


# Writing


def _succeed(turn, kind, old, new, reason, meeting):
    """Put it on the record, and let go on in an agreed plan what can go on at once. Returns the new actions."""
    meeting = meeting_of(board=old[0].board, given=meeting, by=turn.by, at=turn.at)
    agreed = all(action.plan.state == Plan.State.AGREED for action in new)
    for older in old:
        for newer in new:
            Succession.objects.create(
                board=older.board,
                kind=kind,
                from_action=older,
                to_action=newer,
                first_due=older.first_due,
                reason=reason,
                meeting=meeting,
                at=turn.at,
                by=turn.by,
            )
        names = [] if older.limited or new[0].plan_id != older.plan_id else [str(newer) for newer in new]
        details = {"kind": kind, "plan": new[0].plan, "into": names, "count": len(new), "agreed": agreed}
        turn.record("action.succeeded", older, reason=reason, meeting=meeting, **details)
    for newer in new:
        _inherit(turn, newer, kind, old, reason)
    if agreed:
        for newer in new:
            arrive(turn, newer)
    if new[0].plan.state == Plan.State.DRAFT:
        put_in_order(new[0].plan)
    return new


def _inherit(turn, newer, kind, old, reason):
    """The first due date of what an action came from is its own, from here on."""
    first = earliest(newer.first_due, *(older.first_due for older in old))
    Action.objects.filter(pk=newer.pk).update(first_due=first)
    newer.first_due = first
    names = [] if newer.limited or newer.plan_id != old[0].plan_id else [str(older) for older in old]
    details = {"kind": kind, "plan": old[0].plan, "out_of": names, "count": len(old), "first_due": first}
    turn.record("action.came", newer, reason=reason, **details)


def _write(turn, plan, old, said):
    """A new action that says what the first of these says now, but for what is `said` otherwise."""
    model = old[0]
    said = {**_says_now(model, turn.on), **said}
    if plan.pk == model.plan_id:
        said = {"section": model.section, "objective": model.objective, **said}
    said["limited"] = model.limited
    if said.get("timescale"):
        said["reading"] = None
    if not said.get("reference"):
        said["reference"] = free_reference(plan, model.reference)
    cells = _own_text(model, plan)
    new = write_action(turn, plan, **said, cells=cells)
    if plan.state == Plan.State.AGREED:
        put_beside(new, old)
    return new


def free_reference(plan, wanted):
    """A reference like the old one that the plan has not used: 2.1, or else 2.1a, 2.1b and so on."""
    taken = set(plan.actions.values_list("reference", flat=True))
    endings = ["", *"abcdefghijklmnopqrstuvwxyz", *(f"-{number}" for number in range(2, len(taken) + 3))]
    return next(f"{wanted[:24]}{ending}" for ending in endings if f"{wanted[:24]}{ending}" not in taken)


def _says_now(action, on):
    """What an action says and what of it is still to be done, as `write_action` takes it."""
    standing = {"until__isnull": True}
    action_steps = action.steps.filter(done_on__isnull=True, **standing).select_related("lead", "timescale")
    milestones = action.milestones.filter(**standing).select_related("timescale").order_by("position")
    return {
        "wording": action.version.wording,
        "outcome": action.version.outcome,
        "top_priority": action.top_priority,
        "roles": [role for role in roles_of(action) if role.ends is None or role.ends >= on],
        "priorities": [row.priority for row in action.action_priorities.filter(**standing).select_related("priority")],
        "steps": [StepGiven(row.text, row.lead, _day(row.due, row.timescale)) for row in action_steps],
        "measures": list(action.measures.filter(**standing).order_by("position").values_list("text", flat=True)),
        "milestones": [
            MilestoneGiven(row.label, _day(row.timescale.due, row.timescale))
            for row in milestones
            if row.timescale.due is None or row.timescale.due >= on
        ],
        "recommendations": [
            row.recommendation
            for row in action.action_recommendations.filter(**standing).select_related("recommendation")
        ],
        "cross_references": list(action.cross_references.values_list("text", flat=True)),
        "reading": _reading(action),
    }


def _day(due, timescale):
    """A date written out, for “by June” would mean another June in another plan; else the words about time."""
    return f"{due:%-d %B %Y}" if due else timescale.text if timescale else ""


def _reading(action):
    """The words about time as they are read, or the date they have been moved to since."""
    own = action.timescale
    if own is None or own.due != action.due:
        text = _day(action.due, own)
        return timescales.Timescale(text, timescales.BY_DATE if action.due else timescales.NONE, due=action.due)
    return timescales.Timescale(own.text, own.kind, own.start, own.due, own.review_months, tuple(own.doubts))


def _own_text(action, plan):
    """What the plan printed in columns of its own, where the other plan has columns of the same heading."""
    columns = {column.heading: column for column in plan.columns.filter(field__in=OWN_TEXT)}
    cells = action.cells.filter(column__field__in=OWN_TEXT, until__isnull=True).select_related("column")
    return {columns[cell.column.heading]: cell.text for cell in cells if cell.column.heading in columns}


def _headings(turn, action, plan, add):
    """The section and objective of the other plan that are called the same; added to a draft that has none."""
    add = add and plan.state == Plan.State.DRAFT
    section, objective = action.section, action.objective
    own = section or (objective and objective.section)
    there = own and plan.sections.filter(number=own.number, title=own.title).first()
    if own and there is None and add:
        facts = {"number": own.number, "aim": own.aim, "priority": own.priority, "overseen_by": own.overseen_by}
        there = add_section(plan=plan, title=own.title, by=turn.by, at=turn.at, **facts)
    goal = objective and plan.objectives.filter(number=objective.number, title=objective.title).first()
    if objective and goal is None and add:
        goal = add_objective(
            plan=plan, title=objective.title, number=objective.number, section=there if objective.section else None,
            by=turn.by, at=turn.at,
        )  # fmt: skip
    return there if section else None, goal
