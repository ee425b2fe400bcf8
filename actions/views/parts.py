"""What the pages of writing share: who may open them, and a page of questions about a plan."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from actions.models import Plan
from actions.permissions import keeps_plans, readable_plans
from actions.seen import last_writer
from boards.navigation import PLANS, frame
from boards.views.parts import done, turn


def kept_plan(request, board, plan):
    """The plan, for whoever keeps it: others who read it are refused, and for the rest it is not there."""
    on = timezone.localdate()
    found = readable_plans(request.user, on).select_related("board", "overseen_by")
    plan = get_object_or_404(found, board__slug=board, slug=plan)
    if not keeps_plans(request.user, plan.board, on):
        raise PermissionDenied
    return plan


def of_a_draft(view):
    """A view of a draft: takes the plan itself. Where the plan is agreed, its page says that it is."""

    @wraps(view)
    def opened(request, board, plan, **parts):
        plan = kept_plan(request, board, plan)
        if plan.state != Plan.State.DRAFT:
            messages.error(
                request, f"{plan.title} has been agreed. What an action says is changed on the action’s own page."
            )
            return redirect("plan", board, plan.slug)
        return view(request, plan, **parts)

    return opened


def plan_crumb(plan):
    return (plan.title, reverse("plan", args=[plan.board.slug, plan.slug]))


def write_crumb(plan):
    return ("Write the plan", reverse("plan_write", args=[plan.board.slug, plan.slug]))


def plan_frame(request, plan, *above):
    return frame(request.user, plan.board, PLANS, timezone.localdate(), above=[plan_crumb(plan), *above])


def newer(form, row, *verbs):
    """What somebody else has made of a row since a form of it was opened, for the page: (who, what it is now)."""
    facts = form.newer() if hasattr(form, "newer") else None
    return {} if facts is None else {"newer": (last_writer(row, verbs), facts)}


def asked(request, plan, form, verb, told, *, title, button, given, intro="", to="plan_write"):
    """A page of questions: does what they are for, says so, and goes back to where the plan is written."""
    if request.method == "POST" and form.is_valid() and done(form, verb, **given, **form.cleaned_data, **turn(request)):
        messages.success(request, told)
        return redirect(to, board=plan.board.slug, plan=plan.slug)
    context = {"form": form, "title": title, "button": button, "intro": intro, "about": plan}
    context |= newer(form, plan, "plan.changed")
    return render(request, "actions/question.html", context | plan_frame(request, plan, write_crumb(plan)))
