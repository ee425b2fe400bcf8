"""Writing a plan: its parts, its actions and their first version, its agreement, a change of words."""

from django.core.exceptions import ValidationError

from actions.changes.arriving import arrive
from actions.changes.definition import agree_first_words, keep_timescale, read_as, reader_of, write_version
from actions.changes.order import put_beside
from actions.models import (
    Action,
    CrossReference,
    Milestone,
    Objective,
    OwnerRole,
    Plan,
    PlanColumn,
    PlanReceiver,
    Section,
    Status,
    Step,
)
from actions.standing import refresh
from actions.succession import earliest, placed
from boards.audit import change
from boards.changes import meeting_of


def create_plan(*, board, slug, title, overseen_by, by, at, columns=(), receiving_boards=(), **facts):
    """A draft plan with the board's own column headings, (heading, field) in printed order."""
    plan = Plan(board=board, slug=slug, title=title, overseen_by=overseen_by, **facts)
    with change(board, by=by, at=at) as turn:
        plan.full_clean()
        plan.save()
        PlanColumn.objects.bulk_create(
            PlanColumn(board=board, plan=plan, position=number, heading=heading, field=field)
            for number, (heading, field) in enumerate(columns, start=1)
        )
        PlanReceiver.objects.bulk_create(
            PlanReceiver(board=board, plan=plan, receiving_board=other) for other in receiving_boards
        )
        turn.record("plan.created", plan, title=title, overseen_by=overseen_by, columns=[h for h, _ in columns])
    return plan


def add_section(*, plan, title, by, at, number="", aim="", priority=None, overseen_by=None):
    with change(plan.board, by=by, at=at) as turn:
        plan = draft_of(plan)
        section = Section(
            board=plan.board,
            plan=plan,
            position=plan.sections.count() + 1,
            number=number,
            title=title,
            aim=aim,
            priority=priority,
            overseen_by=overseen_by,
        )
        section.full_clean()
        section.save()
        turn.record("section.added", section, plan=plan)
    return section


def add_objective(*, plan, title, by, at, number="", section=None):
    with change(plan.board, by=by, at=at) as turn:
        plan = draft_of(plan)
        objective = Objective(
            board=plan.board,
            plan=plan,
            section=section,
            position=plan.objectives.count() + 1,
            number=number,
            title=title,
        )
        objective.full_clean()
        objective.save()
        turn.record("objective.added", objective, plan=plan)
    return objective


