"""Lists of actions and of plans as tables to take away: what a list shows of each, in words, in columns."""

from collections.abc import Iterable

from actions.listing import Summary
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


PLAN_HEADINGS = ("Plan", "Of", "State", "Overseen by", "Actions", "Still to be done", "Overdue", "Ratings")


def plans_as_lines(summaries: Iterable[Summary]) -> list[tuple[str, ...]]:
    """Plans in a line each, under PLAN_HEADINGS; of one that nobody follows up, only how many actions and ratings."""
    return [
        (
            line.plan.title,
            line.plan.board.name,
            line.plan.get_state_display(),
            line.plan.overseen_by.name,
            str(line.total),
            str(line.open) if line.plan.is_in_use else "",
            str(line.late) if line.plan.is_in_use else "",
            "; ".join(f"{count.count} {count.word}" for count in line.counted if count.count),
        )
        for line in summaries
    ]


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
