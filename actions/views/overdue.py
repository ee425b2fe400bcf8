from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import deadlines, listing
from actions.forms.filters import overdue_filter
from actions.permissions import readable, readable_plans
from actions.views.lists import page_of_rows, table_of
from boards.labels import labels_of
from boards.navigation import REVIEW, frame
from boards.permissions import readable_boards, sub_groups_where
from boards.signing_in import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def overdue(request, board):
    """What a board is late with, worst first: for the chair's review."""
    on, at = timezone.localdate(), timezone.now()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    plans = list(readable_plans(request.user, on).filter(board=board))
    actions = listing.listed(readable(request.user, on), plans, on).filter(deadlines.overdue(on))
    facts = listing.facts(actions)
    mine = sub_groups_where(request.user, ("chair",), on).filter(board=board).values_list("pk", flat=True)
    late = {fact.plan for fact in facts.values()}
    plans = [plan for plan in plans if plan.pk in late]
    form = overdue_filter(request.GET, plans, listing.choices(board, facts), list(mine), labels_of(board))
    shown = form.narrowed(actions, on).order_by(*listing.WORST_FIRST)
    if request.method == "POST":
        return table_of(request, board, shown, on=on, at=at, form=form, what="the overdue actions", name="overdue")
    ids, page, rows = page_of_rows(request, shown, on=on, at=at)
    context = {
        "form": form,
        "total": len(facts),
        "count": len(ids),
        "limited": sum(facts[pk].limited for pk in ids),
        "page": page,
        "rows": rows,
        **frame(request.user, board, REVIEW, on),
    }
    return render(request, "actions/overdue.html", context)
