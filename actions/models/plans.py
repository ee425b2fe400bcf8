"""A plan as a document: its life, its columns, its sections and objectives."""

from django.db import models
from django.db.models import Q

from boards.models import Board, Meeting, OnBoard, StrategicPriority, SubGroup
from boards.models.board import Marking, dates_in_order


class Plan(OnBoard):
    """A published plan. One board owns it; others may receive it. Its slug is unique over all boards."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed"
        CLOSED = "closed", "Closed"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    overseen_by = models.ForeignKey(SubGroup, on_delete=models.PROTECT, related_name="plans")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_at_meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    as_at = models.DateField(
        null=True, blank=True, help_text="A plan imported as at a past date is a historic record: read-only."
    )
    marking = models.CharField(max_length=30, choices=Marking, default=Marking.OFFICIAL)
    note = models.TextField(blank=True)
    prints_references = models.BooleanField(default=True)

    class Meta:
        ordering = ("-starts", "title")
        constraints = (
            dates_in_order("starts", "ends", "plan_ends_after_it_starts"),
            models.CheckConstraint(
                name="plan_dates_fit_its_life",
                condition=Q(state="draft", agreed_on__isnull=True, closed_on__isnull=True)
                | Q(state="agreed", agreed_on__isnull=False, closed_on__isnull=True)
                | Q(state="closed", agreed_on__isnull=False, closed_on__gte=models.F("agreed_on")),
            ),
        )

    def __str__(self):
        return self.title

    @property
    def is_in_use(self):
        """Whether it is agreed, goes on, and is not the record of an old plan."""
        return self.state == self.State.AGREED and self.as_at is None


class PlanReceiver(OnBoard):
    """Another board that reads this plan and reports it, and never changes it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="receivers")
    receiving_board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="received")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("plan", "receiving_board"), name="plan_received_once"),
            models.CheckConstraint(
                condition=~Q(board=models.F("receiving_board")), name="plan_not_received_by_its_own"
            ),
        )


class PlanColumn(OnBoard):
    """One column of the plan as the board prints it: its heading, and what the product takes it for."""

    class Field(models.TextChoices):
        REFERENCE = "reference", "Reference"
        STRAND = "strand", "Strategic priority"
        SECTION = "section", "Section"
        OBJECTIVE = "objective", "Objective"
        ACTION = "action", "Action"
        STEPS = "steps", "Steps"
        LEAD = "lead", "Lead"
        SUPPORT = "support", "Support"
        ACCOUNTABLE = "accountable", "Accountable body"
        TIMESCALE = "timescale", "Timescale"
        STATUS = "status", "Status"
        PROGRESS = "progress", "Progress"
        MEASURE = "measure", "Measures"
        OUTCOME = "outcome", "Outcome"
        RATING = "rating", "Rating"
        EVIDENCE = "evidence", "Evidence"
        RECOMMENDATION = "recommendation", "Recommendation"
        TOP_PRIORITY = "top_priority", "Top priority"
        NOTES = "notes", "Notes"
        EXTRA = "extra", "Other text"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="columns")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=20, choices=Field)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("plan", "position"), name="column_position_once_a_plan"),)

    def __str__(self):
        return self.heading


class Section(OnBoard):
    """A numbered part of a plan. It may name a sub-group of its own to oversee it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=300)
    aim = models.TextField(blank=True)
    priority = models.ForeignKey(StrategicPriority, null=True, blank=True, on_delete=models.PROTECT)
    overseen_by = models.ForeignKey(SubGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="sections")

    class Meta:
        ordering = ("plan", "position")
        constraints = (models.UniqueConstraint(fields=("plan", "position"), name="section_position_once_a_plan"),)

    def __str__(self):
        return f"{self.number} {self.title}".strip()


class Objective(OnBoard):
    """What several actions are for: Worcestershire's target areas, Stockport's objectives."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT, related_name="objectives")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=30, blank=True)
    title = models.TextField()

    class Meta:
        ordering = ("plan", "position")
        constraints = (models.UniqueConstraint(fields=("plan", "position"), name="objective_position_once_a_plan"),)

    def __str__(self):
        return f"{self.number} {self.title}".strip()
