"""One action as the quarterly update sees it: what was promised, how it stood on the day, what was said in the quarter.

Plain data, cleaned of characters that could harm a page or a paper. Which actions are asked, and what is counted of
them, is in reports.figures.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.timezone import localdate

from actions import rag
from actions.deadlines import DONE, date_state
from actions.models import Action, ActionPriority, ActionVersion, Evidence, OwnerRole, Status, Succession, Update
from actions.reading import age
from actions.rounds import added_after
from actions.standing import with_dates
from actions.succession import became
from cseplan.text import clean_line, clean_text

NO_UPDATE, COMPLETE, WITHDRAWN = "no_update", "complete", "withdrawn"
"""What an action counts as where no rating decides; see `rag.track` for the rest."""

OWN_DATES = ("%d %B %Y", "%B %Y")
"""Ways of writing a date that say no more than the date."""


@dataclass(frozen=True)
class Rated:
    """A step of a rating scale, as it is shown: its word and its colour."""

    word: str
    colour: str
    severity: int


@dataclass(frozen=True)
class EvidenceLine:
    """What shows that something was done, and who has seen it."""

    shows: str
    kind: str
    where: str
    dated: date | None
    seen_by: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One action. `group` is the one headline figure it counts in; `heard` whether that needs no reservation;
    `unread` whether an update had come that nobody had read yet; `words_of` whose words they are, where another leads
    now."""

    action: int
    board: str
    plan: str
    plan_title: str
    reference: str
    promise: str
    section: str
    objective: str
    strands: tuple[str, ...]
    top_priority: bool
    lead: str
    joint_leads: tuple[str, ...]
    first_due: date | None
    due: date | None
    next_due: date | None
    due_words: str
    times_moved: int
    times_passed_on: int
    date_state: str
    days_overdue: int
    date_words: str
    status: str
    group: str
    rating: Rated | None
    heard: bool
    unread: bool
    heard_on: date | None
    age: str
    travel: str
    disagrees: tuple[str, ...]
    said_on: date | None
    words: str
    words_of: str
    joint_words: tuple[tuple[str, str], ...]
    reason: str
    next_steps: str
    ended_this_quarter: bool
    ended_on: date | None
    accepted_by: str
    evidence: tuple[EvidenceLine, ...]

    @property
    def is_open(self) -> bool:
        return self.group not in (COMPLETE, WITHDRAWN)

    @property
    def is_overdue(self) -> bool:
        return self.date_state == "overdue"

    @property
    def days_slipped(self) -> int:
        """How many days later than first promised the date is now."""
        return max(0, (self.due - self.first_due).days) if self.due and self.first_due else 0

    @property
    def step_is_first(self) -> bool:
        """Whether the date still to be met is a step's, before the action's own."""
        return self.next_due is not None and self.next_due != self.due


def actions_of(plans):
    """The actions of these plans that a shared report may speak of, with all that a line needs fetched along.

    Those of limited circulation are not among them: no count, list or page says that they exist.
    """
    return (
        with_dates(Action.objects.filter(plan__in=plans, limited=False))
        .select_related("plan__board", "section__priority", "objective__section", "timescale")
        .prefetch_related(
            Prefetch("owner_roles", OwnerRole.objects.select_related("owner", "since", "until")),
            Prefetch("action_priorities", ActionPriority.objects.select_related("priority", "since", "until")),
            Prefetch("versions", ActionVersion.objects.select_related("by", "meeting").order_by("number")),
            Prefetch("evidence", Evidence.objects.prefetch_related("sightings__by")),
        )
        .annotate(succeeds=Exists(Succession.objects.filter(to_action=OuterRef("pk"))))
        .order_by("plan", "position", "id")
    )


def written(action, stand) -> bool:
    """Whether it was there at a moment: what takes another's place never counts beside it, and what the board added to
    an agreed plan counts from the period in which it did."""
    first = action.versions.all()[0]
    later = first.at > stand.known_by and (action.succeeds or first.reason)
    return not (later or added_after(first, stand))


