"""The plan page, the overdue list and the figures of the report: queries, and time as the plan grows."""

from datetime import timedelta
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from reports.figures import figures_for
from tests import builders

SIZES = (10, 60, 200, 1000)
TIMES = 9


def plan_of(size, what="pages"):
    """A board of its own with a plan of so many actions, an update on every second one."""
    cast = builders.make_board(f"{what}-{size}", f"Board of {size} for {what}")
    plan = builders.make_plan(cast, actions=size, slug=f"{what}-{size}")
    on = builders.TODAY - timedelta(days=3)
    for number, action in enumerate(plan.actions.order_by("position")):
        if number % 2:
            builders.say(
                cast, action, ("green", "amber", "red")[number % 3], on=on, period="Q2 2026/27", reason="For a reason."
            )
    return cast, plan


def measured(call):
    """(queries, median seconds) of a call, after one to warm up."""
    call()
    with CaptureQueriesContext(connection) as queries:
        call()
    asked = len(queries)  # now: the next request empties the log
    taken = []
    for _ in range(TIMES):
        started = perf_counter()
        call()
        taken.append(perf_counter() - started)
    return asked, median(taken)


def calls(cast, plan):
    """What is measured: two pages as the coordinator sees them, and the figures of the report."""
    client = Client()
    client.force_login(cast.coordinator)
    place = {"board": cast.board.slug}
    period = cast.periods["Q2 2026/27"]
    known_by = builders.moment(builders.TODAY)

    def page(name, **more):
        path = reverse(name, kwargs={**place, **more})

        def get():
            response = client.get(path, secure=True)
            if response.status_code != 200:
                raise RuntimeError(f"{path} answered {response.status_code}")

        return get

    return {
        "plan page": page("plan", plan=plan.slug),
        "overdue list": page("overdue"),
        "report figures": lambda: figures_for(cast.board, period, on=builders.TODAY, known_by=known_by),
    }


def tables():
    found = {}
    with builders.at(builders.TODAY):
        made = [(size, *plan_of(size)) for size in SIZES]
    # The clock stands still only while pages are built: perf_counter would stand still with it.
    clock = builders.time_machine.travel(builders.moment(builders.TODAY), tick=True)
    with override_settings(ALLOWED_HOSTS=["testserver"]), clock:
        for size, cast, plan in made:
            for name, call in calls(cast, plan).items():
                found[name, size] = measured(call)
    names = ("plan page", "overdue list", "report figures")
    yield (
        "Queries",
        ("", *(f"{size} actions" for size in SIZES)),
        [(name, *(found[name, size][0] for size in SIZES)) for name in names],
    )
    yield (
        "Median server time, and how it grows (60 actions = 1.0)",
        ("", *(f"{size} actions" for size in SIZES)),
        [
            (
                name,
                *(
                    f"{found[name, size][1] * 1000:.0f} ms ({found[name, size][1] / found[name, 60][1]:.2f})"
                    for size in SIZES
                ),
            )
            for name in names
        ],
    )
