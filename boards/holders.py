"""Who answers for an owner on a day, and since when nobody does."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from boards.models import Holder, Owner, User

HELD = (Owner.Kind.SEAT, Owner.Kind.POST, Owner.Kind.SUB_GROUP)
"""Kinds of owner that somebody of the board answers for; for the others there is nobody to miss."""


@dataclass(frozen=True)
class Holding:
    """The holder and deputy of an owner on one day. `vacant_since` is set when it should have a holder and has none."""

    holder: User | None = None
    deputy: User | None = None
    vacant_since: date | None = None

    @property
    def is_vacant(self) -> bool:
        return self.vacant_since is not None


def with_holders(owners):
    """A queryset of owners with what `holding` reads off each of them fetched along."""
    return owners.prefetch_related(Prefetch("holders", Holder.objects.select_related("person")))


def holding(owner, on: date) -> Holding:
    """Who holds an owner on a day, from its holders fetched along."""
    holders = owner.holders.all()
    now = {held.part: held.person for held in holders if held.starts <= on and (held.ends is None or held.ends >= on)}
    holder, deputy = now.get(Holder.Part.HOLDER), now.get(Holder.Part.DEPUTY)
    if holder or owner.kind not in HELD:
        return Holding(holder, deputy)
    left = [held.ends for held in holders if held.part == Holder.Part.HOLDER and held.ends and held.ends < on]
    return Holding(None, deputy, max(left) + timedelta(days=1) if left else owner.since)


HEADINGS = ("Also called", "What it is", "Of", "Members", "Who answers", "Deputy", "Vacant since")
"""Of `as_lines`, after the board's own word for an owner."""


def as_lines(owners, kinds, on: date) -> list[tuple[str, ...]]:
    """Owners, with their aliases and members fetched along, as a table to take away.

    Args:
        kinds: {kind: its word on this board}.
    """
    return [_line(owner, holding(owner, on), kinds[owner.kind]) for owner in owners]


def _line(owner, held, kind):
    return (
        owner.name,
        "; ".join(map(str, owner.aliases.all())),
        kind,
        str(owner.seat or owner.sub_group or ""),
        "; ".join(map(str, owner.members.all())),
        str(held.holder or ""),
        str(held.deputy or ""),
        held.vacant_since.isoformat() if held.vacant_since else "",
    )
