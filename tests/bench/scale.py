"""A nation against one area: what each question costs a person at 150 boards and 100,000 actions, and at 1,000 actions.

    python -m tests.bench.scale BOARDS ACTIONS     seeds the database of DATABASE_URL and prints what it measured

The same board and the same plans in both: area-001, whose two plans in use have a hundred actions each.
"""

import json
import os
import subprocess
import sys
from statistics import median
from time import perf_counter

SIZES = {"1,000": (2, 1000), "100,000": (150, 100_000)}
SEED = 1
TIMES = 15
ROLES = {
    "one board": "coordinator@area-001.example.org",
    "all boards": "everywhere@scale.example.org",
}


def questions(person, on):
    """What is measured for one person: {question: call}."""
    from django.test import Client
    from django.urls import reverse

    from actions.models import Action
    from actions.permissions import may_read, readable, readable_plans
    from boards.models import Board, User

    user = User.objects.get(email=person)
    board = Board.objects.get(slug="area-001")
    plan = board.plan_set.filter(as_at=None).order_by("pk").last()
    action = Action.objects.filter(plan=plan).first()
    client = Client()
    client.force_login(user)

    def page(name, **where):
        path = reverse(name, kwargs={"board": board.slug, **where})

        def get():
            response = client.get(path, secure=True)
            if response.status_code != 200:
                raise RuntimeError(f"{path} answered {response.status_code}")

        return get

    return {
        "may this person see this action": lambda: may_read(user, action, on),
        "which plans may they see of this board": lambda: list(readable_plans(user, on).filter(board=board)),
        "which actions may they see of this plan": lambda: list(readable(user, on).filter(plan=plan)),
        "how many actions may they see of this board": lambda: readable(user, on).filter(board=board).count(),
        "the first 60 actions they may see at all": lambda: list(readable(user, on)[:60]),
        "how many actions may they see at all": lambda: readable(user, on).count(),
        "plan page": page("plan", plan=plan.slug),
        "overdue list": page("overdue"),
    }


def measure(boards, actions):
    """{question: {whose: [queries, median seconds]}} of the database at hand, which is filled first if it is empty."""
    import time_machine
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext, override_settings

    from boards.models import Board
    from tests import builders

    call_command("migrate", verbosity=0)
    if not Board.objects.exists():
        call_command("seed_scale", boards=boards, actions=actions, seed=SEED, on=builders.TODAY, stdout=sys.stderr)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum would have done by the next minute
    found = {}
    clock = time_machine.travel(builders.moment(builders.TODAY), tick=True)
    with override_settings(ALLOWED_HOSTS=["testserver"]), clock:
        for whose, person in ROLES.items():
            for question, call in questions(person, builders.TODAY).items():
                call()
                with CaptureQueriesContext(connection) as queries:
                    call()
                asked = len(queries)
                taken = []
                for _ in range(TIMES):
                    started = perf_counter()
                    call()
                    taken.append(perf_counter() - started)
                found.setdefault(question, {})[whose] = [asked, median(taken)]
    return found


def tables(urls):
    """The ratios, of databases at {size: DATABASE_URL}: each is measured in a process of its own."""
    found = {}
    for size, (boards, actions) in SIZES.items():
        command = [sys.executable, "-m", "tests.bench.scale", str(boards), str(actions)]
        done = subprocess.run(
            command, env={**os.environ, "DATABASE_URL": urls[size]}, stdout=subprocess.PIPE, text=True, check=True
        )
        found[size] = json.loads(done.stdout)
    small, large = (found[size] for size in SIZES)
    rows = []
    for question in small:
        for whose in ROLES:
            (few, short), (many, long) = small[question][whose], large[question][whose]
            times = [f"{seconds * 1000:.1f} ms" for seconds in (short, long)]
            rows.append((question, whose, f"{few} / {many}", *times, f"{long / short:.2f}"))
    heads = ("question", "a person on", "queries", *(f"{size} actions" for size in SIZES), "ratio")
    yield "Scale: 100,000 actions on 150 boards against 1,000 on two (aim: at most 1.3)", heads, rows


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cseplan.settings")
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
