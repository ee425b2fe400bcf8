"""Whatever is done to the actions of a plan, in whatever order: no first date, no update and no event is lost."""

from datetime import date, timedelta
from itertools import count

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actions import as_at, changes, reading
from actions.listing import listed
from actions.models import Action, Offer, Plan, Update
from actions.offers import open_on
from actions.proof import differences
from actions.succession import Chains
from boards import audit
from tests.builders import AGREED_ON, make_action, make_board, make_plan, moment, say

KEPT = ("reword", "split", "merge", "replace", "carry", "withdraw", "move", "say", "offer", "answer")
"""What is done to actions that the board has agreed."""
DRAFTED = ("write", "change", "number", "place", "take out")
"""What is done to a draft."""
DOINGS = st.one_of(st.sampled_from(KEPT), st.sampled_from(DRAFTED))
STORY = st.lists(st.tuples(DOINGS, st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=8)


class Anything(TestCase):
    @settings(
        max_examples=8, deadline=None, phases=(Phase.reuse, Phase.generate), suppress_health_check=list(HealthCheck)
    )
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
        case "offer":
            to_owner = (cast.health_owner, cast.police_owner)[other % 2]
            part = one.owner_roles.get(role="lead", until__isnull=True)
            changes.offer_action(action=one, from_owner=part.owner, to_owner=to_owner, **why)
        case "answer":
            offer = Offer.objects.filter(state=Offer.State.OPEN).order_by("pk").first()
            if offer and other % 2:
                changes.accept_offer(offer=offer, **who)
            elif offer:
                changes.refuse_offer(offer=offer, answer="Not ours.", **who)
        case _:
            draft(plans[2], doing, which, other, who)


def draft(plan, doing, which, other, who):
    actions = list(plan.actions.order_by("pk"))
    one = actions[which % len(actions)]
    match doing:
        case "take out" if len(actions) == 1:
            pass
        case "write":
            changes.add_action(plan=plan, reference=f"N{other}", wording="New", timescale="May 2027", **who)
        case "change":
            said = ({"wording": f"Drafted {other}"}, {"timescale": "August 2027"}, {"top_priority": bool(other % 2)})
            changes.change_action(action=one, **said[other % 3], **who)
        case "number":
            changes.renumber(plan=plan, references={one.pk: f"{other}.{which}"}, **who)
        case "place":
            changes.move(row=one, way=(changes.UP, changes.DOWN)[other % 2], **who)
        case "take out":
            changes.remove_action(action=one, **who)


def seen(row, offered):
    action = row.action
    return (
        row.reference, row.promise, action.first_due, action.due, row.moved, row.passed_on, action.status,
        row.status_words, row.came_words, row.became_words, row.state, row.words, action.rating_id, action.top_priority,
        sorted((role.role, role.owner_id) for role in action.owner_roles.all()),
        [str(offer) for offer in offered],
    )  # fmt: skip


def look(when):
    on, found = when.date(), {}
    for plan in Plan.objects.order_by("pk"):
        actions = listed(Action.objects.all(), [plan], on).order_by("pk")
        ids = [action.pk for action in actions]
        found[plan.slug] = [seen(row, open_on(row.action)) for row in reading.rows(actions, ids, on=on, at=when)]
    return found


def past(when):
    found = {}
    for plan in Plan.objects.order_by("pk"):
        was = as_at.past_of(plan, on=when.date(), known_by=when)
        rows = as_at.rows(Action.ever_written.filter(plan=plan), was)
        found[plan.slug] = [seen(row, open_on(row.action, when)) for row in sorted(rows, key=lambda row: row.action.pk)]
    return found
