"""A succession keeps when the older action was first due; `actions.succession` reads it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("actions", "0007_taken_out_of_a_draft"),)

    operations = (
        migrations.AlterModelOptions(name="succession", options={"ordering": ("id",)}),
        migrations.AddField(
            model_name="succession",
            name="first_due",
            field=models.DateField(blank=True, help_text="When the older action was first due.", null=True),
        ),
    )
