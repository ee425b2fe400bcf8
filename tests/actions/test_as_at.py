"""As at a past day: a plan built by verbs, looked at after each of them, is later shown as it was seen then.

Each verb has a day of its own, so that the page of a day (what was known by its end) is what the page said after it.
"""

import re
from dataclasses import replace
from datetime import date
from importlib import import_module

import time_machine
from django.apps import apps
from django.test import TestCase

from actions import as_at, changes, reading, timescales
from actions.listing import listed
from actions.models import Action, Update
from boards.models import AccessLog
from tests.builders import (
    AGREED_ON,
    TODAY,
    agree,
    at,
    make_action,
    make_board,
    make_plan,
    moment,
    rating,
    say,
)

PLAN = "/boards/elmshire/plans/cse-plan/"
Q1, Q2 = "Q1 2026/27", "Q2 2026/27"


def seen(row):
    """Everything a list says of an action."""
    action = row.action
    return {
        "reference": row.reference,
        "promise": row.promise,
        "plan": (row.plan.state, row.plan.agreed_on),
        "dates": (action.due, action.first_due, action.next_due, row.due_words, row.moved),
        "status": action.status,
        "rating": row.rating and row.rating.word,
        "heard": (action.heard_on, row.age),
        "parts": [(str(part.owner), part.role, str(part.holding.holder)) for part in row.parts],
        "state": row.state,
        "step": row.step and row.step.text,
        "steps": [(step.text, step.done_on) for step in action.steps.all()],
        "no_update": row.no_update,
        "travel": row.travel,
        "disagreements": row.disagreements,
        "words": row.words,
        "joint": [update.pk for update in row.joint],
    }


def live(plan, when):
    on = when.date()
    actions = Action.objects.all()
    found = listed(actions, [plan], on).order_by("position")
    return [seen(row) for row in reading.rows(found, [action.pk for action in found], on=on, at=when)]