def said_in(standing, stand) -> list[Update]:
    """What the lead said for a quarter. An update's own period says which; another board's counts where it ends."""
    return [update for update in standing.said if _belongs(update, stand)]


def _belongs(update, stand):
    last = update.period.ends if update.period else update.on
    return stand.starts <= last <= stand.ends


def group_of(standing, stand, scales) -> str:
    """The one headline figure an action counts in.

    What is complete or embedded has been accepted and owes no further update; what is only proposed complete is
    still open. An open action whose lead said nothing for the quarter counts as no update received, whatever its
    last rating.
    """
    if standing.status == Status.WITHDRAWN:
        return WITHDRAWN
    if standing.status in DONE:
        return COMPLETE
    if not said_in(standing, stand):
        return NO_UPDATE
    return rag.track(standing.rating, scales.get(standing.rating.scale_id, ()) if standing.rating else ())


def overdue_then(standing, stand) -> bool:
    """Whether an action was overdue at that moment."""
    return date_state(standing.next_due, standing.status, stand.as_at).is_overdue


def line_of(action, standing, before, span, scales, *, unread=False) -> Line:
    """One action on the day of the report, beside where it stood a quarter before."""
    now = span.now
    group = group_of(standing, now, scales)
    heard = group != NO_UPDATE
    said = said_in(standing, now)
    last = standing.update
    state = date_state(standing.next_due, standing.status, now.as_at)
    roles = _standing_parts(action.owner_roles.all(), now)
    evidence = tuple(_evidence(row) for row in action.evidence.all() if row.at <= now.known_by)
    ended = standing.status in (*DONE, Status.WITHDRAWN)
    ended_now = ended and (before is None or before.status not in (*DONE, Status.WITHDRAWN))
    spoken = said[-1] if said else last if ended_now else None
    return Line(
        action=action.pk,
        board=action.plan.board.slug,
        plan=action.plan.slug,
        plan_title=clean_line(action.plan.title),
        reference=clean_line(action.reference),
        promise=clean_text(_version(action, now).wording),
        section=clean_line(str(action.section or (action.objective and action.objective.section) or "")),
        objective=clean_line(str(action.objective or "")),
        strands=_strands(action, now),
        top_priority=action.top_priority,
        lead=next(iter(_owners(roles, OwnerRole.Role.LEAD, now)), "No lead named"),
        joint_leads=_owners(roles, OwnerRole.Role.JOINT_LEAD, now),
        first_due=standing.first_due,
        due=standing.due,
        next_due=standing.next_due,
        due_words=_own_words(action, standing),
        times_moved=len(standing.moves),
        times_passed_on=standing.passed_on,
        date_state=state.state,
        days_overdue=state.days if state.is_overdue else 0,
        date_words=state.words,
        status=_status(standing),
        group=group,
        rating=_rated(standing.rating),
        heard=heard,
        unread=unread and not heard,
        heard_on=standing.heard_on,
        age=age(standing.heard_on, now.as_at),
        travel=_travel(before, standing, span) if said else "",
        disagrees=tuple(_disagreements(action, standing, evidence, state, now)) if heard else (),
        said_on=spoken.on if spoken else None,
        words=_words(spoken) if spoken else "",
        words_of=_led_before(spoken, roles, now),
        joint_words=_joint_words(standing, now),
        reason=_reason(standing),
        next_steps=clean_text(last.next_steps) if last else "",
        ended_this_quarter=ended_now,
        ended_on=last.on if ended else None,
        accepted_by=_accepted_by(last) if ended else "",
        evidence=evidence,
    )


def _status(standing):
    """Of an action that goes on elsewhere, what became of it."""
    handed_on = standing.became if standing.status == Status.WITHDRAWN else ()
    return clean_line(became(handed_on, over=True)) or Status(standing.status).label


def _rated(rating):
    return rating and Rated(clean_line(rating.word), rating.colour, rating.severity)


