from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions import listing
from actions.permissions import keeps_plans, readable, readable_plans
from actions.views.lists import plan_lines
from boards.navigation import PLANS, frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in


@signed_in
@require_safe
def plans(request, board):
    """The plans of a board and those it receives, each with how it stands."""
    on = timezone.localdate()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    rows = listing.plans_of(readable_plans(request.user, on), board).select_related("overseen_by", "board")
    summaries = listing.summaries(rows, readable(request.user, on), on)
    keeps = keeps_plans(request.user, board, on)
    context = {"summaries": plan_lines(summaries), "keeps": keeps, **frame(request.user, board, PLANS, on)}
    return render(request, "actions/plans.html", context)
