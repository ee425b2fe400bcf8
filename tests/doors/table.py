"""Reads `table.csv`: every route, method, object and person, and the exact status that meets them there.

One line for each method, route and object; one column for each of PEOPLE. It is written from the rights of the
design, not by running the product: what stands there is what is promised. An object is one of those of
`tests.doors.world`. `missing` is an address of this board whose last part names nothing, `crossed` one whose last
part is of the board next door, `no board` one of a board that is not there. A method that a page does not take is tried
at one object; and of the pages that share their way in (boards.views.parts.opened), only some at what is missing.
"""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.urls import URLPattern, get_resolver, reverse

PEOPLE = {
    "anonymous": "has not signed in",
    "stranger": "has an account and no role",
    "manager": "business manager",
    "coordinator": "coordinator",
    "approver": "approver",
    "member": "member",
    "scrutineer": "scrutineer",
    "contact": "contact of the police, who lead the action",
    "contributor": "contributor of the police",
    "nurse": "contact of another seat",
    "chair": "chair of the group that oversees the plan",
    "operational chair": "chair of another group",
    "secretary": "secretary of the group that oversees the plan",
    "cover": "covers the coordinator today",
    "second factor missing": "coordinator here and where a second factor is needed, and has none",
    "role ended": "was coordinator until yesterday",
    "role to come": "will be coordinator from tomorrow",
    "seat ended": "contact of a seat that ended yesterday",
    "deactivated": "a coordinator whose account is closed",
    "deactivated superuser": "a business manager and superuser whose account is closed",
    "superuser": "a superuser without a role",
    "every permission": "holds every role's permission for all objects at once, and no role",
    "manager there": "business manager of the board next door",
    "coordinator there": "coordinator of the board next door",
    "contact there": "contact of the police at the board next door",
    "chair there": "chair at the board next door",
}
FLOOR = 3000
"""Fewer cells than these are not the table that was promised."""


class Line(NamedTuple):
    """One line of the table: what every person meets when they try one thing at one address."""

    method: str
    route: str
    object: str
    statuses: dict[str, int]

    def __str__(self):
        return f"{self.method} {self.route} ({self.object})"


def _lines():
    with Path(__file__).with_name("table.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            statuses = {person: int(row[person]) for person in PEOPLE}
            yield Line(row["method"], row["route"], row["object"], statuses)


LINES = list(_lines())


def routes(patterns=None):
    """The names of every route the site answers, or of those of one list of addresses."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from routes(pattern.url_patterns)


NOTHING = {"board": "nowhere", "plan": "nothing", "starts": date(1999, 1, 1)}
"""What names nothing, by part of an address; a number does it where nothing is said here."""


def address(route, objects, word="own"):
    """The address of a route for one of the objects of the world."""
    parts = get_resolver().reverse_dict.getlist(route)[0][0][0][1]
    named = dict(objects[word if word in objects else "own"])
    if parts and word == "missing":
        named[parts[-1]] = NOTHING.get(parts[-1], 10**9)
    elif parts and word == "crossed":
        named[parts[-1]] = objects["other board"][parts[-1]]
    elif word == "no board":
        named["board"] = NOTHING["board"]
    return reverse(route, kwargs={part: named[part] for part in parts})
