from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions import listing
from actions.permissions import readable, readable_plans
from actions.rounds import open_rounds
from actions.views.lists import plan_lines
from boards.labels import labels_of
from boards.navigation import BOARD, frame
from boards.permissions import in_force, may_audit_board, may_redact, readable_boards, roles_of, what_may, word_of
from boards.ratings import ratings_of
from boards.signing_in import signed_in


@signed_in
@require_safe
def board(request, board):
    """A board: its plans, who is at the table, its quarters, the key to its ratings."""
    on = timezone.localdate()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    plans = listing.plans_of(readable_plans(request.user, on), board).select_related("overseen_by", "board")
    context = {
        "plans": plan_lines(listing.summaries(plans, readable(request.user, on), on)),
        "groups": board.subgroup_set.filter(in_force(on)).select_related("reports_to").prefetch_related("plans"),
        "seats": board.seat_set.filter(in_force(on)).select_related("agency"),
        "rounds": open_rounds(board, on),
        "periods": board.reportingperiod_set.order_by("-starts").prefetch_related("rounds__plan"),
        "ratings": ratings_of(board).current,
        "roles": [
            (word_of(role), place, what_may(role, labels_of(board)))
            for role, place in roles_of(request.user, board, on)
        ],
        "may_audit": may_audit_board(request.user, board, on),
        "may_redact": may_redact(request.user, board, on),
        "on": on,
        **frame(request.user, board, BOARD, on),
    }
    return render(request, "reports/board.html", context)
