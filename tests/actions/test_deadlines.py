"""When an action is overdue, due soon or undated: the boundary days, and that list and single answer agree."""

from datetime import date, timedelta

import pytest

from actions import deadlines
from actions.models import Action, Plan, Status
from tests.actions.conftest import moment
from tests.builders import unguarded

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("on", "state", "days", "words"),
    [
        (DUE - timedelta(days=31), "later", 31, ""),
        (DUE - timedelta(days=30), "due_soon", 30, "due in 30 days"),
        (DUE - timedelta(days=1), "due_soon", 1, "due in 1 day"),
        (DUE, "due_soon", 0, "due today"),
        (DUE + timedelta(days=1), "overdue", 1, "1 day overdue"),
        (DUE + timedelta(days=60), "overdue", 60, "60 days overdue"),
    ],
)
def test_an_action_is_late_the_day_after_it_was_due(on, state, days, words):
    found = deadlines.date_state(DUE, Status.IN_PROGRESS, on)
    assert (found.state, found.days, found.words) == (state, days, words)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize(
    "due", [None, DUE - timedelta(days=1), DUE, DUE + timedelta(days=30), DUE + timedelta(days=31)]
)
def test_lists_and_single_answers_agree(small, status, due):
    Action.objects.filter(pk=small.one.pk).update(status=status, next_due=due)
    single = deadlines.date_state(due, status, DUE).state
    for state in deadlines.STATES:
        listed = Action.objects.filter(deadlines.in_state(state, DUE), pk=small.one.pk).exists()
        assert listed is (state == single), state
    assert Action.objects.filter(deadlines.overdue(DUE), pk=small.one.pk).exists() is (single == "overdue")


def test_what_is_proposed_complete_stays_late_until_somebody_accepts_it(small):
    Action.objects.filter(pk=small.one.pk).update(status=Status.PROPOSED_COMPLETE)
    assert Action.objects.filter(deadlines.overdue(date(2026, 8, 1)), pk=small.one.pk).exists()
    Action.objects.filter(pk=small.one.pk).update(status=Status.COMPLETE)
    assert not Action.objects.filter(deadlines.overdue(date(2026, 8, 1)), pk=small.one.pk).exists()


@pytest.mark.parametrize(
    "life",
    [
        {"state": Plan.State.DRAFT, "agreed_on": None},
        {"state": Plan.State.CLOSED, "closed_on": date(2026, 7, 1)},
        {"as_at": date(2026, 7, 1)},
    ],
)
def test_actions_of_a_draft_a_closed_or_a_historic_plan_are_never_late(small, life):
    late = Action.objects.filter(deadlines.overdue(date(2026, 8, 1)))
    assert late.exists()
    with unguarded():
        Plan.objects.filter(pk=small.plan.pk).update(**life)
    assert not late.exists()


def test_a_late_step_makes_its_action_late(small):
    assert small.one.due == date(2026, 6, 30)
    assert small.one.next_due == date(2026, 5, 31)
    assert Action.objects.filter(deadlines.overdue(date(2026, 6, 1)), pk=small.one.pk).exists()


def test_a_step_that_is_done_no_longer_makes_its_action_late(small):
    step = small.one.steps.get(text="Write the course")
    small.say(small.one, small.police, moment(2026, 5, 20), answer={"steps_done": frozenset({step.pk})})
    small.refresh()
    assert small.one.next_due == date(2026, 6, 30)
    assert not Action.objects.filter(deadlines.overdue(date(2026, 6, 30)), pk=small.one.pk).exists()
    assert Action.objects.filter(deadlines.overdue(date(2026, 7, 1)), pk=small.one.pk).exists()


def test_a_step_found_not_to_be_done_after_all_makes_its_action_late_again(small):
    step = small.one.steps.get(text="Write the course")
    small.say(small.one, small.police, moment(2026, 5, 20), answer={"steps_done": frozenset({step.pk})})
    small.say(small.one, small.police, moment(2026, 6, 20))
    small.refresh()
    step.refresh_from_db()
    assert step.done_on is None
    assert small.one.next_due == date(2026, 5, 31)
