"""A confirm that is killed half-way: everything is there or nothing is, and nobody was told otherwise."""

import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from time import perf_counter, sleep
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection, connections, transaction

from actions import changes
from actions.importing import child
from actions.importing.proposal import propose
from actions.models import Import, Plan, Update
from actions.proof import differences
from boards import audit
from tests.builders import TODAY, make_board, moment

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 40
FILE = "\n".join(
    [
        "No,Section,Action,Lead,Supported by,By when,Progress,RAG",
        *(
            f"{n},{n % 4}.0 Part {n % 4},Train {n} people,Police,Health,{n % 28 + 1} June 2027,Half of {n},Amber"
            for n in range(1, ROWS + 1)
        ),
    ]
).encode()


def url_of(database):
    """What DATABASE_URL would say of the database that this test runs on."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@{quote(database['HOST'], safe='')}/{database['NAME']}"


@pytest.fixture
def machine():
    """Where imports are confirmed: another process, which is not killed itself, with the children that are."""
    environment = {**os.environ, "DATABASE_URL": url_of(connection.settings_dict)}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.actions.confirming"],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    ) as process:  # fmt: skip
        yield process
        process.stdin.close()


def held_for(cast, number):
    """A file that waits to be confirmed as the plan the board has agreed, and the token of what it would do."""
    at = moment(TODAY, 11)
    held = changes.hold_file(
        board=cast.board, file=child.read(FILE, "plan.csv"), name="plan.csv", data=FILE, by=cast.coordinator, at=at,
        title=f"Plan {number}", overseen_by=cast.strategic, life=Import.Life.AGREED, day=TODAY, starts=TODAY,
    )  # fmt: skip
    return held, propose(Import.objects.select_related("board").get(pk=held.pk), on=TODAY, at=at).token


def confirm(machine, held, token, killed_after=None):
    """Whether the confirm said that it was done, and how long it took if nobody killed it."""
    connections.close_all()
    machine.stdin.write(f"{held.pk} {token}\n")
    pid, started, said = int(machine.stdout.readline()), perf_counter(), []
    if killed_after is not None:
        sleep(killed_after)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while (line := machine.stdout.readline().strip()) != "ended":
        assert line == "done", line
        said.append(perf_counter() - started)
    return said


@transaction.atomic
def ended(held):
    """The import as it is once the database has done with what a killed process had asked of it."""
    Import.objects.select_for_update().get(pk=held.pk)
    return Import.objects.select_related("plan").get(pk=held.pk)


def everything():
    """{table: rows} of all that the product keeps."""
    models = [model for app in ("actions", "boards") for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model._base_manager.count() for model in models}


def whole(cast, plan):
    assert plan.state == Plan.State.AGREED
    assert plan.actions.exclude(due=None).exclude(first_due=None).exclude(first_version=None).count() == ROWS
    assert plan.actions.filter(owner_roles__role="lead", last_update__words__startswith="Half of").count() == ROWS
    assert Update.objects.filter(action__plan=plan, source=Update.Source.IMPORT).count() == ROWS
    assert audit.verify(cast.board) is None
    assert list(differences(cast.board, moment(TODAY + timedelta(days=1)))) == []


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.prove)])
def test_a_confirm_that_is_killed_has_written_all_or_nothing(machine, kills):
    cast = make_board()
    chance = random.Random(kills)
    for number in (1, 2):  # the first opens what the second finds open
        held, token = held_for(cast, number)
        (lasted,) = confirm(machine, held, token)
        whole(cast, Plan.objects.get(title=f"Plan {number}"))
    number, came_through = 3, 0
    held, token = held_for(cast, number)
    for _ in range(kills):
        stood = everything()
        said = confirm(machine, held, token, killed_after=chance.uniform(0, lasted))
        held = ended(held)
        if held.state == Import.State.DONE:
            came_through += 1
            whole(cast, held.plan)
            number += 1
            held, token = held_for(cast, number)
            continue
        assert not said
        assert everything() == stood
        assert held.read is not None
        assert audit.verify(cast.board) is None
    assert came_through < kills
    (_,) = confirm(machine, held, token)
    whole(cast, Plan.objects.get(title=f"Plan {number}"))
