"""Opening the quarterly round."""

from django.core.exceptions import ValidationError

from actions.models import Round
from boards.audit import change


def open_round(*, period, opens, due, grace_ends, closes, by, at, plan=None):
    """Ask for one period's updates, of one plan or of all."""
    row = Round(
        board=period.board,
        period=period,
        plan=plan,
        opens=opens,
        due=due,
        grace_ends=grace_ends,
        closes=closes,
    )
    if not opens <= due <= grace_ends <= closes:
        raise ValidationError("A round opens, falls due, ends its days of grace and closes, in that order.")
    with change(period.board, by=by, at=at) as turn:
        row.full_clean()
        row.save()
        turn.record("round.opened", row, plan=plan, opens=opens, due=due, closes=closes)
    return row
