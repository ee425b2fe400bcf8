"""Splitting, merging, replacing, carrying over, withdrawing and closing: what travels, and what is refused."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from actions import as_at, changes
from actions.changes.definition import RoleGiven
from actions.listing import listed
from actions.models import Action, DateChange, Decision, Plan, Succession, Update
from actions.reading import rows
from boards.models import Event
from tests.builders import TODAY, agree, make_action, make_board, make_plan, moment, rating, say

pytestmark = pytest.mark.django_db
WHY = "The board decided so."


@pytest.fixture
def cast():
    return make_board()


@pytest.fixture
def plan(cast):
    """Three actions of the first section: 1.1 and 1.2 due 31 March 2026, 2.3 too."""
    return make_plan(cast, actions=3)


@pytest.fixture
def who(cast):
    return {"by": cast.coordinator, "at": moment(TODAY)}


def action_of(plan, reference):
    return Action.objects.get(plan=plan, reference=reference)


def row(action, on=TODAY):
    found = listed(Action.objects.filter(pk=action.pk), [action.plan], on)
    return rows(found, [action.pk], on=on, at=moment(on, 23))[0]


def next_plan(cast, **facts):
    return make_plan(cast, actions=0, slug="next-plan", title="CSE Action Plan 2027-28", agreed=False, **facts)


def moved_thrice(cast, action):
    for month in (6, 9, 12):
        changes.move_date(
            action=action,
            to_due=date(2026, month, 15),
            why="Later",
            by=cast.coordinator,
            at=moment(date(2026, 3, month)),
        )


def verified():
    with time_machine.travel(moment(date(2027, 12, 1)), tick=False):
        call_command("verify_audit")


def test_a_split_action_becomes_two_that_keep_its_first_date_and_its_moves(cast, plan, who):
    one = action_of(plan, "1.1")
    moved_thrice(cast, one)
    new = changes.split_action(
        action=one,
        into=[
            {"reference": "1.1a", "wording": "Train the officers"},
            {"reference": "1.1b", "wording": "Train the nurses", "roles": [RoleGiven(cast.health_owner, "lead")]},
        ],
        reason=WHY,
        **who,
    )
    assert [row(action).status_words for action in [one, *new]] == [
        "Split into 1.1a and 1.1b",
        "Not started",
        "Not started",
    ]
    for action in new:
        shown = row(Action.objects.get(pk=action.pk))
        assert (shown.action.first_due, shown.action.due, shown.moved) == (date(2026, 3, 31), date(2026, 12, 15), 3)
        assert shown.came_words == "Split from 1.1"
    assert [str(part.owner) for part in row(new[1]).parts] == ["Health"]
    assert Decision.objects.get(action=one).kind == Decision.Kind.SUPERSEDE
    assert Update.objects.get(action=one).source == Update.Source.DECISION
    verified()


@pytest.mark.parametrize("end", ["split", "withdraw", "next plan"])
def test_nobody_is_asked_any_more_to_take_over_what_is_over(cast, plan, who, end):
    one = action_of(plan, "1.1")
    facts = {"action": one, "from_owner": cast.police_owner, "to_owner": cast.health_owner, "reason": WHY}
    offer = changes.offer_action(**facts, **who)
    if end == "split":
        changes.split_action(action=one, into=[{}, {}], reason=WHY, **who)
    elif end == "withdraw":
        changes.withdraw_action(action=one, reason=WHY, **who)
    else:
        draft = next_plan(cast)
        changes.carry_over(action=one, plan=draft, reason=WHY, **who)
        offer.refresh_from_db()
        assert offer.is_open, "until the board agrees the draft, nothing is over"
        agree(cast, draft)
    offer.refresh_from_db()
    said = {"split": "Split into 1.1a and 1.1b.", "withdraw": "Withdrawn."}
    assert (offer.state, offer.answer) == ("withdrawn", said.get(end, "Carried over into CSE Action Plan 2027-28."))
    assert Event.objects.get(verb="offer.withdrawn").subject_id == one.pk
    verified()


def in_order(plan):
    return list(plan.actions.order_by("position", "id").values_list("reference", flat=True))


def test_what_an_action_is_split_into_stands_right_after_it(cast, plan, who):
    parts = [{"reference": "1.1a"}, {"reference": "1.1b"}, {"reference": "1.1c", "section": None, "objective": None}]
    changes.split_action(action=action_of(plan, "1.1"), into=parts, reason=WHY, **who)
    assert in_order(plan) == ["1.1", "1.1a", "1.1b", "1.2", "2.3", "1.1c"], "but under its own heading"


def test_a_merger_and_a_replacement_stand_after_what_they_came_from(cast, plan, who):
    changes.merge_actions(actions=[action_of(plan, "1.1"), action_of(plan, "1.2")], reference="1.3", reason=WHY, **who)
    changes.replace_action(action=action_of(plan, "1.3"), reference="1.4", reason=WHY, **who)
    assert in_order(plan) == ["1.1", "1.2", "1.3", "1.4", "2.3"]


def test_an_action_carried_into_an_agreed_plan_stands_last_under_its_heading(cast, plan, who):
    other = make_plan(cast, actions=3, slug="other", title="Other plan")
    changes.carry_over(action=action_of(plan, "1.1"), plan=other, reference="1.9", reason=WHY, **who)
    assert in_order(other) == ["1.1", "1.2", "1.9", "2.3"]
    changes.merge_actions(actions=[action_of(plan, "1.2")], into=action_of(other, "1.1"), reason=WHY, **who)
    assert in_order(other) == ["1.1", "1.2", "1.9", "2.3"], "one that was there already keeps its place"


def test_an_action_put_into_another_section_of_an_agreed_plan_stands_last_there(cast, plan, who):
    pursue = action_of(plan, "2.3").section
    one = action_of(plan, "1.1")
    changes.reword_action(action=one, wording=one.version.wording, section=pursue, objective=None, reason=WHY, **who)
    assert in_order(plan) == ["1.2", "2.3", "1.1"]
    two = action_of(plan, "1.2")
    changes.reword_action(action=two, wording="Better said", reason=WHY, **who)
    assert in_order(plan) == ["1.2", "2.3", "1.1"]
    verified()


def test_a_later_date_is_one_more_move(cast, plan, who):
    new = changes.replace_action(
        action=action_of(plan, "1.1"), wording="Do it otherwise", timescale="June 2027", reason=WHY, **who
    )
    shown = row(Action.objects.get(pk=new.pk))
    assert (shown.reference, shown.action.first_due, shown.action.due) == ("1.1a", date(2026, 3, 31), date(2027, 6, 30))
    assert shown.moved == 1
    assert DateChange.objects.get(action=new).why == "Replaced: The board decided so."
    verified()


def test_an_action_carried_into_a_draft_stays_open_until_the_draft_is_agreed(cast, plan, who):
    one = action_of(plan, "1.1")
    moved_thrice(cast, one)
    draft = next_plan(cast)
    new = changes.carry_over(action=one, plan=draft, reason=WHY, timescale="June 2027", **who)
    before = row(one)
    assert before.status_words == "Not started"
    assert before.state.is_open
    assert before.became_words == "To be carried over into CSE Action Plan 2027-28 when the board agrees it"
    assert row(new).action.first_due == date(2026, 3, 31)
    assert (new.section.title, new.objective.title) == ("Prevent", "Know the signs")
    agree(cast, draft)
    assert row(action_of(plan, "1.1")).status_words == "Carried over into CSE Action Plan 2027-28"
    shown = row(action_of(draft, "1.1"))
    assert (shown.action.first_due, shown.action.due, shown.moved) == (date(2026, 3, 31), date(2027, 6, 30), 4)
    assert shown.came_words == "Carried over from CSE Action Plan 2026-28"


def test_the_same_date_carried_over_is_no_move(cast, plan, who):
    new = changes.carry_over(action=action_of(plan, "1.1"), plan=next_plan(cast), reason=WHY, **who)
    agree(cast, new.plan)
    assert (row(new).moved, row(new).due_words) == (0, "March 2026")


def test_merged_actions_bring_the_earliest_of_their_dates_and_all_moves(cast, plan, who):
    one, two, other = (action_of(plan, reference) for reference in ("1.1", "1.2", "2.3"))
    moved_thrice(cast, one)
    changes.move_date(
        action=two, to_due=date(2026, 5, 1), why="Later", by=cast.coordinator, at=moment(date(2026, 3, 20))
    )
    changes.merge_actions(actions=[one, two], into=other, reason=WHY, **who)
    shown = row(Action.objects.get(pk=other.pk))
    assert shown.came_words == "Took in 1.1 and 1.2"
    assert shown.moved == 4
    assert row(one).status_words == row(two).status_words == "Merged into 2.3"
    verified()


def test_what_is_merged_into_an_agreed_action_makes_its_first_date_earlier_never_later(cast, who):
    plan = make_plan(cast, actions=1, agreed=False)
    make_action(cast, plan, "5.1", timescale="June 2027")
    plan = agree(cast, plan)
    into = changes.merge_actions(actions=[action_of(plan, "1.1")], into=action_of(plan, "5.1"), reason=WHY, **who)
    into.refresh_from_db()
    assert (into.first_due, into.due) == (date(2026, 3, 31), date(2027, 6, 30))
    assert row(into).moved == 1
    for wrong in (date(2026, 2, 1), date(2027, 6, 30)):
        with pytest.raises(IntegrityError, match="never moves"), transaction.atomic():
            Action.objects.filter(pk=into.pk).update(first_due=wrong)


def test_as_at_the_day_before_nothing_of_it_shows(cast, plan, who):
    one = action_of(plan, "1.1")
    changes.split_action(action=one, into=[{"wording": "This"}, {"wording": "That"}], reason=WHY, **who)
    then = date(2026, 9, 27)
    past = as_at.past_of(Plan.objects.get(pk=plan.pk), on=then, known_by=moment(then, 23))
    found = as_at.rows(Action.objects.filter(plan=plan), past)
    assert [(each.reference, each.status_words, each.became_words) for each in found] == [
        ("1.1", "Not started", ""), ("1.2", "Not started", ""), ("2.3", "Not started", ""),
    ]  # fmt: skip


def test_a_withdrawn_action_keeps_its_reason_its_rating_and_its_history(cast, plan, who):
    one = action_of(plan, "1.1")
    say(cast, one, "red", on=date(2026, 7, 1), period="Q1 2026/27")
    changes.withdraw_action(action=one, reason="The law has changed.", **who)
    shown = row(one)
    assert (shown.status_words, shown.rating.code, shown.words) == ("Withdrawn", "red", "Withdrawn.")
    assert Decision.objects.get(action=one).reason == "The law has changed."
    assert one.updates.count() == 2
    assert shown.action.heard_on == date(2026, 7, 1)
    verified()


def refused(match, verb, **given):
    with pytest.raises(ValidationError, match=match):
        verb(**given)


def test_refusals(cast, plan, who):
    one, two = action_of(plan, "1.1"), action_of(plan, "1.2")
    there = make_board("oakshire", "Oakshire")
    foreign = make_plan(there, actions=1, slug="foreign")
    draft = next_plan(cast)
    who["reason"] = WHY
    refused("two boards", changes.merge_actions, actions=[one, foreign.actions.get()], wording="x", **who)
    refused("another board", changes.merge_actions, actions=[one], into=foreign.actions.get(), **who)
    refused("another board", changes.carry_over, action=one, plan=foreign, **who)
    refused("into itself", changes.merge_actions, actions=[one, two], into=one, **who)
    refused("already. Choose another plan", changes.carry_over, action=one, plan=plan, **who)
    refused("at least one other", changes.merge_actions, actions=[one], wording="x", **who)
    refused("at least two", changes.split_action, action=one, into=[{}], **who)
    refused("Say why", changes.withdraw_action, action=one, **{**who, "reason": " "})
    old = make_plan(cast, actions=1, slug="old", title="Old")
    Plan.objects.filter(pk=old.pk).update(as_at=date(2026, 2, 1))
    refused("no longer worked on", changes.carry_over, action=one, plan=old, **who)
    refused("is the record of a plan", changes.withdraw_action, action=old.actions.get(), **who)
    say(cast, two, "green", on=date(2026, 9, 1), period="Q2 2026/27", status="complete")
    refused("is complete, so nothing", changes.withdraw_action, action=two, **who)
    new = changes.carry_over(action=one, plan=draft, **who)
    refused("settled already", changes.carry_over, action=one, plan=draft, **who)
    refused("is a draft", changes.withdraw_action, action=new, **who)
    assert Succession.objects.count() == 1


def test_what_is_over_is_not_written_on_any_more(cast, plan, who):
    one = action_of(plan, "1.1")
    changes.replace_action(action=one, wording="Otherwise", reason=WHY, **who)
    refused("is over", changes.add_note, action=one, words="But", **who)
    refused("is over", changes.move_date, action=one, to_due=date(2027, 1, 1), why="x", **who)
    with pytest.raises(changes.NotWhole, match="is over"):
        say(cast, one, "green", on=TODAY, period="Q2 2026/27")


def test_limited_actions_travel_limited_and_are_merged_only_with_their_like(cast, who):
    plan = make_plan(cast, actions=1, agreed=False)
    make_action(cast, plan, "9.1", wording="Kept among few", limited=True)
    plan = agree(cast, plan)
    hidden, other = action_of(plan, "9.1"), action_of(plan, "1.1")
    refused("limited circulation", changes.merge_actions, actions=[other, hidden], wording="x", reason=WHY, **who)
    refused("limited circulation", changes.merge_actions, actions=[other], into=hidden, reason=WHY, **who)
    new = changes.replace_action(action=hidden, wording="Otherwise", reason=WHY, **who)
    assert new.limited
    assert row(hidden).status_words == "Replaced by another action"
    assert "9.1a" not in str(row(hidden).became_words)


def test_only_a_draft_whose_promise_stands_elsewhere_lets_go_of_it(cast, plan, who):
    draft = next_plan(cast)
    new = changes.carry_over(action=action_of(plan, "1.1"), plan=draft, reason=WHY, **who)
    changes.remove_action(action=new, **who)
    assert row(action_of(plan, "1.1")).became_words == ""
    new = changes.carry_over(action=action_of(plan, "1.1"), plan=draft, reason=WHY, **who)
    rest = [changes.Placing(action_of(plan, ref), "withdrawn", WHY) for ref in ("1.2", "2.3")]
    changes.close_plan(plan=plan, closed_on=TODAY, reason=WHY, placings=rest, **who)
    refused("goes on only here", changes.remove_action, action=new, **who)


def test_a_plan_closes_only_when_every_unfinished_action_is_placed(cast, plan, who):
    one, two, three = (action_of(plan, reference) for reference in ("1.1", "1.2", "2.3"))
    draft = next_plan(cast)
    placings = [changes.Placing(one, "carried", WHY, draft), changes.Placing(two, "withdrawn", WHY)]
    close = {"plan": plan, "closed_on": TODAY, "reason": "The year is over.", **who}
    refused("still to be done: 2.3. Say", changes.close_plan, placings=placings, **close)
    assert not Succession.objects.exists()
    refused("until today", changes.close_plan, **{**close, "closed_on": date(2026, 9, 29)})
    placings.append(changes.Placing(three, "merged", WHY, one))
    changes.close_plan(placings=placings, **close)
    plan.refresh_from_db()
    assert (plan.state, plan.closed_on) == ("closed", TODAY)
    assert not plan.actions.filter(status="not_started").exists()
    assert Event.objects.filter(verb="plan.closed", subject_id=plan.pk).exists()
    refused("closed already", changes.close_plan, **close)
    assert row(three).status_words == "Merged into 1.1"
    agree(cast, draft)
    assert row(action_of(draft, "1.1")).came_words == "Carried over from CSE Action Plan 2026-28"
    verified()


def test_an_update_that_waits_to_be_read_keeps_a_plan_open(cast, plan, who):
    changes.submit_update(
        action=action_of(plan, "1.1"),
        owner=cast.police_owner,
        round=cast.rounds["Q2 2026/27"],
        answer=changes.Answer(
            status="in_progress", rating=rating(cast, "green"), words="It goes on.", reason="So.", date_answer="holds"
        ),
        by=cast.contact,
        at=moment(TODAY, 9),
    )
    refused("wait to be read: 1.1", changes.close_plan, plan=plan, closed_on=TODAY, reason=WHY, **who)
    refused("waits to be read", changes.withdraw_action, action=action_of(plan, "1.1"), reason=WHY, **who)


def test_next_years_plan_begins_with_what_is_not_done(cast, plan, who):
    moved_thrice(cast, action_of(plan, "1.1"))
    say(cast, action_of(plan, "1.2"), "blue", on=date(2026, 9, 1), period="Q2 2026/27", status="complete")
    new = changes.begin_next_plan(plan=plan, title="Next", slug="next", reason=WHY, starts=date(2027, 4, 1), **who)
    assert [str(action) for action in new.actions.all()] == ["1.1", "2.3"]
    assert [str(section) for section in new.sections.all()] == ["1.0 Prevent", "2.0 Pursue"]
    assert new.columns.count() == plan.columns.count()
    changes.close_plan(plan=plan, closed_on=TODAY, reason=WHY, **who)
    new = changes.agree_plan(plan=new, agreed_on=localdate(who["at"]), reason=WHY, **who)
    shown = row(action_of(new, "1.1"))
    assert (shown.action.first_due, shown.moved, shown.state.is_open) == (date(2026, 3, 31), 3, True)
    verified()
