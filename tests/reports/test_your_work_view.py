"""What waits for a person: differs by role, has a part for each board."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from actions import changes
from boards.changes import add_meeting, give_role
from tests.builders import TODAY, at, make_board, make_plan, moment, rating, say


def answer(cast, code="green", **more):
    more = {"words": "It goes on.", "reason": "It does.", "date_answer": "holds", **more}
    return changes.Answer(status="in_progress", rating=rating(cast, code), **more)


class YourWork(TestCase):
    """Five actions: 1 and 4 are led by police, 2 and 5 by health, 3 by the operational group; 1 to 5 are late."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        cls.plan = make_plan(cast, actions=5)
        cls.actions = list(cls.plan.actions.all())
        cls.round = cast.rounds["Q2 2026/27"]

    def words(self, who, on=TODAY):
        self.client.force_login(getattr(self.cast, who) if isinstance(who, str) else who)
        with at(on):
            response = self.client.get("/")
        assert response.status_code == 200
        self.html = response.text
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))

    def submit(self, number, owner, who, verb=changes.submit_update):
        return verb(
            action=self.actions[number - 1],
            owner=owner,
            round=self.round,
            answer=answer(self.cast, "amber"),
            by=who,
            at=moment(date(2026, 9, 20)),
        )

    def test_a_contact_sees_what_is_due_when_and_how_many_are_overdue(self):
        words = self.words("contact")
        assert "2 updates due by 9 October 2026" in words
        assert "2 on actions that are overdue" in words
        assert f"/boards/elmshire/plans/cse-plan/actions/{self.actions[0].pk}/update/" in self.html
        assert "1.2 Do what" not in words

    def test_what_was_sent_in_is_no_longer_owed_and_a_draft_still_is(self):
        cast = self.cast
        self.submit(1, cast.police_owner, cast.contact)
        self.submit(4, cast.police_owner, cast.contact, changes.save_draft)
        words = self.words("contact")
        assert "1 update due by 9 October 2026" in words
        assert "Go on with your update action 2.4 for Police Draft" in words
        assert "1 sent in" in words
        assert "Police: submitted" in words

    def test_an_update_sent_back_is_owed_again_with_what_is_missing(self):
        cast = self.cast
        sent = self.submit(1, cast.police_owner, cast.contact)
        changes.send_back(submission=sent, comment="Say which site.", by=cast.coordinator, at=moment(TODAY, 9))
        assert "Sent back: Say which site." in self.words("contact")

    def test_what_the_coordinator_entered_is_not_asked_again(self):
        say(self.cast, self.actions[0], on=date(2026, 9, 20), period="Q2 2026/27")
        assert "1 update due by 9 October 2026" in self.words("contact")

    def test_everything_sent_in_says_so(self):
        cast = self.cast
        self.submit(1, cast.police_owner, cast.contact)
        self.submit(4, cast.police_owner, cast.contact)
        assert "You have sent in everything that was asked for." in self.words("contact")

    def test_between_rounds_a_contact_owes_nothing(self):
        assert "No update is asked of you at the moment." in self.words("contact", on=date(2026, 8, 20))

    def test_a_contributor_is_told_that_the_contact_submits(self):
        assert "You can write drafts; the contact of your agency submits them." in self.words("contributor")
        assert "You can write drafts" not in self.words("contact")

    def test_a_coordinator_sees_the_round_what_to_read_and_what_disagrees(self):
        cast = self.cast
        say(cast, self.actions[1], "green", on=date(2026, 9, 20), period="Q2 2026/27")
        sent = self.submit(1, cast.police_owner, cast.contact)
        words = self.words("coordinator")
        assert "Q2 2026/27 : 5 updates asked for by 9 October 2026, 2 received, 1 read." in words
        assert f"/actions/{self.actions[0].pk}/submissions/{sent.pk}/" in self.html
        assert "Green, 181 days overdue" in words

    def test_with_nothing_to_read_the_page_says_so(self):
        words = self.words("coordinator")
        assert "No update waits to be read." in words
        assert "Every rating fits what is known about its action." in words

    def test_a_chair_sees_how_much_is_overdue_and_how_much_of_it_is_new(self):
        cast = self.cast
        who = {"by": cast.manager, "at": moment(date(2026, 4, 15))}
        add_meeting(
            board=cast.board, name="Strategic Group", held_on=date(2026, 4, 15), sub_group=cast.strategic, **who
        )
        words = self.words("chair")
        assert "3 actions that you oversee are overdue , 0 of them new since your meeting of 15 April 2026." in words
        assert "/boards/elmshire/overdue/?group=mine" in self.html
        assert "Start the review" in words

    def test_a_chair_with_nothing_overdue_is_told_so(self):
        assert "Nothing that you oversee is overdue today." in self.words("chair", on=date(2026, 2, 1))

    def test_the_chair_of_a_group_that_leads_an_action_is_asked_for_its_update(self):
        cast = self.cast
        give_role(person=cast.member, role="chair", on=cast.operational, by=cast.manager, at=moment(TODAY, 8))
        words = self.words("member")
        assert "1 update due by 9 October 2026" in words
        assert "2.4" in words

    def test_those_who_read_get_the_latest_report_and_the_plans(self):
        for who in ("member", "scrutineer", "approver", "secretary"):
            words = self.words(who)
            assert "Quarterly update for Q1 2026/27" in words, who
            assert "/boards/elmshire/reports/2026-04-01/" in self.html
            assert "5 actions , 5 still to be done , 5 overdue" in words, who
            assert "Your updates" not in words, who
            assert "To read" not in words, who

    def test_the_business_manager_sees_the_round_and_the_report(self):
        words = self.words("manager")
        assert "Q2 2026/27 : 5 updates asked for" in words
        assert "Quarterly update for Q1 2026/27" in words

    def test_somebody_without_a_role_is_told_what_to_do(self):
        words = self.words("stranger")
        assert "You have no role on any board yet. Ask the business manager of your board" in words
        assert self.cast.stranger.email in words

    def test_somebody_on_two_boards_has_a_part_for_each(self):
        other = make_board("oakshire", "Oakshire Partnership")
        make_plan(other, actions=1, slug="oak-plan", title="Oakshire plan")
        give_role(person=self.cast.contact, role="member", on=other.board, by=other.manager, at=moment(TODAY, 8))
        words = self.words("contact")
        assert "2 updates due by 9 October 2026" in words
        assert "Oakshire plan" in words
        assert words.index("Elmshire Safeguarding") < words.index("Oakshire Partnership")

    def test_a_role_that_has_ended_brings_nothing(self):
        person = self.cast.stranger
        give_role(
            person=person,
            role="member",
            on=self.cast.board,
            ends=date(2026, 9, 27),
            by=None,
            at=moment(date(2026, 9, 27), 8),
        )
        assert "CSE Action Plan" in self.words("stranger", on=date(2026, 9, 27))
        assert "You have no role on any board yet." in self.words("stranger")

    def test_menu_words_are_only_those_that_serve(self):
        self.words("contact")
        assert "/boards/elmshire/overdue/" not in self.html
        self.words("chair")
        assert "/boards/elmshire/overdue/" in self.html

    def test_nobody_signed_in_is_sent_to_sign_in(self):
        assert self.client.get("/").url.startswith("/sign-in/")


@pytest.mark.django_db
def test_the_page_takes_as_many_queries_at_10_actions_as_at_210(client):
    taken = {}
    for slug, more in (("elmshire", 1), ("oakshire", 201)):
        cast = make_board(slug, slug.capitalize())
        plan = make_plan(cast, actions=9, more=more, slug=slug)
        say(cast, plan.actions.first(), "amber", on=date(2026, 7, 3), period="Q1 2026/27")
        for who in ("contact", "coordinator", "chair", "member"):
            client.force_login(getattr(cast, who))
            with at(TODAY), CaptureQueriesContext(connection) as queries:
                assert client.get("/").status_code == 200
            taken.setdefault(who, []).append(len(queries))
    for who, (short, long) in taken.items():
        assert short == long, who
        assert long < 60, who
