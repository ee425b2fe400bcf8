"""The access log says how an attempt ended, and which row it was about by kind and id."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0002_sign_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="accesslog",
            name="outcome",
            field=models.CharField(
                choices=[("done", "Done"), ("forbidden", "Refused"), ("hidden", "Refused, as if it were not there")],
                default="done",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="accesslog",
            name="subject_id",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="accesslog",
            name="subject_kind",
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
