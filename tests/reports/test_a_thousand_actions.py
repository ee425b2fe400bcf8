"""The plan page, the overdue list and the figures of the report ask as much of 1,000 actions as of 10."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Action, ActionVersion, OwnerRole
from reports.figures import figures_for
from tests.builders import TODAY, at, make_board, make_plan, moment, say


@pytest.fixture
def cast(db):
    cast = make_board()
    cast.plan = make_plan(cast, actions=10)
    say(cast, cast.plan.actions.first(), "amber", on=TODAY, period="Q2 2026/27")
    return cast


def add(cast, number):
    """So many more actions like the first, written at once: writing them is not what is measured here."""
    like = cast.plan.actions.select_related("section", "objective", "timescale", "version").first()
    copied = {
        name: getattr(like, name) for name in ("board", "plan", "section", "objective", "timescale", "first_due", "due")
    }
    actions = Action.objects.bulk_create(
        Action(**copied, next_due=like.due, reference=f"9.{n}", position=100 + n) for n in range(number)
    )
    versions = ActionVersion.objects.bulk_create(
        ActionVersion(
            board=like.board, action=action, number=1, wording=f"Promise {action.reference}", at=like.version.at
        )
        for action in actions
    )
    for action, version in zip(actions, versions, strict=True):
        action.version = version
    Action.objects.bulk_update(actions, ["version"], batch_size=200)
    OwnerRole.objects.bulk_create(
        OwnerRole(board=like.board, action=version.action, since=version, owner=cast.police_owner, role="lead")
        for version in versions
    )


def asked(cast, client):
    """Queries of each, after one to warm up."""
    client.force_login(cast.coordinator)
    place = cast.board.slug
    calls = {
        "plan page": lambda: client.get(reverse("plan", args=[place, cast.plan.slug])),
        "overdue list": lambda: client.get(reverse("overdue", args=[place])),
        "figures": lambda: figures_for(
            cast.board, cast.periods["Q2 2026/27"], on=TODAY, known_by=moment(TODAY, hour=20)
        ),
    }
    counts = {}
    with at(TODAY):
        for name, call in calls.items():
            call()
            with CaptureQueriesContext(connection) as queries:
                call()
            counts[name] = len(queries)
    return counts


def test_a_thousand_actions_take_as_many_queries_as_ten(cast, client):
    few = asked(cast, client)
    assert all(few.values())
    add(cast, 990)
    assert cast.plan.actions.count() == 1000
    assert asked(cast, client) == few
