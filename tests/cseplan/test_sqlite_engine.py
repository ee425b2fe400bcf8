"""The SQLite engine: tables guarded by triggers can still be flushed between tests."""

import pytest
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction

GUARD = """
    CREATE TRIGGER no_session_is_deleted BEFORE DELETE ON django_session
    BEGIN SELECT RAISE(ABORT, 'sessions stay'); END
"""
only_sqlite = connection.vendor == "sqlite"


@pytest.mark.django_db(transaction=True)
def test_a_flush_empties_a_table_that_refuses_deletion():
    if only_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_session VALUES ('k', 'd', '2026-01-01')")
            cursor.execute(GUARD)
        with pytest.raises(IntegrityError, match="sessions stay"), transaction.atomic():
            connection.cursor().execute("DELETE FROM django_session")
        call_command("flush", interactive=False, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_session")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_nothing_is_dropped_when_there_is_nothing_to_flush():
    assert connection.ops.sql_flush(no_style(), []) == []


@pytest.mark.django_db
def test_the_connection_is_as_careful_as_the_settings_say():
    if only_sqlite:
        with connection.cursor() as cursor:
            read = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "foreign_keys")}
            journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        assert read == {"synchronous": 2, "foreign_keys": 1}
        assert journal == "wal"
