"""Whatever happens to people, roles, owners and plans, every door says the same of who sees what.

A state machine makes things happen in an order of chance, and keeps a small model of its own beside the database:
sets and dictionaries, written from DESIGN section 5 and not from the permission modules. After each step lists,
single questions, recipients and the figures of the report must agree with it; so must the pages whenever somebody
looks, which in the long proof is somebody after every step, one after another.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from actions import changes, permissions
from actions.models import Action, OwnerRole, Plan, Section
from boards.changes import cover_role, create_board, end_every_role, end_role, give_role, limit_role
from boards.models import Seat, User
from boards.permissions import ask_once
from reports.figures import figures_for
from tests.builders import TODAY, at, make_board, make_person, make_plan, moment, unguarded

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PEOPLE = (
    "manager", "coordinator", "member", "scrutineer", "chair", "secretary", "contact", "contributor", "nurse",
    "stranger", "neighbour",
)  # fmt: skip
ROLES = {
    "board": ("business_manager", "coordinator", "approver", "member", "scrutineer"),
    "police": ("contact", "contributor"),
    "health": ("contact", "contributor"),
    "strategic": ("chair", "secretary"),
    "operational": ("chair", "secretary"),
}
HELD = [(role, place) for place, roles in ROLES.items() for role in roles]
OWNERS = {"police_owner": "police", "post_owner": "police", "health_owner": "health", "group_owner": "operational"}
"""The owners that actions are given to, and the place whose people speak for each."""

EVER = date(2026, 1, 5)
"""Since when the board has its people."""

DATES = [(None, None), (YESTERDAY, YESTERDAY), (TODAY, None), (TOMORROW, None), (TODAY, TODAY), (None, TOMORROW)]
ACTIONS = ("first", "second", "third")
PERIOD = "Q2 2026/27"

people, actions, owners = st.sampled_from(PEOPLE), st.sampled_from(ACTIONS), st.sampled_from(sorted(OWNERS))


@dataclass(frozen=True)
class Held:
    """A role that nobody has ended: inside its dates it holds."""

    person: str
    role: str
    place: str
    starts: date = EVER
    ends: date | None = None
    covering: str = ""

    @property
    def what(self):
        return (self.role, self.place)

    def holds(self, first, last):
        """Whether it does on one of these days."""
        return self.starts <= last and (self.ends is None or self.ends >= first)

    def covered_by(self, other):
        return (
            not self.covering
            and other.covering == self.person
            and other.what == self.what
            and other.holds(TODAY, date.max)
        )


class Model:
    """What should be so: who holds what, who leads what, what is limited, closed or ended."""

    def __init__(self):
        self.roles = {
            Held("manager", "business_manager", "board"),
            Held("coordinator", "coordinator", "board"),
            Held("member", "member", "board"),
            Held("scrutineer", "scrutineer", "board"),
            Held("contact", "contact", "police"),
            Held("contributor", "contributor", "police"),
            Held("nurse", "contact", "health"),
            Held("chair", "chair", "strategic"),
            Held("secretary", "secretary", "strategic"),
        }
        self.leads = {"first": "police_owner", "second": "health_owner", "third": "group_owner"}
        self.overseers = {"first": "strategic", "second": "strategic", "third": "operational"}
        self.limited, self.inactive, self.ended = set(), set(), set()
        self.closed = False

    def held(self, person):
        """(role, place) of everything a person holds today."""
        if person in self.inactive:
            return set()
        return {
            held.what
            for held in self.roles
            if held.person == person and held.holds(TODAY, TODAY) and held.place not in self.ended
        }

    def takes(self, new):
        """Whether this role is free for this person on all its days."""
        same = [held for held in self.roles if (held.person, held.what) == (new.person, new.what)]
        return not any(held.holds(new.starts, new.ends or date.max) for held in same)

    def keeps_a_manager(self, roles):
        """Whether somebody stays who can manage the board."""
        return any(
            held.role == "business_manager"
            and held.ends is None
            and held.starts <= TODAY
            and held.person not in self.inactive
            for held in roles
        )

    def without(self, gone):
        """The roles that are left when some are ended, with the cover for them."""
        covers = {other for held in gone for other in self.roles if held.covered_by(other)}
        return self.roles - gone - covers

    def reads_board(self, person):
        return bool(self.held(person))

    def keeps(self, person):
        return bool(self.held(person) & {("business_manager", "board"), ("coordinator", "board")})

    def speaks_for(self, person, action, roles):
        """Whether the person writes for the lead of the action, in one of these roles at a seat or as a chair."""
        place = OWNERS[self.leads[action]]
        return bool(self.held(person) & {(role, place) for role in (*roles, "chair")})

    def sees(self, person, action):
        if action not in self.limited:
            return self.reads_board(person)
        return (
            self.keeps(person)
            or ("scrutineer", "board") in self.held(person)
            or ("chair", self.overseers[action]) in self.held(person)
            or self.speaks_for(person, action, ("contact", "contributor"))
        )

    def seen(self, person):
        return {action for action in ACTIONS if self.sees(person, action)}

    def enters(self, person):
        return {action for action in self.seen(person) if self.keeps(person) and not self.closed}

    def drafts(self, person, roles=("contact", "contributor")):
        return {action for action in self.seen(person) if self.speaks_for(person, action, roles) and not self.closed}


class Agreement(RuleBasedStateMachine):
    """What happens, and what must then be agreed on. `world` and `thorough` are given by the test."""

    world: SimpleNamespace
    thorough = False

    def __init__(self):
        super().__init__()
        self.model, self.turn = Model(), cycle(PEOPLE)
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def person(self, name):
        """A person as their next request would find them."""
        person = User.objects.get(pk=self.world.people[name].pk)
        ask_once(person)
        return person

    # What happens

    @rule(person=people, held=st.sampled_from(HELD), dates=st.sampled_from(DATES))
    def give(self, person, held, dates):
        starts, ends = dates
        new = Held(person, *held, starts or TODAY, ends)
        self.tried(
            self.model.takes(new),
            self.model.roles | {new},
            give_role,
            person=self.world.people[person],
            role=new.role,
            on=self.world.places[new.place],
            starts=starts,
            ends=ends,
        )

    @precondition(lambda self: self.standing())
    @rule(data=st.data(), person=people, ends=st.sampled_from((TODAY, TOMORROW)))
    def cover(self, data, person, ends):
        held = data.draw(st.sampled_from(self.standing()))
        new = Held(person, *held.what, TODAY, ends, held.person)
        right = person != held.person and not held.covering and (held.ends is None or ends <= held.ends)
        right = right and self.model.takes(new)
        self.tried(
            right,
            self.model.roles | {new},
            cover_role,
            held=self.row(held),
            person=self.world.people[person],
            starts=TODAY,
            ends=ends,
        )

    @precondition(lambda self: self.standing())
    @rule(data=st.data())
    def end(self, data):
        held = data.draw(st.sampled_from(self.standing()))
        left = self.model.without({held})
        right = held.role != "business_manager" or self.model.keeps_a_manager(left)
        self.tried(right, left, end_role, held=self.row(held))

    @precondition(lambda self: self.standing())
    @rule(data=st.data(), ends=st.sampled_from((TODAY, TOMORROW)))
    def end_later(self, data, ends):
        held = data.draw(st.sampled_from(self.standing()))
        changed = replace(held, ends=ends)
        others = self.model.roles - {held}
        left = {
            replace(other, ends=min(other.ends, ends)) if held.covered_by(other) else other
            for other in others
            if not (held.covered_by(other) and other.starts > ends)
        } | {changed}
        free = not any(
            other.holds(held.starts, ends) for other in others if (other.person, other.what) == (held.person, held.what)
        )
        right = held.ends != ends and ends >= held.starts and free
        right = right and (held.role != "business_manager" or self.model.keeps_a_manager(left))
        self.tried(right, left, limit_role, held=self.row(held), ends=ends)

    @rule(person=people)
    def end_everything_of(self, person):
        gone = {held for held in self.standing() if held.person == person}
        left = self.model.without(gone)
        managed = any(held.role == "business_manager" for held in self.model.roles - left)
        right = bool(gone) and (not managed or self.model.keeps_a_manager(left))
        self.tried(right, left, end_every_role, person=self.world.people[person], board=self.world.board)

    def standing(self):
        """Roles that hold today or later, in an order that does not change."""
        held = [held for held in self.model.roles if held.holds(TODAY, date.max)]
        return sorted(held, key=lambda held: (held.person, held.what, held.starts))

    def row(self, held):
        """The row of a role of the model."""
        place = self.world.places[held.place]
        return place.roles.get(
            user=self.world.people[held.person], permission__codename=held.role, starts=held.starts, ended_at=None
        )

    def tried(self, right, then, verb, **given):
        """Something is tried: done when it is right, otherwise refused, with everything as it was."""
        given |= {"by": None, "at": moment(TODAY)}
        if right:
            verb(**given)
            self.model.roles = then
        else:
            with pytest.raises(ValidationError), transaction.atomic():
                verb(**given)

    @rule(person=people)
    def deactivate_or_bring_back(self, person):
        self.model.inactive ^= {person}
        User.objects.filter(pk=self.world.people[person].pk).update(is_active=person not in self.model.inactive)

    @precondition(lambda self: not self.model.closed)
    @rule(action=actions, owner=owners)
    def move_the_lead(self, action, owner):
        """From a new version on, somebody else leads."""
        row = Action.objects.get(pk=self.world.actions[action].pk)
        version = changes.reword_action(
            action=row,
            wording=f"Anew, from {row.version.number}",
            reason="Another leads.",
            by=self.world.people["manager"],
            at=moment(TODAY),
        )
        row.owner_roles.filter(role="lead", until=None).update(until=version)
        OwnerRole.objects.create(
            board=row.board, action=row, since=version, owner=self.world.owners[owner], role="lead"
        )
        self.model.leads[action] = owner

    @rule(action=actions)
    def limit_or_open(self, action):
        self.model.limited ^= {action}
        Action.objects.filter(pk=self.world.actions[action].pk).update(limited=action in self.model.limited)

    @rule(place=st.sampled_from(("strategic", "operational")))
    def give_the_last_section_to(self, place):
        Section.objects.filter(pk=self.world.actions["third"].section_id).update(overseen_by=self.world.places[place])
        self.model.overseers["third"] = place

    @rule(place=st.sampled_from(("police", "health")))
    def end_a_seat_or_bring_it_back(self, place):
        self.model.ended ^= {place}
        Seat.objects.filter(pk=self.world.places[place].pk).update(
            ends=YESTERDAY if place in self.model.ended else None
        )

    @rule()
    def close_the_plan_or_open_it_again(self):
        self.model.closed = not self.model.closed
        state = Plan.State.CLOSED if self.model.closed else Plan.State.AGREED
        with unguarded():
            closed_on = TODAY if self.model.closed else None
            Plan.objects.filter(pk=self.world.plan.pk).update(state=state, closed_on=closed_on)

    @rule(person=people)
    def look(self, person):
        self.pages_agree(person)

    # What must be agreed on

    def named(self, actions):
        """The names of the actions of a queryset, which must hold none of another board."""
        names = {row.pk: name for name, row in self.world.actions.items()}
        return sorted(names[pk] for pk in actions.values_list("pk", flat=True))

    @invariant()
    def lists_and_single_questions_agree(self):
        for name in PEOPLE:
            person, model = self.person(name), self.model
            assert self.named(permissions.readable(person, TODAY)) == sorted(model.seen(name)), name
            assert self.named(permissions.updatable(person, TODAY)) == sorted(model.enters(name)), name
            assert self.named(permissions.answerable(person, TODAY)) == sorted(model.drafts(name)), name
            assert self.named(permissions.submittable(person, TODAY)) == sorted(model.drafts(name, ("contact",))), name

    @invariant()
    def recipients_agree(self):
        names = {person.pk: name for name, person in self.world.people.items()}
        for action, pk in ((action, row.pk) for action, row in self.world.actions.items()):
            row = Action.objects.get(pk=pk)
            found = {names.get(person.pk) for person in permissions.people_who_may_read(row, TODAY)}
            assert found - {None, "approver"} == {name for name in PEOPLE if action in self.model.seen(name)}, action
            found = {names.get(person.pk) for person in permissions.people_who_may_update(row, TODAY)}
            assert found - {None} == {name for name in PEOPLE if action in self.model.enters(name)}, action

    @invariant()
    def figures_count_only_what_everybody_may_know(self):
        figures = figures_for(self.world.board, self.world.period, on=TODAY, known_by=moment(TODAY, 23))
        expected = set() if self.model.closed else set(ACTIONS) - self.model.limited
        assert figures.total == len(expected)

    @invariant()
    def one_after_another_looks_in_the_long_proof(self):
        if self.thorough:
            self.pages_agree(next(self.turn))

    def pages_agree(self, name):
        """What one person meets at the plan, at each action, at its update page and at the report."""
        seen, writes = self.model.seen(name), self.model.enters(name) | self.model.drafts(name)
        reads, board, plan = self.model.reads_board(name), self.world.board.slug, self.world.plan.slug
        shut = 302 if name in self.model.inactive else 404

        response = self.get(name, "plan", board, plan)
        assert response.status_code == (200 if reads else shut), name
        if reads:
            shown = Action.objects.filter(pk__in=list(response.context["page"]))
            assert self.named(shown) == sorted(seen), name
            assert response.context["total"] == len(seen), name
        for action, row in self.world.actions.items():
            assert permissions.may_read(self.person(name), row, TODAY) == (action in seen), (name, action)
            status = self.get(name, "action", board, plan, row.pk).status_code
            assert status == (200 if action in seen else shut), (name, action)
            status = self.get(name, "action_update", board, plan, row.pk).status_code
            assert status == (200 if action in writes else 403 if action in seen else shut), (name, action)
        assert self.get(name, "report", board, self.world.period.starts).status_code == (200 if reads else shut), name

    def get(self, name, route, *where):
        with at(TODAY):
            return self.world.clients[name].get(reverse(route, args=where))


class EverybodyAgrees(TestCase):
    @classmethod
    def setUpTestData(cls):
        with at(TODAY):
            cast = make_board()
            plan = make_plan(cast, actions=3)
            found = {name: getattr(cast, name) for name in PEOPLE if name != "neighbour"}
            found["neighbour"] = make_person("Neighbour Next-Door")
            who = {"by": None, "at": moment(TODAY)}
            there = create_board(
                slug="oakshire", name="Oakshire Safeguarding Partnership", second_factor_required=False, **who
            )
            give_role(person=found["neighbour"], role="coordinator", on=there, **who)
            clients = {name: Client(raise_request_exception=True) for name in PEOPLE}
            for name, client in clients.items():
                client.force_login(found[name])
        rows = plan.actions.select_related("section").order_by("position")
        cls.clients = clients
        cls.world = SimpleNamespace(
            board=cast.board,
            plan=plan,
            period=cast.periods[PERIOD],
            people=found,
            places={place: getattr(cast, place) for place in ROLES},
            owners={owner: getattr(cast, owner) for owner in OWNERS},
            actions=dict(zip(ACTIONS, rows, strict=True)),
        )

    def agree(self, *, thorough, examples, steps):
        world = SimpleNamespace(**vars(self.world), clients=self.clients)
        machine = type("Agreement", (Agreement,), {"world": world, "thorough": thorough})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                derandomize=True,
                database=None,
                phases=(Phase.generate,),  # a shorter story that fails takes minutes to find, and says little more
                suppress_health_check=list(HealthCheck),
            ),
        )

    def test_lists_pages_recipients_and_figures_agree_whatever_happens(self):
        self.agree(thorough=False, examples=2, steps=12)

    @pytest.mark.prove
    def test_they_agree_through_many_long_stories(self):
        self.agree(thorough=True, examples=20, steps=20)
