"""Which actions answer what a review, inspection or audit recommended, where they stand, and what nothing answers.

Only an action that the board has agreed answers a recommendation. One of a draft, and one that is withdrawn, is shown
and said to be so, and does not count. Only actions handed in are shown or counted, so that nobody is told of one that
they may not read.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from actions import reading
from actions.deadlines import DONE
from actions.models import ActionRecommendation, Plan, Recommendation, RecommendationSource, Status
from boards.labels import USUAL, Labels

NOT_DRAFT = ~Q(plan__state=Plan.State.DRAFT)

COUNTED = NOT_DRAFT & ~Q(status=Status.WITHDRAWN)
"""Actions that count as an answer; `Answer.counts` says the same of one in hand."""

NOTHING, OVERDUE, SILENT, OPEN = "nothing", "overdue", "silent", "open"
"""What recommendations can be narrowed by."""

NARROWED = {
    NOTHING: "With no action",
    OVERDUE: "With an overdue action",
    SILENT: "With no update received",
    OPEN: "Not all of it complete",
}


@dataclass(frozen=True)
class Answer:
    """An action that answers a recommendation, as a row of a list."""

    row: reading.ActionRow

    @property
    def is_draft(self) -> bool:
        return self.row.plan.state == Plan.State.DRAFT

    @property
    def counts(self) -> bool:
        return not self.is_draft and self.row.action.status != Status.WITHDRAWN

    @property
    def is_over(self) -> bool:
        """Nobody follows it up any more: its plan is closed, or the record of an old one."""
        return self.row.plan.state == Plan.State.CLOSED or bool(self.row.plan.as_at)

    @property
    def is_done(self) -> bool:
        return self.row.action.status in DONE

    @property
    def is_late(self) -> bool:
        return self.row.state.is_overdue

    @property
    def plan_note(self) -> str:
        """What is particular about the plan it stands in."""
        plan = self.row.plan
        if plan.as_at:
            return f"Record of an old plan, as at {plan.as_at:%-d %B %Y}"
        if plan.state == Plan.State.CLOSED:
            return f"Plan closed {plan.closed_on:%-d %B %Y}"
        return "Draft, not yet agreed" if self.is_draft else ""


@dataclass(frozen=True)
class Answered:
    """One recommendation with the actions that answer it. `fixed` once a plan that was agreed has answered it."""

    row: Recommendation
    answers: tuple[Answer, ...]
    fixed: bool

    @property
    def counted(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.counts]

    @property
    def drafted(self) -> int:
        return sum(answer.is_draft for answer in self.answers)

    @property
    def summary(self) -> str:
        """Where the answers stand, in words."""
        counted = self.counted
        if not counted:
            said = f"No action answers it{' any more' if len(self.answers) > self.drafted else ''}"
        else:
            said = ", ".join([f"Answered by {_actions(len(counted))}", *self._states(counted)])
        return f"{said}; a draft has {_actions(self.drafted)} for it" if self.drafted else said

    def _states(self, counted):
        late, silent = sum(answer.is_late for answer in counted), sum(answer.row.no_update for answer in counted)
        done, over = sum(answer.is_done for answer in counted), sum(answer.is_over for answer in counted)
        yield from [f"{late} overdue"] if late else []
        yield from [f"{silent} with no update received"] if silent else []
        yield f"{done or 'none'} complete"
        yield from [f"{over} of a plan that is over"] if over else []

    def is_narrowed_by(self, what: str) -> bool:
        """Whether it is among those of NARROWED, or of all of them when nothing is asked."""
        counted = self.counted
        return {
            NOTHING: lambda: not counted,
            OVERDUE: lambda: any(answer.is_late for answer in counted),
            SILENT: lambda: any(answer.row.no_update for answer in counted),
            OPEN: lambda: not counted or not all(answer.is_done for answer in counted),
        }.get(what, lambda: True)()


def _actions(number: int) -> str:
    return f"{number} action{'' if number == 1 else 's'}"


class SourceLine(NamedTuple):
    """A review, inspection or audit in a line: how many recommendations it has, and how many nothing answers."""

    source: RecommendationSource
    total: int
    unanswered: int


def source_headings(labels: Labels = USUAL) -> tuple[str, ...]:
    return ("Title", "Kind", "Date", labels.recommendation.Many, "With no action")


def sources_as_lines(lines: list[SourceLine]) -> list[tuple[str, ...]]:
    """Reviews, inspections and audits as a table to take away, under `source_headings`."""
    return [
        (
            line.source.title,
            line.source.get_kind_display(),
            line.source.dated.isoformat() if line.source.dated else "",
            str(line.total),
            str(line.unanswered),
        )
        for line in lines
    ]


def source_lines(board, actions) -> list[SourceLine]:
    """The sources of a board; three queries however many there are.

    Args:
        actions: those that the reader may read.
    """
    answered = set(_links(actions.filter(COUNTED)).values_list("recommendation", flat=True))
    sources = RecommendationSource.objects.filter(board=board).prefetch_related("recommendations")
    lines = []
    for source in sources:
        rows = source.recommendations.all()
        lines.append(SourceLine(source, len(rows), sum(row.pk not in answered for row in rows)))
    return lines


def answered(source, actions, *, on, at) -> list[Answered]:
    """The recommendations of a source in order, each with those of these actions that answer it; the number of queries
    does not grow with them.

    Args:
        actions: a queryset from `listing.listed` of what the reader may read.
    """
    pairs = list(
        _links(actions)
        .filter(recommendation__source=source)
        .order_by("action__plan", "action__position")
        .values_list("recommendation", "action")
    )
    rows = {row.action.pk: row for row in reading.rows(actions, {action for _, action in pairs}, on=on, at=at)}
    answers = defaultdict(list)
    for recommendation, action in pairs:
        answers[recommendation].append(Answer(rows[action]))
    fixed = set(fixed_of(source.recommendations.all()).values_list("pk", flat=True))
    return [Answered(row, tuple(answers[row.pk]), row.pk in fixed) for row in source.recommendations.all()]


def _links(actions):
    return ActionRecommendation.objects.filter(until__isnull=True, action__in=actions.values("pk"))


def fixed_of(recommendations):
    """Of these recommendations, those whose words stay as they are: a plan that was agreed has answered them, or does.

    The trigger on the table says the same (actions.invariants).
    """
    answers = ActionRecommendation.objects.exclude(action__plan__state=Plan.State.DRAFT)
    return recommendations.filter(pk__in=answers.values("recommendation"))


def headings(labels: Labels = USUAL) -> tuple[str, ...]:
    """Of the columns of `as_lines`."""
    return (
        "Number", labels.recommendation.One, "Where it stands", "Plan", "State of the plan", "Reference", "Action",
        "Lead", "Status", "Rating", "Update", "Due", "First due", "Date", "Circulation",
    )  # fmt: skip


def as_lines(found: list[Answered]) -> Iterator[tuple[str, ...]]:
    """A table of recommendations, with a line for each action, or one line where there is none."""
    for each in found:
        start = (str(each.row.number), each.row.text, each.summary)
        for answer in each.answers:
            row = answer.row
            yield (
                *start,
                row.plan.title,
                answer.plan_note or "Agreed",
                row.reference,
                row.promise,
                row.lead.owner.name if row.lead else "No lead named",
                row.status_words,
                row.rating.word if row.rating else "Not yet rated",
                f"No update received, last heard: {row.age}" if row.no_update else "",
                _day(row.action.due),
                _day(row.action.first_due),
                row.state.words,
                "Limited circulation" if row.action.limited else "",
            )
        if not each.answers:
            yield (*start, *[""] * 12)


def _day(day) -> str:
    return day.isoformat() if day else ""
