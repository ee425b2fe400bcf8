"""The access log: who took or was refused what. What somebody changed is in the audit trail instead."""

from boards.models import AccessLog


def log_access(*, board, by, at, what, subject=""):
    """Write down one reading that matters: a download, an export, a refusal.

    Args:
        by: the person, or None when a command on the server did it.
        what: a verb of the kind "report.downloaded".
        subject: what was read, as its reader would name it.
    """
    return AccessLog.objects.create(board=board, by=by, at=at, what=what, subject=subject[:300])
