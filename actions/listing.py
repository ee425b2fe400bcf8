"""What a list of actions can be narrowed by, put in order by, and counted by.

Every list, and the figures above it, uses the words of this module, so that a number and the list it leads to agree.
What is late, or not heard of, is decided in deadlines and rounds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from actions.deadlines import OPEN, overdue
from actions.models import ActionPriority, ActionRecommendation, OwnerRole, Plan, Recommendation, Status, Step
from actions.rounds import last_asked, with_silence
from actions.succession import gone_on
from boards.models import Owner, OwnerMember, StrategicPriority, SubGroup
from boards.ratings import GONE_ON, NO_UPDATE, NONE, WITHDRAWN, ratings_of

WORDS = {
    NONE: ("Not yet rated", "none"),
    NO_UPDATE: ("No update received", "silent"),
    GONE_ON: ("Gone on elsewhere", "grey"),
    WITHDRAWN: ("Withdrawn", "grey"),
}

ORDERS = {
    "": (F("plan").asc(), F("position").asc()),
    "-reference": (F("plan").desc(), F("position").desc()),
    "due": (F("next_due").asc(nulls_last=True), F("position").asc()),
    "-due": (F("next_due").desc(nulls_last=True), F("position").asc()),
    "rating": (F("rating__severity").desc(nulls_last=True), F("position").asc()),
    "-rating": (F("rating__severity").asc(nulls_last=True), F("position").asc()),
}
"""The orders a list can take: as the plan prints it, by the date still to be met, by rating with the worst first."""

WORST_FIRST = (F("next_due").asc(), F("rating__severity").desc(nulls_last=True), F("plan").asc(), F("position").asc())


def listed(actions, plans, on):
    """Actions of these plans, each annotated with whether it is `late`, counts as `no_update` received and is over
    because it has `gone_on` elsewhere."""
    late = ExpressionWrapper(overdue(on), BooleanField())
    went = ExpressionWrapper(Q(status=Status.WITHDRAWN) & gone_on(), BooleanField())
    return with_silence(actions.filter(plan__in=plans), last_asked(plans, on)).annotate(late=late, gone_on=went)


# Narrowing


def of_strand(priority):
    """Q: actions of a strand, by its id; an action that names none has its section's. NONE for those without any."""
    named = ActionPriority.objects.filter(until__isnull=True)
    if priority == NONE:
        return ~Q(pk__in=named.values("action")) & (Q(section__isnull=True) | Q(section__priority__isnull=True))
    by_section = Q(section__priority=priority) & ~Q(pk__in=named.values("action"))
    return Q(pk__in=named.filter(priority=priority).values("action")) | by_section


def of_owner(owner):
    """Q: actions in which an owner has any part, alone, within a group of owners, or by leading one of the steps."""
    roles = OwnerRole.objects.filter(Q(owner=owner) | Q(owner__memberships__member=owner), until__isnull=True)
    steps = Step.objects.filter(lead=owner, until__isnull=True)
    return Q(pk__in=roles.values("action")) | Q(pk__in=steps.values("action"))


def overseen_by(*sub_groups):
    """Q: actions on which one of these sub-groups decides; `permissions.readable` says who oversees."""
    return Q(overseeing__in=sub_groups)


def in_plan(slug):
    """Q: actions of a plan."""
    return Q(plan__slug=slug)


def answering(recommendation):
    """Q: actions that answer a recommendation."""
    answers = ActionRecommendation.objects.filter(recommendation=recommendation, until__isnull=True)
    return Q(pk__in=answers.values("action"))


def counted_as(code):
    """Q: actions that count as a rating, by its code, or as one of WORDS."""
    rated = ~Q(status=Status.WITHDRAWN) & Q(no_update=False)
    return {
        GONE_ON: Q(gone_on=True),
        WITHDRAWN: Q(status=Status.WITHDRAWN, gone_on=False),
        NO_UPDATE: Q(no_update=True),
        NONE: rated & Q(rating__isnull=True),
    }.get(code, rated & Q(rating__code=code))


def mentioning(text):
    """Q: actions that have each of these words in their reference, wording, steps or the names of their owners."""
    found = Q()
    for word in text.split():
        steps = Step.objects.filter(until__isnull=True, text__icontains=word)
        roles = OwnerRole.objects.filter(until__isnull=True, owner__name__icontains=word)
        found &= (
            Q(reference__icontains=word)
            | Q(version__wording__icontains=word)
            | Q(pk__in=steps.values("action"))
            | Q(pk__in=roles.values("action"))
        )
    return found


# Counting


