"""The log of changes to the plan since the last quarterly update: what was added, dates, words, withdrawals."""

from datetime import date

from django.utils.timezone import localdate

from actions.models import DateChange
from cseplan.text import clean_line, clean_text
from reports.contents import Change
from reports.lines import WITHDRAWN, added, worded_again

OTHERWISE = "Its words stay; its owners, steps, measures or headings changed"
"""What is said of a version that leaves the words of its action as they were."""


def changes(record, span) -> list[tuple[str, Change]]:
    """(kind, change) since the last quarterly update, by day: what was added, dates, words, withdrawals."""
    lines = {line.action: line for line in record.lines}
    found = []
    moves = DateChange.objects.filter(
        action__in=list(lines), on__gt=span.before.as_at, on__lte=span.now.as_at, at__lte=span.now.known_by
    ).select_related("agreed_by", "meeting", "step")
    for row in moves:
        kind = "step" if row.step_id else row.kind
        found.append(
            (kind, _change(lines[row.action_id], row.on, _date_changed(row), row.why, row.meeting or row.agreed_by))
        )
    for action in record.actions:
        line = lines[action.pk]
        if row := added(action, span):
            what = f"Added to the plan: {row.wording}"
            found.append(("added", _change(line, localdate(row.at), what, row.reason, row.meeting or row.by)))
        for row in worded_again(action, span):
            what = f"Words changed to: {row.wording}" if _other_words(action, row) else OTHERWISE
            found.append(("reworded", _change(line, localdate(row.at), what, row.reason, row.meeting or row.by)))
        if line.group == WITHDRAWN and line.ended_this_quarter:
            found.append(("withdrawn", _change(line, line.ended_on, line.status, line.words, line.accepted_by)))
    return sorted(found, key=lambda pair: pair[1].on)


def _other_words(action, version):
    before = max((row for row in action.versions.all() if row.number < version.number), key=lambda row: row.number)
    return before.wording != version.wording


def redated(changes):
    """How many actions had their own date moved: a correction or a first date is no slippage."""
    return len({(change.plan_title, change.reference) for kind, change in changes if kind == DateChange.Kind.MOVED})


def _change(line, on, what, why, agreed_by):
    return Change(
        on=on,
        plan_title=line.plan_title,
        reference=line.reference,
        what=clean_text(what),
        why=clean_text(why),
        agreed_by=clean_line(str(agreed_by or "")),
    )


def _date_changed(row):
    of_step = f" of the step “{row.step}”" if row.step else ""
    if row.kind == DateChange.Kind.DATED:
        return f"First date{of_step} given: {_in_words(row.to_due)}"
    if row.kind == DateChange.Kind.CORRECTION:
        return f"Reading of the date{of_step} corrected, from {_in_words(row.from_due)} to {_in_words(row.to_due)}"
    return f"Date{of_step} moved from {_in_words(row.from_due)} to {_in_words(row.to_due)}"


def _in_words(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "no date"
