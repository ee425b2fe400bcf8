"""Writing a draft: what the plan is, its headings, sections and objectives, its actions and their order.

Nothing here is for a plan that the board has agreed: what changes there is in actions.changes.plans.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, ProtectedError
from django.utils.text import slugify

from actions import seen as marks
from actions.changes.adding import write_action
from actions.changes.definition import (
    IN_DRAFT,
    MilestoneGiven,
    StepGiven,
    keep_timescale,
    read_as,
    reader_of,
    roles_of,
    write_version,
)
from actions.changes.order import APART, put_beside, put_in_order
from actions.changes.plans import create_plan, draft_of, refuse_stale
from actions.deadlines import OPEN
from actions.models import (
    Action,
    CrossReference,
    Objective,
    OwnerRole,
    Plan,
    PlanColumn,
    PlanReceiver,
    Section,
)
from actions.standing import refresh
from boards.audit import change
from boards.changes import meeting_of

UP, DOWN = -1, 1

USUAL_HEADINGS = (
    ("No.", "reference"),
    ("Action", "action"),
    ("How we will do this", "steps"),
    ("Lead", "lead"),
    ("Supported by", "support"),
    ("By when", "timescale"),
    ("How we will know", "measure"),
    ("RAG", "rating"),
)
"""Column headings of a plan that is written from nothing, until its board words them."""


class HeadingGiven(NamedTuple):
    """A column of the plan as the board heads it; `pk` is that of a column which is there already."""

    heading: str
    field: str
    pk: int | None = None


def begin_plan(*, board, title, by, at, copied=None, **facts):
    """A draft from nothing, under the headings that plans most often have, or with the words of another plan.

    Args:
        copied: the other plan.
        facts: any of starts, ends, overseen_by.
    """
    with change(board, by=by, at=at):
        given = {"slug": free_slug(board, title), "title": title, "by": by, "at": at, **facts}
        if copied is not None:
            return copy_plan(plan=copied, **given)
        return create_plan(board=board, columns=USUAL_HEADINGS, **given)


def free_slug(board, title):
    """An address for a plan that no plan has."""
    base = slugify(title)[:60] or f"{board.slug}-plan"
    number, slug = 1, base
    while Plan.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{board.slug}"[:74] if number == 2 else f"{base}-{number}"
    return slug


def change_plan(*, plan, by, at, receiving_boards=None, seen=None, **facts):
    """What a plan is called, when it runs, who oversees it and which boards receive it.

    Args:
        seen: the mark of what the writer changed (actions.seen).
        facts: any of title, starts, ends, overseen_by, marking, note.
    """
    with change(plan.board, by=by, at=at) as turn:
        plan = draft_of(plan)
        marks.refuse_stale(marks.details(plan), seen, plan, ("plan.changed",))
        also = [
            f"{name.replace('_', ' ').capitalize()}: from {getattr(plan, name) or 'nothing'} to {value or 'nothing'}"
            for name, value in facts.items()
            if getattr(plan, name) != value
        ]
        for name, value in facts.items():
            setattr(plan, name, value)
        plan.full_clean()
        plan.save(update_fields=list(facts))
        if receiving_boards is not None:
            also += _receive(plan, receiving_boards)
        if also:
            turn.record("plan.changed", plan, also=also)
    return plan


def _receive(plan, boards):
    before = {row.receiving_board_id: row for row in plan.receivers.select_related("receiving_board")}
    wanted = {board.pk: board for board in boards}
    gone = [row for pk, row in before.items() if pk not in wanted]
    new = [board for pk, board in wanted.items() if pk not in before]
    PlanReceiver.objects.filter(pk__in=[row.pk for row in gone]).delete()
    PlanReceiver.objects.bulk_create(PlanReceiver(board=plan.board, plan=plan, receiving_board=board) for board in new)
    return [f"{board} receives it" for board in new] + [f"{row.receiving_board} receives it no longer" for row in gone]


def set_headings(*, plan, headings: Sequence[HeadingGiven], by, at, seen=None):
    """The plan's own columns, in printed order; one that actions have printed words in stays."""
    with change(plan.board, by=by, at=at) as turn:
        plan = draft_of(plan)
        marks.refuse_stale(marks.columns(plan), seen, plan, ("plan.headed",))
        standing = {column.pk: column for column in plan.columns.all()}
        kept = {given.pk for given in headings}
        for pk, column in standing.items():
            if pk not in kept:
                _drop_heading(column)
        plan.columns.update(position=F("position") + APART)
        for number, given in enumerate(headings, start=1):
            column = standing.get(given.pk) or PlanColumn(board=plan.board, plan=plan)
            column.position, column.heading, column.field = number, given.heading, given.field
            column.full_clean()
            column.save()
        turn.record("plan.headed", plan, headings=[given.heading for given in headings])
    return plan


