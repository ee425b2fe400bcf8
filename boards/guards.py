"""Triggers that refuse what a column constraint cannot say, on SQLite and PostgreSQL alike.

Four kinds of rule, most of them read off the models:
- a row points only at rows of its own board, plan, section and action, and never moves to another;
- append-only tables take no change and no deletion, save what a recorded redaction allows;
- what each app adds by `refuse` (periods that overlap, a first due date that moves...).

Installed after migrate and after flush, taken off before migrate (SQLite cannot rebuild a table that a trigger
names), and compared with what they should be by `problems`, which verify_audit prints.
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from django.apps import apps
from django.db import models

from boards.words import words_of

WALLS = ("board", "plan", "section", "action")
"""A row and what it points at agree on each of these that both have, unless one of them is a record of where the other
was before it went on from there (GOES_ON_FROM)."""

TEXT_OF_VALUE = "TEXT_OF(d.value)"
"""Stands in a condition for the text of an event detail, which the two databases get at differently."""

_added: list["Rule"] = []


@dataclass(frozen=True)
class Rule:
    """Refuse `event` (INSERT, UPDATE or DELETE) on `table` while the SQL `condition` over NEW and OLD holds."""

    app: str
    table: str
    event: str
    condition: str
    message: str


def refuse(model, event, condition, message):
    """Add a rule of an app's own; called while Django starts. `event` may name several, separated by a space."""
    meta = apps.get_model(model)._meta if isinstance(model, str) else model._meta
    for one in event.split():
        _added.append(Rule(meta.app_label, meta.db_table, one, condition, message))


def unless_redacted(kind, row, said):
    """SQL: no event of the board records a redaction of this row with a detail for which `said` holds."""
    return (
        "NOT EXISTS (SELECT 1 FROM boards_event e JOIN boards_eventdetail d ON d.event_id = e.id"
        f" WHERE e.board_id = OLD.board_id AND e.verb = 'words.redacted' AND e.subject_kind = '{kind}'"
        f" AND e.subject_id = {row} AND {said})"
    )


def reworded(model, *fields):
    """SQL: one of these columns of words changes, and not into what a recorded redaction left of it."""
    said = []
    for field in fields:
        new = f'NEW."{field.column}"'
        left = f"d.value = {new}" if isinstance(field, models.JSONField) else f"{TEXT_OF_VALUE} = {new}"
        recorded = f"d.name = 'now:{field.name}' AND {left}"
        said.append(f"({changes(field)} AND {unless_redacted(model._meta.model_name, 'OLD.id', recorded)})")
    return " OR ".join(said)


def changed(model, but=()):
    """SQL: the row changes in any way but one: words of it become what a recorded redaction left of them.

    Args:
        but: names of columns that may change.
    """
    fields = [field for field in model._meta.concrete_fields if field.name not in but]
    words = [field for field in words_of(model) if field in fields]
    others = [changes(field) for field in fields if field not in words]
    return " OR ".join([*others, *filter(None, [reworded(model, *words)])])


def changes(field):
    """SQL: this column becomes something else."""
    new, old = f'NEW."{field.column}"', f'OLD."{field.column}"'
    return f"({new} <> {old} OR ({new} IS NULL) <> ({old} IS NULL))"


def kept(model, but=(), condition="1 = 1", message=None):
    """While `condition` holds, a row of this table changes in the columns `but` alone, and is never deleted."""
    label = model._meta.verbose_name
    message = message or f"{label}: this record is kept as it was written"
    refuse(model, "UPDATE", f"({condition}) AND ({changed(model, but)})", message)
    refuse(model, "DELETE", condition, message)


def append_only(model):
    """No row of this table is ever changed or deleted; words of it may go by a recorded redaction."""
    label = model._meta.verbose_name
    refuse(model, "UPDATE", changed(model), f"{label}: this record is never changed, only added to")
    refuse(model, "DELETE", "1 = 1", f"{label}: this record is never deleted")


def rules(app=None):
    """Every rule, or those on the tables of one app."""
    found = [*_walls(), *_added]
    return [rule for rule in found if app is None or rule.app == app]


def _walls():
    for model in apps.get_models():
        if model._meta.app_label not in {"boards", "actions", "reports"}:
            continue
        own = {field.name: field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)}
        for wall in WALLS:
            if wall not in own:
                continue
            for field in own.values():
                target = field.remote_field.model
                theirs = {f.name for f in target._meta.concrete_fields if isinstance(f, models.ForeignKey)}
                free = (*getattr(model, "GOES_ON_FROM", ()), *getattr(target, "GOES_ON_FROM", ()))
                if field.name != wall and wall in theirs and wall not in free:
                    yield from _same(model, wall, field, target)
            if wall != "section":
                yield _stays(model, wall)


