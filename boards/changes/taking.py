"""Taking a list away: what is in it changes nothing, and that somebody took it is on the record."""

from django.db import transaction

from boards.access import log_access
from boards.audit import change
from boards.models import Board


def export_list_of_boards(*, boards, what, file_name, narrowed, by, at):
    """Record on each of these boards that somebody took a copy of a list over all of them; none is told of another."""
    with transaction.atomic():
        for board in sorted(boards, key=lambda board: board.pk):  # always in this order, so that no two wait in a ring
            export_list(subject=board, what=what, file_name=file_name, narrowed=narrowed, by=by, at=at)


def export_list(*, subject, what, file_name, narrowed, by, at):
    """Record that somebody took a copy of a list of a board, or of a plan (`subject`).

    Args:
        what: which list, in words of ours: “the overdue actions”.
        narrowed: whether a filter had left only a part of it; never by which words.
    """
    board = subject if isinstance(subject, Board) else subject.board
    with change(board, by=by, at=at) as turn:
        turn.record("list.exported", subject, what=what, narrowed=narrowed)
        log_access(board=board, by=by, at=at, what="list.exported", subject=file_name, about=subject)
