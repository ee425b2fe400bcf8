"""The demo: four boards in mid-life on whatever day they are loaded, and the command that loads them."""

import re
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import Count, F
from django.utils import timezone

from actions import changes, deadlines, permissions, rag
from actions.demo import people, plans
from actions.demo.quarters import CLOSED
from actions.models import (
    Action,
    ActionVersion,
    DateChange,
    Evidence,
    EvidenceSighting,
    Note,
    OwnerRole,
    Plan,
    Round,
    Status,
    StepTick,
    Submission,
    Update,
)
from actions.proof import differences
from actions.standing import standings, with_dates
from boards import audit
from boards.models import Board, Event, EventDetail, Holder, Owner, Seat, User
from boards.permissions import readable_boards, roles_of
from tests.demo import demo_boards

ON = date(2026, 11, 24)
DAYS = [
    date(2027, 1, 1), date(2027, 3, 31), date(2027, 4, 1), date(2027, 7, 1), date(2028, 2, 29), date(2027, 9, 30),
    date(2027, 10, 2), ON,
]  # fmt: skip
KNOWN = timezone.make_aware(timezone.datetime(2026, 11, 24, 12))
COUNTS = {"sandwell": 20, "dudley": 28, "worcestershire": 42, "stockport": 40}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with demo_boards(ON, django_db_blocker):
        yield


@pytest.fixture(params=COUNTS)
def board(request, demo, db):
    return Board.objects.get(slug=request.param)


def updates(board):
    """Updates on the record of one board, oldest first."""
    return Update.objects.filter(board=board).select_related("rating", "period", "action", "owner")


def travels(board):
    """Which way each lead's rating went from one closed quarter to the next."""
    found, last = set(), {}
    leads = set(OwnerRole.objects.filter(board=board, role="lead").values_list("action", "owner"))
    for update in updates(board):
        if (update.action_id, update.owner_id) in leads:
            found.add(rag.travel(last.get(update.action_id), update.rating))
            last[update.action_id] = update.rating
    return found


# What every board holds


def test_every_action_of_the_plan_is_there(board):
    assert board.is_demo
    assert Action.objects.filter(board=board).count() == COUNTS[board.slug]
    assert Plan.objects.get(board=board).state == Plan.State.AGREED


def test_the_audit_trail_is_whole(board):
    assert audit.verify(board) is None


def test_what_is_cached_on_actions_is_what_the_record_says(board):
    actions = list(with_dates(Action.objects.filter(board=board)))
    found = standings(actions, on=ON, known_by=KNOWN)
    for action in actions:
        standing = found[action.pk]
        said = standing.update
        assert (action.due, action.next_due, action.status) == (standing.due, standing.next_due, standing.status)
        assert (action.rating_id, action.heard_on) == (said and said.rating_id, standing.heard_on)
        assert action.last_update_id == (said and said.pk)


def test_three_periods_have_closed_and_one_is_open_with_its_round(board):
    periods = list(board.reportingperiod_set.all())
    assert [period.label for period in periods] == ["Q4 2025/26", "Q1 2026/27", "Q2 2026/27", "Q3 2026/27"]
    assert [period.ends < ON for period in periods] == [True, True, True, False]
    rounds = list(Round.objects.filter(board=board))
    assert [asked.period for asked in rounds] == periods
    assert [asked.opens <= ON <= asked.closes for asked in rounds] == [False, False, False, True]
    assert all(asked.closes == asked.period.ends for asked in rounds[:CLOSED])


def test_the_plan_is_in_mid_life(board):
    dated = Action.objects.filter(board=board, next_due__isnull=False)
    share = dated.filter(next_due__lt=ON).count() / dated.count()
    assert 0.25 <= share <= 0.45


def test_some_are_overdue_and_some_done(board):
    actions = Action.objects.filter(board=board)
    assert actions.filter(deadlines.overdue(ON)).count() >= 3
    assert actions.filter(status=Status.COMPLETE).exists()
    assert actions.filter(status=Status.EMBEDDED).exists()
    assert actions.filter(limited=True).count() == 1


