"""The table of routes, tried cell by cell: what each person meets at each door, and that a refusal changes nothing."""

import logging
import re
from copy import deepcopy
from itertools import cycle

import pytest
from django.db import connection, transaction
from django.test import Client, TestCase

from tests.builders import TODAY, at
from tests.doors import world
from tests.doors.sent import SENT
from tests.doors.table import FLOOR, LINES, PEOPLE, address, routes

WRITES = re.compile(
    r'^(INSERT INTO|UPDATE|DELETE FROM) "(?!boards_accesslog"|boards_cache"|django_session")', re.IGNORECASE
)
TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value|name="next" value|nonce)="[^"]*"')
OTHER_METHODS = ("PUT", "PATCH", "DELETE")


def test_the_table_lists_every_route_and_no_other():
    assert {(line.method, line.route) for line in LINES} == {
        (method, name) for name in routes() for method in ("GET", "POST")
    }


def test_no_line_stands_twice():
    tried = [(line.method, line.route, line.object) for line in LINES]
    assert len(tried) == len(set(tried))


def test_the_table_has_as_many_cells_as_it_promises():
    assert len(LINES) * len(PEOPLE) >= FLOOR


class Doors(TestCase):
    """One class for each quarter of the people, so that two workers share them evenly."""

    __test__ = False
    part = slice(None)

    @classmethod
    def setUpClass(cls):
        """Refusals are what is wanted here: thousands of them need no warning each."""
        logging.disable(logging.WARNING)
        cls.addClassCleanup(logging.disable, logging.NOTSET)
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        cls.world = world.build()
        cls.clients = {}
        for name in list(PEOPLE)[cls.part]:
            cls.clients[name] = Client()
            if cls.world.people[name] is not None:
                cls.clients[name].force_login(cls.world.people[name])

    def tried(self, person, method, where, sent=None):
        """(response, the statements that write) of one request, undone afterwards."""
        client = self.clients[person]
        signed_in = deepcopy(client.cookies)
        written = []

        def keep(execute, sql, *args):
            if WRITES.match(sql):
                written.append(sql)
            return execute(sql, *args)

        with at(TODAY), connection.execute_wrapper(keep), transaction.atomic():
            response = getattr(client, method.lower())(where, sent or {})
            transaction.set_rollback(True)
        client.cookies = signed_in
        return response, written

    def those_at(self, number):
        """Who tries one line: everybody on SQLite; on PostgreSQL a third of them, in turn, since no right is asked of
        the two databases otherwise."""
        if connection.vendor == "sqlite":
            return list(self.clients)
        return [person for turn, person in enumerate(self.clients) if (turn + number) % 3 == 0]

    def test_everybody_meets_at_every_door_what_the_table_says(self):
        wrong, absent = [], {}
        for number, line in enumerate(LINES):
            where = address(line.route, self.world.objects, line.object)
            for person in self.those_at(number):
                sent = SENT.get(line.route, {"words": "Let me in"}) if line.method == "POST" else None
                response, written = self.tried(person, line.method, where, sent)
                expected = line.statuses[person]
                if response.status_code != expected:
                    wrong.append(f"{line}: {person} met {response.status_code}, not {expected}")
                elif expected in (403, 404, 405) and written:
                    wrong.append(f"{line}: {person} was refused with {expected}, and yet: {written[0][:100]}")
                if response.status_code == 404:
                    absent.setdefault(person, {}).setdefault(TOKENS.sub("", response.text), str(line))
        wrong += [
            f"{person} can tell what is hidden from what is not there: {', '.join(pages.values())}"
            for person, pages in absent.items()
            if len(pages) > 1
        ]
        assert not wrong, "\n".join([f"{len(wrong)} cells are not as the table says:", *wrong])

    def test_no_other_method_opens_a_door(self):
        """Whoever may open a page meets 405; whoever may not learns no more than by reading. The methods take turns."""
        wrong, turn = [], cycle(OTHER_METHODS)
        for route in sorted(set(routes())):
            where = address(route, self.world.objects)
            for person in self.clients:
                for method in OTHER_METHODS if person in ("anonymous", "manager", "contact") else [next(turn)]:
                    response, written = self.tried(person, method, where)
                    if response.status_code not in (302, 404, 405) or written:
                        wrong.append(f"{method} {route}: {person} met {response.status_code} {written[:1]}")
        assert not wrong, "\n".join(wrong)


class FirstDoors(Doors):
    __test__ = True
    part = slice(0, None, 4)


class SecondDoors(Doors):
    __test__ = True
    part = slice(1, None, 4)


class ThirdDoors(Doors):
    __test__ = True
    part = slice(2, None, 4)


class FourthDoors(Doors):
    __test__ = True
    part = slice(3, None, 4)


def test_all_of_the_people_try_the_doors():
    people = list(PEOPLE)
    assert sorted(name for doors in Doors.__subclasses__() for name in people[doors.part]) == sorted(people)


@pytest.mark.django_db
def test_the_world_has_everybody_and_nobody_else():
    assert set(world.build().people) == set(PEOPLE)
