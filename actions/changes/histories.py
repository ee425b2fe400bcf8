"""Taking a copy of a history: the one reading that is itself part of the record."""

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
