from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions import listing
from actions.permissions import readable, readable_plans
from actions.recommendations import sources_of
from boards.navigation import PLANS, frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in


@signed_in
@require_safe
def recommendations(request, board):
    """What was recommended to a board, and the actions of its plans that answer it."""
    on, at = timezone.localdate(), timezone.now()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    plans = list(readable_plans(request.user, on).filter(board=board))
    actions = listing.listed(readable(request.user, on), plans, on)
    sources = sources_of(board, actions, on=on, at=at)
    context = {"sources": sources, **frame(request.user, board, PLANS, on, above=[])}
    return render(request, "actions/recommendations.html", context)