class Fact(NamedTuple):
    """What an action is counted by. `counts_as` is a rating's code or one of WORDS."""

    plan: int
    counts_as: str
    strands: frozenset[int]
    overseeing: int
    limited: bool
    late: bool
    is_open: bool


class Counted(NamedTuple):
    """How many count as one rating. `code` narrows the list to them."""

    code: str
    word: str
    colour: str
    count: int


def facts(actions) -> dict[int, Fact]:
    """Each of these listed actions by id, with what it is counted by; two queries however many there are."""
    rows = list(actions.order_by(*ORDERS[""]).values(*FACTS, code=F("rating__code"), section_of=F("section__priority")))
    strands = defaultdict(set)
    named = ActionPriority.objects.filter(action__in=[row["pk"] for row in rows], until__isnull=True)
    for action, priority in named.values_list("action_id", "priority_id"):
        strands[action].add(priority)
    return {
        row["pk"]: Fact(
            plan=row["plan"],
            counts_as=counts_as(row["status"], row["gone_on"], row["no_update"], row["code"]),
            strands=frozenset(strands[row["pk"]] or {row["section_of"]} - {None}),
            overseeing=row["overseeing"],
            limited=row["limited"],
            late=row["late"],
            is_open=row["status"] in OPEN,
        )
        for row in rows
    }


FACTS = ("pk", "plan", "status", "gone_on", "no_update", "overseeing", "limited", "late")


def counts_as(status, went, silent, code) -> str:
    """What an action counts as: its rating's code, or one of WORDS."""
    if status == Status.WITHDRAWN:
        return GONE_ON if went else WITHDRAWN
    return NO_UPDATE if silent else code or NONE


def tally(found: Iterable[Fact], ratings) -> list[Counted]:
    """How many of these facts count as what."""
    return count_up((fact.counts_as for fact in found), ratings)


def count_up(codes: Iterable[str], ratings) -> list[Counted]:
    """How many count as what: every step of the board's scale, worst first, then whatever else there is.

    Args:
        codes: what each action counts as.
        ratings: from `ratings_of`.
    """
    counts = Counter(codes)
    steps = [Counted(step.code, step.word, step.colour, counts.pop(step.code, 0)) for step in ratings.current]
    older = [Counted(code, row.word, row.colour, counts.pop(code)) for code, row in ratings.older if code in counts]
    rest = [Counted(code, *WORDS[code], counts[code]) for code in WORDS if code in counts]
    return steps + older + rest


class Summary(NamedTuple):
    """A plan in a line: how many actions it has, how many are open and overdue, how they are rated."""

    plan: Plan
    total: int
    open: int
    late: int
    counted: list[Counted]


def summaries(plans, actions, on) -> list[Summary]:
    """Each of these plans with what its readable actions count as."""
    plans = list(plans)
    found = list(facts(listed(actions, plans, on)).values())
    scales = {board: ratings_of(board) for board in {plan.board for plan in plans}}
    lines = []
    for plan in plans:
        under = [fact for fact in found if fact.plan == plan.pk]
        counted = tally(under, scales[plan.board])
        is_open, late = sum(fact.is_open for fact in under), sum(fact.late for fact in under)
        lines.append(Summary(plan, len(under), is_open, late, counted))
    return lines


# What there is to choose from


class Choices(NamedTuple):
    """Rows that some action of a list has, for the boxes of a filter."""

    strands: list[StrategicPriority]
    owners: list[Owner]
    sub_groups: list[SubGroup]
    recommendations: list[Recommendation]


def choices(board, found: dict[int, Fact]) -> Choices:
    """What the actions of a list can be narrowed by; four queries."""
    ids = list(found)
    taking_part = OwnerRole.objects.filter(action__in=ids, until__isnull=True).values("owner")
    leading_steps = Step.objects.filter(action__in=ids, until__isnull=True, lead__isnull=False).values("lead")
    answered = ActionRecommendation.objects.filter(action__in=ids, until__isnull=True).values("recommendation")
    members = OwnerMember.objects.filter(group__in=taking_part).values("member")
    owners = Q(pk__in=taking_part) | Q(pk__in=leading_steps) | Q(pk__in=members)
    strands = set().union(*(fact.strands for fact in found.values()))
    return Choices(
        list(StrategicPriority.objects.filter(pk__in=strands)),
        list(Owner.objects.filter(owners, board=board)),
        list(SubGroup.objects.filter(pk__in={fact.overseeing for fact in found.values()})),
        list(Recommendation.objects.filter(pk__in=answered).select_related("source")),
    )


def plans_of(plans, board):
    """Of these plans, the board's own and those it receives."""
    return plans.filter(Q(board=board) | Q(receivers__receiving_board=board)).distinct()
