"""From a form to the record and back: the questions a form asks, what becomes of its answer, a draft as it was typed.

Whether an answer is whole is decided in actions.rag, whether it is stale in the verbs; here a refusal finds its way
back to the boxes, and a second click of the same person is told from a stale save.
"""

from dataclasses import dataclass

from actions import rag
from actions.changes import NotWhole, Stale
from actions.deadlines import OPEN
from actions.models import Action, Round, Step, Submission
from actions.steps import meant
from boards.ratings import ratings_of


def questions(action, on):
    """What the update forms need to ask about an action."""
    steps = Step.objects.filter(action=action, until__isnull=True).select_related("lead", "timescale")
    return {"action": action, "key": ratings_of(action.board).current, "steps": steps, "on": on}


def recorded(form, verb, **given):
    """Record the answer of a valid form by a verb: (what somebody else saved meanwhile, whether it is recorded).

    A refusal leaves the form with its words, and with what is wrong beside its boxes.
    """
    answer = form.answer()
    try:
        verb(answer=answer, **given)
    except NotWhole as refused:
        form.refuse(refused.owed)
        return None, False
    except Stale as refused:
        if _is_second_click(refused.newer, answer, given):
            return None, True
        form.renew(getattr(refused.newer, "revision", refused.newer.pk))
        return refused, False
    return None, True


def ask_for_the_rest(form, action, on):
    """Put what an answer owes beside its boxes together with what could not be read, so that it is asked for once."""
    said = form.cleaned_data
    owed = rag.missing_words(
        status=said.get("status", action.status),
        rating=form.key.get(said.get("rating")),
        reason=said.get("reason", ""),
        words=said.get("words", ""),
        no_change=said.get("no_change", False),
        date_answer=said.get("date_answer", ""),
        next_due=action.next_due,
        on=on,
    )
    form.refuse({name: words for name, words in owed.items() if name not in form.errors})


def _is_second_click(newer, answer, given):
    """Whether what was saved since is this very answer, by the same person for the same owner."""
    theirs = newer.saved_by_id if isinstance(newer, Submission) else newer.by_id
    same = all(getattr(newer, name) == value for name, value in answer.statement().items())
    return same and theirs == given["by"].pk and newer.owner_id == given["owner"].pk


def submission_of(action, owner, asked):
    """What an owner's people have written in this round so far; None when nothing, or when no round asks."""
    if asked is None:
        return None
    return (
        Submission.objects.filter(action=action, owner=owner, round=asked)
        .select_related("saved_by", "submitted_by", "reviewed_by", "rating")
        .first()
    )


def as_typed(submission):
    """A submission as the initial words of its form."""
    if submission is None:
        return {}
    names = ("status", "reason", "words", "next_steps", "date_answer", "no_change", "steps_done", "steps_shown")
    evidence = ("evidence_shows", "evidence_kind", "evidence_dated", "evidence_where")
    said = {"rating": submission.rating_id} | {name: getattr(submission, name) for name in (*names, *evidence)}
    return said | {
        name: sorted(meant(submission.action_id, said[name]).values()) for name in ("steps_done", "steps_shown")
    }


@dataclass(frozen=True)
class Desk:
    """What an owner's person may do with their quarterly update now."""

    action: Action
    asked: Round | None
    sent: Submission | None
    submits: bool

    @property
    def state(self) -> str:
        """'' while it is being written; otherwise why it is not: not asked, done, accepted, or waiting to be read."""
        if self.action.status not in OPEN:
            return "done"
        if self.asked is None:
            return "not asked"
        if self.sent and self.sent.state == Submission.State.ACCEPTED:
            return "accepted"
        if self.sent and self.sent.state == Submission.State.SUBMITTED:
            return "waiting" if self.submits else "theirs"
        return ""

    @property
    def open(self) -> bool:
        return self.state in ("", "waiting")

    @property
    def may_draft(self) -> bool:
        return self.state == ""


def with_words(submissions):
    """A queryset of submissions with everything the page of one shows."""
    return submissions.select_related(
        "owner", "round__period", "rating", "saved_by", "submitted_by", "reviewed_by", "action__plan"
    )


def ticks(submission):
    """The steps of its action as it tells them: [(step, whether it is said to be done, whether that is new)]."""
    done = set(meant(submission.action_id, submission.steps_done).values())
    steps = Step.objects.filter(action=submission.action_id, until__isnull=True)
    return [(step, step.pk in done, (step.pk in done) != (step.done_on is not None)) for step in steps]
