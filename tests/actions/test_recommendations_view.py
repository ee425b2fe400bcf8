"""The page of recommendations: what answers each, and what nothing answers."""

import re
from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from actions import changes
from actions.changes import add_recommendation_source
from tests.builders import AGREED_ON, TODAY, agree, at, make_action, make_board, make_plan, moment, say


class Recommendations(TestCase):
    """A review of four: the first answered by a late action and one that is done, the second by one of limited
    circulation, the third by a draft, the fourth by nothing."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        cls.source = add_recommendation_source(
            board=cast.board,
            title="Peer review of CSE",
            kind="review",
            dated=date(2026, 1, 12),
            recommendations=[(1, "Train <all> staff"), (2, "Know the places"), (3, "Hear children"), (4, "Share data")],
            by=cast.manager,
            at=moment(AGREED_ON),
        )
        cls.numbers = {each.number: each for each in cls.source.recommendations.all()}
        plan = make_plan(cast, actions=0, agreed=False)
        cls.answer(plan, "1", 1, timescale="April 2026")
        done = cls.answer(plan, "2", 1)
        cls.answer(plan, "3", 2, limited=True)
        agree(cast, plan)
        say(cast, done, "blue", status="complete", on=date(2026, 4, 2), period="Q4 2025/26")
        cls.draft = make_plan(cast, actions=0, agreed=False, slug="next", title="Next plan")
        cls.answer(cls.draft, "9", 3)

    @classmethod
    def answer(cls, plan, reference, *numbers, **facts):
        answered = [cls.numbers[number] for number in numbers]
        return make_action(cls.cast, plan, reference, recommendations=answered, **facts)

    def page(self, who="member"):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.get("/boards/elmshire/recommendations/")

    def words(self, who="member"):
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", self.page(who).text))

    def references(self, who):
        return re.findall(r'<span class="app-reference">([^<]*)</span>', self.page(who).text)

    def test_it_says_first_how_many_have_no_action(self):
        assert "Review, 12 January 2026. 3 of 4 recommendations have no action." in self.words()

    def test_the_answers_are_summed_up_in_words(self):
        assert re.search(r"Answered by 2 actions, 1 overdue(, \d with no update received)?, 1 complete\.", self.words())

    def test_limited_actions_and_drafts_neither_show_nor_count_for_who_may_not_read_them(self):
        assert self.references("member") == ["1", "2"]
        assert self.references("coordinator") == ["1", "2", "3", "9"]
        words = self.words("coordinator")
        assert "2 of 4 recommendations have no action." in words
        assert "draft plan" in words

    def test_words_are_escaped(self):
        assert "Train &lt;all&gt; staff" in self.page().text

    def test_a_board_without_any_says_so(self):
        other = make_board(slug="oakshire", name="Oakshire Safeguarding Board")
        self.client.force_login(other.member)
        with at(TODAY):
            text = self.client.get("/boards/oakshire/recommendations/").text
        assert "No review, inspection or audit is recorded" in text
        assert "Peer review" not in text

    def test_it_costs_no_more_with_more_answers(self):
        with CaptureQueriesContext(connection) as few:
            self.page("coordinator")
        for number in range(20, 30):
            self.answer(self.draft, str(number), 3, 4)
        with CaptureQueriesContext(connection) as many:
            self.page("coordinator")
        assert len(many) <= len(few)

    def test_it_is_linked_from_the_plans(self):
        self.client.force_login(self.cast.member)
        assert 'href="/boards/elmshire/recommendations/"' in self.client.get("/boards/elmshire/plans/").text

    def record(self, who="coordinator", **typed):
        self.client.force_login(getattr(self.cast, who))
        sent = {"title": "Audit", "kind": "audit", "recommendations": "2) Share data\n1. Hear children"} | typed
        with at(TODAY):
            return self.client.post("/boards/elmshire/recommendations/add/", sent, follow=True)

    def test_whoever_keeps_the_plan_records_another_with_its_numbers(self):
        assert "Record a review" in self.page("coordinator").text
        assert "Record a review" not in self.page("member").text
        page = self.record()
        assert "Audit is recorded." in page.text
        assert "2 of 2 recommendations have no action." in page.text
        source = self.cast.board.recommendationsource_set.get(title="Audit")
        assert list(source.recommendations.values_list("number", "text")) == [(1, "Hear children"), (2, "Share data")]
        assert self.record("member").status_code == 403

    def test_without_numbers_they_are_counted(self):
        self.record(recommendations="Hear children\n\nShare data")
        source = self.cast.board.recommendationsource_set.get(title="Audit")
        assert list(source.recommendations.values_list("number", flat=True)) == [1, 2]

    def test_what_cannot_be_is_said_and_nothing_is_kept(self):
        for typed, words in (
            ({"title": "peer review of cse"}, "is recorded already. Give this one another title"),
            ({"recommendations": "1. One\n1. Two"}, "The number 1 stands on two lines."),
            ({"recommendations": "1. One\nTwo"}, "“Two” has no number, and others have."),
            ({"recommendations": "\n "}, "Enter at least one recommendation"),
            ({"recommendations": "x" * 2001}, "must be 2,000 characters or fewer. It is 2,001."),
        ):
            page = self.record(**typed)
            assert words in page.text, typed
        assert self.cast.board.recommendationsource_set.count() == 1

    def test_an_action_that_is_to_go_on_in_a_draft_still_answers_and_one_that_is_over_does_not(self):
        said = "Review, 12 January 2026. 3 of 4 recommendations have no action."
        action = self.numbers[1].answers.get(action__reference="1").action
        who = {"by": self.cast.manager, "at": moment(TODAY, 8)}
        carried = changes.carry_over(action=action, plan=self.draft, reason="Not done", **who)
        assert said in self.words()
        assert "Answered by 2 actions, 1 overdue" in self.words()
        assert "Answered by 2 actions, 1 overdue" in self.words("coordinator")
        changes.agree_plan(plan=self.draft, agreed_on=TODAY, reason="As it is", by=who["by"], at=moment(TODAY, 9))
        assert carried.first_due == action.first_due
        assert "Answered by 3 actions" not in self.words()
        assert "Answered by 2 actions" in self.words()

    def test_a_draft_answers_nothing_yet_and_says_so_to_those_who_see_it(self):
        assert "No agreed action answers it so far." in self.words("coordinator")
        assert "No agreed action answers it so far." not in self.words("member")
