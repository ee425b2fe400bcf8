"""A plan and an action as at a past day: what held then and was known by its end. Nothing can be changed there."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions import as_at, date_requests, history, offers, reading
from actions.facts import facts
from actions.forms.as_at import AsAtForm
from actions.models import Action
from actions.permissions import readable, readable_plans, rights_on
from actions.views.action import address, find_action, page_frame
from boards.navigation import PLANS, frame
from boards.periods import last_moment
from boards.signing_in import signed_in


@signed_in
@require_safe
def plan_as_at(request, board, plan):
    """A plan as it stood: which actions it had, and where each of them was."""
    on = timezone.localdate()
    found = readable_plans(request.user, on).select_related("board", "overseen_by")
    plan = get_object_or_404(found, board__slug=board, slug=plan)
    form = AsAtForm(request.GET, on)
    past = _past(plan, form)
    written = readable(request.user, on, of=Action.ever_written).filter(plan=plan)
    rows = as_at.rows(written, past) if past else []
    today = reverse("plan", args=[board, plan.slug])
    context = {
        "form": form,
        "day": form.chosen,
        "today": today,
        "subject": plan.title,
        "plan": past.plan if past else None,
        "groups": reading.in_groups(rows),
        "count": len(rows),
        "segments": [count._asdict() for count in as_at.counted(rows, plan.board)],
        **frame(request.user, plan.board, PLANS, on, above=[(plan.title, today)]),
    }
    return render(request, "actions/plan_as_at.html", context)


@signed_in
@require_safe
def action_as_at(request, board, plan, action):
    """An action as it stood: its words, its owners and dates, what had been said and done."""
    on = timezone.localdate()
    found = find_action(request, board, plan, action, on)
    form = AsAtForm(request.GET, on)
    past = _past(found.plan, form)
    may_read = readable(request.user, on)
    rows = as_at.rows(may_read.filter(pk=found.pk), past) if past else []
    context = {
        "form": form,
        "day": form.chosen,
        "today": address(found),
        "subject": f"Action {found.reference}",
        **(_told(request, found, rows[0], past, may_read, on) if rows else {}),
    }
    crumb = (f"Action {found.reference}", address(found))
    return render(request, "actions/action_as_at.html", page_frame(request, found, on, crumb) | context)


def _past(plan, form):
    day = form.chosen
    return as_at.past_of(plan, on=day, known_by=last_moment(day)) if day else None


def _told(request, found, row, past, may_read, on):
    """What the page says of an action beside the day."""
    rights, (_, day, known_by, _) = rights_on(request.user, found, on), past
    updates = history.known(history.said(found), day, known_by)
    notes = history.known(history.notes(found, internal=rights.keeps), day, known_by)
    return {
        "row": row,
        "action": row.action,
        "offers": offers.open_on(found, known_by),
        "date_requests": date_requests.open_on(found, known_by),
        "facts": facts(row, day, readable=may_read, known_by=known_by),
        "quarters": history.quarters(row.action, updates, notes, day, known_by=known_by),
        "timeline": history.timeline(
            found,
            internal=rights.keeps,
            on_their_way=rights.reads_drafts or rights.drafts_for,
            limit=None,
            known_by=known_by,
        ),
    }
