from django.core.management import call_command
from django.db import migrations

TABLE = "boards_cache"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


class Migration(migrations.Migration):
    """The table that counts how often somebody tried to sign in (settings: CACHES)."""

    dependencies = [("boards", "0001_first")]

    operations = [migrations.RunPython(make, drop)]
