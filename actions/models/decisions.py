"""What was decided about an action: its dates, rulings on it, and what took its place."""

from django.db import models
from django.db.models import F, Q

from actions.models.progress import Submission
from actions.models.promises import Action, Step
from boards.models import Meeting, OnBoard, Owner, Seat


class DateRequest(OnBoard):
    """Somebody asks for another date. It moves nothing until a chair or coordinator agrees."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="date_requests")
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.PROTECT)
    to_due = models.DateField()
    why = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("boards.User", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("boards.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("asked_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="date_request_says_why"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | Q(state__in=("agreed", "refused"), decided_at__isnull=False, decided_by__isnull=False),
                name="date_request_decided_by_somebody",
            ),
        )

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class DateChange(OnBoard):
    """A due date moved, was first given, or had been misread. Only a move is slippage."""

    class Kind(models.TextChoices):
        MOVED = "moved", "Moved"
        DATED = "dated", "First date given"
        CORRECTION = "correction", "Reading corrected"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="date_changes")
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.PROTECT, related_name="date_changes")
    request = models.OneToOneField(DateRequest, null=True, blank=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MOVED)
    from_due = models.DateField(null=True, blank=True)
    to_due = models.DateField(null=True, blank=True)
    why = models.TextField()
    asked_by = models.CharField(max_length=200, blank=True)
    agreed_by = models.ForeignKey("boards.User", null=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("on", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="date_change_says_why"),
            models.CheckConstraint(
                name="date_change_fits_its_kind",
                condition=Q(kind="moved", from_due__isnull=False, to_due__isnull=False)
                | Q(kind="dated", from_due__isnull=True, to_due__isnull=False)
                | (Q(kind="correction") & (Q(from_due__isnull=False) | Q(to_due__isnull=False))),
            ),
            models.CheckConstraint(
                condition=Q(from_due__isnull=True) | Q(to_due__isnull=True) | ~Q(from_due=F("to_due")),
                name="date_change_changes_the_date",
            ),
        )


class Decision(OnBoard):
    """What a chair or a meeting ruled on an action."""

    class Kind(models.TextChoices):
        ACCEPT_EXPLANATION = "accept_explanation", "Explanation accepted"
        EXTEND = "extend", "Date extended"
        REFER_UP = "refer_up", "Referred up"
        REFER_BACK = "refer_back", "Referred back"
        REASSIGN = "reassign", "Reassigned"
        ASK_FOR_UPDATE = "ask_for_update", "Update asked for"
        ACCEPT_COMPLETION = "accept_completion", "Completion accepted"
        REFUSE_COMPLETION = "refuse_completion", "Completion refused"
        REOPEN = "reopen", "Reopened"
        WITHDRAW = "withdraw", "Withdrawn"
        SUPERSEDE = "supersede", "Superseded"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.TextField()
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_owner = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    date_change = models.OneToOneField(DateChange, null=True, blank=True, on_delete=models.PROTECT)
    agreed_with = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, help_text="The other agency that agreed."
    )
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("boards.User", on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        ordering = ("on", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="decision_says_why"),
            models.CheckConstraint(
                condition=~Q(kind="reassign") | Q(to_owner__isnull=False), name="reassigned_to_somebody"
            ),
        )


class Succession(OnBoard):
    """An action carried over, merged, split or replaced: first date, moves and history travel along it."""

    class Kind(models.TextChoices):
        CARRIED = "carried", "Carried over"
        MERGED = "merged", "Merged"
        SPLIT = "split", "Split"
        REPLACED = "replaced", "Replaced"

    kind = models.CharField(max_length=10, choices=Kind)
    from_action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="successors")
    to_action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="predecessors")
    first_due = models.DateField(null=True, blank=True, help_text="When the older action was first due.")
    reason = models.TextField()
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("boards.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("from_action", "to_action"), name="succession_once"),
            models.CheckConstraint(condition=~Q(from_action=F("to_action")), name="no_action_succeeds_itself"),
            models.CheckConstraint(condition=~Q(reason=""), name="succession_says_why"),
        )
