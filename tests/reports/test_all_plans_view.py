"""One page of every plan that a person reads, over all their boards."""

import csv
import re
from datetime import date
from io import StringIO

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from actions import changes
from actions.models import Plan
from boards.changes import give_role
from boards.models import AccessLog, Event
from boards.sentences import sentence
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment, rating, say


class AllPlans(TestCase):
    """Elmshire has a plan of five actions, 1 and 4 of which police lead, one of limited circulation, and a draft;
    Oakshire has a plan, and one that Elmshire receives. The police contact is a member of Oakshire too."""

    @classmethod
    def setUpTestData(cls):
        cls.here = here = make_board()
        cls.there = there = make_board("oakshire", "Oakshire Safeguarding Partnership")
        cls.plan = make_plan(here, actions=5, agreed=False)
        make_action(here, cls.plan, "9.1", wording="Kept among few", limited=True, timescale="April 2026")
        agree(here, cls.plan)
        make_plan(here, actions=1, slug="next", title="A next plan", agreed=False)
        cls.theirs = make_plan(there, actions=2, slug="oak", title="Oakshire plan")
        cls.sent = make_plan(there, actions=1, slug="sent", title="Sent plan", receiving_boards=[here.board])
        give_role(person=here.contact, role="member", on=there.board, by=there.manager, at=moment(TODAY, 8))

    def get(self, who, query="", on=TODAY, page="/plans/"):
        self.client.force_login(getattr(self.here, who) if isinstance(who, str) else who)
        with at(on):
            response = self.client.get(page + query)
        assert response.status_code == 200
        self.html = response.text
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))

    def rows(self, *args, **more):
        self.get(*args, **more)
        rows = self.html.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:] if "<tbody>" in self.html else []
        return [re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", row)).strip() for row in rows]

    def titles(self, *args, **more):
        self.get(*args, **more)
        return re.findall(r'app-promise app-words" href="[^"]*">([^<]*)</a>', self.html)

    def test_a_line_says_board_state_round_and_what_is_owed_and_overdue(self):
        own, oak, sent = self.rows("contact")
        assert own == (
            "CSE Action Plan 2026-28 6 actions Elmshire Safeguarding Children Partnership In use agreed 12 January"
            " 2026 9 October 2026 Q2 2026/27 3 by you on CSE Action Plan 2026-28 "
            "6 overdue in CSE Action Plan 2026-28 none due in 30 days"
        )
        assert oak.startswith("Oakshire plan 2 actions Oakshire Safeguarding Partnership In use")
        assert "9 October 2026 Q2 2026/27 None by you 2 overdue" in oak
        assert sent.startswith("Sent plan 1 action Oakshire Safeguarding Partnership In use")

    def take(self, who, query=""):
        self.client.force_login(getattr(self.here, who))
        with at(TODAY):
            response = self.client.post(f"/plans/{query}")
        assert response["Content-Disposition"] == 'attachment; filename="all-plans-2026-09-28.csv"'
        return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))

    def test_the_list_is_taken_away_and_each_board_is_told_of_itself_alone(self):
        headings, own, oak, sent = self.take("contact")
        line = dict(zip(headings, own, strict=True))
        assert (line["Plan"], line["State"], line["Round due"]) == ("CSE Action Plan 2026-28", "In use", "2026-10-09")
        assert (line["Updates owed by you"], line["Updates outstanding"], line["Overdue"]) == ("3", "", "6")
        assert (oak[0], sent[0]) == ("Oakshire plan", "Sent plan")
        events = Event.objects.filter(verb="list.exported").order_by("board")
        assert [event.board for event in events] == [self.here.board, self.there.board]
        for event in events:
            told = sentence(event, {detail.name: detail.value for detail in event.details.all()})
            assert told == "Kit Contact took a copy of the plans of all their boards."
        assert AccessLog.objects.filter(what="list.exported").count() == 2

    def test_it_keeps_the_filter(self):
        _, *rows = self.take("contact", f"?board={self.here.board.pk}")
        assert [row[0] for row in rows] == ["CSE Action Plan 2026-28"]
        assert len(self.take("stranger")) == 1

    def test_what_few_see_counts_for_them_alone_and_drafts_are_for_who_sees_them(self):
        own, _ = self.rows("member")
        assert own.startswith("CSE Action Plan 2026-28 5 actions")
        assert "None by you 5 overdue" in own
        assert sorted(self.titles("coordinator")) == ["A next plan", "CSE Action Plan 2026-28", "Sent plan"]

    def test_a_received_plan_says_from_whom_and_asks_nothing_here(self):
        sent = self.rows("member")[-1]
        assert sent.startswith(
            "Sent plan 1 action Elmshire Safeguarding Children Partnership received from Oakshire Safeguarding"
        )
        assert "Asked by its own board None by you" in sent
        assert 'href="/boards/oakshire/plans/sent/"' in self.html
        assert "/boards/oakshire/plans/oak/" not in self.html
        assert "/boards/oakshire/" not in self.html.replace("/boards/oakshire/plans/sent/", "")

    def test_who_keeps_a_plan_reads_how_much_is_outstanding(self):
        action = self.plan.actions.first()
        changes.submit_update(
            action=action, owner=self.here.police_owner, round=self.here.rounds["Q2 2026/27"],
            answer=changes.Answer(status="in_progress", rating=rating(self.here, "amber"), words="On", reason="So"),
            by=self.here.contact, at=moment(date(2026, 9, 20)),
        )  # fmt: skip
        assert "5 of 6 outstanding" in self.get("coordinator")
        assert "outstanding" not in self.get("member")
        assert "2 by you" in self.get("contact")

    def test_what_is_owed_is_what_the_page_of_work_says(self):
        work = self.get("contact", page="/")
        assert "3 updates due by 9 October 2026" in work
        assert "3 by you" in self.get("contact")

    def test_between_rounds_and_after_one_is_due_it_says_so(self):
        assert "No round is open" in self.rows("contact", on=date(2026, 8, 20))[0]
        assert "9 October 2026 has passed" in self.rows("contact", on=date(2026, 10, 12))[0]

    def test_closed_plans_and_records_of_old_ones_are_said_to_be_so(self):
        Plan.objects.filter(pk=self.theirs.pk).update(state=Plan.State.CLOSED, closed_on=date(2026, 8, 1))
        Plan.objects.filter(pk=self.sent.pk).update(as_at=date(2026, 2, 1))
        _, oak, sent = self.rows("contact")
        assert "Closed 1 August 2026 Not asked about None by you Not followed up" in oak
        assert "Record of an old plan as at 1 February 2026 Not asked about None by you Not followed up" in sent
        assert self.titles("contact", "?state=closed") == ["Oakshire plan"]
        assert self.titles("contact", "?state=old") == ["Sent plan"]

    def test_it_is_narrowed_by_board_and_says_how_many_of_how_many(self):
        assert self.titles("contact", f"?board={self.there.board.pk}") == ["Oakshire plan", "Sent plan"]
        assert "2 of 3 plans" in self.get("contact", f"?board={self.there.board.pk}")
        assert "3 of 3 plans" in self.get("contact", "?board=999")
        assert self.titles("member", f"?board={self.here.board.pk}") == ["CSE Action Plan 2026-28", "Sent plan"]
        query = f"?board={self.there.board.pk}&state=draft"
        give_role(person=self.here.coordinator, role="member", on=self.there.board, by=None, at=moment(TODAY, 8))
        assert "None of your plans matches all of that. Show all of them" in self.get("coordinator", query)

    def test_it_is_sorted_by_its_headings(self):
        say(self.there, self.theirs.actions.first(), "blue", status="complete", on=TODAY, period="Q2 2026/27")
        own, oak, sent = "CSE Action Plan 2026-28", "Oakshire plan", "Sent plan"
        for sort, expected in (
            ("", [own, oak, sent]),
            ("-board", [oak, sent, own]),
            ("-plan", [sent, oak, own]),
            ("owed", [own, oak, sent]),
            ("late", [own, oak, sent]),
            ("-late", [oak, sent, own]),
        ):
            assert self.titles("contact", f"?sort={sort}") == expected, sort
        assert 'aria-sort="ascending"' in self.html or 'aria-sort="descending"' in self.html

    def test_sorting_by_the_round_puts_plans_without_one_last(self):
        assert self.titles("member", "?sort=due")[-1] == "Sent plan"
        assert self.titles("member", "?sort=-due")[-1] == "Sent plan"

    def test_the_page_of_work_leads_there_when_there_is_more_than_one_board(self):
        for who, leads in (("contact", True), ("member", True), (self.there.member, False), ("stranger", False)):
            self.get(who, page="/")
            assert ('href="/plans/"' in self.html) is leads, who

    def test_without_a_role_or_without_plans_it_says_so(self):
        assert "You have no role on any board yet." in self.get("stranger")
        empty = make_board("ashshire", "Ashshire Partnership")
        assert "Your boards have no plan yet." in self.get(empty.member)

    def test_markup_in_a_title_stays_text(self):
        make_plan(self.here, actions=1, slug="odd", title="<b>Odd</b> " + "x" * 100)
        self.get("member")
        assert "&lt;b&gt;Odd&lt;/b&gt; xxx" in self.html

    def test_it_takes_as_many_queries_for_five_boards_as_for_two(self):
        taken = []
        for more in (0, 3):
            for number in range(more):
                board = make_board(f"more-{number}", f"More {number}")
                for plan in range(2):
                    make_plan(board, actions=2, slug=f"more-{number}-{plan}", title=f"More {number} {plan}")
                give_role(
                    person=self.here.contact, role="member", on=board.board, by=board.manager, at=moment(TODAY, 8)
                )
            self.get("contact")
            with CaptureQueriesContext(connection) as queries:
                self.get("contact")
            taken.append(len(queries))
            assert "1 of 1 plan" not in self.html
        assert taken[0] == taken[1]
        assert taken[0] < 45
