"""The histories of a board, a plan and an action: what somebody may read back, narrowed, paged, and as a table."""

import csv
import re
from datetime import date, timedelta
from io import StringIO

from django.test import TestCase

from actions import changes
from actions.models import Plan
from boards.audit import verify
from boards.models import AccessLog, Event
from tests.builders import TODAY, agree, at, make_action, make_board, make_draft_again, make_plan, moment, rating, say

PERIOD = "Q2 2026/27"


class Histories(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        cls.there = make_board("oakshire", "Oakshire Safeguarding Partnership")
        cls.plan = make_plan(cls.cast, actions=2, agreed=False, receiving_boards=[cls.there.board])
        make_action(cls.cast, cls.plan, "9.1", wording="Kept among few", limited=True, timescale="")
        make_action(cls.cast, cls.plan, "9.2", timescale="")
        cls.plan = agree(cls.cast, cls.plan)
        cls.first, cls.second, cls.limited, _ = cls.plan.actions.order_by("position")
        for number, action in enumerate((cls.first, cls.second, cls.limited)):
            say(cls.cast, action, "amber", on=TODAY - timedelta(days=9 - number), period=PERIOD)
        changes.add_note(
            action=cls.first, words="Between us", internal=True, by=cls.cast.coordinator, at=moment(TODAY, 8)
        )
        changes.save_draft(
            action=cls.first,
            owner=cls.cast.police_owner,
            round=cls.cast.rounds[PERIOD],
            answer=changes.Answer(status="in_progress", rating=rating(cls.cast, "green"), words="Not yet"),
            by=cls.cast.contributor,
            at=moment(TODAY, 9),
        )

    def where(self, of):
        plan = "/boards/elmshire/plans/cse-plan/"
        return {
            "board": "/boards/elmshire/history/",
            "plan": f"{plan}history/",
            "action": f"{plan}actions/{self.first.pk}/history/",
            "limited": f"{plan}actions/{self.limited.pk}/history/",
        }[of]

    def page(self, of, who="member", query="", method="get", cast=None):
        self.client.force_login(getattr(cast or self.cast, who))
        with at(TODAY):
            return getattr(self.client, method)(self.where(of) + query)

    def words(self, *args, **more):
        response = self.page(*args, **more)
        assert response.status_code == 200
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))

    def table(self, *args, **more):
        response = self.page(*args, method="post", **more)
        assert response.status_code == 200
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))

    def test_a_history_reads_as_sentences_newest_first(self):
        words = self.words("plan")
        assert "History of CSE Action Plan 2026-28" in words
        assert "Casey Coordinator entered an update for Health" in words
        assert words.index("entered an update for Health") < words.index("entered an update for Police")
        assert words.index("entered an update for Police") < words.index("was agreed on 12 January 2026")
        assert words.index("was agreed on") < words.index("began the plan CSE Action Plan 2026-28")
        assert "Action 1.1 Casey Coordinator entered an update for Police" in words

    def test_the_history_of_an_action_is_of_that_action(self):
        words = self.words("action")
        assert "History of action 1.1 of CSE Action Plan 2026-28" in words
        assert "for Police" in words
        assert "for Health" not in words

    def test_the_history_of_a_board_holds_what_its_people_did(self):
        words = self.words("board", "manager")
        assert "gave Nic Nurse the role Contact on Elmshire Health Board" in words
        assert "Kept among few" in words
        assert "Oakshire" not in words

    def test_who_may_read_what(self):
        for of, may in (
            ("board", {"manager", "scrutineer"}),
            ("limited", {"manager", "coordinator", "scrutineer", "chair", "contact", "contributor"}),
        ):
            for who in (
                "manager", "coordinator", "approver", "member", "scrutineer", "chair", "secretary", "contact",
                "contributor", "nurse", "stranger",
            ):  # fmt: skip
                for method in ("get", "post"):
                    assert self.page(of, who, method=method).status_code == (200 if who in may else 404), (of, who)
        assert self.page("plan", "member", cast=self.there).status_code == 200
        assert self.page("plan", "stranger").status_code == 404

    def test_nobody_reads_of_a_limited_action_who_may_not_read_it(self):
        for cast, who in ((self.cast, "member"), (self.cast, "nurse"), (self.there, "manager")):
            words = self.words("plan", who, cast=cast)
            table = str(self.table("plan", who, cast=cast))
            for sign in ("9.1", "Kept among few", "limited circulation"):
                assert sign not in words, who
                assert sign not in table, who
            assert "Not complete when agreed: 9.2 (" in words
        for who in ("contact", "manager"):
            assert "Kept among few" in self.words("plan", who)
        assert "Not complete when agreed: 9.1, 9.2" in self.words("plan", "manager")

    def test_a_heading_is_told_of_unless_it_stands_over_what_few_see_alone(self):
        who = {"by": self.cast.manager, "at": moment(TODAY, 8)}
        agreed_on = self.plan.agreed_on
        make_draft_again(self.plan)
        changes.add_section(plan=self.plan, title="Nothing in it yet", **who)
        quiet = changes.add_section(plan=self.plan, title="Few alone", **who)
        Plan.objects.filter(pk=self.plan.pk).update(state="agreed", agreed_on=agreed_on)
        type(self.limited).objects.filter(pk=self.limited.pk).update(section=quiet)
        for who, few in (("member", False), ("manager", True)):
            words = self.words("plan", who)
            assert "added the section Nothing in it yet" in words
            assert "added the section 1.0 Prevent" in words
            assert ("Few alone" in words) is few

    def test_nor_counts_it(self):
        seen, all_of_it = self.words("plan", "member"), self.words("plan", "manager")
        count = re.compile(r"(\d+) of (\d+) lines")
        limited = Event.objects.filter(subject_kind="action", subject_id=self.limited.pk).count()
        on_their_way, internal = 1, 1
        assert int(count.search(all_of_it)[2]) - int(count.search(seen)[2]) == limited + on_their_way + internal
        assert str(Event.objects.order_by("-sequence").first().sequence) not in re.findall(r"\b\d+\b", seen)

    def test_internal_notes_are_for_who_keeps_the_plan(self):
        assert "Between us" in self.words("action", "coordinator")
        for who in ("member", "scrutineer", "contact"):
            assert "Between us" not in self.words("action", who)

    def test_what_is_on_its_way_is_for_its_own_people_and_those_who_see_everything(self):
        for who in ("contributor", "scrutineer"):
            assert "saved a draft" in self.words("plan", who)
        assert "saved a draft" not in self.words("plan", "nurse")

    def test_it_is_narrowed_by_person_kind_and_days_in_the_address(self):
        assert "by Casey" not in self.words("plan", query=f"?person={self.cast.manager.pk}")
        words = self.words("plan", query="?kind=update&since=2026-09-20")
        assert "1 of " in words
        assert "entered an update for Health" in words
        assert "Nothing in this history matches all of that." in self.words("plan", query="?until=2026-01-01")

    def test_the_table_is_what_is_shown_and_taking_it_is_recorded(self):
        table = self.table("plan", query="?kind=update")
        assert table[0] == ["When", "Who", "Kind", "About", "What happened"]
        assert [row[3] for row in table[1:]] == ["Action 2.2", "Action 1.1"]
        assert table[2][0] == "2026-09-19 12:00"
        event = Event.objects.order_by("sequence").last()
        assert (event.verb, event.subject_kind, event.by) == ("history.exported", "plan", self.cast.member)
        line = AccessLog.objects.get()
        assert (line.what, line.by, line.subject) == ("history.exported", self.cast.member, "cse-plan-history.csv")
        assert verify(self.cast.board) is None
        words = self.words("plan")
        assert "Mel Member took a copy of the history of CSE Action Plan 2026-28 (Update on the record)." in words

    def test_a_formula_in_somebodys_words_stays_words(self):
        changes.add_note(action=self.first, words="hello", by=self.cast.coordinator, at=moment(TODAY))
        type(self.cast.coordinator).objects.filter(pk=self.cast.coordinator.pk).update(name="=1+1")
        self.cast.coordinator.refresh_from_db()
        changes.add_note(action=self.first, words="again", by=self.cast.coordinator, at=moment(TODAY))
        row = self.table("action")[1]
        assert row[1] == "'=1+1"
        assert row[4].startswith("'=1+1 added a progress note")

    def test_a_long_history_is_paged_and_asks_no_more(self):
        self.client.force_login(self.cast.member)
        with at(TODAY):
            self.client.get("/boards/elmshire/")  # the first visit of a day is written down
        with at(TODAY), self.assertNumQueries(12):
            self.client.get(self.where("plan"))
        for number in range(60):
            changes.add_note(action=self.second, words=f"Note {number}", by=self.cast.coordinator, at=moment(TODAY))
        with at(TODAY), self.assertNumQueries(12):
            response = self.client.get(self.where("plan"))
        assert response.text.count("app-timeline__what") == 50
        assert 'aria-label="Page 2"' in response.text

    def test_pages_lead_to_their_histories(self):
        for who, address, of in (
            ("manager", "/boards/elmshire/", "board"),
            ("member", "/boards/elmshire/plans/cse-plan/", "plan"),
            ("member", f"/boards/elmshire/plans/cse-plan/actions/{self.first.pk}/", "action"),
        ):
            self.client.force_login(getattr(self.cast, who))
            with at(TODAY):
                assert self.where(of) in self.client.get(address).text

    def test_a_day_is_a_london_day(self):
        changes.add_note(
            action=self.first,
            words="After midnight in London",
            by=self.cast.coordinator,
            at=moment(date(2026, 9, 28), 23).replace(minute=30),
        )
        assert "After midnight" in self.words("action", query="?since=2026-09-29")
