import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("boards", "0001_first"),
        ("boards", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("agreed", "Agreed"), ("closed", "Closed")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "as_at",
                    models.DateField(
                        blank=True,
                        help_text="A plan imported as at a past date is a historic record: read-only.",
                        null=True,
                    ),
                ),
                (
                    "marking",
                    models.CharField(
                        choices=[("OFFICIAL", "OFFICIAL"), ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE")],
                        default="OFFICIAL",
                        max_length=30,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("prints_references", models.BooleanField(default=True)),
                (
                    "agreed_at_meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.meeting",
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "overseen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="boards.subgroup"
                    ),
                ),
            ],
            options={
                "ordering": ("-starts", "title"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="plan_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_on__isnull", True), ("closed_on__isnull", True), ("state", "draft")),
                            models.Q(("agreed_on__isnull", False), ("closed_on__isnull", True), ("state", "agreed")),
                            models.Q(
                                ("agreed_on__isnull", False),
                                ("closed_on__gte", models.F("agreed_on")),
                                ("state", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="plan_dates_fit_its_life",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("heading", models.CharField(max_length=200)),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("reference", "Reference"),
                            ("strand", "Strategic priority"),
                            ("section", "Section"),
                            ("objective", "Objective"),
                            ("action", "Action"),
                            ("steps", "Steps"),
                            ("lead", "Lead"),
                            ("support", "Support"),
                            ("accountable", "Accountable body"),
                            ("timescale", "Timescale"),
                            ("status", "Status"),
                            ("progress", "Progress"),
                            ("measure", "Measures"),
                            ("outcome", "Outcome"),
                            ("rating", "Rating"),
                            ("evidence", "Evidence"),
                            ("recommendation", "Recommendation"),
                            ("top_priority", "Top priority"),
                            ("notes", "Notes"),
                            ("extra", "Other text"),
                        ],
                        max_length=20,
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="columns", to="actions.plan"
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "position"), name="column_position_once_a_plan")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanReceiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receivers", to="actions.plan"
                    ),
                ),
                (
                    "receiving_board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="received", to="boards.board"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "receiving_board"), name="plan_received_once"),
                    models.CheckConstraint(
                        condition=models.Q(("board", models.F("receiving_board")), _negated=True),
                        name="plan_not_received_by_its_own",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendationSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[("review", "Review"), ("inspection", "Inspection"), ("audit", "Audit")], max_length=20
                    ),
                ),
                ("dated", models.DateField(blank=True, null=True)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
            ],
            options={
                "ordering": ("-dated", "title"),
                "constraints": [models.UniqueConstraint(fields=("board", "title"), name="source_title_once_a_board")],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opens", models.DateField()),
                ("due", models.DateField()),
                ("grace_ends", models.DateField()),
                ("closes", models.DateField()),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="boards.reportingperiod"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="actions.plan",
                    ),
                ),
            ],
            options={
                "ordering": ("opens",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due__gte", models.F("opens")),
                            ("grace_ends__gte", models.F("due")),
                            ("closes__gte", models.F("grace_ends")),
                        ),
                        name="round_dates_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plan__isnull", True)),
                        fields=("period",),
                        name="one_round_a_period_for_all_plans",
                    ),
                    models.UniqueConstraint(fields=("period", "plan"), name="one_round_a_period_and_plan"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=30)),
                ("title", models.CharField(max_length=300)),
                ("aim", models.TextField(blank=True)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "overseen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="boards.subgroup",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sections", to="actions.plan"
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="boards.strategicpriority",
                    ),
                ),
            ],
            options={
                "ordering": ("plan", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "position"), name="section_position_once_a_plan")
                ],
            },
        ),
        migrations.CreateModel(
            name="Timescale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True)),
                ("kind", models.CharField(max_length=20)),
                ("start", models.DateField(blank=True, null=True)),
                ("due", models.DateField(blank=True, null=True)),
                ("review_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("doubts", models.JSONField(blank=True, default=list)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start__isnull", True),
                            ("due__isnull", True),
                            ("due__gte", models.F("start")),
                            _connector="OR",
                        ),
                        name="timescale_due_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "by_date"), _negated=True), ("due__isnull", False), _connector="OR"
                        ),
                        name="timescale_by_date_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("by_date", "window", "milestones", "recurring", "ongoing", "event", "none"))
                        ),
                        name="timescale_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=30)),
                ("title", models.TextField()),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objectives", to="actions.plan"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="actions.section",
                    ),
                ),
            ],
            options={
                "ordering": ("plan", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "position"), name="objective_position_once_a_plan")
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="actions.recommendationsource",
                    ),
                ),
            ],
            options={
                "ordering": ("source", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("source", "number"), name="recommendation_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=30)),
                ("position", models.PositiveIntegerField()),
                ("top_priority", models.BooleanField(default=False)),
                ("limited", models.BooleanField(default=False, verbose_name="limited circulation")),
                ("first_due", models.DateField(blank=True, null=True)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "next_due",
                    models.DateField(
                        blank=True,
                        help_text="The earliest date still to be met: its own, or that of a step not done.",
                        null=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("proposed_complete", "Proposed complete"),
                            ("complete", "Complete"),
                            ("embedded", "Embedded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="not_started",
                        max_length=20,
                    ),
                ),
                ("heard_on", models.DateField(blank=True, null=True)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.rating",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="actions.objective",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="actions.plan"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="actions.section",
                    ),
                ),
                (
                    "timescale",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.timescale",
                    ),
                ),
            ],
            options={
                "ordering": ("plan", "position", "id"),
                "indexes": [
                    models.Index(fields=["board", "next_due"], name="action_board_next_due"),
                    models.Index(fields=["plan", "position"], name="action_plan_position"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "reference"), name="action_reference_once_a_plan"),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="action_has_a_reference"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "not_started",
                                    "in_progress",
                                    "proposed_complete",
                                    "complete",
                                    "embedded",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="action_status_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("wording", models.TextField()),
                ("outcome", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="actions.action"
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("action", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("action", "number"), name="version_number_once_an_action"),
                    models.CheckConstraint(
                        condition=models.Q(("wording", ""), _negated=True), name="version_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="later_version_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionPriority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="actions.action")),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_priorities",
                        to="boards.strategicpriority",
                    ),
                ),
                (
                    "since",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.actionversion"
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.actionversion",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "default_related_name": "action_priorities",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("action", "priority"),
                        name="action_priority_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="actions.action")),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "since",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.actionversion"
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.actionversion",
                    ),
                ),
            ],
            options={
                "ordering": ("action", "position"),
                "default_related_name": "measures",
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("words", models.TextField()),
                ("internal", models.BooleanField(default=False)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="actions.action"
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("on", "id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="note_says_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="CrossReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cross_references",
                        to="actions.action",
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referred_from",
                        to="actions.action",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referred_from",
                        to="actions.objective",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target__isnull", True),
                            models.Q(("target", models.F("action")), _negated=True),
                            _connector="OR",
                        ),
                        name="no_link_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target__isnull", True), ("objective__isnull", True), _connector="OR"),
                        name="link_to_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnerRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "Lead"),
                            ("joint_lead", "Joint lead"),
                            ("support", "Support"),
                            ("accountable", "Accountable"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="actions.action")),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="action_roles", to="boards.owner"
                    ),
                ),
                (
                    "since",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.actionversion"
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.actionversion",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "default_related_name": "owner_roles",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True), ("role", "lead"), ("until__isnull", True)),
                        fields=("action",),
                        name="action_has_one_lead",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("action", "owner", "role"),
                        name="owner_has_a_role_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="owner_role_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cells", to="actions.action"
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "column",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cells", to="actions.plancolumn"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("action", "column"), name="cell_once")],
            },
        ),
        migrations.CreateModel(
            name="ActionRecommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="actions.action")),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "since",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.actionversion"
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.actionversion",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="actions.recommendation"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "default_related_name": "action_recommendations",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("action", "recommendation"),
                        name="action_answers_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("due", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, help_text="A cache of the latest tick.", null=True)),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="actions.action")),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_steps",
                        to="boards.owner",
                    ),
                ),
                (
                    "since",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.actionversion"
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.actionversion",
                    ),
                ),
                (
                    "timescale",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.timescale",
                    ),
                ),
            ],
            options={
                "ordering": ("action", "position"),
                "default_related_name": "steps",
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("proposed_complete", "Proposed complete"),
                            ("complete", "Complete"),
                            ("embedded", "Embedded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("next_steps", models.TextField(blank=True)),
                (
                    "date_answer",
                    models.CharField(
                        blank=True,
                        choices=[("holds", "The date will hold"), ("will_move", "The date will not hold")],
                        max_length=20,
                    ),
                ),
                ("no_change", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("sent_back", "Sent back"),
                            ("accepted", "Accepted"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "steps_shown",
                    models.JSONField(blank=True, default=list, help_text="The steps that were done when it was begun."),
                ),
                ("steps_done", models.JSONField(blank=True, default=list)),
                ("evidence_shows", models.TextField(blank=True)),
                ("evidence_kind", models.CharField(blank=True, max_length=20)),
                ("evidence_dated", models.DateField(blank=True, null=True)),
                ("evidence_where", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("comment", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="actions.action"
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="boards.owner"
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.rating",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="actions.round"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("round", "action"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "owner", "round"), name="one_submission_an_owner_and_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("state", "submitted"), ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                            ),
                            models.Q(
                                ("reviewed_at__isnull", False), ("state", "accepted"), ("submitted_at__isnull", False)
                            ),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("state", "sent_back"),
                                ("submitted_at__isnull", False),
                                models.Q(("comment", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="submission_state_fits_its_record",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("carried", "Carried over"),
                            ("merged", "Merged"),
                            ("split", "Split"),
                            ("replaced", "Replaced"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "from_action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="successors", to="actions.action"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.meeting",
                    ),
                ),
                (
                    "to_action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="predecessors", to="actions.action"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("from_action", "to_action"), name="succession_once"),
                    models.CheckConstraint(
                        condition=models.Q(("from_action", models.F("to_action")), _negated=True),
                        name="no_action_succeeds_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="succession_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("label", models.CharField(blank=True, max_length=200)),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="actions.action")),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "since",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.actionversion"
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actions.actionversion",
                    ),
                ),
                (
                    "timescale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actions.timescale"
                    ),
                ),
            ],
            options={
                "ordering": ("action", "position"),
                "default_related_name": "milestones",
            },
        ),
        migrations.CreateModel(
            name="Update",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("proposed_complete", "Proposed complete"),
                            ("complete", "Complete"),
                            ("embedded", "Embedded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("next_steps", models.TextField(blank=True)),
                (
                    "date_answer",
                    models.CharField(
                        blank=True,
                        choices=[("holds", "The date will hold"), ("will_move", "The date will not hold")],
                        max_length=20,
                    ),
                ),
                ("no_change", models.BooleanField(default=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("submission", "Quarterly update"),
                            ("entered", "Entered by the coordinator"),
                            ("decision", "Decision"),
                            ("import", "Imported, unchecked"),
                            ("correction", "Correction"),
                        ],
                        max_length=20,
                    ),
                ),
                ("entered_for", models.CharField(blank=True, max_length=200)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="updates", to="actions.action"
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="updates", to="boards.owner"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="boards.reportingperiod",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.rating",
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="update",
                        to="actions.submission",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="actions.update",
                    ),
                ),
            ],
            options={
                "ordering": ("on", "id"),
                "get_latest_by": ("on", "id"),
                "indexes": [models.Index(fields=["action", "on"], name="update_action_on")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "not_started",
                                    "in_progress",
                                    "proposed_complete",
                                    "complete",
                                    "embedded",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="update_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", "submission"), ("submission__isnull", False)),
                            models.Q(models.Q(("source", "submission"), _negated=True), ("submission__isnull", True)),
                            _connector="OR",
                        ),
                        name="update_source_fits_its_submission",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by__isnull", False), ("source", "import"), _connector="OR"),
                        name="update_is_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True), ("no_change", True), _connector="OR"
                        ),
                        name="update_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepTick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done", models.BooleanField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="step_ticks", to="actions.action"
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ticks", to="actions.step"
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="step_ticks", to="actions.update"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("update", "step"), name="step_ticked_once_an_update")],
            },
        ),
        migrations.CreateModel(
            name="DateRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to_due", models.DateField()),
                ("why", models.TextField()),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("agreed", "Agreed"), ("refused", "Refused")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="date_requests", to="actions.action"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="actions.submission"
                    ),
                ),
            ],
            options={
                "ordering": ("asked_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="date_request_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ("agreed", "refused")),
                            ),
                            _connector="OR",
                        ),
                        name="date_request_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DateChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("moved", "Moved"),
                            ("dated", "First date given"),
                            ("correction", "Reading corrected"),
                        ],
                        default="moved",
                        max_length=12,
                    ),
                ),
                ("from_due", models.DateField(blank=True, null=True)),
                ("to_due", models.DateField(blank=True, null=True)),
                ("why", models.TextField()),
                ("asked_by", models.CharField(blank=True, max_length=200)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="date_changes", to="actions.action"
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.meeting",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="actions.daterequest"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="date_changes",
                        to="actions.step",
                    ),
                ),
            ],
            options={
                "ordering": ("on", "id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="date_change_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_due__isnull", False), ("kind", "moved"), ("to_due__isnull", False)),
                            models.Q(("from_due__isnull", True), ("kind", "dated"), ("to_due__isnull", False)),
                            models.Q(
                                ("kind", "correction"),
                                models.Q(("from_due__isnull", False), ("to_due__isnull", False), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="date_change_fits_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_due__isnull", True),
                            ("to_due__isnull", True),
                            models.Q(("from_due", models.F("to_due")), _negated=True),
                            _connector="OR",
                        ),
                        name="date_change_changes_the_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accept_explanation", "Explanation accepted"),
                            ("extend", "Date extended"),
                            ("refer_up", "Referred up"),
                            ("refer_back", "Referred back"),
                            ("reassign", "Reassigned"),
                            ("ask_for_update", "Update asked for"),
                            ("accept_completion", "Completion accepted"),
                            ("refuse_completion", "Completion refused"),
                            ("reopen", "Reopened"),
                            ("withdraw", "Withdrawn"),
                            ("supersede", "Superseded"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="actions.action"
                    ),
                ),
                (
                    "agreed_with",
                    models.ForeignKey(
                        blank=True,
                        help_text="The other agency that agreed.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="boards.seat",
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "date_change",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="actions.datechange"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.meeting",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="actions.decision",
                    ),
                ),
                (
                    "to_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="boards.owner",
                    ),
                ),
            ],
            options={
                "ordering": ("on", "id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="decision_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reassign"), _negated=True), ("to_owner__isnull", False), _connector="OR"
                        ),
                        name="reassigned_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shows", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Document"),
                            ("minutes", "Minutes of a meeting"),
                            ("data", "Data or performance figures"),
                            ("audit", "Audit or inspection"),
                            ("feedback", "Feedback from people"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("dated", models.DateField(blank=True, null=True)),
                ("where", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="actions.action"
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="actions.update",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ("at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shows", ""), _negated=True), models.Q(("where", ""), _negated=True)
                        ),
                        name="evidence_says_what_and_where",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceSighting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sightings", to="actions.evidence"
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
                "constraints": [models.UniqueConstraint(fields=("evidence", "by"), name="evidence_seen_once_a_person")],
            },
        ),
        migrations.AddField(
            model_name="Action",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actions.actionversion",
            ),
        ),
        migrations.AddField(
            model_name="Action",
            name="last_update",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actions.update",
            ),
        ),
    ]
