"""The pages of a board's plans and of one plan."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from actions.changes import give_first_date, move_date
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment, say


class OnePlan(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        cls.plan = make_plan(cast, actions=4, agreed=False)
        cls.hidden = make_action(cast, cls.plan, "9", wording="Kept among few", lead=cast.health_owner, limited=True)
        cls.plan = agree(cast, cls.plan)
        cls.one, cls.two, *_ = cls.plan.actions.all()
        move_date(
            action=cls.one, to_due=date(2026, 8, 31), why="Staff left", by=cast.chair, at=moment(date(2026, 3, 2))
        )
        say(cast, cls.one, "amber", on=date(2026, 4, 3), period="Q4 2025/26")
        say(cast, cls.one, "green", on=date(2026, 7, 3), period="Q1 2026/27", words="Two of three sites have opened.")

    def page(self, who="member", query="", slug="cse-plan", board="elmshire"):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.get(f"/boards/{board}/plans/{slug}/{query}")

    def words(self, *args, **kwargs):
        response = self.page(*args, **kwargs)
        assert response.status_code == 200
        return text_of(response)

    def test_a_member_reads_the_plan_in_its_own_grouping(self):
        words = self.words()
        assert "1.0 Prevent" in words
        assert "1.1 Know the signs" in words
        assert words.index("1.0 Prevent") < words.index("1.1 Do what") < words.index("2.0 Pursue")
        assert "Overseen by Operational Group" in words

    def test_where_we_are_shows_owner_date_rating_and_last_words(self):
        words = self.words()
        assert "Police Kit Contact" in words
        assert "31 August 2026 28 days overdue March 2026 first due 31 March 2026, moved once" in words
        assert "Green, 28 days overdue" in words
        assert "better than Q4 2025/26" in words
        assert "Two of three sites have opened. 3 July 2026" in words

    def test_an_owner_without_a_holder_is_vacant_since_the_last_one_left(self):
        assert "Health vacant since 1 June 2026" in self.words()

    def test_an_action_not_heard_of_is_not_counted_among_the_greens(self):
        words = self.words()
        assert "1 Green" in words
        assert "3 No update received" in words
        assert "No update received never rated, never heard from" in words

    def test_as_published_has_the_plans_own_columns(self):
        response = self.page(query="?view=published")
        headings = [re.sub("<.*?>", "", cell) for cell in re.findall("<th scope=.col.*?</th>", response.text)]
        columns = [column.heading for column in self.plan.columns.all()]
        assert headings == columns
        assert "March 2026" in text_of(response)

    def test_filters_stay_in_the_address_and_the_list_says_how_many(self):
        words = self.words(query=f"?owner={self.cast.police_owner.pk}")
        assert "2 of 4 actions" in words
        assert "Show all 4" in words
        response = self.page(query=f"?owner={self.cast.police_owner.pk}&view=published")
        assert f"?owner={self.cast.police_owner.pk}&amp;rating=green&amp;view=published" in response.text

    def test_numbers_lead_to_the_list_they_count(self):
        response = self.page()
        links = re.findall(r'href="(\?rating=[^"]*strand=[^"]*)">(\d+) ([^<]*)', response.text)
        assert links
        for address, number, word in links:
            assert f"{number} of 4 action" in text_of(self.page(query=address.replace("&amp;", "&"))), word

    def test_a_list_with_nothing_in_it_says_so(self):
        words = self.words(query="?q=nowhere")
        assert "0 of 4 actions" in words
        assert "No action of this plan matches all of that. Show all of them" in words

    def test_a_choice_that_does_not_exist_is_a_form_error(self):
        response = self.page(query="?owner=999")
        assert "There is a problem" in response.text
        assert "<title>Error: " in response.text

    def test_nonsense_in_the_address_is_harmless(self):
        for query in ("?page=x", "?page=9999", "?sort=nonsense", "?strand=%00", "?q=%00%E2%80%AE", "?view=x"):
            assert self.page(query=query).status_code == 200, query

    def test_headings_sort_and_say_how(self):
        response = self.page(query="?sort=due")
        assert 'aria-sort="ascending"' in response.text
        assert "?sort=-due" in response.text
        assert "1.0 Prevent" not in text_of(response)

    def test_an_action_of_limited_circulation_is_listed_and_counted_only_for_those_who_may_read_it(self):
        for who in ("member", "secretary", "contact", "contributor", "approver"):
            words = self.words(who)
            assert "Kept among few" not in words, who
            assert "4 of 4 actions" in words, who
        for who in ("coordinator", "manager", "scrutineer", "chair", "nurse"):
            words = self.words(who)
            assert "Kept among few" in words, who
            assert "5 of 5 actions , 1 of limited circulation that others do not see" in words, who

    def test_the_owners_of_hidden_actions_are_no_choice_of_those_who_do_not_see_them(self):
        assert "Kept among few" not in self.page(query="?q=Kept").text
        assert "0 of 4 actions" in self.words(query="?q=Kept")

    def test_who_has_no_role_gets_the_same_bytes_as_for_a_plan_that_does_not_exist(self):
        refused = self.page("stranger")
        missing = self.page("stranger", slug="no-such-plan")
        assert refused.status_code == missing.status_code == 404
        assert refused.content == missing.content

    def test_a_plan_is_found_only_under_its_own_board(self):
        other = make_board("oakshire", "Oakshire Partnership")
        self.client.force_login(self.cast.member)
        assert self.client.get("/boards/oakshire/plans/cse-plan/").status_code == 404
        assert self.client.get(f"/boards/{other.board.slug}/plans/").status_code == 404

    def test_nobody_signed_in_is_sent_to_sign_in(self):
        response = self.client.get("/boards/elmshire/plans/cse-plan/")
        assert response.status_code == 302
        assert response.url.startswith("/sign-in/")

    def test_nothing_is_put_to_the_page(self):
        self.client.force_login(self.cast.coordinator)
        assert self.client.put("/boards/elmshire/plans/cse-plan/").status_code == 405

    def test_htmx_gets_the_same_page(self):
        self.client.force_login(self.cast.member)
        with at(TODAY):
            plain = self.client.get("/boards/elmshire/plans/cse-plan/?q=action")
            smooth = self.client.get("/boards/elmshire/plans/cse-plan/?q=action", headers={"HX-Request": "true"})
        assert strip_tokens(plain.text) == strip_tokens(smooth.text)
        assert 'hx-push-url="true"' in plain.text

    def test_a_step_that_is_late_makes_its_action_late_and_is_named(self):
        plan = make_plan(self.cast, actions=0, slug="steps", title="Steps", agreed=False)
        make_action(
            self.cast, plan, "1", timescale="March 2027", steps=["Begin", ("Ask the schools", None, "May 2026")]
        )
        agree(self.cast, plan)
        words = self.words(slug="steps")
        assert "31 March 2027 120 days overdue" in words
        assert "step 2, “Ask the schools”, was due 31 May 2026" in words

    def test_a_draft_is_there_for_those_who_see_drafts_only(self):
        make_plan(self.cast, slug="draft", title="Next plan", agreed=False)
        assert self.page(slug="draft").status_code == 404
        assert "Draft, not yet agreed" in self.words("coordinator", slug="draft")

    def test_the_plans_page_counts_each_plan(self):
        self.client.force_login(self.cast.member)
        with at(TODAY):
            words = text_of(self.client.get("/boards/elmshire/plans/"))
        assert "CSE Action Plan 2026-28 4 actions , 4 still to be done , 4 overdue" in words

    def test_a_receiving_board_reads_the_plan_where_its_owner_keeps_it(self):
        other = make_board("oakshire", "Oakshire Partnership")
        plan = make_plan(self.cast, actions=1, slug="shared", title="Shared plan", receiving_boards=[other.board])
        self.cast.reader = other.member
        self.client.force_login(other.member)
        with at(TODAY):
            listed = text_of(self.client.get("/boards/oakshire/plans/"))
        assert "Shared plan" in listed
        assert "which sends it to this board to read" in listed
        response = self.page("reader", slug="shared")
        assert response.status_code == 200
        assert f"/boards/{plan.board.slug}/reports/" not in response.text
        assert self.page("reader").status_code == 404

    def test_an_undated_action_shows_the_boards_own_words(self):
        plan = make_plan(self.cast, actions=0, slug="undated", title="Undated", agreed=False)
        action = make_action(self.cast, plan, "1", timescale="As soon as possible")
        agree(self.cast, plan)
        assert "As soon as possible" in self.words(slug="undated")
        give_first_date(
            action=action, to_due=date(2026, 12, 1), why="Agreed", by=self.cast.chair, at=moment(date(2026, 9, 1))
        )
        assert "1 December 2026 As soon as possible" in self.words(slug="undated")


@pytest.mark.django_db
def test_the_page_takes_as_many_queries_at_10_actions_as_at_210(client):
    cast = make_board()
    plans = {
        "short": make_plan(cast, actions=9, more=1, slug="short"),
        "long": make_plan(cast, actions=9, more=201, slug="long", title="Long plan"),
    }
    for said, plan in zip((1, 9), plans.values(), strict=True):
        for action in plan.actions.all()[:said]:
            say(cast, action, "amber", on=date(2026, 7, 3), period="Q1 2026/27")
    client.force_login(cast.coordinator)
    with at(TODAY):
        client.get("/boards/elmshire/")  # the first visit of a day is written down
    for query in ("", "?view=published", "?dates=open&sort=rating"):
        taken = {}
        for slug in plans:
            with at(TODAY), CaptureQueriesContext(connection) as queries:
                page = client.get(f"/boards/elmshire/plans/{slug}/{query}")
            assert page.status_code == 200
            taken[slug] = len(queries)
        assert taken["short"] == taken["long"], query
        assert taken["long"] < 40, query


@pytest.mark.django_db
def test_a_long_plan_comes_in_pages_that_keep_the_filter(client):
    cast = make_board()
    make_plan(cast, actions=3, more=100, slug="long")
    client.force_login(cast.member)
    with at(TODAY):
        page = client.get(f"/boards/elmshire/plans/long/?owner={cast.group_owner.pk}&page=2")
    assert "101 of 103 actions" in text_of(page)
    assert f"?owner={cast.group_owner.pk}&amp;page=1" in page.text
    assert page.text.count('<th scope="row"') == 41


def text_of(response):
    """The words of a page, white space made equal."""
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))


def strip_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
