"""Which days a quarterly update speaks of: as at when, by what was known, and which quarter it is compared with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from actions.models import Round
from boards.models import ReportingPeriod
from boards.periods import last_moment, quarter_of
from cseplan.text import clean_line


@dataclass(frozen=True)
class Stand:
    """A reporting period and the moment at which its figures stand; without a row, the time before the first."""

    period: ReportingPeriod | None
    starts: date
    ends: date
    as_at: date
    known_by: datetime

    @property
    def label(self) -> str:
        return clean_line(self.period.label) if self.period else ""


@dataclass(frozen=True)
class Span:
    """This quarter, the one before it, and the last day of the one after."""

    now: Stand
    before: Stand
    next_ends: date
    open_until: date | None
    """The day the quarter's last round closes, when that is still to come."""
    due: date | None
    """The day by which the quarter's updates are due, when that is still to come: until then silence means nothing."""


def span_of(board, period, *, on: date, known_by: datetime, plan=None) -> Span:
    """Where the figures of a period stand when asked for on a day.

    They stand at the later of the period's end and the close of its last round, or today when that is still to
    come; and they hold only what was known by the end of that day. So the figures of a quarter that is over do not
    change with what is entered later, and each quarter is compared with exactly what was reported of the last.
    """
    earlier = ReportingPeriod.objects.filter(board=board, starts__lt=period.starts).order_by("starts").last()
    later = ReportingPeriod.objects.filter(board=board, starts__gt=period.ends).order_by("starts").first()
    rounds = list(_rounds(board, [row for row in (earlier, period) if row], plan))
    closes = {row.period_id: row.closes for row in rounds}
    now = _stand(period, closes, on, known_by)
    if earlier:
        before = _stand(earlier, closes, on, known_by)
    else:
        eve = period.starts - timedelta(days=1)
        before = Stand(None, eve, eve, min(on, eve), min(known_by, last_moment(min(on, eve))))
    following = later or quarter_of(period.ends + timedelta(days=1), board.quarter_start_month)
    last = closes.get(period.pk)
    due = min((row.due for row in rounds if row.period_id == period.pk), default=None)
    return Span(
        now=now,
        before=before,
        next_ends=following.ends,
        open_until=last if last and last >= on else None,
        due=due if due and due >= on else None,
    )


def _rounds(board, periods, plan):
    """The rounds of these periods that ask about the plan, or about any; the last to close comes last."""
    rounds = Round.objects.filter(board=board, period__in=periods).order_by("closes")
    if plan is not None:
        rounds = rounds.filter(Q(plan=plan) | Q(plan__isnull=True))
    return rounds


def _stand(period, closes, on, known_by):
    as_at = min(on, max(period.ends, closes.get(period.pk, period.ends)))
    return Stand(period, period.starts, period.ends, as_at, min(known_by, last_moment(as_at)))


def periods_begun(board, on: date):
    """The reporting periods a board can be told about: all that have begun, newest first."""
    return ReportingPeriod.objects.filter(board=board, starts__lte=on).order_by("-starts")
