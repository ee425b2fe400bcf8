from django.core.management import call_command
from django.db import migrations, models

TABLE = "boards_cache"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


class Migration(migrations.Migration):
    """Whether a board asks for a second factor; the table that counts how often somebody tried (settings: CACHES)."""

    dependencies = [("boards", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="board",
            name="second_factor_required",
            field=models.BooleanField(
                default=True, help_text="Whoever may write on the board needs more than a password to sign in."
            ),
        ),
        migrations.RunPython(make, drop),
    ]
