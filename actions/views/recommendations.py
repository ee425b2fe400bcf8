from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actions import changes, listing
from actions.forms.recommendations import SourceForm
from actions.permissions import keeps_plans, readable, readable_plans
from actions.recommendations import sources_of
from boards.labels import labels_of
from boards.navigation import PLANS, frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, done, sent, turn


@signed_in
@require_safe
def recommendations(request, board):
    """What was recommended to a board, and the actions of its plans that answer it."""
    on, at = timezone.localdate(), timezone.now()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    plans = list(readable_plans(request.user, on).filter(board=board))
    actions = listing.listed(readable(request.user, on), plans, on)
    sources = sources_of(board, actions, on=on, at=at)
    keeps = keeps_plans(request.user, board, on)
    context = {"sources": sources, "keeps": keeps, **frame(request.user, board, PLANS, on, above=[])}
    return render(request, "actions/recommendations.html", context)


@signed_in
@require_http_methods(FORM_METHODS)
def source_add(request, board):
    """Write down what a review, inspection or audit recommended."""
    on = timezone.localdate()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    if not keeps_plans(request.user, board, on):
        raise PermissionDenied
    form, words = SourceForm(sent(request), board=board), labels_of(board).recommendation
    given = {"board": board, **turn(request)}
    if request.method == "POST" and form.is_valid():
        source = done(form, changes.add_recommendation_source, **given, **form.cleaned_data)
        if source:
            messages.success(request, f"{source} is recorded. Actions that answer it say so where they are written.")
            return redirect("recommendations", board=board.slug)
    above = [(words.Many, reverse("recommendations", args=[board.slug]))]
    context = {"form": form, "title": "Record a review, inspection or audit", "button": "Record it", "about": board}
    return render(request, "actions/question.html", context | frame(request.user, board, PLANS, on, above=above))
