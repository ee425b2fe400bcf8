"""Who may read a board's quarterly updates, and who may take one away.

Both are asked of querysets of boards. An action of limited circulation is in no quarterly update, so what a report
says is the same for everybody who may read it.
"""

from boards.permissions import readable_boards


def reported_boards(user, on):
    """Boards whose quarterly updates this person reads: those they may read at all, in whatever role."""
    return readable_boards(user, on)


def exportable_boards(user, on):
    """Boards whose quarterly updates this person may download: what one may read, one may take to a meeting.

    Each download is written into the access log.
    """
    return reported_boards(user, on)


def may_export(user, board, on):
    return exportable_boards(user, on).filter(pk=board.pk).exists()
