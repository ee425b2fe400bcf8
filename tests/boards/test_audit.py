"""The chain: what it holds, what breaks it, and that writers at the same time take turns."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, close_old_connections, connection, connections, transaction

from boards import audit, changes, guards
from boards.models import Board, ChainHead, Event, EventDetail, StrategicPriority, User
from tests.boards.conftest import AT


def add_five(board, manager):
    for number in range(5):
        changes.add_priority(board=board, name=f"Strand {number}", code="prevent", by=manager, at=AT)


def without_guards(*statements):
    """What somebody with the database's own password could do."""
    for app in ("boards", "actions"):
        guards.remove(connection, app)
    with connection.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)


def test_events_of_a_board_are_numbered_from_one_and_each_holds_the_digest_of_the_one_before(board, manager):
    add_five(board, manager)
    events = list(board.event_set.order_by("sequence"))
    assert [event.sequence for event in events] == list(range(1, 8))
    assert events[0].previous == ""
    assert [event.previous for event in events[1:]] == [event.digest for event in events[:-1]]
    head = ChainHead.objects.get(board=board)
    assert (head.sequence, head.digest) == (events[-1].sequence, events[-1].digest)
    assert audit.verify(board) is None


def test_an_event_says_who_what_and_when(board, manager):
    changes.add_priority(board=board, name="Prevent", code="prevent", by=manager, at=AT)
    event = board.event_set.latest("sequence")
    assert (event.verb, event.by, event.at, event.subject_kind) == ("priority.added", manager, AT, "strategicpriority")
    said = dict(event.details.values_list("name", "value"))
    assert said == {"subject": "Prevent", "by": "Business manager", "code": "prevent"}


