"""An offer that waits for its answer, and how it comes to its end: what every answer does, and taking it back."""

from django.core.exceptions import ValidationError

from actions.models import Offer
from boards.audit import change


def told(offer):
    """What every event of an offer says of it."""
    return {"part": offer.get_role_display().lower(), "from_owner": offer.from_owner, "to_owner": offer.to_owner}


def waiting(offer):
    """The offer as it is now, kept from others until it is answered; an answered one is not answered again."""
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("board", "action__board", "from_owner", "to_owner", "meeting", "answered_by")
        .get(pk=offer.pk)
    )
    if not offer.is_open:
        when = f"{offer.answered_at:%-d %B %Y}"
        raise ValidationError(
            f"{offer.answered_by} answered this offer on {when}: {offer.get_state_display().lower()}."
        )
    return offer


def answered(offer, turn, state, **answer):
    """The offer with its answer, which stays."""
    offer.state, offer.answered_at, offer.answered_by = state, turn.at, turn.by
    for name, value in answer.items():
        setattr(offer, name, value)
    offer.full_clean()
    offer.save()
    return offer


def withdraw_offer(*, offer, by, at, answer=""):
    """Nobody is asked any more; the old owner goes on."""
    with change(offer.board, by=by, at=at) as turn:
        offer = waiting(offer)
        turn.record("offer.withdrawn", offer.action, **told(offer), answer=answer)
        return answered(offer, turn, Offer.State.WITHDRAWN, answer=answer)


def withdraw_offers(action, *, reason, by, at):
    """Nobody is asked any more to take over what is not to be done any more."""
    for offer in action.offers.filter(state=Offer.State.OPEN).select_related("board"):
        withdraw_offer(offer=offer, answer=reason, by=by, at=at)
