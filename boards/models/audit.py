"""The audit trail: events chained per board, what they say, the head of each chain, and the access log.

An event holds no words of its own, only digests of them; the words stand in EventDetail. So words can be
removed by a recorded redaction while the chain still verifies. Rows are written by boards.audit alone.
"""

from django.conf import settings
from django.db import models

from boards.models.board import Board, OnBoard


class Event(OnBoard):
    """One line of a board's audit trail. Never updated, never deleted (boards.guards)."""

    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    digests = models.JSONField(help_text="Detail name: SHA-256 over its salt and value.")
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("board", "sequence")
        constraints = (models.UniqueConstraint(fields=("board", "sequence"), name="event_sequence_once_a_board"),)
        indexes = (models.Index(fields=("board", "subject_kind", "subject_id"), name="event_subject"),)

    def __str__(self):
        return f"{self.sequence}. {self.verb}"


class EventDetail(OnBoard):
    """One thing an event says: who, what it is called, before and after. Removed only by a recorded redaction."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="details")
    name = models.CharField(max_length=60)
    salt = models.CharField(max_length=64)
    value = models.JSONField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "name"), name="event_detail_once"),)


class ChainHead(models.Model):
    """The end of a board's chain. Locking it first is how every change on a board takes its turn."""

    board = models.OneToOneField(Board, on_delete=models.PROTECT, primary_key=True, related_name="chain_head")
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)


class AccessLog(models.Model):
    """Refusals, reads that matter, downloads. Not chained: it says who looked, not what changed."""

    class Outcome(models.TextChoices):
        DONE = "done", "Done"
        FORBIDDEN = "forbidden", "Refused"
        HIDDEN = "hidden", "Refused, as if it were not there"

    board = models.ForeignKey(Board, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=300, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.DONE)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("board", "at"), name="access_board_at"),)
