"""What a succession does to the two actions: what travels to the newer one, and how the older one comes to its end.

An action that goes on in a draft stays open in its own plan until the board agrees the draft, or closes the old plan:
nothing that was promised is out of sight in between.
"""

from django.core.exceptions import ValidationError
from django.db.models import Q

from actions.changes.offered import withdraw_offers
from actions.deadlines import OPEN
from actions.models import (
    Action,
    DateChange,
    Decision,
    OwnerRole,
    Status,
    Submission,
    Update,
)
from actions.standing import refresh
from actions.succession import Chains, became, earliest
from boards.changes import meeting_of


def keep_date_change(turn, action, kind, from_due, to_due, why, *, by, **record):
    """Put a change of date on the record, with its event."""
    if not why.strip():
        raise ValidationError({"why": "Say why the date changes."})
    if "meeting" in record:
        record["meeting"] = meeting_of(board=action.board, given=record["meeting"], by=by, at=turn.at)
    done = DateChange(
        board=action.board,
        action=action,
        kind=kind,
        from_due=from_due,
        to_due=to_due,
        why=why,
        agreed_by=by,
        on=turn.on,
        at=turn.at,
        **record,
    )
    done.full_clean()
    done.save()
    of = {"step": str(done.step)} if done.step else {}
    turn.record(f"date.{kind}", action, before=from_due, after=to_due, why=why, asked_by=done.asked_by, **of)
    return done


def arrive(turn, action):
    """An action of an agreed plan takes up what it came from: a later date than theirs is one more move, and they are
    over. Asked once its own plan is agreed, or at once where it is."""
    came = list(_standing(action.predecessors).select_related("from_action", "meeting", "by"))
    if not came:
        return
    action = Action.objects.select_related("board", "plan").get(pk=action.pk)
    before = earliest(*(link.from_action.due for link in came if link.from_action.status in OPEN))
    if before and action.due and action.due > before:
        last = came[-1]
        where = f" into {action.plan}" if last.from_action.plan_id != action.plan_id else ""
        why = f"{last.get_kind_display()}{where}: {last.reason}"
        keep_date_change(turn, action, DateChange.Kind.MOVED, before, action.due, why, by=turn.by, meeting=last.meeting)
        refresh([action], on=turn.on, known_by=turn.at)
    for link in came:
        if link.from_action.status in OPEN:
            hand_on(turn, link.from_action, link)


def hand_on(turn, action, link):
    """The action is over where it stood, for it goes on elsewhere."""
    links = Chains([action.board_id]).after[action.pk]
    words = f"{became(links, over=True)}."
    end(turn, action, Decision.Kind.SUPERSEDE, "action.handed_on", words, link.reason, link.meeting, by=link.by)


def end(turn, action, kind, verb, words, reason, meeting, *, by):
    """A decision that an action is no longer to be done here, and the update that says so. Its last rating stands."""
    _refuse_unread(action)
    meeting = meeting_of(board=action.board, given=meeting, by=turn.by, at=turn.at)
    rating = action.rating if action.rating and not action.rating.requires_completion else None
    update = Update.objects.create(
        board_id=action.board_id,
        action=action,
        owner=_spoken_for(action),
        source=Update.Source.DECISION,
        status=Status.WITHDRAWN,
        rating=rating,
        reason=reason,
        words=words,
        on=turn.on,
        at=turn.at,
        by=turn.by,
    )
    decision = Decision(
        board_id=action.board_id,
        action=action,
        kind=kind,
        reason=reason,
        meeting=meeting,
        on=turn.on,
        at=turn.at,
        by=turn.by or by,
    )
    decision.full_clean()
    decision.save()
    withdraw_offers(action, reason=words, by=turn.by or by, at=turn.at)
    turn.record(
        verb,
        action,
        update=update.pk,
        status=update.get_status_display(),
        rating=rating,
        reason=reason,
        words=words,
        next_steps="",
        entered_for="",
        meeting=meeting,
    )
    refresh([action], on=turn.on, known_by=turn.at)


def _standing(links):
    """Successions whose newer action has not been taken out of its draft."""
    return links.filter(to_action__removed_at__isnull=True)


def _refuse_unread(action):
    if action.submissions.filter(state=Submission.State.SUBMITTED).exists():
        raise ValidationError(
            f"A quarterly update on action {action} waits to be read. Accept it or send it back first, so that its "
            "words are not lost."
        )


def _spoken_for(action):
    """Whose part the last word on an action stands under: its lead's, or whoever else has or had one."""
    roles = OwnerRole.objects.filter(action=action).select_related("owner")
    lead = roles.filter(Q(role=OwnerRole.Role.LEAD), until__isnull=True).order_by("-starts", "-id").first()
    role = lead or roles.order_by("-id").first()
    if role is None:
        raise ValidationError(f"Action {action} has no owner. Name its lead first.")
    return role.owner