def _own_words(action, standing):
    """The board's own words about the date, where they say more than the dates beside them."""
    text = clean_line(action.timescale.text if action.timescale else "")
    said = {f"{due:{form}}".lstrip("0") for due in (standing.due, standing.first_due) if due for form in OWN_DATES}
    return "" if text in said else text


def _words(update):
    return clean_text(update.words) or "Nothing has changed."


def _led_before(update, roles, stand):
    """Whose words these are, where somebody else leads on the day of the report."""
    if update is None:
        return ""
    leads = {row.owner_id for row in roles if row.role == OwnerRole.Role.LEAD and row.holds_on(stand.as_at)}
    return "" if update.owner_id in leads else clean_line(update.owner.name)


def _joint_words(standing, stand):
    said = [update for update in standing.joint.values() if _belongs(update, stand)]
    return tuple((clean_line(update.owner.name), _words(update)) for update in said)


def _version(action, stand):
    """The wording as it was known on the day; the first one for an action entered since."""
    versions = action.versions.all()
    return next((row for row in reversed(versions) if row.at <= stand.known_by), versions[0])


def _standing_parts(parts, stand):
    """Parts of the definition that stood on the day."""
    return [
        part
        for part in parts
        if (part.since.number == 1 or part.since.at <= stand.known_by)
        and (part.until is None or part.until.at > stand.known_by)
    ]


def _owners(roles, role, stand):
    names = [clean_line(row.owner.name) for row in roles if row.role == role and row.holds_on(stand.as_at)]
    return tuple(names)


def _strands(action, stand):
    """The strands an action serves; where it names none, its section's."""
    own = [part.priority for part in _standing_parts(action.action_priorities.all(), stand)]
    if not own and action.section and action.section.priority:
        own = [action.section.priority]
    return tuple(clean_line(row.name) for row in sorted(own, key=lambda row: (row.position, row.pk)))


def _travel(before, standing, span):
    if before is None:
        return ""
    way = rag.travel(before.rating, standing.rating)
    return f"{rag.TRAVEL[way]} {span.before.label or 'before'}" if way else ""


def _disagreements(action, standing, evidence, state, stand):
    found = rag.disagreements(
        status=standing.status,
        rating=standing.rating,
        next_due=standing.next_due,
        heard_on=standing.heard_on,
        timescale_kind=action.timescale.kind if action.timescale else "none",
        has_evidence=bool(evidence),
        on=stand.as_at,
        since=action.plan.agreed_on,
    )
    return [clean_line(sentence) for sentence in found]


def _reason(standing):
    """Why an action is not where it should be: the later of the last move's reason and the last rating's."""
    move = standing.moves[-1] if standing.moves else None
    update = standing.update
    if update and update.reason and (move is None or update.on >= move.on):
        return clean_text(update.reason)
    return clean_text(move.why) if move else ""


def _evidence(row):
    return EvidenceLine(
        shows=clean_text(row.shows),
        kind=row.get_kind_display(),
        where=clean_text(row.where),
        dated=row.dated,
        seen_by=tuple(clean_line(str(sighting.by)) for sighting in row.sightings.all()),
    )


def _accepted_by(update):
    if update.source == Update.Source.IMPORT:
        return "imported, unchecked"
    how = "accepted" if update.source in (Update.Source.SUBMISSION, Update.Source.DECISION) else "entered"
    return clean_line(f"{how} by {update.by}")


def worded_again(action, span):
    """Versions of an action that came into force since the last quarterly update."""
    return [
        row
        for row in action.versions.all()
        if row.pk > (action.first_version_id or 0)
        and row.number > 1
        and row.at <= span.now.known_by
        and span.before.as_at < localdate(row.at) <= span.now.as_at
    ]


def added(action, span):
    """The first version of an action that the board added to an agreed plan in the period."""
    first = action.versions.all()[0]
    return first if first.reason and not added_after(first, span.now) and added_after(first, span.before) else None


def waits(line: Line) -> bool:
    """Whether completion was proposed and nobody has accepted it yet."""
    return line.is_open and line.status == Status.PROPOSED_COMPLETE.label
