"""Which round asks about an action, which reporting period words belong to, and whose answer never came."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import BooleanField, Case, DateField, Exists, OuterRef, Q, Value, When
from django.utils.timezone import localdate

from actions.deadlines import alive
from actions.models import ActionVersion, OwnerRole, Plan, Round, Submission, Update
from actions.standing import HEARD
from boards.models import Event


def rounds_known(known_by=None):
    """Rounds that had been opened at a moment; all of them when none is given."""
    if known_by is None:
        return Round.objects.all()
    opened = Event.objects.filter(verb="round.opened", subject_kind="round", at__lte=known_by)
    return Round.objects.filter(pk__in=opened.values("subject_id"))


def open_rounds(board, on):
    """Rounds of a board that ask for updates today."""
    return open_rounds_of([board], on)


def open_rounds_of(boards, on):
    return Round.objects.filter(board__in=boards, opens__lte=on, closes__gte=on).select_related("period", "plan")


def open_round(plan, on):
    """The round that asks about this plan today: its own before one for all the board's plans."""
    rounds = open_rounds(plan.board, on)
    return rounds.filter(plan=plan).first() or rounds.filter(plan__isnull=True).first()


def asking(plans, on):
    """{plan id: the round that asks about it today}, as `open_round` says for one plan; one query."""
    plans = list(plans)
    rounds = list(open_rounds_of({plan.board_id for plan in plans}, on))
    rounds.sort(key=lambda row: row.plan_id is None)
    found = {}
    for plan in plans:
        asks = (row for row in rounds if row.board_id == plan.board_id and row.plan_id in (None, plan.pk))
        if asked := next(asks, None):
            found[plan.pk] = asked
    return found


def period_for(plan, on):
    """The reporting period that words said today belong to: the open round's, otherwise the one today is in."""
    asked = open_round(plan, on)
    if asked:
        return asked.period
    return plan.board.reportingperiod_set.filter(starts__lte=on, ends__gte=on).first()


def last_asked(plans, on, known_by=None):
    """{plan id: the reporting period last asked for, whose updates are due by now}.

    A plan that was never asked, not yet agreed when the updates were due, or no longer in use is left out. With
    `known_by`, only rounds that had been opened then count.
    """
    plans = list(plans)
    rounds = rounds_known(known_by).filter(board__in={plan.board_id for plan in plans}, due__lt=on)
    rounds = rounds.select_related("period")
    found = {}
    for asked in rounds.order_by("period__starts", "due"):
        for plan in plans:
            if asked.board_id != plan.board_id or asked.plan_id not in (None, plan.pk):
                continue
            if plan.state == Plan.State.AGREED and plan.as_at is None and plan.agreed_on <= asked.due:
                found[plan.pk] = asked.period
    return found


def with_silence(actions, asked):
    """Actions annotated with `no_update`: still open, and the lead said nothing for the period last asked or since. Of
    one that the board added to an agreed plan after that period, nobody was asked.

    Args:
        asked: {plan id: reporting period}, from `last_asked`.
    """
    if not asked:
        return actions.annotate(no_update=Value(False))
    plans = defaultdict(list)
    for plan, period in asked.items():
        plans[period.starts, period.ends].append(plan)
    since, until = (
        Case(*(When(plan__in=ids, then=Value(span[end])) for span, ids in plans.items()), output_field=DateField())
        for end in (0, 1)
    )
    leads = OwnerRole.objects.filter(action=OuterRef("action"), owner=OuterRef("owner"), role=OwnerRole.Role.LEAD)
    heard = Update.objects.filter(
        Exists(leads),
        action=OuterRef("pk"),
        source__in=HEARD,
        superseded_by__isnull=True,
        period__starts__gte=OuterRef("asked_since"),
    )
    later = ActionVersion.objects.filter(
        action=OuterRef("pk"), number=1, reason__gt="", at__date__gt=OuterRef("asked_until")
    )
    silent = Case(
        When(Q(alive(), asked_since__isnull=False) & ~Exists(heard) & ~Exists(later), then=True),
        default=False,
        output_field=BooleanField(),
    )
    return actions.annotate(asked_since=since, asked_until=until).annotate(no_update=silent)


def added_after(first, period) -> bool:
    """Whether an action, by its first version, was added to an agreed plan once a period was over."""
    return bool(first.reason) and localdate(first.at) > period.ends


class Asked(NamedTuple):
    """One owner asked about one action in a round, and how far that is: a state of Submission, or ASKED."""

    action: int
    owner: int
    round: Round
    state: str
    submission: Submission | None

    @property
    def is_received(self) -> bool:
        return self.state in (Submission.State.SUBMITTED, Submission.State.ACCEPTED)

    @property
    def is_read(self) -> bool:
        return self.state == Submission.State.ACCEPTED


ASKED = "asked"
"""Nothing has been written so far."""


def asked_of(actions, asks, on) -> list[Asked]:
    """Every lead and joint lead whom a round asks about one of these actions, with how far each is; four queries.

    What the coordinator entered for the period is received and read. What is done or withdrawn is not asked about.

    Args:
        asks: {plan id: round}, from `asking`.
    """
    plans = dict(actions.filter(alive(), plan__in=asks).values_list("pk", "plan_id"))
    parts = OwnerRole.objects.standing(on).filter(
        action__in=plans, role__in=(OwnerRole.Role.LEAD, OwnerRole.Role.JOINT_LEAD)
    )
    rounds = {row.pk for row in asks.values()}
    sent = {
        (row.action_id, row.owner_id, row.round_id): row
        for row in Submission.objects.filter(action__in=plans, round__in=rounds)
    }
    periods = {row.period_id for row in asks.values()}
    said = set(
        Update.objects.filter(
            action__in=plans, period__in=periods, source__in=HEARD, superseded_by__isnull=True
        ).values_list("action_id", "owner_id", "period_id")
    )
    found = []
    for action, owner in parts.order_by("action__plan", "action__position", "id").values_list("action_id", "owner_id"):
        asked = asks[plans[action]]
        row = sent.get((action, owner, asked.pk))
        state = row.state if row else ASKED
        if (
            state in (ASKED, Submission.State.DRAFT, Submission.State.SENT_BACK)
            and (action, owner, asked.period_id) in said
        ):
            state = Submission.State.ACCEPTED
        found.append(Asked(action, owner, asked, state, row))
    return found
