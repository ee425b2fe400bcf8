"""The menu of a board and the way back up: only what serves this person."""

from django.test import TestCase

from boards.navigation import BOARD, PLANS, REVIEW, YOUR_WORK, frame, navigation
from tests.builders import TODAY, make_board


class Navigation(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board(short_name="ESCP")

    def labels(self, who, board=None):
        items = navigation(getattr(self.cast, who), board or self.cast.board, PLANS, TODAY)
        return [item.label for item in items]

    def test_a_role_on_the_board_or_a_sub_group_has_all_five(self):
        for who in ("manager", "coordinator", "approver", "member", "scrutineer", "chair", "secretary"):
            assert self.labels(who) == ["Your work", "Plans", "Review", "Reports", "Board"], who

    def test_who_only_writes_updates_has_no_review(self):
        for who in ("contact", "contributor", "nurse"):
            assert self.labels(who) == ["Your work", "Plans", "Reports", "Board"], who

    def test_without_a_role_there_is_ones_own_work_alone(self):
        assert self.labels("stranger") == ["Your work"]

    def test_one_item_is_current(self):
        items = navigation(self.cast.member, self.cast.board, REVIEW, TODAY)
        assert [item.label for item in items if item.current] == ["Review"]
        assert items[2].url == "/boards/elmshire/overdue/"

    def test_the_crumbs_lead_from_ones_work_down_to_the_page_above(self):
        cast, board = self.cast, "/boards/elmshire/"
        above = [("CSE plan", f"{board}plans/cse-plan/")]
        plans = [("Your work", "/"), ("ESCP", board)]

        def crumbs(current, *given):
            return frame(cast.member, cast.board, current, TODAY, *given)["crumbs"]

        assert crumbs(YOUR_WORK) == []
        assert crumbs(BOARD) == [("Your work", "/")]
        assert crumbs(PLANS) == plans
        assert crumbs(PLANS, ()) == [*plans, ("Plans", f"{board}plans/")]
        assert crumbs(PLANS, above) == [*plans, ("Plans", f"{board}plans/"), *above]

    def test_a_reader_of_a_received_plan_gets_no_crumbs_to_pages_closed_to_them(self):
        found = frame(self.cast.stranger, self.cast.board, PLANS, TODAY, ())
        assert found["crumbs"] == [("Your work", "/")]