class Replay(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        cls.plan = make_plan(cast, actions=1, agreed=False)
        cls.moments, cls.lists, cls.pages, cls.plan_pages = [], [], [], []
        cls.action = make_action(
            cast,
            cls.plan,
            "5.1",
            timescale="within 3 months",
            roles=[("joint_lead", cast.health_owner), ("support", cast.outside_owner)],
            steps=["Write it", ("Try it", cast.health_owner, "April 2026")],
        )
        make_action(cast, cls.plan, "5.2", lead=cast.health_owner, timescale="Ongoing")
        for day, verb in cls.story():
            verb(moment(day))
            cls.look(moment(day, 12))

    @classmethod
    def story(cls):
        """(day, what is done on it) in order."""
        cast, action = cls.cast, cls.action
        board, who = {"period": Q1}, {"by": cast.coordinator}

        def fresh():
            return Action.objects.get(pk=action.pk)

        def ticked(number):
            return frozenset([fresh().steps.order_by("position")[number].pk])

        yield AGREED_ON, lambda when: agree(cast, cls.plan)
        yield date(2026, 2, 3), lambda when: say(cast, fresh(), "green", on=when.date(), **board)
        yield date(2026, 3, 2), lambda when: changes.add_note(action=fresh(), words="A note", at=when, **who)
        yield (
            date(2026, 3, 9),
            lambda when: changes.move_date(action=fresh(), to_due=date(2026, 6, 30), why="Later", at=when, **who),
        )
        yield (
            date(2026, 4, 14),
            lambda when: say(
                cast, fresh(), "amber", on=when.date(), steps_done=ticked(0), owner=cast.health_owner, **board
            ),
        )
        yield date(2026, 5, 4), lambda when: say(cast, fresh(), "red", on=when.date(), steps_done=ticked(1), **board)
        yield (
            date(2026, 5, 11),
            lambda when: changes.add_evidence(
                action=fresh(), evidence=changes.EvidenceGiven("A rota", "document", "A drive"), at=when, **who
            ),
        )
        yield (
            date(2026, 5, 18),
            lambda when: changes.reword_action(
                action=fresh(), wording="Do it better", reason="Clearer", at=when, **who
            ),
        )
        yield (
            date(2026, 6, 1),
            lambda when: changes.correct_reading(
                action=fresh(),
                reading=replace(timescales.read("August 2026"), text="within 3 months"),
                why="Misread",
                at=when,
                **who,
            ),
        )
        yield (
            date(2026, 7, 6),
            lambda when: changes.enter_update(
                action=fresh(),
                owner=cast.police_owner,
                period=cast.periods[Q1],
                answer=changes.Answer(status="in_progress", rating=rating(cast, "green"), words="After all it is well"),
                source=Update.Source.CORRECTION,
                supersedes=fresh().updates.filter(owner=cast.police_owner).last(),
                at=when,
                **who,
            ),
        )
        yield (
            date(2026, 7, 20),
            lambda when: changes.give_first_date(
                action=Action.objects.get(reference="5.2"), to_due=date(2026, 9, 1), why="At last", at=when, **who
            ),
        )
        yield date(2026, 9, 21), cls.submit_and_accept
        yield date(2026, 9, 24), lambda when: say(cast, fresh(), "green", on=when.date(), period=Q2, status="complete")

    @classmethod
    def submit_and_accept(cls, when):
        sent = changes.submit_update(
            action=Action.objects.get(reference="5.2"),
            owner=cls.cast.health_owner,
            round=cls.cast.rounds[Q2],
            answer=changes.Answer(
                status="in_progress", rating=rating(cls.cast, "amber"), words="On its way", reason="Somebody left"
            ),
            by=cls.cast.nurse,
            at=when,
        )
        changes.accept_submission(submission=sent, by=cls.cast.coordinator, at=when)

    @classmethod
    def look(cls, when):
        client = cls.client_class()
        client.force_login(cls.cast.member)
        cls.moments.append(when)
        cls.lists.append(live(type(cls.plan).objects.get(pk=cls.plan.pk), when))
        with time_machine.travel(when, tick=False):
            cls.pages.append(portrait(client.get(f"{PLAN}actions/{cls.action.pk}/")))
            cls.plan_pages.append(table(client.get(PLAN)))

    def past(self, when):
        return as_at.past_of(type(self.plan).objects.get(pk=self.plan.pk), on=when.date(), known_by=when)

    def get(self, address, who="member"):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.get(address)

    def test_as_at_each_moment_is_what_the_list_said_then(self):
        for when, shown in zip(self.moments, self.lists, strict=True):
            rows = as_at.rows(Action.objects.filter(plan=self.plan), self.past(when))
            assert [seen(row) for row in rows] == shown, when

    def test_the_story_changes_what_is_seen_each_time(self):
        """Or else the test above would compare the same with the same."""
        assert all(one != other for one, other in zip(self.pages, self.pages[1:], strict=False))

    def test_the_page_of_each_day_is_what_the_page_of_the_plan_showed_then(self):
        for when, shown in zip(self.moments, self.plan_pages, strict=True):
            assert table(self.get(f"{PLAN}as-at/?day={when:%Y-%m-%d}")) == shown, when

    def test_the_page_of_each_day_is_what_the_page_of_the_action_showed_then(self):
        for when, shown in zip(self.moments, self.pages, strict=True):
            page = self.get(f"{PLAN}actions/{self.action.pk}/as-at/?day={when:%Y-%m-%d}")
            assert portrait(page) == shown, when

    def test_nothing_is_changed_by_looking_back(self):
        before = list(Action.objects.values())
        as_at.rows(Action.objects.all(), self.past(self.moments[3]))
        self.get(f"{PLAN}as-at/?day=2026-03-09")
        assert list(Action.objects.values()) == before

    def test_before_it_was_agreed_the_plan_was_a_draft_and_before_that_nothing(self):
        past = as_at.past_of(self.plan, on=AGREED_ON, known_by=moment(AGREED_ON, 9))
        assert past is None
        page = self.get(f"{PLAN}as-at/?day=2026-01-05")
        assert "Nothing of this plan had been written by then." in page.text
        action = self.get(f"{PLAN}actions/{self.action.pk}/as-at/?day=2026-01-05")
        assert "This action had not been written by then." in action.text

    def test_the_page_says_which_day_it_shows_and_leads_back(self):
        page = self.get(f"{PLAN}as-at/?day=2026-05-04").text
        assert "CSE Action Plan 2026-28, as at 4 May 2026" in page
        assert "What held on 4 May 2026 and was known by the end of that day." in page
        assert f'href="{PLAN}">See it as it is today</a>' in page
        assert f"actions/{self.action.pk}/as-at/?day=2026-05-04" in page

    def test_nothing_can_be_done_on_it(self):
        for who in ("coordinator", "contact"):
            page = self.get(f"{PLAN}actions/{self.action.pk}/as-at/?day=2026-05-11", who).text
            main = page.split("<main")[1]
            assert 'method="post"' not in main
            assert "Update this action" not in main

    def test_without_a_day_it_is_today(self):
        assert "as at 28 September 2026" in self.get(f"{PLAN}as-at/").text

    def test_a_day_to_come_or_none_is_refused_in_words(self):
        assert "Day must be today or in the past." in self.get(f"{PLAN}as-at/?day=2026-09-29").text
        assert "Day must be a real date" in self.get(f"{PLAN}as-at/?day=soon").text
        assert "Day must be a real date" in self.get(f"{PLAN}actions/{self.action.pk}/as-at/?day=soon").text

    def test_history_ends_with_the_day(self):
        page = self.get(f"{PLAN}actions/{self.action.pk}/as-at/?day=2026-03-09").text
        assert "moved the due date" in page
        assert "entered an update for Health" not in page

    def test_a_longer_plan_asks_no_more(self):
        long = make_plan(self.cast, actions=1, more=60, slug="long-plan", title="Long")
        self.client.force_login(self.cast.member)
        with at(TODAY):
            self.client.get("/boards/elmshire/")  # the first visit of a day is written down
        for plan in (self.plan, long):
            with at(TODAY), self.assertNumQueries(22):
                self.client.get(f"/boards/elmshire/plans/{plan.slug}/as-at/?day=2026-09-25")


class FirstReadings(TestCase):
    def test_actions_from_before_readings_were_kept_have_had_theirs_from_the_start(self):
        cast = make_board()
        plan = make_plan(cast, actions=1, more=1)
        old = plan.actions.get(reference="9.1")
        assert not old.readings.exists()
        import_module("actions.migrations.0003_first_readings").keep_first_readings(apps, None)
        reading = old.readings.get()
        assert (reading.timescale, reading.at) == (old.timescale, old.version.at)


class LimitedThen(TestCase):
    """Who may read an action today may read what it was; nobody else."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        cls.plan = make_plan(cls.cast, actions=1, agreed=False)
        cls.limited = make_action(cls.cast, cls.plan, "9.1", wording="Kept among few", limited=True)
        agree(cls.cast, cls.plan)

    def test_a_limited_action_is_in_nobodys_past_who_may_not_see_it(self):
        for who, sees in (("member", False), ("nurse", False), ("contact", True), ("scrutineer", True)):
            self.client.force_login(getattr(self.cast, who))
            with at(TODAY):
                plan = self.client.get(f"{PLAN}as-at/?day=2026-02-01").text
                own = self.client.get(f"{PLAN}actions/{self.limited.pk}/as-at/?day=2026-02-01")
            assert ("Kept among few" in plan) is sees, who
            assert ("It had 2 actions." in plan) is sees, who
            assert own.status_code == (200 if sees else 404), who
        assert set(AccessLog.objects.values_list("what", flat=True)) == {"action.read", "page.refused"}


def portrait(response):
    """What the page of an action says of it, without links and forms."""
    assert response.status_code == 200
    main = response.text.split('<div class="app-portrait">')[1]
    parts = [main.split("<section")[0], *re.findall(r'<article class="app-quarter">.*?</article>', main, re.DOTALL)]
    return words("".join(parts))


def table(response):
    """What the page of a plan lists."""
    assert response.status_code == 200
    return words(response.text.split("<tbody>", 1)[1].split("</table>")[0])


def words(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", html))
