"""What was printed so far stands from the first version of its action."""

from django.db import migrations
from django.db.models import Exists, OuterRef, Q, Subquery


def stand_from_the_first(apps, schema_editor):
    """Each stands from its action's first version. Where an action has been worded again, what was printed in the
    columns of its definition was shown no more; it ends with the second."""
    cell, version = apps.get_model("actions", "Cell"), apps.get_model("actions", "ActionVersion")
    of = version.objects.filter(action=OuterRef("action"))
    cell.objects.update(since=Subquery(of.filter(number=1).values("pk")))
    own = Q(column__field__in=("status", "progress", "rating", "evidence", "notes", "extra"))
    over = cell.objects.exclude(own).filter(Exists(of.filter(number=2)))
    over.update(until=Subquery(of.filter(number=2).values("pk")))


class Migration(migrations.Migration):
    dependencies = [("actions", "0011_cells_are_parts")]

    operations = [
        migrations.RunPython(stand_from_the_first, migrations.RunPython.noop, elidable=True),
    ]
