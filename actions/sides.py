"""The two sides of a comparison, read from the record: what a plan said on a day, and which actions came of which.

What held on a day is asked of `actions.as_at`; what differs is told by `actions.comparing`. The number of queries is
the same however many actions there are.
"""

from collections import defaultdict
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, prefetch_related_objects

from actions import as_at
from actions.comparing import Comparison, Link, Said, of_two_plans, on_two_days
from actions.models import (
    Action,
    ActionPriority,
    ActionRecommendation,
    DateChange,
    Measure,
    Milestone,
    Plan,
    Status,
    Succession,
    Update,
)
from actions.models.promises import in_definition
from actions.saying import milestone_words, step_words
from boards.models import Event
from boards.periods import last_moment


def past_on(plan: Plan, on: date) -> as_at.Past | None:
    """A plan as it stood on a day and was known by its end."""
    return as_at.past_of(plan, on=on, known_by=last_moment(on))


def compared(before: as_at.Past, after: as_at.Past, written) -> Comparison:
    """What differs between two days of one plan, or between two plans of one board.

    Args:
        written: the actions that the reader may read, those taken out of a draft included.
    """
    then, now = (_said(past, written) for past in (before, after))
    corrected = _corrected(before, after, now)
    if before.plan.pk == after.plan.pk:
        links = _links(before, written, since=before.known_by, until=after.known_by)
        return on_two_days(then, now, _told(links, then, now, written), corrected)
    links = _links(before, written, until=max(before.known_by, after.known_by))
    return of_two_plans(then, now, _told(_along(links, then, now), then, now, written), corrected)


def _said(past, written):
    """{action: what it said}, in the plan's order."""
    rows = as_at.rows(written.filter(plan=past.plan.pk), past)
    standing = in_definition(past.known_by)
    answers = ActionRecommendation.objects.filter(standing).select_related("recommendation")
    prefetch_related_objects(
        [row.action for row in rows],
        "section__priority",
        Prefetch("action_priorities", ActionPriority.objects.filter(standing).select_related("priority")),
        Prefetch("measures", Measure.objects.filter(standing)),
        Prefetch("milestones", Milestone.objects.filter(standing).select_related("timescale")),
        Prefetch("action_recommendations", answers),
    )
    return {row.action.pk: _of_row(row) for row in rows}


def _of_row(row):
    action, version, owners = row.action, row.action.version, defaultdict(list)
    for part in row.parts:
        owners[part.word].append(part.owner.name)
    return Said(
        action=action.pk,
        reference=row.reference,
        wording=version.wording,
        placed=_placed(action),
        details=tuple((label, tuple(lines)) for label, lines in _details(action) if lines),
        owners=tuple((word, tuple(names)) for word, names in owners.items()),
        due=action.due,
        due_words=row.due_words,
        first_due=action.first_due,
        moves=row.moved,
        status=action.get_status_display(),
        withdrawn=action.status == Status.WITHDRAWN,
        rating=row.rating.word if row.rating else "",
        colour=row.rating.colour if row.rating else "",
        limited=action.limited,
        plan=action.plan.slug,
        taken_out=action.removed_at is not None,
    )


def _placed(action):
    named = [str(part.priority) for part in action.action_priorities.all()]
    if not named and action.section and action.section.priority:
        named = [str(action.section.priority)]
    return (
        ("Section", str(action.section or "")),
        ("Objective", str(action.objective or "")),
        ("Strategic priorities", ", ".join(sorted(named))),
        ("Top priority", "Yes" if action.top_priority else "No"),
    )


def _details(action):
    yield "Steps", [step_words(step) for step in action.steps.all()]
    yield "Measures", [measure.text for measure in action.measures.all()]
    yield "Milestones", [milestone_words(milestone) for milestone in action.milestones.all()]
    yield "Outcome", [action.version.outcome] if action.version.outcome else []
    yield "Recommendations", [str(part.recommendation) for part in action.action_recommendations.all()]


def _corrected(before, after, now):
    """{action: (the date it was read as, the date it means)} of misreadings that only the later day knows of."""
    changes = DateChange.objects.filter(
        action__in=now, step__isnull=True, kind=DateChange.Kind.CORRECTION, on__lte=after.on, at__lte=after.known_by
    )
    if before.plan.pk == after.plan.pk:
        changes = changes.exclude(on__lte=before.on, at__lte=before.known_by)
    found: dict[int, tuple[date | None, date | None]] = {}
    for change in changes.order_by("on", "id"):
        first = found.get(change.action_id, (change.from_due, None))[0]
        found[change.action_id] = (first, change.to_due)
    return found


def _links(past, written, *, until, since=None):
    """What came of what on the board by a moment, as (kind, origin, end, whether the board had yet to agree it), where
    the reader may read both."""
    links = Succession.objects.filter(board=past.plan.board_id, at__lte=until)
    if since:
        links = links.filter(at__gt=since)
    readable = written.filter(board=past.plan.board_id).values("pk")
    links = links.filter(from_action__in=readable, to_action__in=readable)
    links = links.annotate(pending=_pending(until)).order_by("at", "id")
    return list(links.values_list("kind", "from_action", "to_action", "pending"))


def _pending(until):
    """Whether, at a moment, an action was open where it stood because what it goes on in was still a draft."""
    agreed_later = Event.objects.filter(
        subject_kind="plan", subject_id=OuterRef("to_action__plan"), verb="plan.agreed", at__gt=until
    )
    over = Update.objects.filter(
        action=OuterRef("from_action"), source=Update.Source.DECISION, status=Status.WITHDRAWN, at__lte=until
    )
    draft = Q(to_action__plan__agreed_on__isnull=True) | Exists(agreed_later)
    return ExpressionWrapper(draft & ~Exists(over), BooleanField())


def _along(links, then, now):
    """The links from one plan to another, over actions of others in between; and where else an action went on."""
    following = defaultdict(list)
    for kind, origin, end, pending in links:
        following[origin].append((kind, end, pending))
    found = []
    for origin in then:
        waiting, met = list(following[origin]), set()
        while waiting:
            kind, end, pending = waiting.pop()
            if end in met:
                continue
            met.add(end)
            if end in now or not following[end]:
                found.append((kind, origin, end, pending))
            else:
                waiting += [(_together(kind, later), further, waits) for later, further, waits in following[end]]
    return found


def _together(kind, later):
    """One word for two links in a row: carried over and then split is split."""
    return later if kind == Succession.Kind.CARRIED else kind


def _told(links, then, now, written):
    """Links as a comparison takes them, the ends in neither list named in words."""
    ends = {end for _, origin, end, _ in links if origin in then and end not in now}
    elsewhere = {
        action.pk: f"action {action.reference} of {action.plan}"
        for action in Action.ever_written.filter(pk__in=ends).select_related("plan")
    }
    return [Link(kind, origin, end, elsewhere.get(end, ""), pending) for kind, origin, end, pending in links]
