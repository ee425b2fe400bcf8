"""When an action is overdue, due soon or undated: the one home of that rule, the day always given.

An action is late when its own date has passed or that of one of its steps, whichever comes first: both stand in
`Action.next_due`. Actions that are done or withdrawn, of draft, closed or historic plans, are never late.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from actions.models import Plan, Status

OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.PROPOSED_COMPLETE)
"""Still to be done. What is proposed complete stays open until somebody accepts it."""

DONE = (Status.COMPLETE, Status.EMBEDDED)

SOON = timedelta(days=30)


def alive() -> Q:
    """Actions the board still waits for."""
    return Q(plan__state=Plan.State.AGREED, plan__as_at__isnull=True, status__in=OPEN)


def overdue(on: date) -> Q:
    return alive() & Q(next_due__isnull=False, next_due__lt=on)


def due_soon(on: date) -> Q:
    """Due today or in the thirty days after."""
    return alive() & Q(next_due__gte=on, next_due__lte=on + SOON)


def undated() -> Q:
    return alive() & Q(next_due__isnull=True)


STATES = {
    "overdue": "Overdue",
    "due_soon": "Due in 30 days",
    "later": "Due later",
    "undated": "No date",
    "done": "Done",
}
"""The date states a list can be filtered by."""


def in_state(state: str, on: date) -> Q:
    """The Q of one of STATES."""
    return {
        "overdue": lambda: overdue(on),
        "due_soon": lambda: due_soon(on),
        "later": lambda: alive() & Q(next_due__gt=on + SOON),
        "undated": undated,
        "done": lambda: Q(status__in=DONE),
    }[state]()


@dataclass(frozen=True)
class DateState:
    """Where one action stands towards its date on one day. `days` counts days late, or days left."""

    state: str
    days: int = 0

    @property
    def is_overdue(self) -> bool:
        return self.state == "overdue"

    @property
    def is_open(self) -> bool:
        """Whether the board still waits for the action."""
        return self.state not in ("done", "")

    @property
    def words(self) -> str:
        if self.state == "overdue":
            return f"{self.days} day{'' if self.days == 1 else 's'} overdue"
        if self.state == "due_soon":
            return "due today" if not self.days else f"due in {self.days} day{'' if self.days == 1 else 's'}"
        return {"undated": "no date"}.get(self.state, "")


def how_much_later(due: date, before: date) -> str:
    """How one date lies to another, in words: “92 days later”."""
    days = (due - before).days
    return f"{abs(days):,} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}"


def date_state(next_due: date | None, status: str, on: date, *, plan_alive: bool = True) -> DateState:
    """What the Qs above say, for one action in hand: also used for a past day, when the caches no longer serve."""
    if status not in OPEN or not plan_alive:
        return DateState("done" if status in DONE else "")
    if next_due is None:
        return DateState("undated")
    days = (next_due - on).days
    if days < 0:
        return DateState("overdue", -days)
    return DateState("due_soon" if next_due <= on + SOON else "later", days)
