"""Handing over: the lead's part in an action, or a joint lead's, is offered to another owner, who takes it or refuses.

Until then the old owner answers. An acceptance is a new version of the action, with the reason of the offer. What the
old owner has begun or sent in for the open round stays theirs: it never passes to the new one.
"""

from django.core.exceptions import ValidationError
from django.db.models import Q

from actions.changes.definition import roles_of, write_version
from actions.changes.offered import answered, told, waiting
from actions.changes.plans import refuse_unless_in_use
from actions.deadlines import OPEN
from actions.models import Action, Offer, OwnerRole
from actions.permissions import owners_asked
from boards.audit import change
from boards.changes import meeting_of
from boards.models import Owner

LEAD, JOINT_LEAD, SUPPORT = OwnerRole.Role.LEAD, OwnerRole.Role.JOINT_LEAD, OwnerRole.Role.SUPPORT

GIVEN_UP = {LEAD: (JOINT_LEAD, SUPPORT), JOINT_LEAD: (SUPPORT,)}
"""Lesser parts that an owner gives up with a greater one."""


def offer_action(*, action, from_owner, to_owner, reason, by, at, meeting=None):
    """Ask another owner to take over what one owner leads, or joins in leading, in an action of a plan in use.

    Args:
        meeting: a row, or a `boards.changes.MeetingGiven`.
    Raises:
        ValidationError: it cannot be handed over, or not to them; it is offered already; no reason.
    """
    with change(action.board, by=by, at=at) as turn:
        action = Action.objects.select_for_update(of=("self",)).select_related("board").get(pk=action.pk)
        _refuse_unless_waited_for(action)
        part = owners_asked(action, turn.on).filter(owner=from_owner).first()
        if part is None:
            raise ValidationError({"from_owner": f"{from_owner} does not lead this action. Choose who does."})
        _refuse_taker(action, part, to_owner, turn.on)
        if not reason.strip():
            raise ValidationError({"reason": "Say why it is handed over."})
        offered = action.offers.filter(role=part.role, state=Offer.State.OPEN).first()
        if offered:
            raise ValidationError(
                f"This is offered to {offered.to_owner} already. Wait for their answer, or withdraw that offer first."
            )
        meeting = meeting_of(board=action.board, given=meeting, by=by, at=at)
        offer = Offer(
            board=action.board,
            action=action,
            from_owner=part.owner,
            to_owner=to_owner,
            role=part.role,
            reason=reason,
            meeting=meeting,
            offered_at=at,
            offered_by=by,
        )
        offer.full_clean()
        offer.save()
        turn.record("offer.made", action, **told(offer), reason=reason, meeting=meeting)
    return offer


def accept_offer(*, offer, by, at, agreed_by="", answer=""):
    """The other owner takes the part over, from now on.

    Args:
        agreed_by: who said yes, where somebody else writes it down; `answer` then says how.
    """
    with change(offer.board, by=by, at=at) as turn:
        offer = waiting(offer)
        if agreed_by and not answer.strip():
            raise ValidationError({"answer": "Say how it was agreed, for example by telephone, and when."})
        _refuse_unless_waited_for(offer.action)
        if not owners_asked(offer.action, turn.on).filter(owner=offer.from_owner, role=offer.role).exists():
            raise ValidationError(f"{offer.from_owner} no longer has this part. Withdraw the offer, and make another.")
        _refuse_taker(offer.action, offer, offer.to_owner, turn.on)
        turn.record("offer.accepted", offer.action, **told(offer), agreed_by=agreed_by, answer=answer)
        version = write_version(
            turn,
            offer.action,
            reason=f"Handed over from {offer.from_owner} to {offer.to_owner}: {offer.reason}",
            meeting=offer.meeting,
            roles=_handed_over(offer),
        )
        return answered(offer, turn, Offer.State.ACCEPTED, agreed_by=agreed_by, answer=answer, version=version)


def refuse_offer(*, offer, answer, by, at):
    """The other owner does not take it, and says why; the old one goes on."""
    with change(offer.board, by=by, at=at) as turn:
        offer = waiting(offer)
        if not answer.strip():
            raise ValidationError({"answer": f"Say why not, so that {offer.from_owner} can find somebody else."})
        turn.record("offer.refused", offer.action, **told(offer), answer=answer)
        return answered(offer, turn, Offer.State.REFUSED, answer=answer)


def _refuse_unless_waited_for(action):
    refuse_unless_in_use(action)
    if action.status not in OPEN:
        raise ValidationError(
            f"The action is {action.get_status_display().lower()}: nobody is asked about it any more, so there is"
            " nothing to hand over."
        )


def _refuse_taker(action, part, owner, on):
    """Who takes a part over is another owner of the board, who is still there and does not have it yet."""
    if owner.board_id != action.board_id:
        raise ValidationError({"to_owner": f"{owner} is no owner of this board. Choose one of its own."})
    if owner.kind == Owner.Kind.TO_BE_CONFIRMED:
        raise ValidationError({"to_owner": f"Nobody can answer as “{owner}”. Choose who is to take it over."})
    place = owner.seat or owner.sub_group
    if place and place.ends and place.ends < on:
        raise ValidationError({"to_owner": f"{place} ended on {place.ends:%-d %B %Y}. Choose another owner."})
    greater = Q(role=LEAD) if part.role == LEAD else Q(role__in=(LEAD, JOINT_LEAD))
    if OwnerRole.objects.filter(greater, action=action, owner=owner, until__isnull=True).exists():
        raise ValidationError({"to_owner": f"{owner} leads this action already. Choose another owner."})


def _handed_over(offer):
    """Who stands in the action after an acceptance; the new owner has the part for as long as the old one had it."""
    taken, given_up = offer.to_owner, GIVEN_UP[offer.role]
    return [
        role._replace(owner=taken) if (role.owner, role.role) == (offer.from_owner, offer.role) else role
        for role in roles_of(offer.action)
        if not (role.owner == taken and role.role in given_up)
    ]
