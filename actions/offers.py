"""Offers to take over what somebody leads, as pages show them. Who may read and answer them is asked in permissions."""

from django.db.models import Q

from actions.models import Offer


def with_words(offers):
    """A queryset of offers with what a page says of each fetched along."""
    return offers.select_related(
        "board",
        "action__plan__board",
        "action__version",
        "action__timescale",
        "from_owner",
        "to_owner",
        "offered_by",
        "answered_by",
        "meeting",
    )


def open_on(action, known_by=None):
    """What of an action is offered and waits for an answer; or waited at a moment."""
    waits = Q(state=Offer.State.OPEN)
    if known_by is not None:
        waits = Q(offered_at__lte=known_by) & (Q(answered_at__isnull=True) | Q(answered_at__gt=known_by))
    return list(with_words(action.offers.filter(waits)))


def still_open(offers, board):
    """Those of these offers of a board that wait for an answer, the oldest first."""
    return with_words(offers.filter(board=board, state=Offer.State.OPEN)).order_by("offered_at", "id")


def made_for(user, owners):
    """Q: offers that this person made, or that hand over what one of these owners has."""
    return Q(offered_by=user) | Q(from_owner__in=owners)
