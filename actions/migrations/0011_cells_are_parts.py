"""What was printed becomes a part of the definition, from one version until another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0010_imports")]

    operations = [
        migrations.AlterModelOptions(name="cell", options={"default_related_name": "cells"}),
        migrations.RemoveConstraint(model_name="cell", name="cell_once"),
        migrations.AlterField(
            model_name="cell",
            name="action",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="actions.action"),
        ),
        migrations.AddField(
            model_name="cell",
            name="since",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.actionversion"
            ),
        ),
        migrations.AddField(
            model_name="cell",
            name="until",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actions.actionversion",
            ),
        ),
    ]
