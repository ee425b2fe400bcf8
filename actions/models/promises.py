"""What was promised: actions, their versions, and the parts of their definition.

Parts (owners, strands, steps, measures, milestones, recommendations) are not rewritten when an action changes:
each stands from one version (`since`) until another (`until`). So first and current stand side by side.
"""

from django.db import models
from django.db.models import F, Q

from actions.models.plans import Objective, Plan, PlanColumn, Section
from actions.models.progress import Status
from boards.models import Meeting, OnBoard, Owner, Rating, StrategicPriority
from boards.models.board import dates_in_order, in_force


class Timescale(OnBoard):
    """A board's exact words about time, and our reading of them (actions.timescales). Never changed, only replaced."""

    text = models.TextField(blank=True)
    kind = models.CharField(max_length=20)
    start = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(null=True, blank=True)
    doubts = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = (
            dates_in_order("start", "due", "timescale_due_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(kind="by_date") | Q(due__isnull=False), name="timescale_by_date_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("by_date", "window", "milestones", "recurring", "ongoing", "event", "none")),
                name="timescale_kind_is_known",
            ),
        )

    def __str__(self):
        return self.text


class Actions(models.Manager):
    """Actions that stand in their plan: one that was taken out of a draft is in none of its lists and counts."""

    def get_queryset(self):
        return super().get_queryset().filter(removed_at__isnull=True)


class Action(OnBoard):
    """One promise of a plan. What it says is in its versions and their parts; section, objective, reference and top
    priority are those of its newest version.

    status, rating, due, next_due, heard_on and last_update are caches: actions.standing works them out and is
    the only place that writes them.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    objective = models.ForeignKey(Objective, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    reference = models.CharField(max_length=30)
    position = models.PositiveIntegerField()
    top_priority = models.BooleanField(default=False)
    limited = models.BooleanField("limited circulation", default=False)
    version = models.ForeignKey("ActionVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_version = models.ForeignKey(
        "ActionVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="What was agreed; a draft has none yet.",
    )
    timescale = models.ForeignKey(Timescale, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_due = models.DateField(null=True, blank=True)

    due = models.DateField(null=True, blank=True)
    next_due = models.DateField(
        null=True,
        blank=True,
        help_text="The earliest date still to be met: its own, or that of a step not done.",
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED)
    rating = models.ForeignKey(Rating, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    heard_on = models.DateField(null=True, blank=True)
    last_update = models.ForeignKey("Update", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True, help_text="When it was taken out of a draft.")

    objects = Actions()
    ever_written = models.Manager()

    class Meta:
        ordering = ("plan", "position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "reference"),
                condition=Q(removed_at__isnull=True),
                name="action_reference_once_a_plan",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="action_has_a_reference"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="action_status_is_known"),
        )
        indexes = (
            models.Index(fields=("board", "next_due"), name="action_board_next_due"),
            models.Index(fields=("plan", "position"), name="action_plan_position"),
        )

    def __str__(self):
        return self.reference


class ActionVersion(OnBoard):
    """What an action says from one change to the next: an immutable row, with why and where it was agreed."""

    GOES_ON_FROM = ("section",)

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objective = models.ForeignKey(Objective, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=30)
    top_priority = models.BooleanField(default=False)
    wording = models.TextField()
    outcome = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("boards.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("action", "number")
        constraints = (
            models.UniqueConstraint(fields=("action", "number"), name="version_number_once_an_action"),
            models.CheckConstraint(condition=~Q(wording=""), name="version_has_words"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="later_version_has_a_reason"),
        )

    def __str__(self):
        return self.wording


class Reading(OnBoard):
    """Which reading of its words about time an action has from a moment on; a correction brings another."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="readings")
    timescale = models.ForeignKey(Timescale, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")


def in_definition(known_by=None):
    """Q: parts of the definition that stands now, or stood at a moment."""
    if known_by is None:
        return Q(until__isnull=True)
    return Q(since__at__lte=known_by) & (Q(until__isnull=True) | Q(until__at__gt=known_by))


class Part(OnBoard):
    """A part of an action's definition, from one version until another."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT)
    since = models.ForeignKey(ActionVersion, on_delete=models.PROTECT, related_name="+")
    # No index: nearly every part stands, so SQLite, taking "until is null" for rare, would read the whole table by it.
    until = models.ForeignKey(
        ActionVersion, null=True, blank=True, db_index=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class OwnerRoles(models.QuerySet):
    def standing(self, on):
        """Parts of the current definition that owners hold on a day."""
        return self.filter(in_force(on), until__isnull=True)


class OwnerRole(Part):
    """Who leads, joins in leading, supports or is accountable for an action; dates where the plan gives them."""

    class Role(models.TextChoices):
        LEAD = "lead", "Lead"
        JOINT_LEAD = "joint_lead", "Joint lead"
        SUPPORT = "support", "Support"
        ACCOUNTABLE = "accountable", "Accountable"

    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="action_roles")
    role = models.CharField(max_length=20, choices=Role)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    objects = OwnerRoles.as_manager()

    class Meta:
        ordering = ("id",)
        default_related_name = "owner_roles"
        constraints = (
            models.UniqueConstraint(
                fields=("action",),
                condition=Q(role="lead", until__isnull=True, ends__isnull=True),
                name="action_has_one_lead",
            ),
            models.UniqueConstraint(
                fields=("action", "owner", "role"),
                condition=Q(until__isnull=True),
                name="owner_has_a_role_once",
            ),
            dates_in_order("starts", "ends", "owner_role_ends_after_it_starts"),
        )

    def __str__(self):
        return f"{self.owner} ({self.get_role_display().lower()})"

    def holds_on(self, on):
        """Whether a part in hand holds on a day, as `standing` asks of many."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or self.ends >= on)


class ActionPriority(Part):
    """A strand of an action: many actions serve several."""

    priority = models.ForeignKey(StrategicPriority, on_delete=models.PROTECT, related_name="action_priorities")

    class Meta:
        ordering = ("id",)
        default_related_name = "action_priorities"
        constraints = (
            models.UniqueConstraint(
                fields=("action", "priority"), condition=Q(until__isnull=True), name="action_priority_once"
            ),
        )


class Step(Part):
    """One of the ways an action will be done. A late step makes its action late."""

    position = models.PositiveIntegerField()
    text = models.TextField()
    lead = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="led_steps")
    timescale = models.ForeignKey(Timescale, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True, help_text="A cache of the latest tick.")
    first = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="later",
        help_text="The row as which it first stood, where it has been worded, led or dated otherwise since.",
    )

    class Meta:
        ordering = ("action", "position")
        default_related_name = "steps"

    def __str__(self):
        return self.text


