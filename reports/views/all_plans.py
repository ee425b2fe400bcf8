from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.views.lists import PER_PAGE, Heading, sorted_by
from boards import changes
from boards.navigation import frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in
from boards.views.parts import attached, turn
from cseplan.spreadsheet import csv_of
from reports.all_plans import HEADINGS, STATES, all_plans, as_lines
from reports.forms import all_plans_filter


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plans_of_all_boards(request):
    """Every plan that the person who is signed in reads, over all their boards."""
    on = timezone.localdate()
    lines = all_plans(request.user, on=on)
    form = all_plans_filter(request.GET, lines)
    shown = form.shown(lines)
    if request.method == "POST":
        return _copy(request, shown, form, on)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(line, STATES[line.state]) for line in page],
        "count": len(shown),
        "total": len(lines),
        "headings": [
            sorted_by(form, "Plan", "plan", otherwise="-plan"),
            sorted_by(form, "Board", "", otherwise="-board"),
            Heading("State"),
            sorted_by(form, "Round due", "due", otherwise="-due"),
            sorted_by(form, "Updates owed", "owed", otherwise="-owed"),
            sorted_by(form, "Overdue", "late", otherwise="-late"),
        ],
        "reads": bool(lines) or readable_boards(request.user, on).exists(),
        "on": on,
        **frame(request.user, None, "all_plans", on),
    }
    return render(request, "reports/all_plans.html", context)


def _copy(request, shown, form, on):
    name = f"all-plans-{on}.csv"
    changes.export_list_of_boards(
        boards={board for line in shown for board in line.boards},
        what="the plans of all their boards",
        file_name=name,
        narrowed=form.is_narrowed,
        **turn(request),
    )
    return attached(csv_of(HEADINGS, as_lines(shown)), name)
