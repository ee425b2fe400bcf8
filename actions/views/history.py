"""The histories of a board, a plan and an action: the audit trail in sentences, narrowed, paged, and as a table."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes, trail
from actions.forms.record import history_filter
from actions.permissions import hidden_references, readable, readable_events, readable_plans
from actions.views.action import address, find_action, page_frame
from boards.navigation import BOARD, PLANS, frame
from boards.permissions import audited_boards
from boards.signing_in import signed_in
from boards.views.parts import attached

PER_PAGE = 50


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def board_history(request, board):
    """Everything that happened on a board: for the business manager and the scrutineer."""
    on = timezone.localdate()
    found = get_object_or_404(audited_boards(request.user, on), slug=board)
    return _history(request, found, found, on, frame(request.user, found, BOARD, on, above=[]))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_history(request, board, plan):
    """What happened to a plan and to each of its actions that this person may read."""
    on = timezone.localdate()
    found = get_object_or_404(readable_plans(request.user, on).select_related("board"), board__slug=board, slug=plan)
    above = [(found.title, reverse("plan", args=[board, plan]))]
    return _history(request, found.board, found, on, frame(request.user, found.board, PLANS, on, above=above))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def action_history(request, board, plan, action):
    """What happened to an action."""
    on = timezone.localdate()
    found = find_action(request, board, plan, action, on)
    crumb = (f"Action {found.reference}", address(found))
    return _history(request, found.board, found, on, page_frame(request, found, on, crumb))


def _history(request, board, subject, on, page_frame):
    events = trail.about(readable_events(request.user, board, on), subject, readable(request.user, on))
    form = history_filter(request.GET, events)
    shown = form.narrowed(events, on).order_by("-sequence").prefetch_related("details")
    hidden = hidden_references(request.user, board, on)
    if request.method == "POST":
        return _copy(request, subject, form, trail.as_csv(shown, hidden))
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "subject": trail.name_of(subject),
        "of": subject._meta.model_name,
        "form": form,
        "page": page,
        "lines": list(trail.lines(page, hidden)),
        "total": events.count(),
        **page_frame,
    }
    return render(request, "actions/history.html", context)


def _copy(request, subject, form, table):
    name = trail.file_name(subject)
    changes.export_history(
        subject=subject, file_name=name, narrowed=form.in_words(), by=request.user, at=timezone.now()
    )
    return attached(table, name)
