"""Writing a plan: begun, its details and headings, its sections and objectives, the order of it all, its agreement."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import changes, outline, seen
from actions.changes.plans import lacking_in
from actions.forms.plans import (
    AgreeForm,
    NewPlanForm,
    ObjectiveForm,
    PlanDetailsForm,
    SectionForm,
    heading_rows,
)
from actions.overtaken import overtaken
from actions.permissions import keeps_plans, readable_plans
from actions.views.parts import asked, newer, of_a_draft, plan_frame, write_crumb
from boards.labels import labels_of
from boards.navigation import PLANS, frame
from boards.permissions import readable_boards
from boards.signing_in import signed_in
from boards.views.parts import FORM_METHODS, done, said, sent, turn


@signed_in
@require_http_methods(FORM_METHODS)
def plan_add(request, board):
    """Begin a draft: from nothing, or with the words of another plan of the board."""
    on = timezone.localdate()
    board = get_object_or_404(readable_boards(request.user, on), slug=board)
    if not keeps_plans(request.user, board, on):
        raise PermissionDenied
    plans = readable_plans(request.user, on).filter(board=board)
    form = NewPlanForm(sent(request), board=board, on=on, plans=plans)
    if request.method == "POST" and form.is_valid():
        begun = done(form, changes.begin_plan, board=board, **form.cleaned_data, **turn(request))
        if begun:
            messages.success(request, "The draft is begun. Until the board agrees it, only those who keep it see it.")
            return redirect("plan_write", board=board.slug, plan=begun.slug)
    context = {"form": form, "title": "Begin a plan", "button": "Begin this plan", "about": board}
    return render(request, "actions/question.html", context | frame(request.user, board, PLANS, on, above=[]))


@signed_in
@require_safe
@of_a_draft
def plan_write(request, plan):
    """The whole draft as it is written, with what can be done about each part of it."""
    context = {"plan": plan, "outline": outline.of(plan), "lacking": lacking_in(plan)}
    return render(request, "actions/plan_write.html", context | plan_frame(request, plan))


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def plan_details(request, plan):
    on = timezone.localdate()
    boards = readable_boards(request.user, on).exclude(pk=plan.board_id)
    form = PlanDetailsForm(sent(request), plan=plan, boards=boards, on=on)
    return asked(
        request, plan, form, changes.change_plan, "What the plan is has been changed.",
        title="What the plan is", button="Change this", given={"plan": plan},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def plan_headings(request, plan):
    """The plan's own columns."""
    data, now = sent(request), seen.columns(plan)
    forms, shown = heading_rows(data, plan), (data or {}).get("seen", now)
    answered = request.method == "POST" and "more" not in request.POST and forms.is_valid()
    given = {"plan": plan, "seen": shown, **turn(request)}
    if answered and said(request, changes.set_headings, headings=forms.given(), **given):
        messages.success(request, "The plan has these column headings.")
        return redirect("plan_write", board=plan.board.slug, plan=plan.slug)
    context = {"plan": plan, "forms": forms, "seen": now}
    if shown and shown != now:
        columns = [(row.heading, row.get_field_display()) for row in plan.columns.all()]
        context["newer"] = (seen.last_writer(plan, ["plan.headed"]), columns)
    return render(request, "actions/plan_headings.html", context | plan_frame(request, plan, write_crumb(plan)))


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def section_add(request, plan):
    form = SectionForm(sent(request), plan=plan, on=timezone.localdate())
    return asked(
        request, plan, form, changes.add_section, "It is added.",
        title=f"Add a new {labels_of(plan.board).section.one}", button="Add it", given={"plan": plan},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def section_change(request, plan, section):
    row = get_object_or_404(plan.sections, pk=section)
    form = SectionForm(sent(request), plan=plan, on=timezone.localdate(), section=row)
    return _heading(request, plan, row, form, changes.change_section, changes.remove_section, {"section": row})


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def objective_add(request, plan):
    return asked(
        request, plan, ObjectiveForm(sent(request), plan=plan), changes.add_objective, "It is added.",
        title=f"Add a new {labels_of(plan.board).objective.one}", button="Add it", given={"plan": plan},
    )  # fmt: skip


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def objective_change(request, plan, objective):
    row = get_object_or_404(plan.objectives, pk=objective)
    form = ObjectiveForm(sent(request), plan=plan, objective=row)
    return _heading(request, plan, row, form, changes.change_objective, changes.remove_objective, {"objective": row})


def _heading(request, plan, row, form, change, remove, given):
    """Change a section or an objective, or take it out."""
    if "remove" in request.POST:
        if said(request, remove, **given, **turn(request)):
            messages.success(request, f"{row} is no longer in the plan.")
        return redirect("plan_write", board=plan.board.slug, plan=plan.slug)
    given |= turn(request)
    if request.method == "POST" and form.is_valid() and done(form, change, **given, **form.cleaned_data):
        messages.success(request, f"{row} is changed.")
        return redirect("plan_write", board=plan.board.slug, plan=plan.slug)
    context = {"form": form, "title": str(row), "button": "Change it", "about": plan, "removes": "Take it out"}
    context |= newer(form, row, f"{row._meta.model_name}.changed")
    return render(request, "actions/question.html", context | plan_frame(request, plan, write_crumb(plan)))


@signed_in
@require_POST
@of_a_draft
def plan_move(request, plan):
    """Move a section, an objective or an action one place, and come back to it."""
    kind, _, pk = request.POST.get("what", "").partition("-")
    row = outline.row(plan, kind, pk)
    way = changes.UP if request.POST.get("way") == "up" else changes.DOWN
    if row is None:
        messages.error(request, "That is no longer in the plan. Look at it as it is now.")
    elif said(request, changes.move, row=row, way=way, **turn(request)) is False:
        messages.info(request, f"{row} stands at the end already.")
    return redirect(f"{write_crumb(plan)[1]}#{kind}-{pk}" if row else write_crumb(plan)[1])


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def plan_numbers(request, plan):
    """Give the actions other references: as they are counted, or as typed."""
    counted, given = changes.numbers_in_order(plan), sent(request) or {}
    now, by = seen.references(plan), turn(request)
    shown = given.get("seen", now)
    rows = [
        (action, counted[action.pk], given.get(f"reference-{action.pk}", counted[action.pk])[:30])
        for action in outline.actions(plan)
    ]
    if request.method == "POST":
        references = {action.pk: typed for action, _, typed in rows}
        number = said(request, changes.renumber, plan=plan, references=references, seen=shown, **by)
        if number is not None:
            messages.success(request, f"{number} action{'' if number == 1 else 's'} of the plan changed reference.")
            return redirect("plan_write", board=plan.board.slug, plan=plan.slug)
    newer_than = shown and shown != now
    context = {"plan": plan, "rows": rows, "seen": now, "newer": newer_than}
    return render(request, "actions/plan_numbers.html", context | plan_frame(request, plan, write_crumb(plan)))


@signed_in
@require_http_methods(FORM_METHODS)
@of_a_draft
def plan_agree(request, plan):
    """Record that the board agreed the plan."""
    on, lacking = timezone.localdate(), lacking_in(plan)
    form = AgreeForm(sent(request), board=plan.board, on=on, lacking=lacking)
    given = {"plan": plan, **turn(request)}
    if request.method == "POST" and form.is_valid() and done(form, changes.agree_plan, **given, **form.cleaned_data):
        messages.success(request, f"{plan.title} is agreed. Its first wordings, owners and dates are fixed.")
        return redirect("plan", board=plan.board.slug, plan=plan.slug)
    actions, since = list(outline.actions(plan)), overtaken(plan)
    context = {
        "plan": plan,
        "form": form,
        "lacking": [action for action in actions if action.reference in lacking],
        "overtaken": [(action, since[action.pk]) for action in actions if action.pk in since],
        "total": len(actions),
    }
    return render(request, "actions/plan_agree.html", context | plan_frame(request, plan, write_crumb(plan)))
