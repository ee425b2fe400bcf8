"""A seat or sub-group has ended: what is open goes to what follows it, all of it or nothing.

This is not passing an action on: the promise stays where it was and has another name. Old records keep the old one.
"""

from django.core.exceptions import ValidationError
from django.db.models import Q

from actions.changes.definition import RoleGiven, roles_of, write_version
from actions.changes.handing import GIVEN_UP
from actions.changes.offered import withdraw_offer
from actions.following import became, left_with
from actions.models import Offer, Plan, Section
from boards.audit import change


def follow_successor(*, place, by, at, to_owner=None):
    """The open actions of the owners of an ended seat or sub-group go to an owner of the one that follows it; the plans
    and sections that an ended sub-group oversees go to that one.

    Args:
        to_owner: of the successor; needed where there are actions.
    Raises:
        ValidationError: it has not ended, nothing follows it, nothing is left with it, or the owner is of another.
    """
    with change(place.board, by=by, at=at) as turn:
        place = type(place).objects.select_related("board", "successor").get(pk=place.pk)
        _refuse_unless_followed(place, turn.on)
        left = left_with(place, turn.on)
        if not left.is_something:
            raise ValidationError(f"Nothing open names {place} any more.")
        if left.parts:
            _refuse_stranger(to_owner, place, turn.on)
        reason = became(place)
        owners = set(place.owner_set.values_list("pk", flat=True))
        offers = Offer.objects.filter(Q(from_owner__in=owners) | Q(to_owner__in=owners), state=Offer.State.OPEN)
        for offer in offers.select_related("board"):
            withdraw_offer(offer=offer, answer=reason, by=by, at=at)
        for action, _ in left.actions:
            write_version(turn, action, reason=reason, roles=_followed(roles_of(action), owners, to_owner, turn.on))
        _oversee(turn, left)
        turn.record(
            "seat.followed" if left.of == "seat" else "sub_group.followed",
            place,
            successor=place.successor,
            to_owner=to_owner,
        )
    return left


def _refuse_unless_followed(place, on):
    if place.ends is None:
        raise ValidationError(f"{place} has no last day. Set one in the board settings first.")
    if place.ends >= on:
        raise ValidationError(f"{place} goes on until {place.ends:%-d %B %Y}. Come back when it has ended.")
    if place.successor is None:
        raise ValidationError(f"Nothing follows {place}. Hand its actions over one by one.")
    if place.successor.ends and place.successor.ends < on:
        raise ValidationError(f"{place.successor} has ended too. Hand the actions over one by one.")


def _refuse_stranger(owner, place, on):
    if owner is None or place.successor not in (owner.seat, owner.sub_group):
        raise ValidationError({"to_owner": f"Choose an owner of {place.successor}, which follows {place}."})


def _followed(roles, owners, to_owner, on):
    """The same parts, with one owner in place of these; what was over before stays as it was. Whoever would have a part
    twice has it once, for as long as both."""
    found: dict[tuple, RoleGiven] = {}
    for role in roles:
        over = role.ends is not None and role.ends < on
        given = role._replace(owner=to_owner) if role.owner.pk in owners and not over else role
        before = found.get((given.owner.pk, given.role))
        found[given.owner.pk, given.role] = _both(before, given) if before else given
    lesser = {less for part, gone in GIVEN_UP.items() if (to_owner.pk, part) in found for less in gone}
    return [role for role in found.values() if not (role.owner == to_owner and role.role in lesser)]


def _both(one, other):
    starts = min(one.starts, other.starts) if one.starts and other.starts else None
    ends = max(one.ends, other.ends) if one.ends and other.ends else None
    return one._replace(starts=starts, ends=ends)


def _oversee(turn, left):
    successor = left.place.successor
    told = {"before": left.place, "after": successor}
    for plan in left.plans:
        Plan.objects.filter(pk=plan.pk).update(overseen_by=successor)
        turn.record("plan.overseer_followed", plan, **told)
    for section in left.sections:
        Section.objects.filter(pk=section.pk).update(overseen_by=successor)
        turn.record("section.overseer_followed", section, plan=section.plan, **told)
