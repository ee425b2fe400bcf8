"""The record held against the trail: an update, a change of date or of words, or an offer, that no event tells of, or
tells of otherwise, was not written by the product. Asked by verify_audit after the chain itself was found whole.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import islice, zip_longest

from django.utils.timezone import localdate

from actions.models import Action, ActionVersion, DateChange, Offer, Update
from actions.standing import standings, with_dates
from boards.audit import plain
from boards.models import Board, Event
from boards.redaction import details_of

AT_ONCE = 2000
"""Rows held in memory at a time."""

TELLING = ("update.entered", "update.accepted", "action.handed_on", "action.withdrawn")
"""Verbs that put an update on the record."""

ANSWERING = ("offer.accepted", "offer.refused", "offer.withdrawn")
"""Verbs that end an offer."""

NOTHING_NEW = "Nothing has changed."
"""What the event of an update says in place of words, when nothing has changed."""


def differences(board: Board, at: datetime) -> Iterator[str]:
    """A sentence for each row of this board that is not as the trail tells of it, or not as its record adds up."""
    yield from _updates(board)
    yield from _pairs(board, ("date.moved", "date.dated", "date.correction"), DateChange, _date_said, "change of date")
    worded = ("action.added", "action.reworded", "action.changed")
    yield from _pairs(board, worded, ActionVersion, _words_said, "wording")
    yield from _pairs(board, ("offer.made",), Offer, _offer_said, "offer")
    answered = Offer.objects.exclude(state=Offer.State.OPEN).order_by("answered_at", "pk")
    yield from _pairs(board, ANSWERING, Offer, _answer_said, "answer to an offer", answered)
    yield from _caches(board, at)


def _batches(rows):
    rows = rows.iterator(chunk_size=AT_ONCE)
    return iter(lambda: list(islice(rows, AT_ONCE)), [])


def _told(board, verbs):
    """(event, its details, the names of those that a redaction took words from), in order."""
    events = Event.objects.filter(board=board, verb__in=verbs).order_by("sequence").prefetch_related("details")
    for some in _batches(events):
        details = details_of(some)
        for event in some:
            standing = {detail.name for detail in event.details.all()}
            yield event, details[event.pk], event.digests.keys() - standing


def _updates(board):
    told = {details.get("update"): (event, details, redacted) for event, details, redacted in _told(board, TELLING)}
    updates = Update.objects.filter(board=board).select_related("action__plan", "rating").order_by("pk")
    for update in updates.iterator(chunk_size=AT_ONCE):
        where = f"update {update.pk} on action {update.action} of {update.action.plan}"
        event, details, redacted = told.pop(update.pk, (None, {}, ()))
        if event is None:
            yield f"{where} is told of by no event"
            continue
        wrong = [name for name, value in _update_said(update, redacted).items() if details.get(name) != plain(value)]
        if (event.subject_id, event.at, event.by_id) != (update.action_id, update.at, update.by_id):
            wrong.append("who, when or about what")
        if wrong:
            yield f"{where} is not what event {event.sequence} says was written: {', '.join(wrong)}"
    for event, _, _ in told.values():
        yield f"the update that event {event.sequence} tells of is gone"


def _update_said(update, redacted):
    """What the event says of an update; a short word that a redaction took from the event alone is not held to it."""
    words = {"reason": update.reason, "words": update.words or NOTHING_NEW, "next_steps": update.next_steps}
    names = {"status": update.get_status_display(), "rating": update.rating, "entered_for": update.entered_for}
    return words | {name: value for name, value in names.items() if name not in redacted}


def _pairs(board, verbs, model, said, what, found=None):
    """Rows and events of the same action come in the same order, one for one, and say the same.

    Args:
        found: the rows, where they are not all of the model in the order in which they were written.
    """
    told = defaultdict(list)
    for event, details, _ in _told(board, verbs):
        told[event.subject_id].append((event, details))
    a_row = f"an {what}" if what[0] in "ao" else f"a {what}"
    rows = defaultdict(list)
    every = model.objects.order_by("pk") if found is None else found
    for row in every.filter(board=board).select_related("action__plan"):
        rows[row.action_id].append(row)
    for action in rows.keys() | told.keys():
        for row, (event, details) in zip_longest(rows[action], told[action], fillvalue=(None, {})):
            if not isinstance(row, model):
                yield f"the {what} that event {event.sequence} tells of is gone"
            elif event is None:
                yield f"{a_row} of action {row.action} of {row.action.plan} is told of by no event"
            elif any(details.get(name) != plain(value) for name, value in said(row, event).items()):
                yield f"{a_row} of action {row.action} of {row.action.plan} is not what event {event.sequence} says"


def _date_said(row, event):
    kind = event.verb.removeprefix("date.")
    return {"before": row.from_due, "after": row.to_due, "why": row.why} if kind == row.kind else {"kind": row.kind}


def _words_said(version, event):
    if event.verb == "action.added":
        return {"wording": version.wording}
    return {"after": version.wording, "reason": version.reason}


def _offer_said(offer, event):
    written = (offer.offered_at, offer.offered_by_id) == (event.at, event.by_id)
    return {"part": offer.get_role_display().lower(), "reason": offer.reason} if written else {"part": ""}


def _answer_said(offer, event):
    written = (offer.state, offer.answered_at, offer.answered_by_id)
    if written != (event.verb.removeprefix("offer."), event.at, event.by_id):
        return {"part": ""}
    agreed_by = {"agreed_by": offer.agreed_by} if offer.state == Offer.State.ACCEPTED else {}
    return {"part": offer.get_role_display().lower(), "answer": offer.answer} | agreed_by


def _caches(board, at):
    """What the lists show of each action, against what its record adds up to."""
    actions = with_dates(Action.objects.filter(board=board)).select_related("plan", "rating", "last_update")
    for some in _batches(actions.order_by("pk")):
        found = standings(some, on=localdate(at), known_by=at)
        for action in some:
            stood = found[action.pk]
            wrong = [name for name, value in stood.caches.items() if getattr(action, name) != value]
            if any(step.done_on != stood.steps_done.get(step.pk) for step in action.steps.all()):
                wrong.append("steps")
            if wrong:
                yield f"action {action} of {action.plan} shows another {wrong[0]} than its record adds up to"
