"""What reviews, inspections and audits recommended to a board, and which actions answer it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from actions import changes, listing
from actions.forms.recommendations import RecommendationsFilter
from actions.permissions import keeps_plans, readable, readable_plans, readable_sources, sees_everything
from actions.recommendations import (
    NARROWED,
    NOTHING,
    answered,
    as_lines,
    headings,
    source_headings,
    source_lines,
    sources_as_lines,
)
from boards.labels import labels_of
from boards.navigation import PLANS, frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in
from boards.views.parts import attached, taken
from cseplan.spreadsheet import csv_of


def sources_crumb(board):
    return (labels_of(board).recommendation.Many, reverse("recommendations", args=[board.slug]))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def recommendations(request, board):
    """The reviews, inspections and audits of a board, and how much of each nothing answers."""
    on = timezone.localdate()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    lines = source_lines(board, readable(request.user, on).filter(board=board))
    if request.method == "POST":
        name, told = f"{board.slug}-recommendations-{on}.csv", "the list of reviews, inspections and audits"
        table = sources_as_lines(lines)
        return taken(request, board, source_headings(labels_of(board)), table, what=told, name=name)
    context = {
        "lines": lines,
        "keeps": keeps_plans(request.user, board, on),
        "whole": sees_everything(request.user, board, on),
        **frame(request.user, board, PLANS, on, above=[]),
    }
    return render(request, "actions/recommendations.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def source(request, board, source):
    """One of them: every recommendation, the actions that answer it and where they stand; as a table too."""
    on, at = timezone.localdate(), timezone.now()
    found = readable_sources(request.user, on).select_related("board")
    source = get_object_or_404(found, board__slug=board, pk=source)
    plans = list(readable_plans(request.user, on).filter(board=source.board_id))
    every = answered(source, listing.listed(readable(request.user, on), plans, on), on=on, at=at)
    form = RecommendationsFilter(request.GET)
    shown = [each for each in every if each.is_narrowed_by(form.chosen("only"))]
    if request.method == "POST":
        return _copy(request, source, shown, form.chosen("only"))
    unanswered = [each for each in every if not each.counted]
    context = {
        "source": source,
        "form": form,
        "shown": shown,
        "total": len(every),
        "unanswered": len(unanswered),
        "drafted": sum(each.drafted > 0 for each in unanswered),
        "nothing": form.afresh(only=NOTHING),
        "keeps": keeps_plans(request.user, source.board, on),
        "whole": sees_everything(request.user, source.board, on),
        **frame(request.user, source.board, PLANS, on, above=[sources_crumb(source.board)]),
    }
    return render(request, "actions/source.html", context)


def _copy(request, source, shown, only):
    name = f"{slugify(source.title)[:80] or source.pk}-recommendations.csv"
    changes.export_recommendations(
        source=source, file_name=name, narrowed=NARROWED.get(only, "").lower(), by=request.user, at=timezone.now()
    )
    return attached(csv_of(headings(labels_of(source.board)), as_lines(shown)), name)
