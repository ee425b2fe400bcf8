"""New actions of a plan: thousands are written as one is, with the same refusals, and no more statements for more."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.changes.adding import ActionGiven, write_action, write_actions
from actions.changes.definition import MilestoneGiven, RoleGiven, StepGiven, said_in
from actions.models import Action, PlanColumn, Timescale
from boards import audit
from boards.models import EventDetail, StrategicPriority
from tests.builders import TODAY, make_board, make_plan, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_board()


def given(cast, plan, number, **other):
    """An action that says something everywhere."""
    notes, _ = PlanColumn.objects.get_or_create(
        board=plan.board, plan=plan, heading="Notes", defaults={"position": 90, "field": "notes"}
    )
    return {
        "reference": f"N{number}",
        "wording": f"Hear {number} children",
        "outcome": "They are heard.",
        "timescale": f"by {number} June 2027",
        "top_priority": number % 2 == 0,
        "limited": number % 3 == 0,
        "roles": [RoleGiven(cast.police_owner, "lead"), RoleGiven(cast.health_owner, "support")],
        "priorities": list(StrategicPriority.objects.filter(board=cast.board)[:2]),
        "steps": [StepGiven("Ask", cast.health_owner, "May 2027"), StepGiven("Listen")],
        "measures": ["Children say so", "So do parents"],
        "milestones": [MilestoneGiven("Evaluation", "March 2028"), MilestoneGiven("Later", "")],
        "cross_references": ["1.3.1"],
        "cells": {notes: "As printed"},
        **other,
    }


def everything(action):
    action = Action.objects.select_related("version", "timescale").get(pk=action.pk)
    details = EventDetail.objects.filter(event__subject_kind="action", event__subject_id=action.pk)
    step = action.steps.order_by("position").first()
    return {
        **said_in(action.version),
        "limited": action.limited,
        "timescale": (
            action.timescale.text,
            action.timescale.due,
            action.readings.get().timescale_id == action.timescale_id,
        ),
        "due": (action.due, action.next_due, action.first_due),
        "first": action.first_version == action.version if action.first_version else None,
        "version": (action.version.number, action.version.at, action.version.by),
        "step": (step.due, step.timescale.due) if step else None,
        "cells": list(action.cells.values_list("column__heading", "text")),
        "links": list(action.cross_references.values_list("text", flat=True)),
        "told": sorted(details.exclude(name="plan").values_list("event__verb", "name", "value"), key=str),
    }


def in_turn(cast):
    return audit.change(cast.board, by=cast.coordinator, at=moment(TODAY, 12))


@pytest.mark.parametrize("agreed", [False, True])
def test_many_at_once_are_written_as_one_by_one(cast, agreed):
    one_by_one, at_once = (make_plan(cast, slug=slug, actions=1, agreed=agreed) for slug in ("one", "many"))
    with in_turn(cast) as turn:
        singly = [write_action(turn, one_by_one, **given(cast, one_by_one, number)) for number in range(1, 5)]
        together = write_actions(turn, at_once, [ActionGiven(**given(cast, at_once, number)) for number in range(1, 5)])
    assert [everything(action) for action in together] == [everything(action) for action in singly]
    assert everything(together[0])["first"] is (True if agreed else None)
    assert list(at_once.actions.values_list("reference", "position")) == list(
        one_by_one.actions.values_list("reference", "position")
    )
    assert audit.verify(cast.board) is None


def test_more_actions_ask_no_more_of_the_database(cast):
    asked = {}
    for size in (2, 20):
        plan = make_plan(cast, slug=f"of-{size}", actions=0, agreed=False)
        actions = [ActionGiven(**given(cast, plan, number)) for number in range(1, size + 1)]
        with in_turn(cast) as turn, CaptureQueriesContext(connection) as queries:
            write_actions(turn, plan, actions)
        asked[size] = len(queries)
    # SQLite takes 999 values in a statement, and the trail of twenty actions holds a few more than that.
    assert asked[20] <= asked[2] + 2, asked


def test_a_refusal_says_which_row_and_writes_none(cast):
    plan = make_plan(cast, actions=1, agreed=False)
    for number, (other, said) in enumerate(
        (
            ({"reference": plan.actions.get().reference}, "already has an action"),
            ({"reference": "N0"}, "already has an action N0"),
            ({"roles": [RoleGiven(cast.police_owner, "lead"), RoleGiven(cast.health_owner, "lead")]}, "one lead"),
            ({"reference": ""}, "cannot be blank"),
            ({"reference": "x" * 31}, "at most 30 characters"),
        )
    ):
        rows = [
            ActionGiven(**given(cast, plan, 0), place="Plan, row 2"),
            ActionGiven(**given(cast, plan, number + 1, **other), place="Plan, row 3"),
        ]
        stood = Timescale.objects.count()
        with pytest.raises(ValidationError, match=f"Plan, row 3: .*{said}"), in_turn(cast) as turn:
            write_actions(turn, plan, rows)
        assert (plan.actions.count(), Timescale.objects.count()) == (1, stood)


def test_a_refusal_of_one_action_says_which_field(cast):
    plan = make_plan(cast, actions=1, agreed=False)
    with pytest.raises(ValidationError) as refused, in_turn(cast) as turn:
        write_action(turn, plan, **given(cast, plan, 1, reference=plan.actions.get().reference))
    assert list(refused.value.message_dict) == ["reference"]
