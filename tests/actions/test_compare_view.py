"""What changed between two days of a plan, or two plans: as the page tells it, to each reader what is theirs."""

import csv
import html
import re
from dataclasses import replace
from datetime import date
from io import StringIO

from django.test import TestCase

from actions import changes, timescales
from actions.changes.definition import RoleGiven, write_version
from actions.models import Plan, Succession, Update
from boards import audit
from boards.models import AccessLog, Event
from tests.builders import TODAY, agree, at, make_action, make_board, make_draft_again, make_plan, moment, say

PAGE = "/boards/elmshire/plans/cse-plan/compare/"
Q1 = "Q1 2026/27"


def follow(cast, kind, origin, end, on=date(2026, 5, 5)):
    """That one action came of another, as the verbs for that will write it: a row that is never changed."""
    over = origin.updates.create(
        board=cast.board,
        owner=origin.owner_roles.get(role="lead").owner,
        source=Update.Source.DECISION,
        status="withdrawn",
        words="It goes on.",
        on=on,
        at=moment(on),
        by=cast.manager,
    )
    Succession.objects.create(
        board=cast.board,
        kind=kind,
        from_action=origin,
        to_action=end,
        first_due=type(origin).objects.get(pk=origin.pk).first_due,
        reason="So",
        at=over.at,
        by=cast.manager,
    )


