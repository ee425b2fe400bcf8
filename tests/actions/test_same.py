"""Steps and milestones of an agreed action are changed in the open: the same step stays the same, no date slips by."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actions import as_at, changes
from actions.changes.definition import MilestoneGiven, StepGiven
from actions.changes.undoing import _take_back
from actions.models import Action, DateChange, Step
from actions.proof import differences
from actions.steps import meant
from boards import audit
from boards.models import Event
from boards.redaction import details_of
from boards.sentences import sentence
from tests.builders import agree, make_action, make_board, make_plan, moment, say

pytestmark = pytest.mark.django_db

ON, LATER = date(2026, 5, 4), date(2026, 6, 1)
WHY = "The trainer left"


@pytest.fixture
def cast():
    return make_board()


@pytest.fixture
def action(cast):
    plan = make_plan(cast, actions=0, agreed=False)
    steps = ("Find a trainer", ("Train everybody", cast.health_owner, "June 2026"), "Look back")
    made = make_action(
        cast, plan, "1.1", timescale="March 2027", steps=steps, milestones=[("Half of them", "May 2026")]
    )
    agree(cast, plan)
    return made


def standing(action):
    return list(action.steps.filter(until=None).select_related("lead", "timescale").order_by("position"))


def given(action):
    return [
        StepGiven(step.text, step.lead, step.timescale.text if step.timescale else "", step.pk)
        for step in standing(action)
    ]


def reword(cast, action, on=ON, reason=WHY, **said):
    action.refresh_from_db()
    words = said.pop("wording", action.version.wording)
    return changes.reword_action(
        action=action, wording=words, reason=reason, by=cast.coordinator, at=moment(on), **said
    )


def with_other(action, place, **otherwise):
    steps = given(action)
    steps[place] = steps[place]._replace(**otherwise)
    return steps


def history(action):
    events = Event.objects.filter(subject_kind="action", subject_id=action.pk).order_by("sequence")
    told = details_of(events)
    return [sentence(event, told[event.pk]) for event in events]


def test_another_date_of_a_step_is_on_the_record_and_the_actions_own_stays(cast, action):
    reword(cast, action, steps=with_other(action, 1, timescale="September 2026"))
    action.refresh_from_db()
    assert (action.due, action.first_due, action.next_due) == (
        date(2027, 3, 31), date(2027, 3, 31), date(2026, 9, 30),
    )  # fmt: skip
    moved = DateChange.objects.get()
    assert (moved.kind, moved.from_due, moved.to_due, moved.why) == (
        "moved", date(2026, 6, 30), date(2026, 9, 30), WHY,
    )  # fmt: skip
    assert moved.step == standing(action)[1]
    *_, dated, changed = history(action)
    assert "moved the due date of the step “Train everybody” from 30 June 2026 to 30 September 2026" in dated
    assert "Step “Train everybody”: by when from June 2026 (30 June 2026) to September 2026" in changed
    assert f"because “{WHY}”" in changed
    assert audit.verify(cast.board) is None
    assert list(differences(cast.board, moment(LATER))) == []


def test_words_about_time_that_had_been_misread_are_no_move(cast, action):
    reword(cast, action, steps=with_other(action, 1, timescale="September 2026", misread=True))
    assert DateChange.objects.get().kind == "correction"
    assert "of the step “Train everybody” were read" in history(action)[-2]


def test_a_first_date_of_a_step_is_given(cast, action):
    reword(cast, action, steps=with_other(action, 0, timescale="May 2026"))
    assert DateChange.objects.get().kind == "dated"
    assert "gave a first due date of the step “Find a trainer”, 31 May 2026" in history(action)[-2]
    action.refresh_from_db()
    assert action.next_due == date(2026, 5, 31)


@pytest.mark.parametrize("words", ["", "ongoing"])
def test_a_step_does_not_lose_its_date(cast, action, words):
    with pytest.raises(ValidationError, match="is due on 30 June 2026"):
        reword(cast, action, steps=with_other(action, 1, timescale=words))
    assert action.versions.count() == 1
    assert not DateChange.objects.exists()
    reword(cast, action, steps=with_other(action, 1, timescale=words, misread=True))
    action.refresh_from_db()
    assert action.next_due == date(2027, 3, 31)


def test_a_step_changes_its_words_and_lead_and_keeps_its_place(cast, action):
    reword(cast, action, steps=with_other(action, 1, text="Train all of them", lead=cast.police_owner))
    assert [step.text for step in standing(action)] == ["Find a trainer", "Train all of them", "Look back"]
    told = history(action)[-1]
    assert "Step “Train everybody”: now “Train all of them”; who from Health to Police" in told
    assert "Find a trainer" not in told
    assert not DateChange.objects.exists()


def test_the_same_words_about_time_are_read_as_they_were(cast, action):
    """A reading that a person put right does not change because the step has another lead."""
    step = standing(action)[1]
    reword(cast, action, steps=with_other(action, 1, lead=cast.police_owner))
    assert standing(action)[1].timescale_id == step.timescale_id


def test_a_step_that_is_named_again_without_its_row_is_the_same(cast, action):
    """A file names no rows: a step of the same words is the same step."""
    steps = [one._replace(was=None) for one in with_other(action, 1, timescale="September 2026")]
    reword(cast, action, steps=steps)
    assert DateChange.objects.get().kind == "moved"


def test_what_is_done_stays_done_and_its_words_stay(cast, action):
    say(cast, action, on=ON, period="Q1 2026/27", steps_done={standing(action)[1].pk})
    with pytest.raises(ValidationError, match=r"The step “Train everybody” is done\. Leave its words"):
        reword(cast, action, LATER, steps=with_other(action, 1, text="Train twice as many"))
    reword(cast, action, LATER, steps=with_other(action, 1, lead=cast.police_owner))
    assert standing(action)[1].done_on == ON
    past = as_at.past_of(action.plan, on=ON, known_by=moment(ON, 23))
    (row,) = as_at.rows(Action.ever_written.filter(pk=action.pk), past)
    assert [(step.text, step.lead, step.done_on) for step in row.action.steps.all()][1] == (
        "Train everybody", cast.health_owner, ON,
    )  # fmt: skip
    assert list(differences(cast.board, moment(LATER, 12))) == []


def test_steps_are_put_in_another_order_and_none_forgets_that_it_is_done(cast, action):
    say(cast, action, on=ON, period="Q1 2026/27", steps_done={standing(action)[0].pk})
    reword(cast, action, LATER, steps=[*given(action)[::-1], StepGiven("Say so")])
    assert [(step.text, step.done_on) for step in standing(action)] == [
        ("Look back", None), ("Train everybody", None), ("Find a trainer", ON), ("Say so", None),
    ]  # fmt: skip
    assert not DateChange.objects.exists()


def test_a_step_is_taken_out_and_another_added_with_the_reason(cast, action):
    reword(cast, action, steps=[*given(action)[1:], StepGiven("Say so", None, "July 2026")])
    assert [step.text for step in standing(action)] == ["Train everybody", "Look back", "Say so"]
    told = history(action)[-1]
    assert "Steps: Find a trainer no longer" in told
    assert "Steps: Say so new" in told


def test_a_milestone_does_not_move_unseen(cast, action):
    stone = action.milestones.get()
    reword(cast, action, milestones=[MilestoneGiven("Half of them", "August 2026", stone.pk)])
    told = history(action)[-1]
    assert "Milestone “Half of them”: by when from May 2026 (31 May 2026) to August 2026 (31 August 2026)" in told
    action.refresh_from_db()
    assert (action.due, action.first_due) == (date(2027, 3, 31), date(2027, 3, 31))
    assert not DateChange.objects.exists()


def test_a_tick_is_of_words_and_goes_on_with_them(cast, action):
    """What somebody ticked in a draft before the step changed still counts when only its lead or date has."""
    first, second, _ = (step.pk for step in standing(action))
    reword(cast, action, steps=with_other(action, 1, timescale="July 2026"))
    reword(cast, action, steps=with_other(action, 0, text="Find two trainers"))
    assert meant(action, {first, second}) == {second: standing(action)[1].pk}
    say(cast, action, on=LATER, period="Q1 2026/27", steps_done={first, second}, steps_shown=frozenset())
    assert [bool(step.done_on) for step in standing(action)] == [False, True, False]


def test_a_step_is_the_same_within_one_action_only(cast, action):
    other = make_plan(cast, actions=1, slug="other").actions.get()
    stranger = Step.objects.create(board=cast.board, action=other, since=other.version, position=9, text="Theirs")
    with pytest.raises(IntegrityError, match="its first belongs to another action"), transaction.atomic():
        Step.objects.create(
            board=cast.board, action=action, since=action.version, position=9, text="Ours", first=stranger
        )


def test_taking_a_file_back_is_no_move_of_a_steps_date(cast, action):
    version = action.version
    reword(cast, action, steps=with_other(action, 0, timescale="July 2026"))
    with audit.change(cast.board, by=cast.coordinator, at=moment(LATER)) as turn:
        _take_back(turn, Action.objects.get(pk=action.pk), version.number, "The import of a file was undone.")
    assert [change.kind for change in DateChange.objects.order_by("pk")] == ["dated", "correction"]
