"""Where a passage stands in everything a board keeps, and what is left of the words around it.

The verb is boards.changes.redact. What it leaves in place of a passage says when and why it went. The words of events
are not changed but removed, which their salted digests allow (ADR 0006); what is left of them stands in the event that
records the redaction, under their name after NOW.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model

from boards.models import Board, Event, EventDetail
from boards.signing_in import KEPT
from boards.words import tables_of_words, words_of

NOW = "now:"
REDACTED = "words.redacted"
SHORTEST = 3
"""Characters of a passage: fewer would take out half the alphabet."""

AROUND = 60
"""Characters that a preview shows on either side of a passage."""


class Passage:
    """Words that have to go, whatever their capitals, the spaces between them or the shape of their apostrophes."""

    def __init__(self, words: str, mark: str = ""):
        parts = [re.sub(r"['’]", "['’]", re.escape(part)) for part in words.split()]
        self.pattern = re.compile(r"\s+".join(parts), re.IGNORECASE)
        self.mark = mark

    def stands_in(self, value: Any) -> bool:
        return any(self.pattern.search(text) for text in texts(value))

    def taken_out_of(self, value: Any, longest: int | None = None):
        """The value with the mark in place of the passage; a short mark where the column is too narrow."""
        if isinstance(value, dict):
            return {self.taken_out_of(key): self.taken_out_of(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.taken_out_of(item) for item in value]
        if not isinstance(value, str):
            return value
        left = self.pattern.sub(lambda _: self.mark, value)
        if longest and len(left) > longest and left != value:
            left = self.pattern.sub("[redacted]", value)[:longest]
        return left


def texts(value: Any) -> Iterator[str]:
    """Every text in a value of a column, those inside lists and dictionaries too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (str(key), *texts(item))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def mark_of(on: date, reason: str) -> str:
    return f"[redacted on {on.day} {on:%B %Y}: {reason}]"


class Place(NamedTuple):
    """One column of one row in which a passage stands, and what will be left there."""

    model: type[Model]
    pk: int
    field: str
    before: Any
    left: Any

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return "history" if self.model is EventDetail else str(self.model._meta.verbose_name)


def find(board: Board, passage: Passage) -> list[Place]:
    """Every place of a board in which a passage stands. Reads all the board's words: nothing slips by an index."""
    found = []
    for model in tables_of_words():
        fields = words_of(model)
        names = [field.name for field in fields]
        own = {"pk": board.pk} if model is Board else {"board": board}
        for pk, *values in model._default_manager.filter(**own).order_by("pk").values_list("pk", *names).iterator():
            found += [
                Place(model, pk, field.name, value, passage.taken_out_of(value, field.max_length))
                for field, value in zip(fields, values, strict=True)
                if passage.stands_in(value)
            ]
    return found


def fingerprint(places: list[Place]) -> str:
    """Of what a preview showed: the same for the same passage in the same places."""
    seen = [[place.model._meta.label, place.pk, place.field, place.before] for place in places]
    return sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def by_kind(places: list[Place]) -> dict[str, int]:
    """How many of these places are of which kind."""
    return dict(Counter(place.kind for place in places))


def excerpt(place: Place, passage: Passage) -> tuple[str, str, str]:
    """What stands before a passage, the passage as written there, and what stands after it; for a preview."""
    match = next(filter(None, map(passage.pattern.search, texts(place.before))))
    start, end = match.span()
    before, after = match.string[:start], match.string[end:]
    return (
        f"…{before[-AROUND:]}" if len(before) > AROUND else before,
        match[0],
        f"{after[:AROUND]}…" if len(after) > AROUND else after,
    )


def told(places: list[Place], passage: Passage, reason: str) -> list[tuple[Model, dict]]:
    """(row, details) of the event for each row that loses words: the database lets them go by these alone."""
    rows: dict[tuple[type[Model], int], dict] = {}
    details = {place.pk: place for place in places if place.model is EventDetail}
    for detail in EventDetail.objects.filter(pk__in=details).select_related("event").order_by("pk"):
        left = details[detail.pk].left
        rows.setdefault((Event, detail.event_id), {})[f"{NOW}{detail.name}"] = left
        stood_for = detail.event
        if stood_for.verb == REDACTED and stood_for.subject_kind == "event" and detail.name.startswith(NOW):
            rows.setdefault((Event, stood_for.subject_id), {})[detail.name] = left
    for place in places:
        if place.model is not EventDetail:
            rows.setdefault((place.model, place.pk), {})[f"{NOW}{place.field}"] = place.left
    found = []
    for model in {model for model, _ in rows}:
        ids = [pk for kind, pk in rows if kind is model]
        for row in model._default_manager.in_bulk(ids).values():
            subject = passage.taken_out_of(str(row))
            found.append((row, {"subject": subject, "reason": reason, **rows[model, row.pk]}))
    return found


def take_out(places: list[Place]) -> None:
    """Change the rows and remove the details; the events that allow it have been written."""
    for place in places:
        rows = place.model._default_manager.filter(pk=place.pk)
        if place.model is EventDetail:
            rows.delete()
        else:
            rows.update(**{place.field: place.left})


def forget_kept_words(board: Board, passage: Passage) -> None:
    """Words that somebody had typed on a page of the board when their session was lost wait in the next one."""
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        path, packed = kept.get(KEPT, ("", "{}"))
        if path.startswith(f"/boards/{board.slug}/") and passage.stands_in(json.loads(packed)):
            del kept[KEPT]
            session.session_data = Session.objects.encode(kept)
            session.save(update_fields=("session_data",))


def details_of(events) -> dict[int, dict[str, Any]]:
    """{event id: {name: value}} of events whose details are fetched along, with what redactions left of them."""
    found = {event.pk: {detail.name: detail.value for detail in event.details.all()} for event in events}
    lacking = [event.pk for event in events if event.digests.keys() - found[event.pk].keys()]
    if lacking:
        left = EventDetail.objects.filter(
            event__verb=REDACTED, event__subject_kind="event", event__subject_id__in=lacking, name__startswith=NOW
        )
        for event, name, value in left.order_by("event__sequence").values_list("event__subject_id", "name", "value"):
            found[event][name.removeprefix(NOW)] = value
    return found


def scrub() -> None:
    """Write the database's files anew, so that nothing of removed words is left between their rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for model in tables_of_words():
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