def test_an_event_row_itself_holds_none_of_the_words(board, manager):
    changes.add_priority(board=board, name="Unmistakable words", code="prevent", by=manager, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM boards_event")
        assert "Unmistakable" not in str(cursor.fetchall())


def test_a_change_that_fails_leaves_no_event_and_no_change(board, manager):
    before = board.event_set.count()

    def change_and_fail():
        with audit.change(board, by=manager, at=AT):
            changes.add_priority(board=board, name="Prevent", code="prevent", by=manager, at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert board.event_set.count() == before
    assert not StrategicPriority.objects.filter(board=board).exists()
    add_five(board, manager)
    assert audit.verify(board) is None


def record_and_fail(board, manager):
    with audit.change(board, by=manager, at=AT) as turn:
        turn.record("board.created", board)
        StrategicPriority.objects.create(board=board, name="Wrong", code="wrong")


def test_a_verb_inside_a_verb_that_fails_and_is_caught_does_not_break_the_chain(board, manager):
    with audit.change(board, by=manager, at=AT) as turn:
        turn.record("board.created", board)
        with pytest.raises(IntegrityError):
            record_and_fail(board, manager)
        turn.record("board.created", board)
    assert audit.verify(board) is None
    assert [event.sequence for event in board.event_set.order_by("sequence")] == [1, 2, 3, 4]


def test_many_events_written_at_once_chain_as_if_written_singly(board, manager):
    rows = [StrategicPriority(board=board, name=f"S{n}", code="prevent") for n in range(20)]
    StrategicPriority.objects.bulk_create(rows)
    with audit.change(board, by=manager, at=AT) as turn:
        turn.record_many("priority.added", [(row, {"code": row.code}) for row in rows])
    assert audit.verify(board) is None
    assert board.event_set.filter(verb="priority.added").count() == 20


def test_dates_rows_and_lists_are_kept_as_plain_values(board, manager):
    with audit.change(board, by=manager, at=AT) as turn:
        event = turn.record(
            "board.created", board, day=date(2026, 4, 1), moment=AT, who=manager, many=[manager, {"n": 1}], none=None
        )
    said = dict(event.details.values_list("name", "value"))
    assert said["day"] == "2026-04-01"
    assert said["moment"].startswith("2026-05-04T10:30:15")
    assert said["many"] == ["Business manager", {"n": 1}]
    assert said["none"] is None
    assert audit.verify(board) is None


@pytest.mark.parametrize("words", ["café – “quoted” ‘£’", "🙂 emoji", "שלום עולם", "line\nbreak\ttab", '\\ " {}', ""])
def test_any_words_come_back_and_verify(board, manager, words):
    with audit.change(board, by=manager, at=AT) as turn:
        event = turn.record("board.created", board, words=words)
    assert event.details.get(name="words").value == words
    assert audit.verify(board) is None


# What the database itself refuses


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE boards_event SET verb = 'x' WHERE sequence = 1",
        "DELETE FROM boards_event WHERE sequence = 1",
        "UPDATE boards_eventdetail SET salt = 'x'",
        "DELETE FROM boards_eventdetail",
    ],
)
def test_the_database_refuses_to_change_or_delete_the_trail(board, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert audit.verify(board) is None


def test_words_leave_the_trail_only_after_a_recorded_redaction_and_the_chain_still_verifies(board, manager):
    changes.add_priority(board=board, name="Something that must go", code="prevent", by=manager, at=AT)
    event = board.event_set.latest("sequence")
    with audit.change(board, by=manager, at=AT) as turn:
        turn.record("words.redacted", event, **{"now:subject": "[redacted]"})
    with pytest.raises(IntegrityError), transaction.atomic():
        event.details.filter(name="by").delete()
    event.details.filter(name="subject").delete()
    assert audit.verify(board) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM boards_eventdetail")
        assert "Something that must go" not in str(cursor.fetchall())


# What verify finds when the database's guards were taken off first


def tamper_edit():
    return [("UPDATE boards_event SET verb = 'role.given' WHERE sequence = 3", [])]


def tamper_moment():
    return [("UPDATE boards_event SET at = %s WHERE sequence = 3", [AT + timedelta(days=1)])]


def tamper_person():
    return [("UPDATE boards_event SET by_id = NULL WHERE sequence = 3", [])]


def tamper_words():
    target = EventDetail.objects.get(event__sequence=3, name="subject").pk
    return [("UPDATE boards_eventdetail SET value = %s WHERE id = %s", ['"Other words"', target])]


def tamper_lost_words():
    target = EventDetail.objects.get(event__sequence=3, name="subject").pk
    return [("DELETE FROM boards_eventdetail WHERE id = %s", [target])]


def tamper_middle():
    event = Event.objects.get(sequence=3).pk
    return [
        ("DELETE FROM boards_eventdetail WHERE event_id = %s", [event]),
        ("DELETE FROM boards_event WHERE id = %s", [event]),
    ]


def tamper_tail():
    event = Event.objects.latest("sequence").pk
    return [
        ("DELETE FROM boards_eventdetail WHERE event_id = %s", [event]),
        ("DELETE FROM boards_event WHERE id = %s", [event]),
    ]


def tamper_order():
    return [
        ("UPDATE boards_event SET sequence = 100 WHERE sequence = 3", []),
        ("UPDATE boards_event SET sequence = 3 WHERE sequence = 4", []),
        ("UPDATE boards_event SET sequence = 4 WHERE sequence = 100", []),
    ]


@pytest.mark.parametrize(
    "tamper",
    [
        tamper_edit,
        tamper_moment,
        tamper_person,
        tamper_words,
        tamper_lost_words,
        tamper_middle,
        tamper_tail,
        tamper_order,
    ],
)
def test_a_tampered_trail_is_found(board, manager, tamper):
    add_five(board, manager)
    without_guards(*tamper())
    assert audit.verify(board) is not None


def test_a_board_whose_whole_trail_was_taken_away_is_not_whole(board, manager):
    add_five(board, manager)
    tables = ("boards_eventdetail", "boards_event", "boards_chainhead")
    without_guards(*((f"DELETE FROM {table} WHERE board_id = %s", [board.pk]) for table in tables))
    assert "taken away" in str(audit.verify(board))


def test_a_rewritten_event_is_named_with_its_number(board, manager):
    add_five(board, manager)
    without_guards(*tamper_edit())
    fault = audit.verify(board)
    assert (fault.board, fault.sequence) == ("northshire", 3)
    assert str(fault) == "northshire, event 3: it was changed after it was written"


def rewrite_from(board, sequence):
    """Re-hash the end of a chain so that it fits together again, as a thorough forger would."""
    previous = Event.objects.get(board=board, sequence=sequence - 1).digest
    statements = []
    for event in Event.objects.filter(board=board, sequence__gte=sequence).order_by("sequence"):
        event.verb, event.previous = "role.given", previous
        previous = audit.event_digest(event)
        statements.append(
            (
                "UPDATE boards_event SET verb = %s, previous = %s, digest = %s WHERE id = %s",
                [event.verb, event.previous, previous, event.pk],
            )
        )
    statements.append(("UPDATE boards_chainhead SET digest = %s WHERE board_id = %s", [previous, board.pk]))
    return statements


def test_a_chain_written_anew_from_some_point_is_found_by_the_exported_head_alone(board, manager):
    add_five(board, manager)
    head = ChainHead.objects.get(board=board)
    exported = [(head.sequence, head.digest)]
    add_five_more = [f"Later {n}" for n in range(3)]
    for name in add_five_more:
        changes.add_priority(board=board, name=name, code="pursue", by=manager, at=AT)
    without_guards(*rewrite_from(board, 4))
    assert audit.verify(board) is None, "without a head kept elsewhere a forger leaves no trace"
    fault = audit.verify(board, exported)
    assert fault.sequence == head.sequence


def test_a_cut_tail_with_a_mended_head_is_found_by_the_exported_head(board, manager):
    add_five(board, manager)
    head = ChainHead.objects.get(board=board)
    before = Event.objects.get(board=board, sequence=head.sequence - 1)
    without_guards(
        *tamper_tail(),
        ("UPDATE boards_chainhead SET sequence = %s, digest = %s", [before.sequence, before.digest]),
    )
    assert audit.verify(board) is None
    assert "was cut" in audit.verify(board, [(head.sequence, head.digest)]).what


def test_the_trail_of_one_board_given_to_another_is_found_without_any_head(board, other_board, manager):
    add_five(board, manager)
    head = ChainHead.objects.get(board=board)
    without_guards(
        ("DELETE FROM boards_eventdetail WHERE board_id = %s", [other_board.pk]),
        ("DELETE FROM boards_event WHERE board_id = %s", [other_board.pk]),
        ("UPDATE boards_event SET board_id = %s", [other_board.pk]),
        ("UPDATE boards_eventdetail SET board_id = %s", [other_board.pk]),
        (
            "UPDATE boards_chainhead SET sequence = %s, digest = %s WHERE board_id = %s",
            [head.sequence, head.digest, other_board.pk],
        ),
    )
    assert audit.verify(other_board).sequence == 1


def test_boards_have_chains_of_their_own(board, other_board, manager):
    add_five(board, manager)
    without_guards(*tamper_edit())
    assert audit.verify(board) is not None
    assert audit.verify(other_board) is not None or other_board.event_set.count() < 3


# At the same time


@pytest.mark.django_db(transaction=True)
def test_eight_writers_on_one_board_take_turns_and_lose_nothing():
    manager = User.objects.create_user("manager@example.org", "Business manager")
    board = changes.create_board(slug="busy", name="Busy", by=manager, at=AT)
    written_before = board.event_set.count()
    faults = []

    def write(writer):
        try:
            for number in range(6):
                changes.add_priority(
                    board=Board.objects.get(slug="busy"),
                    name=f"{writer}-{number}",
                    code="prevent",
                    by=User.objects.get(email="manager@example.org"),
                    at=datetime.now(UTC),
                )
        except Exception as error:
            faults.append(error)
        finally:
            close_old_connections()
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert board.event_set.count() == written_before + 48
    assert audit.verify(board) is None
