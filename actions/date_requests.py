"""Requests for another due date, as pages show them. Who may read and decide them is asked in permissions."""

from django.db.models import Q

from actions.deadlines import alive
from actions.models import Action, DateRequest


def with_words(requests):
    """A queryset of requests with what a page says of each fetched along."""
    return requests.select_related(
        "board",
        "action__plan__board",
        "action__version",
        "action__section",
        "action__timescale",
        "asked_by",
        "decided_by",
        "datechange__meeting",
    )


def open_on(action, known_by=None):
    """The requests that wait for a decision on an action, the oldest first; or waited at a moment."""
    waits = Q(state=DateRequest.State.OPEN)
    if known_by is not None:
        waits = Q(asked_at__lte=known_by) & (Q(decided_at__isnull=True) | Q(decided_at__gt=known_by))
    return list(with_words(action.date_requests.filter(waits)).order_by("asked_at", "id"))


def still_open(requests, board):
    """Those of these requests of a board that wait for a decision on an action still to be done, the oldest first."""
    waited_for = Action.objects.filter(alive(), board=board)
    waiting = requests.filter(state=DateRequest.State.OPEN, action__in=waited_for.values("pk"))
    return with_words(waiting).order_by("asked_at", "id")