class Milestone(Part):
    """A labelled date inside an action's timescale: “Evaluation: March 2016”."""

    position = models.PositiveIntegerField()
    label = models.CharField(max_length=200, blank=True)
    timescale = models.ForeignKey(Timescale, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("action", "position")
        default_related_name = "milestones"

    def __str__(self):
        return self.label or self.timescale.text


class Measure(Part):
    """How the board will know: one measure of an action."""

    position = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("action", "position")
        default_related_name = "measures"

    def __str__(self):
        return self.text


class RecommendationSource(OnBoard):
    """The review, inspection or audit that a plan answers."""

    class Kind(models.TextChoices):
        REVIEW = "review", "Review"
        INSPECTION = "inspection", "Inspection"
        AUDIT = "audit", "Audit"

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind)
    dated = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-dated", "title")
        constraints = (models.UniqueConstraint(fields=("board", "title"), name="source_title_once_a_board"),)

    def __str__(self):
        return self.title


class Recommendation(OnBoard):
    """One numbered recommendation of a source (Stockport calls them challenges)."""

    source = models.ForeignKey(RecommendationSource, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("source", "number")
        constraints = (models.UniqueConstraint(fields=("source", "number"), name="recommendation_number_once"),)

    def __str__(self):
        return f"{self.number}. {self.text}"


class ActionRecommendation(Part):
    """An action answers a recommendation."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        ordering = ("id",)
        default_related_name = "action_recommendations"
        constraints = (
            models.UniqueConstraint(
                fields=("action", "recommendation"),
                condition=Q(until__isnull=True),
                name="action_answers_once",
            ),
        )


class CrossReference(OnBoard):
    """The plan's own “links to 1.3.1”: the words as printed, and what they point to when it exists."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="cross_references")
    text = models.CharField(max_length=200)
    target = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="referred_from")
    objective = models.ForeignKey(
        Objective, null=True, blank=True, on_delete=models.PROTECT, related_name="referred_from"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(target__isnull=True) | ~Q(target=F("action")), name="no_link_to_itself"),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(objective__isnull=True), name="link_to_one_thing"
            ),
        )

    def __str__(self):
        return self.text


class Cell(Part):
    """What the plan printed for an action in one of its columns, kept until the action says something else there."""

    column = models.ForeignKey(PlanColumn, on_delete=models.PROTECT, related_name="cells")
    text = models.TextField(blank=True)

    class Meta:
        default_related_name = "cells"
        constraints = (
            models.UniqueConstraint(fields=("action", "column"), condition=Q(until__isnull=True), name="cell_once"),
        )