def _drop_heading(column):
    try:
        column.delete()
    except ProtectedError:
        raise ValidationError(
            f"Actions have words under “{column.heading}”, which would be lost. Keep the heading, or word it otherwise."
        ) from None


def change_section(*, section, by, at, seen=None, **facts):
    """A section of a draft. `facts` are any of number, title, aim, priority, overseen_by."""
    return _change_heading(section, "section.changed", by, at, seen, facts)


def change_objective(*, objective, by, at, seen=None, **facts):
    """An objective of a draft. `facts` are any of number, title, section."""
    return _change_heading(objective, "objective.changed", by, at, seen, facts)


def _change_heading(heading, verb, by, at, seen, facts):
    with change(heading.board, by=by, at=at) as turn:
        plan = draft_of(heading.plan)
        heading = type(heading).objects.select_related("board", "plan").get(pk=heading.pk)
        marks.refuse_stale(marks.heading(heading), seen, heading, (verb,))
        before = str(heading)
        for name, value in facts.items():
            setattr(heading, name, value)
        heading.full_clean()
        heading.save(update_fields=list(facts))
        put_in_order(plan)
        turn.record(verb, heading, plan=plan, before=before)
    return heading


def remove_section(*, section, by, at):
    """Take a section out of a draft; its actions and objectives have to be somewhere else first."""
    return _remove_heading(section, "section.removed", by, at)


def remove_objective(*, objective, by, at):
    return _remove_heading(objective, "objective.removed", by, at)


def _remove_heading(heading, verb, by, at):
    with change(heading.board, by=by, at=at) as turn:
        plan = draft_of(heading.plan)
        try:
            subject = type(heading).objects.get(pk=heading.pk)
            heading.delete()
        except ProtectedError:
            raise ValidationError(
                f"{heading} has had actions or objectives under it, and the record of them names it. "
                "Word it otherwise instead, or leave it empty: an empty heading is not printed."
            ) from None
        turn.record(verb, subject, plan=plan)
    return subject


def add_action(*, plan, by, at, related=(), in_place=False, **said):
    """An action of a draft.

    Args:
        related: as for `change_action`.
        in_place: it goes under its headings; otherwise to the end, for plans that are taken over in printed order.
        said: what `actions.changes.adding.write_action` takes.
    """
    with change(plan.board, by=by, at=at) as turn:
        plan = draft_of(plan)
        action = write_action(turn, plan, **said)
        if related:
            _relate(action, related)
        if in_place:
            put_in_order(plan)
    return action


