"""Which round asks about an action, and which reporting period words belong to."""

from actions.models import Round


def open_rounds(board, on):
    """Rounds of a board that ask for updates today."""
    return Round.objects.filter(board=board, opens__lte=on, closes__gte=on).select_related("period", "plan")


def open_round(plan, on):
    """The round that asks about this plan today: its own before one for all the board's plans."""
    rounds = open_rounds(plan.board, on)
    return rounds.filter(plan=plan).first() or rounds.filter(plan__isnull=True).first()


def period_for(plan, on):
    """The reporting period that words said today belong to: the open round's, otherwise the one today is in."""
    asked = open_round(plan, on)
    if asked:
        return asked.period
    return plan.board.reportingperiod_set.filter(starts__lte=on, ends__gte=on).first()
