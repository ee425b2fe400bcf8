"""Every plan that a person reads, over all their boards and what these receive, in a line each: its round, what is owed
and what is late.

No rule of its own, and no query for each board or plan: who may read what is asked of the permission modules, what is
late or asked of actions.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from actions import listing
from actions.deadlines import due_soon
from actions.models import Plan, PlanReceiver, Round
from actions.permissions import answering_owners, readable, readable_plans
from actions.rounds import asked_of, asking
from boards.models import Board
from boards.permissions import readable_boards, standing

IN_USE, DRAFT, CLOSED, OLD = "in-use", "draft", "closed", "old"

STATES = {IN_USE: "In use", DRAFT: "Draft", CLOSED: "Closed", OLD: "Record of an old plan"}
"""What a plan is, as these lines tell it."""


@dataclass(frozen=True)
class PlanLine:
    """One plan for one person.

    `boards` are those of the person's boards that have it or received it; `owed` the updates that they still owe;
    `outstanding` of `asked` is for who keeps the plan, and None for others.
    """

    plan: Plan
    boards: tuple[Board, ...]
    is_received: bool
    round: Round | None
    owed: int
    asked: int
    outstanding: int | None
    total: int
    late: int
    soon: int

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.plan.as_at:
            return OLD
        return {Plan.State.DRAFT: DRAFT, Plan.State.CLOSED: CLOSED}.get(self.plan.state, IN_USE)

    @property
    def waits(self) -> bool:
        """Whether anything of it is still to be done."""
        return self.state == IN_USE


def is_of_several(user, boards, on) -> bool:
    """Whether this person reads plans of more than one board."""
    return len(boards) > 1 or readable_plans(user, on).exclude(board__in=boards).exists()


def all_plans(user, *, on) -> list[PlanLine]:
    """Every plan a person reads, those of one board together."""
    boards = {board.pk: board for board in readable_boards(user, on)}
    plans = list(readable_plans(user, on).select_related("board", "overseen_by"))
    theirs = [plan for plan in plans if plan.board_id in boards]
    asks = asking([plan for plan in theirs if plan.is_in_use], on)
    actions = listing.listed(readable(user, on), plans, on)
    under = defaultdict(list)
    for fact in listing.facts(actions).values():
        under[fact.plan].append(fact)
    soon = Counter(actions.filter(due_soon(on)).order_by().values_list("plan", flat=True))
    asked = _asked_by_plan(actions, asks, on)
    owners = set(answering_owners(user, on).values_list("pk", flat=True)) if asks else set()
    kept, receivers = standing(user, on).kept, _receivers(plans, boards)
    lines = []
    for plan in plans:
        ours, facts = asked.get(plan.pk, []), under[plan.pk]
        waiting = [one for one in ours if not one.is_received]
        lines.append(
            PlanLine(
                plan=plan,
                boards=(boards[plan.board_id],) if plan.board_id in boards else tuple(receivers[plan.pk]),
                is_received=plan.board_id not in boards,
                round=asks.get(plan.pk),
                owed=sum(one.owner in owners for one in waiting),
                asked=len(ours),
                outstanding=len(waiting) if plan.board_id in kept and plan.pk in asks else None,
                total=len(facts),
                late=sum(fact.late for fact in facts),
                soon=soon[plan.pk],
            )
        )
    return lines


HEADINGS = (
    "Plan",
    "Board",
    "Received from",
    "State",
    "Actions",
    "Round due",
    "Updates owed by you",
    "Updates outstanding",
    "Overdue",
    "Due in 30 days",
)


def as_lines(lines: list[PlanLine]) -> list[tuple[str, ...]]:
    """Plans as a table to take away, under HEADINGS; what is not followed up is empty."""
    return [
        (
            line.plan.title,
            "; ".join(map(str, line.boards)),
            str(line.plan.board) if line.is_received else "",
            STATES[line.state],
            str(line.total),
            line.round.due.isoformat() if line.round else "",
            str(line.owed),
            "" if line.outstanding is None else f"{line.outstanding} of {line.asked}",
            str(line.late) if line.waits else "",
            str(line.soon) if line.waits else "",
        )
        for line in lines
    ]


def _asked_by_plan(actions, asks, on):
    """{plan id: whom its round asks}."""
    found = defaultdict(list)
    if asks:
        plan_of = dict(actions.filter(plan__in=asks).order_by().values_list("pk", "plan"))
        for one in asked_of(actions, asks, on):
            found[plan_of[one.action]].append(one)
    return found


def _receivers(plans, boards):
    """{plan id: those of these boards that received it}."""
    found = defaultdict(list)
    rows = PlanReceiver.objects.filter(plan__in=plans, receiving_board__in=boards)
    for plan, board in rows.order_by("receiving_board__name").values_list("plan", "receiving_board"):
        found[plan].append(boards[board])
    return found


# In which order

LAST = date.max


def _board(line):
    return (line.boards[0].name.casefold(), line.boards[0].pk)


ORDERS = {
    "": (_board, False),
    "-board": (_board, True),
    "plan": (lambda line: line.plan.title.casefold(), False),
    "-plan": (lambda line: line.plan.title.casefold(), True),
    "due": (lambda line: line.round.due if line.round else LAST, False),
    "-due": (lambda line: (line.round is not None, line.round.due if line.round else LAST), True),
    "owed": (lambda line: (line.owed, line.outstanding or 0), True),
    "-owed": (lambda line: (line.owed, line.outstanding or 0), False),
    "late": (lambda line: (line.late, line.soon), True),
    "-late": (lambda line: (line.late, line.soon), False),
}
"""The orders the lines can take, as (what of a line, whether the greatest comes first)."""


def in_order(lines: list[PlanLine], order: str) -> list[PlanLine]:
    """Lines in one of ORDERS; what is equal stays as it stands."""
    key, greatest_first = ORDERS[order]
    return sorted(lines, key=key, reverse=greatest_first)