def add_agreed_action(*, plan, reason, by, at, meeting=None, related=(), **said):
    """An action that the board agreed after it had agreed the plan. What it says is what the board agreed first of it.

    Args:
        meeting: a row, or a `boards.changes.MeetingGiven`.
        related: as for `change_action`.
        said: what `actions.changes.adding.write_action` takes.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is added, for those who read it later."})
    with change(plan.board, by=by, at=at) as turn:
        plan = Plan.objects.select_for_update(of=("self",)).select_related("board").get(pk=plan.pk)
        if not plan.is_in_use:
            raise ValidationError(f"{plan} is not in use. Actions are added to a draft where it is written.")
        if not any(role.role == OwnerRole.Role.LEAD for role in said.get("roles", ())):
            raise ValidationError("Say who leads it: from today the board asks somebody about it.")
        meeting = meeting_of(board=plan.board, given=meeting, by=by, at=at)
        action = write_action(turn, plan, reason=reason, meeting=meeting, **said)
        if related:
            _relate(action, related)
        put_beside(action)
    return action


def change_action(*, action, by, at, timescale=None, reading=None, limited=None, related=None, seen=None, **said):
    """What an action of a draft says.

    Args:
        timescale: the board's words about time.
        reading: a `timescales.Timescale` of them that a person has confirmed.
        related: references of the actions it is related to, or other words the plan prints there.
        seen: the number of the version that the writer changed.
        said: what `actions.changes.definition.write_version` takes.
    Raises:
        ValidationError: among others, with code "stale", when somebody else has changed the action meanwhile.
    """
    with change(action.board, by=by, at=at) as turn:
        draft_of(action.plan)
        action = Action.objects.select_related("version__by", "timescale", "plan__board").get(pk=action.pk)
        refuse_stale(action, seen)
        also, redated = [], False
        if timescale is not None and (timescale != action.timescale.text or reading):
            new = keep_timescale(action.board, reading or reader_of(action.plan)(timescale))
            if _says(new) != _says(action.timescale):
                read_as(action, new, at)
                also.append(f"Timescale: from {action.timescale or 'nothing'} to {new or 'nothing'}")
                redated = new.text != action.timescale.text
        if limited is not None and limited != action.limited:
            Action.objects.filter(pk=action.pk).update(limited=limited)
            also.append(f"Limited circulation: {'yes' if limited else 'no'}")
        if related is not None and _relate(action, related):
            also.append(f"Related: {', '.join(related) or 'nothing'}")
        write_version(turn, action, reason=IN_DRAFT, also=also, redated=redated, **said)
        put_in_order(action.plan)
        refresh([action], on=turn.on, known_by=at)
    return action


def _says(timescale):
    return timescale.text, timescale.kind, timescale.start, timescale.due


def _relate(action, related):
    """Point the action's cross references at what they name; True when they change."""
    if [link.text for link in action.cross_references.all()] == list(related):
        return False
    if action.reference in related:
        raise ValidationError({"related": f"Action {action.reference} cannot be related to itself."})
    action.cross_references.all().delete()
    targets = {row.reference: row for row in action.plan.actions.filter(reference__in=related)}
    CrossReference.objects.bulk_create(
        CrossReference(board=action.board, action=action, text=text, target=targets.get(text)) for text in related
    )
    return True


def remove_action(*, action, by, at):
    """Take an action out of a draft. What was written of it stays in the record; its reference is free again."""
    with change(action.board, by=by, at=at) as turn:
        plan = draft_of(action.plan)
        _refuse_only_trace(action)
        changed = Action.objects.filter(pk=action.pk).update(removed_at=at)
        if not changed:
            raise ValidationError("This action has been taken out of the plan already.")
        turn.record("action.removed", action, plan=plan, wording=action.version.wording)


def _refuse_only_trace(action):
    """What was promised in a plan that is over stays a promise somewhere."""
    over = action.predecessors.exclude(from_action__status__in=OPEN).select_related("from_action__plan").first()
    if over:
        older = over.from_action
        raise ValidationError(
            f"What action {older} of {older.plan} promised goes on only here. Keep it, and let the board decide on it "
            "when the plan is agreed."
        )


def move(*, row, way, by, at):
    """Move an action, an objective or a section of a draft one place up or down among those it stands with.

    Returns:
        whether there was somewhere to move to.
    """
    with change(row.board, by=by, at=at) as turn:
        plan = draft_of(row.plan)
        put_in_order(plan)
        row.refresh_from_db()
        beside = _beside(row).filter(**{"position__lt" if way == UP else "position__gt": row.position})
        other = beside.order_by("-position" if way == UP else "position").first()
        if other is None:
            return False
        rows = type(row).objects
        here, there = row.position, other.position
        rows.filter(pk=row.pk).update(position=APART + here)
        rows.filter(pk=other.pk).update(position=here)
        rows.filter(pk=row.pk).update(position=there)
        put_in_order(plan)
        turn.record("plan.reordered", plan, moved=str(row), way="up" if way == UP else "down")
        return True


def _beside(row):
    """The rows that one may change places with."""
    if isinstance(row, Section):
        return row.plan.sections
    if isinstance(row, Objective):
        return row.plan.objectives.filter(section=row.section)
    return row.plan.actions.filter(section=row.section, objective=row.objective)


def numbers_in_order(plan) -> dict[int, str]:
    """The reference that each action of a plan would have, counted in its order: under the number of its objective or
    section where that has one (2.1, 2.2), or through the whole plan."""
    counts: dict[str, int] = {}
    found = {}
    for action in plan.actions.select_related("section", "objective").order_by("position"):
        numbers = (heading.number for heading in (action.objective, action.section) if heading and heading.number)
        above = next(numbers, "").removesuffix(".0").rstrip(".")
        counts[above] = counts.get(above, 0) + 1
        found[action.pk] = f"{above}.{counts[above]}" if above else str(counts[above])
    return found


