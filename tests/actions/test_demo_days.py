"""The demo whatever the day it is loaded on, its stories as they are written, and where the command refuses."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from actions import deadlines, timescales
from actions.demo import plans, story
from actions.demo.load import load_board
from actions.demo.quarters import CLOSED, Calendar
from actions.demo.redating import Shift, months_between
from actions.models import Action, Round
from boards import audit
from boards.changes import create_board
from boards.models import Board, Event, User

DAYS = [
    date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 1), date(2028, 2, 29), date(2027, 9, 30), date(2026, 11, 24),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_board_loads_on_any_day_with_an_open_round_and_nothing_ahead_of_the_day(on):
    built = load_board("sandwell-2017-19", on=on, password="!")
    assert audit.verify(built.board) is None
    now = Round.objects.get(board=built.board, opens__lte=on, closes__gte=on, period__ends__gte=on)
    assert now.period.starts <= now.opens
    assert timezone.localdate(Event.objects.filter(board=built.board).latest("sequence").at) <= on
    assert Action.objects.filter(deadlines.overdue(on), board=built.board, rating__code="green").exists()


@pytest.mark.parametrize("slug", plans.SLUGS)
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_quarter_to_just_under_half_of_the_dates_have_passed_on_any_day(slug, on):
    facts, told = plans.read(slug), story.Story.read(slug)
    shift = Shift(months_between(told.today, on), facts["plan"]["first_year"])
    dues = []
    for action in facts["plan"]["actions"]:
        read = timescales.read(action["timescale"], year_hint=facts["plan"]["first_year"])
        if read.due:
            moves = told.actions[action["reference"]].get("move", [])
            later = Shift(moves[-1]["to"] if moves else 0, 0)
            dues.append(later.day(shift.day(read.due)))
    assert 0.25 <= sum(due < on for due in dues) / len(dues) <= 0.45


@pytest.mark.parametrize("on", [date(2026, 1, 1) + timedelta(days=days) for days in range(0, 1100, 13)], ids=str)
def test_the_calendar_of_the_demo_is_in_order_on_any_day(on):
    calendar = Calendar(on)
    assert calendar.set_up < calendar.agreed < calendar.quarters[0].starts
    assert calendar.quarters[-1].starts <= on <= calendar.quarters[-1].ends
    for number in range(CLOSED):
        asking, quarter = calendar.asking(number), calendar.quarters[number]
        assert quarter.starts < calendar.meeting(number) < asking.opens
        assert asking.opens < asking.due < asking.grace_ends < asking.closes == quarter.ends
        first, last = (timezone.localdate(calendar.said(number, part)) for part in (0, 0.999))
        assert asking.opens <= first <= last <= asking.due
    now = calendar.asking(CLOSED)
    assert calendar.quarters[-1].starts <= now.opens <= on <= now.due <= now.grace_ends <= now.closes
    assert now.opens <= timezone.localdate(calendar.said_now(0)) <= timezone.localdate(calendar.said_now(0.999)) <= on


# The stories


@pytest.mark.parametrize("slug", plans.SLUGS)
def test_a_story_tells_of_every_action_of_its_plan_and_of_no_other(slug):
    facts = {action["reference"]: action for action in plans.read(slug)["plan"]["actions"]}
    told = story.Story.read(slug)
    assert list(told.actions) == list(facts)
    known = {"q1", "q2", "q3", "now", "move", "reword", "note", "internal_note"}
    assert {key for action in told.actions.values() for key in action} <= known
    for reference, _, said in told.said():
        joint = {entry["owner"] for entry in facts[reference]["owners"] if entry["role"] == "joint_lead"}
        assert not said.joint or said.joint[0] in joint, reference
        assert said.words or said.same, reference
        assert said.because or said.rating not in ("red", "amber"), reference
        assert set(said.ticks) <= set(range(1, len(facts[reference]["steps"]) + 1)), reference


# Where the command refuses


@pytest.mark.django_db
def test_a_database_with_a_real_board_is_refused():
    create_board(slug="northshire", name="Northshire Partnership", by=None, at=timezone.now())
    with pytest.raises(CommandError, match=r"Northshire Partnership, which is not a demo board.*DATABASE_URL"):
        call_command("demo")
    assert Board.objects.count() == 1


@pytest.mark.django_db
def test_a_database_with_people_but_no_demo_is_refused():
    User.objects.create_user("someone@example.net")
    with pytest.raises(CommandError, match=r"people whom the demo did not make.*DATABASE_URL"):
        call_command("demo")
    assert not Board.objects.exists()
