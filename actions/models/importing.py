"""A board's own file on its way into a plan: what was read of it, and what its person has settled so far."""

from django.db import models
from django.db.models import Q

from actions.models.plans import Plan
from boards.models import OnBoard, SubGroup


class Import(OnBoard):
    """One file that somebody brings in. Until it is confirmed nothing of the plan changes, and only they see it.

    `read` is what the file holds, in tables (actions.importing.tables); the file itself is not kept. `settled` is what
    its person says of it where the product asks or reads it wrongly. Once it is confirmed both are emptied, and `did`
    says what was written, for as long as that can be undone.
    """

    class State(models.TextChoices):
        OPEN = "open", "Not confirmed"
        DONE = "done", "Confirmed"
        UNDONE = "undone", "Undone"

    class Life(models.TextChoices):
        """What a plan that the import begins is from its first day here."""

        DRAFT = "draft", "A draft, still to be agreed"
        AGREED = "agreed", "A plan that the board has agreed"
        RECORD = "record", "The record of an old plan, as it stood on a past day"

    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="imports")
    title = models.CharField(max_length=200, blank=True)
    overseen_by = models.ForeignKey(SubGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField(null=True, blank=True)
    life = models.CharField(max_length=10, choices=Life, default=Life.DRAFT)
    day = models.DateField(null=True, blank=True, help_text="On which the board agreed it, or as at which it stands.")

    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    read = models.JSONField(null=True, blank=True)
    settled = models.JSONField(default=dict, blank=True)
    did = models.JSONField(default=dict, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    by = models.ForeignKey("boards.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                name="import_state_fits_its_record",
                condition=Q(state="open", done_at__isnull=True, read__isnull=False)
                | Q(state__in=("done", "undone"), done_at__isnull=False, read__isnull=True, plan__isnull=False),
            ),
            models.CheckConstraint(
                name="import_goes_into_a_plan_or_begins_one", condition=Q(plan__isnull=False) | ~Q(title="")
            ),
        )

    def __str__(self):
        return self.file_name