def draft_of(plan):
    """The plan as it is now, kept from others until the change is done; only a draft is written in."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("board").get(pk=plan.pk)
    if plan.state != Plan.State.DRAFT:
        raise ValidationError("This plan is agreed. Sections, objectives and actions are added to a draft plan.")
    return plan


def refuse_ended(action):
    """Nothing is changed any more in a plan that is closed, or that is the record of an old one, nor of an action
    that goes on elsewhere.

    Returns:
        the plan as it is now.
    """
    plan = _plan_not_ended(action)
    if placed(Action.objects.filter(pk=action.pk, status=Status.WITHDRAWN)).exists():
        raise ValidationError(f"Action {action} is over: it goes on in another action. Say there what there is to say.")
    return plan


def refuse_unless_in_use(action):
    """What becomes of an action is told from the day on which the board agrees its plan, until the plan ends.

    Returns:
        the plan as it is now.
    """
    return _refuse_draft(refuse_ended(action))


def refuse_unless_plan_in_use(action):
    """What waits for an answer about an action is answered while its plan is in use, even if the action is over."""
    return _refuse_draft(_plan_not_ended(action))


def _plan_not_ended(action):
    plan = Plan.objects.get(pk=action.plan_id)
    if plan.state == Plan.State.CLOSED:
        raise ValidationError(f"{plan.title} is closed, and its record stays as it is.")
    if plan.as_at:
        raise ValidationError(f"{plan.title} is the record of a plan as at {plan.as_at:%-d %B %Y}, and stays as it is.")
    return plan


def _refuse_draft(plan):
    if plan.state == Plan.State.DRAFT:
        raise ValidationError(f"{plan.title} is a draft. Wait until the board has agreed it.")
    return plan


def link_references(*, plan, targets, by, at):
    """Point printed cross references at what they name, {CrossReference id: Action or Objective}."""
    with change(plan.board, by=by, at=at) as turn:
        for link in CrossReference.objects.filter(action__plan=plan, pk__in=targets):
            found = targets[link.pk]
            link.target = found if isinstance(found, Action) else None
            link.objective = found if isinstance(found, Objective) else None
            link.full_clean()
            link.save()
        turn.record("plan.references_linked", plan, count=len(targets))


def agree_plan(*, plan, agreed_on, by, at, meeting=None, reason=""):
    """The board agrees the plan: first wording, owner and date are fixed from here on.

    Raises:
        ValidationError: actions without a lead, or without a date and a review interval, and no reason given.
    """
    with change(plan.board, by=by, at=at) as turn:
        plan = Plan.objects.select_for_update().get(pk=plan.pk)
        if plan.state != Plan.State.DRAFT:
            raise ValidationError("This plan has been agreed already.")
        meeting = meeting_of(board=plan.board, given=meeting, by=by, at=at)
        plan.state, plan.agreed_on, plan.agreed_at_meeting = Plan.State.AGREED, agreed_on, meeting
        _count_from_agreement(plan, at)
        if not plan.actions.exists():
            raise ValidationError("This plan has no actions yet. Add its actions before the board agrees it.")
        lacking = lacking_in(plan)
        if lacking and not reason:
            raise ValidationError(
                f"These actions are not complete: {', '.join(lacking)}. Complete them, or say why not."
            )
        plan.full_clean()
        for action in plan.actions.exclude(first_due=None).select_related("timescale"):
            # It came from an older action, and was promised before.
            first = earliest(action.first_due, action.timescale and action.timescale.due)
            Action.objects.filter(pk=action.pk).update(first_due=first)
        agree_first_words(plan.actions.all())
        plan.save()
        refresh(plan.actions.all(), on=turn.on, known_by=at)
        turn.record("plan.agreed", plan, meeting=meeting, agreed_on=agreed_on, lacking=lacking, reason=reason)
        for action in plan.actions.filter(predecessors__isnull=False).distinct():
            arrive(turn, action)
    return plan


def _count_from_agreement(plan, at):
    """Words that count from the approval of the plan ("within three months") can be read now."""
    read = reader_of(plan)

    def readable(rows):
        for row in rows.filter(timescale__due__isnull=True).exclude(timescale__text="").select_related("timescale"):
            reading = read(row.timescale.text)
            if reading.due:
                yield row, keep_timescale(plan.board, reading)

    for action, timescale in readable(plan.actions.exclude(timescale=None)):
        read_as(action, timescale, at)
    for step, timescale in readable(Step.objects.filter(action__plan=plan).exclude(timescale=None)):
        Step.objects.filter(pk=step.pk).update(timescale=timescale, due=timescale.due)
    for milestone, timescale in readable(Milestone.objects.filter(action__plan=plan)):
        Milestone.objects.filter(pk=milestone.pk).update(timescale=timescale)


def lacking_in(plan):
    """References of the actions that have no lead, or neither a date nor a review interval."""
    leads = set(
        OwnerRole.objects.filter(action__plan=plan, role=OwnerRole.Role.LEAD, until__isnull=True).values_list(
            "action_id", flat=True
        )
    )
    return [
        action.reference
        for action in plan.actions.select_related("timescale")
        if action.pk not in leads
        or not action.timescale
        or (action.timescale.due is None and action.timescale.review_months is None)
    ]


def reword_action(*, action, wording, reason, by, at, meeting=None, outcome=None, seen=None, **said):
    """An action of an agreed plan says something else: a new version beside the first, with why and where it was
    agreed. Its lead changes by an offer that the other owner accepts, its dates by a change of date.

    Args:
        meeting: a row, or a `boards.changes.MeetingGiven`.
        seen: the number of the version that the writer changed.
        said: what else is to change, as `actions.changes.definition.write_version` takes it.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why the words change."})
    with change(action.board, by=by, at=at) as turn:
        action = Action.objects.select_for_update(of=("self",)).select_related("version__by").get(pk=action.pk)
        refuse_unless_in_use(action)
        refuse_stale(action, seen)
        if not wording.strip():
            raise ValidationError({"wording": "Write the new words of the action."})
        said |= {} if outcome is None else {"outcome": outcome}
        if wording.strip() != action.version.wording.strip():
            said["wording"] = wording
        meeting = meeting_of(board=action.board, given=meeting, by=by, at=at)
        version = write_version(turn, action, reason=reason, meeting=meeting, **said)
        if version is None:
            raise ValidationError({"wording": "These are the words it has already. Change them, or leave the action."})
        if (version.section_id, version.objective_id) != (action.version.section_id, action.version.objective_id):
            put_beside(action)
        return version


def refuse_stale(action, seen):
    """Nobody writes over what somebody else has written meanwhile without having seen it."""
    if seen is not None and action.version.number != seen:
        raise ValidationError(
            f"{action.version.by or 'Somebody'} has changed this action meanwhile, so nothing is saved yet. What it "
            "says now and what you typed both stand on this page. Put the two together, and save again.",
            code="stale",
        )
