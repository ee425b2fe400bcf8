"""verify_audit and export_heads, as somebody runs them."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from boards import changes, guards
from tests.boards.conftest import AT
from tests.boards.test_audit import add_five, rewrite_from, tamper_edit, without_guards


def restore_guards():
    for app in ("boards", "actions"):
        guards.install(connection, app)


def test_a_whole_trail_is_said_to_be_whole(board, other_board, capsys):
    call_command("verify_audit")
    out = capsys.readouterr().out
    assert "northshire: 2 events, whole" in out
    assert "southshire: 2 events, whole" in out
    assert "The guards of the database stand." in out


def test_a_rewritten_event_ends_the_command_with_the_first_broken_link(board, manager):
    add_five(board, manager)
    without_guards(*tamper_edit())
    restore_guards()
    with pytest.raises(CommandError, match="northshire, event 3: it was changed after it was written"):
        call_command("verify_audit")


def test_one_board_can_be_checked_alone(board, other_board, manager, capsys):
    add_five(board, manager)
    without_guards(*tamper_edit())
    restore_guards()
    call_command("verify_audit", board="southshire")
    assert "southshire: 2 events, whole" in capsys.readouterr().out


def test_a_board_that_does_not_exist_is_refused(board):
    with pytest.raises(CommandError, match="There is no board “nowhere”"):
        call_command("verify_audit", board="nowhere")


def test_heads_kept_elsewhere_find_a_chain_written_anew(board, manager, tmp_path):
    add_five(board, manager)
    kept = tmp_path / "heads.jsonl"
    call_command("export_heads", str(kept))
    changes.add_priority(board=board, name="Later", code="pursue", by=manager, at=AT)
    call_command("export_heads", str(kept))
    call_command("verify_audit", heads=kept)
    without_guards(*rewrite_from(board, 4))
    restore_guards()
    call_command("verify_audit")
    with pytest.raises(CommandError, match="not the event that stood here when the heads were exported"):
        call_command("verify_audit", heads=kept)


def test_a_file_that_holds_no_heads_is_refused(board, tmp_path):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("hello\n")
    with pytest.raises(CommandError, match="line 1 is not a head that export_heads wrote"):
        call_command("verify_audit", heads=wrong)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_audit", heads=tmp_path / "missing")


def test_a_guard_that_was_taken_off_is_found(board):
    guards.remove(connection, "boards")
    with pytest.raises(CommandError, match=r"The guard guard_boards_\w+ on boards_\w+ is missing or has been altered"):
        call_command("verify_audit")


def test_a_guard_whose_words_were_altered_is_found(board):
    name, (table, _) = next(
        (name, found) for name, found in guards.installed(connection).items() if "boards_event_update" in name
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW BEGIN SELECT 1; END")
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
            )
    with pytest.raises(CommandError, match="boards_event_update"):
        call_command("verify_audit")
