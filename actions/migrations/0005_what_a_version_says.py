"""A version says under which headings, as what and how urgent an action stands; an action knows what was agreed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0004_parts_that_stand_are_not_found_by_their_end"),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="first_version",
            field=models.ForeignKey(
                blank=True,
                help_text="What was agreed; a draft has none yet.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actions.actionversion",
            ),
        ),
        migrations.AddField(
            model_name="actionversion",
            name="objective",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actions.objective",
            ),
        ),
        migrations.AddField(
            model_name="actionversion",
            name="reference",
            field=models.CharField(default="", max_length=30),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="actionversion",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actions.section",
            ),
        ),
        migrations.AddField(
            model_name="actionversion",
            name="top_priority",
            field=models.BooleanField(default=False),
        ),
    ]