class Plans(TestCase):
    """A plan of which each of the first four actions has changed in another way, and how its pages are read."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        cls.there = make_board("oakshire", "Oakshire Safeguarding Partnership")
        cls.plan = plan = make_plan(cast, actions=6, agreed=False)
        cls.limited = make_action(cast, plan, "9.1", wording="Kept among few", limited=True)
        agree(cast, plan)
        cls.theirs = make_plan(cls.there, actions=1, slug="theirs", title="Theirs")
        who = {"by": cast.coordinator}
        when = {"at": moment(date(2026, 4, 1)), **who}
        actions = {action.reference: action for action in plan.actions.select_related("board", "plan")}
        cls.first, cls.second, cls.third, cls.fourth, cls.fifth, cls.same = list(actions.values())[:6]
        changes.reword_action(action=cls.first, wording="Do <b>what</b> the plan says", reason="Clearer", **when)
        changes.move_date(action=cls.second, to_due=date(2026, 7, 31), why="Later", **when)
        say(cast, cls.second, "red", on=date(2026, 5, 1), period=Q1)
        meant = replace(timescales.read("15 March 2026"), text=cls.third.timescale.text)
        changes.correct_reading(action=cls.third, reading=meant, why="A slip", **when)
        with audit.change(cast.board, **when) as turn:
            write_version(turn, cls.fourth, reason="Handed over", roles=[RoleGiven(cast.outside_owner, "lead")])
        changes.reword_action(action=cls.limited, wording="Kept among fewer", reason="Clearer", **when)

    def get(self, query="?since=2026-03-01&until=2026-08-01", who="member", page=PAGE, method="get"):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return getattr(self.client, method)(page + query)

    def main(self, *args, **more):
        response = self.get(*args, **more)
        assert response.status_code == 200, response.status_code
        return response.text.split("<main")[1].split("</main")[0]

    def words(self, *args, **more):
        return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", self.main(*args, **more))))

    def table(self, query="?since=2026-03-01&until=2026-08-01", who="member", page=PAGE):
        response = self.get(query, who, page, method="post")
        assert response["Content-Type"].startswith("text/csv")
        return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


class TwoDays(Plans):
    def test_it_says_how_many_differ_and_counts_what_is_the_same(self):
        text = self.words()
        assert "From 1 March 2026 to 1 August 2026 ." in text
        assert "4 of 6 actions differ." in text
        assert "2 are the same." in text
        for count in ("Re-worded: 1", "Re-dated: 1", "Date misread before: 1", "Owners changed: 1", "Re-rated: 1"):
            assert count in text

    def test_changed_words_are_marked_and_escaped(self):
        main = self.main()
        assert '<del class="app-gone"><span class="govuk-visually-hidden"> removed: </span>' in main
        assert '<ins class="app-new"><span class="govuk-visually-hidden"> added: </span>' in main
        assert "&lt;b&gt;" in main
        assert "<b>" not in main

    def test_a_move_is_told_apart_from_a_misreading(self):
        text = self.words()
        assert "31 March 2026 to 31 July 2026 122 days later; moved once." in text
        assert "Reading of the date 31 March 2026 to 15 March 2026 The words about time had been misread." in text

    def test_owners_and_ratings_say_from_what_to_what(self):
        text = self.words()
        assert re.search(r"Lead removed: Police \(end\) added: Barnardo’s \(end\)", text), text
        assert re.search(r"Rating Not yet rated to\s+Red", text), text

    def test_it_can_be_narrowed_to_one_kind(self):
        main = self.main("?since=2026-03-01&until=2026-08-01&only=owned")
        assert main.count('class="app-difference"') == 1
        assert "Show all 4" in main
        assert self.main("?since=2026-03-01&until=2026-08-01&only=split").count('class="app-difference"') == 0

    def test_on_one_day_nothing_differs(self):
        assert "Nothing differs. 6 actions are the same." in self.words("?since=2026-08-01&until=2026-08-01")

    def test_days_that_are_none_are_refused_in_words_and_kept(self):
        for query, sentence, kept in (
            ("?since=soon", "From must be a real date", 'value="soon"'),
            ("?until=31/9/2026", "To must be a real date", 'value="31/9/2026"'),
            ("?until=2026-09-29", "To must be today or in the past.", 'value="2026-09-29"'),
            ("?since=2026-08-02&until=2026-08-01", "To must be the same day as From or later.", "2026-08-02"),
            ("?only=nothing", "Select a valid choice", ""),
        ):
            response = self.get(query)
            assert sentence in response.text, query
            assert kept in response.text, query
            assert 'class="app-difference"' not in response.text
            assert "text/html" in self.get(query, method="post")["Content-Type"]

    def test_before_the_plan_was_written_it_says_so(self):
        text = self.words("?since=2025-12-31")
        assert "Nothing of CSE Action Plan 2026-28 had been written by 31 December 2025. Choose a later day." in text
        assert "text/html" in self.get("?since=2025-12-31", method="post")["Content-Type"]

    def test_without_days_it_is_since_the_last_closed_period(self):
        text = self.words("")
        assert "From 30 June 2026 to 28 September 2026" in text
        assert "Since Q1 2026/27 ended, the last closed reporting period" in text
        assert 'href="?since=2026-06-30"' in self.main("")
        assert 'href="?since=2026-01-12"' in self.main("")

    def test_the_plan_leads_there(self):
        self.client.force_login(self.cast.member)
        with at(TODAY):
            assert f'href="{PAGE}"' in self.client.get("/boards/elmshire/plans/cse-plan/").text

    def test_what_is_limited_neither_shows_nor_counts_for_others(self):
        for who, sees in (("member", False), ("nurse", False), ("contact", True), ("scrutineer", True)):
            text = self.words(who=who)
            assert ("Kept among" in text) is sees, who
            assert ("5 of 7 actions differ." in text) is sees, who
            assert any("Kept among" in cell for row in self.table(who=who) for cell in row) is sees, who

    def test_the_table_says_what_the_page_says_and_taking_it_is_on_the_record(self):
        rows = self.table()
        assert rows[0][4] == "Before: CSE Action Plan 2026-28, as at 1 March 2026"
        assert {row[0] for row in rows[1:-1]} == {"1.1", "1.2", "1.3", "2.4"}
        assert "The same" in rows[-1]
        assert rows[-1][-1] == "2 of 6 actions"
        log = AccessLog.objects.get(what="comparison.exported")
        assert (log.by, log.subject) == (self.cast.member, "cse-plan-compared-2026-03-01-2026-08-01.csv")
        assert Event.objects.filter(verb="comparison.exported").count() == 1
        history = self.words("", page="/boards/elmshire/plans/cse-plan/history/")
        assert (
            "Mel Member took a copy of what changed in CSE Action Plan 2026-28 from 1 March 2026 to 1 August 2026."
            in history
        )

    def test_a_formula_in_somebodys_words_is_inert(self):
        changes.reword_action(
            action=self.same, wording="=HYPERLINK(1)", reason="So", by=self.cast.manager, at=moment(TODAY, 8)
        )
        cells = {cell for row in self.table("?since=2026-08-01") for cell in row}
        assert "'=HYPERLINK(1)" in cells
        assert "=HYPERLINK(1)" not in cells

    def test_a_longer_plan_asks_no_more(self):
        long = make_plan(self.cast, actions=3, more=60, slug="long-plan", title="Long")
        for action in long.actions.select_related("board", "plan").order_by("position")[:20]:
            changes.reword_action(
                action=action, wording=f"Not {action}", reason="So", by=self.cast.manager, at=moment(date(2026, 7, 1))
            )
        short = make_plan(self.cast, actions=1, more=1, slug="short-plan", title="Short")
        self.client.force_login(self.cast.member)
        with at(TODAY):
            self.client.get(PAGE)
        for plan in (short, long):
            with at(TODAY), self.assertNumQueries(52):
                self.client.get(f"/boards/elmshire/plans/{plan.slug}/compare/?since=2026-03-01&until=2026-08-01")


class TwoPlans(Plans):
    """Actions that came of others."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cast = cls.cast
        cls.next = make_plan(cast, actions=0, slug="next-plan", title="Next Plan", agreed=False)
        cls.carried = make_action(cast, cls.next, "1.1", wording=cls.same.version.wording, lead=cast.police_owner)
        cls.new = make_action(cast, cls.next, "1.2", wording="Something new")
        cls.hidden = make_action(cast, cls.next, "1.3", wording="Kept among few here", limited=True)
        agree(cast, cls.next)
        follow(cast, "carried", cls.same, cls.carried)
        follow(cast, "carried", cls.limited, cls.hidden)

    def test_it_says_how_many_differ_and_counts_what_is_the_same(self):
        text = self.words()
        assert "5 of 6 actions differ." in text
        assert "Carried over: 1" in text
        assert "Carried over into action 1.1 of Next Plan." in text
        assert "Withdrawn" not in text.split("Download")[1]

    def test_the_table_says_what_the_page_says_and_taking_it_is_on_the_record(self):
        rows = self.table()
        assert "Carried over into action 1.1 of Next Plan." in {row[-1] for row in rows}

    def test_two_plans_are_compared_over_what_came_of_which(self):
        page = "/boards/elmshire/plans/next-plan/compare/"
        text = self.words("?plan=cse-plan", page=page)
        assert (
            "From CSE Action Plan 2026-28 , as at 28 September 2026 , to Next Plan , as at 28 September 2026 ." in text
        )
        assert "Carried over: 1 " in text
        assert "Carried over from 2.6." in text
        assert "Added: 1" in text
        assert "No longer there: 5" in text
        assert "7 of 7 actions differ." in text
        assert "9 of 9 actions differ." not in text
        assert "The other way round" in text
        assert "8 of 8 actions differ." in self.words("?plan=cse-plan", page=page, who="scrutineer")
        assert f'href="{PAGE}?plan=next-plan&amp;since=2026-09-28&amp;until=2026-09-28"' in self.main(
            "?plan=cse-plan", page=page
        )
        assert "Next Plan" in self.words("?plan=next-plan&since=2026-09-28&until=2026-09-01")

    def test_a_split_with_a_part_of_limited_circulation_tells_others_of_one_alone(self):
        open_part = make_action(self.cast, self.plan_of_two("Halves"), "1.1", wording="The open half")
        kept_part = make_action(self.cast, open_part.plan, "1.2", wording="Kept among few halves", limited=True)
        agree(self.cast, open_part.plan)
        follow(self.cast, "split", self.fifth, open_part)
        follow(self.cast, "split", self.fifth, kept_part)
        page = "/boards/elmshire/plans/halves/compare/"
        member = self.words("?plan=cse-plan", page=page)
        assert "Replaces 2.5." in member
        assert "Split" not in member.split("Download")[1]
        assert "few halves" not in member
        assert "Split from 2.5." in self.words("?plan=cse-plan", page=page, who="scrutineer")
        assert "Replaced by action 1.1 of Halves." in self.words()
        assert "Split into action 1.1 of Halves and action 1.2 of Halves." in self.words(who="scrutineer")

    def test_what_was_carried_over_twice_is_followed_over_the_plan_in_between(self):
        last = self.plan_of_two("Last")
        end = make_action(self.cast, last, "4.4", wording=self.same.version.wording)
        agree(self.cast, last)
        follow(self.cast, "carried", self.carried, end, on=date(2026, 6, 6))
        text = self.words("?plan=cse-plan", page="/boards/elmshire/plans/last/compare/")
        assert "Carried over from 2.6." in text
        assert "Added" not in text.split("Download")[1]

    def plan_of_two(self, title):
        return make_plan(self.cast, actions=0, slug=title.lower(), title=title, agreed=False)

    def test_a_draft_that_a_reader_may_not_read_is_no_choice_no_end_and_no_page(self):
        make_draft_again(self.next)
        nothing = self.get("?plan=nothing")
        for who, sees in (("member", False), ("contact", False), ("coordinator", True), ("scrutineer", True)):
            text = self.main(who=who)
            assert ("Next Plan" in text) is sees, who
            assert self.get("?plan=next-plan", who=who).status_code == (200 if sees else 404)
        assert self.get("?plan=next-plan").content == nothing.content

    def test_a_plan_of_another_board_is_not_there(self):
        nothing = self.get("?plan=nothing", who="manager")
        assert nothing.status_code == 404
        assert self.get("?plan=theirs", who="manager").content == nothing.content
        assert self.get("?plan=theirs", who="manager", method="post").status_code == 404

    def test_a_copy_of_two_plans_names_neither_in_the_history_of_the_other(self):
        self.table("?plan=cse-plan", page="/boards/elmshire/plans/next-plan/compare/")
        told = self.words("", page="/boards/elmshire/plans/cse-plan/history/", who="member")
        assert "took a copy of how CSE Action Plan 2026-28, as at 28 September 2026, differs from another plan." in told
        assert "Next Plan" not in told


