"""Due dates: moved with a reason, given for the first time, corrected because they had been misread; or asked for, and
then agreed or not."""

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from actions.changes.arriving import keep_date_change
from actions.changes.definition import keep_timescale, read_as
from actions.changes.plans import refuse_ended, refuse_unless_in_use, refuse_unless_plan_in_use
from actions.deadlines import OPEN
from actions.models import Action, DateChange, DateRequest
from actions.standing import refresh
from boards.audit import change

FURTHEST_YEARS = 20
"""No plan sets dates further off than this."""


def move_date(*, action, to_due, why, by, at, asked_by="", meeting=None, seen=None):
    """Another due date for an action that had one. The first due date stays what it was.

    Args:
        seen: the date that the writer saw, when somebody else may have moved it meanwhile.
    """
    record = {"asked_by": asked_by, "meeting": meeting}
    return _change_date(action, DateChange.Kind.MOVED, to_due, why, by, at, seen=seen, **record)


def give_first_date(*, action, to_due, why, by, at, asked_by="", meeting=None):
    """A date for an action that had none."""
    return _change_date(action, DateChange.Kind.DATED, to_due, why, by, at, asked_by=asked_by, meeting=meeting)


def correct_reading(*, action, reading, why, by, at):
    """The board's words had been misread: the first date becomes what they mean, and so does the current one unless
    it has been moved since. Not slippage.

    Args:
        reading: a `timescales.Timescale` of the same words.
    Raises:
        ValidationError: other words than the plan's, or the date they are read as already.
    """
    with change(action.board, by=by, at=at) as turn:
        action = Action.objects.select_for_update(of=("self",)).select_related("timescale").get(pk=action.pk)
        refuse_ended(action)
        misread = action.timescale
        if reading.text != (misread.text if misread else ""):
            raise ValidationError(
                {"reading": "These are not the plan’s words. To promise another date, move the date."}
            )
        if misread and misread.due == reading.due:
            raise ValidationError({"reading": "That is how the words are read already."})
        done = keep_date_change(
            turn, action, DateChange.Kind.CORRECTION, misread.due if misread else None, reading.due, why, by=by
        )
        Action.objects.filter(pk=action.pk, first_due=done.from_due).update(first_due=done.to_due)
        read_as(action, keep_timescale(action.board, reading), at)
        refresh([action], on=turn.on, known_by=at)
    return done


def _change_date(action, kind, to_due, why, by, at, *, seen=None, **record):
    with change(action.board, by=by, at=at) as turn:
        action = Action.objects.select_for_update().get(pk=action.pk)
        plan = refuse_unless_in_use(action)
        if seen is not None and (action.due or "") != seen:
            was = f"it was {seen:%-d %B %Y}" if seen else "there was none"
            raise ValidationError(
                f"Somebody has changed the date meanwhile: {was} when you opened this page, and it stands above as it "
                "is now. If another is still needed, send it again."
            )
        if action.due == to_due:
            raise ValidationError({"to_due": "That is the date it has already. Choose another."})
        _refuse_other_age(plan, to_due)
        done = keep_date_change(turn, action, kind, action.due, to_due, why, by=by, **record)
        if kind == DateChange.Kind.DATED:
            Action.objects.filter(pk=action.pk, first_due__isnull=True).update(first_due=to_due)
        refresh([action], on=turn.on, known_by=at)
    return done


def _refuse_other_age(plan, to_due):
    """A date before the plan, or many years after its agreement, is a slip of the keyboard."""
    begins = min(plan.agreed_on, plan.starts or plan.agreed_on)
    if to_due < begins:
        raise ValidationError({"to_due": f"{plan.title} begins on {begins:%-d %B %Y}. Choose a date on or after it."})
    if to_due.year > plan.agreed_on.year + FURTHEST_YEARS:
        raise ValidationError(
            {"to_due": f"That is more than {FURTHEST_YEARS} years after the board agreed the plan. Check the year."}
        )


def ask_for_date(*, action, to_due, why, by, at):
    """Somebody asks for another date, or for a first one. Nothing moves until it is agreed."""
    with change(action.board, by=by, at=at) as turn:
        action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        plan = refuse_unless_in_use(action)
        _refuse_other_age(plan, to_due)
        asked = DateRequest(board=action.board, action=action, to_due=to_due, why=why, asked_at=at, asked_by=by)
        asked.full_clean(exclude=("asked_by",))
        asked.save()
        turn.record("date.asked", action, due=action.due, asked_for=to_due, why=why)
    return asked


def agree_date(*, request, by, at, meeting=None, seen=None):
    """The action is due on the day that was asked for, for the reason that was given then.

    Args:
        meeting: a row, or a `boards.changes.MeetingGiven`.
        seen: the date that whoever agrees saw; empty where there was none.
    Raises:
        ValidationError: it has been decided; the action is over or due on that day already; its date has moved.
    """
    with change(request.board, by=by, at=at) as turn:
        request = _undecided(request)
        action = request.action
        refuse_unless_in_use(action)
        if action.status not in OPEN:
            raise ValidationError(
                f"The action is {action.get_status_display().lower()}, and its date moves no more. Keep the date as it"
                " is, and say so."
            )
        if action.due == request.to_due:
            raise ValidationError(
                "The action is due on that day already, so there is nothing to agree. Keep the date as it is, and say"
                " so."
            )
        _decide(request, DateRequest.State.AGREED, turn)
        _change_date(
            action,
            DateChange.Kind.MOVED if action.due else DateChange.Kind.DATED,
            request.to_due,
            request.why,
            by,
            at,
            seen=seen,
            asked_by=str(request.asked_by or ""),
            meeting=meeting,
            request=request,
        )
    return request


def refuse_date(*, request, answer, by, at):
    """The date stays as it is, and who decided says why. Also of an action that is over: then nothing waits any more.

    Raises:
        ValidationError: it has been decided; the plan has ended; no reason.
    """
    with change(request.board, by=by, at=at) as turn:
        request = _undecided(request)
        refuse_unless_plan_in_use(request.action)
        if not answer.strip():
            raise ValidationError({"answer": "Say why the date stays as it is. Whoever asked reads it."})
        _decide(request, DateRequest.State.REFUSED, turn, answer=answer)
        turn.record("date.refused", request.action, asked_for=request.to_due, answer=answer)
    return request


def _undecided(request):
    """The request as it is now, kept from others until it is decided; what was decided is not decided again."""
    requests = DateRequest.objects.select_for_update(of=("self",))
    request = requests.select_related("board", "action__board", "asked_by", "decided_by").get(pk=request.pk)
    if request.is_open:
        return request
    how = "agreed to this date" if request.state == DateRequest.State.AGREED else "decided that the date stays"
    raise ValidationError(f"{request.decided_by} {how} on {localdate(request.decided_at):%-d %B %Y}.")


def _decide(request, state, turn, answer=""):
    request.state, request.answer = state, answer
    request.decided_at, request.decided_by = turn.at, turn.by
    request.full_clean(exclude=("asked_by",))
    request.save()
