"""The pages on which whoever keeps a plan says what becomes of its actions, and closes it."""

import re
from datetime import date

from django.test import TestCase

from actions import changes
from actions.models import Action, Plan, Succession
from boards.models import Meeting
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment

PLAN = "/boards/elmshire/plans/cse-plan/"
WHY = "The board decided so."


class Pages(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        cls.plan = make_plan(cast, actions=2, agreed=False)
        make_action(cast, cls.plan, "9.1", wording="Kept among few", limited=True)
        cls.plan = agree(cast, cls.plan)
        cls.one, cls.two, cls.hidden = cls.plan.actions.select_related("board").order_by("position")
        cls.draft = make_plan(cast, actions=0, slug="next", title="CSE Action Plan 2027-28", agreed=False)
        cls.who = {"by": cast.coordinator, "at": moment(TODAY, 8), "reason": WHY}

    def get(self, path, who="coordinator"):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.get(path)

    def send(self, path, who="coordinator", **data):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.post(path, data)

    def of(self, action, page=""):
        return f"{PLAN}actions/{action.pk}/{page}"

    def words(self, response):
        assert response.status_code == 200
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text.split("<main")[1]))

    def test_the_page_of_an_action_leads_whoever_keeps_the_plan_to_each(self):
        for page in ("carry-over", "split", "merge", "replace", "withdraw"):
            assert f"{page}/" in self.get(self.of(self.one)).text
            assert f"{page}/" not in self.get(self.of(self.one), "member").text
            assert "What will happen" in self.words(self.get(self.of(self.one, f"{page}/")))

    def test_withdrawing_asks_why(self):
        page = self.of(self.one, "withdraw/")
        assert "Answer “Why?”" in self.words(self.send(page, reason=" "))
        assert self.send(page, reason="The law has changed.").status_code == 302
        shown = self.words(self.get(self.of(self.one)))
        assert "Withdrawn" in shown
        assert "The law has changed." in shown
        assert "What becomes of this action" not in shown

    def test_a_meeting_that_the_board_does_not_know_yet_is_named_on_the_way(self):
        page, held = self.of(self.one, "replace/"), {"new_meeting": "Strategic group"}
        day = {"new_meeting_on_day": 7, "new_meeting_on_month": 9, "new_meeting_on_year": 2026}
        typed = {"wording": "Another", "reference": "7", "reason": WHY}
        assert "Say on which day the meeting was." in self.words(self.send(page, **typed, **held))
        assert not Meeting.objects.filter(name="Strategic group").exists()
        assert self.send(page, **typed, **held, **day).status_code == 302
        link = Succession.objects.get()
        assert (link.meeting.name, link.meeting.held_on) == ("Strategic group", date(2026, 9, 7))
        assert self.one.decisions.get().meeting == link.meeting

    def test_carrying_over_shows_both_ways_to_those_who_may_read_both(self):
        assert self.send(self.of(self.one, "carry-over/"), plan=self.draft.pk, reason=WHY).status_code == 302
        new = Action.objects.get(plan=self.draft)
        there = f"/boards/elmshire/plans/next/actions/{new.pk}/"
        assert f'href="{there}"' in self.get(self.of(self.one)).text
        assert f'href="{there}"' not in self.get(self.of(self.one), "member").text
        assert "To be carried over into CSE Action Plan 2027-28" in self.words(self.get(self.of(self.one), "member"))
        assert f'href="{self.of(self.one)}"' in self.get(there).text
        agree(self.cast, self.draft)
        assert f'href="{there}"' in self.get(self.of(self.one), "member").text
        assert "Carried over into CSE Action Plan 2027-28" in self.words(self.get(PLAN, "member"))

    def test_the_old_promise_is_overdue_in_the_new_plan_with_its_first_date(self):
        changes.move_date(action=self.one, to_due=date(2026, 6, 30), why="x", by=self.cast.manager, at=moment(TODAY, 7))
        changes.carry_over(action=self.one, plan=self.draft, **self.who)
        agree(self.cast, self.draft)
        for page in ("/boards/elmshire/overdue/", "/boards/elmshire/plans/next/"):
            assert "first due 31 March 2026, moved once" in self.words(self.get(page, "member"))
        new = Action.objects.get(plan=self.draft)
        shown = self.words(self.get(f"/boards/elmshire/plans/next/actions/{new.pk}/", "member"))
        assert "as action 1.1 of CSE Action Plan 2026-28" in shown

    def test_splitting_writes_the_new_actions_with_their_leads(self):
        data = {
            "wording_1": "Train the officers", "reference_1": "1.1a", "wording_2": "Train the nurses",
            "reference_2": "1.1b", "lead_2": self.cast.health_owner.pk, "reason": WHY,
        }  # fmt: skip
        lacking = self.send(self.of(self.one, "split/"), **{**data, "wording_2": ""})
        assert "Enter what action 2 says" in self.words(lacking)
        taken = self.words(self.send(self.of(self.one, "split/"), **{**data, "reference_1": "1.1"}))
        assert "already has an action 1.1" in taken
        assert self.send(self.of(self.one, "split/"), **data).status_code == 302
        new = Action.objects.get(plan=self.plan, reference="1.1b")
        assert str(new.owner_roles.get(role="lead").owner) == "Health"

    def test_merging_into_another_or_into_a_new_one(self):
        page = self.of(self.one, "merge/")
        assert "Kept among few" not in self.get(page).text
        assert "Say what the new action says" in self.words(self.send(page, reason=WHY, others=[self.two.pk]))
        assert self.send(page, reason=WHY, others=[self.two.pk], wording="Both at once").status_code == 302
        assert Succession.objects.filter(kind="merged").count() == 2
        assert self.send(self.of(self.hidden, "merge/"), reason=WHY, into=self.two.pk).status_code == 200

    def test_replacing_begins_with_the_words_it_has(self):
        assert self.one.version.wording in self.get(self.of(self.one, "replace/")).text
        sent = self.send(self.of(self.one, "replace/"), reason=WHY, reference="1.9", wording="Otherwise")
        assert sent.status_code == 302
        assert "Replaced by 1.9" in self.words(self.get(self.of(self.one), "member"))

    def test_a_limited_action_that_goes_on_is_named_to_nobody_else(self):
        changes.replace_action(action=self.hidden, reference="7.7", wording="Kept among fewer", **self.who)
        for page in (PLAN, f"{PLAN}history/", "/boards/elmshire/history/"):
            assert "7.7" not in self.get(page, "member").text
        assert "7.7" in self.get(self.of(self.hidden)).text

    def close(self, **data):
        day = {"closed_on_day": "28", "closed_on_month": "9", "closed_on_year": "2026", "reason": "The year is over."}
        return self.send(f"{PLAN}close/", **day, **data)

    def test_closing_walks_through_every_unfinished_action(self):
        shown = self.words(self.get(f"{PLAN}close/"))
        assert "3 actions are still to be done" in shown
        one, two, hidden = (f"a{action.pk}-" for action in (self.one, self.two, self.hidden))
        some = {f"{one}how": "carried", f"{one}plan": self.draft.pk, f"{two}how": "merged", f"{two}into": "1.1"}
        assert "Answer “What becomes of it?”" in self.words(self.close(**some))
        assert Plan.objects.get(pk=self.plan.pk).state == "agreed"
        assert not Succession.objects.exists()
        assert self.close(**some, **{f"{hidden}how": "withdrawn", f"{hidden}why": "Over."}).status_code == 302
        assert Plan.objects.get(pk=self.plan.pk).state == "closed"
        page = self.get(PLAN, "member")
        assert "Closed 28 September 2026" in self.words(page)
        assert self.get(f"{PLAN}close/").status_code == 403

    def test_next_years_plan_is_begun_and_this_one_closed(self):
        assert "3 actions that are not done" in self.words(self.get(f"{PLAN}next/"))
        sent = self.send(f"{PLAN}next/", title="CSE Action Plan 2028-29", reason=WHY)
        assert sent.url == "/boards/elmshire/plans/cse-action-plan-2028-29/"
        new = Plan.objects.get(slug="cse-action-plan-2028-29")
        assert [action.limited for action in new.actions.order_by("position")] == [True, False, False]
        again = self.words(self.send(f"{PLAN}next/", title="Another", reason=WHY))
        assert "Nothing in this plan is unfinished" in again
        assert "No action is left without a place" in self.words(self.get(f"{PLAN}close/"))
        assert self.close().status_code == 302

    def test_a_title_that_is_taken_has_another_address(self):
        assert self.send(f"{PLAN}next/", title="Next", reason=WHY).url == "/boards/elmshire/plans/next-elmshire/"

    def test_the_walk_costs_the_same_however_long_the_plan(self):
        long = make_plan(self.cast, actions=1, more=30, slug="long", title="Long")
        self.get("/boards/elmshire/")
        for plan in (self.plan, long):
            with at(TODAY), self.assertNumQueries(8):
                self.client.get(f"/boards/elmshire/plans/{plan.slug}/close/")
