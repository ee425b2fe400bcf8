"""Where a number in the quarterly update comes from: every figure of a board's quarter, as plain data.

No clock, no user, no network: the day (`on`) and what was known (`known_by`) are given, and the page, the paper and
the JSON file are made from one Figures. Which days a quarter stands for is in reports.span, how one action is read in
reports.lines, what is counted in reports.counting.
"""

from datetime import date, datetime

from actions.rag import AT_RISK, NOT_RATED, OFF_TRACK, ON_TRACK
from boards.labels import labels_of
from boards.models.board import Marking
from cseplan.text import clean_line
from reports import changelog, counting, sentences
from reports.contents import Figures, PlanGroup, PlanPages
from reports.lines import COMPLETE, NO_UPDATE, WITHDRAWN, Line, waits
from reports.record import Record, reported_plans
from reports.span import Span, span_of


def figures_for(board, period, *, on: date, known_by: datetime, plan=None) -> Figures:
    """The quarterly update of a board for one reporting period, as it stands on a day.

    Args:
        on: the London day it is asked for; a quarter that is over stands at its own end all the same.
        known_by: the moment until which the record is read.
        plan: one plan of the board; without it, all that are in use.
    """
    span = span_of(board, period, on=on, known_by=known_by, plan=plan)
    plans = [
        row for row in reported_plans(board, span.now.as_at, span.before.as_at) if plan is None or row.pk == plan.pk
    ]
    plans.sort(key=lambda row: (row.board_id != board.pk, -(row.starts or row.agreed_on).toordinal(), row.title))
    record = Record(board, plans, span)
    return _written(board, span, plan, record)


def plans_reported(board, period, *, on: date, known_by: datetime):
    """The plans that the figures of a period speak of when asked for on a day."""
    return reported_plans(board, span_of(board, period, on=on, known_by=known_by).now.as_at)


def _written(board, span: Span, plan, record) -> Figures:
    now, before = span.now, span.before
    lines = [line for line in record.lines if line.group != WITHDRAWN]
    overdue = sorted((line for line in lines if line.is_overdue), key=_worst)
    completed = [line for line in lines if line.group == COMPLETE and line.ended_this_quarter]
    waiting = [line for line in lines if waits(line)]
    counts = counting.headlines(record)
    log = changelog.changes(record, span)
    compared_with = before.label if record.before is not None else ""
    return Figures(
        title=f"Quarterly update, {now.label}",
        board=clean_line(board.name),
        board_slug=board.slug,
        period=now.label,
        starts=now.starts,
        ends=now.ends,
        as_at=now.as_at,
        marking=_marking(board, record.plans),
        version="Draft",
        version_note=(
            f"the quarter’s updates can be sent until {_in_words(span.open_until)}"
            if span.open_until
            else "not yet signed off"
        ),
        purpose="To note",
        plans=tuple(clean_line(row.title) for row in record.plans),
        one_plan=plan.slug if plan else "",
        before=compared_with,
        before_as_at=before.as_at if record.before is not None else None,
        due=span.due,
        unread=sum(line.unread for line in lines),
        next_ends=span.next_ends,
        total=len(lines),
        headlines=tuple(counts[group] for group in (ON_TRACK, AT_RISK, OFF_TRACK, NO_UPDATE)),
        complete=counts[COMPLETE],
        not_rated=counts[NOT_RATED],
        moved_sentence=sentences.moved(compared_with, record.better, record.worse, changelog.redated(log)),
        overdue_sentence=sentences.overdue(_open(lines), overdue, compared_with, record.overdue_before),
        completed_sentence=sentences.completed(completed, waiting),
        ratings=counting.ratings(record),
        strands=counting.strands(record, lines),
        overdue=tuple(overdue),
        slipped=tuple(sorted((line for line in lines if _slipped(line)), key=_slip)),
        completed=tuple(completed),
        waiting=tuple(waiting),
        due_next=tuple(sorted((line for line in lines if _due_next(line, span)), key=_when)),
        undated=tuple(line for line in lines if line.date_state == "undated"),
        leads=counting.leads(lines),
        recommendations=counting.recommendations(record),
        changes=tuple(change for _, change in log),
        plan_pages=tuple(_pages(row, record.by_plan[row.pk]) for row in record.plans),
        labels=labels_of(board),
    )


def _open(lines):
    return sum(line.is_open for line in lines)


def _marking(board, plans):
    """The higher of the board's marking and of its plans'."""
    found = {board.marking, *(row.marking for row in plans)}
    return Marking.OFFICIAL_SENSITIVE.value if Marking.OFFICIAL_SENSITIVE in found else Marking.OFFICIAL.value


def _worst(line):
    """Most days overdue first; of equals, the one whose date moved most often."""
    return (-line.days_overdue, -line.times_moved)


def _slipped(line):
    """Still open, not overdue, but only because its date is later than the first one."""
    return line.is_open and not line.is_overdue and line.days_slipped > 0


def _slip(line):
    return (-line.days_slipped, -line.times_moved)


def _when(line):
    return line.next_due


def _due_next(line, span):
    """To be met from the day of the report until the end of the quarter that follows."""
    return line.is_open and line.next_due is not None and span.now.as_at <= line.next_due <= span.next_ends


def _pages(plan, lines) -> PlanPages:
    groups: list[tuple[tuple[str, str], list[Line]]] = []
    shown = [line for line in lines if line.group != WITHDRAWN]
    for line in shown:
        place = (line.section, line.objective)
        if not groups or groups[-1][0] != place:
            groups.append((place, []))
        groups[-1][1].append(line)
    return PlanPages(
        title=clean_line(plan.title),
        board=clean_line(plan.board.name),
        groups=tuple(PlanGroup(*place, tuple(rows)) for place, rows in groups),
        withdrawn=len(lines) - len(shown),
    )


def _in_words(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "no date"


__all__ = ["Figures", "figures_for", "plans_reported"]
