"""Who may do what on a board, in words a board secretary can read; actions/ and reports/ build on this.

Rights are roles held on a board, a seat or a sub-group. This is the one place that asks guardian's tables, so
that what their own helpers overlook is closed here for all: a role outside its dates, a deactivated account,
a permission given to all objects at once, a superuser, an anonymous visitor. None of these opens anything.
"""

from typing import NamedTuple

from django.db.models import Q, Value

from boards.labels import USUAL, Labels
from boards.models import Board, BoardRole, Seat, SeatRole, SubGroup, SubGroupRole, User
from boards.models.board import in_force
from boards.models.people import held_on

ROLES = {
    "business_manager": (
        "everything on the board: people, seats, {owner.many}, periods, plans, rounds, reports, publishing"
    ),
    "coordinator": "plans, actions, notes, updates entered for anyone, accept and send back, rounds, draft reports",
    "approver": "sign a report that somebody else drafted",
    "member": "read plans, updates on the record and issued reports",
    "scrutineer": "read all of it, drafts, history and audit trail included; change nothing",
    "contact": "write and submit for the {owner.many} of a seat, propose completion, ask for a new date",
    "contributor": "write drafts for the {owner.many} of a seat, not submit",
    "chair": "decide on the actions that the {sub_group.one} oversees; write its own quarterly updates",
    "secretary": "record meetings and decisions of the {sub_group.one}, which stand when the chair confirms",
}
"""What each role may do, with gaps for the words of a board: read it by `what_may`."""


def what_may(role: str, labels: Labels = USUAL) -> str:
    """What somebody with a role may do, in the words of a board."""
    return ROLES[role].format_map(dict(labels.items()))


def word_of(role: str) -> str:
    """A role as people call it: "Business manager"."""
    return role.replace("_", " ").capitalize()


KEEPERS = ("business_manager", "coordinator")
"""Who keeps the plan."""

SEE_EVERYTHING = (*KEEPERS, "scrutineer")
"""Who reads drafts and actions of limited circulation."""

AUDITORS = ("business_manager", "scrutineer")
"""Who reads the board's audit trail and its access log."""


READERS = ("member", "scrutineer")
"""Who changes nothing."""


class Held(NamedTuple):
    """A role that somebody holds on a board, a seat or a sub-group (`kind`), by its id and that of its board.

    `strict` where the board asks those who may write for more than a password.
    """

    kind: str
    role: str
    pk: int
    board: int
    strict: bool


class Standing(NamedTuple):
    """The roles one person holds on one day."""

    held: tuple[Held, ...] = ()

    def boards(self, roles=ROLES):
        """Ids of the boards on which one of these roles of a board is held."""
        return self._on("board", roles)

    def seats(self, roles=ROLES):
        """Ids of the seats on which one of these roles is held."""
        return self._on("seat", roles)

    def sub_groups(self, roles=ROLES):
        """Ids of the sub-groups on which one of these roles is held."""
        return self._on("sub_group", roles)

    @property
    def read(self):
        """Ids of the boards this person may read: any role on the board, on a seat or on a sub-group of it."""
        return sorted({held.board for held in self.held})

    @property
    def needs_second_factor(self):
        """Whether this person may change something on a board that asks more than a password of those who do."""
        return any(held.strict and held.role not in READERS for held in self.held)

    @property
    def kept(self):
        """Ids of the boards whose plan this person keeps."""
        return self.boards(KEEPERS)

    @property
    def fully_seen(self):
        """Ids of the boards of which this person sees drafts and actions of limited circulation."""
        return self.boards(SEE_EVERYTHING)

    def _on(self, kind, roles):
        return sorted({held.pk for held in self.held if held.kind == kind and held.role in roles})


def standing(user, on):
    """What one person holds today: every question of rights starts here.

    A seat or sub-group that has ended gives nothing. Within one request the answer is kept, see `ask_once`.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Standing()
    kept = getattr(user, "standings", {})
    if on not in kept:
        kept[on] = Standing(tuple(map(Held._make, _held(user, on))))
    return kept[on]


def ask_once(user):
    """From here to the end of this request, `standing` reads this person's roles from the database once.

    For the person of a request only, who is read anew for each: a change of rights holds from the next request on.
    """
    user.standings = {}


def _held(user, on):
    held = {"user": user, "permission__codename__in": ROLES}
    on_object = in_force(on, "content_object__")
    return (
        _rows(BoardRole.objects.filter(held_on(on), **held), "board", "content_object")
        .union(
            _rows(SeatRole.objects.filter(held_on(on), on_object, **held), "seat", "content_object__board"),
            _rows(SubGroupRole.objects.filter(held_on(on), on_object, **held), "sub_group", "content_object__board"),
            all=True,
        )
        .iterator()
    )


def _rows(roles, kind, board):
    return roles.annotate(what=Value(kind)).values_list(
        "what", "permission__codename", "content_object_id", f"{board}_id", f"{board}__second_factor_required"
    )


def sub_groups_where(user, roles, on):
    """Sub-groups on which this person holds one of these roles."""
    return SubGroup.objects.filter(pk__in=standing(user, on).sub_groups(roles))


def readable_boards(user, on):
    """Boards this person may read."""
    return Board.objects.filter(pk__in=standing(user, on).read)


def may_redact(user, board, on):
    """Whether this person may take words out of everything the board keeps."""
    return board.pk in standing(user, on).boards(("business_manager",))


def may_manage_people(user, board, on):
    """Whether this person decides who may do what on the board."""
    return board.pk in standing(user, on).boards(("business_manager",))


def audited_boards(user, on):
    """Boards whose audit trail and access log this person reads."""
    return Board.objects.filter(pk__in=standing(user, on).boards(AUDITORS))


def may_audit_board(user, board, on):
    return board.pk in standing(user, on).boards(AUDITORS)


def may_read_board(user, board, on):
    return board.pk in standing(user, on).read


def may_keep_board(user, board, on):
    return board.pk in standing(user, on).kept


def needs_second_factor(user, on):
    """Whether this person may write on a board that asks more than a password of those who do."""
    return standing(user, on).needs_second_factor


def people_with(board, roles, on):
    """The people who hold one of these roles on the board, a seat or a sub-group of it; who may do this to that."""
    held, in_time = held_on(on), in_force(on)
    return User.objects.filter(
        Q(pk__in=BoardRole.objects.filter(held, content_object=board, permission__codename__in=roles).values("user"))
        | Q(
            pk__in=SeatRole.objects.filter(
                held,
                content_object__in=Seat.objects.filter(in_time, board=board),
                permission__codename__in=roles,
            ).values("user")
        )
        | Q(
            pk__in=SubGroupRole.objects.filter(
                held,
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
    held = [row for row in standing(user, on).held if row.board == board.pk]
    seats = Seat.objects.in_bulk([row.pk for row in held if row.kind == "seat"])
    groups = SubGroup.objects.in_bulk([row.pk for row in held if row.kind == "sub_group"])
    named = {"board": {board.pk: board}, "seat": seats, "sub_group": groups}
    return [(row.role, named[row.kind][row.pk].name) for row in held]