def _same(model, wall, field, target):
    condition = (
        f"NEW.{field.column} IS NOT NULL AND EXISTS (SELECT 1 FROM {target._meta.db_table} t"
        f" WHERE t.{target._meta.pk.column} = NEW.{field.column} AND t.{wall}_id <> NEW.{wall}_id)"
    )
    message = f"{model._meta.verbose_name}: its {field.verbose_name} belongs to another {wall}"
    for event in ("INSERT", "UPDATE"):
        yield Rule(model._meta.app_label, model._meta.db_table, event, condition, message)


def _stays(model, wall):
    return Rule(
        model._meta.app_label,
        model._meta.db_table,
        "UPDATE",
        f"OLD.{wall}_id <> NEW.{wall}_id",
        f"{model._meta.verbose_name}: it cannot move to another {wall}",
    )


# Writing the rules as triggers: one a table and event, its name ending in a digest of what it does.


def triggers(vendor, app=None):
    """{name: (table, body, statements)} of the triggers that the rules come to on this database."""
    by_table = defaultdict(list)
    for rule in rules(app):
        by_table[rule.table, rule.event].append(rule)
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    return dict(write(table, event, found) for (table, event), found in sorted(by_table.items()))


def _quoted(message):
    return "'" + message.replace("'", "''") + "'"


def _name(table, event, body):
    return f"guard_{table}_{event.lower()}_{sha256(body.encode()).hexdigest()[:8]}"


def _sqlite(table, event, found):
    body = " ".join(f"SELECT RAISE(ABORT, {_quoted(r.message)}) WHERE {r.condition};" for r in found)
    body = body.replace(TEXT_OF_VALUE, "json_extract(d.value, '$')")
    name = _name(table, event, body)
    return name, (
        table,
        body,
        [f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW BEGIN {body} END"],
    )


def _postgresql(table, event, found):
    checks = " ".join(
        f"IF {r.condition} THEN RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = {_quoted(r.message)}; END IF;"
        for r in found
    )
    checks = checks.replace(TEXT_OF_VALUE, "(d.value #>> '{}')")
    body = f"BEGIN {checks} RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END"
    name = _name(table, event, body)
    return name, (
        table,
        body,
        [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
    )


def installed(connection):
    """{name: (table, body)} of the guards that stand in this database; a disabled one does not count."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, tbl_name, sql FROM sqlite_master"
                " WHERE type = 'trigger' AND name LIKE 'guard~_%' ESCAPE '~'"
            )
            found = cursor.fetchall()
            return {
                name: (table, sql.split(" FOR EACH ROW BEGIN ", 1)[1].removesuffix(" END"))
                for name, table, sql in found
            }
        cursor.execute(
            "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND n.nspname = ANY (current_schemas(false))"
            " AND t.tgname LIKE 'guard~_%' ESCAPE '~'"
        )
        return {name: (table, body) for name, table, body in cursor.fetchall()}


def strangers(connection):
    """[(name, table)] of triggers and rules on our tables that are no guards of ours."""
    ours = tuple(f"{app}_" for app in ("boards", "actions", "reports"))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE NOT t.tgisinternal AND n.nspname = ANY (current_schemas(false))"
                " UNION SELECT rulename, tablename FROM pg_rules WHERE schemaname = ANY (current_schemas(false))"
            )
        found = cursor.fetchall()
    wanted = triggers(connection.vendor)
    return sorted((name, table) for name, table in found if table.startswith(ours) and name not in wanted)


def remove(connection, app):
    """Take the guards off the tables of one app, as migrations that rebuild tables need."""
    prefix = f"{app}_"
    with connection.cursor() as cursor:
        for name, (table, _) in installed(connection).items():
            if table.startswith(prefix):
                _drop(connection, cursor, name, table)


def _drop(connection, cursor, name, table):
    if connection.vendor == "postgresql":
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
    else:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install(connection, app):
    """Put the guards of one app's tables in place; what stands already and is right is left alone."""
    standing = installed(connection)
    wanted = triggers(connection.vendor, app)
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, (table, _) in standing.items():
            if table.startswith(f"{app}_") and name not in wanted:
                _drop(connection, cursor, name, table)
        for name, (table, body, statements) in wanted.items():
            if table not in tables or standing.get(name) == (table, body):
                continue
            _drop(connection, cursor, name, table)
            for statement in statements:
                cursor.execute(statement)


def problems(connection):
    """A sentence for each guard that is missing or altered in this database, and each trigger that is not ours."""
    standing = installed(connection)
    missing = [
        f"The guard {name} on {table} is missing or has been altered. Run manage.py migrate to put it back."
        for name, (table, body, _) in triggers(connection.vendor).items()
        if standing.get(name) != (table, body)
    ]
    strange = [
        f"The trigger {name} on {table} is not one of this product's. Find out who put it there, and drop it."
        for name, table in strangers(connection)
    ]
    return missing + strange


def before_migrate(app_config, using, **kwargs):
    from django.db import connections

    remove(connections[using], app_config.label)


def after_migrate(app_config, using, **kwargs):
    from django.db import connections

    install(connections[using], app_config.label)
