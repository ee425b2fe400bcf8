"""What the quarterly update reads of the database: plans, actions and where they stood, now and a quarter before.

The number of queries is the same whatever the number of actions.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from actions import rag
from actions.models import OwnerRole, Plan, Submission
from actions.standing import standings
from boards.models import Rating
from reports.lines import actions_of, group_of, line_of, overdue_then, written


def reported_plans(board, *days):
    """The plans a quarterly update of this board speaks of on these days: those in use, its own and those it receives.

    Drafts and records of old plans are not reported; a plan that is closed by then is not either.
    """
    in_use = Q(pk__in=())
    for day in days:
        in_use |= Q(agreed_on__lte=day) & (Q(closed_on__isnull=True) | Q(closed_on__gt=day))
    return (
        Plan.objects.filter(in_use, as_at__isnull=True, state__in=(Plan.State.AGREED, Plan.State.CLOSED))
        .filter(Q(board=board) | Q(receivers__receiving_board=board))
        .select_related("board")
        .distinct()
    )


class Record:
    """What was read of the database, for now and for the quarter before."""

    def __init__(self, board, plans, span):
        now, before = span.now, span.before
        scales = _scales({board.pk, *(row.board_id for row in plans)})
        self.board, self.known_by = board, now.known_by
        self.steps = _steps_of(board, scales, now.as_at)
        self.plans = [row for row in plans if _in_use(row, now.as_at)]
        known = {row.pk for row in self.plans}
        compared = {row.pk for row in plans if _in_use(row, before.as_at)}
        actions = [action for action in actions_of(plans) if written(action, now)]
        stood = standings(actions, on=now.as_at, known_by=now.known_by)
        stood_before = standings(actions, on=before.as_at, known_by=before.known_by)
        self.actions = [action for action in actions if action.plan_id in known]
        self.by_plan = defaultdict(list)
        self.lines = []
        self.due = span.due
        unread = _unread(actions, now)
        for action in sorted(self.actions, key=lambda row: (_place(self.plans, row.plan_id), row.position, row.pk)):
            earlier = stood_before[action.pk] if action.plan_id in compared and written(action, before) else None
            line = line_of(action, stood[action.pk], earlier, span, scales, unread=action.pk in unread)
            self.lines.append(line)
            self.by_plan[action.plan_id].append(line)
        self.before, self.overdue_before = None, 0
        if before.period and compared:
            there = [row for row in actions if row.plan_id in compared and written(row, before)]
            self.before = [
                (group_of(stood_before[row.pk], before, scales), stood_before[row.pk].rating) for row in there
            ]
            self.overdue_before = sum(overdue_then(stood_before[row.pk], before) for row in there)
        self.better, self.worse = _travelled(self.lines)


def _unread(actions, stand):
    """Actions whose lead's update for the quarter had come by then and waited to be read."""
    leads = OwnerRole.objects.filter(action=OuterRef("action"), owner=OuterRef("owner"), role=OwnerRole.Role.LEAD)
    sent = Submission.objects.filter(
        Exists(leads),
        action__in=actions,
        round__period__ends__range=(stand.starts, stand.ends),
        submitted_at__lte=stand.known_by,
    )
    return set(sent.exclude(reviewed_at__lte=stand.known_by).values_list("action_id", flat=True))


def _in_use(plan, day):
    return plan.agreed_on <= day and (plan.closed_on is None or plan.closed_on > day)


def _place(plans, pk):
    return next(number for number, plan in enumerate(plans) if plan.pk == pk)


def _scales(boards):
    """{scale: its steps} of these boards."""
    steps = defaultdict(list)
    for rating in Rating.objects.filter(board__in=boards).select_related("scale").order_by("scale", "severity"):
        steps[rating.scale_id].append(rating)
    return dict(steps)


def _steps_of(board, scales, on):
    """The board's own rating scale on a day, best first."""
    own = [steps for steps in scales.values() if steps[0].board_id == board.pk]
    own.sort(key=lambda steps: steps[0].scale.version)
    started = [steps for steps in own if steps[0].scale.starts is None or steps[0].scale.starts <= on]
    return (started or own[:1] or [[]])[-1]


def _travelled(lines):
    ways = {way: [line for line in lines if line.travel.startswith(words)] for way, words in rag.TRAVEL.items()}
    return ways["better"], ways["worse"]