def test_some_owners_were_not_heard_in_the_last_closed_quarter(board):
    last = board.reportingperiod_set.order_by("starts")[2]
    heard = updates(board).filter(period=last).values("action")
    assert Action.objects.filter(board=board, status__in=deadlines.OPEN).exclude(pk__in=heard).exists()


def test_ratings_improved_and_worsened(board):
    assert {"better", "worse", "same"} <= travels(board)


def test_every_rating_of_the_scale_was_given(board):
    assert set(updates(board).values_list("rating__code", flat=True)) == {"red", "amber", "green", "blue"}


def test_dates_moved_with_a_reason_and_one_moved_twice(board):
    moved = DateChange.objects.filter(board=board, kind="moved")
    assert moved.count() >= 2
    assert not moved.filter(asked_by="").exists()
    assert not moved.filter(meeting=None).exists()
    assert moved.values("action").annotate(times=Count("id")).filter(times=2).exists()
    assert not Action.objects.filter(board=board, date_changes__isnull=False, due=F("first_due")).exists()


def test_a_green_action_is_overdue_and_says_why(board):
    late = Action.objects.filter(deadlines.overdue(ON), board=board, rating__code="green")
    assert any(action.last_update.reason for action in late)


def test_one_owner_is_vacant_since_a_day(board):
    key = people.VACANT[board.slug]
    name = next(owner["name"] for owner in plans.read(_slug(board))["owners"] if owner["key"] == key)
    held = Holder.objects.filter(owner__board=board, owner__name=name)
    assert held.exists()
    assert not held.filter(ends__isnull=True).exists()
    vacant = Owner.objects.filter(board=board, holders__isnull=False).exclude(holders__ends__isnull=True)
    assert vacant.count() == 1


def test_evidence_is_recorded_and_seen(board):
    evidence = Evidence.objects.filter(board=board)
    assert evidence.count() >= 4
    assert 0 < EvidenceSighting.objects.filter(board=board).count() < evidence.count()


def test_a_joint_lead_spoke_for_itself(board):
    joint = OwnerRole.objects.filter(board=board, role="joint_lead").values_list("action", "owner")
    assert any((update.action_id, update.owner_id) in set(joint) for update in updates(board))


def test_something_came_by_telephone(board):
    assert updates(board).filter(entered_for__contains="by telephone", source="entered").exists()


def test_the_open_round_has_every_stage_and_most_are_outstanding(board):
    now = Round.objects.get(board=board, closes__gte=ON)
    stages = Counter(Submission.objects.filter(round=now).values_list("state", flat=True))
    assert stages["submitted"] >= 1
    assert stages["draft"] >= 1
    assert stages["sent_back"] == 1
    assert updates(board).filter(period=now.period).count() >= 1
    entered = updates(board).filter(period=now.period, submission__isnull=True).count()
    waiting = Action.objects.filter(board=board, status__in=deadlines.OPEN).count()
    assert sum(stages.values()) + entered < waiting / 2


def test_what_was_recorded_runs_forward_and_never_past_the_day(board):
    moments = list(Event.objects.filter(board=board).order_by("sequence").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] < KNOWN
    plan = Plan.objects.get(board=board)
    assert updates(board).first().on > plan.agreed_on
    assert plan.starts <= updates(board).first().on
    assert plan.ends > ON


def test_closed_rounds_hold_their_own_updates(board):
    for update in updates(board).exclude(period__ends__gte=ON):
        asked = update.period.rounds.get()
        assert asked.opens <= update.on <= asked.closes, update


def _slug(board):
    return Plan.objects.get(board=board).slug


# What the demo holds somewhere


def test_steps_are_ticked_where_plans_have_steps(demo):
    assert set(StepTick.objects.values_list("board__slug", flat=True)) == {"sandwell", "stockport"}


def test_words_of_actions_changed_with_a_reason_at_a_meeting(demo):
    later = ActionVersion.objects.filter(number=2)
    assert later.count() >= 2
    assert not later.filter(meeting=None).exists()


def test_there_are_progress_notes_and_an_internal_one(demo):
    assert set(Note.objects.values_list("internal", flat=True)) == {True, False}