def renumber(*, plan, references: Mapping[int, str], by, at, seen=None):
    """Give actions of a draft other references, {id: reference}; cross references to them follow.

    Args:
        seen: the mark of the actions that the writer saw (actions.seen).
    Raises:
        ValidationError: two actions would have the same reference, or one would have none.
    """
    with change(plan.board, by=by, at=at) as turn:
        plan = draft_of(plan)
        marks.refuse_stale(marks.references(plan), seen, plan, ("plan.renumbered", "plan.reordered"))
        actions = list(plan.actions.select_related("version", "plan__board").order_by("position"))
        wanted = {action.pk: references.get(action.pk, action.reference).strip() for action in actions}
        _refuse_twice(wanted)
        changing = [action for action in actions if wanted[action.pk] != action.reference]
        for action in changing:
            # Two may change references with one another, and none is used twice at any moment.
            Action.objects.filter(pk=action.pk).update(reference=f"…{action.pk}")
        for action in changing:
            before = action.reference
            write_version(turn, action, reason=IN_DRAFT, reference=wanted[action.pk])
            for link in CrossReference.objects.filter(target=action):
                link.text = link.text.replace(before, wanted[action.pk])
                link.save()
        if changing:
            turn.record("plan.renumbered", plan, count=len(changing))
    return len(changing)


def _refuse_twice(wanted):
    given: set[str] = set()
    for reference in wanted.values():
        if not reference:
            raise ValidationError("Every action needs a reference.")
        if reference in given:
            raise ValidationError(f"Two actions would have the reference {reference}. Give one of them another.")
        given.add(reference)


def copy_plan(*, plan, slug, title, by, at, **facts):
    """A draft of the same board with the headings, sections, objectives and actions of another plan, as they say now.
    Dates, updates and history stay with the other plan: what is carried over is not copied but follows it.

    Args:
        facts: of the new plan, as for `create_plan`.
    """
    with change(plan.board, by=by, at=at) as turn:
        columns = list(plan.columns.values_list("heading", "field"))
        new = create_plan(board=plan.board, slug=slug, title=title, columns=columns, by=by, at=at, **facts)
        sections, objectives = copy_headings(plan, new)
        for action in plan.actions.select_related("version", "timescale").order_by("position"):
            copy_action(action, new, sections.get(action.section_id), objectives.get(action.objective_id), by=by, at=at)
        turn.record("plan.copied", new, source=plan.title)
    return new


def copy_headings(plan, new):
    """The sections and objectives of one plan in another, as {id there: row here}."""
    sections, objectives = {None: None}, {None: None}
    for row in plan.sections.all():
        sections[row.pk] = Section.objects.create(
            board=new.board, plan=new, position=row.position, number=row.number, title=row.title, aim=row.aim,
            priority=row.priority, overseen_by=row.overseen_by,
        )  # fmt: skip
    for row in plan.objectives.all():
        objectives[row.pk] = Objective.objects.create(
            board=new.board, plan=new, position=row.position, number=row.number, title=row.title,
            section=sections[row.section_id],
        )  # fmt: skip
    return sections, objectives


def copy_action(action, plan, section, objective, *, by, at):
    """The same promise in a draft, to be written on; it has no date until the draft gives it one."""
    standing = {"until__isnull": True}
    with change(plan.board, by=by, at=at) as turn:
        return write_action(
            turn,
            plan,
            reference=action.reference,
            wording=action.version.wording,
            outcome=action.version.outcome,
            section=section,
            objective=objective,
            top_priority=action.top_priority,
            limited=action.limited,
            roles=roles_of(action),
            priorities=[row.priority for row in action.action_priorities.filter(**standing).select_related("priority")],
            steps=[StepGiven(row.text, row.lead) for row in action.steps.filter(**standing).select_related("lead")],
            measures=list(action.measures.filter(**standing).values_list("text", flat=True)),
            milestones=[
                MilestoneGiven(row.label, row.timescale.text)
                for row in action.milestones.filter(**standing).select_related("timescale")
            ],
            recommendations=[row.recommendation for row in action.action_recommendations.filter(**standing)],
        )
