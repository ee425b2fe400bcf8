"""Taking a copy of a history or of a comparison: the one reading that is itself part of the record."""

from boards.access import log_access
from boards.audit import change
from boards.models import Board


def export_history(*, subject, file_name, narrowed, by, at):
    """Record that somebody took a copy of the history of a board, a plan or an action.

    Args:
        narrowed: by what, {person, kind, since, until}; never somebody's words.
    """
    board = subject if isinstance(subject, Board) else subject.board
    with change(board, by=by, at=at) as turn:
        turn.record("history.exported", subject, of=subject._meta.model_name, **narrowed)
        log_access(board=board, by=by, at=at, what="history.exported", subject=file_name, about=subject)


def export_plan(*, plan, file_name, told, by, at, day=None):
    """Record that somebody took a copy of a plan.

    Args:
        told: as what, in words: “an Excel workbook”.
        day: the past day that it shows; None for the plan as it is.
    """
    with change(plan.board, by=by, at=at) as turn:
        turn.record("plan.exported", plan, kind=told, day=day)
        log_access(board=plan.board, by=by, at=at, what="plan.exported", subject=file_name, about=plan)


def export_comparison(*, before, after, file_name, by, at):
    """Record that somebody took a copy of what differs between two days of a plan, or between two plans of a board.

    Each plan's history says so of itself and does not name the other, which its readers may not know of.

    Args:
        before, after: the two sides, as (plan, day).
    """
    with change(after[0].board, by=by, at=at) as turn:
        if before[0] == after[0]:
            turn.record("comparison.exported", after[0], since=before[1], until=after[1])
        else:
            for plan, day in (before, after):
                turn.record("comparison.exported", plan, until=day)
        log_access(board=after[0].board, by=by, at=at, what="comparison.exported", subject=file_name, about=after[0])
