"""Whatever is done to the actions of a plan, in whatever order: no first date, no update and no event is lost."""

from datetime import date, timedelta
from itertools import count

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actions import as_at, changes, reading
from actions.listing import listed
from actions.models import Action, Plan, Update
from actions.proof import differences
from actions.succession import Chains
from boards import audit
from tests.builders import AGREED_ON, make_action, make_board, make_plan, moment, say

DOINGS = ("reword", "split", "merge", "replace", "carry", "withdraw", "move", "say")
STORY = st.lists(st.tuples(st.sampled_from(DOINGS), st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=6)


class Anything(TestCase):
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(story=STORY)
    def test_no_first_date_and_no_update_is_lost_and_each_day_is_shown_as_it_was(self, story):
        cast = make_board()
        plan = make_plan(cast, actions=3)
        plans = [plan, make_plan(cast, actions=1, slug="second", title="Second plan")]
        draft = make_plan(cast, actions=0, slug="draft", title="Draft plan", agreed=False)
        make_action(cast, draft, "8.1", timescale="June 2027")
        promised = {action.pk: action.first_due for one in plans for action in one.actions.all()}
        shown, words = [], 0
        for number, (doing, which, other) in zip(count(1), story, strict=False):
            when = moment(AGREED_ON + timedelta(days=number * 9))
            try:
                do(cast, [*plans, draft], doing, which, other, when)
            except (ValidationError, changes.NotWhole):
                continue
            words += doing == "say"
            noon = when.replace(hour=12)
            shown.append((noon, look(noon)))
        after = moment(date(2026, 8, 1))
        changes.agree_plan(plan=draft, agreed_on=after.date(), reason="So.", by=cast.manager, at=after)
        shown.append((after, look(after)))
        assert audit.verify(cast.board) is None
        assert list(differences(cast.board, after)) == []
        assert Update.objects.exclude(source=Update.Source.DECISION).count() == words
        chains = Chains([cast.board.pk])
        for action in Action.objects.all():
            assert action.pk not in chains.ancestors(action.pk)
            for older in chains.ancestors(action.pk) & promised.keys():
                assert action.first_due <= promised[older]
        for when, then in shown:
            assert past(when) == then, when


def do(cast, plans, doing, which, other, when):
    actions = list(Action.objects.filter(plan__in=plans[:2]).order_by("pk"))
    one, two = actions[which % len(actions)], actions[other % len(actions)]
    who = {"by": cast.coordinator, "at": when}
    why = {"reason": "So it was decided.", **who}
    match doing:
        case "reword":
            changes.reword_action(action=one, wording=f"Other words {other}", **why)
        case "split":
            changes.split_action(action=one, into=[{}, {"timescale": "December 2027"}], **why)
        case "merge":
            changes.merge_actions(actions=[one], into=two, **why)
        case "replace":
            changes.replace_action(action=one, wording="In its place", **why)
        case "carry":
            changes.carry_over(action=one, plan=plans[other % 3], **why)
        case "withdraw":
            changes.withdraw_action(action=one, **why)
        case "move":
            changes.move_date(action=one, to_due=date(2026, 9, 1) + timedelta(days=which), why="Later", **who)
        case "say":
            say(cast, one, "green", on=when.date(), period="Q1 2026/27")


def seen(row):
    action = row.action
    return (
        row.reference, row.promise, action.first_due, action.due, row.moved, action.status, row.status_words,
        row.came_words, row.became_words, row.state, row.words, action.rating_id,
    )  # fmt: skip


def look(when):
    on, found = when.date(), {}
    for plan in Plan.objects.order_by("pk"):
        actions = listed(Action.objects.all(), [plan], on).order_by("pk")
        ids = [action.pk for action in actions]
        found[plan.slug] = [seen(row) for row in reading.rows(actions, ids, on=on, at=when)]
    return found


def past(when):
    found = {}
    for plan in Plan.objects.order_by("pk"):
        was = as_at.past_of(plan, on=when.date(), known_by=when)
        rows = as_at.rows(Action.objects.filter(plan=plan), was)
        found[plan.slug] = [seen(row) for row in sorted(rows, key=lambda row: row.action.pk)]
    return found
