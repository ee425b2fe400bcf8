"""Requests for another due date, as pages show them. Who may read and decide them is asked in permissions."""

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


def open_on(action):
    """The requests that wait for a decision on an action, the oldest first."""
    return list(with_words(action.date_requests.filter(state=DateRequest.State.OPEN)).order_by("asked_at", "id"))


def still_open(requests, board):
    """Those of these requests of a board that wait for a decision on an action still to be done, the oldest first."""
    waited_for = Action.objects.filter(alive(), board=board)
    waiting = requests.filter(state=DateRequest.State.OPEN, action__in=waited_for.values("pk"))
    return with_words(waiting).order_by("asked_at", "id")


def how_much_later(request) -> str:
    """How the date asked for lies to the date as it is now, in words; empty where there is none."""
    due = request.action.due
    if not due:
        return ""
    days = (request.to_due - due).days
    if not days:
        return "the date it has already"
    return f"{abs(days):,} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}"
