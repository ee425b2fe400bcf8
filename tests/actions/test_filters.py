"""What a list of actions can be narrowed by, and that the numbers above it count what the list shows."""

from datetime import date

from django.http import QueryDict
from django.test import TestCase

from actions import as_at, changes, listing
from actions.changes import add_recommendation_source
from actions.forms.filters import PlanFilter, overdue_filter, plan_filter
from actions.models import Action, OwnerRole
from actions.permissions import readable
from actions.rounds import last_asked, with_silence
from actions.standing import standings, with_dates
from boards.changes import add_owner
from boards.ratings import ratings_of
from tests.builders import TODAY, agree, make_action, make_board, make_plan, moment, say


class Narrowing(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = cast = make_board()
        source = make_recommendations(cast)
        cls.plan = make_plan(cast, actions=4, agreed=False)
        cls.joined = make_action(
            cast,
            cls.plan,
            "2.10",
            wording="Share what is known of hotspots",
            lead=cast.outside_owner,
            roles=[("support", cast.health_owner)],
            steps=[("Draw the map", cast.post_owner, "May 2026"), "Hand it over"],
            priorities=[cast.prevent, cast.pursue],
            recommendations=[source.recommendations.get(number=2)],
        )
        cls.undated = make_action(cast, cls.plan, "3", timescale="Ongoing")
        cls.plan = agree(cast, cls.plan)
        cls.one, cls.two = cls.plan.actions.filter(reference__in=("1.1", "1.2"))
        say(cast, cls.one, "green", on=date(2026, 7, 3), period="Q1 2026/27")
        say(cast, cls.two, "amber", on=date(2026, 4, 3), period="Q4 2025/26")
        say(cast, cls.joined, "amber", on=date(2026, 7, 3), period="Q1 2026/27", status="withdrawn")

    def found(self, on=TODAY, **chosen):
        actions = listing.listed(readable(self.cast.coordinator, on), [self.plan], on)
        facts = listing.facts(actions)
        choices = listing.choices(self.cast.board, facts)
        form = plan_filter(chosen, choices, ratings_of(self.cast.board), facts)
        assert form.errors == {}
        return [action.reference for action in form.in_order(form.narrowed(actions, on))]

    def test_nothing_chosen_shows_everything_in_the_plans_own_order(self):
        assert self.found() == ["1.1", "1.2", "2.3", "2.4", "2.10", "3"]

    def test_an_action_is_found_under_each_of_its_strands(self):
        assert self.found(strand=self.cast.prevent.pk) == ["1.1", "1.2", "2.10"]
        assert self.found(strand=self.cast.pursue.pk) == ["2.3", "2.4", "2.10"]
        assert self.found(strand="none") == ["3"]

    def test_an_owner_is_found_in_any_role_and_as_lead_of_a_step(self):
        assert self.found(owner=self.cast.health_owner.pk) == ["1.2", "2.10"]
        assert self.found(owner=self.cast.post_owner.pk) == ["2.10"]

    def test_a_rating_counts_only_where_the_lead_was_heard_when_last_asked(self):
        assert self.found(rating="green") == ["1.1"]
        assert self.found(rating="amber") == []
        assert self.found(rating="no_update") == ["1.2", "2.3", "2.4", "3"]
        assert self.found(rating="withdrawn") == ["2.10"]

    def test_a_date_state_is_that_of_the_deadlines(self):
        assert self.found(dates="overdue") == ["1.1", "1.2", "2.3", "2.4"]
        assert self.found(dates="undated") == ["3"]
        assert self.found(dates="open") == ["1.1", "1.2", "2.3", "2.4", "3"]

    def test_a_section_is_overseen_by_its_own_sub_group(self):
        assert self.found(group=self.cast.operational.pk) == ["2.3", "2.4"]
        assert self.found(group=self.cast.strategic.pk) == ["1.1", "1.2", "2.10", "3"]

    def test_a_recommendation_leads_to_the_actions_that_answer_it(self):
        recommendation = self.joined.action_recommendations.get().recommendation
        assert self.found(recommendation=recommendation.pk) == ["2.10"]

    def test_words_are_looked_for_in_references_wordings_steps_and_owners(self):
        assert self.found(q="2.10") == ["2.10"]
        assert self.found(q="HOTSPOTS") == ["2.10"]
        assert self.found(q="draw map") == ["2.10"]
        assert self.found(q="health") == ["1.2", "2.10"]
        assert self.found(q="nowhere") == []

    def test_filters_narrow_together(self):
        assert self.found(strand=self.cast.prevent.pk, owner=self.cast.health_owner.pk, q="map") == ["2.10"]

    def test_the_list_is_sorted_by_date_and_by_rating(self):
        assert self.found(sort="due")[-1] == "3"
        assert self.found(sort="-due")[-1] == "3"
        assert self.found(sort="rating")[:3] == ["1.2", "2.10", "1.1"]
        assert self.found(sort="-reference")[0] == "3"

    def test_every_count_is_as_long_as_the_list_it_leads_to(self):
        actions = listing.listed(readable(self.cast.coordinator, TODAY), [self.plan], TODAY)
        facts = listing.facts(actions).values()
        for counted in listing.tally(facts, ratings_of(self.cast.board)):
            assert len(self.found(rating=counted.code)) == counted.count, counted.word
        assert sum(fact.late for fact in facts) == len(self.found(dates="overdue"))

    def test_what_went_on_elsewhere_is_not_counted_as_withdrawn(self):
        who = {"reason": "So", "by": self.cast.coordinator, "at": moment(TODAY)}
        changes.replace_action(action=self.one, reference="1.9", **who)
        assert self.found(rating="gone_on") == ["1.1"]
        assert self.found(rating="withdrawn") == ["2.10"]
        found = listing.facts(listing.listed(readable(self.cast.coordinator, TODAY), [self.plan], TODAY))
        counted = {row.word: row.count for row in listing.tally(found.values(), ratings_of(self.cast.board))}
        assert (counted["Gone on elsewhere"], counted["Withdrawn"]) == (1, 1)
        past = as_at.rows(
            readable(self.cast.coordinator, TODAY), as_at.past_of(self.plan, on=TODAY, known_by=moment(TODAY, 23))
        )
        assert {row.word: row.count for row in as_at.counted(past, self.cast.board)} == counted

    def test_what_is_only_to_go_on_in_a_draft_counts_as_it_stands(self):
        changes.begin_next_plan(
            plan=self.plan, title="Next", slug="next", reason="A new year", overseen_by=self.cast.strategic,
            by=self.cast.coordinator, at=moment(TODAY),
        )  # fmt: skip
        assert "1.1" in self.found(rating="green")
        found = listing.facts(listing.listed(readable(self.cast.coordinator, TODAY), [self.plan], TODAY))
        assert "gone_on" not in {fact.counts_as for fact in found.values()}

    def test_what_counts_as_no_update_received_is_what_the_record_says(self):
        asked = last_asked([self.plan], TODAY)
        found = with_silence(with_dates(Action.objects.filter(plan=self.plan)), asked)
        stood = standings(found, on=TODAY, known_by=moment(TODAY, 23))
        for action in found.exclude(status="withdrawn"):
            heard = any(said.period.starts >= asked[self.plan.pk].starts for said in stood[action.pk].said)
            assert action.no_update == (not heard), action.reference

    def test_nobody_is_silent_before_the_first_round_is_due(self):
        assert last_asked([self.plan], date(2026, 4, 10)) == {}
        assert last_asked([self.plan], date(2026, 4, 11)) == {self.plan.pk: self.cast.periods["Q4 2025/26"]}

    def test_a_choice_that_does_not_exist_is_refused_and_narrows_nothing(self):
        form = PlanFilter(QueryDict("owner=999&dates=overdue"))
        assert "owner" in form.errors
        assert form.chosen("owner") == ""
        assert form.address(page=2) == "?dates=overdue&page=2"

    def test_an_address_keeps_what_is_chosen_and_drops_what_is_not(self):
        form = PlanFilter({"q": "hot spots", "sort": "due", "view": "published"})
        assert form.address(sort="-due") == "?q=hot+spots&sort=-due&view=published"
        assert form.cleared == "?sort=due&view=published"
        assert form.is_narrowed
        assert not PlanFilter({"sort": "due"}).is_narrowed

    def test_a_member_of_a_group_of_owners_finds_what_the_group_has(self):
        cast = self.cast
        group = add_owner(
            board=cast.board,
            name="Police/Health",
            kind="group",
            members=[cast.police_owner],
            by=cast.manager,
            at=moment(TODAY),
        )
        OwnerRole.objects.create(
            board=cast.board, action=self.undated, owner=group, role="support", since=self.undated.version
        )
        assert "3" in self.found(owner=cast.police_owner.pk)

    def test_a_chair_can_choose_what_they_oversee_and_nobody_else(self):
        choices = listing.choices(self.cast.board, {})
        chairs = overdue_filter({"group": "mine"}, [self.plan], choices, [5])
        assert chairs.chosen("group") == "mine"
        assert overdue_filter({"group": "mine"}, [self.plan], choices, []).chosen("group") == ""

    def test_a_box_with_nothing_to_choose_is_left_out(self):
        form = overdue_filter({}, [self.plan], listing.choices(self.cast.board, {}), [])
        assert [box.name for box in form.boxes] == ["plan"]


def make_recommendations(cast):
    return add_recommendation_source(
        board=cast.board,
        title="Peer review",
        kind="review",
        recommendations=[(1, "Know the area"), (2, "Share what is known")],
        by=cast.manager,
        at=moment(date(2026, 1, 6)),
    )
