"""Roles are rows that are kept when they are over; people are invited; the last visit of each to a board is known."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0003_access_outcome"),
    ]

    operations = [
        migrations.AlterUniqueTogether(
            name="boardrole",
            unique_together=set(),
        ),
        migrations.AlterUniqueTogether(
            name="seatrole",
            unique_together=set(),
        ),
        migrations.AlterUniqueTogether(
            name="subgrouprole",
            unique_together=set(),
        ),
        migrations.AddField(
            model_name="boardrole",
            name="ended_at",
            field=models.DateTimeField(blank=True, help_text="When it was ended, at once.", null=True),
        ),
        migrations.AddField(
            model_name="seatrole",
            name="ended_at",
            field=models.DateTimeField(blank=True, help_text="When it was ended, at once.", null=True),
        ),
        migrations.AddField(
            model_name="subgrouprole",
            name="ended_at",
            field=models.DateTimeField(blank=True, help_text="When it was ended, at once.", null=True),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=200)),
                ("role", models.SlugField(max_length=40)),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Nobody: on the server.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="boards.seat"
                    ),
                ),
                (
                    "sub_group",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="boards.subgroup"
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seat__isnull", True), ("sub_group__isnull", True), _connector="OR"),
                        name="invitation_to_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="invitation_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                        ),
                        name="invitation_has_one_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_accepted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("board", "person"), name="visit_once_a_board")],
            },
        ),
    ]