class GoingOn(TestCase):
    """A plan whose unfinished actions are carried over into a draft, which the board agrees later."""

    def page(self, query):
        with at(TODAY):
            return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", self.client.get(PAGE + query).text)))

    def test_what_is_only_to_be_carried_over_is_said_to_be(self):
        cast = make_board()
        plan = make_plan(cast, actions=2)
        who = {"by": cast.coordinator}
        begun, agreed = date(2026, 5, 4), date(2026, 6, 1)
        new = changes.begin_next_plan(
            plan=plan, title="Next Plan", slug="next-plan", reason="A new year", overseen_by=cast.strategic,
            at=moment(begun), **who,
        )  # fmt: skip
        self.client.force_login(cast.coordinator)
        into, out_of = "carried over into action 1.1 of Next Plan", "carried over from 1.1"
        turned = f"/boards/elmshire/plans/next-plan/compare/?plan=cse-plan&since={begun}&until="

        def between_plans(day):
            with at(TODAY):
                return self.client.get(f"{turned}{day}").text

        while_draft = self.page("?since=2026-03-01&until=2026-09-01")
        assert f"To be {into} when the board agrees it." in while_draft
        assert "To go on in a draft: 2" in while_draft
        assert "Carried over into" not in while_draft
        assert f"To be {out_of} when the board agrees it." in between_plans(begun)
        changes.agree_plan(plan=new, agreed_on=agreed, reason="As it is.", at=moment(agreed), **who)
        for text in (self.page(f"?since=2026-03-01&until={begun}"), between_plans(begun)):
            assert "To be carried over" in text, "as it was on that day"
        for text in (self.page("?since=2026-03-01&until=2026-09-01"), between_plans("2026-09-01")):
            assert "To be carried over" not in text
        assert f"C{into[1:]}." in self.page("?since=2026-03-01&until=2026-09-01")
        assert f"C{out_of[1:]}." in between_plans("2026-09-01")

    def test_what_a_plan_closed_over_is_over_though_the_draft_is_not_agreed(self):
        cast = make_board()
        plan = make_plan(cast, actions=1)
        who = {"by": cast.coordinator, "at": moment(date(2026, 5, 4))}
        changes.begin_next_plan(
            plan=plan, title="Next Plan", slug="next-plan", reason="A new year", overseen_by=cast.strategic, **who
        )
        changes.close_plan(plan=plan, closed_on=date(2026, 5, 4), reason="It is over", placings=[], **who)
        self.client.force_login(cast.coordinator)
        assert "Carried over into action 1.1 of Next Plan." in self.page("?since=2026-03-01&until=2026-09-01")


