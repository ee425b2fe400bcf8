"""What waits for a person on one board: what they owe, what they read and keep, what they oversee, what they look at.

No rule of its own: who may do what is asked of the permission modules, what is late, asked or in disagreement of
actions. Each part is there only for those whom it serves.
"""

from dataclasses import dataclass
from datetime import date

from actions import date_requests, following, listing, offers, reading
from actions.deadlines import overdue
from actions.models import DateRequest, Offer, Round, Submission
from actions.permissions import (
    answering_owners,
    asked_to_take,
    decidable_requests,
    in_use,
    overseen,
    readable,
    readable_offers,
    readable_plans,
    reviewable,
)
from actions.rounds import ASKED, Asked, asked_of, asking
from boards.models import Board, Meeting, ReportingPeriod
from boards.navigation import WRITES_ONLY
from boards.permissions import KEEPERS, roles_of, sub_groups_where

FEW = 5
"""As many overdue actions as whet the appetite; the rest is on the review page."""


@dataclass(frozen=True)
class Owed:
    """A quarterly update asked of somebody's owner: the action's row, the owner, and how far it is."""

    row: reading.ActionRow
    owner: object
    asked: Asked

    @property
    def is_owed(self) -> bool:
        return self.asked.state in (ASKED, Submission.State.DRAFT, Submission.State.SENT_BACK)

    @property
    def words(self) -> str:
        """How far it is."""
        return {ASKED: "Not started"}.get(self.asked.state) or Submission.State(self.asked.state).label


@dataclass(frozen=True)
class Answering:
    """The updates a person is asked for: those still owed, soonest due first, and those sent in."""

    owed: list[Owed]
    sent: list[Owed]
    due: date | None
    submits: bool

    @property
    def late(self) -> int:
        """How many of the actions they still owe an update on are overdue."""
        return len({owed.row.action.pk for owed in self.owed if owed.row.state.is_overdue})


@dataclass(frozen=True)
class Progress:
    """How far an open round is, and what was sent in and waits to be read."""

    round: Round
    asked: int
    received: int
    read: int

    @property
    def segments(self):
        """For a bar: read, waiting to be read, still outstanding."""
        waiting = self.received - self.read
        return [
            ("Read", "blue", self.read),
            ("Received, to be read", "grey", waiting),
            ("Outstanding", "none", self.asked - self.received),
        ]


@dataclass(frozen=True)
class Keeping:
    """What waits for who keeps the plan; who has nobody is for the business manager, who can name somebody."""

    to_read: list[Submission]
    disagreeing: list[reading.Disagreeing]
    vacancies: list[following.Vacancy]
    left: list[following.Left]


@dataclass(frozen=True)
class Overseeing:
    """What waits for a chair: how much is overdue, how much of it since the last meeting, the first of it."""

    late: int
    new: int
    since: Meeting | None
    rows: list[reading.ActionRow]


@dataclass(frozen=True)
class Offers:
    """Offers that wait for an answer: of this person's own owners, and of others, which this person made."""

    to_answer: list[Offer]
    made: list[Offer]


@dataclass(frozen=True)
class Desk:
    """Everything of one person on one board."""

    board: Board
    roles: list[tuple[str, str]]
    offers: Offers
    date_requests: list[DateRequest]
    rounds: list[Progress]
    answering: Answering | None
    keeping: Keeping | None
    overseeing: Overseeing | None
    summaries: list[listing.Summary]
    period: ReportingPeriod | None

    @property
    def reviews(self) -> bool:
        """Whether the overdue list serves this person."""
        return bool({role for role, _ in self.roles} - WRITES_ONLY)


def desk_of(user, board, *, on, at) -> Desk:
    """What waits for a person on a board they read."""
    roles = roles_of(user, board, on)
    held = {role for role, _ in roles}
    plans = list(
        listing.plans_of(readable_plans(user, on), board).filter(in_use()).select_related("board", "overseen_by")
    )
    own = [plan for plan in plans if plan.board_id == board.pk]
    asks = asking(own, on)
    actions = listing.listed(readable(user, on), own, on)
    asked = asked_of(actions, asks, on) if asks else []
    keeps = bool(held & set(KEEPERS))
    return Desk(
        board=board,
        roles=roles,
        offers=_offers(user, board, on),
        date_requests=list(date_requests.still_open(decidable_requests(user, on), board)),
        rounds=[_progress(row, asked) for row in {row.pk: row for row in asks.values()}.values()] if keeps else [],
        answering=_answering(user, board, held, actions, asked, on, at),
        keeping=_keeping(user, board, held, actions, on) if keeps else None,
        overseeing=_overseeing(user, board, own, on, at) if "chair" in held else None,
        summaries=listing.summaries(plans, readable(user, on), on),
        period=board.reportingperiod_set.filter(ends__lt=on).order_by("starts").last(),
    )


def _offers(user, board, on):
    to_answer = list(offers.still_open(asked_to_take(user, on), board))
    mine = readable_offers(user, on).filter(offers.made_for(user, answering_owners(user, on, roles=("contact",))))
    made = offers.still_open(mine, board).exclude(pk__in=[offer.pk for offer in to_answer])
    return Offers(to_answer, list(made))


def _progress(row, asked):
    ours = [one for one in asked if one.round.pk == row.pk]
    return Progress(row, len(ours), sum(one.is_received for one in ours), sum(one.is_read for one in ours))


def _answering(user, board, held, actions, asked, on, at):
    owners = {owner.pk: owner for owner in answering_owners(user, on).filter(board=board)}
    ours = [one for one in asked if one.owner in owners]
    if not owners or not (ours or held & WRITES_ONLY):
        return None
    found = reading.rows(actions, list({one.action: None for one in ours}), on=on, at=at)
    rows = {row.action.pk: row for row in found}
    owed = [Owed(rows[one.action], owners[one.owner], one) for one in ours]
    still = [one for one in owed if one.is_owed]
    return Answering(
        owed=sorted(still, key=_worst_first),
        sent=[one for one in owed if not one.is_owed],
        due=min((one.asked.round.due for one in still), default=None),
        submits=answering_owners(user, on, roles=("contact",)).filter(board=board).exists(),
    )


def _worst_first(owed):
    due = owed.row.action.next_due
    return (owed.asked.round.due, due is None, due or date.max, owed.row.action.position)


def _keeping(user, board, held, actions, on):
    waiting = reviewable(user, on).filter(board=board, state=Submission.State.SUBMITTED)
    along = waiting.select_related("action__plan__board", "action__version", "owner", "rating")
    return Keeping(
        to_read=list(along.order_by("submitted_at")),
        disagreeing=reading.disagreeing(actions, on),
        vacancies=following.vacancies(board, on) if "business_manager" in held else [],
        left=following.waiting(board, on),
    )


def _overseeing(user, board, plans, on, at):
    actions = listing.listed(overseen(user, on), plans, on).filter(overdue(on)).order_by(*listing.WORST_FIRST)
    groups = sub_groups_where(user, ("chair",), on).filter(board=board)
    met = Meeting.objects.filter(sub_group__in=groups, held_on__lte=on).order_by("held_on").last()
    late = list(actions.values_list("pk", "next_due"))
    return Overseeing(
        late=len(late),
        new=sum(due >= met.held_on for _, due in late) if met else 0,
        since=met,
        rows=reading.rows(actions, [pk for pk, _ in late[:FEW]], on=on, at=at),
    )
