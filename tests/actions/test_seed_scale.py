"""`manage.py seed_scale`: small, it holds all that a large one does, and the record is as honest."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase

from actions.demo.scale import EVERYWHERE
from actions.models import Action, OwnerRole, Plan, Update
from actions.permissions import readable
from actions.standing import refresh
from boards.models import Agency, Board, BoardRole, Seat, SeatRole, SubGroupRole, User
from boards.permissions import ROLES, readable_boards
from tests.builders import TODAY, make_board, moment

SIZE = {"boards": 2, "actions": 421, "on": TODAY}
CACHES = ("reference", "due", "next_due", "status", "rating", "heard_on", "last_update")


def seed(number=7, **size):
    out = StringIO()
    call_command("seed_scale", seed=number, **{**SIZE, **size}, stdout=out)
    return out.getvalue()


def rows():
    """Everything chance decides, by what it is called and not by its id."""
    return [
        *User.objects.order_by("email").values_list("email", "name"),
        *Seat.objects.order_by("board__slug", "name").values_list("board__slug", "name", "agency__name"),
        *Action.objects.order_by("plan__slug", "position").values_list(
            "plan__slug", "reference", "version__wording", "first_due", "next_due", "status", "rating__code", "limited"
        ),
        *OwnerRole.objects.order_by("action__plan__slug", "action__position", "role").values_list(
            "action__reference", "owner__name", "role"
        ),
        *Update.objects.order_by("action__plan__slug", "on", "action__position").values_list(
            "action__reference", "on", "status", "rating__code", "words"
        ),
    ]


def seeded(number):
    """The rows of one seed, undone again."""
    with transaction.atomic():
        seed(number, boards=2, actions=40)
        found = rows()
        transaction.set_rollback(True)
    return found


class Seeded(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.said = seed()

    def test_as_many_boards_and_actions_as_asked_for_spread_evenly(self):
        assert self.said == "2 boards with 421 actions.\n"
        assert sorted(board.action_set.count() for board in Board.objects.all()) == [210, 211]
        assert {board.seat_set.count() for board in Board.objects.all()} == {15}
        assert not Board.objects.filter(is_demo=True).exists()

    def test_agencies_are_shared_by_neighbours(self):
        assert Agency.objects.count() < Seat.objects.count()
        assert Agency.objects.filter(name__startswith="Police").get().seat_set.count() == 2

    def test_every_role_is_held_and_one_person_is_on_every_board(self):
        held = {
            role
            for model in (BoardRole, SeatRole, SubGroupRole)
            for role in model.objects.values_list("permission__codename", flat=True)
        }
        assert held == set(ROLES)
        everywhere = User.objects.get(email=EVERYWHERE)
        assert readable_boards(everywhere, TODAY).count() == 2
        assert readable(everywhere, TODAY).count() == 421

    def test_plans_in_use_and_old_ones_some_limited_some_late(self):
        assert sorted(plan.as_at is None for plan in Plan.objects.all()) == [False] * 2 + [True] * 4
        assert Action.objects.filter(limited=True).exists()
        assert Action.objects.filter(plan__as_at=None, next_due__lt=TODAY).exists()
        member = User.objects.get(email="member@area-001.example.org")
        assert 0 < readable(member, TODAY).count() < 211

    def test_the_trail_is_whole_and_every_action_and_update_is_in_it(self):
        out = StringIO()
        call_command("verify_audit", stdout=out)
        assert out.getvalue().count("whole") == 2
        board = Board.objects.get(slug="area-001")
        assert board.event_set.filter(verb="action.added").count() == board.action_set.count()
        said = board.event_set.filter(verb="update.entered").count()
        assert said == Update.objects.filter(board=board).count() > 0

    def test_the_caches_are_what_the_record_says(self):
        stood = list(Action.objects.order_by("pk").values_list(*CACHES))
        Action.objects.update(due=None, next_due=None, status="withdrawn", rating=None, heard_on=None, last_update=None)
        refresh(Action.objects.all(), on=TODAY, known_by=moment(TODAY + timedelta(days=1)))
        assert list(Action.objects.order_by("pk").values_list(*CACHES)) == stood
        assert Action.objects.exclude(rating=None).exists()

    def test_a_database_with_a_board_is_left_alone(self):
        with pytest.raises(CommandError, match="not empty"):
            seed()


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_rows_and_another_seed_others():
    first = seeded(1)
    assert seeded(1) == first
    assert seeded(2) != first


@pytest.mark.django_db
def test_a_real_board_is_never_joined_by_made_up_ones():
    make_board()
    with pytest.raises(CommandError, match="not empty"):
        seed()
    assert Board.objects.count() == 1


@pytest.mark.django_db
def test_more_boards_than_actions_are_refused():
    with pytest.raises(CommandError, match="at least one action"):
        seed(boards=3, actions=2)
