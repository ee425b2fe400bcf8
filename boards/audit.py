"""The audit trail: how a change takes its turn on a board, is written down, chained, and proved untampered.

Every verb that changes something of a board does it inside `change`, which locks the head of the board's chain
before anything else, so that what it reads stays true until it has written, and puts the event into the same
transaction. The chain covers digests, not words: see boards.models.audit.
"""

import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from boards import guards
from boards.models import Board, ChainHead, Event, EventDetail

FORMAT = 1
"""Version of what a digest covers; part of every digest."""

_turns: ContextVar[dict] = ContextVar("turns")


def canonical(value):
    """One text for one value: what digests are made of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def detail_digest(name, salt, value):
    """SHA-256 of one detail; the salt keeps short words from being guessed from it."""
    return sha256(canonical([salt, name, value]).encode()).hexdigest()


def event_digest(event):
    """SHA-256 of everything an event holds, the digest of the one before it included."""
    covered = [
        FORMAT,
        event.board_id,
        event.sequence,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.by_id,
        event.verb,
        event.subject_kind,
        event.subject_id,
        event.digests,
        event.previous,
    ]
    return sha256(canonical(covered).encode()).hexdigest()


def plain(value):
    """A value as the trail keeps it: dates as ISO text, rows by what they are called."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return str(value)


class Turn:
    """One person's turn on one board: what `change` hands to a verb to write its events with."""

    def __init__(self, head, by, at):
        self.head, self.by, self.at = head, by, at

    @property
    def on(self):
        """The London day of the turn."""
        return timezone.localdate(self.at)

    def record(self, verb, subject, **details):
        """Write one event about `subject` (a row of this board), in words that a reader can do something with."""
        return self.record_many(verb, [(subject, details)])[0]

    def record_many(self, verb, told):
        """Write an event for each (subject, details) with four statements in all; for imports and loaders."""
        events, salted = [], []
        for subject, details in told:
            details = {
                "subject": str(subject),
                "by": str(self.by) if self.by else "cseplan",
                **{name: plain(value) for name, value in details.items()},
            }
            salts = {name: secrets.token_hex(16) for name in details}
            event = Event(
                board_id=self.head.board_id,
                sequence=self.head.sequence + 1,
                at=self.at,
                by=self.by,
                verb=verb,
                subject_kind=subject._meta.model_name,
                subject_id=subject.pk,
                digests={name: detail_digest(name, salts[name], value) for name, value in details.items()},
                previous=self.head.digest,
            )
            event.digest = event_digest(event)
            self.head.sequence, self.head.digest = event.sequence, event.digest
            events.append(event)
            salted.append([(name, salts[name], value) for name, value in details.items()])
        Event.objects.bulk_create(events)
        EventDetail.objects.bulk_create(
            EventDetail(board_id=event.board_id, event=event, name=name, salt=salt, value=value)
            for event, rows in zip(events, salted, strict=True)
            for name, salt, value in rows
        )
        self.head.save(update_fields=("sequence", "digest"))
        return events


@contextmanager
def change(board: Board, *, by, at: datetime) -> Iterator[Turn]:
    """Take the board's turn: one transaction, the chain head locked first. Verbs may call verbs of the same board.

    Args:
        by: the person, or None when the product itself does it.
        at: the recorded moment, aware.
    """
    turns = _turns.get({})
    key = (connection.alias, board.pk)
    with transaction.atomic():
        head = turns.get(key)
        if head is None:
            head, _ = ChainHead.objects.select_for_update().get_or_create(board=board)
        stood = (head.sequence, head.digest)
        token = _turns.set({**turns, key: head})
        try:
            yield Turn(head, by, at)
        except BaseException:
            head.sequence, head.digest = stood
            raise
        finally:
            _turns.reset(token)


class Fault(NamedTuple):
    """The first broken link of a board's chain: where, and what is wrong in one sentence."""

    board: str
    sequence: int
    what: str

    def __str__(self):
        return f"{self.board}, event {self.sequence}: {self.what}"


@transaction.atomic
def verify(board, heads=()):
    """The first fault of a board's chain, or None when it is whole. Nobody writes on the board meanwhile.

    Args:
        heads: (sequence, digest) pairs exported earlier; each must still stand where it stood.
    """
    head = ChainHead.objects.select_for_update().filter(board=board).first()
    expected = dict(heads)
    previous, last = "", 0
    redacted = defaultdict(set)
    for event, digests in Event.objects.filter(board=board, verb="words.redacted", subject_kind="event").values_list(
        "subject_id", "digests"
    ):
        redacted[event] |= {name.removeprefix("now:") for name in digests}
    details = _details_by_event(board)
    for event in Event.objects.filter(board=board).order_by("sequence").iterator(chunk_size=2000):
        fault = _fault_of(event, last, previous, details.get(event.pk), redacted, expected)
        if fault:
            return Fault(board.slug, last + 1 if event.sequence != last + 1 else event.sequence, fault)
        previous, last = event.digest, event.sequence
    if head is None:
        return Fault(board.slug, 1, "the board has no head: its chain of events was taken away")
    if (head.sequence, head.digest) != (last, previous):
        return Fault(board.slug, last + 1, "the chain does not end where its head says: events are missing or added")
    later = [sequence for sequence in expected if sequence > last]
    if later:
        return Fault(board.slug, last + 1, f"the exported head {min(later)} is missing: the end of the chain was cut")
    return None


def _fault_of(event, last, previous, details, redacted, expected):
    if event.sequence != last + 1:
        return f"the next event has number {event.sequence}: events are missing"
    if event.previous != previous:
        return "it does not follow the event before it"
    if event.digest != event_digest(event):
        return "it was changed after it was written"
    if event.sequence in expected and expected[event.sequence] != event.digest:
        return "it is not the event that stood here when the heads were exported"
    return _fault_of_details(event, details or {}, redacted)


def _fault_of_details(event, details, redacted):
    for name, (salt, value) in details.items():
        if event.digests.get(name) != detail_digest(name, salt, value):
            return f"its words for “{name}” were changed after they were written"
    missing = event.digests.keys() - details.keys() - redacted.get(event.pk, set())
    if missing:
        return f"its words for “{min(missing)}” are gone without a recorded redaction"
    return None


def _details_by_event(board):
    rows = (
        EventDetail.objects.filter(board=board)
        .order_by("event_id")
        .values_list("event_id", "name", "salt", "value")
        .iterator(chunk_size=5000)
    )
    return {
        event: {name: (salt, value) for _, name, salt, value in found}
        for event, found in groupby(rows, key=lambda row: row[0])
    }


Check = Callable[[Board, datetime], Iterable[str]]
_checks: list[Check] = []


def also_check(check: Check) -> None:
    """An app says how the rows of a board are held against its trail: given the board and the moment, sentences."""
    _checks.append(check)


@transaction.atomic
def differences(board, at):
    """Sentences about rows that are not as the trail tells of them. Nobody writes on the board meanwhile."""
    ChainHead.objects.select_for_update().filter(board=board).first()
    return [what for check in _checks for what in check(board, at)]


def fault_of_guards():
    """Sentences about triggers that are missing or altered in this database."""
    return guards.problems(connection)
