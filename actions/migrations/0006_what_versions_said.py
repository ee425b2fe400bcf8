"""Versions from before they said more than words say what their actions say; what was agreed is the first of them."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def say_what_actions_say(apps, schema_editor):
    """Until now only words changed from version to version, so each says of the rest what its action says."""
    action, version = apps.get_model("actions", "Action"), apps.get_model("actions", "ActionVersion")
    of = action.objects.filter(pk=OuterRef("action"))
    version.objects.update(
        **{name: Subquery(of.values(name)) for name in ("section_id", "objective_id", "reference", "top_priority")}
    )
    first = version.objects.filter(action=OuterRef("pk"), number=1)
    action.objects.exclude(plan__state="draft").update(first_version=Subquery(first.values("pk")))


class Migration(migrations.Migration):
    dependencies = [("actions", "0005_what_a_version_says")]

    operations = [migrations.RunPython(say_what_actions_say, migrations.RunPython.noop, elidable=True)]
