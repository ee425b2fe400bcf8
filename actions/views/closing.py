"""The end of a plan: next year's begun out of it, and the walk through what is unfinished before it is closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions import changes
from actions.changes.closing import unfinished
from actions.forms.succession import CloseForm, NextPlanForm, PlacingForm
from actions.permissions import closable_plans, goes_on_in_plans, readable_plans
from boards.navigation import PLANS, frame
from boards.signing_in import signed_in
from boards.views.parts import sent


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_next(request, board, plan):
    """Begin next year's plan with everything that is not done."""
    on = timezone.localdate()
    found = _find(request, board, plan, on)
    form = NextPlanForm(sent(request), board=found.board, on=on)
    if request.method == "POST" and form.is_valid():
        new = _tried(request, form, changes.begin_next_plan, plan=found, **form.given())
        if new:
            messages.success(request, f"{new} is begun. It is a draft until the board agrees it.")
            return redirect("plan", board=found.board.slug, plan=new.slug)
    waiting = unfinished(found).select_related("version", "plan__board").order_by("position")
    return render(request, "actions/plan_next.html", _frame(request, found, on) | {"form": form, "waiting": waiting})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_close(request, board, plan):
    """Say what becomes of each unfinished action, and close the plan: all of it or nothing."""
    on = timezone.localdate()
    found = _find(request, board, plan, on)
    data = sent(request)
    form = CloseForm(data, board=found.board, on=on, initial={"closed_on": min(found.ends or on, on)})
    waiting = list(unfinished(found).select_related("version", "plan__board").order_by("position"))
    plans = goes_on_in_plans(request.user, found.board, on).exclude(pk=found.pk)
    offered = {"plans": plans, "choices": [("", "Choose a plan"), *((row.pk, row.title) for row in plans)]}
    placings = [PlacingForm(data, action=action, actions=waiting, **offered) for action in waiting]
    if request.method == "POST" and all([form.is_valid(), *(placing.is_valid() for placing in placings)]):
        given = form.given()
        placed = [placing.placing(given["reason"]) for placing in placings]
        if _tried(request, form, changes.close_plan, plan=found, placings=placed, **given):
            messages.success(request, f"{found} is closed. It can be read, and nothing in it changes any more.")
            return redirect("plan", board=found.board.slug, plan=found.slug)
    context = {"form": form, "placings": placings, "forms": [form, *placings]}
    return render(request, "actions/plan_close.html", _frame(request, found, on) | context)


def _find(request, board, plan, on):
    readable = readable_plans(request.user, on).select_related("board")
    found = get_object_or_404(readable, board__slug=board, slug=plan)
    if not closable_plans(request.user, on).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def _tried(request, form, verb, **given):
    try:
        return verb(**given, by=request.user, at=timezone.now())
    except ValidationError as refused:
        form.refuse(refused)
        return None


def _frame(request, plan, on):
    above = [(plan.title, reverse("plan", args=[plan.board.slug, plan.slug]))]
    return {"plan": plan, **frame(request.user, plan.board, PLANS, on, above=above)}
