"""Which actions answer what a review, inspection or audit recommended, and what nothing answers.

Only what a board has agreed answers: an action of a draft is shown to those who see drafts, and not counted; nor is one
that is withdrawn or has gone on elsewhere. One that is only to go on in a draft is still promised, and counts. Only
actions handed in count, so that nobody is told of one that they may not read.
"""

from collections import defaultdict
from dataclasses import dataclass

from actions import reading
from actions.deadlines import DONE
from actions.models import ActionRecommendation, Plan, RecommendationSource, Status


@dataclass(frozen=True)
class Answer:
    """An action that answers a recommendation: its row, and whether it still counts as an answer."""

    row: reading.ActionRow
    counts: bool

    @property
    def plan_note(self) -> str:
        """What is particular about the plan it stands in."""
        plan = self.row.action.plan
        if plan.as_at:
            return f"record of the plan as at {plan.as_at:%-d %B %Y}"
        return {Plan.State.CLOSED: "closed plan", Plan.State.DRAFT: "draft plan"}.get(plan.state, "")


@dataclass(frozen=True)
class Answered:
    """One recommendation with the actions that answer it."""

    number: int
    text: str
    answers: tuple[Answer, ...]

    @property
    def counted(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.counts]

    @property
    def summary(self) -> str:
        """Where the answers stand, in words."""
        counted = self.counted
        if not counted:
            return self._why_none
        late = sum(answer.row.state.is_overdue for answer in counted)
        silent = sum(answer.row.no_update for answer in counted)
        done = sum(answer.row.action.status in DONE for answer in counted)
        parts = [f"Answered by {len(counted)} action{'' if len(counted) == 1 else 's'}"]
        parts += [f"{late} overdue"] if late else []
        parts += [f"{silent} with no update received"] if silent else []
        return ", ".join([*parts, f"{done or 'none'} complete"])

    @property
    def _why_none(self) -> str:
        if not self.answers:
            return "No action answers it"
        drafted = any(answer.row.action.plan.state == Plan.State.DRAFT for answer in self.answers)
        return "No agreed action answers it so far" if drafted else "No action answers it any more"


@dataclass(frozen=True)
class Source:
    """A review, inspection or audit with its recommendations in order."""

    source: RecommendationSource
    recommendations: tuple[Answered, ...]

    @property
    def unanswered(self) -> int:
        return sum(not each.counted for each in self.recommendations)


def sources_of(board, actions, *, on, at) -> list[Source]:
    """The sources of a board, each recommendation with those of these actions that answer it; the number of queries
    does not grow with them.

    Args:
        actions: a queryset from `listing.listed` of what the reader may read.
    """
    links = ActionRecommendation.objects.filter(
        recommendation__board=board, until__isnull=True, action__in=actions.values("pk")
    )
    pairs = list(links.order_by("action__plan", "action__position").values_list("recommendation", "action"))
    rows = {row.action.pk: row for row in reading.rows(actions, {action for _, action in pairs}, on=on, at=at)}
    answers = defaultdict(list)
    for recommendation, pk in pairs:
        action = rows[pk].action
        counts = action.plan.state != Plan.State.DRAFT and action.status != Status.WITHDRAWN
        answers[recommendation].append(Answer(rows[pk], counts))
    return [
        Source(
            source,
            tuple(Answered(each.number, each.text, tuple(answers[each.pk])) for each in source.recommendations.all()),
        )
        for source in RecommendationSource.objects.filter(board=board).prefetch_related("recommendations")
    ]