class Drafts(TestCase):
    def test_what_was_taken_out_of_a_draft_is_told_without_a_link(self):
        cast = make_board()
        plan = make_plan(cast, actions=2, agreed=False)
        gone = plan.actions.order_by("position").last()
        when = moment(date(2026, 2, 2))
        changes.remove_action(action=gone, by=cast.manager, at=when)
        make_action(cast, plan, "7.7", wording="Another")
        self.client.force_login(cast.coordinator)
        with at(TODAY):
            text = self.client.get(f"{PAGE}?since=2026-02-01&until=2026-02-03").text
        assert "No longer there: 1" in text
        assert "The plan was a draft on 1 February 2026. The plan was a draft on 3 February 2026." in text
        assert gone.version.wording in text
        assert f"/actions/{gone.pk}/" not in text

    def test_a_plan_without_actions_says_so(self):
        cast = make_board()
        make_plan(cast, actions=0, agreed=False)
        self.client.force_login(cast.coordinator)
        with at(TODAY):
            assert "There are no actions that you can see." in self.client.get(PAGE).text

    def test_a_historic_plan_is_compared_with_itself_today(self):
        cast = make_board()
        plan = make_plan(cast, actions=1)
        Plan.objects.filter(pk=plan.pk).update(as_at=date(2026, 2, 1))
        self.client.force_login(cast.member)
        with at(TODAY):
            assert "Nothing differs." in self.client.get(PAGE).text
