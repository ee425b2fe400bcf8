"""A list of actions as a table to take away: what a list shows of each, in words, and a column for each thing."""

from collections.abc import Iterable

from actions.reading import ActionRow

HEADINGS = (
    "Plan",
    "Reference",
    "Action",
    "Lead",
    "Who answers",
    "Due",
    "The plan’s words",
    "First due",
    "Overdue",
    "Status",
    "Rating",
    "Against the facts",
    "Last heard",
    "Last words",
    "Circulation",
)


def as_lines(rows: Iterable[ActionRow]) -> list[tuple[str, ...]]:
    """Each of these rows under HEADINGS; days as 2026-09-30, so that they can be sorted."""
    return [_line(row) for row in rows]


def _line(row):
    action, lead = row.action, row.lead
    rating = "No update received" if row.no_update else row.rating.word if row.rating else "Not yet rated"
    return (
        row.plan.title,
        row.reference,
        row.promise,
        lead.owner.name if lead else "",
        str(lead.holding.holder or "") if lead else "",
        _day(action.next_due),
        row.due_words,
        _day(action.first_due),
        row.late,
        row.status_words,
        rating,
        "; ".join(row.disagreements),
        _day(action.heard_on),
        row.words,
        "Limited circulation" if action.limited else "",
    )


def _day(day):
    return day.isoformat() if day else ""
