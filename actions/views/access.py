from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.access import HEADINGS, as_lines, in_words
from actions.forms.record import access_filter
from boards.navigation import BOARD, frame
from boards.permissions import audited_boards
from boards.signing_in import signed_in
from boards.views.parts import taken

PER_PAGE = 50


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def access_log(request, board):
    """Who looked at, took or was refused what on a board, newest first."""
    on = timezone.localdate()
    board = get_object_or_404(audited_boards(request.user, on), slug=board)
    lines = board.accesslog_set.all()
    form = access_filter(request.GET, lines)
    shown = form.narrowed(lines, on).select_related("by")
    if request.method == "POST":
        name = f"{board.slug}-access-log-{on}.csv"
        return taken(
            request, board, HEADINGS, as_lines(shown), what="the access log", name=name, narrowed=form.is_narrowed
        )
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": in_words(page),
        "total": lines.count(),
        **frame(request.user, board, BOARD, on, above=[]),
    }
    return render(request, "actions/access_log.html", context)
