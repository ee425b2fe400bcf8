"""What is said about an action: entered by the coordinator, or drafted, submitted, accepted and sent back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from actions import rag
from actions.changes.plans import refuse_ended, refuse_unless_in_use
from actions.deadlines import OPEN
from actions.models import (
    Action,
    Evidence,
    EvidenceSighting,
    Note,
    Step,
    StepTick,
    Submission,
    Update,
)
from actions.permissions import owners_asked
from actions.standing import refresh
from actions.steps import meant
from boards.audit import change
from boards.models import Owner, Rating
from boards.ratings import is_current


class Stale(Exception):
    """Somebody saved since this form was opened: `newer` is what they saved (an Update or a Submission)."""

    def __init__(self, newer, by, at):
        super().__init__(f"{by} saved since")
        self.newer, self.by, self.at = newer, by, at


class NotWhole(Exception):
    """The answer lacks words it owes: {field: sentence}."""

    def __init__(self, owed):
        super().__init__("; ".join(owed.values()))
        self.owed = owed


@dataclass(frozen=True)
class EvidenceGiven:
    """A record of what shows that something was done, and where it is held."""

    shows: str
    kind: str
    where: str
    dated: date | None = None


@dataclass(frozen=True)
class Answer:
    """What is said about an action: the answers to the questions on the update page.

    `steps_shown` are the steps that stood as done when the answer was begun: only what differs from them is said.
    """

    status: str
    rating: Rating | None = None
    reason: str = ""
    words: str = ""
    next_steps: str = ""
    date_answer: str = ""
    no_change: bool = False
    steps_done: frozenset[int] = field(default_factory=frozenset)
    steps_shown: frozenset[int] | None = None
    evidence: EvidenceGiven | None = None

    def statement(self):
        """The fields that an update and a submission share."""
        return {
            "status": self.status,
            "rating": self.rating,
            "reason": self.reason,
            "words": self.words,
            "next_steps": self.next_steps,
            "date_answer": self.date_answer,
            "no_change": self.no_change,
        }

    def owed(self, action, on):
        """{field: sentence} of what the answer still lacks."""
        return rag.missing_words(
            status=self.status,
            rating=self.rating,
            reason=self.reason,
            words=self.words,
            no_change=self.no_change,
            date_answer=self.date_answer,
            next_due=action.next_due,
            on=on,
        )


def enter_update(
    *,
    action,
    owner,
    answer: Answer,
    period,
    by,
    at,
    source=Update.Source.ENTERED,
    entered_for="",
    submission=None,
    supersedes=None,
    last_seen=None,
):
    """Put an update on the record of an action.

    Args:
        last_seen: id of the newest update the form showed, 0 for none; a newer one makes this Stale.
    Raises:
        Stale, NotWhole: nothing was saved.
    """
    with change(action.board, by=by, at=at) as turn:
        action = Action.objects.select_for_update(of=("self",)).select_related("board", "rating").get(pk=action.pk)
        _refuse_stale(action, last_seen)
        if source == Update.Source.ENTERED:
            _refuse_unless_in_use(action)
            _refuse_others(action, owner, turn.on)
            if owed := {**_old_words(answer), **answer.owed(action, turn.on)}:
                raise NotWhole(owed)
        before = _said_before([action]).get((action.pk, owner.pk))
        update = _update(
            turn,
            action,
            owner,
            answer,
            source=source,
            period=period,
            submission=submission,
            entered_for=entered_for,
            supersedes=supersedes,
        )
        update.save()
        ticked = _tick(action, update, answer)
        if answer.evidence:
            add_evidence(action=action, evidence=answer.evidence, update=update, by=by, at=at)
        turn.record(
            "update.entered" if submission is None else "update.accepted",
            action,
            **_event(update, before),
            steps=ticked,
        )
        refresh([action], on=turn.on, known_by=at)
    return update


def import_updates(*, board, told: Sequence[tuple[Action, Owner, Answer]], by, at):
    """What a file says of progress, on the record as imported and unchecked: for one action or for thousands.

    Args:
        told: of each action, whose word it is, and what they say; of steps and evidence a file says nothing.
    """
    with change(board, by=by, at=at) as turn:
        actions = [action for action, _, _ in told]
        before = _said_before(actions)
        updates = [_update(turn, *one, source=Update.Source.IMPORT) for one in told]
        Update.objects.bulk_create(updates)
        turn.record_many(
            "update.entered",
            [
                (update.action, {**_event(update, before.get((update.action_id, update.owner_id))), "steps": {}})
                for update in updates
            ],
        )
        refresh(actions, on=turn.on, known_by=at)
    return updates


def _said_before(actions):
    """{(action id, owner id): the last that they said of it}"""
    said = Update.objects.filter(action__in=actions, superseded_by__isnull=True).select_related("rating")
    return {(update.action_id, update.owner_id): update for update in said.order_by("on", "id")}


def _update(turn, action, owner, answer, *, source, submission=None, **record):
    return Update(
        board=action.board,
        action=action,
        owner=owner,
        source=source,
        submission=submission,
        on=localdate(submission.submitted_at) if submission else turn.on,
        at=turn.at,
        by=turn.by,
        **record,
        **answer.statement(),
    )


def _event(update, before):
    """What the trail keeps of an update."""
    return {
        "update": update.pk,
        "owner": update.owner,
        "period": update.period,
        "status": update.get_status_display(),
        "rating_before": before and before.rating,
        "rating": update.rating,
        "reason": update.reason,
        "words": update.words or "Nothing has changed.",
        "next_steps": update.next_steps,
        "entered_for": update.entered_for,
    }


def _refuse_unless_in_use(action):
    """Updates are written about actions of plans in use, and of no others."""
    try:
        refuse_unless_in_use(action)
    except ValidationError as refused:
        raise NotWhole({"status": " ".join(refused.messages)}) from None


def _old_words(answer):
    """A rating is given in the words that the board rates with now."""
    rating = answer.rating
    if rating and not is_current(rating):
        return {"rating": f"The board no longer rates in these words (“{rating}”). Choose a rating anew."}
    return {}


def _refuse_others(action, owner, on):
    """Only a lead or joint lead has updates of their own."""
    if not owners_asked(action, on).filter(owner=owner).exists():
        raise NotWhole({"owner": f"{owner} does not lead this action. Choose its lead or a joint lead."})


def _refuse_stale(action, last_seen):
    if last_seen is None:
        return
    newest = action.updates.select_related("by", "rating").order_by("-id").first()
    if newest and newest.pk != last_seen:
        raise Stale(newest, newest.by, newest.at)


def _tick(action, update, answer):
    """Record the steps whose tick this answer changed, beside what it was shown; returns {step text: done}."""
    changed = []
    done_now, shown_then = (meant(action, ids).values() for ids in (answer.steps_done, answer.steps_shown or ()))
    for step in Step.objects.filter(action=action, until__isnull=True):
        stands, done = step.done_on is not None, step.pk in done_now
        shown = stands if answer.steps_shown is None else step.pk in shown_then
        if done != shown and done != stands:
            changed.append(StepTick(board=action.board, action=action, update=update, step=step, done=done))
    StepTick.objects.bulk_create(changed)
    return {tick.step.text: tick.done for tick in changed}


def add_evidence(*, action, evidence: EvidenceGiven, by, at, update=None):
    """Record what shows that something was done. The file itself stays in the board's own store."""
    with change(action.board, by=by, at=at) as turn:
        refuse_ended(action)
        row = Evidence(
            board=action.board,
            action=action,
            update=update,
            shows=evidence.shows,
            kind=evidence.kind,
            dated=evidence.dated,
            where=evidence.where,
            at=at,
            by=by,
        )
        row.full_clean()
        row.save()
        turn.record("evidence.added", action, shows=evidence.shows, where=evidence.where, dated=evidence.dated)
    return row


