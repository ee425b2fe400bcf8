"""From when on an action has which reading of its words about time, so that any past day can be shown."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="actions.action"
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "timescale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.timescale"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
    ]
