"""Who has nobody, and what still names a seat or sub-group that has ended: what the keepers of a board are shown.

Who answers for an owner is asked of boards.holders, what is still to be done of deadlines.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q

from actions.deadlines import alive
from actions.models import Action, OwnerRole, Plan, Section
from actions.permissions import ANSWERING
from boards.holders import holding, with_holders
from boards.models import Owner, Seat, SubGroup


class Vacancy(NamedTuple):
    """An owner whom nobody answers for, since when, and how many open actions it leads or joins in leading."""

    owner: Owner
    since: date
    actions: int


def vacancies(board, on) -> list[Vacancy]:
    """Owners of a board with open actions and without a holder, most actions first; three queries."""
    parts = OwnerRole.objects.standing(on).filter(role__in=ANSWERING, action__in=_open(board).values("pk"))
    counted = dict(parts.order_by().values_list("owner").annotate(Count("action", distinct=True)))
    owners = with_holders(Owner.objects.filter(board=board, pk__in=counted))
    held = [(owner, holding(owner, on)) for owner in owners]
    found = [Vacancy(owner, now.vacant_since, counted[owner.pk]) for owner, now in held if now.vacant_since]
    return sorted(found, key=lambda vacancy: (-vacancy.actions, vacancy.owner.name))


class Left(NamedTuple):
    """What still names a seat or sub-group that has ended: open actions of its owners, each with those owners' parts,
    and the plans and sections that it oversees."""

    place: Seat | SubGroup
    parts: list[OwnerRole]
    plans: list[Plan]
    sections: list[Section]

    @property
    def actions(self) -> list[tuple[Action, list[OwnerRole]]]:
        """Each action once."""
        found: dict[int, tuple[Action, list[OwnerRole]]] = {}
        for part in self.parts:
            found.setdefault(part.action_id, (part.action, []))[1].append(part)
        return list(found.values())

    @property
    def of(self) -> str:
        """What has ended: a seat, or a sub-group."""
        return "seat" if isinstance(self.place, Seat) else "sub_group"

    @property
    def oversees(self) -> bool:
        return bool(self.plans or self.sections)

    @property
    def is_something(self) -> bool:
        return bool(self.parts or self.oversees)


def ended(places, on):
    """Those of these seats or sub-groups that have ended and that another follows."""
    return places.filter(ends__lt=on, successor__isnull=False).select_related("board", "successor")


def left_with(place, on) -> Left:
    """What still names a seat or sub-group that has ended."""
    return _left([place], on)[0]


def waiting(board, on) -> list[Left]:
    """Of the seats and sub-groups of a board that have ended and that another follows, those that something names; five
    queries however many there are."""
    places = [*ended(board.seat_set, on), *ended(board.subgroup_set, on)]
    return [left for left in _left(places, on) if left.is_something] if places else []


def _left(places, on):
    board = places[0].board
    seats = [place for place in places if isinstance(place, Seat)]
    groups = [place for place in places if isinstance(place, SubGroup)]
    parts = OwnerRole.objects.filter(
        Q(owner__seat__in=seats) | Q(owner__sub_group__in=groups),
        Q(ends__isnull=True) | Q(ends__gte=on),
        until__isnull=True,
        action__in=_open(board).values("pk"),
    )
    parts = parts.select_related("owner__seat", "owner__sub_group", "action__plan", "action__version")
    parts = list(parts.order_by("action__plan", "action__position", "action", "id"))
    plans = list(Plan.objects.filter(_goes_on(), overseen_by__in=groups))
    sections = list(Section.objects.filter(_goes_on("plan__"), overseen_by__in=groups).select_related("plan"))
    return [
        Left(
            place,
            [part for part in parts if place in (part.owner.seat, part.owner.sub_group)],
            [plan for plan in plans if place in groups and plan.overseen_by_id == place.pk],
            [row for row in sections if place in groups and row.overseen_by_id == place.pk],
        )
        for place in places
    ]


def became(place) -> str:
    """“Health Board became Integrated Care Board on 1 July 2026.”"""
    return f"{place} became {place.successor} on {place.ends + timedelta(days=1):%-d %B %Y}."


def owners_at(place):
    """The owners of a board that stand in a seat or sub-group; its own name before the posts in it."""
    return place.owner_set.order_by("-kind", "name")


def _open(board):
    return Action.objects.filter(alive(), board=board)


def _goes_on(plan=""):
    """Q: of plans that are not over and not the record of an old one, drafts among them."""
    return Q(**{f"{plan}state__in": (Plan.State.DRAFT, Plan.State.AGREED), f"{plan}as_at__isnull": True})
