"""Taking a plan away from its page: which files, for whom, and what is written down of it."""

import re
from datetime import date

from django.test import TestCase

from boards.models import AccessLog, Event
from boards.sentences import sentence
from tests.actions.exported import everything_in_file, rows_of
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment, say

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


class Exports(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        cls.there = make_board("oakshire", "Oakshire Partnership")
        plan = make_plan(cast, actions=2, agreed=False, receiving_boards=[cls.there.board])
        cls.hidden = make_action(cast, plan, "9", wording="Kept among few", lead=cast.health_owner, limited=True)
        cls.plan = agree(cast, plan)
        say(cast, cls.plan.actions.first(), "red", on=date(2026, 7, 3), period="Q1 2026/27")

    def ask(self, who="member", *, method="post", slug="cse-plan", query="", cast=None, **sent):
        self.client.force_login(getattr(cast or self.cast, who))
        with at(TODAY):
            return getattr(self.client, method)(f"/boards/elmshire/plans/{slug}/export/{query}", sent)

    def words(self, response):
        assert response.status_code == 200
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))

    def events(self):
        return [
            sentence(event, {detail.name: detail.value for detail in event.details.all()})
            for event in Event.objects.filter(verb="plan.exported")
        ]

    def test_the_page_of_the_plan_offers_every_kind_of_file_to_whoever_reads_it(self):
        self.client.force_login(self.cast.member)
        with at(TODAY):
            page = self.client.get("/boards/elmshire/plans/cse-plan/").text
        for kind in TYPES:
            assert f'name="kind" value="{kind}"' in page
        assert 'action="/boards/elmshire/plans/cse-plan/export/"' in page

    def test_a_file_comes_with_its_name_and_kind_and_is_written_down(self):
        for kind, content_type in TYPES.items():
            response = self.ask(kind=kind)
            assert response.status_code == 200
            assert response["Content-Type"] == content_type
            name = f"cse-plan-2026-09-28.{kind}"
            assert response["Content-Disposition"] == f'attachment; filename="{name}"'
            assert response["X-Content-Type-Options"] == "nosniff"
            line = AccessLog.objects.filter(what="plan.exported").latest("pk")
            assert (line.by, line.subject, line.subject_id) == (self.cast.member, name, self.plan.pk)
        assert self.events()[:2] == [
            "Mel Member took a copy of CSE Action Plan 2026-28 as an Excel workbook.",
            "Mel Member took a copy of CSE Action Plan 2026-28 as a Word document.",
        ]

    def test_looking_at_the_page_writes_nothing_down(self):
        words = self.words(self.ask(method="get"))
        assert "Export CSE Action Plan 2026-28" in words
        assert "To circulate and to print" in words
        assert self.events() == []

    def test_few_take_away_what_is_of_limited_circulation(self):
        for who, sees in (
            ("manager", True), ("coordinator", True), ("scrutineer", True), ("chair", True), ("nurse", True),
            ("member", False), ("contact", False), ("secretary", False), ("approver", False),
        ):  # fmt: skip
            for kind in TYPES:
                words = everything_in_file(self.ask(who, kind=kind).content, kind)
                assert ("Kept among few" in words) is sees, (who, kind)
                assert ("imited circulation" in words) is sees, (who, kind)

    def test_a_receiving_board_takes_what_it_reads(self):
        response = self.ask("manager", cast=self.there, kind="csv")
        rows = rows_of(response.content, "csv")
        assert len(rows) == 3
        assert "Kept among few" not in response.content.decode()

    def test_a_draft_is_for_those_who_see_drafts(self):
        make_plan(self.cast, actions=1, agreed=False, slug="draft", title="Next plan")
        for who, status in (("member", 404), ("nurse", 404), ("coordinator", 200), ("chair", 200)):
            for method in ("get", "post"):
                assert self.ask(who, method=method, slug="draft", kind="csv").status_code == status, (who, method)
        assert self.ask("manager", cast=self.there, slug="draft", kind="csv").status_code == 404

    def test_who_may_not_read_the_plan_meets_what_is_not_there(self):
        nothing = self.ask("stranger", slug="nothing", kind="csv")
        hidden = self.ask("stranger", kind="csv")
        assert (hidden.status_code, hidden.content) == (404, nothing.content)
        assert self.events() == []

    def test_a_past_day_is_in_the_name_of_the_file_and_in_the_record(self):
        response = self.ask(kind="xlsx", day="2026-06-01")
        assert 'filename="cse-plan-as-at-2026-06-01.xlsx"' in response["Content-Disposition"]
        headings, first, *_ = rows_of(response.content, "xlsx")
        assert dict(zip(headings, first, strict=True))["RAG"] == ""
        assert self.events() == [
            "Mel Member took a copy of CSE Action Plan 2026-28, as at 1 June 2026, as an Excel workbook."
        ]
        self.client.force_login(self.cast.member)
        with at(TODAY):
            page = self.client.get("/boards/elmshire/plans/cse-plan/as-at/?day=2026-06-01").text
        assert "/boards/elmshire/plans/cse-plan/export/?day=2026-06-01" in page
        assert "as at 1 June 2026" in self.words(self.ask(method="get", query="?day=2026-06-01"))

    def test_a_day_that_cannot_be_is_answered_with_what_to_do(self):
        assert "Day must be today or in the past" in self.words(self.ask(kind="csv", day="2027-01-01"))
        assert "Day must be a real date" in self.words(self.ask(kind="csv", day="soon"))
        assert "Nothing of this plan had been written by then" in self.words(self.ask(kind="csv", day="2020-01-01"))
        assert self.events() == []

    def test_a_kind_of_file_that_there_is_not_shows_those_there_are(self):
        for sent in ({"kind": "exe"}, {"kind": "../x"}, {}):
            assert "Export CSE Action Plan" in self.words(self.ask(**sent))
        assert self.events() == []

    def test_what_excel_cannot_hold_is_said_on_the_page(self):
        plan = make_plan(self.cast, actions=0, agreed=False, slug="long", title="Long")
        make_action(self.cast, plan, "4", wording="long " * 7000)
        assert "too long for Excel" in self.words(self.ask("coordinator", slug="long", kind="xlsx"))
        assert self.ask("coordinator", slug="long", kind="docx")["Content-Type"] == TYPES["docx"]

    def test_whoever_is_not_signed_in_signs_in_first(self):
        response = self.client.get("/boards/elmshire/plans/cse-plan/export/")
        assert response.status_code == 302
        assert response.url.startswith("/sign-in/")

    def test_the_history_says_it_to_those_who_read_it(self):
        self.ask(kind="csv")
        self.client.force_login(self.cast.approver)
        with at(moment(TODAY).date()):
            history = self.client.get("/boards/elmshire/plans/cse-plan/history/").text
        assert "took a copy of CSE Action Plan 2026-28 as a CSV file" in history
