"""Each printed cell stands from a version, and one of a column at a time."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("actions", "0012_cells_stand_from_the_first")]

    operations = [
        migrations.AlterField(
            model_name="cell",
            name="since",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.actionversion"
            ),
        ),
        migrations.AddConstraint(
            model_name="cell",
            constraint=models.UniqueConstraint(
                condition=Q(until__isnull=True), fields=("action", "column"), name="cell_once"
            ),
        ),
    ]
