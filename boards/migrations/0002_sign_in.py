import django.db.models.deletion
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models

TABLE = "boards_cache"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def leave_the_demo_open(apps, schema_editor):
    """Demo boards that were loaded before keep their printed sign-ins."""
    apps.get_model("boards", "Board").objects.filter(is_demo=True).update(second_factor_required=False)


class Migration(migrations.Migration):
    """Whether a board asks for a second factor; who is signed in where; how often was tried (settings: CACHES)."""

    dependencies = [("boards", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="board",
            name="second_factor_required",
            field=models.BooleanField(
                default=True, help_text="Whoever may write on the board needs more than a password to sign in."
            ),
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(help_text="To the minute or so.")),
                ("address", models.GenericIPAddressField(null=True)),
                ("browser", models.CharField(max_length=80)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("-seen_at", "-id")},
        ),
        migrations.RunPython(make, drop),
        migrations.RunPython(leave_the_demo_open, migrations.RunPython.noop),
    ]
