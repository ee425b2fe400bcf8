import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(blank=True, max_length=30)),
                (
                    "marking",
                    models.CharField(
                        choices=[("OFFICIAL", "OFFICIAL"), ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE")],
                        default="OFFICIAL",
                        max_length=30,
                    ),
                ),
                (
                    "quarter_start_month",
                    models.PositiveSmallIntegerField(
                        default=4,
                        help_text="The month in which the board's first quarter starts.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                ("labels", models.JSONField(blank=True, default=dict)),
                ("is_demo", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("name",),
                "permissions": (
                    ("business_manager", "Business manager"),
                    ("coordinator", "Coordinator"),
                    ("approver", "Approver"),
                    ("member", "Member"),
                    ("scrutineer", "Scrutineer"),
                ),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quarter_start_month__range", (1, 12))),
                        name="board_quarter_starts_in_a_month",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingScale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("starts", models.DateField(blank=True, null=True)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
            ],
            options={
                "ordering": ("version",),
                "constraints": [
                    models.UniqueConstraint(fields=("board", "version"), name="scale_version_once_a_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportingPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=60)),
                ("starts", models.DateField()),
                ("ends", models.DateField()),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
            ],
            options={
                "ordering": ("starts",),
                "constraints": [
                    models.UniqueConstraint(fields=("board", "label"), name="period_label_once_a_board"),
                    models.UniqueConstraint(fields=("board", "starts"), name="period_start_once_a_board"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))), name="period_ends_after_it_starts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategicPriority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("prevent", "Prevent"),
                            ("protect", "Protect"),
                            ("pursue", "Pursue"),
                            ("prosecute", "Prosecute"),
                            ("prepare", "Prepare"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
            ],
            options={
                "verbose_name_plural": "strategic priorities",
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("board"),
                        django.db.models.functions.text.Lower("name"),
                        name="priority_name_once_a_board",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__in", ("prevent", "protect", "pursue", "prosecute", "prepare", "other"))
                        ),
                        name="priority_code_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(blank=True, max_length=60)),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "reports_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reporting",
                        to="boards.subgroup",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="boards.subgroup",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "permissions": (("chair", "Chair"), ("secretary", "Secretary")),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("board"),
                        django.db.models.functions.text.Lower("name"),
                        name="subgroup_name_once_a_board",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reports_to__isnull", True),
                            models.Q(("reports_to", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="subgroup_not_under_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="subgroup_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "email"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="user_email_in_small_letters",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("board", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [models.Index(fields=["board", "at"], name="access_board_at")],
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("police", "Police"),
                            ("health", "Health"),
                            ("council", "Council"),
                            ("education", "Education"),
                            ("voluntary", "Voluntary and community"),
                            ("justice", "Justice and probation"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "agencies",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("name"), name="agency_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                (
                    "board",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="chain_head",
                        serialize=False,
                        to="boards.board",
                    ),
                ),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="BoardRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, help_text="The last day on which the role holds.", null=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="boards.board"
                    ),
                ),
                (
                    "covering",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="boardrole_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("covering__isnull", True), ("ends__isnull", False), _connector="OR"),
                        name="boardrole_cover_has_an_end",
                    ),
                ],
                "unique_together": {("user", "permission", "content_object")},
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=60)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.PositiveBigIntegerField()),
                ("digests", models.JSONField(help_text="Detail name: SHA-256 over its salt and value.")),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64, unique=True)),
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
            ],
            options={
                "ordering": ("board", "sequence"),
                "indexes": [models.Index(fields=["board", "subject_kind", "subject_id"], name="event_subject")],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "sequence"), name="event_sequence_once_a_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="EventDetail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("salt", models.CharField(max_length=64)),
                ("value", models.JSONField(null=True)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="details", to="boards.event"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("event", "name"), name="event_detail_once")],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("held_on", models.DateField()),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "sub_group",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="boards.subgroup"
                    ),
                ),
            ],
            options={
                "ordering": ("-held_on", "name"),
                "constraints": [
                    models.UniqueConstraint(fields=("board", "name", "held_on"), name="meeting_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30)),
                ("word", models.CharField(max_length=40)),
                ("meaning", models.CharField(max_length=300)),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("red", "Red"),
                            ("amber", "Amber"),
                            ("green", "Green"),
                            ("blue", "Blue"),
                            ("purple", "Purple"),
                            ("grey", "Grey"),
                        ],
                        max_length=10,
                    ),
                ),
                ("severity", models.PositiveSmallIntegerField(help_text="0 is the best; the higher, the worse.")),
                ("needs_reason", models.BooleanField(default=False)),
                ("requires_completion", models.BooleanField(default=False)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="boards.ratingscale"
                    ),
                ),
            ],
            options={
                "ordering": ("-severity",),
                "constraints": [
                    models.UniqueConstraint(fields=("scale", "code"), name="rating_code_once_a_scale"),
                    models.UniqueConstraint(fields=("scale", "severity"), name="rating_severity_once_a_scale"),
                    models.CheckConstraint(condition=models.Q(("word", ""), _negated=True), name="rating_has_a_word"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("agency", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.agency")),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="boards.seat"
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "permissions": (("contact", "Contact"), ("contributor", "Contributor")),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("board"), django.db.models.functions.text.Lower("name"), name="seat_name_once_a_board"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="seat_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeatRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, help_text="The last day on which the role holds.", null=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="boards.seat"
                    ),
                ),
                (
                    "covering",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="seatrole_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("covering__isnull", True), ("ends__isnull", False), _connector="OR"),
                        name="seatrole_cover_has_an_end",
                    ),
                ],
                "unique_together": {("user", "permission", "content_object")},
            },
        ),
        migrations.CreateModel(
            name="SubGroupRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, help_text="The last day on which the role holds.", null=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="boards.subgroup"
                    ),
                ),
                (
                    "covering",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="subgrouprole_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("covering__isnull", True), ("ends__isnull", False), _connector="OR"),
                        name="subgrouprole_cover_has_an_end",
                    ),
                ],
                "unique_together": {("user", "permission", "content_object")},
            },
        ),
        migrations.CreateModel(
            name="Owner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("seat", "Agency"),
                            ("post", "Post"),
                            ("sub_group", "Sub-group"),
                            ("group", "Group of owners"),
                            ("outside", "Outside body"),
                            ("to_be_confirmed", "To be confirmed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        blank=True, help_text="When the board first gave actions to this name.", null=True
                    ),
                ),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
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
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("board"), django.db.models.functions.text.Lower("name"), name="owner_name_once_a_board"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("seat", "post")), ("seat__isnull", False), ("sub_group__isnull", True)
                            ),
                            models.Q(("kind", "sub_group"), ("seat__isnull", True), ("sub_group__isnull", False)),
                            models.Q(
                                ("kind__in", ("group", "outside", "to_be_confirmed")),
                                ("seat__isnull", True),
                                ("sub_group__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="owner_kind_fits_its_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnerAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aliases", to="boards.owner"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "owner aliases",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("board"), django.db.models.functions.text.Lower("name"), name="alias_once_a_board"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnerMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="boards.owner"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="boards.owner"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("group", "member"), name="owner_member_once"),
                    models.CheckConstraint(
                        condition=models.Q(("group", models.F("member")), _negated=True),
                        name="owner_not_member_of_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("holder", "Holder"), ("deputy", "Deputy")], default="holder", max_length=10
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("board", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="boards.board")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="held", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holders", to="boards.owner"
                    ),
                ),
            ],
            options={
                "ordering": ("starts",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts__isnull", True),
                            ("ends__isnull", True),
                            ("ends__gte", models.F("starts")),
                            _connector="OR",
                        ),
                        name="holder_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True), ("part", "holder")),
                        fields=("owner",),
                        name="owner_has_one_holder_at_a_time",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="Owner",
            name="members",
            field=models.ManyToManyField(through="boards.OwnerMember", to="boards.owner"),
        ),
    ]
