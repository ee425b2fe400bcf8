"""The page of a board: its plans, who is at the table, its quarters, the key to its ratings."""

import re

from django.test import TestCase

from boards.changes import create_board, give_role
from tests.builders import TODAY, at, make_board, make_plan, moment


class BoardPage(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        make_plan(cls.cast, actions=3)

    def page(self, who="member", board="elmshire", on=TODAY):
        self.client.force_login(getattr(self.cast, who))
        with at(on):
            return self.client.get(f"/boards/{board}/")

    def words(self, *args, **kwargs):
        response = self.page(*args, **kwargs)
        assert response.status_code == 200
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))

    def test_plans_are_counted_and_the_counts_lead_to_the_lists(self):
        assert "CSE Action Plan 2026-28 3 actions , 3 still to be done , 3 overdue" in self.words()
        assert "/boards/elmshire/plans/cse-plan/?dates=overdue" in self.page().text
        assert "/boards/elmshire/plans/cse-plan/?rating=no_update" in self.page().text

    def test_sub_groups_say_whom_they_report_to(self):
        words = self.words()
        assert "Operational Group Strategic Group" in words
        assert "Strategic Group the board CSE Action Plan 2026-28" in words

    def test_agencies_at_the_table_are_there(self):
        assert "Elmshire Police Police" in self.words()

    def test_the_open_round_and_the_periods_with_their_reports_are_there(self):
        words = self.words()
        assert "Updates for Q2 2026/27 are asked for now. They are due by 9 October 2026" in words
        assert "Q1 2026/27 1 April 2026 30 June 2026 10 July 2026 Quarterly update" in words
        assert "/boards/elmshire/reports/2026-04-01/" in self.page().text

    def test_between_rounds_the_page_says_that_nothing_is_asked_for(self):
        assert "No updates are asked for at the moment." in self.words(on=TODAY.replace(month=8, day=20))

    def test_the_key_to_the_ratings_is_there(self):
        assert "Amber At risk: something stands in the way" in self.words()

    def test_the_reader_sees_their_own_roles(self):
        assert "Contact of Elmshire Police: write and submit" in self.words("contact")
        assert "Chair of Strategic Group: decide on the actions" in self.words("chair")

    def test_every_role_reads_the_board(self):
        for who in ("manager", "coordinator", "approver", "scrutineer", "secretary", "contributor", "nurse"):
            assert self.page(who).status_code == 200, who

    def test_who_has_no_role_gets_the_same_bytes_as_for_no_board(self):
        refused, missing = self.page("stranger"), self.page("stranger", board="no-such-board")
        assert refused.status_code == missing.status_code == 404
        assert refused.content == missing.content

    def test_a_board_with_nothing_yet_says_so(self):
        then = moment(TODAY, 8)
        board = create_board(slug="new", name="New Partnership", second_factor_required=False, by=None, at=then)
        give_role(person=self.cast.manager, role="business_manager", on=board, by=None, at=then)
        words = self.words("manager", board="new")
        for sentence in (
            "This board has no plan yet.",
            "This board has no sub-group yet.",
            "No agency has a seat on this board yet.",
            "This board has no reporting period yet.",
        ):
            assert sentence in words

    def test_nobody_signed_in_is_sent_to_sign_in(self):
        assert self.client.get("/boards/elmshire/").url.startswith("/sign-in/")
