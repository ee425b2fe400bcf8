"""The overdue list of a board: what the chair reviews."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from actions.changes import move_date
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment, say


class Overdue(TestCase):
    """Today is 28 September 2026: three of the plan's actions are late, one of them by a step, one hidden."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        cls.plan = make_plan(cast, actions=0, agreed=False)
        second = cls.plan.sections.get(number="2.0")
        make = {"cast": cast, "plan": cls.plan}
        cls.moved = make_action(**make, reference="1", wording="Open a second site", timescale="April 2026")
        cls.step = make_action(
            **make,
            reference="2",
            wording="Map the places",
            lead=cast.health_owner,
            steps=["Begin", ("Walk the routes", None, "May 2026")],
            section=second,
        )
        cls.oldest = make_action(**make, reference="3", wording="Train the front desk", timescale="February 2026")
        cls.done = make_action(**make, reference="4", wording="Finished long ago", timescale="February 2026")
        make_action(**make, reference="5", wording="Not due before March", timescale="March 2027")
        make_action(**make, reference="6", wording="Due today", timescale="28 September 2026")
        make_action(**make, reference="7", wording="Known to few", timescale="March 2026", limited=True)
        cls.plan = agree(cast, cls.plan)
        for to in (date(2026, 6, 30), date(2026, 8, 31)):
            move_date(action=cls.moved, to_due=to, why="Staff left", by=cast.chair, at=moment(date(2026, 3, 2)))
        say(cast, cls.done, "blue", status="complete", on=date(2026, 4, 2), period="Q4 2025/26")
        say(cast, cls.moved, "green", on=date(2026, 7, 3), period="Q1 2026/27", words="The lease is signed.")
        say(cast, cls.oldest, "red", on=date(2026, 4, 3), period="Q4 2025/26", words="Half are trained.")

    def page(self, who="member", query="", on=TODAY):
        self.client.force_login(getattr(self.cast, who))
        with at(on):
            return self.client.get(f"/boards/elmshire/overdue/{query}")

    def references(self, *args, **kwargs):
        return re.findall(r'<span class="app-reference">([^<]*)</span>', self.page(*args, **kwargs).text)

    def words(self, *args, **kwargs):
        response = self.page(*args, **kwargs)
        assert response.status_code == 200
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))

    def test_the_longest_overdue_come_first(self):
        assert self.references() == ["3", "2", "1"]

    def test_due_yesterday_is_overdue_and_due_today_is_not(self):
        assert "6" not in self.references()
        assert self.references(on=date(2026, 9, 29))[-1] == "6"

    def test_each_says_by_how_long_since_when_and_how_often_it_moved(self):
        words = self.words()
        assert "28 days overdue due 31 August 2026 first due 30 April 2026, moved twice" in words
        assert "212 days overdue due 28 February 2026 never moved" in words

    def test_an_action_late_because_of_a_step_says_which(self):
        assert (
            "120 days overdue because of step 2, “Walk the routes”, due 31 May 2026"
            " the action itself is due 31 March 2027 never moved" in self.words()
        )

    def test_each_names_plan_lead_and_holder_or_since_when_there_is_none(self):
        words = self.words()
        assert "Open a second site CSE Action Plan 2026-28 Police Kit Contact" in words
        assert "Health vacant since 1 June 2026" in words

    def test_last_words_and_rating_stand_beside_each(self):
        words = self.words()
        assert "The lease is signed. 3 July 2026" in words
        assert "Green, 28 days overdue" in words

    def test_a_lead_not_heard_of_when_last_asked_is_no_update_received_with_its_age(self):
        assert "No update received last Red, 178 days ago" in self.words()

    def test_what_is_done_or_due_later_is_not_there(self):
        words = self.words()
        assert "Finished long ago" not in words
        assert "Not due before March" not in words

    def test_an_action_of_limited_circulation_is_there_only_for_those_who_may_read_it(self):
        assert "3 of 3 overdue actions" in self.words("secretary")
        assert "4 of 4 overdue actions , 1 of limited circulation" in self.words("chair")
        assert "Known to few" in self.words("chair")

    def test_filters_narrow_the_list_and_stay_in_the_address(self):
        cast = self.cast
        assert self.references(query=f"?owner={cast.health_owner.pk}") == ["2"]
        assert self.references(query=f"?group={cast.operational.pk}") == ["2"]
        assert self.references(query="?plan=cse-plan") == ["3", "2", "1"]
        assert "1 of 3 overdue actions . Show all 3" in self.words(query=f"?owner={cast.health_owner.pk}")
        assert f'value="{cast.health_owner.pk}" selected' in self.page(query=f"?owner={cast.health_owner.pk}").text

    def test_a_chair_can_keep_to_what_they_oversee(self):
        assert self.references("chair", "?group=mine") == ["3", "7", "1"]
        assert "Overseen by me" not in self.words("coordinator")

    def test_a_list_narrowed_to_nothing_says_so(self):
        words = self.words(query=f"?owner={self.cast.health_owner.pk}&group={self.cast.strategic.pk}")
        assert "No overdue action matches all of that." in words

    def test_a_board_with_nothing_overdue_says_so(self):
        assert "Nothing is overdue on this board today." in self.words(on=date(2026, 1, 20))

    def test_who_has_no_role_gets_the_same_bytes_as_for_no_board(self):
        refused = self.page("stranger")
        missing = self.client.get("/boards/no-such-board/overdue/")
        assert refused.status_code == missing.status_code == 404
        assert refused.content == missing.content


@pytest.mark.django_db
def test_the_page_takes_as_many_queries_at_10_actions_as_at_210(client):
    taken = []
    for slug, said, more in (("elmshire", 1, 1), ("oakshire", 9, 201)):
        cast = make_board(slug, slug.capitalize())
        plan = make_plan(cast, actions=9, more=more, slug=slug)
        for action in plan.actions.all()[:said]:
            say(cast, action, "amber", on=date(2026, 7, 3), period="Q1 2026/27")
        client.force_login(cast.chair)
        with at(TODAY), CaptureQueriesContext(connection) as queries:
            page = client.get(f"/boards/{slug}/overdue/")
        assert f"{9 + more} of {9 + more} overdue actions" in page.text
        taken.append(len(queries))
    assert taken[0] == taken[1]
    assert taken[0] < 40
    assert page.text.count('<th scope="row"') == 60
