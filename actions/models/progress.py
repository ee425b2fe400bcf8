"""How it goes: rounds, quarterly updates on their way, updates on the record, notes, evidence."""

from django.db import models
from django.db.models import F, Q

from boards.models import OnBoard, Owner, Rating, ReportingPeriod


class Status(models.TextChoices):
    """What is done about an action. Not its rating (a judgement), nor its date state (a computation)."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    PROPOSED_COMPLETE = "proposed_complete", "Proposed complete"
    COMPLETE = "complete", "Complete"
    EMBEDDED = "embedded", "Embedded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Round(OnBoard):
    """The asking for one period's updates, for one plan or for all of the board's."""

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="rounds")
    plan = models.ForeignKey("Plan", null=True, blank=True, on_delete=models.PROTECT, related_name="rounds")
    opens = models.DateField()
    due = models.DateField()
    grace_ends = models.DateField()
    closes = models.DateField()

    class Meta:
        ordering = ("opens",)
        constraints = (
            models.CheckConstraint(
                condition=Q(due__gte=F("opens")) & Q(grace_ends__gte=F("due")) & Q(closes__gte=F("grace_ends")),
                name="round_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=("period",), condition=Q(plan__isnull=True), name="one_round_a_period_for_all_plans"
            ),
            models.UniqueConstraint(fields=("period", "plan"), name="one_round_a_period_and_plan"),
        )

    def __str__(self):
        return f"Round for {self.period}"


class Statement(OnBoard):
    """What is said about an action: the same questions whether it is on its way or on the record."""

    class DateAnswer(models.TextChoices):
        HOLDS = "holds", "The date will hold"
        WILL_MOVE = "will_move", "The date will not hold"

    status = models.CharField(max_length=20, choices=Status)
    rating = models.ForeignKey(Rating, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    words = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    date_answer = models.CharField(max_length=20, choices=DateAnswer, blank=True)
    no_change = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Submission(Statement):
    """A quarterly update on its way: what one owner sends about one action in one round."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        SENT_BACK = "sent_back", "Sent back"
        ACCEPTED = "accepted", "Accepted"

    action = models.ForeignKey("Action", on_delete=models.PROTECT, related_name="submissions")
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="submissions")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    steps_shown = models.JSONField(default=list, blank=True, help_text="The steps that were done when it was begun.")
    steps_done = models.JSONField(default=list, blank=True)
    evidence_shows = models.TextField(blank=True)
    evidence_kind = models.CharField(max_length=20, blank=True)
    evidence_dated = models.DateField(null=True, blank=True)
    evidence_where = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey("boards.User", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    submitted_by = models.ForeignKey("boards.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey("boards.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("round", "action")
        constraints = (
            models.UniqueConstraint(fields=("action", "owner", "round"), name="one_submission_an_owner_and_round"),
            models.CheckConstraint(
                name="submission_state_fits_its_record",
                condition=Q(state="draft")
                | Q(state="submitted", submitted_at__isnull=False, submitted_by__isnull=False)
                | Q(state="accepted", submitted_at__isnull=False, reviewed_at__isnull=False)
                | (Q(state="sent_back", submitted_at__isnull=False, reviewed_at__isnull=False) & ~Q(comment="")),
            ),
        )

    def __str__(self):
        return f"Quarterly update on {self.action} by {self.owner}"


class Update(Statement):
    """A statement on the record. Never changed: a later one may supersede it."""

    class Source(models.TextChoices):
        SUBMISSION = "submission", "Quarterly update"
        ENTERED = "entered", "Entered by the coordinator"
        DECISION = "decision", "Decision"
        IMPORT = "import", "Imported, unchecked"
        CORRECTION = "correction", "Correction"

    action = models.ForeignKey("Action", on_delete=models.PROTECT, related_name="updates")
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="updates")
    period = models.ForeignKey(ReportingPeriod, null=True, blank=True, on_delete=models.PROTECT, related_name="updates")
    submission = models.OneToOneField(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="update"
    )
    source = models.CharField(max_length=20, choices=Source)
    entered_for = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("boards.User", null=True, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        ordering = ("on", "id")
        get_latest_by = ("on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=Status.values), name="update_status_is_known"),
            models.CheckConstraint(
                condition=Q(source="submission", submission__isnull=False)
                | (~Q(source="submission") & Q(submission__isnull=True)),
                name="update_source_fits_its_submission",
            ),
            models.CheckConstraint(condition=Q(by__isnull=False) | Q(source="import"), name="update_is_by_somebody"),
            models.CheckConstraint(condition=~Q(words="") | Q(no_change=True), name="update_says_something"),
        )
        indexes = (models.Index(fields=("action", "on"), name="update_action_on"),)

    def __str__(self):
        return f"Update on {self.action} by {self.owner}"


class StepTick(OnBoard):
    """An update said of a step that it is done, or that after all it is not."""

    action = models.ForeignKey("Action", on_delete=models.PROTECT, related_name="step_ticks")
    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="step_ticks")
    step = models.ForeignKey("Step", on_delete=models.PROTECT, related_name="ticks")
    done = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("update", "step"), name="step_ticked_once_an_update"),)


class Note(OnBoard):
    """A dated progress note between rounds. An internal one is the coordinator's and never reported."""

    action = models.ForeignKey("Action", on_delete=models.PROTECT, related_name="notes")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("boards.User", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    internal = models.BooleanField(default=False)

    class Meta:
        ordering = ("on", "id")
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="note_says_something"),)

    def __str__(self):
        return f"Note on {self.action}"


class Evidence(OnBoard):
    """What shows that something was done, and where it is held. The file stays in the board's own store."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "Document"
        MINUTES = "minutes", "Minutes of a meeting"
        DATA = "data", "Data or performance figures"
        AUDIT = "audit", "Audit or inspection"
        FEEDBACK = "feedback", "Feedback from people"
        OTHER = "other", "Something else"

    action = models.ForeignKey("Action", on_delete=models.PROTECT, related_name="evidence")
    update = models.ForeignKey(Update, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    shows = models.TextField()
    kind = models.CharField(max_length=20, choices=Kind)
    dated = models.DateField(null=True, blank=True)
    where = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("boards.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")
        verbose_name_plural = "evidence"
        constraints = (
            models.CheckConstraint(condition=~Q(shows="") & ~Q(where=""), name="evidence_says_what_and_where"),
        )

    def __str__(self):
        return self.shows


class EvidenceSighting(OnBoard):
    """Somebody has seen a piece of evidence."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="sightings")
    by = models.ForeignKey("boards.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)
        constraints = (models.UniqueConstraint(fields=("evidence", "by"), name="evidence_seen_once_a_person"),)
