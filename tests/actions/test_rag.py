"""What ratings owe and mean."""

from datetime import date, timedelta

import pytest

from actions import rag
from actions.models import Status

ON = date(2026, 8, 1)


def owed(small, rating, **more):
    said = {
        "status": Status.IN_PROGRESS,
        "reason": "",
        "words": "It goes on.",
        "no_change": False,
        "date_answer": "",
        "next_due": ON + timedelta(days=10),
        "on": ON,
        **more,
    }
    return rag.missing_words(rating=rating, **said)


def test_amber_and_red_need_a_reason_and_green_does_not(small):
    assert owed(small, small.amber) == {"reason": "Say why the rating is Amber."}
    assert owed(small, small.amber, reason="   ") == {"reason": "Say why the rating is Amber."}
    assert owed(small, small.amber, reason="No room yet") == {}
    assert owed(small, small.green) == {}


def test_red_on_a_dated_action_asks_whether_the_date_will_hold(small):
    assert owed(small, small.red, reason="No money") == {"date_answer": "Say whether the date will hold."}
    assert owed(small, small.red, reason="No money", date_answer="will_move") == {}
    assert owed(small, small.red, reason="No money", next_due=None) == {}


def test_green_on_a_late_action_asks_why(small):
    late = {"next_due": ON - timedelta(days=1)}
    assert owed(small, small.green, **late) == {
        "reason": "This action is 1 day overdue. Say why it is nevertheless Green."
    }
    assert owed(small, small.green, reason="The date is being changed", **late) == {}
    assert owed(small, small.green, next_due=ON) == {}


def test_a_rating_for_what_is_complete_asks_for_a_status_that_is(small):
    assert "Blue is for actions that are complete" in owed(small, small.blue)["rating"]
    for status in (Status.PROPOSED_COMPLETE, Status.COMPLETE, Status.EMBEDDED):
        assert owed(small, small.blue, status=status) == {}


def test_an_update_says_something_or_says_that_nothing_changed(small):
    assert "words" in owed(small, small.green, words=" ")
    assert owed(small, small.green, words="", no_change=True) == {}
    assert set(owed(small, None, words="")) == {"words", "rating"}


def disagreements(**more):
    facts = {
        "status": Status.IN_PROGRESS,
        "rating": None,
        "next_due": None,
        "heard_on": ON,
        "timescale_kind": "by_date",
        "has_evidence": True,
        "on": ON,
        "since": date(2025, 4, 1),
        **more,
    }
    return rag.disagreements(**facts)


def test_green_on_a_late_action_disagrees_with_the_facts(small):
    assert disagreements(rating=small.green, next_due=ON - timedelta(days=60)) == ["Green, 60 days overdue"]
    assert disagreements(rating=small.red, next_due=ON - timedelta(days=60)) == []
    assert disagreements(rating=small.green, next_due=ON) == []


def test_ongoing_is_not_a_place_to_hide():
    silent = ON - timedelta(days=rag.NOT_HEARD_FOR + 1)
    told = "Ongoing, no update for two quarters"
    assert disagreements(timescale_kind="ongoing", heard_on=silent) == [told]
    assert disagreements(timescale_kind="ongoing", heard_on=silent + timedelta(days=1)) == []
    assert disagreements(timescale_kind="ongoing", heard_on=None) == [told]
    assert disagreements(timescale_kind="ongoing", heard_on=None, since=ON) == []
    assert disagreements(timescale_kind="by_date", heard_on=silent) == []


def test_complete_without_evidence_and_complete_but_red_disagree(small):
    assert disagreements(status=Status.COMPLETE, has_evidence=False) == ["Complete, no evidence"]
    assert disagreements(status=Status.EMBEDDED, rating=small.red) == ["Complete, but rated Red"]


@pytest.mark.parametrize(
    ("before", "now", "way"),
    [("green", "red", "worse"), ("red", "amber", "better"), ("amber", "amber", "same"), ("blue", "green", "worse")],
)
def test_a_rating_travels_by_its_severity(small, before, now, way):
    assert rag.travel(getattr(small, before), getattr(small, now)) == way
    assert rag.travel(None, getattr(small, now)) == ""
