"""Handing over: an owner's part in an action is offered to another owner, who takes it or says why not."""

from django.db import models
from django.db.models import F, Q

from actions.models.promises import Action, ActionVersion, OwnerRole
from boards.models import Meeting, OnBoard, Owner


class Offer(OnBoard):
    """One owner's part in an action, offered to another. Until it is accepted the old owner answers.

    `version` is the version of the action that an acceptance wrote; `agreed_by` who agreed where somebody else wrote
    that down, and `answer` then says how.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waits for an answer"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="offers")
    from_owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="+")
    to_owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="offers")
    role = models.CharField(max_length=20, choices=OwnerRole.Role)
    reason = models.TextField()
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey("boards.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("boards.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    version = models.OneToOneField(
        ActionVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="handed_over"
    )

    class Meta:
        ordering = ("-offered_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("action", "role"), condition=Q(state="open"), name="one_open_offer_an_action_and_role"
            ),
            models.CheckConstraint(condition=~Q(from_owner=F("to_owner")), name="offer_goes_to_another_owner"),
            models.CheckConstraint(condition=~Q(reason=""), name="offer_says_why"),
            models.CheckConstraint(condition=Q(role__in=("lead", "joint_lead")), name="offer_is_of_a_lead"),
            models.CheckConstraint(
                name="offer_state_fits_its_answer",
                condition=Q(state="open", answered_at__isnull=True, answered_by__isnull=True, version__isnull=True)
                | Q(state="accepted", answered_at__isnull=False, answered_by__isnull=False, version__isnull=False)
                | (
                    Q(state="refused", answered_at__isnull=False, answered_by__isnull=False, version__isnull=True)
                    & ~Q(answer="")
                )
                | Q(state="withdrawn", answered_at__isnull=False, answered_by__isnull=False, version__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(agreed_by="") | (Q(state="accepted") & ~Q(answer="")), name="offer_agreed_by_says_how"
            ),
        )

    def __str__(self):
        return f"{self.get_role_display()} of action {self.action}: {self.from_owner} to {self.to_owner}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