def test_nobody_says_the_same_twice(demo):
    said = Counter(Update.objects.exclude(words="").values_list("words", flat=True))
    assert [words for words, times in said.items() if times > 1] == []
    assert Update.objects.filter(no_change=True).exists()


def test_no_address_but_those_of_the_demo_is_in_any_word(demo):
    assert set(User.objects.values_list("email", flat=True)) == {
        email for email in User.objects.values_list("email", flat=True) if email.endswith("@example.org")
    }
    for value in EventDetail.objects.values_list("value", flat=True):
        assert re.findall(r"@(?!example\.org)", str(value)) == []


def test_everybody_is_a_post_on_a_board(demo):
    places = tuple(people.SHORT.values())
    assert [user.name for user in User.objects.all() if not user.name.startswith(places)] == []


def test_west_midlands_police_sits_on_two_boards_and_its_dudley_contact_touches_one(demo):
    assert Seat.objects.filter(agency__name="West Midlands Police").count() == 2
    contact = User.objects.get(email="contact.dudley@example.org")
    assert [board.slug for board in readable_boards(contact, ON)] == ["dudley"]
    assert set(permissions.submittable(contact, ON).values_list("board__slug", flat=True)) == {"dudley"}


def test_every_printed_sign_in_works_and_holds_the_role_it_names(demo):
    for line in people.sign_ins():
        person = authenticate(username=line.email, password=people.PASSPHRASE)
        assert person is not None, line
        board = Board.objects.get(slug=line.email.partition(".")[2].removesuffix("@example.org"))
        held = [role.replace("_", " ") for role, _ in roles_of(person, board, ON)]
        assert line.role.lower().partition(" of ")[0] in held


def test_there_is_a_sign_in_for_each_role(demo):
    roles = {line.role.lower().partition(" of ")[0].replace(" ", "_") for line in people.sign_ins()}
    assert roles == {
        "business_manager", "coordinator", "approver", "member", "scrutineer", "contact", "contributor", "chair",
        "secretary",
    }  # fmt: skip


# The command


def test_a_second_run_changes_nothing_and_prints_the_sign_ins_again(demo):
    before = Event.objects.count(), User.objects.count()
    told = StringIO()
    call_command("demo", stdout=told)
    assert (Event.objects.count(), User.objects.count()) == before
    assert "loaded already" in told.getvalue()
    assert people.PASSPHRASE in told.getvalue()
    assert all(line.email in told.getvalue() for line in people.sign_ins())


def test_next_years_plan_keeps_the_day_on_which_the_oldest_promise_was_first_due(board):
    plan = Plan.objects.get(board=board)
    who = {"by": User.objects.get(email=f"coordinator.{board.slug}@example.org"), "at": KNOWN}
    for sent in Submission.objects.filter(board=board, state=Submission.State.SUBMITTED):
        changes.send_back(submission=sent, comment="The plan is closed today.", **who)
    open_now = list(with_dates(plan.actions.filter(status__in=deadlines.OPEN)))
    oldest = min((action for action in open_now if action.first_due), key=lambda action: action.first_due)
    stood = standings(open_now, on=ON, known_by=KNOWN)
    new = changes.begin_next_plan(plan=plan, title="Next", slug=f"{board.slug}-next", reason="The year ends.", **who)
    changes.close_plan(plan=plan, closed_on=ON, reason="The year ends.", **who)
    changes.agree_plan(plan=new, agreed_on=ON, reason="As it is.", **who)
    assert new.actions.count() == len(stood)
    assert not plan.actions.filter(status__in=deadlines.OPEN).exists()
    assert new.actions.get(predecessors__from_action=oldest).first_due == oldest.first_due
    now = standings(with_dates(new.actions.all()), on=ON, known_by=KNOWN)
    for action in new.actions.all():
        before = stood[action.predecessors.get().from_action_id]
        assert (now[action.pk].due, len(now[action.pk].moves)) == (before.due, len(before.moves))
    assert audit.verify(board) is None
    assert list(differences(board, KNOWN)) == []
