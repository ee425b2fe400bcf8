"""A step of an agreed action that is worded, led or dated otherwise is another row, and knows as which it first stood."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0013_cells_stand_from_a_version")]

    operations = [
        migrations.AddField(
            model_name="step",
            name="first",
            field=models.ForeignKey(
                blank=True,
                help_text="The row as which it first stood, where it has been worded, led or dated otherwise since.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later",
                to="actions.step",
            ),
        ),
    ]
