"""A board and its furniture: agencies and seats, sub-groups, priorities, ratings, periods, meetings."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower


class Marking(models.TextChoices):
    OFFICIAL = "OFFICIAL", "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"


def dates_in_order(first, last, name):
    """A constraint: where both dates are known, the last is not before the first."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{first}__isnull": True})
        | models.Q(**{f"{last}__isnull": True})
        | models.Q(**{f"{last}__gte": models.F(first)}),
        name=name,
    )


def in_force(on, of=""):
    """Q: rows whose dates hold on a day; one without a first or a last day has always held, or holds for good.

    Args:
        of: the way to what has the dates when it is not the row itself ("content_object__").
    """
    starts, ends = f"{of}starts", f"{of}ends"
    started = models.Q(**{f"{starts}__isnull": True}) | models.Q(**{f"{starts}__lte": on})
    return started & (models.Q(**{f"{ends}__isnull": True}) | models.Q(**{f"{ends}__gte": on}))


class Board(models.Model):
    """A safeguarding partnership; the wall around everything that is its own."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=30, blank=True)
    marking = models.CharField(max_length=30, choices=Marking, default=Marking.OFFICIAL)
    quarter_start_month = models.PositiveSmallIntegerField(
        default=4,
        validators=(MinValueValidator(1), MaxValueValidator(12)),
        help_text="The month in which the board's first quarter starts.",
    )
    labels = models.JSONField(default=dict, blank=True)
    is_demo = models.BooleanField(default=False)
    second_factor_required = models.BooleanField(
        default=True, help_text="Whoever may write on the board needs more than a password to sign in."
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(quarter_start_month__range=(1, 12)), name="board_quarter_starts_in_a_month"
            ),
        )
        permissions = (
            ("business_manager", "Business manager"),
            ("coordinator", "Coordinator"),
            ("approver", "Approver"),
            ("member", "Member"),
            ("scrutineer", "Scrutineer"),
        )

    def __str__(self):
        return self.name


class OnBoard(models.Model):
    """A row that belongs to a board. The database refuses one that points into another board (boards.guards)."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT)

    class Meta:
        abstract = True


class Agency(models.Model):
    """An organisation. Shared by every board it sits on, so no board can rename or remove it."""

    class Kind(models.TextChoices):
        POLICE = "police", "Police"
        HEALTH = "health", "Health"
        COUNCIL = "council", "Council"
        EDUCATION = "education", "Education"
        VOLUNTARY = "voluntary", "Voluntary and community"
        JUSTICE = "justice", "Justice and probation"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "agencies"
        constraints = (models.UniqueConstraint(Lower("name"), name="agency_name_once"),)

    def __str__(self):
        return self.name


class Seat(OnBoard):
    """The place of an agency on one board. Rights hang on the seat, never on the agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint("board", Lower("name"), name="seat_name_once_a_board"),
            dates_in_order("starts", "ends", "seat_ends_after_it_starts"),
        )
        permissions = (("contact", "Contact"), ("contributor", "Contributor"))

    def __str__(self):
        return self.name


class SubGroup(OnBoard):
    """A group of the board. It oversees plans, may report to another group, and may itself own actions."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reporting")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint("board", Lower("name"), name="subgroup_name_once_a_board"),
            models.CheckConstraint(
                condition=models.Q(reports_to__isnull=True) | ~models.Q(reports_to=models.F("id")),
                name="subgroup_not_under_itself",
            ),
            dates_in_order("starts", "ends", "subgroup_ends_after_it_starts"),
        )
        permissions = (("chair", "Chair"), ("secretary", "Secretary"))

    def __str__(self):
        return self.name


class StrategicPriority(OnBoard):
    """A strand as the board words it, tied to a code so that boards can be compared."""

    class Code(models.TextChoices):
        PREVENT = "prevent", "Prevent"
        PROTECT = "protect", "Protect"
        PURSUE = "pursue", "Pursue"
        PROSECUTE = "prosecute", "Prosecute"
        PREPARE = "prepare", "Prepare"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200)
    code = models.CharField(max_length=20, choices=Code)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "strategic priorities"
        constraints = (
            models.UniqueConstraint("board", Lower("name"), name="priority_name_once_a_board"),
            models.CheckConstraint(
                condition=models.Q(code__in=("prevent", "protect", "pursue", "prosecute", "prepare", "other")),
                name="priority_code_is_known",
            ),
        )

    def __str__(self):
        return self.name


class RatingScale(OnBoard):
    """One version of the board's RAG scale. A changed scale is a new version; old ratings keep the old words."""

    version = models.PositiveIntegerField(default=1)
    starts = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("version",)
        constraints = (models.UniqueConstraint(fields=("board", "version"), name="scale_version_once_a_board"),)

    def __str__(self):
        return f"Rating scale, version {self.version}"


class Rating(OnBoard):
    """A step of a board's RAG scale. A person's judgement: the product never sets one."""

    class Colour(models.TextChoices):
        RED = "red", "Red"
        AMBER = "amber", "Amber"
        GREEN = "green", "Green"
        BLUE = "blue", "Blue"
        PURPLE = "purple", "Purple"
        GREY = "grey", "Grey"

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    code = models.SlugField(max_length=30)
    word = models.CharField(max_length=40)
    meaning = models.CharField(max_length=300)
    colour = models.CharField(max_length=10, choices=Colour)
    severity = models.PositiveSmallIntegerField(help_text="0 is the best; the higher, the worse.")
    needs_reason = models.BooleanField(default=False)
    requires_completion = models.BooleanField(default=False)

    class Meta:
        ordering = ("-severity",)
        constraints = (
            models.UniqueConstraint(fields=("scale", "code"), name="rating_code_once_a_scale"),
            models.UniqueConstraint(fields=("scale", "severity"), name="rating_severity_once_a_scale"),
            models.CheckConstraint(condition=~models.Q(word=""), name="rating_has_a_word"),
        )

    def __str__(self):
        return self.word


class ReportingPeriod(OnBoard):
    """A quarter of the board. Never overlaps another (guarded by a trigger: see boards.guards)."""

    label = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering = ("starts",)
        constraints = (
            models.UniqueConstraint(fields=("board", "label"), name="period_label_once_a_board"),
            models.UniqueConstraint(fields=("board", "starts"), name="period_start_once_a_board"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="period_ends_after_it_starts"
            ),
        )

    def __str__(self):
        return self.label


class Meeting(OnBoard):
    """A meeting of the board, or of one of its sub-groups, at which things are agreed."""

    sub_group = models.ForeignKey(SubGroup, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    held_on = models.DateField()

    class Meta:
        ordering = ("-held_on", "name")
        constraints = (models.UniqueConstraint(fields=("board", "name", "held_on"), name="meeting_once_a_day"),)

    def __str__(self):
        return self.name