def see_evidence(*, evidence, by, at):
    """Somebody says that they have seen this evidence with their own eyes."""
    with change(evidence.board, by=by, at=at) as turn:
        refuse_ended(evidence.action)
        seen, new = EvidenceSighting.objects.get_or_create(
            evidence=evidence, by=by, defaults={"board": evidence.board, "at": at}
        )
        if new:
            turn.record("evidence.seen", evidence.action, shows=evidence.shows)
    return seen


def add_note(*, action, words, by, at, internal=False, last_seen=None):
    """A dated progress note between rounds.

    Args:
        last_seen: id of the newest note the form showed, 0 for none; the same words again are a second click.
    """
    with change(action.board, by=by, at=at) as turn:
        refuse_ended(action)
        if last_seen is not None:
            again = action.notes.filter(pk__gt=last_seen, by=by, words=words, internal=internal).first()
            if again:
                return again
        note = Note(board=action.board, action=action, on=turn.on, at=at, by=by, words=words, internal=internal)
        note.full_clean()
        note.save()
        turn.record("note.added", action, words=words, internal=internal)
    return note


def save_draft(*, action, owner, round, answer: Answer, by, at, revision=None):
    """Keep what an owner's person has written so far; nobody else counts it until it is submitted."""
    with change(action.board, by=by, at=at) as turn:
        draft = _save_submission(action, owner, round, answer, by, at, revision, drafting=True)
        turn.record(
            "submission.saved", action, owner=owner, owner_id=owner.pk, period=round.period, revision=draft.revision
        )
    return draft


