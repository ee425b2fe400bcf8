"""What was said about one action, quarter by quarter, and what happened to it, newest first.

The latest unsuperseded words of the lead are the truth about an action (actions.standing); here everything that
was said stands side by side. The day is given; who may see what is asked in actions.permissions and passed in.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localdate

from actions.deadlines import DONE
from actions.models import DateChange, Note, OwnerRole, Round, Status, Submission, Update
from actions.permissions import without_internal_notes, without_others_drafts
from actions.rounds import added_after, rounds_known
from actions.standing import HEARD
from actions.succession import ancestors_of
from boards.models import Event, ReportingPeriod
from boards.periods import quarter_of
from boards.redaction import details_of
from boards.sentences import sentence

SHOWN = 40
"""Lines of an action's history on its page, until somebody asks for all of them."""


def said(action):
    """Everything on the record of an action, newest first, with what a page shows of each."""
    return list(
        Update.objects.filter(action=action)
        .select_related("owner", "by", "rating", "period", "superseded_by", "submission__submitted_by")
        .prefetch_related("step_ticks__step")
        .order_by("-on", "-id")
    )


def notes(action, *, internal):
    """Progress notes of an action, newest first; internal ones only for those who keep the plan."""
    found = Note.objects.filter(action=action).select_related("by").order_by("-on", "-id")
    return list(found if internal else found.filter(internal=False))


def stands(update):
    """Whether nothing has superseded these words."""
    return getattr(update, "superseded_by", None) is None


def last_said(updates, owner_id):
    """The latest words of one owner that still stand; `updates` newest first."""
    return next((update for update in updates if update.owner_id == owner_id and stands(update)), None)


@dataclass
class Quarter:
    """One reporting period of one action. `silent`: the lead never answered; `asked`: the answer is still due."""

    label: str
    starts: date
    lead: list[Update] = field(default_factory=list)
    joint: list[Update] = field(default_factory=list)
    replaced: list[Update] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    silent: bool = False
    asked: Round | None = None

    @property
    def says_something(self):
        return bool(self.lead or self.joint or self.replaced or self.notes or self.silent or self.asked)


def known(rows, on, known_by):
    """Of updates or notes, those of a day or earlier that were recorded by a moment."""
    return [row for row in rows if row.on <= on and row.at <= known_by]


def quarters(action, updates, notes, on, *, known_by=None):
    """What was said each quarter, newest first; a quarter in which nothing was said and nothing owed is left out.

    Args:
        updates, notes: all of them, or those `known` by a moment; what another of these updates supersedes is replaced.
        known_by: rounds that were opened later do not count.
    """
    periods = list(ReportingPeriod.objects.filter(board=action.board_id, starts__lte=on).order_by("starts"))
    spans = {period.pk: Quarter(period.label, period.starts) for period in periods}
    elsewhere: dict[str, Quarter] = {}

    def span(day, period_id=None):
        period = period_id or next((p.pk for p in periods if p.starts <= day <= p.ends), None)
        if period in spans:
            return spans[period]
        computed = quarter_of(day, action.board.quarter_start_month)
        return elsewhere.setdefault(computed.label, Quarter(computed.label, computed.starts))

    leads = set(OwnerRole.objects.filter(action=action, role=OwnerRole.Role.LEAD).values_list("owner_id", flat=True))
    replaced = {update.supersedes_id for update in updates}
    for update in updates:
        quarter = span(update.on, update.period_id)
        kept = quarter.lead if update.owner_id in leads else quarter.joint
        (quarter.replaced if update.pk in replaced else kept).append(update)
    for note in notes:
        span(note.on).notes.append(note)
    _mark_silence(action, periods, spans, on, known_by)
    found = [*spans.values(), *elsewhere.values()]
    return sorted((quarter for quarter in found if quarter.says_something), key=lambda q: q.starts, reverse=True)


def _mark_silence(action, periods, spans, on, known_by):
    """Say of each period that was asked about that nothing has been received: yet, or at all."""
    plan = action.plan
    if plan.state != plan.State.AGREED or plan.as_at or plan.agreed_on is None:
        return
    rounds, first = _rounds(plan, known_by), action.versions.filter(number=1).get()
    status = Status.NOT_STARTED
    for period in periods:
        quarter, asked = spans[period.pk], rounds.get(period.pk)
        if quarter.lead:
            status = quarter.lead[0].status
        if any(update.source in HEARD for update in quarter.lead) or status in (*DONE, Status.WITHDRAWN):
            continue
        due = asked.due if asked else period.ends
        if plan.agreed_on <= due and not added_after(first, period):
            quarter.silent = due < on
            quarter.asked = asked if asked and asked.opens <= on <= asked.due else None


def _rounds(plan, known_by):
    """{period id: the round that asks about this plan}, its own before one for all the board's plans."""
    found = {}
    opened = rounds_known(known_by)
    for row in opened.filter(board=plan.board_id, plan__isnull=True):
        found[row.period_id] = row
    for row in opened.filter(plan=plan):
        found[row.period_id] = row
    return found


@dataclass(frozen=True)
class Line:
    """One line of the history: what happened and who did it, and when."""

    sentence: str
    at: datetime


@dataclass(frozen=True)
class Timeline:
    """The history of an action, [(quarter label, lines)] newest first; `total` counts what is left out too."""

    quarters: list[tuple[str, list[Line]]]
    shown: int
    total: int


def timeline(action, *, internal, on_their_way, limit=SHOWN, known_by=None):
    """The history of one action out of the audit trail.

    Args:
        internal: whether this reader sees internal notes.
        on_their_way: the owners whose quarterly updates this reader sees before they are on the record; True for all.
        limit: how many lines; None for all.
        known_by: nothing that happened later is told.
    """
    events = Event.objects.filter(board=action.board_id, subject_kind="action", subject_id=action.pk)
    if on_their_way is not True:
        events = without_others_drafts(events, on_their_way)
    if not internal:
        events = without_internal_notes(events, action.board_id)
    if known_by is not None:
        events = events.filter(at__lte=known_by)
    total = events.count()
    lines = defaultdict(list)
    shown = list(events.order_by("-sequence").prefetch_related("details")[:limit])
    details = details_of(shown)
    for event in shown:
        label = quarter_of(localdate(event.at), action.board.quarter_start_month).label
        lines[label].append(Line(sentence(event, details[event.pk]), event.at))
    return Timeline(list(lines.items()), sum(map(len, lines.values())), total)


def waiting(action, submissions):
    """Quarterly updates of this action that have been submitted and not yet read, out of those somebody may read."""
    return list(
        submissions.filter(action=action, state=Submission.State.SUBMITTED)
        .select_related("owner", "submitted_by", "round__period")
        .order_by("submitted_at")
    )


def on_their_way(action, submissions, owners):
    """What these owners' people have begun or sent about this action and is not on the record, newest first."""
    if not owners:
        return []
    return list(
        submissions.filter(action=action, owner__in=owners)
        .exclude(state=Submission.State.ACCEPTED)
        .select_related("owner", "saved_by", "submitted_by", "reviewed_by", "round__period")
        .order_by("-saved_at")
    )


def times_moved(action):
    """How often the date of an action slipped, and of what it came from."""
    return DateChange.objects.filter(
        action__in=[action.pk, *ancestors_of(action)], step__isnull=True, kind=DateChange.Kind.MOVED
    ).count()


def notes_since(notes, update):
    """Notes written since an owner's last words; `notes` newest first. Without words, those of the last half year."""
    if update is None:
        return notes[:10]
    return [note for note in notes if note.at > update.at]
