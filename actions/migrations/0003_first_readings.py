"""Actions written before readings were kept have had theirs since their first version, as far as anybody knows."""

from django.db import migrations


def keep_first_readings(apps, schema_editor):
    versions = apps.get_model("actions", "ActionVersion").objects.filter(number=1, action__timescale__isnull=False)
    reading = apps.get_model("actions", "Reading")
    reading.objects.bulk_create(
        reading(board_id=board, action_id=action, timescale_id=timescale, at=at)
        for board, action, timescale, at in versions.values_list(
            "board_id", "action_id", "action__timescale_id", "at"
        ).iterator(chunk_size=2000)
    )


class Migration(migrations.Migration):
    dependencies = [("actions", "0002_readings")]

    operations = [migrations.RunPython(keep_first_readings, migrations.RunPython.noop, elidable=True)]
