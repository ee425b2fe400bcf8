"""What is counted in the quarterly update: headline figures, ratings, strands, leads, recommendations.

An action of limited circulation never comes here, a withdrawn one is not counted, and every other counts once:
by its headline group, and by its rating or as no update received.
"""

from collections import Counter, defaultdict

from django.db.models import Q

from actions.models import ActionRecommendation, Recommendation
from actions.rag import AT_RISK, NOT_RATED, OFF_TRACK, ON_TRACK, track
from boards.labels import labels_of
from cseplan.colours import NO_UPDATE as NO_UPDATE_COLOUR
from cseplan.colours import NOT_RATED as NOT_RATED_COLOUR
from cseplan.text import clean_line, clean_text
from reports.contents import Answered, Headline, LeadLine, RatingTotal, Segment, Strand
from reports.lines import COMPLETE, NO_UPDATE, WITHDRAWN

LABELS = {
    ON_TRACK: "On track",
    AT_RISK: "At risk",
    OFF_TRACK: "Off track",
    NO_UPDATE: "No update received",
    COMPLETE: "Complete",
    NOT_RATED: "Not yet rated",
}


def headlines(record) -> dict[str, Headline]:
    counts = Counter(line.group for line in record.lines)
    before = Counter(group for group, _ in record.before) if _compares(record) else None
    words = defaultdict(list)
    for step in record.steps:
        if not step.requires_completion:
            words[track(step, record.steps)].append(clean_line(step.word))
    return {
        group: Headline(group, label, tuple(words[group]), counts[group], None if before is None else before[group])
        for group, label in LABELS.items()
    }


def _compares(record):
    """Whether counts can be set beside the quarter before: not while the updates of this one may still come."""
    return record.before is not None and record.due is None


def _shown_as(line) -> tuple[str, str]:
    """(word, colour) an action is counted under where ratings are counted: each action under exactly one."""
    if line.group == NO_UPDATE:
        return "No update received", NO_UPDATE_COLOUR
    return (line.rating.word, line.rating.colour) if line.rating else ("Not yet rated", NOT_RATED_COLOUR)


def _order(record) -> dict[tuple[str, str], int]:
    """Every (word, colour) that is counted, worst first: the board's own scale, then words of older or other scales."""
    steps = {(clean_line(step.word), step.colour): -step.severity for step in record.steps}
    rated = [line.rating for line in record.lines if line.rating and line.group != NO_UPDATE]
    others = {(rating.word, rating.colour): -rating.severity for rating in rated}
    return {
        **dict(sorted(steps.items(), key=lambda item: item[1])),
        **{shown: place for shown, place in sorted(others.items(), key=lambda item: item[1]) if shown not in steps},
        ("Not yet rated", NOT_RATED_COLOUR): 0,
        ("No update received", NO_UPDATE_COLOUR): 0,
    }


def ratings(record) -> tuple[RatingTotal, ...]:
    open_: Counter = Counter()
    complete: Counter = Counter()
    for line in record.lines:
        if line.group != WITHDRAWN:
            (open_ if line.is_open else complete)[_shown_as(line)] += 1
    before = None
    if _compares(record):
        before = Counter(_shown_before(group, rating) for group, rating in record.before if group != WITHDRAWN)
    said = {
        ("Not yet rated", NOT_RATED_COLOUR): ("An update was received, without a rating", ""),
        ("No update received", NO_UPDATE_COLOUR): (
            "The lead has nothing on the record for the quarter; no last rating counts",
            "",
        ),
        **{(clean_line(step.word), step.colour): _meaning(step, record.steps) for step in record.steps},
    }
    return tuple(
        RatingTotal(
            word=shown[0],
            meaning=said.get(shown, OTHER_SCALE)[0],
            counted_as=said.get(shown, OTHER_SCALE)[1],
            colour=shown[1],
            open=open_[shown],
            complete=complete[shown],
            before=None if before is None else before[shown],
        )
        for shown in _order(record)
    )


OTHER_SCALE = ("A step of an earlier or another board’s scale", "")


def _meaning(step, steps):
    """What a step of the scale means, and which headline figure an open action with it counts in."""
    counted = f"Counted as {LABELS[track(step, steps)].lower()}"
    if step.requires_completion:
        counted = f"Counted as complete once accepted, as {LABELS[track(step, steps)].lower()} until then"
    return clean_line(step.meaning), counted


def _shown_before(group, rating):
    if group == NO_UPDATE:
        return "No update received", NO_UPDATE_COLOUR
    return (clean_line(rating.word), rating.colour) if rating else ("Not yet rated", NOT_RATED_COLOUR)


def strands(record, lines) -> tuple[Strand, ...]:
    order = _order(record)
    unnamed = f"No {labels_of(record.board).priority.one} named"
    counts: dict[str, Counter] = defaultdict(Counter)
    for line in lines:
        for name in line.strands or (unnamed,):
            counts[name][_shown_as(line)] += 1
    places = _strand_places(record)
    names = sorted(counts, key=lambda name: (name not in places, places.get(name), name))
    return tuple(
        Strand(
            name,
            tuple(
                Segment(word, colour, counts[name][word, colour])
                for word, colour in order
                if counts[name][word, colour]
            ),
        )
        for name in names
    )


def _strand_places(record):
    """{strand: its place in the board's own order}; two boards' strands of one name are one."""
    named = [part.priority for action in record.actions for part in action.action_priorities.all()]
    named += [action.section.priority for action in record.actions if action.section and action.section.priority]
    return {clean_line(row.name): (row.board_id != record.board.pk, row.position) for row in named}


def leads(lines) -> tuple[LeadLine, ...]:
    """By name: a list to find oneself in, not a league table."""
    by_lead = defaultdict(list)
    for line in lines:
        by_lead[line.lead].append(line)
    return tuple(
        LeadLine(
            name=name,
            open=sum(line.is_open for line in theirs),
            overdue=sum(line.is_overdue for line in theirs),
            no_update=sum(line.group == NO_UPDATE for line in theirs),
            complete=sum(line.group == COMPLETE for line in theirs),
        )
        for name, theirs in sorted(by_lead.items(), key=lambda item: item[0].casefold())
    )


def recommendations(record) -> tuple[Answered, ...]:
    """Every recommendation of the reviews these plans answer; one that no action here answers shows none."""
    lines = {line.action: line for line in record.lines if line.group != WITHDRAWN}
    answers = defaultdict(list)
    stands = Q(until__isnull=True) | Q(until__at__gt=record.known_by)
    for row in ActionRecommendation.objects.filter(stands, action__in=list(lines)).order_by("action__position", "id"):
        answers[row.recommendation_id].append(lines[row.action_id])
    rows = (
        Recommendation.objects.filter(source__recommendations__in=list(answers))
        .select_related("source")
        .order_by("source__title", "number")
        .distinct()
    )
    return tuple(
        Answered(
            source=clean_line(row.source.title),
            number=row.number,
            text=clean_text(row.text),
            actions=tuple((line.reference, _shown_as(line)[0]) for line in answers[row.pk]),
            complete=sum(line.group == COMPLETE for line in answers[row.pk]),
        )
        for row in rows
    )
