"""Due dates: moved with a reason, given for the first time, or corrected because they had been misread."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from actions.changes.plans import keep_timescale, read_as
from actions.models import Action, DateChange
from actions.standing import refresh
from boards.audit import change


def move_date(*, action, to_due, why, by, at, asked_by="", meeting=None):
    """Another due date for an action that had one. The first due date stays what it was."""
    return _change_date(action, DateChange.Kind.MOVED, to_due, why, by, at, asked_by=asked_by, meeting=meeting)


def give_first_date(*, action, to_due, why, by, at, asked_by="", meeting=None):
    """A date for an action that had none."""
    return _change_date(action, DateChange.Kind.DATED, to_due, why, by, at, asked_by=asked_by, meeting=meeting)


def correct_reading(*, action, reading, why, by, at):
    """The board's words had been misread: the date becomes what they mean, first date included. Not slippage.

    Args:
        reading: a `timescales.Timescale` of the same words.
    """
    with change(action.board, by=by, at=at):
        done = _change_date(action, DateChange.Kind.CORRECTION, reading.due, why, by, at)
        read_as(action, keep_timescale(action.board, reading), at)
    return done


def _change_date(action, kind, to_due, why, by, at, **record):
    if not why.strip():
        raise ValidationError({"why": "Say why the date changes."})
    with change(action.board, by=by, at=at) as turn:
        action = Action.objects.select_for_update().get(pk=action.pk)
        if action.due == to_due:
            raise ValidationError({"to_due": "That is the date it has already."})
        done = DateChange(
            board=action.board,
            action=action,
            kind=kind,
            from_due=action.due,
            to_due=to_due,
            why=why,
            agreed_by=by,
            on=turn.on,
            at=at,
            **record,
        )
        done.full_clean()
        done.save()
        first = Q(pk=action.pk, first_due__isnull=True)
        if kind == DateChange.Kind.CORRECTION:
            first |= Q(pk=action.pk, first_due=done.from_due)
        if kind != DateChange.Kind.MOVED:
            Action.objects.filter(first).update(first_due=to_due)
        turn.record(f"date.{kind}", action, before=done.from_due, after=to_due, why=why, asked_by=done.asked_by)
        refresh([action], on=turn.on, known_by=at)
    return done
