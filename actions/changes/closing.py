"""The end of a plan: every action that is still to be done is placed first, all in one turn or none."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError

from actions.changes.arriving import hand_on
from actions.changes.plans import create_plan
from actions.changes.succession import carry_over, merge_actions, withdraw_action
from actions.changes.writing import copy_headings
from actions.deadlines import OPEN
from actions.models import Action, CrossReference, Plan, Submission
from actions.succession import placed
from boards.audit import change
from boards.changes import meeting_of

MERGED, CARRIED, WITHDRAWN = "merged", "carried", "withdrawn"


class Placing(NamedTuple):
    """What becomes of one unfinished action when its plan closes, and why; `to` is the plan or the action."""

    action: Action
    how: str
    reason: str
    to: Plan | Action | None = None


def unfinished(plan):
    """Actions of a plan that are still to be done and go on nowhere else."""
    waiting = plan.actions.filter(status__in=OPEN)
    return waiting.exclude(pk__in=placed(waiting).values("pk"))


def begin_next_plan(*, plan, title, slug, reason, by, at, meeting=None, **facts):
    """Next year's plan: a draft with the columns, sections and objectives of this one, into which everything is
    carried over that is not done. Until the board agrees it, its actions stay open here.

    Args:
        facts: of the new plan, as for `create_plan`; whoever oversees this plan and receives it does so again.
    """
    with change(plan.board, by=by, at=at) as turn:
        plan = _in_use(plan)
        waiting = list(unfinished(plan).order_by("position"))
        if not waiting:
            raise ValidationError(f"Nothing in {plan} is unfinished. Begin the next plan as a new one.")
        new = create_plan(
            board=plan.board,
            slug=slug,
            title=title,
            columns=list(plan.columns.values_list("heading", "field")),
            by=by,
            at=at,
            **{
                "overseen_by": plan.overseen_by,
                "marking": plan.marking,
                "prints_references": plan.prints_references,
                "receiving_boards": [row.receiving_board for row in plan.receivers.select_related("receiving_board")],
                **facts,
            },
        )
        copy_headings(plan, new)
        went = {
            action.reference: carry_over(action=action, plan=new, reason=reason, meeting=meeting, by=by, at=at)
            for action in waiting
        }
        for link in CrossReference.objects.filter(action__plan=new, text__in=went):
            if link.action_id != went[link.text].pk:
                CrossReference.objects.filter(pk=link.pk).update(target=went[link.text])
        turn.record("plan.continued", new, source=plan, count=len(went))
    return new


def close_plan(*, plan, closed_on: date, reason, by, at, placings: Sequence[Placing] = (), meeting=None):
    """The plan is over; from here on it is read and nothing else.

    Raises:
        ValidationError: an unfinished action is placed nowhere, or something waits to be read. Nothing is changed.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why the plan is closed."})
    with change(plan.board, by=by, at=at) as turn:
        plan = _in_use(plan)
        if not plan.agreed_on <= closed_on <= turn.on:
            raise ValidationError(
                {"closed_on": f"Choose a day from {plan.agreed_on:%-d %B %Y}, when it was agreed, until today."}
            )
        _refuse_unread(plan)
        meeting = meeting_of(board=plan.board, given=meeting, by=by, at=at)
        order = (MERGED, CARRIED, WITHDRAWN).index
        for placing in sorted(placings, key=lambda one: order(one.how)):
            _place(plan, placing, meeting, by, at)
        if left := [str(action) for action in unfinished(plan).order_by("position")]:
            raise ValidationError(
                f"These actions are still to be done: {', '.join(left)}. Say of each what becomes of it."
            )
        still_open = list(plan.actions.filter(status__in=OPEN).select_related("rating").order_by("position"))
        for action in still_open:
            # It goes on in a draft; the record of it here ends with the plan.
            hand_on(turn, action, action.successors.filter(to_action__removed_at__isnull=True).last())
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.CLOSED, closed_on=closed_on)
        plan.state, plan.closed_on = Plan.State.CLOSED, closed_on
        turn.record("plan.closed", plan, closed_on=closed_on, reason=reason, meeting=meeting)
    return plan


def _in_use(plan):
    plan = Plan.objects.select_for_update(of=("self",)).select_related("board", "overseen_by").get(pk=plan.pk)
    if plan.state == Plan.State.DRAFT:
        raise ValidationError(f"{plan} is a draft. Only what the board has agreed is closed, or gone on with.")
    if plan.state == Plan.State.CLOSED:
        raise ValidationError(f"{plan} is closed already.")
    if plan.as_at:
        raise ValidationError(f"{plan} is the record of an old plan, and stays as it is.")
    return plan


def _refuse_unread(plan):
    unread = Submission.objects.filter(action__plan=plan, state=Submission.State.SUBMITTED)
    if waiting := sorted({str(sent.action) for sent in unread.select_related("action")}):
        raise ValidationError(
            f"Quarterly updates on these actions wait to be read: {', '.join(waiting)}. Accept them or send them back "
            "first, so that their words are not lost."
        )


def _place(plan, placing, meeting, by, at):
    action = placing.action
    if action.plan_id != plan.pk:
        raise ValidationError(f"Action {action} is not in {plan}.")
    who = {"reason": placing.reason, "meeting": meeting, "by": by, "at": at}
    if placing.how == WITHDRAWN:
        withdraw_action(action=action, **who)
    elif placing.how == CARRIED:
        carry_over(action=action, plan=placing.to, **who)
    else:
        merge_actions(actions=[action], into=placing.to, **who)
