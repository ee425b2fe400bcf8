"""The people of the demo: posts, never persons, all with example.org addresses and one printed passphrase."""

from datetime import timedelta
from itertools import cycle
from typing import NamedTuple

from boards import changes as boards
from boards.models import User, Visit
from boards.permissions import word_of

DOMAIN = "example.org"
PASSPHRASE = "plans-never-children-2026"  # noqa: S105 -- printed for everybody who loads the demo
SHORT = {
    "dudley": "Dudley",
    "sandwell": "Sandwell",
    "worcestershire": "Worcestershire",
    "stockport": "Stockport",
}

BOARD_ROLES = {
    "manager": ("business_manager", "Business Manager"),
    "coordinator": ("coordinator", "CSE Coordinator"),
    "approver": ("approver", "Partnership Chair"),
    "member": ("member", "Board Member"),
    "scrutineer": ("scrutineer", "Independent Scrutineer"),
}
"""Role on a board: (permission, the post)."""

POSTS = {"dscb-business-manager": "manager", "business-manager": "manager", "cse-coordinator": "coordinator"}
"""Owners whose post is one of those above, where the fixture has them; other owners are their seat's."""

FIRST = "dudley"
"""The board on which every role has a sign-in."""

CONTACTS = {
    "dudley": "west-midlands-police",
    "sandwell": "health",
    "worcestershire": "west-mercia-police",
    "stockport": "greater-manchester-police",
}
"""The seat whose contact signs in as contact.BOARD@example.org; the contacts of other seats carry the seat's name."""

VACANT = {
    "dudley": "pshe-and-schools-adviser",
    "sandwell": "education",
    "worcestershire": "designated-nurse",
    "stockport": "mase-coordinator",
}
"""The owner of each board whose holder has left."""


class SignIn(NamedTuple):
    """One line of what `manage.py demo` prints."""

    role: str
    where: str
    email: str


def address(part, slug):
    return f"{part}.{slug}@{DOMAIN}"


def sign_ins():
    """The sign-ins worth printing: every role on the first board, then the keepers, chair and contact of each."""
    found = []
    for slug, short in SHORT.items():
        whole = slug == FIRST
        roles = BOARD_ROLES if whole else ("coordinator", "manager")
        found += [SignIn(word_of(BOARD_ROLES[part][0]), short, address(part, slug)) for part in sorted(roles)]
        found.append(SignIn("Chair of the sub-group", short, address("chair", slug)))
        if whole:
            found.append(SignIn("Secretary of the sub-group", short, address("secretary", slug)))
        found.append(SignIn("Contact of an agency", short, address("contact", slug)))
        if whole:
            found.append(SignIn("Contributor of an agency", short, address("contributor", slug)))
    return found


def make_people(built, *, at):
    """Everybody on one board, with the roles they hold."""
    short, told = SHORT[built.slug], {"by": None, "at": at}

    def person(part, name):
        made = User(email=address(part, built.slug), name=f"{short} {name}", password=built.password)
        made.full_clean()
        made.save()
        return made

    for part, (role, post) in BOARD_ROLES.items():
        built.people[part] = person(part, post)
        boards.give_role(person=built.people[part], role=role, on=built.board, **told)
    for key, seat in built.seats.items():
        part = "contact" if CONTACTS[built.slug] == key else f"contact-{key}"
        built.people[f"seat:{key}"] = person(part, f"{seat.name} contact")
        boards.give_role(person=built.people[f"seat:{key}"], role="contact", on=seat, **told)
    for key in _speaking_groups(built):
        group = built.groups[key]
        part = "chair" if key == built.lead_group else f"chair-{key}"
        built.people[f"group:{key}"] = person(part, f"chair of {group.short_name or group.name}")
        boards.give_role(person=built.people[f"group:{key}"], role="chair", on=group, **told)
    if built.slug == FIRST:
        built.people["secretary"] = person("secretary", f"secretary of {built.groups[built.lead_group].short_name}")
        boards.give_role(person=built.people["secretary"], role="secretary", on=built.groups[built.lead_group], **told)
        seat = built.seats[CONTACTS[built.slug]]
        built.people["contributor"] = person("contributor", f"{seat.name} contributor")
        boards.give_role(person=built.people["contributor"], role="contributor", on=seat, **told)


def _speaking_groups(built):
    """The sub-groups that oversee the plan or own actions, in the fixture's order."""
    owning = {owner["sub_group"] for owner in built.facts["owners"]} | {built.lead_group}
    return [group["key"] for group in built.facts["sub_groups"] if group["key"] in owning]


def voice(built, owner_key):
    """Who sends quarterly updates for an owner, or None where the coordinator has to enter them."""
    owner = next(owner for owner in built.facts["owners"] if owner["key"] == owner_key)
    if owner_key in POSTS or owner["kind"] in ("group", "outside", "to_be_confirmed"):
        return None
    return built.people[f"seat:{owner['seat']}"] if owner["seat"] else built.people[f"group:{owner['sub_group']}"]


def appoint_holders(built, *, starts, by, at):
    """A holder for every owner who has a person."""
    for key, owner in built.owners.items():
        holder = built.people[POSTS[key]] if key in POSTS else voice(built, key)
        if holder:
            boards.appoint_holder(owner=owner, person=holder, starts=starts, by=by, at=at)


CAME = (1, 4, 2, 9, 16, 120, 6, 33, None)
"""How many days ago people last came, one after another; one has been away for long, one has not come yet."""


def make_visits(built, *, on):
    """When everybody on one board last came."""
    Visit.objects.bulk_create(
        Visit(board=built.board, person=person, on=on - timedelta(days=ago))
        for person, ago in zip(dict.fromkeys(built.people.values()), cycle(CAME), strict=False)
        if ago
    )