def _save_submission(action, owner, round, answer, by, at, revision, *, drafting=False):
    _refuse_unless_in_use(action)
    _refuse_others(action, owner, localdate(at))
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("saved_by")
        .filter(action=action, owner=owner, round=round)
        .first()
    )
    if submission is None:
        submission = Submission(board=action.board, action=action, owner=owner, round=round)
    elif submission.state == Submission.State.ACCEPTED:
        raise Stale(submission, submission.reviewed_by, submission.reviewed_at)
    elif revision is not None and submission.revision != revision:
        raise Stale(submission, submission.saved_by, submission.saved_at)
    elif drafting and submission.state == Submission.State.SUBMITTED:
        raise Stale(submission, submission.submitted_by, submission.submitted_at)
    evidence = answer.evidence
    values = {
        **answer.statement(),
        "steps_done": sorted(answer.steps_done),
        "steps_shown": _steps_shown(action, answer),
        "evidence_shows": evidence.shows if evidence else "",
        "evidence_kind": evidence.kind if evidence else "",
        "evidence_dated": evidence.dated if evidence else None,
        "evidence_where": evidence.where if evidence else "",
    }
    for name, value in values.items():
        setattr(submission, name, value)
    submission.revision += 1
    submission.saved_by, submission.saved_at = by, at
    submission.save()
    return submission


def _steps_shown(action, answer):
    if answer.steps_shown is not None:
        return sorted(answer.steps_shown)
    done = Step.objects.filter(action=action, until__isnull=True, done_on__isnull=False)
    return sorted(done.values_list("pk", flat=True))


def submit_update(*, action, owner, round, answer: Answer, by, at, revision=None):
    """Send an owner's quarterly update to the coordinator.

    Raises:
        Stale, NotWhole: nothing was saved.
    """
    with change(action.board, by=by, at=at) as turn:
        action = Action.objects.select_for_update(of=("self",)).select_related("board").get(pk=action.pk)
        if owed := {**_proposes_only(answer), **_old_words(answer), **answer.owed(action, turn.on)}:
            raise NotWhole(owed)
        submission = _save_submission(action, owner, round, answer, by, at, revision)
        submission.state = Submission.State.SUBMITTED
        submission.submitted_by, submission.submitted_at = by, at
        submission.reviewed_by = submission.reviewed_at = None
        submission.comment = ""
        submission.save()
        turn.record(
            "submission.submitted",
            action,
            owner=owner,
            owner_id=owner.pk,
            period=round.period,
            rating=answer.rating,
            reason=answer.reason,
            words=answer.words or "Nothing has changed.",
            next_steps=answer.next_steps,
        )
    return submission


def _proposes_only(answer):
    if answer.status not in OPEN:
        return {"status": "You can propose that the action is complete. The board decides whether it is."}
    return {}


def accept_submission(*, submission, by, at, revision=None):
    """Put a submitted update on the record."""
    with change(submission.board, by=by, at=at):
        submission = _reviewable(submission, revision)
        _refuse_unless_in_use(submission.action)
        evidence = None
        if submission.evidence_shows:
            evidence = EvidenceGiven(
                shows=submission.evidence_shows,
                kind=submission.evidence_kind,
                where=submission.evidence_where,
                dated=submission.evidence_dated,
            )
        answer = Answer(
            **{name: getattr(submission, name) for name in Answer(status="").statement()},
            steps_done=frozenset(submission.steps_done),
            steps_shown=frozenset(submission.steps_shown),
            evidence=evidence,
        )
        submission.state = Submission.State.ACCEPTED
        submission.reviewed_by, submission.reviewed_at = by, at
        submission.save()
        return enter_update(
            action=submission.action,
            owner=submission.owner,
            answer=answer,
            period=submission.round.period,
            source=Update.Source.SUBMISSION,
            submission=submission,
            by=by,
            at=at,
        )


def send_back(*, submission, comment, by, at, revision=None):
    """Ask the owner's people to write it again, saying what is missing."""
    if not comment.strip():
        raise NotWhole({"comment": "Say what is missing, so that they can put it right."})
    with change(submission.board, by=by, at=at) as turn:
        submission = _reviewable(submission, revision)
        _refuse_unless_in_use(submission.action)
        submission.state = Submission.State.SENT_BACK
        submission.comment = comment
        submission.reviewed_by, submission.reviewed_at = by, at
        submission.save()
        turn.record(
            "submission.sent_back",
            submission.action,
            owner=submission.owner,
            owner_id=submission.owner_id,
            comment=comment,
        )
    return submission


def _reviewable(submission, revision):
    current = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("action__board", "owner", "round__period", "rating", "saved_by")
        .get(pk=submission.pk)
    )
    if current.state != Submission.State.SUBMITTED or (revision is not None and current.revision != revision):
        raise Stale(current, current.reviewed_by or current.saved_by, current.reviewed_at or current.saved_at)
    return current
