from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import listing
from actions.lines import PLAN_HEADINGS, plans_as_lines
from actions.permissions import keeps_plans, readable, readable_plans
from actions.views.lists import plan_lines
from boards.navigation import PLANS, frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in
from boards.views.parts import taken


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request, board):
    """The plans of a board and those it receives, each with how it stands."""
    on = timezone.localdate()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    rows = listing.plans_of(readable_plans(request.user, on), board).select_related("overseen_by", "board")
    summaries = listing.summaries(rows, readable(request.user, on), on)
    if request.method == "POST":
        name = f"{board.slug}-plans-{on}.csv"
        return taken(request, board, PLAN_HEADINGS, plans_as_lines(summaries), what="the list of plans", name=name)
    keeps = keeps_plans(request.user, board, on)
    context = {"summaries": list(plan_lines(summaries)), "keeps": keeps, **frame(request.user, board, PLANS, on)}
    return render(request, "actions/plans.html", context)
