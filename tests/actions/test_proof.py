"""verify_audit holds the record against the trail: what was written past the verbs is found."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command

from actions import changes, timescales
from actions.models import Action, ActionVersion, DateChange, Offer, Step, Update
from boards import changes as board_changes
from tests.actions.conftest import moment
from tests.builders import unguarded

LATER = moment(2026, 9, 1)


@pytest.fixture
def told(small):
    """Everything that the trail tells of: updates of both ways in, dates of every kind, new words, ticks, evidence."""
    small.say(small.one, small.police, moment(2026, 5, 1), answer={"steps_done": {small.one.steps.first().pk}})
    small.say(small.one, small.police, moment(2026, 6, 1), small.red, words="", answer={"no_change": True})
    small.say(small.two, small.health, moment(2026, 6, 2), small.amber, entered_for="the nurse, by telephone")
    changes.move_date(
        action=small.two, to_due=date(2026, 12, 31), why="No trainer", by=small.manager, at=moment(2026, 6, 3)
    )
    changes.give_first_date(
        action=small.three, to_due=date(2027, 1, 31), why="Agreed", by=small.manager, at=moment(2026, 6, 3)
    )
    changes.correct_reading(
        action=small.one,
        reading=replace(timescales.read("June 2026"), due=date(2026, 6, 1)),
        why="They meant the first",
        by=small.manager,
        at=moment(2026, 6, 4),
    )
    changes.reword_action(
        action=small.one, wording="Train everybody", reason="Wider", by=small.manager, at=moment(2026, 6, 5)
    )
    offered = {"action": small.two, "from_owner": small.health, "to_owner": small.police, "by": small.manager}
    no = changes.offer_action(**offered, reason="They have a trainer", at=moment(2026, 6, 6))
    changes.refuse_offer(offer=no, answer="We have none", by=small.manager, at=moment(2026, 6, 7))
    changes.offer_action(**offered, reason="They have one now", at=moment(2026, 6, 8))
    return small


def verified():
    with time_machine.travel(LATER, tick=False):
        call_command("verify_audit")


def found(match):
    with pytest.raises(CommandError, match=match):
        verified()


def test_a_board_in_use_is_whole(told):
    verified()


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"words": "All is well."}, "words"),
        ({"reason": ""}, "reason"),
        ({"status": "complete"}, "status"),
        ({"next_steps": "None"}, "next_steps"),
        ({"entered_for": "the chair"}, "entered_for"),
        ({"at": moment(2026, 4, 2)}, "who, when or about what"),
    ],
)
def test_an_update_written_over_is_found(told, wrong, what):
    with unguarded():
        Update.objects.filter(words="It goes on.", action=told.two).update(**wrong)
    found(rf"northshire: update \d+ on action 2 of Action plan 2026 is not what event \d+ says was written: {what}")


def test_a_greener_rating_is_found(told):
    with unguarded():
        Update.objects.filter(action=told.two).update(rating=told.green)
    found("is not what event .* says was written: rating")


def test_an_update_that_went_or_came_without_an_event_is_found(told):
    update = Update.objects.get(action=told.two)
    with unguarded():
        Action.objects.filter(pk=told.two.pk).update(last_update=None)
        Update.objects.filter(pk=update.pk)._raw_delete("default")
    found(r"northshire: the update that event \d+ tells of is gone")
    update.pk = None
    update.save(force_insert=True)
    found("is told of by no event")


def test_a_move_that_was_washed_away_is_found(told):
    with unguarded():
        DateChange.objects.filter(kind="moved")._raw_delete("default")
    found(r"the change of date that event \d+ tells of is gone")


def test_a_change_of_date_written_over_or_added_is_found(told):
    with unguarded():
        DateChange.objects.filter(kind="moved").update(kind="correction")
    found(r"a change of date of action 2 of Action plan 2026 is not what event \d+ says")


def test_a_change_of_date_that_no_event_tells_of_is_found(told):
    DateChange.objects.create(
        board=told.board,
        action=told.two,
        from_due=date(2026, 12, 31),
        to_due=date(2027, 3, 31),
        why="Quietly",
        on=date(2026, 7, 1),
        at=moment(2026, 7, 1),
    )
    found("a change of date of action 2 of Action plan 2026 is told of by no event")


def test_words_written_over_are_found(told):
    with unguarded():
        ActionVersion.objects.filter(action=told.one, number=1).update(wording="Think about training")
    found(r"a wording of action 1 of Action plan 2026 is not what event \d+ says")


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"reason": "Nobody asked why"}, "offer"),
        ({"role": "joint_lead"}, "offer"),
        ({"offered_at": moment(2026, 6, 5)}, "offer"),
        ({"answer": "Gladly"}, "answer to an offer"),
        ({"state": "withdrawn"}, "answer to an offer"),
    ],
)
def test_an_offer_written_over_is_found(told, wrong, what):
    with unguarded():
        Offer.objects.filter(reason="They have a trainer").update(**wrong)
    found(rf"an {what} of action 2 of Action plan 2026 is not what event \d+ says")


def test_an_offer_that_was_washed_away_is_found(told):
    with unguarded():
        Offer.objects.filter(state="open")._raw_delete("default")
    found(r"the offer that event \d+ tells of is gone")


def test_an_answer_that_was_taken_back_in_silence_is_found(told):
    offer = Offer.objects.get(state="open")
    changes.refuse_offer(offer=offer, answer="Still none", by=told.manager, at=moment(2026, 6, 9))
    verified()
    with unguarded():
        Offer.objects.filter(pk=offer.pk).update(state="open", answered_at=None, answered_by=None, answer="")
    found(r"the answer to an offer that event \d+ tells of is gone")


@pytest.mark.parametrize(
    ("shown", "what"),
    [
        ({"status": "complete"}, "status"),
        ({"rating": None}, "rating"),
        ({"due": date(2030, 1, 1)}, "due"),
        ({"heard_on": date(2026, 8, 31)}, "heard_on"),
    ],
)
def test_a_list_that_shows_what_nobody_said_is_found(told, shown, what):
    Action.objects.filter(pk=told.one.pk).update(**shown)
    found(f"action 1 of Action plan 2026 shows another {what} than its record adds up to")


def test_a_step_ticked_past_the_record_is_found(told):
    Step.objects.filter(action=told.one).update(done_on=date(2026, 5, 2))
    found("action 1 of Action plan 2026 shows another steps than its record adds up to")


def test_redacted_words_are_no_difference(told):
    board_changes.redact(
        board=told.board, passage="by telephone", reason="Personal", by=told.manager, at=moment(2026, 7, 1)
    )
    board_changes.redact(board=told.board, passage="goes on", reason="Personal", by=told.manager, at=moment(2026, 7, 1))
    verified()
    with unguarded():
        Update.objects.filter(action=told.two).update(words="All is well.")
    found("says was written: words")
