"""The pages of recommendations: what answers each, where that stands, and what nothing answers."""

import csv
import re
from datetime import date
from io import StringIO

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from actions import changes
from actions.models import Plan
from boards.changes import change_labels
from boards.models import AccessLog, Board, Event
from tests.builders import AGREED_ON, TODAY, agree, at, make_action, make_board, make_plan, moment, say

HOME = "/boards/elmshire/recommendations/"
TEXTS = [
    (1, "Train <all> staff"), (2, "Know the places"), (3, "=HYPERLINK(1)"), (4, "Share data"), (10, "Hear " + "x" * 90),
]  # fmt: skip


class Recommendations(TestCase):
    """A review of five: 1 is answered by a late action, one that is done and one withdrawn; 2 by one of limited
    circulation; 3 by a draft; 4 by a plan that is closed; 10 by nothing."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        who = {"by": cast.manager, "at": moment(AGREED_ON)}
        cls.source = changes.add_recommendation_source(
            board=cast.board,
            title="Peer review of CSE",
            kind="review",
            dated=date(2026, 1, 12),
            recommendations=TEXTS,
            **who,
        )
        cls.numbers = {each.number: each for each in cls.source.recommendations.all()}
        plan = make_plan(cast, actions=0, agreed=False)
        cls.late = cls.answer(plan, "1", 1, timescale="April 2026")
        done = cls.answer(plan, "2", 1)
        cls.answer(plan, "3", 2, limited=True, lead=cast.police_owner)
        gone = cls.answer(plan, "4", 1)
        agree(cast, plan)
        over = make_plan(cast, actions=0, agreed=False, slug="old", title="Old plan")
        cls.answer(over, "7", 4)
        agree(cast, over)
        Plan.objects.filter(pk=over.pk).update(state=Plan.State.CLOSED, closed_on=date(2026, 6, 1))
        say(cast, done, "blue", status="complete", on=date(2026, 4, 2), period="Q4 2025/26")
        changes.withdraw_action(action=gone, reason="No longer wanted", by=cast.manager, at=moment(date(2026, 5, 1)))
        cls.draft = make_plan(cast, actions=0, agreed=False, slug="next", title="Next plan")
        cls.answer(cls.draft, "9", 3)
        cls.there = make_board("oakshire", "Oakshire Safeguarding Partnership")
        cls.page_of_it = f"{HOME}{cls.source.pk}/"

    @classmethod
    def answer(cls, plan, reference, *numbers, **facts):
        answered = [cls.numbers[number] for number in numbers]
        return make_action(cls.cast, plan, reference, recommendations=answered, **facts)

    def get(self, who="member", query="", page=None, method="get"):
        self.client.force_login(getattr(self.cast, who) if isinstance(who, str) else who)
        with at(TODAY):
            return getattr(self.client, method)((page or self.page_of_it) + query)

    def words(self, *args, **more):
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", self.get(*args, **more).text))

    def references(self, *args, **more):
        return re.findall(r'<span class="app-reference">([^<]*)</span>', self.get(*args, **more).text)

    def table(self, *args, **more):
        response = self.get(*args, method="post", **more)
        assert response["Content-Type"].startswith("text/csv")
        return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


class OneSource(Recommendations):
    def test_it_says_first_how_many_have_no_action(self):
        assert "Review, 12 January 2026. Only actions that you may read" in self.words()
        assert "3 of 5 recommendations have no action ." in self.words()

    def test_a_draft_is_no_answer_yet_and_is_told_of_to_those_who_see_drafts(self):
        words = self.words("coordinator")
        assert "2 of 5 recommendations have no action in an agreed plan . A draft answers 1 of them." in words
        assert "No action answers it; a draft has 1 action for it." in words
        assert "Draft, not yet agreed" in words
        assert "raft" not in self.words("member")

    def test_the_answers_are_summed_up_in_words(self):
        words = self.words()
        assert "Answered by 2 actions, 1 overdue, 1 with no update received, 1 complete." in words
        assert "Answered by 1 action, none complete, 1 of a plan that is over." in words

    def test_limited_actions_and_drafts_neither_show_nor_count_for_who_may_not_read_them(self):
        assert self.references("member") == ["1", "2", "4", "7"]
        assert self.references("nurse") == ["1", "2", "4", "7"]
        assert self.references("contact") == ["1", "2", "4", "3", "7"]
        assert self.references("coordinator") == ["1", "2", "4", "3", "9", "7"]

    def test_who_may_not_read_what_answers_it_reads_what_they_would_if_nothing_did(self):
        hidden, none = (self.part(number) for number in (2, 10))
        assert hidden == none == "No action answers it."

    def part(self, number, who="member"):
        text = self.get(who).text.split(f'id="recommendation-{number}"')[1].split("</section>")[0]
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", text.split("</h2>")[1])).strip()

    def test_a_withdrawn_action_is_shown_and_answers_nothing(self):
        with_one = self.answer(self.draft, "8", 10)
        agree(self.cast, self.draft)
        changes.withdraw_action(action=with_one, reason="Not wanted", by=self.cast.manager, at=moment(TODAY, 9))
        assert self.part(10).startswith("No action answers it any more.")
        assert "Withdrawn" in self.part(10)

    def test_an_action_that_a_draft_is_to_carry_on_answers_until_that_is_agreed(self):
        changes.carry_over(
            action=self.late, plan=self.draft, reason="Goes on", by=self.cast.manager, at=moment(TODAY, 9)
        )
        assert "Answered by 2 actions, 1 overdue" in self.part(1)
        assert "a draft has 1 action for it" in self.part(1, "coordinator")

    def test_a_closed_plan_and_the_record_of_an_old_one_are_said_to_be_so(self):
        assert "Plan closed 1 June 2026" in self.words()
        old = make_plan(self.cast, actions=0, agreed=False, slug="older", title="Older plan")
        self.answer(old, "5", 10)
        agree(self.cast, old)
        Plan.objects.filter(pk=old.pk).update(as_at=date(2026, 2, 1))
        assert "Record of an old plan, as at 1 February 2026" in self.part(10)
        assert "Answered by 1 action, none complete, 1 of a plan that is over." in self.part(10)

    def test_it_can_be_narrowed_and_says_how_many_of_how_many(self):
        for what, expected in (("nothing", 3), ("overdue", 1), ("silent", 1), ("open", 5), ("made up", 5)):
            assert f"{expected} of 5 recommendations" in self.words(query=f"?only={what}"), what
        assert "Show all 5" in self.words(query="?only=nothing")

    def test_nothing_to_show_says_so(self):
        empty = changes.add_recommendation_source(
            board=self.cast.board, title="Audit", kind="audit", recommendations=[(1, "One")],
            by=self.cast.manager, at=moment(TODAY, 8),
        )  # fmt: skip
        words = self.words(page=f"{HOME}{empty.pk}/", query="?only=overdue")
        assert "No recommendation of it is like that. Show all of them" in words
        assert "1 of 1 recommendation has no action" in words

    def test_words_are_escaped_and_long_ones_break(self):
        text = self.get().text
        assert "Train &lt;all&gt; staff" in text
        assert 'app-words">10. Hear xxx' in text

    def test_the_table_holds_what_is_shown_and_no_formula(self):
        lines = self.table("coordinator")
        assert lines[0][:3] == ["Number", "Recommendation", "Where it stands"]
        assert [(line[0], line[5]) for line in lines[1:]] == [
            ("1", "1"), ("1", "2"), ("1", "4"), ("2", "3"), ("3", "9"), ("4", "7"), ("10", ""),
        ]  # fmt: skip
        assert lines[5][1] == "'=HYPERLINK(1)"
        assert lines[4][-1] == "Limited circulation"
        assert lines[1][6:13] == [
            self.late.version.wording, "Police", "Not started", "Not yet rated",
            "No update received, last heard: never heard from", "2026-04-30", "2026-04-30",
        ]  # fmt: skip
        assert {len(line) for line in lines} == {15}
        assert [line[5] for line in self.table()[1:]] == ["1", "2", "4", "", "", "7", ""]
        assert [line[0] for line in self.table(query="?only=nothing")[1:]] == ["2", "3", "10"]

    def test_who_takes_the_table_is_written_down(self):
        self.table("member", query="?only=nothing")
        event = Event.objects.get(verb="recommendations.exported")
        assert (event.by, event.subject_id) == (self.cast.member, self.source.pk)
        log = AccessLog.objects.get(what="recommendations.exported")
        assert (log.subject, log.subject_id) == ("peer-review-of-cse-recommendations.csv", self.source.pk)
        told = self.words("manager", page="/boards/elmshire/history/")
        assert "took a copy of the recommendations of Peer review of CSE and of the actions that answer them" in told
        assert "(with no action)" in told
        assert "Recommendations exported Peer review of CSE" in self.words(
            "manager", page="/boards/elmshire/access-log/"
        )

    def test_it_is_not_there_for_others(self):
        nothing = self.get(page=f"{HOME}999999/")
        assert nothing.status_code == 404
        for response in (
            self.get(self.there.member),
            self.get(self.there.member, page=f"/boards/oakshire/recommendations/{self.source.pk}/"),
            self.get(self.there.member, method="post"),
        ):
            assert response.status_code == 404
        assert not Event.objects.filter(verb="recommendations.exported").exists()

    def test_it_costs_no_more_with_more_answers(self):
        taken = []
        for more in (0, 12):
            for number in range(20, 20 + more):
                self.answer(self.draft, str(number), 3, 4)
            self.get("coordinator")
            with CaptureQueriesContext(connection) as queries:
                self.get("coordinator")
            taken.append(len(queries))
        assert taken[0] == taken[1]
        assert taken[0] < 50

    def test_a_boards_own_word_stands_in_its_place(self):
        change_labels(
            board=self.cast.board, labels={"recommendation": ("challenge", "challenges")},
            by=self.cast.manager, at=moment(TODAY, 8),
        )  # fmt: skip
        assert "3 of 5 challenges have no action" in self.words()
        assert "ecommendation" not in self.words()
        assert self.table()[0][1] == "Challenge"
        assert "ecommendation" not in self.words(page=HOME)


class TheList(Recommendations):
    def test_it_says_of_each_how_many_nothing_answers(self):
        assert "Peer review of CSE Review 12 January 2026 5 of Peer review of CSE 3 of 5" in self.words(page=HOME)

    def test_it_counts_what_its_reader_may_read(self):
        assert self.unanswered("member") == "3 of 5"
        assert self.unanswered("contact") == "2 of 5"
        assert self.unanswered("coordinator") == "2 of 5"

    def unanswered(self, who):
        return re.search(r"only=nothing\"><strong>([^<]*)</strong>", self.get(who, page=HOME).text)[1]

    def test_a_board_without_any_says_so(self):
        text = self.words(self.there.member, page="/boards/oakshire/recommendations/")
        assert "No review, inspection or audit is recorded" in text
        assert "Peer review" not in text

    def test_it_is_linked_from_the_plans(self):
        assert f'href="{HOME}"' in self.get(page="/boards/elmshire/plans/").text

    def test_only_who_keeps_the_plans_is_offered_to_write(self):
        for who, offered in (("manager", True), ("coordinator", True), ("member", False), ("scrutineer", False)):
            assert (f"{HOME}add/" in self.get(who, page=HOME).text) is offered, who
            for sign in ("/change/", "Correct its words", "Record further"):
                assert (sign in self.get(who).text) is offered, (who, sign)

    def test_it_costs_no_more_with_more_sources(self):
        taken = []
        for more in (0, 9):
            for number in range(more):
                changes.add_recommendation_source(
                    board=Board.objects.get(slug="elmshire"), title=f"Audit {number}", kind="audit",
                    recommendations=TEXTS, by=self.cast.manager, at=moment(TODAY, 8),
                )  # fmt: skip
            self.get(page=HOME)
            with CaptureQueriesContext(connection) as queries:
                self.get(page=HOME)
            taken.append(len(queries))
        assert taken[0] == taken[1]
