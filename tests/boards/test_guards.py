"""The rules between rows that the database itself keeps, on SQLite and PostgreSQL."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from boards import changes, guards
from boards.models import (
    ChainHead,
    Event,
    Holder,
    Meeting,
    Owner,
    Rating,
    RatingScale,
    ReportingPeriod,
    SubGroup,
    User,
)
from tests.boards.conftest import AT


def refused(call, match):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        call()


def test_every_guard_stands_after_migrate(db):
    assert guards.problems(connection) == []
    assert len(guards.installed(connection)) == len(guards.triggers(connection.vendor)) > 80


def test_a_row_may_not_point_into_another_board(board, other_board, manager):
    group = changes.add_sub_group(board=other_board, name="Theirs", by=manager, at=AT)
    refused(
        lambda: SubGroup.objects.create(board=board, name="Ours", reports_to=group),
        "its reports to belongs to another board",
    )
    ours = changes.add_sub_group(board=board, name="Ours", by=manager, at=AT)
    refused(lambda: SubGroup.objects.filter(pk=ours.pk).update(reports_to=group), "belongs to another board")
    refused(
        lambda: Owner.objects.create(board=board, name="X", kind="sub_group", sub_group=group),
        "belongs to another board",
    )


def test_a_row_never_moves_to_another_board(board, other_board):
    period = ReportingPeriod.objects.create(board=board, label="Q1", starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    refused(
        lambda: ReportingPeriod.objects.filter(pk=period.pk).update(board=other_board),
        "cannot move to another board",
    )


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2026, 6, 30), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 5, 1), date(2026, 5, 31)),
        (date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_of_a_board_do_not_overlap(board, other_board, starts, ends):
    ReportingPeriod.objects.create(board=board, label="Q1", starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    refused(
        lambda: ReportingPeriod.objects.create(board=board, label="Other", starts=starts, ends=ends),
        "it overlaps another of this board",
    )
    ReportingPeriod.objects.create(board=other_board, label="Other", starts=starts, ends=ends)


def test_periods_that_touch_do_not_overlap_and_a_period_does_not_overlap_itself(board):
    first = ReportingPeriod.objects.create(board=board, label="Q1", starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    second = ReportingPeriod.objects.create(board=board, label="Q2", starts=date(2026, 7, 1), ends=date(2026, 9, 30))
    first.label = "Quarter 1"
    first.save()
    second.starts = date(2026, 6, 30)
    refused(second.save, "it overlaps another of this board")


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_the_database_is_flushed():
    manager = User.objects.create_user("manager@example.org", "Business manager")
    changes.create_board(slug="soon-gone", name="Soon gone", by=manager, at=AT)
    call_command("flush", interactive=False, verbosity=0)
    assert not Event.objects.exists()
    assert guards.problems(connection) == []


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_again_after_a_table_is_rebuilt():
    field = Meeting._meta.get_field("name")
    longer = field.clone()
    longer.max_length = 400
    longer.set_attributes_from_name("name")
    longer.model = Meeting
    for app in ("boards", "actions"):
        guards.remove(connection, app)
    with connection.schema_editor() as editor:
        editor.alter_field(Meeting, field, longer)
        editor.alter_field(Meeting, longer, field)
    assert guards.problems(connection) != []
    call_command("migrate", verbosity=0)
    assert guards.problems(connection) == []


def test_a_chain_head_is_never_deleted_and_never_goes_back(board):
    refused(lambda: ChainHead.objects.filter(board=board)._raw_delete("default"), "never deleted")
    refused(lambda: ChainHead.objects.filter(board=board).update(sequence=1), "a chain only grows")


def test_a_row_of_the_record_is_not_replaced_by_another_either(board):
    event = board.event_set.get(sequence=1)
    values = [event.board_id, event.at, event.digest, event.pk]
    columns = "board_id, sequence, at, verb, subject_kind, subject_id, digests, previous, digest, id"
    statement = f"INTO boards_event ({columns}) VALUES (%s, 1, %s, 'forged', 'board', 1, '{{}}', '', %s, %s)"
    start = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{start} {statement}", values)
    assert board.event_set.get(sequence=1).verb == "board.created"


def test_a_rating_keeps_the_words_in_which_it_was_given(board):
    rating = board.rating_set.get(code="green")
    refused(lambda: Rating.objects.filter(pk=rating.pk).update(word="Good"), "rating: .*never changed")
    refused(lambda: Rating.objects.filter(pk=rating.pk)._raw_delete("default"), "rating: .*never")
    refused(lambda: RatingScale.objects.filter(board=board).update(version=7), "rating scale: .*never changed")


def test_an_owner_has_one_holder_on_any_day_but_the_day_of_handing_over(board, manager):
    owner = changes.add_owner(board=board, name="CSE Coordinator", kind="outside", by=manager, at=AT)
    person = User.objects.create_user("holder@example.org", "Holder")
    held = {"board": board, "owner": owner, "person": person}
    first = Holder.objects.create(**held, starts=date(2026, 4, 1), ends=date(2026, 6, 30))
    for starts, ends in (
        (date(2026, 6, 29), None),
        (date(2026, 1, 1), date(2026, 4, 2)),
        (date(2026, 5, 1), date(2026, 5, 31)),
    ):
        refused(lambda days=(starts, ends): Holder.objects.create(**held, starts=days[0], ends=days[1]), "one holder")
    Holder.objects.create(**held, starts=date(2026, 6, 30))
    Holder.objects.create(**held, starts=date(2026, 5, 1), part="deputy")
    refused(lambda: Holder.objects.filter(pk=first.pk).update(ends=date(2026, 7, 1)), "one holder")
    refused(lambda: Holder.objects.filter(pk=first.pk).update(starts=date(2026, 3, 1)), "kept as it was written")
    refused(lambda: Holder.objects.filter(pk=first.pk)._raw_delete("default"), "kept as it was written")


def test_a_trigger_that_is_none_of_ours_is_named(db):
    if connection.vendor == "sqlite":
        made = ["CREATE TRIGGER quiet AFTER INSERT ON boards_event BEGIN DELETE FROM boards_event; END"]
    else:
        made = [
            "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "CREATE TRIGGER quiet BEFORE INSERT ON boards_event FOR EACH ROW EXECUTE FUNCTION quiet()",
        ]
    with connection.cursor() as cursor:
        for statement in made:
            cursor.execute(statement)
    (problem,) = guards.problems(connection)
    assert problem.startswith("The trigger quiet on boards_event is not one of this product's.")
