"""Who is on a board: what each holds, held and will hold, and when they last came."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Q
from django.utils.timezone import localdate

from boards.models import Board, BoardRole, Invitation, SeatRole, SubGroupRole, User, Visit
from boards.permissions import people_with

UNSEEN_DAYS = 90
"""Whoever has not come for so long is looked at when access is reviewed."""

PLACES = {"board": BoardRole, "seat": SeatRole, "sub_group": SubGroupRole}
"""What a role is held on, by the word for it in an address."""

NOW, TO_COME, OVER = "now", "to come", "over"


class HeldRole(NamedTuple):
    """A role of one person on one day. `place` is empty for the board itself."""

    row: BoardRole | SeatRole | SubGroupRole
    kind: str
    word: str
    place: str
    state: str
    days: str

    @property
    def ends(self):
        return self.row.ends

    def __str__(self):
        return f"{self.word} of {self.place}" if self.place else self.word


class Member(NamedTuple):
    """A person of a board: their roles, those of today first, and the last day on which they came."""

    person: User
    roles: list[HeldRole]
    came: date | None

    @property
    def standing(self) -> list[HeldRole]:
        """What they hold, or will."""
        return [role for role in self.roles if role.state != OVER]

    @property
    def past(self) -> list[HeldRole]:
        return [role for role in self.roles if role.state == OVER]

    @property
    def in_short(self) -> str:
        """What they hold and when they came, in a line."""
        came = f"last came on {_day(self.came)}" if self.came else "has not come yet"
        return f"{', '.join(map(str, self.standing))}; {came}"

    def unseen(self, on: date) -> bool:
        """Whether they have held a role for long, and have not come for as long."""
        since = on - timedelta(days=UNSEEN_DAYS)
        held = any(role.state == NOW and (role.row.starts is None or role.row.starts < since) for role in self.roles)
        return held and (self.came is None or self.came < since)


HEADINGS = ("Name", "E-mail address", "Role", "Of", "Days", "Last came", "Account")


def as_lines(members: list[Member]) -> list[tuple[str, ...]]:
    """People as a table to take away, under HEADINGS: a line for each role that they hold or will."""
    return [
        (
            member.person.name,
            member.person.email,
            held.word,
            held.place or "the board",
            held.days,
            member.came.isoformat() if member.came else "",
            "" if member.person.is_active else "Closed",
        )
        for member in members
        for held in member.standing
    ]


def members(board: Board, on: date) -> list[Member]:
    """Everybody who holds, held or will hold a role on the board, on a seat or a sub-group of it, by name."""
    roles = defaultdict(list)
    for kind in PLACES:
        for row in rows_of(board, kind).order_by("starts", "id"):
            roles[row.user].append(_read(row, kind, on))
    order = (NOW, TO_COME, OVER).index
    came = dict(Visit.objects.filter(board=board).values_list("person", "on"))
    found = [
        Member(person, sorted(held, key=lambda role: order(role.state)), came.get(person.pk))
        for person, held in roles.items()
    ]
    return sorted(found, key=lambda member: (member.person.name.casefold(), member.person.email))


def member(board: Board, person: int, on: date) -> Member | None:
    """One of them."""
    return next((found for found in members(board, on) if found.person.pk == person), None)


def rows_of(board: Board, kind: str):
    """The roles of everybody on the board itself, on its seats or on its sub-groups."""
    there = {"content_object": board} if kind == "board" else {"content_object__board": board}
    return PLACES[kind].objects.filter(**there).select_related("user", "permission", "content_object", "covering")


def managers(found: list[Member]) -> list[User]:
    """Who manages the board today, for good."""
    return [
        member.person
        for member in found
        if member.person.is_active
        and any(
            role.row.permission.codename == "business_manager" and role.state == NOW and role.ends is None
            for role in member.roles
        )
    ]


def people_with_roles(board, on):
    """Everybody who holds a role on the board, on a seat or a sub-group of it that has not ended, or will."""
    to_come, there = not_over(on), not_ended(on, "content_object__")
    return User.objects.filter(
        Q(pk__in=BoardRole.objects.filter(to_come, content_object=board).values("user"))
        | Q(pk__in=SeatRole.objects.filter(to_come, there, content_object__board=board).values("user"))
        | Q(pk__in=SubGroupRole.objects.filter(to_come, there, content_object__board=board).values("user"))
    )


def not_ended(on, of=""):
    """Q: rows whose last day is not past; with `of`, what they are on ("content_object__")."""
    return Q(**{f"{of}ends__isnull": True}) | Q(**{f"{of}ends__gte": on})


def not_over(on):
    """Q: roles that hold on a day, or will later."""
    return not_ended(on) & Q(ended_at__isnull=True)


def has_ended(place, on: date) -> bool:
    """Whether a seat or a sub-group ended before a day; a board does not end."""
    return not isinstance(place, Board) and place.ends is not None and place.ends < on


def waiting(board: Board):
    """Invitations that were neither taken up nor withdrawn; some are too old to open."""
    asked = board.invitation_set.filter(accepted_at=None, withdrawn_at=None)
    return asked.select_related("board", "seat", "sub_group", "by")


def digest_of(key: str) -> str:
    """What is kept of a key: enough to know it again, too little to use."""
    return sha256(key.encode()).hexdigest()


def invitation_of(key: str, at: datetime) -> Invitation | None:
    """The invitation that a link opens at a moment."""
    asked = Invitation.objects.select_related("board", "seat", "sub_group", "by")
    found = asked.filter(key_digest=digest_of(key)).first()
    return found if found and opens(found, at) else None


def opens(invitation: Invitation, at: datetime) -> bool:
    """Whether its link still gives the role: it is open, so is what it is to, and who sent it may still invite."""
    on = localdate(at)
    if not invitation.is_open(at) or (invitation.ends and invitation.ends < on) or has_ended(invitation.place, on):
        return False
    managers = people_with(invitation.board, ("business_manager",), on)
    return invitation.by_id is None or managers.filter(pk=invitation.by_id).exists()


def has_account(email: str) -> bool:
    return User.objects.filter(email=email).exists()


def last_review(board: Board):
    """The event of the last review of access, if there was one."""
    return board.event_set.filter(verb="access.reviewed").select_related("by").order_by("sequence").last()


def visited(board: str, person: User, on: date) -> None:
    """Write down that somebody came to a board today."""
    there = Board.objects.filter(slug=board).first()
    if there:
        Visit.objects.update_or_create(board=there, person=person, defaults={"on": on})


def _read(row, kind, on):
    place = row.content_object
    return HeldRole(
        row,
        kind,
        row.permission.name,
        "" if kind == "board" else place.name,
        _state(row, None if kind == "board" else place, on),
        _days(row),
    )


def _state(row, place, on):
    if (place is not None and has_ended(place, on)) or row.ended_at or (row.ends and row.ends < on):
        return OVER
    return TO_COME if row.starts and row.starts > on else NOW


def _days(row):
    """When a role holds, and for whom: "from 3 May 2026 until 9 May 2026, covering for Casey"."""
    parts = [f"from {_day(row.starts)}" if row.starts else ""]
    if row.ended_at:
        parts.append(f"ended on {_day(row.ended_at)}")
    elif row.ends:
        parts.append(f"until {_day(row.ends)}")
    said = " ".join(filter(None, parts))
    return f"{said}, covering for {row.covering}" if row.covering else said


def _day(day):
    return f"{day:%-d %B %Y}"
