"""Who may do what on a board, in words a board secretary can read; actions/ and reports/ build on this.

Rights are roles held on a board, a seat or a sub-group. This is the one place that asks guardian's tables, so
that what their own helpers overlook is closed here for all: a role outside its dates, a deactivated account,
a permission given to all objects at once, a superuser, an anonymous visitor. None of these opens anything.
"""

from django.db.models import Q

from boards.models import Board, BoardRole, Seat, SeatRole, SubGroup, SubGroupRole, User
from boards.models.board import in_force

ROLES = {
    "business_manager": "everything on the board: people, seats, owners, periods, plans, rounds, reports, publishing",
    "coordinator": "plans, actions, notes, updates entered for anyone, accept and send back, rounds, draft reports",
    "approver": "sign a report that somebody else drafted",
    "member": "read plans, updates on the record and issued reports",
    "scrutineer": "read all of it, drafts, history and audit trail included; change nothing",
    "contact": "write and submit for the owners of a seat, propose completion, ask for a new date",
    "contributor": "write drafts for the owners of a seat, not submit",
    "chair": "decide on the actions a sub-group oversees; write its own quarterly updates",
    "secretary": "record a sub-group's meetings and decisions, which stand when the chair confirms",
}

KEEPERS = ("business_manager", "coordinator")
"""Who keeps the plan."""

SEE_EVERYTHING = (*KEEPERS, "scrutineer")
"""Who reads drafts and actions of limited circulation."""


def _held(model, user, roles, on):
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return model.objects.none()
    held = model.objects.filter(in_force(on), user=user)
    return held.filter(permission__codename__in=roles) if roles else held


def boards_where(user, roles, on):
    """Boards on which this person holds one of these roles of a board."""
    return Board.objects.filter(pk__in=_held(BoardRole, user, roles, on).values("content_object"))


def seats_where(user, roles, on):
    """Seats on which this person holds one of these roles; a seat that has ended gives none."""
    seats = Seat.objects.filter(pk__in=_held(SeatRole, user, roles, on).values("content_object"))
    return seats.filter(in_force(on))


def sub_groups_where(user, roles, on):
    """Sub-groups on which this person holds one of these roles."""
    groups = SubGroup.objects.filter(pk__in=_held(SubGroupRole, user, roles, on).values("content_object"))
    return groups.filter(in_force(on))


def readable_boards(user, on):
    """Boards this person may read: any role on the board, on a seat or on a sub-group of it."""
    return Board.objects.filter(
        Q(pk__in=boards_where(user, (), on))
        | Q(pk__in=seats_where(user, (), on).values("board"))
        | Q(pk__in=sub_groups_where(user, (), on).values("board"))
    )


def kept_boards(user, on):
    """Boards whose plan this person keeps."""
    return boards_where(user, KEEPERS, on)


def fully_seen_boards(user, on):
    """Boards of which this person sees drafts and actions of limited circulation."""
    return boards_where(user, SEE_EVERYTHING, on)


def may_read_board(user, board, on):
    return readable_boards(user, on).filter(pk=board.pk).exists()


def may_keep_board(user, board, on):
    return kept_boards(user, on).filter(pk=board.pk).exists()


def people_with(board, roles, on):
    """The people who hold one of these roles on the board, a seat or a sub-group of it; who may do this to that."""
    in_time = in_force(on)
    return User.objects.filter(
        Q(pk__in=BoardRole.objects.filter(in_time, content_object=board, permission__codename__in=roles).values("user"))
        | Q(
            pk__in=SeatRole.objects.filter(
                in_time,
                content_object__in=Seat.objects.filter(in_time, board=board),
                permission__codename__in=roles,
            ).values("user")
        )
        | Q(
            pk__in=SubGroupRole.objects.filter(
                in_time,
                content_object__in=SubGroup.objects.filter(in_time, board=board),
                permission__codename__in=roles,
            ).values("user")
        ),
        is_active=True,
    )


def people_who_may_read_board(board, on):
    return people_with(board, ROLES, on)


def roles_of(user, board, on):
    """[(role, what it is on)] of one person on one board, the board's own roles first."""
    return [
        *_held(BoardRole, user, (), on)
        .filter(content_object=board)
        .values_list("permission__codename", "content_object__name"),
        *_held(SeatRole, user, (), on)
        .filter(content_object__in=seats_where(user, (), on).filter(board=board))
        .values_list("permission__codename", "content_object__name"),
        *_held(SubGroupRole, user, (), on)
        .filter(content_object__in=sub_groups_where(user, (), on).filter(board=board))
        .values_list("permission__codename", "content_object__name"),
    ]
