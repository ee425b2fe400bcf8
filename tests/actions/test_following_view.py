"""What an ended seat or sub-group leaves, in pages; and who has nobody, on the business manager's work."""

import re
from datetime import timedelta

from django.test import TestCase
from django.urls import reverse

from boards.changes import add_owner, add_seat, add_sub_group
from tests.builders import AGREED_ON, TODAY, agree, at, make_action, make_board, make_plan, moment

YESTERDAY = TODAY - timedelta(days=1)


class Following(TestCase):
    """Health, which leads 1.2 and an action of limited circulation, ended yesterday; the Care Board follows it."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        plan = make_plan(cast, actions=3, agreed=False)
        make_action(cast, plan, "3.1", wording="Kept among few", lead=cast.health_owner, limited=True)
        cls.plan = agree(cast, plan)
        cls.who = {"board": cast.board, "by": cast.manager, "at": moment(AGREED_ON)}
        cls.care = add_seat(agency_name="Care Board", agency_kind="health", **cls.who)
        cls.end(cast.health, cls.care)
        cls.page = f"/boards/elmshire/settings/seats/{cast.health.pk}/followed/"

    @staticmethod
    def end(place, successor):
        type(place).objects.filter(pk=place.pk).update(ends=YESTERDAY, successor=successor)

    def asked(self, who, method, where, **sent):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            response = getattr(self.client, method)(where, sent, follow=True)
        self.status, self.html = response.status_code, response.text
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))

    def own(self, name="Care Board"):
        return add_owner(name=name, kind="seat", seat=self.care, **self.who)

    def test_the_work_of_who_keeps_the_plan_says_what_is_left(self):
        words = self.asked("coordinator", "get", "/")
        assert "Elmshire Health Board ended on 27 September 2026 , and Care Board follows it." in words
        assert "Its name still stands on 2 open actions." in words
        assert self.page in self.html
        assert "ended on" not in self.asked("member", "get", "/")

    def test_the_page_names_what_moves_and_moves_it(self):
        care = self.own()
        words = self.asked("coordinator", "get", self.page)
        assert "Elmshire Health Board became Care Board on 28 September 2026." in words
        assert "2 open actions" in words
        assert "Kept among few" in words
        assert "Health (lead)" in words
        words = self.asked("coordinator", "post", self.page, to_owner=care.pk)
        assert "Care Board has taken over what Elmshire Health Board had." in words
        assert {str(role.owner) for role in care.action_roles.filter(until=None)} == {"Care Board"}
        assert care.action_roles.filter(until=None, role="lead").count() == 2
        assert "Nothing open names Elmshire Health Board any more." in self.asked("coordinator", "get", self.page)

    def test_without_an_owner_of_the_successor_it_says_what_to_do(self):
        assert "Add it as one" in self.asked("manager", "get", self.page)
        assert "Ask the business manager to add it" in self.asked("coordinator", "get", self.page)
        assert "Let Care Board take over" not in self.html
        self.asked("coordinator", "post", self.page, to_owner=self.cast.police_owner.pk)
        assert "Choose one of this list. What was sent is not on it." in self.html

    def test_a_sub_group_that_only_oversees_needs_no_owner(self):
        cast = self.cast
        after = add_sub_group(name="Exploitation Group", **self.who)
        self.end(cast.strategic, after)
        page = f"/boards/elmshire/settings/sub-groups/{cast.strategic.pk}/followed/"
        assert "what it oversaw" in self.asked("manager", "get", "/")
        assert "CSE Action Plan 2026-28" in self.asked("manager", "get", page)
        assert "What is left" in self.asked("manager", "get", "/boards/elmshire/settings/")
        self.asked("manager", "post", page)
        self.plan.refresh_from_db()
        assert self.plan.overseen_by == after
        assert "which follows Strategic Group, oversee" in self.asked(
            "manager", "get", "/boards/elmshire/plans/cse-plan/history/"
        )

    def test_others_do_not_let_anything_follow(self):
        for who in ("member", "contact", "nurse", "chair", "scrutineer"):
            self.asked(who, "get", self.page)
            assert self.status in (403, 404), who
        self.asked("manager", "get", f"/boards/elmshire/settings/seats/{self.cast.police.pk}/followed/")
        assert self.status == 404

    def test_owners_with_nobody_stand_on_the_business_managers_work_alone(self):
        words = self.asked("manager", "get", "/")
        assert "2 owners have nobody" in words
        assert re.search(r"Health since 1 June 2026, 2 open actions", words)
        assert reverse("owner", args=["elmshire", self.cast.health_owner.pk]) in self.html
        for who in ("coordinator", "contact", "member"):
            assert "have nobody" not in self.asked(who, "get", "/")

    def test_long_names_and_markup_are_shown_as_written(self):
        long = f"<i>{'Gesundheits' * 12}"
        type(self.care).objects.filter(pk=self.care.pk).update(name=long)
        self.asked("manager", "get", self.page)
        assert "&lt;i&gt;Gesundheits" in self.html
        assert "<i>Gesundheits" not in self.html
