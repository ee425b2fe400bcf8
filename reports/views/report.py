from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.permissions import readable_plans
from boards.access import log_access
from boards.navigation import REPORTS, frame
from boards.signing_in import signed_in
from reports.figures import figures_for, plans_reported
from reports.pdf import pdf_of
from reports.permissions import exportable_boards, may_export, reported_boards
from reports.span import periods_begun


@signed_in
@require_safe
def reports(request, board):
    """The quarterly updates of a board, newest first."""
    on = timezone.localdate()
    board = get_object_or_404(reported_boards(request.user, on), slug=board)
    context = {
        "periods": [{"period": row, "is_open": row.ends >= on} for row in periods_begun(board, on)],
        "may_export": may_export(request.user, board, on),
        **frame(request.user, board, REPORTS, on),
    }
    return render(request, "reports/reports.html", context)


@signed_in
@require_safe
def report(request, board, starts):
    """One quarterly update as a page."""
    on, at = timezone.localdate(), timezone.now()
    board = get_object_or_404(reported_boards(request.user, on), slug=board)
    period = get_object_or_404(periods_begun(board, on), starts=starts)
    plan = _plan(request, board, period, on, at)
    figures = figures_for(board, period, on=on, known_by=at, plan=plan)
    context = {
        "figures": figures,
        "linked": True,
        "plans": plans_reported(board, period, on=on, known_by=at),
        "plan": plan,
        "may_export": may_export(request.user, board, on),
        "pdf": _address("report_pdf", board, period, plan),
        **frame(request.user, board, REPORTS, on, above=[]),
    }
    return render(request, "reports/report.html", context)


@signed_in
@require_safe
def report_pdf(request, board, starts):
    """The same on paper. Who took it is written into the access log."""
    on, at = timezone.localdate(), timezone.now()
    board = get_object_or_404(exportable_boards(request.user, on), slug=board)
    period = get_object_or_404(periods_begun(board, on), starts=starts)
    plan = _plan(request, board, period, on, at)
    figures = figures_for(board, period, on=on, known_by=at, plan=plan)
    paper = pdf_of(figures)
    name = f"{figures.file_name}.pdf"
    if request.method == "GET":
        log_access(board=board, by=request.user, at=at, what="report.downloaded", subject=name)
    return HttpResponse(
        paper, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _plan(request, board, period, on, at):
    """The one plan asked for, when it is one that this board reports and this person reads; otherwise there is none."""
    slug = request.GET.get("plan", "")
    if not slug:
        return None
    readable = readable_plans(request.user, on)
    found = next((plan for plan in plans_reported(board, period, on=on, known_by=at) if plan.slug == slug), None)
    if found is None or not readable.filter(pk=found.pk).exists():
        raise Http404
    return found


def _address(name, board, period, plan):
    query = {"plan": plan.slug} if plan else None
    return reverse(name, args=[board.slug, period.starts], query=query)
