from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.views.lists import PER_PAGE, Heading, sorted_by
from boards.navigation import frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in
from reports.all_plans import STATES, all_plans
from reports.forms import all_plans_filter


@signed_in
@require_safe
def plans_of_all_boards(request):
    """Every plan that the person who is signed in reads, over all their boards."""
    on = timezone.localdate()
    lines = all_plans(request.user, on=on)
    form = all_plans_filter(request.GET, lines)
    shown = form.shown(lines)
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
