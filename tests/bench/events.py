"""Events written a second: chained, the same rows unchained, and the same change with no trail at all."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from secrets import token_hex
from time import perf_counter
from unittest.mock import patch

from django.db import connections, transaction

from actions.models import Note
from boards import audit
from boards.models import Event, EventDetail
from tests import builders

SECONDS = 4
WRITERS = 8


def write_note(action, by):
    """A small change with its event: what `add_note` does."""
    now = datetime.now(UTC)
    with audit.change(action.board, by=by, at=now) as turn:
        Note.objects.create(board=action.board, action=action, on=now.date(), at=now, by=by, words="A call came.")
        turn.record("note.added", action, words="A call came.", internal=False)


class Unchained(audit.Turn):
    """The same rows, without the lock, the digests and the head."""

    def record_many(self, verb, told):
        ((subject, details),) = told
        event = Event.objects.create(
            board_id=self.head.board_id,
            sequence=int(token_hex(7), 16),
            at=self.at,
            by=self.by,
            verb=verb,
            subject_kind=subject._meta.model_name,
            subject_id=subject.pk,
            digests=dict.fromkeys(details, ""),
            digest=token_hex(32),
        )
        EventDetail.objects.bulk_create(
            EventDetail(board_id=event.board_id, event=event, name=name, salt="", value=value)
            for name, value in {"subject": str(subject), "by": str(self.by), **details}.items()
        )
        return [event]


class Silent(audit.Turn):
    """No trail."""

    def record_many(self, verb, told):
        return [None]


def without_chain(turn):
    @contextmanager
    def change(board, *, by, at):
        with transaction.atomic():
            yield turn(audit.ChainHead(board=board), by, at)

    return patch.object(audit, "change", change)


def rate(actions, by, boards):
    """Changes a second by eight writers, spread over so many boards."""
    done = []
    stop = perf_counter() + SECONDS

    def work(action):
        try:
            while perf_counter() < stop:
                write_note(action, by)
                done.append(1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(actions[n % boards],)) for n in range(WRITERS)]
    started = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done) / (perf_counter() - started)


def alone(action, by):
    """Changes a second by one writer."""
    done, stop = 0, perf_counter() + SECONDS
    while perf_counter() < stop:
        write_note(action, by)
        done += 1
    return done / SECONDS


def tables():
    casts = [builders.make_board(f"events-{n}", f"Events {n}") for n in range(WRITERS)]
    actions = [builders.make_plan(cast, actions=1, slug=f"events-{n}").actions.get() for n, cast in enumerate(casts)]
    by = casts[0].manager
    rows = []
    for name, measure in (
        ("one writer, one board", lambda: alone(actions[0], by)),
        (f"{WRITERS} writers, one board", lambda: rate(actions, by, 1)),
        (f"{WRITERS} writers, {WRITERS} boards", lambda: rate(actions, by, WRITERS)),
    ):
        chained = measure()
        with without_chain(Unchained):
            unchained = measure()
        with without_chain(Silent):
            silent = measure()
        rows.append(
            (
                name,
                f"{chained:.0f}",
                f"{unchained:.0f}",
                f"{silent:.0f}",
                f"{chained / unchained:.2f}",
                f"{chained / silent:.2f}",
            )
        )
    heads = ("notes written a second", "chained", "unchained", "no trail", "chained/unchained", "chained/no trail")
    yield "Events", heads, rows
