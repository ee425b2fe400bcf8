"""The verbs of boards/: what they keep, what they refuse, and that each says so in the trail."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boards import audit, changes
from boards.models import Agency, Board, Holder, Owner, ReportingPeriod, User
from boards.sentences import sentence
from tests.boards.conftest import AT


def test_a_new_board_has_the_usual_scale_and_a_chain(board):
    words = list(board.rating_set.order_by("-severity").values_list("word", "needs_reason", "requires_completion"))
    assert words == [
        ("Red", True, False),
        ("Amber", True, False),
        ("Green", False, False),
        ("Blue", False, True),
    ]
    assert list(board.event_set.order_by("sequence").values_list("verb", flat=True)) == [
        "board.created",
        "rating_scale.set",
    ]


@pytest.mark.parametrize(
    ("required", "said"),
    [
        (True, "Business manager decided that those who may write on the board need a second step to sign in."),
        (
            False,
            "Business manager decided that those who may write on the board need no more than a password to sign in.",
        ),
    ],
)
def test_whether_a_board_asks_for_a_second_factor_is_decided_and_on_the_record(board, manager, required, said):
    Board.objects.filter(pk=board.pk).update(second_factor_required=not required)
    changes.require_second_factor(board=board, required=required, by=manager, at=AT)
    board.refresh_from_db()
    assert board.second_factor_required is required
    event = board.event_set.last()
    assert sentence(event, dict(event.details.values_list("name", "value"))) == said


def test_a_changed_scale_is_a_new_version_and_the_old_steps_stay(board, manager):
    steps = [
        {"code": "slipped", "word": "Slipped", "meaning": "Late", "colour": "red", "severity": 2, "needs_reason": True},
        {"code": "done", "word": "Achieved", "meaning": "Done", "colour": "blue", "severity": 0},
    ]
    scale = changes.set_rating_scale(board=board, steps=steps, by=manager, at=AT)
    assert scale.version == 2
    assert board.rating_set.count() == 6


def test_an_agency_is_shared_by_the_boards_it_sits_on(board, other_board, manager):
    here = changes.add_seat(board=board, agency_name="Midshire Police", agency_kind="police", by=manager, at=AT)
    there = changes.add_seat(board=other_board, agency_name="midshire police", agency_kind="police", by=manager, at=AT)
    assert here.agency == there.agency
    assert Agency.objects.count() == 1
    assert here != there


def test_a_name_is_used_once_on_a_board_whatever_its_capitals(board, other_board, manager):
    changes.add_sub_group(board=board, name="CSE Group", by=manager, at=AT)
    with pytest.raises(ValidationError):
        changes.add_sub_group(board=board, name="cse group", by=manager, at=AT)
    changes.add_sub_group(board=other_board, name="CSE Group", by=manager, at=AT)


@pytest.mark.parametrize(
    ("name", "aliases", "told"),
    [
        ("the CRC", (), "Another owner is called “The CRC” already"),
        ("Probation (CRC)", (), "“Probation \\(CRC\\)” is another name of The CRC"),
        ("Probation", ("Probation", "NPS"), "The same name is here twice"),
        ("Probation", ("NPS", "probation (crc)"), "“probation \\(crc\\)” is another name of The CRC"),
    ],
)
def test_a_printed_name_means_one_owner(board, manager, name, aliases, told):
    changes.add_owner(board=board, name="The CRC", kind="outside", aliases=("Probation (CRC)",), by=manager, at=AT)
    with pytest.raises(ValidationError, match=told):
        changes.add_owner(board=board, name=name, kind="outside", aliases=aliases, by=manager, at=AT)
    assert Owner.objects.filter(board=board).count() == 1


def test_an_owner_of_a_kind_stands_in_its_place(board, manager):
    with pytest.raises(ValidationError):
        changes.add_owner(board=board, name="CSE Coordinator", kind="post", by=manager, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Owner.objects.create(board=board, name="CSE Coordinator", kind="post")
    assert changes.add_owner(board=board, name="A neighbour", kind="outside", by=manager, at=AT).pk


def test_a_new_holder_ends_the_one_before_the_day_before(board, manager):
    owner = changes.add_owner(board=board, name="A post", kind="outside", by=manager, at=AT)
    first, second = (User.objects.create_user(f"{n}@example.org", n) for n in ("first", "second"))
    changes.appoint_holder(owner=owner, person=first, starts=date(2026, 1, 1), by=manager, at=AT)
    changes.appoint_holder(owner=owner, person=second, starts=date(2026, 6, 1), by=manager, at=AT)
    assert list(owner.holders.order_by("starts").values_list("person__name", "ends")) == [
        ("first", date(2026, 5, 31)),
        ("second", None),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Holder.objects.create(board=board, owner=owner, person=first, starts=date(2026, 7, 1))


def test_a_period_that_overlaps_is_refused_with_the_other_ones_name_and_days(board, manager):
    changes.add_period(
        board=board, label="Q1 2026/27", starts=date(2026, 4, 1), ends=date(2026, 6, 30), by=manager, at=AT
    )
    events = board.event_set.count()
    with pytest.raises(ValidationError, match=r"overlap Q1 2026/27 \(1 April 2026 to 30 June 2026\)"):
        changes.add_period(
            board=board, label="Q2 2026/27", starts=date(2026, 6, 30), ends=date(2026, 9, 30), by=manager, at=AT
        )
    assert ReportingPeriod.objects.count() == 1
    assert board.event_set.count() == events


def test_a_period_that_ends_before_it_starts_is_refused_by_verb_and_database(board, manager):
    with pytest.raises(ValidationError, match="same as or after the first day"):
        changes.add_period(board=board, label="Q1", starts=date(2026, 4, 2), ends=date(2026, 4, 1), by=manager, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportingPeriod.objects.create(board=board, label="Q1", starts=date(2026, 4, 2), ends=date(2026, 4, 1))


def test_an_e_mail_address_is_one_person_whatever_its_capitals(db):
    User.objects.create_user("Someone@Example.org", "Someone")
    assert User.objects.get_by_natural_key("SOMEONE@example.ORG").email == "someone@example.org"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("someone@example.org", "Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Other@example.org", name="Other")


def test_everything_above_is_in_a_whole_chain(board, manager):
    changes.add_priority(board=board, name="Prevent", code="prevent", by=manager, at=AT)
    changes.add_meeting(board=board, name="Board meeting", held_on=date(2026, 6, 1), by=manager, at=AT)
    changes.give_role(person=manager, role="business_manager", on=board, by=None, at=AT)
    assert audit.verify(board) is None
    assert board.event_set.count() == 5
