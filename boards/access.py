"""The access log: who looked at, took or was refused what. What somebody changed is in the audit trail instead.

A line names what it is about by kind and id, and never repeats what somebody typed: not an address that names
nothing, not a search, not a form.
"""

from collections.abc import Callable

from django.db.models import Model

from boards.models import (
    AccessLog,
    Board,
    BoardRole,
    Holder,
    Invitation,
    Owner,
    Seat,
    StrategicPriority,
    SubGroup,
    User,
)
from boards.people import PLACES, rows_of
from boards.permissions import may_read_board

FORBIDDEN, HIDDEN = 403, 404
"""The two ways to refuse: to a reader who tries to write, and to whoever may not know that it is there."""

KINDS = {
    "page.refused": "Page refused",
    "change.refused": "Change refused",
    "action.read": "Limited action read",
    "report.downloaded": "Report downloaded",
    "report.exported": "Report exported on the server",
    "plan.exported": "Plan exported",
    "list.exported": "List exported",
    "history.exported": "History exported",
    "comparison.exported": "Comparison exported",
    "recommendations.exported": "Recommendations exported",
}
"""What is written down, in words."""

OUTCOMES = {
    FORBIDDEN: AccessLog.Outcome.FORBIDDEN,
    HIDDEN: AccessLog.Outcome.HIDDEN,
}

Find = Callable[[dict], Model | None]
_finders: dict[str, Find] = {}


def log_access(*, board, by, at, what, subject="", about=None, outcome=AccessLog.Outcome.DONE):
    """Write down one reading that matters: a download, an export, a refusal.

    Args:
        by: the person, or None when a command on the server did it.
        what: one of KINDS.
        subject: which page or file, in words of ours.
        about: the row that was read or refused; its id is kept and nothing of what it says.
    """
    return AccessLog.objects.create(
        board=board,
        by=by,
        at=at,
        what=what,
        subject=subject[:300],
        subject_kind=about._meta.model_name if about else "",
        subject_id=about.pk if about else None,
        outcome=outcome,
    )


def names(part: str, find: Find) -> None:
    """Say what a part of an address (`<slug:plan>`) names.

    Args:
        find: given every part of an address, the row that a refusal there is about; None when nothing is there.
    """
    _finders[part] = find


def _person(parts):
    person = User.objects.filter(pk=parts["person"]).first()
    board = Board.objects.get(slug=parts["board"])
    held = person and any(rows_of(board, kind).filter(user=person).exists() for kind in PLACES)
    return person if held else None


def _role(parts):
    board = Board.objects.get(slug=parts["board"])
    rows = rows_of(board, parts["place"]) if parts["place"] in PLACES else BoardRole.objects.none()
    held = rows.filter(pk=parts["role"]).first()
    return held.user if held and held.user_id == parts["person"] else None


def _row(model, part):
    return lambda parts: model.objects.filter(board__slug=parts["board"], pk=parts[part]).first()


names("board", lambda parts: Board.objects.filter(slug=parts["board"]).first())
names("person", _person)
names("role", _role)
for part, model in (
    ("invitation", Invitation),
    ("priority", StrategicPriority),
    ("seat", Seat),
    ("group", SubGroup),
    ("owner", Owner),
    ("holder", Holder),
):
    names(part, _row(model, part))


def log_refusal(*, status, method, route, parts, by, at, on):
    """Write down that somebody was refused at an address. One that names nothing was not refused, it is not there.

    Whoever tries anything of a board they may not read is refused at that board, whatever the rest of the address is.
    """
    board, about, whole = _named(parts)
    if status == HIDDEN and (board is None or (not whole and may_read_board(by, board, on))):
        return
    log_access(
        board=board,
        by=by,
        at=at,
        what="page.refused" if method in ("GET", "HEAD") else "change.refused",
        subject=route,
        about=about,
        outcome=OUTCOMES[status],
    )


def _named(parts):
    """(the board, the last thing that is there of what the parts of an address name, whether all of them are there)."""
    board = about = None
    for part in parts:
        if part in _finders:
            found = _finders[part](parts)
            if found is None:
                return board, about, False
            board, about = board or found, found
    return board, about, True
