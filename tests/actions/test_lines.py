"""Lists taken away as tables: of a plan, of what is overdue, and of the access log."""

import csv
from datetime import date
from io import StringIO

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from actions.changes import add_recommendation_source
from actions.lines import HEADINGS
from boards.access import log_access
from boards.models import AccessLog, Event
from boards.sentences import sentence
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment, say

PLAN = "/boards/elmshire/plans/cse-plan/"
OVERDUE = "/boards/elmshire/overdue/"


class Lists(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        plan = make_plan(cast, actions=4, agreed=False)
        make_action(
            cast, plan, "9", wording="Kept among few", lead=cast.health_owner, limited=True, timescale="May 2026"
        )
        make_action(cast, plan, "=10", wording="=1+1")
        cls.plan = agree(cast, plan)
        say(cast, cls.plan.actions.first(), "green", on=date(2026, 7, 3), period="Q1 2026/27", words="Half of it")

    def take(self, address, who="member"):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.post(address)

    def table(self, address, who="member"):
        response = self.take(address, who)
        assert response.status_code == 200
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))

    def told(self):
        event = Event.objects.filter(verb="list.exported").latest("sequence")
        return sentence(event, {detail.name: detail.value for detail in event.details.all()})

    def test_a_plan_is_taken_away_as_it_is_listed(self):
        headings, first, *rest = self.table(PLAN)
        assert headings == list(HEADINGS)
        line = dict(zip(headings, first, strict=True))
        assert (line["Reference"], line["Lead"], line["Who answers"]) == ("1.1", "Police", "Kit Contact")
        assert (line["Due"], line["First due"], line["The plan’s words"]) == ("2026-03-31", "2026-03-31", "March 2026")
        assert (line["Overdue"], line["Rating"], line["Last heard"]) == ("181 days overdue", "Green", "2026-07-03")
        assert "overdue" in line["Against the facts"]
        assert line["Last words"] == "Half of it"
        assert len(rest) == 4
        assert [row[1:3] for row in rest][-1] == ["'=10", "'=1+1"]
        assert self.told() == "Mel Member took a copy of the list of CSE Action Plan 2026-28."
        assert AccessLog.objects.get(what="list.exported").subject == "cse-plan-actions-2026-09-28.csv"

    def test_it_keeps_the_filter_and_the_order(self):
        _, *rows = self.table(f"{PLAN}?sort=-reference&owner={self.cast.police_owner.pk}")
        assert [row[1] for row in rows] == ["'=10", "2.4", "1.1"]
        assert self.told() == "Mel Member took a copy of the list of CSE Action Plan 2026-28 that a filter left."

    def test_what_is_overdue_is_taken_away_worst_first(self):
        _, *rows = self.table(OVERDUE)
        assert [row[1] for row in rows] == ["1.1", "1.2", "2.3", "2.4"]
        assert self.told() == "Mel Member took a copy of the overdue actions."
        event = Event.objects.get(verb="list.exported")
        assert (event.subject_kind, event.subject_id) == ("board", self.cast.board.pk)

    def test_what_is_of_limited_circulation_is_for_few(self):
        for who, sees in (
            ("member", False),
            ("contact", False),
            ("nurse", True),
            ("chair", True),
            ("coordinator", True),
        ):
            for address in (PLAN, OVERDUE):
                text = self.take(address, who).content.decode()
                assert ("Kept among few" in text) is sees, (who, address)
                assert ("Limited circulation" in text) is sees, (who, address)

    def test_whoever_may_not_read_the_list_does_not_take_it(self):
        for address in (PLAN, OVERDUE, "/boards/elmshire/access-log/"):
            assert self.take(address, "stranger").status_code == 404
        assert self.take("/boards/elmshire/access-log/", "member").status_code == 404
        assert not Event.objects.filter(verb="list.exported").exists()

    def test_the_access_log_is_taken_away_by_those_who_read_it(self):
        log_access(
            board=self.cast.board, by=self.cast.member, at=moment(TODAY), what="plan.exported", about=self.plan,
            subject="cse-plan.xlsx",
        )  # fmt: skip
        for who in ("manager", "scrutineer"):
            headings, line = self.table("/boards/elmshire/access-log/?kind=plan.exported", who)
            assert headings == ["When", "Who", "What", "About", "Page or file", "Outcome"]
            assert line == [
                "2026-09-28 11:00", "Mel Member", "Plan exported", "CSE Action Plan 2026-28", "cse-plan.xlsx", "Done",
            ]  # fmt: skip
        assert "took a copy of the access log" in self.told()

    def test_the_plans_of_a_board_are_taken_away_in_a_line_each(self):
        make_plan(self.cast, actions=1, agreed=False, slug="draft", title="Next plan")
        headings, *rows = self.table("/boards/elmshire/plans/")
        assert headings[:4] == ["Plan", "Of", "State", "Overseen by"]
        assert rows == [
            [
                "CSE Action Plan 2026-28", "Elmshire Safeguarding Children Partnership", "Agreed", "Strategic Group",
                "5", "5", "4", "1 Green; 4 No update received",
            ]
        ]  # fmt: skip
        assert [row[0] for row in self.table("/boards/elmshire/plans/", "coordinator")[1:]] == [
            "CSE Action Plan 2026-28", "Next plan",
        ]  # fmt: skip
        assert self.told() == "Casey Coordinator took a copy of the list of plans."

    def test_reviews_are_taken_away_with_what_nothing_answers(self):
        add_recommendation_source(
            board=self.cast.board, title="=Review", kind="review", recommendations=[(1, "One"), (2, "Two")],
            by=self.cast.manager, at=moment(TODAY),
        )  # fmt: skip
        headings, line = self.table("/boards/elmshire/recommendations/")
        assert headings == ["Title", "Kind", "Date", "Recommendations", "With no action"]
        assert line == ["'=Review", "Review", "", "2", "2"]
        assert self.told() == "Mel Member took a copy of the list of reviews, inspections and audits."

    def test_the_pages_offer_it(self):
        self.client.force_login(self.cast.manager)
        with at(TODAY):
            assert "Download 6 actions as CSV" in self.client.get(PLAN).text
            assert "Download 5 overdue actions as CSV" in self.client.get(OVERDUE).text
            assert 'action="?q=promises"' in self.client.get(f"{PLAN}?q=promises").text
            assert "as CSV" not in self.client.get(f"{PLAN}?q=nothing+at+all").text

    def test_a_long_list_takes_as_many_queries_as_a_short_one(self):
        taken = []
        self.take(PLAN)  # the first visit of a day is written down
        for slug, more in (("short", 1), ("long", 120)):
            make_plan(self.cast, actions=3, more=more, slug=slug, title=slug)
            with CaptureQueriesContext(connection) as queries:
                rows = self.table(f"/boards/elmshire/plans/{slug}/")
            assert len(rows) == 4 + more
            taken.append(len(queries))
        assert taken[0] == taken[1]
