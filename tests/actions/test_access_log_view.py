"""The page of a board's access log: for the business manager and the scrutineer, narrowed and paged."""

import re
from datetime import timedelta

from django.test import TestCase

from boards.access import log_access
from boards.changes import create_board, give_role
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment

WHERE = "/boards/elmshire/access-log/"


class AccessLogPage(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        cls.there = make_board("oakshire", "Oakshire Safeguarding Partnership")
        cls.plan = make_plan(cls.cast, actions=1, agreed=False)
        make_action(cls.cast, cls.plan, "9.1", limited=True)
        agree(cls.cast, cls.plan)
        cls.limited = cls.plan.actions.get(limited=True)
        cls.log("report.downloaded", cls.cast.member, subject="elmshire-q1.pdf")
        cls.log("action.read", cls.cast.contact, days=1, about=cls.limited, subject="action")
        cls.log("page.refused", cls.there.member, days=2, about=cls.plan, subject="plan", outcome="hidden")
        cls.log("page.refused", cls.cast.member, board=cls.there.board, about=cls.there.board, outcome="hidden")

    @classmethod
    def log(cls, what, by, *, board=None, days=0, **more):
        when = moment(TODAY - timedelta(days=days))
        log_access(board=board or cls.cast.board, by=by, at=when, what=what, **more)

    def page(self, who="manager", query=""):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.get(WHERE + query)

    def words(self, *args):
        response = self.page(*args)
        assert response.status_code == 200
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))

    def test_each_line_says_when_who_what_about_what_and_how_it_ended(self):
        words = self.words()
        assert "28 September 2026, 11:00 Mel Member Report downloaded elmshire-q1.pdf Done" in words
        assert "Kit Contact Limited action read Action 9.1, CSE Action Plan 2026-28 action Done" in words
        assert "Page refused CSE Action Plan 2026-28 plan Refused, as if it were not there" in words
        assert "3 of 3 lines" in words

    def test_newest_first(self):
        words = self.words()
        assert words.index("28 September 2026,") < words.index("27 September 2026,") < words.index("26 September 2026,")

    def test_it_is_narrowed_by_person_kind_and_days(self):
        assert "1 of 3 lines" in self.words("manager", f"?person={self.cast.contact.pk}")
        assert "1 of 3 lines" in self.words("manager", "?kind=page.refused")
        assert "2 of 3 lines" in self.words("manager", "?since=2026-09-27")
        assert "1 of 3 lines" in self.words("manager", "?since=2026-09-26&until=2026-09-26")
        assert "No line of the log matches all of that." in self.words("manager", "?until=2026-01-01")

    def test_days_that_are_none_are_said_to_be(self):
        assert "From must be a real date, for example 30/9/2026." in self.words("manager", "?since=soon")
        assert "To must be the same day as From or later." in self.words(
            "manager", "?since=2026-09-27&until=2026-09-26"
        )

    def test_only_people_of_its_own_lines_can_be_chosen(self):
        box = self.page().text.split('id="id_person"')[1].split("</select>")[0]
        assert re.findall(r"<option[^>]*>\s*([^<]+?)\s*<", box) == ["All", "Kit Contact", "Mel Member", "Mel Member"]

    def test_it_is_for_the_business_manager_and_the_scrutineer(self):
        assert self.page("scrutineer").status_code == 200
        for who in ("coordinator", "approver", "member", "contact", "contributor", "chair", "secretary", "stranger"):
            assert self.page(who).status_code == 404, who

    def test_the_boards_page_leads_to_it_for_whom_it_serves(self):
        for who, serves in (("manager", True), ("scrutineer", True), ("member", False)):
            self.client.force_login(getattr(self.cast, who))
            assert (WHERE in self.client.get("/boards/elmshire/").text) is serves

    def test_a_long_log_is_paged_and_asks_no_more(self):
        self.client.force_login(self.cast.manager)
        with at(TODAY):
            self.client.get("/boards/elmshire/")  # the first visit of a day is written down
        with at(TODAY), self.assertNumQueries(11):
            self.client.get(WHERE)
        for _ in range(50):
            self.log("action.read", self.cast.contact, about=self.limited)
            self.log("page.refused", self.cast.member, about=self.plan, outcome="hidden")
        with at(TODAY), self.assertNumQueries(11):
            response = self.client.get(WHERE)
        assert "103 of 103 lines" in response.text
        assert 'aria-label="Page 3"' in response.text

    def test_a_log_with_nothing_yet_says_so(self):
        new = create_board(
            slug="new", name="New Partnership", second_factor_required=False, by=None, at=moment(TODAY, 8)
        )
        give_role(person=self.cast.manager, role="business_manager", on=new, by=None, at=moment(TODAY, 8))
        self.client.force_login(self.cast.manager)
        with at(TODAY):
            text = self.client.get("/boards/new/access-log/").text
        assert "Nobody has been refused anything on this board" in text
