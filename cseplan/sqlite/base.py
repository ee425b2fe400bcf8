"""The SQLite engine of Django with one difference: a flush drops the triggers first.

The audit trail's triggers refuse every DELETE, and Django flushes an SQLite database with DELETEs (on PostgreSQL it
truncates, which row triggers do not see). `post_migrate`, which a flush emits, puts the triggers back.
"""

from django.db.backends.sqlite3 import base, operations


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        statements = super().sql_flush(style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
        return self._drop_triggers(style) + statements if statements else statements

    def _drop_triggers(self, style):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            names = [row[0] for row in cursor.fetchall()]
        drop = style.SQL_KEYWORD("DROP TRIGGER")
        return [f"{drop} {style.SQL_TABLE(self.quote_name(name))};" for name in names]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
